"""Warnings: which rungs of a clock are due, which fired, and what a later fact said of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from app.store.tables.cases import cases, clock_readings, clocks, rungs_fired


class RungStore:
    session: Session

    def due_rungs(self, at: datetime, limit: int = 200) -> tuple[UUID, ...]:
        """Cases with a rung that should have fired; the sweep computes again before it fires."""
        statement = select(clock_readings.c.case_id).where(
            clock_readings.c.running, clock_readings.c.next_rung_at <= at
        )
        return tuple(
            dict.fromkeys(self.session.scalars(statement.order_by(clock_readings.c.next_rung_at).limit(limit)))
        )

    def fired(self, case_id: UUID) -> dict[UUID, dict[int, datetime | None]]:
        """Fired rungs by clock: rung -> when it was annotated, None while it stands."""
        found: dict[UUID, dict[int, datetime | None]] = {}
        for row in self.session.execute(select(rungs_fired).where(rungs_fired.c.case_id == case_id)):
            found.setdefault(row.clock_id, {})[row.rung] = row.annotated_at
        return found

    def fire_rung(self, clock_id: UUID, case_id: UUID, rung: int, at: datetime, notified: bool) -> bool:
        """Record a rung; False when it had fired before: each fires once, ever."""
        values = {"clock_id": clock_id, "case_id": case_id, "rung": rung, "fired_at": at, "notified": notified}
        done = self.session.execute(upsert(rungs_fired).values(values).on_conflict_do_nothing())
        return bool(done.rowcount)  # type: ignore[attr-defined]

    def annotate_rung(self, clock_id: UUID, rung: int, at: datetime, annotation: str) -> None:
        """A breach that a later fact undid is annotated, never deleted."""
        guard = (
            (rungs_fired.c.clock_id == clock_id) & (rungs_fired.c.rung == rung) & rungs_fired.c.annotated_at.is_(None)
        )
        self.session.execute(update(rungs_fired).where(guard).values(annotated_at=at, annotation=annotation))

    def restore_rung(self, clock_id: UUID, rung: int, annotation: str) -> None:
        """A breach that was annotated stands again: it says why, and may be annotated once more."""
        guard = (
            (rungs_fired.c.clock_id == clock_id)
            & (rungs_fired.c.rung == rung)
            & rungs_fired.c.annotated_at.is_not(None)
        )
        self.session.execute(update(rungs_fired).where(guard).values(annotated_at=None, annotation=annotation))

    def push_rungs_back(self, case_id: UUID, until: datetime) -> None:
        """Look at this case's warnings later: a fault in it must not stop the others."""
        due = (clock_readings.c.case_id == case_id) & (clock_readings.c.next_rung_at < until)
        self.session.execute(update(clock_readings).where(due).values(next_rung_at=until))

    def breach_count(self) -> int:
        return int(self.session.scalar(select(func.count()).where(rungs_fired.c.rung == 100)) or 0)

    def breaches(self, limit: int, before: tuple[datetime, UUID] | None = None) -> tuple[Any, ...]:
        """Fired rungs of 100 per cent, newest first, with their case, annotation and the promise as it stands.

        One row more than `limit` tells of a next page; `before`: `fired_at` and clock of the last row of a page.
        """
        shown = (clocks.c.name, clocks.c.kind, cases.c.number, cases.c.permit, cases.c.applicant_name)
        statement = (
            select(rungs_fired, clock_readings.c.promised_at, *shown)
            .join(clocks, clocks.c.id == rungs_fired.c.clock_id)
            .join(cases, cases.c.id == rungs_fired.c.case_id)
            .join(clock_readings, clock_readings.c.clock_id == rungs_fired.c.clock_id)
            .where(rungs_fired.c.rung == 100)
        )
        if before:
            statement = statement.where(tuple_(rungs_fired.c.fired_at, rungs_fired.c.clock_id) < before)
        order = (rungs_fired.c.fired_at.desc(), rungs_fired.c.clock_id.desc())
        return tuple(self.session.execute(statement.order_by(*order).limit(limit + 1)))

    def excused(self, word: str, span: tuple[datetime, datetime] | None = None) -> tuple[Any, ...]:
        """Breaches of service promises whose standing annotation begins with `word`, newest first, with their case.

        `span`: annotated in [begin, end).
        """
        shown = (clocks.c.name, clocks.c.kind, cases.c.number, cases.c.permit, cases.c.applicant_name)
        statement = (
            select(rungs_fired, *shown)
            .join(clocks, clocks.c.id == rungs_fired.c.clock_id)
            .join(cases, cases.c.id == rungs_fired.c.case_id)
            .where(rungs_fired.c.rung == 100, rungs_fired.c.annotated_at.is_not(None), clocks.c.kind == "L")
            .where(rungs_fired.c.annotation.startswith(word, autoescape=True))
        )
        if span:
            statement = statement.where(rungs_fired.c.annotated_at >= span[0], rungs_fired.c.annotated_at < span[1])
        order = (rungs_fired.c.annotated_at.desc(), rungs_fired.c.clock_id.desc())
        return tuple(self.session.execute(statement.order_by(*order)))
