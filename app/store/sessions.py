"""Sessions in PostgreSQL: revocable, unreadable by their holder (reliability 5)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.store.tables.people import sessions


class SessionStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, hash: bytes) -> Any:
        return self.session.execute(select(sessions).where(sessions.c.hash == hash)).one_or_none()

    def add(self, hash: bytes, at: datetime, **values: Any) -> None:
        self.session.execute(insert(sessions).values(hash=hash, created_at=at, seen_at=at, **values))

    def change(self, hash: bytes, **values: Any) -> None:
        self.session.execute(update(sessions).where(sessions.c.hash == hash).values(**values))

    def end(self, hash: bytes) -> None:
        self.session.execute(delete(sessions).where(sessions.c.hash == hash))

    def end_idle(self, seen_before: datetime, created_before: datetime) -> None:
        old = (sessions.c.seen_at < seen_before) | (sessions.c.created_at < created_before)
        self.session.execute(delete(sessions).where(old))

    def of(self, person: UUID) -> tuple[Any, ...]:
        return tuple(
            self.session.execute(
                select(sessions).where(sessions.c.person_id == person).order_by(sessions.c.seen_at.desc())
            )
        )

    def end_others(self, person: UUID, kept: bytes) -> None:
        self.session.execute(delete(sessions).where(sessions.c.person_id == person, sessions.c.hash != kept))
