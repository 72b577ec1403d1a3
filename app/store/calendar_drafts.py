"""Drafts of changes of the calendar, each its author's alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.store.tables.calendar_changes import calendar_drafts


class CalendarDraftStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, id: UUID, author: UUID, at: datetime, **typed: Any) -> None:
        """`typed`: text, decree, reason, repeated."""
        row = {"id": id, "author": author, "version": 1, "saved_at": at, **typed}
        self.session.execute(insert(calendar_drafts).values(row))

    def save(self, id: UUID, author: UUID, at: datetime, version: int, **typed: Any) -> bool:
        """Whether the author's draft still was that version, and is the next one now."""
        mine = (calendar_drafts.c.id == id) & (calendar_drafts.c.author == author)
        statement = update(calendar_drafts).where(mine, calendar_drafts.c.version == version)
        written = statement.values(version=version + 1, saved_at=at, **typed)
        return self.session.execute(written.returning(calendar_drafts.c.id)).first() is not None

    def one(self, id: UUID, author: UUID) -> Any:
        mine = (calendar_drafts.c.id == id) & (calendar_drafts.c.author == author)
        return self.session.execute(select(calendar_drafts).where(mine)).one_or_none()

    def of(self, author: UUID) -> tuple[Any, ...]:
        """The author's, last saved first."""
        order = (calendar_drafts.c.saved_at.desc(), calendar_drafts.c.id.desc())
        statement = select(calendar_drafts).where(calendar_drafts.c.author == author)
        return tuple(self.session.execute(statement.order_by(*order)))

    def drop(self, id: UUID, author: UUID) -> None:
        mine = (calendar_drafts.c.id == id) & (calendar_drafts.c.author == author)
        self.session.execute(delete(calendar_drafts).where(mine))
