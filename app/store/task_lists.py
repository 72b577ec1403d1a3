"""Lists of tasks for pages: inboxes and the tasks of a case; frozen rows, keyset pages, never a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from app.store import steady, task_views
from app.store.tables.cases import cases, holds, tasks
from app.store.tables.people import people
from app.store.task_views import views
from engine.access import Actor

PAGE = 50
MOST_COUNTED = 1_000
FEW = 1_000  # files of a place that are named one by one
Place = tuple[datetime, UUID]  # of a task in every list
AT_ONCE = 20  # tasks looked at for one that nobody is taking


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
    urgent_at: datetime  # its place in every list


@dataclass(frozen=True)
class InboxFilter:
    """What an inbox shows; empty means all."""

    view: str = "saya"  # "saya" | "kelompok" | "ditangguhkan" | "dipantau" | "selesai" | "ditolak"
    permit: str = ""
    element: str = ""
    text: str = ""
    keys: tuple[bytes, ...] = ()  # of a NIK or its last digits, which the text may be
    unit: str = ""  # the agency a task is for, or whose people it waits for
    area: str = ""  # of the file; a kecamatan stands for its kelurahan
    state: str = ""  # of the file
    look: str = ""  # what the clock shows, "aman" | "dekat" | "lewat" | "jeda"; only a reading tells it
    after: Place | None = None
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
                tasks.c.urgent_at,
            )
            .join(cases, cases.c.id == tasks.c.case_id)
            .outerjoin(people, people.c.id == tasks.c.assignee_id)
        )

    def inbox(self, actor: Actor, wanted: InboxFilter, since: datetime | None = None) -> tuple[TaskRow, ...]:
        """Tasks by their legal time, most urgent first; one row more than `limit` tells of a next page.

        `since`: the beginning of today, for "selesai".
        """
        sifted = task_views.sifting(wanted, self._there(wanted.area))
        page = task_views.page(views(actor, wanted.view, since), sifted, wanted.after, wanted.limit + 1)
        statement = self._tasks().where(tasks.c.id.in_(select(page.c.id)))
        rows = self.session.execute(statement.order_by(tasks.c.urgent_at, tasks.c.id))
        return tuple(TaskRow(**row._mapping) for row in rows)

    def _there(self, area: str) -> list[UUID] | None:
        """The files of a place, where so few lie there that a list walked in its order might find none of them."""
        found = list(self.session.scalars(task_views.few_of(area, FEW))) if area else []
        return found if area and len(found) <= FEW else None

    def inbox_counts(self, actor: Actor, since: datetime) -> dict[str, int]:
        """How many tasks each list holds, none beyond MOST_COUNTED; "ditangguhkan": by what happened in the files."""
        named = ("saya", "kelompok", "ditangguhkan", "dipantau", "selesai")
        counted = [
            select(func.count()).select_from(task_views.some(views(actor, one, since), MOST_COUNTED)).scalar_subquery()
            for one in named
        ]
        return dict(zip(named, map(int, self.session.execute(select(*counted)).one()), strict=True))

    def refused_count(self, actor: Actor) -> int:
        """How many of the group's tasks the actor refused to take, none beyond MOST_COUNTED."""
        some = task_views.some(views(actor, "ditolak", None), MOST_COUNTED)
        return int(self.session.scalar(select(func.count()).select_from(some)) or 0)

    def newest_task_at(self, actor: Actor) -> datetime | None:
        newest = [
            task_views.of(one, tasks.c.opened_at).order_by(tasks.c.opened_at.desc()).limit(1)
            for one in views(actor, "semua", None)
        ]
        found: datetime | None = self.session.scalar(select(func.max(task_views.together(newest).c.opened_at)))
        return found

    def most_urgent_own(self, actor: Actor, passed: Sequence[UUID] = ()) -> Place | None:
        """The most urgent task that the actor holds and whose clock runs; a visit goes by its appointed day instead."""
        here = [tasks.c.properties.not_like('%"named":%'), *([tasks.c.id.not_in(list(passed))] if passed else [])]
        page = task_views.page(views(actor, "dapat", None), here, None, 1)
        row = self.session.execute(select(page)).first()
        return (row.urgent_at, row.id) if row else None

    def lock_next(self, actor: Actor, passed: Sequence[UUID] = (), before: Place | None = None) -> UUID | None:
        """The most urgent task the group offers the actor, skipping those another is taking at this moment.

        `before`: only one more urgent than that.
        """
        steady.hold(self.session)
        group, left = views(actor, "kelompok", None), list[Any]()
        if passed:
            left.append(tasks.c.id.not_in(list(passed)))
        if before:
            left.append(tuple_(tasks.c.urgent_at, tasks.c.id) < before)
        after: Any = None
        while True:
            page = task_views.page(group, left, after, AT_ONCE)
            rows = self.session.execute(select(page).order_by(page.c.urgent_at, page.c.id)).all()
            found = self._locked([row.id for row in rows]) if rows else None
            if found is not None or len(rows) < AT_ONCE:
                return found
            after = (rows[-1].urgent_at, rows[-1].id)

    def _locked(self, ids: Sequence[UUID]) -> UUID | None:
        """The first of these that is still free, under its lock."""
        free = (tasks.c.id.in_(list(ids)), tasks.c.status == "open", tasks.c.assignee_id.is_(None))
        statement = select(tasks.c.id).where(*free).order_by(tasks.c.urgent_at, tasks.c.id).limit(1)
        found: UUID | None = self.session.scalar(statement.with_for_update(skip_locked=True))
        return found

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
