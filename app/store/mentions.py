"""Colleagues named in internal notes, and who of them has read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.store.tables.cases import cases, note_mentions, notes
from app.store.tables.people import people


class MentionStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def name(self, note: UUID, colleagues: Iterable[UUID]) -> None:
        rows = [{"note_id": note, "person_id": one} for one in colleagues]
        if rows:
            self.session.execute(insert(note_mentions), rows)

    def of_case(self, case_id: UUID) -> tuple[Any, ...]:
        """Note, person with name, and when he read it; by name."""
        joined = select(note_mentions, people.c.name).join(notes, notes.c.id == note_mentions.c.note_id)
        joined = joined.join(people, people.c.id == note_mentions.c.person_id)
        return tuple(self.session.execute(joined.where(notes.c.case_id == case_id).order_by(people.c.name)))

    def unread(self, person: UUID) -> tuple[Any, ...]:
        """Notes that name somebody and that he has not read, oldest first, with their file and who wrote them."""
        columns = (notes.c.id, notes.c.case_id, notes.c.at, notes.c.body, cases.c.number, cases.c.tracking_code)
        joined = select(*columns, people.c.name.label("who")).join(note_mentions, note_mentions.c.note_id == notes.c.id)
        joined = joined.join(cases, cases.c.id == notes.c.case_id).join(people, people.c.id == notes.c.by)
        waiting = (note_mentions.c.person_id == person, note_mentions.c.read_at.is_(None))
        return tuple(self.session.execute(joined.where(*waiting).order_by(notes.c.at, notes.c.id)))

    def read(self, case_id: UUID, person: UUID, at: datetime) -> int:
        """Everything in a file that names somebody is read; how many there were."""
        own = select(notes.c.id).where(notes.c.case_id == case_id)
        mine = (
            note_mentions.c.person_id == person,
            note_mentions.c.read_at.is_(None),
            note_mentions.c.note_id.in_(own),
        )
        done = self.session.execute(update(note_mentions).where(*mine).values(read_at=at))
        return int(done.rowcount)  # type: ignore[attr-defined]
