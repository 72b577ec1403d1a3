"""What is typed into tasks and not sent yet: by person and task, with a version against two windows at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, literal, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from app.store import unsent
from app.store.encoding import dump, parse
from app.store.tables.cases import drafts

_DROP = unsent.Write(drafts.delete().where(drafts.c.task_id == bindparam("task")))


class TaskDraftStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def of(self, person: UUID, task: UUID) -> tuple[dict[str, list[str]], datetime, int] | None:
        row = self.session.execute(
            select(drafts).where(drafts.c.person_id == person, drafts.c.task_id == task)
        ).one_or_none()
        return (parse(row.raw), row.saved_at, row.version) if row else None

    def save(
        self, person: UUID, task: UUID, form_version: int, raw: Mapping[str, Any], at: datetime, version: int
    ) -> bool:
        """Keep what was typed; false when another tab saved a newer version meanwhile."""
        values = {"raw": dump(dict(raw)), "form_version": form_version, "saved_at": at, "version": version + 1}
        if version == 0:
            first = upsert(drafts).values(person_id=person, task_id=task, **values).on_conflict_do_nothing()
            return bool(self.session.execute(first).rowcount)  # type: ignore[attr-defined]
        guard = (drafts.c.person_id == person) & (drafts.c.task_id == task) & (drafts.c.version == version)
        return bool(self.session.execute(update(drafts).where(guard).values(**values)).rowcount)  # type: ignore[attr-defined]

    def carry(self, old: UUID, new: UUID) -> None:
        """What was typed at a task, at the one that goes on in its place; over what was typed there before."""
        names = ("raw", "form_version", "saved_at", "version")
        found = select(drafts.c.person_id, literal(new), *(drafts.c[name] for name in names))
        put = upsert(drafts).from_select(["person_id", "task_id", *names], found.where(drafts.c.task_id == old))
        fresh = {name: put.excluded[name] for name in names}
        self.session.execute(put.on_conflict_do_update(index_elements=["person_id", "task_id"], set_=fresh))

    def drop(self, task: UUID) -> None:
        unsent.add(self.session, _DROP, {"task": task})
