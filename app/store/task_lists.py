"""Lists of tasks for pages: inboxes and the tasks of a case; frozen rows, keyset pages, never a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select, true, tuple_
from sqlalchemy.orm import Session

from app.store import steady
from app.store.like import escaped
from app.store.tables.cases import cases, holds, tasks
from app.store.tables.people import people
from app.store.tables.watches import watches
from engine.access import Actor

PAGE = 50


@dataclass(frozen=True)
class TaskRow:
    """A line of an inbox."""

    id: UUID
    case_id: UUID
    element: str
    name: str
    role: str
    unit: str
    status: str
    standard: str
    assignee_id: UUID | None
    assignee: str | None
    opened_at: datetime
    claimed_at: datetime | None
    closed_at: datetime | None
    outcome: str
    due_at: datetime | None
    number: str | None
    permit: str
    kind: str
    state: str
    applicant_id: UUID
    applicant_name: str
    subject: str
    area: str
    promised_at: datetime | None


@dataclass(frozen=True)
class InboxFilter:
    """What an inbox shows; empty means all."""

    view: str = "saya"  # "saya" | "kelompok" | "ditangguhkan" | "dipantau" | "selesai"
    permit: str = ""
    element: str = ""
    text: str = ""
    unit: str = ""  # the agency a task is for, or whose people it waits for
    area: str = ""  # of the file; a kecamatan stands for its kelurahan
    state: str = ""  # of the file
    look: str = ""  # what the clock shows, "aman" | "dekat" | "lewat" | "jeda"; only a reading tells it
    after: tuple[datetime | None, UUID] | None = None
    limit: int = PAGE


class TaskListStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def _tasks(self) -> Any:
        return (
            select(
                *(tasks.c[name] for name in ("id", "case_id", "element", "name", "role", "unit", "status", "standard")),
                *(
                    tasks.c[name]
                    for name in ("assignee_id", "opened_at", "claimed_at", "closed_at", "outcome", "due_at")
                ),
                people.c.name.label("assignee"),
                *(cases.c[name] for name in ("number", "permit", "kind", "state", "applicant_id", "applicant_name")),
                *(cases.c[name] for name in ("subject", "area", "promised_at")),
            )
            .join(cases, cases.c.id == tasks.c.case_id)
            .outerjoin(people, people.c.id == tasks.c.assignee_id)
        )

    def _group(self, actor: Actor) -> Any:
        """Open tasks of the actor's roles and units that nobody holds.

        Left out are his own applications, and tasks that name others (`Task.named`).
        """
        held = [
            and_(tasks.c.role == one.role, or_(tasks.c.unit == "", tasks.c.unit == one.unit) if one.unit else true())
            for one in actor.grants
        ]
        if not held:
            return tasks.c.id.is_(None)
        named = or_(tasks.c.properties.not_like('%"named":%'), tasks.c.properties.contains(str(actor.id)))
        free = and_(tasks.c.status == "open", tasks.c.assignee_id.is_(None), named)
        return and_(free, or_(*held), cases.c.applicant_id != actor.id)

    def _view(self, actor: Actor, view: str, since: datetime | None) -> Any:
        mine = and_(tasks.c.status == "open", tasks.c.assignee_id == actor.id)
        if view == "saya":
            return mine
        if view == "dipantau":
            watched = select(watches.c.case_id).where(watches.c.person_id == actor.id)
            return and_(tasks.c.status == "open", tasks.c.case_id.in_(watched))
        if view == "selesai":
            return and_(tasks.c.status == "done", tasks.c.closed_by == actor.id, tasks.c.closed_at >= since)
        return self._group(actor) if view == "kelompok" else or_(mine, self._group(actor))

    def inbox(self, actor: Actor, wanted: InboxFilter, since: datetime | None = None) -> tuple[TaskRow, ...]:
        """Tasks by their legal time, most urgent first; one row more than `limit` tells of a next page.

        `since`: the beginning of today, for "selesai".
        """
        statement = self._tasks().where(self._view(actor, wanted.view, since))
        if wanted.permit:
            statement = statement.where(cases.c.permit == wanted.permit)
        if wanted.element:
            statement = statement.where(tasks.c.element == wanted.element)
        if wanted.unit:
            statement = statement.where(tasks.c.unit == wanted.unit)
        if wanted.area:
            within = cases.c.area.startswith(f"{wanted.area}.", autoescape=True)
            statement = statement.where(or_(cases.c.area == wanted.area, within))
        if wanted.state:
            statement = statement.where(cases.c.state == wanted.state)
        if wanted.text:
            like = f"%{escaped(wanted.text)}%"
            statement = statement.where(
                or_(cases.c.number.ilike(like), cases.c.applicant_name.ilike(like), cases.c.subject.ilike(like))
            )
        # A task without a due date comes by the case's promise, then by age; never lost at the end unnoticed.
        order = func.coalesce(tasks.c.due_at, cases.c.promised_at, tasks.c.opened_at)
        if wanted.after:
            statement = statement.where(tuple_(order, tasks.c.id) > wanted.after)
        rows = self.session.execute(statement.order_by(order, tasks.c.id).limit(wanted.limit + 1))
        return tuple(TaskRow(**row._mapping) for row in rows)

    def inbox_counts(self, actor: Actor, since: datetime) -> dict[str, int]:
        found = {}
        for view in ("saya", "kelompok", "dipantau", "selesai"):
            statement = select(func.count()).select_from(tasks).join(cases, cases.c.id == tasks.c.case_id)
            found[view] = int(self.session.scalar(statement.where(self._view(actor, view, since))) or 0)
        return found

    def newest_task_at(self, actor: Actor) -> datetime | None:
        statement = select(func.max(tasks.c.opened_at)).join(cases, cases.c.id == tasks.c.case_id)
        found: datetime | None = self.session.scalar(statement.where(self._view(actor, "semua", None)))
        return found

    def lock_next(self, actor: Actor, passed: Sequence[UUID] = ()) -> UUID | None:
        """The most urgent group task, skipping those another official is taking at this moment."""
        steady.hold(self.session)
        order = func.coalesce(tasks.c.due_at, cases.c.promised_at, tasks.c.opened_at)
        statement = select(tasks.c.id).join(cases, cases.c.id == tasks.c.case_id).where(self._group(actor))
        if passed:
            statement = statement.where(tasks.c.id.not_in(list(passed)))
        found = statement.order_by(order, tasks.c.id).limit(1).with_for_update(skip_locked=True, of=tasks)
        return self.session.scalar(found)

    def open_tasks(self, case_id: UUID) -> tuple[TaskRow, ...]:
        rows = self.session.execute(
            self._tasks().where(tasks.c.case_id == case_id, tasks.c.status == "open").order_by(tasks.c.opened_at)
        )
        return tuple(TaskRow(**row._mapping) for row in rows)

    def tasks_of(self, case_id: UUID) -> tuple[TaskRow, ...]:
        rows = self.session.execute(
            self._tasks().where(tasks.c.case_id == case_id).order_by(tasks.c.opened_at, tasks.c.id)
        )
        return tuple(TaskRow(**row._mapping) for row in rows)

    def asked_holds(self) -> tuple[Any, ...]:
        """Holds that wait for an answer, oldest first, with their case's number and applicant."""
        statement = select(holds, cases.c.number, cases.c.applicant_name).join(cases, cases.c.id == holds.c.case_id)
        waiting = (holds.c.status == "asked") & ~cases.c.closed
        return tuple(self.session.execute(statement.where(waiting).order_by(holds.c.asked_at)))

    def held_by(self, person: UUID) -> tuple[UUID, ...]:
        guard = (tasks.c.status == "open") & (tasks.c.assignee_id == person)
        return tuple(self.session.scalars(select(tasks.c.id).where(guard).order_by(tasks.c.id)))
