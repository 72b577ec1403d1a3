"""The ends of all chains, streamed, and looking up what once was such an end: for anchors, exports and backups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from app.store.calendars import OFFICE_GENESIS
from app.store.encoding import parse
from app.store.tables.calendar import office_events
from app.store.tables.cases import cases, events
from engine.anchors import Head

ANCHORED = "anchored"
ANCHORING = 76_2019  # the name of the lock under which one anchor at a time is made
AT_ONCE = 2000


@dataclass(frozen=True)
class Told:
    """What the office's own chain remembers of an anchor: `hash` is that of its file."""

    number: int
    day: str
    hash: str
    all: str


class LedgerStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def may_anchor(self) -> bool:
        """Whether nobody else is making an anchor; until the transaction ends nobody else may."""
        return bool(self.session.scalar(select(func.pg_try_advisory_xact_lock(ANCHORING))))

    def heads(self) -> Iterator[Head]:
        """The head of every case in the order of their ids: one statement, one snapshot, constant memory."""
        statement = select(cases.c.id, cases.c.seq, cases.c.head, cases.c.number).order_by(cases.c.id)
        for row in self.session.execute(statement, execution_options={"yield_per": AT_ONCE}):
            yield Head(row.id, row.seq, row.head, row.number or "")

    def office_head(self) -> tuple[int, str]:
        """Number and hash of the office's own last event."""
        newest = select(office_events.c.seq, office_events.c.hash).order_by(office_events.c.seq.desc()).limit(1)
        row = self.session.execute(newest).first()
        return (row.seq, row.hash) if row else (0, OFFICE_GENESIS)

    def told(self) -> tuple[Told, ...]:
        """The anchors that the office's chain speaks of, in order."""
        rows = self.session.execute(self._told().order_by(office_events.c.seq))
        return tuple(one for one in map(_told, rows) if one)

    def last_told(self) -> Told | None:
        row = self.session.execute(self._told().order_by(office_events.c.seq.desc()).limit(1)).first()
        return _told(row) if row else None

    def _told(self) -> Any:
        return select(office_events.c.body).where(office_events.c.kind == ANCHORED)

    def hashes(self, wanted: Iterable[tuple[UUID, int]]) -> dict[tuple[UUID, int], str]:
        """The hashes of those events, by case and number, that are still there."""
        place = tuple_(events.c.case_id, events.c.seq)
        statement = select(events.c.case_id, events.c.seq, events.c.hash).where(place.in_(list(wanted)))
        return {(row.case_id, row.seq): row.hash for row in self.session.execute(statement)}

    def office_hash(self, seq: int) -> str | None:
        return self.session.scalar(select(office_events.c.hash).where(office_events.c.seq == seq))


def _told(row: Any) -> Told | None:
    """None where the event was falsified so that it says nothing: its chain tells that."""
    try:
        body = parse(row.body)
        return Told(int(body["number"]), str(body["day"]), str(body["hash"]), str(body["all"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
