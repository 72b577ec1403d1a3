"""Messages to people without e-mail that nobody has told them yet, and their telling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.orm import Session

from app.store.tables.office import messages
from app.store.tables.people import people

AT_COUNTER = "loket"  # the channel of people without e-mail
_UNTOLD = (messages.c.channel == AT_COUNTER) & messages.c.delivered_at.is_(None)
_OLDEST = func.min(messages.c.created_at)
_PEOPLE = (
    select(people.c.id, people.c.name, people.c.phone, func.count().label("untold"), _OLDEST.label("since"))
    .join(people, people.c.id == messages.c.to_person)
    .where(_UNTOLD, people.c.kind == "applicant")
    .group_by(people.c.id, people.c.name, people.c.phone)
    .order_by(_OLDEST, people.c.id)
)


class UntoldStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def of(self, person: UUID) -> tuple[Any, ...]:
        """What a person is still to be told, oldest first."""
        statement = select(messages).where(_UNTOLD, messages.c.to_person == person)
        return tuple(self.session.execute(statement.order_by(messages.c.created_at, messages.c.id)))

    def people(self, limit: int, after: tuple[datetime, UUID] | None = None) -> tuple[Any, ...]:
        """Applicants who are still to be told something, who waits longest first: id, name, phone, untold, since."""
        statement = _PEOPLE.having(tuple_(_OLDEST, people.c.id) > after) if after else _PEOPLE
        return tuple(self.session.execute(statement.limit(limit)))

    def count(self) -> int:
        """How many applicants are still to be told something."""
        return int(self.session.scalar(select(func.count()).select_from(_PEOPLE.order_by(None).subquery())) or 0)

    def belong(self, person: UUID, ids: Sequence[UUID]) -> bool:
        """Whether all these messages are to that person and go through the counter."""
        guard = messages.c.id.in_(ids) & (messages.c.to_person == person) & (messages.c.channel == AT_COUNTER)
        found = self.session.scalar(select(func.count()).select_from(messages).where(guard))
        return found == len(ids)

    def tell(self, ids: Sequence[UUID], at: datetime, **values: Any) -> tuple[UUID, ...]:
        """Mark those of `ids` as told that nobody had told before, and name them.

        `values`: fate, told_by, told_how, told_note.
        """
        guard = messages.c.id.in_(ids) & _UNTOLD
        statement = update(messages).where(guard).values(delivered_at=at, **values).returning(messages.c.id)
        return tuple(sorted(self.session.scalars(statement)))
