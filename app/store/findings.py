"""Findings as rows: each with its newest entry, which says how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, insert, or_, select, true, tuple_
from sqlalchemy.orm import Session

from app.store.tables.cases import cases
from app.store.tables.findings import finding_entries, finding_files, findings

PAGE = 50
NUMBERING = 1614_0012  # one finding at a time takes a number
OPEN, ANSWERED, CLOSED = ("RETURN", None), ("ANSWER",), ("CLOSE",)
STATES = {"terbuka": OPEN, "dijawab": ANSWERED, "ditutup": CLOSED}


@dataclass(frozen=True)
class Sieve:
    """What is listed; empty means all.  `person`: only what is put to them; `late`: open and due before that day."""

    person: UUID | None = None
    state: str = ""
    category: str = ""
    late: date | None = None
    case_id: UUID | None = None
    after: tuple[datetime, UUID] | None = None
    limit: int | None = PAGE


class FindingStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, id: UUID, **values: Any) -> int:
        """Keep a finding under the next number of its year; that number."""
        self.session.execute(select(func.pg_advisory_xact_lock(NUMBERING)))
        highest = select(func.coalesce(func.max(findings.c.seq), 0)).where(findings.c.year == values["year"])
        seq = int(self.session.scalar(highest) or 0) + 1
        self.session.execute(insert(findings).values(id=id, seq=seq, **values))
        return seq

    def enter(self, id: UUID, finding_id: UUID, place: int, **values: Any) -> None:
        self.session.execute(insert(finding_entries).values(id=id, finding_id=finding_id, place=place, **values))

    def lock(self, id: UUID) -> Any:
        """The finding, held against another entry at the same time; None when there is none."""
        # The table allows no update, so no row lock either: one writer at a time by name.
        self.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(id), 0))))
        return self.one(id)

    def one(self, id: UUID) -> Any:
        return self.session.execute(_rows().where(findings.c.id == id)).one_or_none()

    def entries(self, id: UUID) -> tuple[Any, ...]:
        wanted = select(finding_entries).where(finding_entries.c.finding_id == id)
        return tuple(self.session.execute(wanted.order_by(finding_entries.c.place)))

    def add_file(self, id: UUID, **values: Any) -> None:
        """`values`: finding_id, place (of the entry it came with, 0: with the finding), name, sha256, by, at."""
        self.session.execute(insert(finding_files).values(id=id, **values))

    def files(self, id: UUID) -> tuple[Any, ...]:
        """Of a finding and of its entries, in their order."""
        wanted = select(finding_files).where(finding_files.c.finding_id == id)
        return tuple(self.session.execute(wanted.order_by(finding_files.c.place, finding_files.c.id)))

    def file(self, id: UUID) -> Any:
        return self.session.execute(select(finding_files).where(finding_files.c.id == id)).one_or_none()

    def listed(self, sieve: Sieve) -> tuple[Any, ...]:
        """Newest first; one row more than `limit` tells of a next page."""
        statement = _rows()
        if sieve.person:
            statement = statement.where(findings.c.to_person == sieve.person)
        if sieve.category:
            statement = statement.where(findings.c.category == sieve.category)
        if sieve.case_id:
            statement = statement.where(findings.c.case_id == sieve.case_id)
        if sieve.state:
            statement = statement.where(_stands(sieve.state))
        if sieve.late:
            statement = statement.where(and_(_stands("terbuka"), findings.c.due_on < sieve.late))
        if sieve.after:
            statement = statement.where(tuple_(findings.c.at, findings.c.id) < sieve.after)
        ordered = statement.order_by(findings.c.at.desc(), findings.c.id.desc())
        return tuple(self.session.execute(ordered.limit(sieve.limit + 1) if sieve.limit else ordered))


_last = (
    select(finding_entries.c.kind, finding_entries.c.place, finding_entries.c.at)
    .where(finding_entries.c.finding_id == findings.c.id)
    .order_by(finding_entries.c.place.desc())
    .limit(1)
    .lateral("last")
)


def _stands(state: str) -> Any:
    kinds = STATES[state]
    named = _last.c.kind.in_([one for one in kinds if one])
    return or_(named, _last.c.kind.is_(None)) if None in kinds else named


def _rows() -> Any:
    """Findings with number and tracking code of their case, and the kind, place and time of their newest entry."""
    told = (_last.c.kind.label("last_kind"), _last.c.place.label("last_place"), _last.c.at.label("last_at"))
    joined = findings.outerjoin(cases, cases.c.id == findings.c.case_id).outerjoin(_last, true())
    return select(findings, cases.c.number, cases.c.tracking_code, *told).select_from(joined)
