"""Clocks of many cases read and written at once, and their warnings."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store import case_rows, clock_refreshing, clock_rows, recounting
from app.store.recounting import Hull, Slice
from app.store.rungs import RungStore
from app.store.tables.cases import cases, clock_events, clock_readings, clocks, tasks
from engine.case import Case
from engine.clocks import World
from engine.deployment import Deployment


class ReadingStore(RungStore):
    def __init__(self, session: Session) -> None:
        self.session = session

    def clocks_between(
        self,
        since: datetime,
        until: datetime | None,
        kinds: tuple[str, ...] = ("L",),
        units: Collection[str] | None = None,
    ) -> dict[UUID, frozenset[UUID]]:
        """Case -> those of its clocks of these kinds that a stoppage of [since, until) may touch.

        `units`: only those that are counted in the hours of one of them.
        """
        return clock_refreshing.clocks_between(self.session, since, until, kinds, units)

    def clocked(self, ids: Iterable[UUID], deployment_of: Any) -> dict[UUID, Case]:
        """Many cases with their clocks and spells, in four queries and without snapshots: for reading clocks."""
        wanted = list(ids)
        if not wanted:
            return {}
        heads = self.session.execute(select(cases).where(cases.c.id.in_(wanted)))
        work: dict[UUID, list[Any]] = {id: [] for id in wanted}
        for one in self.session.execute(
            select(tasks).where(tasks.c.case_id.in_(wanted)).order_by(tasks.c.opened_at, tasks.c.id)
        ):
            work[one.case_id].append(one)
        kept = self._clocks_of(wanted)
        return {
            row.id: self._clocked(row, deployment_of(row.deployment_id), work[row.id], kept[row.id]) for row in heads
        }

    def _clocked(self, row: Any, deployment: Deployment, work: list[Any], kept: list[Any]) -> Case:
        return Case(
            id=row.id,
            facts=case_rows.facts_of(row),
            deployment=deployment,
            process=row.process,
            snapshot="",
            state=row.state,
            tasks=tuple(case_rows.task_of(one) for one in work if one.status == "open"),
            clocks=tuple(kept),
            spells=case_rows.spells_of(work, deployment),
            waiting=tuple(row.waiting),
            timer_at=row.timer_at,
            last_at=row.last_at,
            closed=row.closed,
            outcome=row.outcome,
            suspended=row.suspended,
        )

    def _clocks_of(self, wanted: list[UUID]) -> dict[UUID, list[Any]]:
        rows = self.session.execute(
            select(clocks).where(clocks.c.case_id.in_(wanted)).order_by(clocks.c.position)
        ).all()
        ledger: dict[UUID, list[Any]] = {row.id: [] for row in rows}
        joined = select(clock_events).join(clocks, clocks.c.id == clock_events.c.clock_id)
        for one in self.session.execute(joined.where(clocks.c.case_id.in_(wanted)).order_by(clock_events.c.seq)):
            ledger[one.clock_id].append(one)
        kept: dict[UUID, list[Any]] = {id: [] for id in wanted}
        for row in rows:
            kept[row.case_id].append(clock_rows.clock_of(row, ledger[row.id]))
        return kept

    def limits(self, ids: Iterable[UUID]) -> dict[UUID, datetime]:
        """The legal limits of these cases that still run, as kept: case -> instant."""
        statement = (
            select(clock_readings.c.case_id, clock_readings.c.promised_at)
            .join(clocks, clocks.c.id == clock_readings.c.clock_id)
            .where(clock_readings.c.case_id.in_(list(ids)), clocks.c.kind == "H", clock_readings.c.running)
            .where(clock_readings.c.promised_at.is_not(None))
        )
        return {row.case_id: row.promised_at for row in self.session.execute(statement)}

    def steps(self, ids: Iterable[UUID]) -> dict[UUID, str]:
        """What the tasks of these clocks are called, of finished ones too: clock -> name."""
        joined = select(clocks.c.id, tasks.c.name).join(tasks, tasks.c.id == clocks.c.task_id)
        return {row.id: row.name for row in self.session.execute(joined.where(clocks.c.id.in_(list(ids))))}

    def all_kept(self) -> tuple[Any, ...]:
        """All cached readings: for comparing them with what a reading says."""
        return tuple(self.session.execute(select(clock_readings)))

    def refresh(
        self,
        found: Iterable[tuple[Case, frozenset[UUID]]],
        world: World,
        revision: int,
        at: datetime,
        because: str,
    ) -> int:
        """Write clocks of many cases anew in a handful of statements; how many promises and terms moved."""
        return clock_refreshing.refresh_many(self.session, found, world, revision, at, because)

    def recount(
        self, hull: Hull, after: UUID | None, most: int, world: World, at: datetime, deployment_of: Any
    ) -> Slice:
        """The next `most` clocks that a change touches, of cases behind `after`, counted and written set by set."""

        def by_rule(left: dict[UUID, frozenset[UUID]]) -> int:
            found = ((case, left[case.id]) for case in self.clocked(left, deployment_of).values())
            return self.refresh(found, world, hull.revision, at, hull.because)

        return recounting.recount(self.session, hull, after, most, world, at, by_rule, deployment_of)

    def more_than(self, hull: Hull, most: int) -> bool:
        """Whether a change touches more clocks than `most`."""
        return recounting.more_than(self.session, hull, most)
