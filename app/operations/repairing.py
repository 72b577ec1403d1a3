"""The repair desk: what stands open, where it failed and why; passed over or put right by the system administrator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting
from app.operations.carrying_out import carry_out
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from engine import access, bpmn
from engine import case as engine
from engine.access import Actor
from engine.case import Step
from engine.errors import Incident, NotFound, Refused

AS = "AS"
DONE = "Gangguan ini sudah ditangani."


@dataclass(frozen=True)
class Fault:
    """An open incident with the place of its cause in the case's own diagrams; `values`: data that may be mended."""

    row: Any
    name: str
    kind: str  # BPMN tag, "" when the place is no element of the diagram
    file: str
    line: int
    no_skip: str  # why it cannot be passed over, "" when it can
    gives: bool
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Desk:
    faults: tuple[Fault, ...]
    wake_due: datetime | None  # since when the most overdue case waits to be woken
    suspended: int
    may_retry: bool
    may_repair: bool


@retried
def desk(by: UUID, at: datetime) -> Desk:
    """All open incidents, newest first, for those who may see them."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_incidents")
        repairs = access.may(who, "repair_cases")
        faults = tuple(_fault(store, row, repairs) for row in store.case_lists.incidents())
        due, still = store.case_lists.most_overdue_wake(), store.steps.standing_still()
        return Desk(faults, due, still, access.may(who, "retry_incident"), repairs)


def _fault(store: Store, row: Any, repairs: bool) -> Fault:
    case = acting.held(store.cases.see(row.case_id)).case
    definition = case.deployment.definition
    found = definition.scope(case.process).get(row.element)
    why, gives = bpmn.passable(definition, case.process, row.element)
    shown = bpmn.values(definition, case.snapshot) if repairs and not case.closed else {}
    values = tuple((name, engine.told(one)) for name, one in shown.items())
    if found is None:
        return Fault(row, row.element, "", "", 0, why, gives, values)
    file = definition.file_of(found.process)[0]
    return Fault(row, found.name or found.id, found.kind, file, found.line, why, gives, values)


@retried
def skip_incident(incident: UUID, outputs: Mapping[str, str], reason: str, by: UUID, at: datetime) -> None:
    """Let a case go past its failing element, with these outputs instead; only the system administrator, with a reason.

    A case that could not be woken is woken at once; of another the step is
    simply done again.  Raises Refused where nothing may be passed over or the
    case still fails, SubmissionInvalid, NotAllowed, NotFound, CaseClosed.
    """
    with transaction() as store:
        who, row, held = _mending(store, incident, reason, by, at)
        doing = acting.doing(held.case, at, who.id, AS)
        step = engine.skip(held.case, row.element, outputs, doing)
        carry_out(store, held, _gone_on(store, step, row, at), at)
        store.steps.give_reason(held.id, held.seq + 1, reason.strip())
        store.cases.resolve_incident(incident, by, at, "skipped")


def _mending(store: Store, incident: UUID, reason: str, by: UUID, at: datetime) -> tuple[Actor, Any, Held]:
    """Who mends, the open incident, its locked case."""
    who = acting.actor(store, by, at)
    access.require(who, "repair_cases")
    access.require_reason(reason)
    row = store.cases.incident(incident)
    if row is None:
        raise NotFound(DONE)
    held = acting.held(store.cases.lock(row.case_id))
    if store.cases.incident(incident) is None:
        raise NotFound(DONE)
    return who, row, held


def _gone_on(store: Store, step: Step, row: Any, at: datetime) -> Step:
    if row.during != "wake":
        return step
    try:
        woken = engine.wake(step.case, store.calendars.world(), at)
    except Incident as fault:
        raise Refused(
            "Berkas masih gagal di %(element)s: %(sebab)s", element=fault.element, sebab=fault.reason
        ) from fault
    return replace(woken, events=(*step.events, *woken.events))


@retried
def repair_data(incident: UUID, name: str, value: str, reason: str, by: UUID, at: datetime) -> None:
    """Put one value of a failing case's data right; only the system administrator, with a reason.

    Old and new value stand in the history.  The incident stays open until the
    case is tried again.  Raises as `skip_incident`.
    """
    with transaction() as store:
        who, _row, held = _mending(store, incident, reason, by, at)
        doing = acting.doing(held.case, at, who.id, AS)
        carry_out(store, held, engine.repair(held.case, name, value, doing), at)
        store.steps.give_reason(held.id, held.seq + 1, reason.strip())
