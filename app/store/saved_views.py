"""The ways of looking at the inbox that officials keep."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.store.tables.saved_views import saved_views


class SavedViewStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def of(self, person: UUID) -> tuple[Any, ...]:
        """By name."""
        found = select(saved_views).where(saved_views.c.person_id == person).order_by(func.lower(saved_views.c.name))
        return tuple(self.session.execute(found))

    def keep(self, id: UUID, person: UUID, name: str, query: str, at: datetime) -> None:
        """A name that is kept already stands for the new way from now on."""
        values = {"id": id, "person_id": person, "name": name, "query": query, "saved_at": at}
        again = {"query": query, "saved_at": at}
        statement = insert(saved_views).values(values)
        self.session.execute(statement.on_conflict_do_update(index_elements=["person_id", "name"], set_=again))

    def drop(self, person: UUID, id: UUID) -> None:
        self.session.execute(delete(saved_views).where(saved_views.c.person_id == person, saved_views.c.id == id))
