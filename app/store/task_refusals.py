"""Who did not take which task, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.store.tables.cases import tasks
from app.store.tables.people import people
from app.store.tables.task_refusals import task_refusals


class TaskRefusalStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, task_id: UUID, person: UUID, reason: str, at: datetime) -> bool:
        """Whether it is new: what a person said first of a task stands."""
        row = {"task_id": task_id, "person_id": person, "reason": reason, "at": at}
        added = insert(task_refusals).values(row).on_conflict_do_nothing().returning(task_refusals.c.task_id)
        return self.session.execute(added).first() is not None

    def of_task(self, task_id: UUID) -> tuple[Any, ...]:
        """Oldest first, each with the person's name."""
        statement = select(task_refusals, people.c.name).join(people, people.c.id == task_refusals.c.person_id)
        return tuple(
            self.session.execute(statement.where(task_refusals.c.task_id == task_id).order_by(task_refusals.c.at))
        )

    def by(self, person: UUID) -> tuple[UUID, ...]:
        """The open tasks that a person did not take."""
        statement = select(task_refusals.c.task_id).join(tasks, tasks.c.id == task_refusals.c.task_id)
        mine = (task_refusals.c.person_id == person) & (tasks.c.status == "open")
        return tuple(self.session.scalars(statement.where(mine)))
