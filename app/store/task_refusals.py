"""Who did not take which task, and why; and whose refusals stand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.store import unsent
from app.store.tables.people import people
from app.store.tables.task_refusals import standing_refusals, task_refusals

_OWN = (standing_refusals.c.task_id == bindparam("task"), standing_refusals.c.person_id == bindparam("person"))
_ENDED = unsent.Write(delete(standing_refusals).where(*_OWN))


def end(session: Session, task_id: UUID, person: UUID) -> None:
    """The task became the person's after all: his refusal of it is over."""
    unsent.add(session, _ENDED, {"task": task_id, "person": person})


class TaskRefusalStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, task_id: UUID, person: UUID, reason: str, at: datetime) -> bool:
        """Whether it is new: while a person's refusal stands, what he said first is kept."""
        row = {"task_id": task_id, "person_id": person, "reason": reason, "at": at}
        stands = insert(standing_refusals).values(row).on_conflict_do_nothing()
        if self.session.execute(stands.returning(standing_refusals.c.task_id)).first() is None:
            return False
        self.session.execute(insert(task_refusals).values(row))
        return True

    def of_task(self, task_id: UUID) -> tuple[Any, ...]:
        """All that was said of a task, oldest first, each with the person's name."""
        statement = select(task_refusals, people.c.name).join(people, people.c.id == task_refusals.c.person_id)
        return tuple(
            self.session.execute(statement.where(task_refusals.c.task_id == task_id).order_by(task_refusals.c.at))
        )

    def standing(self, task_id: UUID) -> dict[UUID, Any]:
        """Who refuses a task now, by person: `reason`, `at`."""
        found = select(standing_refusals).where(standing_refusals.c.task_id == task_id)
        return {row.person_id: row for row in self.session.execute(found)}

    def reasons(self, person: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
        """Why the person refuses which of these tasks."""
        mine = (standing_refusals.c.person_id == person, standing_refusals.c.task_id.in_(list(ids)))
        rows = self.session.execute(select(standing_refusals.c.task_id, standing_refusals.c.reason).where(*mine))
        return {row.task_id: row.reason for row in rows}
