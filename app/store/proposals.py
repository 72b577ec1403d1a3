"""Proposals with their decision, each kind in a table of its own with the same columns of who, when and why."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session


def _plain(decree: str) -> str:
    return " ".join(decree.split()).casefold()


class ProposalStore:
    """`table`: id, decree, reason, proposed_by, recorded_at, and approved_ or rejected_ by and at, rejected_because."""

    table: Table

    def __init__(self, session: Session) -> None:
        self.session = session

    def row(self, id: UUID) -> Any:
        return self.session.execute(select(self.table).where(self.table.c.id == id)).one_or_none()

    def lock(self, id: UUID) -> Any:
        statement = select(self.table).where(self.table.c.id == id)
        return self.session.execute(statement.with_for_update()).one_or_none()

    def decide(self, id: UUID, **values: Any) -> None:
        self.session.execute(update(self.table).where(self.table.c.id == id).values(**values))

    def all(self) -> tuple[Any, ...]:
        """Newest first."""
        order = (self.table.c.recorded_at.desc(), self.table.c.id.desc())
        return tuple(self.session.execute(select(self.table).order_by(*order)))

    def waiting(self) -> tuple[Any, ...]:
        """Proposed and not decided, oldest first."""
        undecided = self.table.c.approved_at.is_(None) & self.table.c.rejected_at.is_(None)
        return tuple(self.session.execute(select(self.table).where(undecided).order_by(self.table.c.recorded_at)))

    def resting_on(self, decree: str) -> Any:
        """The first proposal, waiting or adopted, that names this decree, however spaced or capitalised; else None."""
        wanted = _plain(decree)
        standing = (one for one in reversed(self.all()) if one.rejected_at is None)
        return next((one for one in standing if _plain(one.decree) == wanted), None)
