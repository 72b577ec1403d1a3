"""The outbox: what a step asks of the world, carried out after its commit, under a derived name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.store import unsent
from app.store.encoding import dump, parse
from app.store.tables.office import messages, outbox

MOST_ATTEMPTS = 12
TAKEN_BACK = "ditarik kembali bersama langkahnya"


@dataclass(frozen=True)
class Waiting:
    id: UUID
    case_id: UUID | None
    kind: str
    payload: Mapping[str, Any]
    attempts: int
    created_at: datetime


_PUT = unsent.Write(insert(outbox).on_conflict_do_nothing())
REPORT = "report"  # a draft over so many files that nobody waits for it
REPORT_PAPERS = "report_papers"  # workbook and JSON of a report over so many files
LATER = "letter"  # rendered after the step that issued it, and on demand when somebody opens it


class Kept(NamedTuple):
    """An effect that is not carried out, also one that was given up; `fault`: of the last attempt."""

    payload: Mapping[str, Any]
    created_at: datetime
    fault: str


class OutboxStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def put(self, id: UUID, case_id: UUID | None, kind: str, payload: Mapping[str, Any], at: datetime) -> None:
        values = {"id": id, "case_id": case_id, "kind": kind, "payload": dump(dict(payload))}
        unsent.add(self.session, _PUT, {"created_at": at, "not_before": at, **values})

    def lease(self, kinds: tuple[str, ...] = ()) -> Waiting | None:
        """Take the oldest effect that is due; it is hidden with growing patience while we try.

        Leases go by the database's clock, never by a node's (reliability 6.11).
        What people wait for comes before letters left for later, of which there may be hundreds.
        """
        due = select(outbox).where(
            outbox.c.done_at.is_(None), outbox.c.given_up_at.is_(None), outbox.c.not_before <= func.now()
        )
        if kinds:
            due = due.where(outbox.c.kind.in_(kinds))
        due = due.order_by(outbox.c.kind.in_((LATER, REPORT_PAPERS)), outbox.c.not_before).limit(1)
        row = self.session.execute(due.with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        pause = timedelta(seconds=min(3600, 5 * 2 ** min(row.attempts, 10)))
        self._set(row.id, attempts=row.attempts + 1, not_before=func.now() + pause)
        return Waiting(row.id, row.case_id, row.kind, parse(row.payload), row.attempts + 1, row.created_at)

    def _set(self, id: UUID, **values: Any) -> None:
        self.session.execute(update(outbox).where(outbox.c.id == id).values(**values))

    def done(self, id: UUID, at: datetime) -> None:
        self._set(id, done_at=at, fault="")

    def failed(self, id: UUID, fault: str, attempts: int, at: datetime) -> None:
        """Remember the fault; after the last attempt a person must look at it."""
        self._set(id, fault=fault[:1000], given_up_at=at if attempts >= MOST_ATTEMPTS else None)

    def retry(self, id: UUID, at: datetime) -> None:
        self._set(id, given_up_at=None, attempts=0, not_before=at)

    def take_back(self, ids: Sequence[UUID], at: datetime) -> tuple[Waiting, ...]:
        """Stop those of these effects that nobody has tried yet; returns the others, which are out or on their way."""
        mine = select(outbox).where(outbox.c.id.in_(ids)).order_by(outbox.c.id).with_for_update()
        rows = list(self.session.execute(mine))
        for row in rows:
            if row.attempts == 0 and row.done_at is None:
                self._set(row.id, given_up_at=None, done_at=at, fault=TAKEN_BACK)
        out = (row for row in rows if row.attempts or row.done_at is not None)
        return tuple(
            Waiting(row.id, row.case_id, row.kind, parse(row.payload), row.attempts, row.created_at) for row in out
        )

    def kept_waiting(self, kind: str) -> list[Kept]:
        """What is not carried out yet, the oldest first."""
        found = select(outbox).where(outbox.c.kind == kind, outbox.c.done_at.is_(None)).order_by(outbox.c.created_at)
        return [Kept(parse(row.payload), row.created_at, row.fault) for row in self.session.execute(found)]

    def waiting(self) -> int:
        return int(self.session.scalar(select(func.count()).where(self._waits())) or 0)

    def oldest_waiting(self) -> datetime | None:
        """Since when the oldest effect waits that somebody waits for; letters left for later follow in their time."""
        urgent = self._waits() & (outbox.c.kind != LATER)
        found: datetime | None = self.session.scalar(select(func.min(outbox.c.created_at)).where(urgent))
        return found

    def _waits(self) -> Any:
        """Still to be tried: neither done nor given up, for what was given up waits for a person."""
        return outbox.c.done_at.is_(None) & outbox.c.given_up_at.is_(None)

    def given_up(self) -> tuple[Any, ...]:
        return tuple(self.session.execute(select(outbox).where(outbox.c.given_up_at.is_not(None))))

    def write_message(self, id: UUID, at: datetime, **values: Any) -> bool:
        """Keep a message; false when the same name was there already (a repeat)."""
        statement = insert(messages).values(id=id, created_at=at, **values).on_conflict_do_nothing()
        return bool(self.session.execute(statement).rowcount)  # type: ignore[attr-defined]

    def fate(self, id: UUID, fate: str, delivered_at: datetime | None) -> None:
        """What became of a message; one that somebody has told by word of mouth stays told."""
        values = {"fate": fate, "delivered_at": delivered_at}
        guard = (messages.c.id == id) & messages.c.told_by.is_(None)
        self.session.execute(update(messages).where(guard).values(values))

    def messages(
        self,
        case_id: UUID | None = None,
        person: UUID | None = None,
        limit: int = 50,
        before: tuple[datetime, UUID] | None = None,
    ) -> tuple[Any, ...]:
        """Messages, newest first; of a case, or to a person."""
        statement = select(messages).order_by(messages.c.created_at.desc(), messages.c.id.desc()).limit(limit)
        if case_id:
            statement = statement.where(messages.c.case_id == case_id)
        if person:
            statement = statement.where(or_(messages.c.to_person == person))
        if before:
            statement = statement.where(tuple_(messages.c.created_at, messages.c.id) < before)
        return tuple(self.session.execute(statement))

    def message(self, id: UUID) -> Any:
        return self.session.execute(select(messages).where(messages.c.id == id)).one_or_none()
