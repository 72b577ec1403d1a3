"""What an administrator set over the catalogue's settings: one row for each name."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from app.store.encoding import dump, parse
from app.store.tables.office import settings


class SettingStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def overrides(self) -> dict[str, Any]:
        """Name -> value, as plain JSON."""
        return {row.name: parse(row.value) for row in self.session.execute(select(settings.c.name, settings.c.value))}

    def rows(self) -> tuple[Any, ...]:
        """Name, value, changed_by, changed_at of every override."""
        return tuple(self.session.execute(select(settings).order_by(settings.c.name)))

    def put(self, name: str, value: Any, by: UUID, at: datetime) -> None:
        row = {"value": dump(value), "changed_by": by, "changed_at": at}
        statement = upsert(settings).values(name=name, **row)
        self.session.execute(statement.on_conflict_do_update(index_elements=["name"], set_=row))

    def drop(self, name: str) -> None:
        """Back to the catalogue's value."""
        self.session.execute(delete(settings).where(settings.c.name == name))
