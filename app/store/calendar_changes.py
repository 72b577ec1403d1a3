"""Proposed changes of the calendar, from their proposal to their decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.store.encoding import dump
from app.store.tables.calendar_changes import calendar_changes


def _plain(decree: str) -> str:
    return " ".join(decree.split()).casefold()


class CalendarChangeStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, id: UUID, at: datetime, preview: Mapping[str, Any], **values: Any) -> None:
        """`values`: text, decree, reason, proposed_by."""
        row = {"id": id, "recorded_at": at, "preview": dump(dict(preview)), **values}
        self.session.execute(insert(calendar_changes).values(row))

    def row(self, id: UUID) -> Any:
        return self.session.execute(select(calendar_changes).where(calendar_changes.c.id == id)).one_or_none()

    def same_waiting(self, text: str, decree: str) -> bool:
        """Whether the very same change waits for its decision."""
        return any((one.text, one.decree) == (text, decree) for one in self.waiting())

    def resting_on(self, decree: str) -> Any:
        """The first change, waiting or adopted, that names this decree, however spaced or capitalised; else None."""
        wanted = _plain(decree)
        standing = (one for one in reversed(self.all()) if one.rejected_at is None)
        return next((one for one in standing if _plain(one.decree) == wanted), None)

    def lock(self, id: UUID) -> Any:
        statement = select(calendar_changes).where(calendar_changes.c.id == id).with_for_update()
        return self.session.execute(statement).one_or_none()

    def decide(self, id: UUID, **values: Any) -> None:
        self.session.execute(update(calendar_changes).where(calendar_changes.c.id == id).values(**values))

    def all(self) -> tuple[Any, ...]:
        """Newest first."""
        order = (calendar_changes.c.recorded_at.desc(), calendar_changes.c.id.desc())
        return tuple(self.session.execute(select(calendar_changes).order_by(*order)))

    def waiting(self) -> tuple[Any, ...]:
        """Proposed and not decided, oldest first."""
        open_ones = calendar_changes.c.approved_at.is_(None) & calendar_changes.c.rejected_at.is_(None)
        return tuple(
            self.session.execute(select(calendar_changes).where(open_ones).order_by(calendar_changes.c.recorded_at))
        )
