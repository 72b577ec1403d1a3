"""Drafts of declarations, each its author's alone, the reports that close declarations, and remarks about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.store.encoding import dump
from app.store.tables.declaration_states import declaration_closings, declaration_comments, declaration_drafts

Typed = Mapping[str, Sequence[str]]


class DeclarationStateStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    # --- drafts

    def add_draft(self, id: UUID, author: UUID, typed: Typed, at: datetime) -> None:
        row = {"id": id, "author": author, "typed": dump(dict(typed)), "version": 1, "saved_at": at}
        self.session.execute(insert(declaration_drafts).values(row))

    def save_draft(self, id: UUID, author: UUID, typed: Typed, at: datetime, version: int) -> bool:
        """Whether the author's draft still was that version, and is the next one now."""
        mine = (declaration_drafts.c.id == id) & (declaration_drafts.c.author == author)
        statement = update(declaration_drafts).where(mine, declaration_drafts.c.version == version)
        written = statement.values(typed=dump(dict(typed)), version=version + 1, saved_at=at)
        return self.session.execute(written.returning(declaration_drafts.c.id)).first() is not None

    def draft(self, id: UUID, author: UUID) -> Any:
        mine = (declaration_drafts.c.id == id) & (declaration_drafts.c.author == author)
        return self.session.execute(select(declaration_drafts).where(mine)).one_or_none()

    def drafts(self, author: UUID) -> tuple[Any, ...]:
        """The author's, last saved first."""
        statement = select(declaration_drafts).where(declaration_drafts.c.author == author)
        order = (declaration_drafts.c.saved_at.desc(), declaration_drafts.c.id.desc())
        return tuple(self.session.execute(statement.order_by(*order)))

    def count_drafts(self, author: UUID) -> int:
        statement = select(func.count()).select_from(declaration_drafts).where(declaration_drafts.c.author == author)
        return int(self.session.scalar(statement) or 0)

    def drop_draft(self, id: UUID, author: UUID) -> bool:
        mine = (declaration_drafts.c.id == id) & (declaration_drafts.c.author == author)
        dropped = delete(declaration_drafts).where(mine).returning(declaration_drafts.c.id)
        return self.session.execute(dropped).first() is not None

    # --- closings

    def close(
        self, declaration_id: UUID, version: int, at: datetime, figures: Mapping[str, Any], **values: Any
    ) -> None:
        """`values`: report, reported_on, note, closed_by."""
        row = {"declaration_id": declaration_id, "version": version, "closed_at": at, "figures": dump(dict(figures))}
        self.session.execute(insert(declaration_closings).values(**row, **values))

    def closings(self, declaration_id: UUID | None = None) -> tuple[Any, ...]:
        """Newest version first, of one declaration or of all."""
        statement = select(declaration_closings)
        if declaration_id:
            statement = statement.where(declaration_closings.c.declaration_id == declaration_id)
        order = (declaration_closings.c.declaration_id, declaration_closings.c.version.desc())
        return tuple(self.session.execute(statement.order_by(*order)))

    # --- remarks

    def comment(self, id: UUID, declaration_id: UUID, version: int, body: str, by: UUID, at: datetime) -> None:
        row = {"id": id, "declaration_id": declaration_id, "version": version, "body": body, "by": by, "at": at}
        self.session.execute(insert(declaration_comments).values(row))

    def comments(self, declaration_id: UUID) -> tuple[Any, ...]:
        """Oldest first."""
        mine = declaration_comments.c.declaration_id == declaration_id
        order = (declaration_comments.c.at, declaration_comments.c.id)
        return tuple(self.session.execute(select(declaration_comments).where(mine).order_by(*order)))

    def reported(self, report: str) -> Any:
        """The closing that names a report, however spaced or capitalised; else None."""
        wanted = " ".join(report.split()).casefold()
        return next((one for one in self.closings() if " ".join(one.report.split()).casefold() == wanted), None)
