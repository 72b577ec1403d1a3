"""Queue fairness: at each step of each permit, who was overtaken by a file that was complete later, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.operations import acting
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.queues import MOST
from engine import access
from engine.case.values import HOME_UNIT
from engine.catalogue import Catalogue, channels
from engine.clocks import Spell, World
from engine.clocks.instants import instant
from engine.fairness import KAHAR, UNRECORDED, Overtaking, Stop, Visit, in_order, overtakings

LOOKED_BACK = timedelta(days=30)
SHOWN = 20  # overtakings of one step on the page


@dataclass(frozen=True)
class OvertakenLine:
    """`case`, `by`: id, and number or applicant."""

    case: tuple[UUID, str]
    complete_at: datetime
    by: tuple[UUID, str]
    by_complete_at: datetime
    by_served_at: datetime
    served_at: datetime | None
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Queue:
    """One step of one permit; `in_order` of `served` passed over nobody; `reasons`: reason -> overtakings."""

    permit: str
    step: str
    unit: str
    served: int
    in_order: int
    waiting: int
    reasons: Mapping[str, int]
    lines: tuple[OvertakenLine, ...]
    overtaken: int

    @property
    def unrecorded(self) -> int:
        return self.reasons.get(UNRECORDED, 0)


@dataclass(frozen=True)
class Fairness:
    """`some`: whether older files were left out; `quiet`: queues in which nobody was overtaken."""

    since: datetime
    queues: tuple[Queue, ...]
    quiet: int
    some: bool
    permits: tuple[tuple[str, str], ...]


@retried
def fairness(by: UUID, at: datetime, permit: str = "") -> Fairness:
    """The last month's queues with an overtaking, those without a recorded reason first.  Raises NotAllowed."""
    with transaction(snapshot=True) as store:
        access.require(acting.actor(store, by, at), "see_board")
        rows = store.queues.visits(at - LOOKED_BACK, permit, MOST + 1)
        found = _queues(store, rows[:MOST])
        told = [one for one in found if one.overtaken]
        catalogue = store.deployments.active().catalogue
        return Fairness(
            at - LOOKED_BACK,
            tuple(sorted(told, key=lambda one: (-one.unrecorded, -one.overtaken, one.permit, one.step))),
            len(found) - len(told),
            len(rows) > MOST,
            tuple((one.code, one.name) for one in catalogue.permits.values() if one.active),
        )


def _queues(store: Store, rows: Iterable[Any]) -> list[Queue]:
    together: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for row in rows:
        together[(row.permit, row.element, row.unit)].append(row)
    visits = _visits(store, [row for one in together.values() for row in one])
    return [_queue(store, queue, visits) for queue in together.values()]


def _queue(store: Store, rows: list[Any], known: Mapping[int, Visit]) -> Queue:
    visits, head = [known[id(row)] for row in rows], rows[0]
    found, by_id = overtakings(visits), {row.case_id: row for row in rows}
    catalogue = store.deployments.active().catalogue
    unexplained_first = sorted(found, key=lambda one: UNRECORDED not in one.reasons)
    return Queue(
        catalogue.permits[head.permit].name if head.permit in catalogue.permits else head.permit,
        head.name,
        catalogue.agencies[head.unit].short if head.unit in catalogue.agencies else head.unit,
        sum(1 for one in visits if one.served_at),
        in_order(visits),
        sum(1 for one in visits if not one.served_at),
        Counter(reason for one in found for reason in one.reasons),
        tuple(_line(one, by_id) for one in unexplained_first[:SHOWN]),
        len(found),
    )


def _line(one: Overtaking, rows: Mapping[UUID, Any]) -> OvertakenLine:
    first, second = rows[one.case], rows[one.by]
    return OvertakenLine(
        (first.case_id, first.number or first.applicant_name),
        first.started_at,
        (second.case_id, second.number or second.applicant_name),
        second.started_at,
        one.by_served_at,
        first.served_at,
        one.reasons,
    )


def _visits(store: Store, rows: list[Any]) -> dict[int, Visit]:
    """Each row's visit with what stopped its file: pauses of its service clock, declarations that hold for it."""
    ids = {row.case_id for row in rows}
    pauses = {case: tuple(_paused(events)) for case, events in store.queues.stops(ids).items()}
    refused, world = store.queues.refused(ids), store.calendars.world()
    catalogue = store.deployments.active().catalogue
    found = {}
    for row in rows:
        stops = (*pauses.get(row.case_id, ()), *_declared(world, catalogue, row))
        unwilling = tuple(refused.get((row.case_id, row.element), ()))
        standard = row.budget.partition(";")[0]
        found[id(row)] = Visit(row.case_id, row.started_at, row.opened_at, row.served_at, standard, stops, unwilling)
    return found


def _paused(events: Iterable[tuple[str, str, datetime]]) -> list[Stop]:
    open_ones: dict[str, datetime] = {}
    found = []
    for kind, cause, at in sorted(events, key=lambda one: one[2]):
        if kind == "PAUSE":
            open_ones.setdefault(cause, at)
        elif cause in open_ones:
            found.append(Stop(cause, open_ones.pop(cause), at))
    return found + [Stop(cause, since, None) for cause, since in open_ones.items()]


def _declared(world: World, catalogue: Catalogue, row: Any) -> list[Stop]:
    channel = channels.of_role(catalogue, row.role)
    spell = Spell(row.unit or HOME_UNIT, channel, row.element, row.opened_at, row.served_at, bool(row.unit))
    return [
        Stop(KAHAR, instant(one.since), None if one.until is None else instant(one.until))
        for one in world.in_force(None)
        if one.scope.hits_case(row.permit, row.area) and one.scope.hits_task(spell)
    ]
