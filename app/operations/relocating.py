"""Moving a token by hand: shown first, done with a reason, put back until the file's next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.operations import acting, recalling
from app.operations.carrying_out import carry_out
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from engine import access
from engine import case as engine
from engine.access import Actor
from engine.case import Case, CaseClock, Step, Task
from engine.clocks import World
from engine.errors import Incident, Refused


@dataclass(frozen=True)
class ClockThen:
    """A clock as it stands and as it would: states are those of a reading, promises instants or None."""

    name: str
    state: tuple[str, str]
    promised_at: tuple[datetime | None, datetime | None]


@dataclass(frozen=True)
class MoveOutlook:
    """What moving a token would do: tasks closed and opened, each clock, the state, what would be asked of the office.

    `effects` are names of the engine's effects, such as IssueLetter: they cannot be taken back.
    """

    closed: tuple[Task, ...]
    opened: tuple[Task, ...]
    clocks: tuple[ClockThen, ...]
    state: tuple[str, str]
    effects: tuple[str, ...]


@retried
def foresee(case_id: UUID, task_id: UUID, element: str, by: UUID, at: datetime) -> MoveOutlook:
    """What would happen; nothing is changed.  Raises as `move`, but for the reason."""
    with transaction() as store:
        who = _administrator(store, by, at)
        held = acting.held(store.cases.see(case_id))
        step = _step(held, task_id, element, who, at)
        return _outlook(held.case, step, store.calendars.world(), at)


def _administrator(store: Store, by: UUID, at: datetime) -> Actor:
    who = acting.actor(store, by, at)
    access.require(who, "move_token")
    return who


def _step(held: Held, task_id: UUID, element: str, who: Actor, at: datetime) -> Step:
    doing = acting.doing(held.case, at, who.id, acting.AP)
    try:
        return engine.move_token(held.case, str(task_id), element, doing)
    except Incident as fault:
        sentence = "Dari %(element)s berkas ini tidak dapat berjalan: %(sebab)s"
        raise Refused(sentence, element=fault.element or element, sebab=fault.reason) from fault


def _outlook(before: Case, step: Step, world: World, at: datetime) -> MoveOutlook:
    after = step.case
    was, now = {one.id: one for one in before.clocks}, {one.id: one for one in after.clocks}
    known = {one.id for one in before.tasks}, {one.id for one in after.tasks}
    shown = (_then(before, after, was.get(id), one, world, at) for id, one in now.items() if one.standing)
    return MoveOutlook(
        tuple(one for one in before.tasks if one.id not in known[1]),
        tuple(one for one in after.tasks if one.id not in known[0]),
        tuple(shown),
        (before.state, after.state),
        tuple(type(one).__name__ for one in step.effects),
    )


def _then(before: Case, after: Case, was: CaseClock | None, now: CaseClock, world: World, at: datetime) -> ClockThen:
    new = engine.read_clock(after, now, world, at)
    old = engine.read_clock(before, was, world, at) if was else None
    states = (old.state if old else "NOT_STARTED", new.state)
    return ClockThen(now.name, states, (old.promised_at if old else None, new.promised_at))


@retried
def move(case_id: UUID, task_id: UUID, element: str, reason: str, by: UUID, at: datetime) -> tuple[str, ...]:
    """Give up an open task and go on from `element` of the same flow; returns the steps that are open then.

    Only by a process administrator, with a reason; a suspended file may be
    moved.  Raises Refused with what stands in the way, TaskNotOpen, CaseClosed,
    SubmissionInvalid, NotAllowed, NotFound.
    """
    with transaction() as store:
        who = _administrator(store, by, at)
        access.require_reason(reason)
        held = acting.held(store.cases.lock(case_id))
        step = _step(held, task_id, element, who, at)
        saved = carry_out(store, held, step, at)
        task = next(one for one in held.case.tasks if one.id == str(task_id))
        recalling.keep(store, held, saved, task, who, at, recalling.MOVED)
        store.steps.give_reason(case_id, held.seq + 1, reason.strip())
        return tuple(one.element for one in saved.case.tasks)


@retried
def undo(case_id: UUID, reason: str, by: UUID, at: datetime) -> None:
    """Put the token back where it was moved from, until the file's next step.  Raises as `recalling.recall`."""
    with transaction() as store:
        who = _administrator(store, by, at)
        access.require_reason(reason)
        held, last = recalling.last_of(store, case_id, recalling.MOVED)
        recalling.undo(store, held, last, who, at, reason, "move_undone")
