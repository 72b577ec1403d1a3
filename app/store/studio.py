"""Drafts of releases: begun, saved file by file, held by one person at a time, proposed or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from app.store.ids import uuid7
from app.store.tables.cases import deployments
from app.store.tables.people import people
from app.store.tables.studio import draft_holders, draft_saves, release_drafts


class StudioStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def begin(self, id: UUID, title: str, base: UUID, by: UUID, at: datetime) -> None:
        row = {"id": id, "title": title, "base_id": base, "opened_by": by, "opened_at": at}
        self.session.execute(insert(release_drafts).values(row))

    def one(self, id: UUID, lock: bool = False) -> Any:
        statement = select(release_drafts).where(release_drafts.c.id == id)
        return self.session.execute(statement.with_for_update() if lock else statement).one_or_none()

    def all(self, limit: int) -> tuple[Any, ...]:
        """Open ones first, newest first."""
        order = ((release_drafts.c.status == "open").desc(), release_drafts.c.opened_at.desc(), release_drafts.c.id)
        return tuple(self.session.execute(select(release_drafts).order_by(*order).limit(limit)))

    def close(self, id: UUID, status: str, deployment: UUID | None, at: datetime) -> None:
        values = {"status": status, "deployment_id": deployment, "closed_at": at}
        self.session.execute(update(release_drafts).where(release_drafts.c.id == id).values(values))
        self.session.execute(delete(draft_holders).where(draft_holders.c.draft_id == id))

    def reopen(self, id: UUID) -> None:
        values = {"status": "open", "deployment_id": None, "closed_at": None}
        self.session.execute(update(release_drafts).where(release_drafts.c.id == id).values(values))

    def proposed_as(self, deployment: UUID) -> UUID | None:
        """The draft whose newest proposal a release is."""
        chosen = select(release_drafts.c.id).where(release_drafts.c.deployment_id == deployment)
        return self.session.scalar(chosen.order_by(release_drafts.c.closed_at.desc()).limit(1))

    def outcomes(self, drafts: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
        """By draft that was proposed: the status of its release, and why it was turned down ("" where it was not)."""
        chosen = select(release_drafts.c.id, deployments.c.status, deployments.c.rejected_because)
        chosen = chosen.join(deployments, deployments.c.id == release_drafts.c.deployment_id)
        rows = self.session.execute(chosen.where(release_drafts.c.id.in_(list(drafts))))
        return {row[0]: (row[1], row[2]) for row in rows}

    def rebase(self, id: UUID, base: UUID) -> None:
        self.session.execute(update(release_drafts).where(release_drafts.c.id == id).values(base_id=base))

    # --- files

    def newest(self, draft: UUID) -> tuple[Any, ...]:
        """The newest saving of each file that was ever saved, with who saved it; by path."""
        chosen = select(draft_saves, people.c.name).join(people, people.c.id == draft_saves.c.by)
        chosen = chosen.ext(distinct_on(draft_saves.c.path)).where(draft_saves.c.draft_id == draft)
        return tuple(self.session.execute(chosen.order_by(draft_saves.c.path, draft_saves.c.version.desc())))

    def saves(self, draft: UUID, path: str) -> tuple[Any, ...]:
        """Every saving of a file, newest first, with who saved it."""
        chosen = select(draft_saves, people.c.name).join(people, people.c.id == draft_saves.c.by)
        here = (draft_saves.c.draft_id == draft, draft_saves.c.path == path)
        return tuple(self.session.execute(chosen.where(*here).order_by(draft_saves.c.version.desc())))

    def version(self, draft: UUID, path: str) -> int:
        """0 where it was never saved."""
        here = (draft_saves.c.draft_id == draft, draft_saves.c.path == path)
        return int(self.session.scalar(select(func.max(draft_saves.c.version)).where(*here)) or 0)

    def save(
        self, draft: UUID, path: str, version: int, kind: str, content: bytes | None, by: UUID, at: datetime
    ) -> None:
        row = {"id": uuid7(), "draft_id": draft, "path": path, "version": version, "kind": kind}
        self.session.execute(insert(draft_saves).values(row | {"content": content, "by": by, "at": at}))

    # --- who is at it

    def holder(self, draft: UUID, path: str) -> Any:
        """Who holds a file, with the name, and who asked for it; None when nobody does."""
        chosen = select(draft_holders, people.c.name).join(people, people.c.id == draft_holders.c.person_id)
        here = (draft_holders.c.draft_id == draft, draft_holders.c.path == path)
        return self.session.execute(chosen.where(*here)).one_or_none()

    def holders(self, draft: UUID) -> tuple[Any, ...]:
        chosen = select(draft_holders, people.c.name).join(people, people.c.id == draft_holders.c.person_id)
        return tuple(self.session.execute(chosen.where(draft_holders.c.draft_id == draft)))

    def hold(self, draft: UUID, path: str, person: UUID, at: datetime, since: datetime) -> None:
        row = {"draft_id": draft, "path": path, "person_id": person, "since": since, "seen_at": at}
        put = upsert(draft_holders).values(row)
        fresh = {"person_id": person, "since": since, "seen_at": at, "asked_by": None}
        self.session.execute(put.on_conflict_do_update(index_elements=["draft_id", "path"], set_=fresh))

    def beat(self, draft: UUID, path: str, at: datetime) -> None:
        here = (draft_holders.c.draft_id == draft, draft_holders.c.path == path)
        self.session.execute(update(draft_holders).where(*here).values(seen_at=at))

    def ask(self, draft: UUID, path: str, person: UUID) -> None:
        here = (draft_holders.c.draft_id == draft, draft_holders.c.path == path)
        self.session.execute(update(draft_holders).where(*here).values(asked_by=person))

    def let_go(self, draft: UUID, path: str) -> None:
        here = (draft_holders.c.draft_id == draft, draft_holders.c.path == path)
        self.session.execute(delete(draft_holders).where(*here))
