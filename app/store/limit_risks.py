"""Risks of the legal limit: found, raised once per step and clock, annotated, answered, closed; never deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, insert, or_, select, tuple_, update
from sqlalchemy.orm import Session

from app.store.encoding import dump
from app.store.ids import uuid7
from app.store.tables.cases import cases, clock_readings, clocks
from app.store.tables.clock_law import limit_risks

LEGAL = "H"
_OPEN = limit_risks.c.answered_at.is_(None) & limit_risks.c.closed_at.is_(None) & limit_risks.c.annotated_at.is_(None)
_SHOWN = (
    select(limit_risks, cases.c.number, cases.c.tracking_code, cases.c.permit, cases.c.applicant_name, cases.c.state)
    .add_columns(clock_readings.c.promised_at)
    .join(cases, cases.c.id == limit_risks.c.case_id)
    .join(clock_readings, clock_readings.c.clock_id == limit_risks.c.clock_id)
)


class LimitRiskStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def due(self, latest: Mapping[int, datetime], today: datetime, limit: int = 200) -> tuple[UUID, ...]:
        """Cases whose limit may have reached a step nobody raised, or has left one that stands, nearest limit first.

        `latest`: for each step the instant after which no limit can have
        reached it; `today`: midnight, for nothing is raised on the day a clock
        began.  The sweep computes again.
        """
        nearing = or_(*(_reached(step, until, today) for step, until in latest.items()))
        bound = clock_readings.c.promised_at < max(latest.values())
        statement = (
            select(clock_readings.c.case_id)
            .join(clocks, clocks.c.id == clock_readings.c.clock_id)
            .where(clocks.c.kind == LEGAL, clock_readings.c.running, bound, nearing)
            .order_by(clock_readings.c.promised_at, clock_readings.c.clock_id)
        )
        found = (*self.session.scalars(statement.limit(limit)), *self._changed(latest, limit))
        return tuple(dict.fromkeys(found))

    def _changed(self, latest: Mapping[int, datetime], limit: int) -> Iterable[UUID]:
        """Cases with a step that stands though the limit has moved beyond it, or one set aside that holds after all."""
        reading, step = clock_readings.c, limit_risks.c.step
        away = or_(*((step == one) & (reading.promised_at >= until) for one, until in latest.items()))
        standing = limit_risks.c.annotated_at.is_(None)
        running = reading.running & standing & (away | reading.promised_at.is_(None))
        over = ~reading.running & (step == 0) & (standing != reading.late)
        statement = (
            select(limit_risks.c.case_id)
            .join(clock_readings, reading.clock_id == limit_risks.c.clock_id)
            .where(running | over)
        )
        return self.session.scalars(statement.limit(limit)).all()

    def of_clock(self, clock_id: UUID) -> tuple[Any, ...]:
        """In the order in which they were raised."""
        statement = select(limit_risks).where(limit_risks.c.clock_id == clock_id)
        return tuple(self.session.execute(statement.order_by(limit_risks.c.raised_at, limit_risks.c.step.desc())))

    def of_case(self, case_id: UUID) -> tuple[Any, ...]:
        """Newest first."""
        statement = select(limit_risks).where(limit_risks.c.case_id == case_id)
        return tuple(self.session.execute(statement.order_by(limit_risks.c.raised_at.desc(), limit_risks.c.step)))

    def raise_one(
        self, case_id: UUID, clock_id: UUID, step: int, at: datetime, limit_at: datetime, why: Any, notified: bool
    ) -> UUID:
        """Under the lock of the case: a step is raised once per clock, which the table guards."""
        id = uuid7()
        values = {"id": id, "case_id": case_id, "clock_id": clock_id, "step": step, "raised_at": at}
        self.session.execute(
            insert(limit_risks).values(limit_at=limit_at, hindrances=dump(why), notified=notified, **values)
        )
        return id

    def annotate(self, ids: Sequence[UUID], at: datetime | None, annotation: str) -> None:
        """`at` None: it stands again."""
        if not ids:
            return
        chosen = update(limit_risks).where(limit_risks.c.id.in_(ids))
        self.session.execute(chosen.values(annotated_at=at, annotation=annotation))

    def row(self, id: UUID) -> Any:
        return self.session.execute(select(limit_risks).where(limit_risks.c.id == id)).one_or_none()

    def lock(self, id: UUID) -> Any:
        return self.session.execute(select(limit_risks).where(limit_risks.c.id == id).with_for_update()).one_or_none()

    def answer(self, id: UUID, by: UUID, at: datetime, reason: str, measure: str) -> None:
        values = {"answered_by": by, "answered_at": at, "reason": reason, "measure": measure}
        self.session.execute(update(limit_risks).where(limit_risks.c.id == id).values(**values))

    def close(self, clock_id: UUID, at: datetime, outcome: str) -> tuple[UUID, ...]:
        """Close what is open of a clock that stopped; their ids."""
        mine = (limit_risks.c.clock_id == clock_id) & limit_risks.c.closed_at.is_(None)
        statement = update(limit_risks).where(mine, limit_risks.c.answered_at.is_(None))
        closed = statement.values(closed_at=at, outcome=outcome).returning(limit_risks.c.id)
        return tuple(sorted(self.session.scalars(closed)))

    def open_count(self) -> int:
        """How many wait for an answer."""
        return int(self.session.scalar(select(func.count()).select_from(limit_risks).where(_OPEN)) or 0)

    def open_by_step(self) -> dict[int, int]:
        """The same by step: working days before the limit, 0 its passing."""
        statement = select(limit_risks.c.step, func.count().label("number")).where(_OPEN).group_by(limit_risks.c.step)
        return {row.step: row.number for row in self.session.execute(statement)}

    def open_ones(self, limit: int = 200) -> tuple[Any, ...]:
        """Waiting for an answer, nearest limit first, with number, permit, applicant and the limit as it stands."""
        order = (clock_readings.c.promised_at, limit_risks.c.step, limit_risks.c.id)
        return tuple(self.session.execute(_SHOWN.where(_OPEN).order_by(*order).limit(limit)))

    def past_ones(self, limit: int, before: tuple[datetime, UUID] | None = None) -> tuple[Any, ...]:
        """Answered, closed or annotated, newest first; one row more than `limit` tells of a next page."""
        statement = _SHOWN.where(~_OPEN)
        if before:
            statement = statement.where(tuple_(limit_risks.c.raised_at, limit_risks.c.id) < before)
        order = (limit_risks.c.raised_at.desc(), limit_risks.c.id.desc())
        return tuple(self.session.execute(statement.order_by(*order).limit(limit + 1)))


def _reached(step: int, until: datetime, today: datetime) -> Any:
    standing = exists().where(
        limit_risks.c.clock_id == clocks.c.id, limit_risks.c.step == step, limit_risks.c.annotated_at.is_(None)
    )
    begun = [clock_readings.c.started_at < today] if step else []
    return and_(clock_readings.c.promised_at < until, *begun, ~standing)
