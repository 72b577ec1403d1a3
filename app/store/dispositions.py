"""Disposisi and questions among colleagues as rows, each with what ended it, if anything did."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, select, tuple_
from sqlalchemy.orm import Session

from app.store.tables.cases import cases
from app.store.tables.dispositions import disposition_ends, dispositions

PAGE = 50


class DispositionStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, id: UUID, **values: Any) -> None:
        self.session.execute(insert(dispositions).values(id=id, **values))

    def end(self, id: UUID, disposition_id: UUID, **values: Any) -> None:
        self.session.execute(insert(disposition_ends).values(id=id, disposition_id=disposition_id, **values))

    def lock(self, id: UUID) -> Any:
        """One, held against another end at the same time; None when there is none."""
        # The table allows no update, so no row lock either: one writer at a time by name.
        self.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(id), 0))))
        return self.one(id)

    def one(self, id: UUID) -> Any:
        return self.session.execute(_rows().where(dispositions.c.id == id)).one_or_none()

    def of_case(self, case_id: UUID) -> tuple[Any, ...]:
        """All about a file, newest first."""
        found = _rows().where(dispositions.c.case_id == case_id)
        return tuple(self.session.execute(found.order_by(dispositions.c.at.desc(), dispositions.c.id.desc())))

    def owed(self, person: UUID) -> tuple[Any, ...]:
        """What is put to somebody and not ended, oldest first, at most a page of it."""
        found = _rows().where(dispositions.c.to_person == person, disposition_ends.c.id.is_(None))
        return tuple(self.session.execute(found.order_by(dispositions.c.at, dispositions.c.id).limit(PAGE)))

    def due(self, until: date) -> tuple[Any, ...]:
        """What is not ended and has its day until then, oldest day first."""
        found = _rows().where(dispositions.c.due_on <= until, disposition_ends.c.id.is_(None))
        return tuple(self.session.execute(found.order_by(dispositions.c.due_on, dispositions.c.id)))

    def listed(
        self, person: UUID, given: bool, open_only: bool, after: tuple[datetime, UUID] | None = None
    ) -> tuple[Any, ...]:
        """What somebody gave, or got, newest first; one row more than PAGE tells of a next page."""
        whose = dispositions.c.by if given else dispositions.c.to_person
        wanted: list[ColumnElement[bool]] = [whose == person]
        if open_only:
            wanted.append(disposition_ends.c.id.is_(None))
        if after:
            wanted.append(tuple_(dispositions.c.at, dispositions.c.id) < after)
        found = _rows().where(*wanted).order_by(dispositions.c.at.desc(), dispositions.c.id.desc())
        return tuple(self.session.execute(found.limit(PAGE + 1)))


def _rows() -> Any:
    """Each with number and tracking code of its file, and how, when, by whom and with what words it ended."""
    ended = (disposition_ends.c[name].label(f"end_{name}") for name in ("kind", "body", "by", "at"))
    joined = dispositions.join(cases, cases.c.id == dispositions.c.case_id)
    joined = joined.outerjoin(disposition_ends, disposition_ends.c.disposition_id == dispositions.c.id)
    return select(dispositions, cases.c.number, cases.c.tracking_code, *ended).select_from(joined)
