"""Applying clock effects: a diagram's "pause" becomes an entry of the clock's ledger and an event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from engine.case.values import Case, CaseClock, Task
from engine.catalogue import channels
from engine.clocks import APPLICANT_CAUSES, SUSPENDED, ClockEvent
from engine.clocks.ledger import Kind
from engine.effects import Effect, PauseClock, ReopenClock, ResumeClock, StartClock, StopClock
from engine.errors import Incident
from engine.events import Event

WIB = ZoneInfo("Asia/Jakarta")
ON_REQUEST = "PENUNDAAN_PERMINTAAN_PEMOHON"
TOUCHED = {ON_REQUEST: ("L", "T"), SUSPENDED: ("P",)}
EVENT_KINDS = {
    "START": "clock_started",
    "PAUSE": "clock_paused",
    "RESUME": "clock_resumed",
    "STOP": "clock_stopped",
    "REOPEN": "clock_reopened",
    "CORRECT": "clock_corrected",
    "EXTEND": "clock_extended",
}


@dataclass(frozen=True)
class Doing:
    """The circumstances of a step: its time, when it is recorded, who does it in which role."""

    at: datetime
    recorded_at: datetime
    by: UUID | None = None
    role: str = ""

    def event(self, what: str, element: str = "", at: datetime | None = None, **body: object) -> Event:
        return Event(what, at or self.at, self.recorded_at, self.by, self.role, element, body)


def _entry(clock: CaseClock, kind: Kind, doing: Doing, at: datetime | None, cause: str | None) -> CaseClock:
    entry = ClockEvent(
        seq=len(clock.events) + 1,
        kind=kind,
        effective_at=max(at or doing.at, _before(clock, kind, cause) or at or doing.at),
        recorded_at=doing.recorded_at,
        cause=cause,
    )
    return replace(clock, events=(*clock.events, entry))


def _before(clock: CaseClock, kind: Kind, cause: str | None) -> datetime | None:
    """When the entry happened that one of this kind follows; None when it follows none.

    Nothing ends before it began, and no pause begins before the last of its
    cause was over, whatever date a form gives or the machine's clock says: the
    ledger is read in the order of happening, so that an end before its
    beginning would be passed over and the pause never be over.
    """
    kinds = ("PAUSE", "RESUME") if kind in ("PAUSE", "RESUME") else ("START", "STOP", "REOPEN")
    followed = [one for one in clock.standing if one.kind in kinds and one.cause == cause]
    return followed[-1].effective_at if followed else None


def put(case: Case, clock: CaseClock) -> Case:
    kept = tuple(clock if one.id == clock.id else one for one in case.clocks)
    return replace(case, clocks=kept if any(one.id == clock.id for one in case.clocks) else (*kept, clock))


def _mark(
    case: Case, clock: CaseClock, kind: Kind, doing: Doing, at: datetime | None = None, cause: str | None = None
) -> tuple[Case, Event]:
    marked = _entry(clock, kind, doing, at, cause)
    body = {"clock": clock.name, "budget": clock.budget} | ({"cause": cause} if cause else {})
    if clock.task:
        body["task"] = clock.task
    if clock.calendar and kind == "START":
        body["calendar"] = clock.calendar
    return put(case, marked), doing.event(EVENT_KINDS[kind], "", marked.events[-1].effective_at, **body)


def _kind_of(name: str) -> str:
    if name in ("L", "H"):
        return name
    return "P" if name.startswith("P_") else "V"


def _terms(case: Case, effect: StartClock, doing: Doing) -> tuple[str, str]:
    """Budget and legal basis: L and H from the permit's versions valid that day, others from the terms."""
    permit = case.deployment.catalogue.permits[case.facts.permit]
    day = doing.at.astimezone(WIB).date()
    if effect.clock in ("L", "H"):
        standard = permit.standard_on(day) if effect.clock == "L" else permit.legal_limit_on(day)
        if standard is None:
            raise Incident(effect.clock, f"izin {permit.code} tidak punya standar pada {day}")
        return standard.budget, standard.basis
    term = case.deployment.catalogue.terms.get(effect.term or effect.clock)
    if term is None:
        raise Incident(effect.clock, f"tenggat {effect.term or effect.clock} tidak ada dalam katalog")
    return term.budget, term.basis


def _hours_of_term(case: Case, effect: StartClock) -> str:
    """In whose hours a term of the office's own work is counted: those of the role that does it."""
    catalogue = case.deployment.catalogue
    return channels.hours_of(catalogue, catalogue.terms[effect.term or effect.clock].role)


