"""Cases moved to another release, with what putting them back needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.store.ids import uuid7
from app.store.tables.cases import cases
from app.store.tables.interventions import case_moves


class MoveStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def keep(self, case_id: UUID, seq: int, at: datetime, by: UUID, **values: Any) -> None:
        """`values`: was_seq, before_id, after_id, snapshot, reason."""
        row = {"id": uuid7(), "case_id": case_id, "seq": seq, "moved_at": at, "moved_by": by, **values}
        self.session.execute(insert(case_moves).values(row))

    def last(self, case_id: UUID) -> Any:
        """The newest move of a case that was not put back."""
        newest = select(case_moves).where(case_moves.c.case_id == case_id, case_moves.c.undone_at.is_(None))
        return self.session.execute(newest.order_by(case_moves.c.moved_at.desc(), case_moves.c.seq.desc())).first()

    def undone(self, id: UUID, at: datetime) -> None:
        self.session.execute(update(case_moves).where(case_moves.c.id == id).values(undone_at=at))

    def elsewhere(self, deployment: UUID, after: UUID | None, limit: int) -> Iterator[UUID]:
        """Open cases of other releases, by id, those after `after`."""
        guard = cases.c.closed.is_(False) & (cases.c.deployment_id != deployment)
        statement = select(cases.c.id).where(guard).order_by(cases.c.id).limit(limit)
        yield from self.session.scalars(statement.where(cases.c.id > after) if after else statement)
