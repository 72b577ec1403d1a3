"""Which files officials keep an eye on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.store.tables.watches import watches


class WatchStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def begin(self, person: UUID, case_id: UUID, at: datetime) -> None:
        """Asked twice it stands once."""
        values = {"person_id": person, "case_id": case_id, "since": at}
        self.session.execute(insert(watches).values(values).on_conflict_do_nothing())

    def end(self, person: UUID, case_id: UUID) -> None:
        self.session.execute(delete(watches).where(watches.c.person_id == person, watches.c.case_id == case_id))

    def watched(self, person: UUID, case_id: UUID) -> bool:
        statement = select(watches.c.since).where(watches.c.person_id == person, watches.c.case_id == case_id)
        return self.session.scalar(statement) is not None
