"""When work on paper may be entered afterwards: within an established keadaan kahar that covers the task (domain 6.2).

A failure of a central system opens nothing.  One person records it alone, and what dates work back needs a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.store import Store
from app.store.calendars import scope_of
from app.store.encoding import parse
from app.store.task_lists import TaskRow
from engine.case import Case, Task
from engine.case.values import HOME_UNIT
from engine.catalogue import Catalogue
from engine.catalogue.channels import of_role
from engine.clocks import Spell

LATEST = timedelta(days=60)  # after a window's end, within which its work is entered


@dataclass(frozen=True)
class Place:
    """Where an official's task stands, in the words of a scope."""

    permit: str
    area: str
    spell: Spell

    @classmethod
    def of_task(cls, case: Case, task: Task) -> Place:
        facts, channel = case.facts, of_role(case.deployment.catalogue, task.role)
        return cls(facts.permit, facts.area, _spell(task.unit, channel, task.element, task.opened_at))

    @classmethod
    def of_row(cls, row: TaskRow, catalogue: Catalogue) -> Place:
        channel = of_role(catalogue, row.role)
        return cls(row.permit, row.area, _spell(row.unit, channel, row.element, row.opened_at))


def _spell(unit: str, channel: str | None, element: str, opened_at: datetime) -> Spell:
    return Spell(unit or HOME_UNIT, channel, element, opened_at, None, bool(unit))


@dataclass(frozen=True)
class Window:
    """An established keadaan kahar; `until` None while it lasts.

    `scope`: dimension -> codes, as it is declared; an absent dimension means all.
    """

    code: str
    about: str
    since: datetime
    until: datetime | None
    scope: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def ended(self, at: datetime) -> datetime:
        return min(self.until or at, at)

    def covers(self, place: Place, at: datetime) -> bool:
        """Whether a task was open before its end, in a file and at a desk that it hits."""
        scope = scope_of(self.scope)
        hit = scope.hits_case(place.permit, place.area) and scope.hits_task(place.spell)
        return hit and place.spell.since < self.ended(at)


def windows(store: Store, at: datetime) -> tuple[Window, ...]:
    """Those whose work may still be entered, newest first."""
    found = sorted(_established(store), key=lambda one: one.since, reverse=True)
    return tuple(one for one in found if one.since <= at and at - one.ended(at) <= LATEST)


def _established(store: Store) -> Iterator[Window]:
    latest: dict[UUID, Any] = {}
    for row in store.calendars.versions():
        if row.approved_at is not None:
            latest.setdefault(row.declaration_id, row)
    standing = (one for one in latest.values() if one.kind != "REVOKE")
    return (Window(one.code, one.event, one.since, one.until, parse(one.scope)) for one in standing)
