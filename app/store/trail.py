"""The trail that cases and looks at data leave: events of all cases and the record of access, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.orm import Session

from app.store.tables.cases import cases, events, submissions
from app.store.tables.people import access_log

# An instant, a case or an entry of the record of access, the number of the event in its case (0: an access).
Place = tuple[datetime, UUID, int]
_EVENT = tuple(one for one in events.c if one.name not in ("hash", "inserted_at"))
_CASE = tuple(
    cases.c[name] for name in ("id", "number", "tracking_code", "process", "permit", "category", "applicant_id")
)


@dataclass(frozen=True)
class Sought:
    """What a trail is sifted by; what is None or "" sifts nothing.  `until` is the last instant that counts."""

    person: UUID | None = None
    machine: bool = False  # only what nobody did: the office's own machine
    role: str = ""
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None
    case_id: UUID | None = None
    address: str = ""


class TrailStore:
    """Each question is answered by one index in the order of the page, however many events there are."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def events(self, sought: Sought, before: Place | None, limit: int) -> tuple[Any, ...]:
        """Events in the order in which they happened, newest first, from behind `before` on."""
        place = tuple_(events.c.at, events.c.case_id, events.c.seq)
        wanted = select(*_EVENT).where(*_events(sought), *([place < before] if before else []))
        newest = (events.c.at.desc(), events.c.case_id.desc(), events.c.seq.desc())
        return tuple(self.session.execute(wanted.order_by(*newest).limit(limit)))

    def accesses(
        self, sought: Sought, but: tuple[UUID, str] | None, before: Place | None, limit: int
    ) -> tuple[Any, ...]:
        """Entries of the record of access, likewise; `but`: a person and what of him is left out."""
        place = tuple_(access_log.c.at, access_log.c.id)
        wanted = select(access_log).where(*_accesses(sought), *([place < before[:2]] if before else []))
        if but:
            wanted = wanted.where(~((access_log.c.person_id == but[0]) & (access_log.c.what == but[1])))
        newest = (access_log.c.at.desc(), access_log.c.id.desc())
        return tuple(self.session.execute(wanted.order_by(*newest).limit(limit)))

    def cases(self, ids: Iterable[UUID]) -> dict[UUID, Any]:
        """By id: number, tracking code and what an event's words need of its case."""
        rows = self.session.execute(select(*_CASE).where(cases.c.id.in_(list(ids))))
        return {row.id: row for row in rows}

    def sent(self, ids: Iterable[UUID]) -> dict[UUID, Any]:
        """Form and button of these submissions, without what was typed."""
        columns = (submissions.c.id, submissions.c.form_key, submissions.c.outcome)
        rows = self.session.execute(select(*columns).where(submissions.c.id.in_(list(ids))))
        return {row.id: row for row in rows}


def _events(sought: Sought) -> list[ColumnElement[bool]]:
    found = _span(events.c.at, sought)
    if sought.address:  # only so does the database know that the index of addresses answers
        found.append(events.c.address != "")
    if sought.machine:
        found.append(events.c.by.is_(None))
    return found + _equal(
        (events.c.by, sought.person),
        (events.c.role, sought.role),
        (events.c.kind, sought.kind),
        (events.c.case_id, sought.case_id),
        (events.c.address, sought.address),
    )


def _accesses(sought: Sought) -> list[ColumnElement[bool]]:
    return _span(access_log.c.at, sought) + _equal(
        (access_log.c.person_id, sought.person),
        (access_log.c.what, sought.kind),
        (access_log.c.case_id, sought.case_id),
        (access_log.c.address, sought.address),
    )


def _equal(*wanted: tuple[Any, Any]) -> list[ColumnElement[bool]]:
    """Columns and what they must be; what is not asked for is left free."""
    return [column == value for column, value in wanted if value]


def _span(column: Any, sought: Sought) -> list[ColumnElement[bool]]:
    """The conditions of a period, both ends counted."""
    since = [column >= sought.since] if sought.since else []
    return since + ([column <= sought.until] if sought.until else [])