def _start(case: Case, effect: StartClock, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    running = case.clock(effect.clock)
    stopped: tuple[Event, ...] = ()
    if running and running.running:
        if running.kind in ("L", "H"):
            return case, ()
        case, event = _mark(case, running, "STOP", doing)
        stopped = (event,)
    budget, basis = _terms(case, effect, doing)
    kind = _kind_of(effect.clock)
    count = sum(1 for one in case.clocks if one.name == effect.clock)
    clock = CaseClock(
        id=uuid5(case.id, f"clock:{effect.clock}:{count}"),
        name=effect.clock,
        kind=kind,
        budget=budget,
        basis=basis,
        pausable=effect.clock != "H",
        events=(),
        calendar=_hours_of_term(case, effect) if kind == "V" else "",
    )
    case, event = _mark(case, clock, "START", doing, effect.since)
    return case, (*stopped, event)


def _reopen(case: Case, name: str, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    clock = case.clock(name)
    if clock is None or clock.running:
        return case, ()
    case, event = _mark(case, clock, "REOPEN", doing)
    # What the file stood still for when it was closed is over; the process pauses anew where it waits again.
    case, resumed = _end_pauses(case, name, doing)
    return case, (event, *resumed)


def _end_pauses(case: Case, name: str, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    events = []
    for cause in APPLICANT_CAUSES:
        clock = case.clock(name)
        if clock and clock.paused_for(cause):
            case, event = _mark(case, clock, "RESUME", doing, None, cause)
            events.append(event)
    return case, tuple(events)


def _stop(case: Case, name: str, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    clock = case.clock(name)
    if clock is None or not clock.running:
        return case, ()
    case, event = _mark(case, clock, "STOP", doing)
    return case, (event,)


def _touched(case: Case, cause: str) -> tuple[CaseClock, ...]:
    """Waiting pauses the service clock; a hold the applicant asked for pauses the task clocks too.

    A suspension pauses the terms alone: no application lapses because the
    office did not let its applicant act.
    """
    kinds = TOUCHED.get(cause, ("L",))
    return tuple(one for one in case.clocks if one.kind in kinds and one.running and one.pausable)


def _pause(case: Case, effect: PauseClock, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    events = []
    for clock in _touched(case, effect.cause):
        if not clock.paused_for(effect.cause):
            case, event = _mark(case, clock, "PAUSE", doing, effect.since, effect.cause)
            events.append(event)
    return case, tuple(events)


def _resume(case: Case, effect: ResumeClock, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    events = []
    for clock in case.clocks:
        if clock.paused_for(effect.cause):
            case, event = _mark(case, clock, "RESUME", doing, effect.since, effect.cause)
            events.append(event)
    return case, tuple(events)


def apply(case: Case, effect: Effect, doing: Doing) -> tuple[Case, tuple[Event, ...]] | None:
    """The case and its events after a clock effect; None when the effect is not about clocks."""
    if isinstance(effect, StartClock):
        return _start(case, effect, doing)
    if isinstance(effect, StopClock):
        return _stop(case, effect.clock, doing)
    if isinstance(effect, ReopenClock):
        return _reopen(case, effect.clock, doing)
    if isinstance(effect, PauseClock):
        return _pause(case, effect, doing)
    if isinstance(effect, ResumeClock):
        return _resume(case, effect, doing)
    return None


def held_until(case: Case, at: datetime) -> datetime | None:
    """When a hold the applicant asked for, in force at `at`, comes to its end; None when there is none."""
    clock = case.clock("L")
    ends = [one.effective_at for one in clock.standing if _ends_hold(one)] if clock else []
    return max((end for end in ends if end and end > at), default=None)


def _ends_hold(entry: ClockEvent) -> bool:
    return entry.kind == "RESUME" and entry.cause == ON_REQUEST


def start_task_clock(case: Case, task: Task, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    """T: the standard time of the step, from the moment the task is open (not from its claim).

    During a hold on request it stands still like the others, until the hold ends.  A step at the counter is counted in
    the counter's hours; an agency's in the office's, which knows no others of it.
    """
    if not task.standard:
        return case, ()
    clock = CaseClock(
        id=uuid5(case.id, f"clock:T:{task.id}"),
        name="T",
        kind="T",
        budget=task.standard,
        basis=task.properties.get("legalBasis", ""),
        pausable=True,
        events=(),
        task=task.id,
        calendar="" if task.unit else channels.hours_of(case.deployment.catalogue, task.role),
    )
    case, event = _mark(case, clock, "START", doing)
    case, held = _hold(case, clock.id, doing)
    return case, (event, *held)


def _hold(case: Case, clock_id: UUID, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    until = held_until(case, doing.at)
    if until is None:
        return case, ()
    case, paused = _mark(case, by_id(case, clock_id), "PAUSE", doing, None, ON_REQUEST)
    case, resumed = _mark(case, by_id(case, clock_id), "RESUME", doing, until, ON_REQUEST)
    return case, (paused, resumed)


def by_id(case: Case, clock_id: UUID) -> CaseClock:
    return next(one for one in case.clocks if one.id == clock_id)


def stop_task_clock(case: Case, task_id: str, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    clock = next((one for one in case.clocks if one.task == task_id), None)
    if clock is None or not clock.running:
        return case, ()
    case, event = _mark(case, clock, "STOP", doing)
    return case, (event,)


def stop_unwatched(case: Case, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    """A term (P_…) lives only while the process waits for its passing; else it has done its duty."""
    events = []
    for clock in case.clocks:
        if clock.kind == "P" and clock.running and f"{clock.name}.lewat" not in case.waiting:
            case, event = _mark(case, clock, "STOP", doing)
            events.append(event)
    return case, tuple(events)


def stop_work(case: Case, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    """A file that is over, though not closed yet (a refund may wait): the clocks of work inside it end with that work.

    The service clock and the legal limit stop where the process says so, a term when nobody waits for it.
    """
    events = []
    for clock in case.clocks:
        if clock.kind == "V" and clock.running:
            case, event = _mark(case, clock, "STOP", doing)
            events.append(event)
    return case, tuple(events)


def stop_all(case: Case, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    """Closing: whatever still runs ends with the case."""
    events = []
    for clock in case.clocks:
        if clock.running:
            case, event = _mark(case, clock, "STOP", doing)
            events.append(event)
    return case, tuple(events)
