"""How officials want their inbox drawn, and who has a task's page open."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.store.tables.desks import desk_ways, presences
from app.store.tables.people import people


class DeskStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def way(self, person: UUID) -> Any:
        """The row of a person's wishes; None while he has none."""
        return self.session.execute(select(desk_ways).where(desk_ways.c.person_id == person)).one_or_none()

    def keep_way(self, person: UUID, columns: str, density: str, at: datetime) -> None:
        values = {"columns": columns, "density": density, "saved_at": at}
        statement = insert(desk_ways).values(person_id=person, **values)
        self.session.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))

    def seen(self, task: UUID, person: UUID, at: datetime, since: datetime) -> None:
        """Somebody has the page open; whoever was not seen there since then is forgotten."""
        # Two who come back at once would each wait for the row that the other takes away: what is held is left.
        stale = select(presences.c.person_id).where(presences.c.task_id == task, presences.c.seen_at < since)
        gone = stale.with_for_update(skip_locked=True)
        self.session.execute(delete(presences).where(presences.c.task_id == task, presences.c.person_id.in_(gone)))
        statement = insert(presences).values(task_id=task, person_id=person, seen_at=at)
        again = statement.on_conflict_do_update(index_elements=["task_id", "person_id"], set_={"seen_at": at})
        self.session.execute(again)

    def present(self, task: UUID, besides: UUID, since: datetime) -> tuple[str, ...]:
        """Names of the others seen there since then."""
        found = select(people.c.name).join(presences, presences.c.person_id == people.c.id)
        found = found.where(presences.c.task_id == task, presences.c.person_id != besides, presences.c.seen_at >= since)
        return tuple(self.session.scalars(found.order_by(people.c.name)))
