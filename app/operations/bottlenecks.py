"""Where files lie: for each step of a process how long it takes in working days, and how many wait there now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, TypeAlias
from uuid import UUID

from app.operations import acting
from app.operations.retrying import retried
from app.store import transaction
from app.store.queues import MOST
from engine import access
from engine.bpmn import Definition
from engine.clocks.ageing import working_days_between
from engine.deployment import Deployment
from engine.errors import NotFound

LOOKED_BACK = timedelta(days=90)
MARKS = (Fraction(1, 2), Fraction(1), Fraction(3))  # working days of the P90 at which a step grows hotter
Waiting: TypeAlias = Mapping[str, tuple[int, Fraction]]  # step -> open tasks, working days of the oldest


@dataclass(frozen=True)
class Heat:
    """A step; `median`, `p90`: working days from its opening to its end, None where nothing was done.

    `oldest`: working days that the oldest open task has waited.  `level`: 0 where nothing was done, then 1 (quick) to 4
    (slow) by MARKS.
    """

    element: str
    name: str
    role: str
    done: int
    median: Fraction | None
    p90: Fraction | None
    waiting: int
    oldest: Fraction | None

    @property
    def level(self) -> int:
        return 0 if self.p90 is None else 1 + sum(1 for mark in MARKS if self.p90 >= mark)


@dataclass(frozen=True)
class HeatMap:
    """`some`: whether older tasks were left out."""

    deployment: Deployment
    process: str
    steps: tuple[Heat, ...]
    since: datetime
    some: bool
    processes: tuple[tuple[str, str], ...]


@retried
def heat(by: UUID, at: datetime, process: str = "") -> HeatMap:
    """The last three months' steps of a process of the release in effect, slowest first; "": of the busiest process.

    Raises NotAllowed, NotFound for a process that is not there.
    """
    with transaction(snapshot=True) as store:
        access.require(acting.actor(store, by, at), "see_board")
        deployment = store.deployments.active()
        if process and process not in deployment.definition.processes:
            raise NotFound("Alur ini tidak ada.")
        since = at - LOOKED_BACK
        rows = store.queues.served(since, at, MOST + 1)
        odometer = store.calendars.world().calendar.as_known(at)
        spans: dict[str, list[Fraction]] = defaultdict(list)
        for row in rows[:MOST]:
            spans[row.element].append(working_days_between(odometer, row.opened_at, row.closed_at))
        waiting = {
            step: (number, working_days_between(odometer, oldest, max(oldest, at)))
            for step, (number, oldest) in store.queues.waiting().items()
        }
        shown = process or _busiest(deployment.definition, waiting)
        return HeatMap(
            deployment,
            shown,
            _steps(deployment.definition, shown, spans, waiting),
            since,
            len(rows) > MOST,
            tuple((one, deployment.definition.name_of(one)) for one in deployment.definition.processes),
        )


def _busiest(definition: Definition, waiting: Waiting) -> str:
    """The process in which most tasks wait now; the first by name where none does."""
    lying = {
        one: sum(waiting[step.id][0] if step.id in waiting else 0 for step in _inside(definition, one))
        for one in definition.processes
    }
    return min(definition.processes, key=lambda one: (-lying[one], one))


def _inside(definition: Definition, process: str) -> list[Any]:
    return [one for one in definition.elements.values() if one.process == process and one.role and one.form_key]


def _steps(
    definition: Definition, process: str, spans: Mapping[str, Iterable[Fraction]], waiting: Waiting
) -> tuple[Heat, ...]:
    inside = [one for one in _inside(definition, process) if one.role != access.APPLICANT]
    found = [_heat(one, sorted(spans.get(one.id, ())), waiting.get(one.id)) for one in inside]
    return tuple(sorted(found, key=lambda one: (-(one.p90 or -1), -one.waiting, one.name)))


def _heat(element: Any, spans: list[Fraction], waiting: tuple[int, Fraction] | None) -> Heat:
    median, p90 = (_nearest(spans, share) for share in (Fraction(1, 2), Fraction(9, 10)))
    return Heat(element.id, element.name, element.role, len(spans), median, p90, *(waiting or (0, None)))


def _nearest(spans: list[Fraction], share: Fraction) -> Fraction | None:
    """The least span that this share of all does not exceed: one that was measured, never one between two."""
    return spans[max(0, -(-share.numerator * len(spans) // share.denominator) - 1)] if spans else None
