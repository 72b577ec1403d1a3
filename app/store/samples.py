"""Samples of cases that supervisors draw, with what they answered: drawn once, then only added to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from app.store.tables.audits import audit_answers, audit_sample_cases, audit_samples
from app.store.tables.cases import cases

# By what was recorded until the period's end: that is never added to later, so the same question has the same answer.
_DRAW = text("""
    select c.id, count(*) over () as population
    from cases c
    where c.id in (select case_id from events
                   where kind = :kind and at < :until and recorded_at >= :since and recorded_at < :until)
      and (:permit = '' or c.permit = :permit)
      and (:state = '' or :state = coalesce(
        (select body::jsonb ->> 'after' from events where case_id = c.id and kind = 'state_changed'
            and recorded_at < :until order by seq desc limit 1),
        (select body::jsonb ->> 'before' from events where case_id = c.id and kind = 'state_changed'
            order by seq limit 1),
        c.state))
    order by sha256(convert_to(:seed || ':' || c.id::text, 'UTF8')), c.id
    limit :wanted
""")
OPENED, CLOSED = "case_opened", "case_closed"


@dataclass(frozen=True)
class Drawing:
    """The lot: `since` counts, `until` does not; `seed` with a case's id decides its place."""

    seed: str
    closed: bool
    since: datetime
    until: datetime
    state: str
    permit: str
    wanted: int


class SampleStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def draw(self, lot: Drawing) -> tuple[tuple[UUID, ...], int]:
        """The cases in the order of the lot, and among how many they were drawn."""
        given = {
            "kind": CLOSED if lot.closed else OPENED,
            **{name: getattr(lot, name) for name in ("seed", "since", "until", "state", "permit", "wanted")},
        }
        rows = self.session.execute(_DRAW, given).all()
        return tuple(row.id for row in rows), rows[0].population if rows else 0

    def keep(self, id: UUID, drawn: Sequence[UUID], **values: Any) -> None:
        self.session.execute(insert(audit_samples).values(id=id, **values))
        rows = [{"sample_id": id, "place": place, "case_id": case} for place, case in enumerate(drawn, 1)]
        self.session.execute(insert(audit_sample_cases), rows)

    def newest(self, limit: int) -> tuple[Any, ...]:
        newest = select(audit_samples).order_by(audit_samples.c.at.desc(), audit_samples.c.id.desc())
        return tuple(self.session.execute(newest.limit(limit)))

    def one(self, id: UUID) -> Any:
        return self.session.execute(select(audit_samples).where(audit_samples.c.id == id)).one_or_none()

    def drawn(self, id: UUID) -> tuple[Any, ...]:
        """The cases of a sample in the order of the lot: place, id, number, tracking code, permit, state now."""
        columns = (cases.c.id, cases.c.number, cases.c.tracking_code, cases.c.permit, cases.c.state)
        joined = audit_sample_cases.join(cases, cases.c.id == audit_sample_cases.c.case_id)
        wanted = select(audit_sample_cases.c.place, *columns).select_from(joined)
        ordered = wanted.where(audit_sample_cases.c.sample_id == id).order_by(audit_sample_cases.c.place)
        return tuple(self.session.execute(ordered))

    def answer(self, rows: Iterable[dict[str, Any]]) -> None:
        self.session.execute(insert(audit_answers), list(rows))

    def answers(self, id: UUID, case_id: UUID | None = None) -> tuple[Any, ...]:
        """Every answer ever given about a sample, or one of its cases, oldest first."""
        wanted = select(audit_answers).where(audit_answers.c.sample_id == id)
        wanted = wanted.where(audit_answers.c.case_id == case_id) if case_id else wanted
        return tuple(self.session.execute(wanted.order_by(audit_answers.c.at, audit_answers.c.id)))

    def counts(self, ids: Sequence[UUID]) -> dict[UUID, int]:
        """How many cases each sample holds."""
        rows = select(audit_sample_cases.c.sample_id, func.count()).where(audit_sample_cases.c.sample_id.in_(ids))
        return {id: int(n) for id, n in self.session.execute(rows.group_by(audit_sample_cases.c.sample_id))}
