"""Later dates put to applicants, and what they answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.store.tables.cases import cases
from app.store.tables.clock_law import extensions


class ExtensionStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def ask(self, **values: Any) -> None:
        """`values`: id, case_id, clock_id, proposed_by, proposed_at, reason, promised_at, day, answer_by."""
        self.session.execute(insert(extensions).values(status="asked", **values))

    def lock(self, id: UUID) -> Any:
        return self.session.execute(select(extensions).where(extensions.c.id == id).with_for_update()).one_or_none()

    def row(self, id: UUID) -> Any:
        return self.session.execute(select(extensions).where(extensions.c.id == id)).one_or_none()

    def answer(self, id: UUID, status: str, at: datetime, **values: Any) -> None:
        """`values`: answered_by, how, answer, scan_sha256."""
        chosen = update(extensions).where(extensions.c.id == id)
        self.session.execute(chosen.values(status=status, answered_at=at, **values))

    def asked_of(self, clock_id: UUID) -> Any:
        """The question of a clock that waits for its answer; None when none does."""
        waiting = (extensions.c.clock_id == clock_id) & (extensions.c.status == "asked")
        return self.session.execute(select(extensions).where(waiting)).one_or_none()

    def of_case(self, case_id: UUID) -> tuple[Any, ...]:
        """Newest first."""
        statement = select(extensions).where(extensions.c.case_id == case_id)
        return tuple(self.session.execute(statement.order_by(extensions.c.proposed_at.desc(), extensions.c.id.desc())))

    def lapsed(self, at: datetime, limit: int = 200) -> tuple[tuple[UUID, UUID], ...]:
        """Question and case of those that nobody answered in time, or whose file is over."""
        statement = (
            select(extensions.c.id, extensions.c.case_id)
            .join(cases, cases.c.id == extensions.c.case_id)
            .where(extensions.c.status == "asked", (extensions.c.answer_by < at) | cases.c.closed)
            .order_by(extensions.c.answer_by)
            .limit(limit)
        )
        return tuple((row.id, row.case_id) for row in self.session.execute(statement))
