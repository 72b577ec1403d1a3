"""The ends of all chains, streamed, and looking up what once was such an end: for anchors, exports and backups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.store.calendars import OFFICE_GENESIS
from app.store.encoding import parse
from app.store.tables.calendar import office_events
from app.store.tables.cases import cases, events
from engine.anchors import Head

ANCHORED = "anchored"
ANCHORING = 76_2019  # the name of the lock under which one anchor at a time is made
AT_ONCE = 2000
_CHAIN = (
    cases.c.id,
    cases.c.number,
    cases.c.seq.label("last"),
    cases.c.genesis,
    cases.c.head,
    *(column for column in events.c if column.name not in ("case_id", "address", "inserted_at")),
)

# Joined with two arrays: a list of a thousand pairs takes longer to put together than the server to answer.
_STILL_THERE = text(
    "select events.case_id, events.seq, events.hash"
    " from unnest(cast(:cases as uuid[]), cast(:seqs as int[])) as wanted(case_id, seq)"
    " join events using (case_id, seq) join cases on cases.id = case_id"
)


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
        for row in self._streamed(statement):
            yield Head(row.id, row.seq, row.head, row.number or "")

    def chains(self, case_id: UUID | None = None) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        """Every case, or one, with its events in order; streamed, a case at a time, in the order of their ids."""
        rows = select(*_CHAIN).select_from(cases.outerjoin(events, events.c.case_id == cases.c.id))
        wanted = rows.where(cases.c.id == case_id) if case_id else rows
        streamed = self._streamed(wanted.order_by(cases.c.id, events.c.seq))
        for _id, group in groupby(streamed, key=attrgetter("id")):
            found = tuple(group)
            yield found[0], tuple(one for one in found if one.seq is not None)

    def office_chain(self) -> Iterator[Any]:
        """The office's own events in their order, streamed."""
        return iter(self._streamed(select(office_events).order_by(office_events.c.seq)))

    def _streamed(self, statement: Any) -> Any:
        return self.session.execute(statement, execution_options={"yield_per": AT_ONCE})

    def take_time(self) -> None:
        """Nobody waits for this transaction: its statements may take as long as the office is large."""
        self.session.execute(text("set local statement_timeout = 0"))

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

    def hashes(self, wanted: Sequence[tuple[UUID, int]]) -> dict[tuple[UUID, int], str]:
        """The hashes of those events, by case and number, that are still there."""
        given = {"cases": [str(case) for case, _ in wanted], "seqs": [seq for _, seq in wanted]}
        return {(row.case_id, row.seq): row.hash for row in self.session.execute(_STILL_THERE, given)}

    def office_hash(self, seq: int) -> str | None:
        return self.session.scalar(select(office_events.c.hash).where(office_events.c.seq == seq))


def _told(row: Any) -> Told | None:
    """None where the event was falsified so that it says nothing: its chain tells that."""
    try:
        body = parse(row.body)
        return Told(int(body["number"]), str(body["day"]), str(body["hash"]), str(body["all"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
