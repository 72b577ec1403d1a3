"""What officials asked applicants about a file, and what they answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.store.tables.cases import questions


class QuestionStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def ask(self, id: UUID, case_id: UUID, task_id: UUID, by: UUID, at: datetime, body: str) -> None:
        values = {"id": id, "case_id": case_id, "task_id": task_id, "asked_by": by, "asked_at": at}
        self.session.execute(insert(questions).values(body=body, **values))

    def row(self, id: UUID) -> Any:
        """A question, locked; None when there is none."""
        return self.session.execute(select(questions).where(questions.c.id == id).with_for_update()).one_or_none()

    def answer(self, id: UUID, by: UUID, at: datetime, answer: str) -> None:
        values = {"answered_by": by, "answered_at": at, "answer": answer}
        self.session.execute(update(questions).where(questions.c.id == id).values(**values))

    def of_case(self, case_id: UUID) -> tuple[Any, ...]:
        """Newest first."""
        found = select(questions).where(questions.c.case_id == case_id)
        return tuple(self.session.execute(found.order_by(questions.c.asked_at.desc(), questions.c.id.desc())))

    def of_tasks(self, tasks: Iterable[UUID]) -> dict[UUID, bool]:
        """Tasks with a question: whether all of its questions are answered."""
        counted = select(questions.c.task_id, func.count() == func.count(questions.c.answered_at))
        found = self.session.execute(counted.where(questions.c.task_id.in_(tuple(tasks))).group_by(questions.c.task_id))
        return {task: bool(answered) for task, answered in found}
