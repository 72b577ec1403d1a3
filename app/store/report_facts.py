"""What happened to many files, in a handful of statements: the raw material of a report's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.store.encoding import parse
from app.store.like import escaped
from app.store.tables.cases import cases, events, submissions, tasks
from app.store.tables.clock_law import limit_risks
from app.store.tables.documents import letters
from app.store.tables.payments import assessments, payments


@dataclass
class Happened:
    """Rows of one file: letters (kind, issued_at), states (code, instant), assessments, payments, visits, returns."""

    letters: list[Any] = field(default_factory=list)
    states: list[tuple[str, datetime]] = field(default_factory=list)
    assessments: list[Any] = field(default_factory=list)
    payments: list[Any] = field(default_factory=list)
    visits: list[datetime] = field(default_factory=list)
    returns: list[Any] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)


class ReportFactStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def open_between(self, since: datetime, until: datetime, permit: str = "", area: str = "") -> tuple[UUID, ...]:
        """Files that were open at some instant of [since, until); `area`: of a kelurahan, or of all of a kecamatan."""
        statement = select(cases.c.id).where(cases.c.opened_at < until)
        statement = statement.where(or_(cases.c.closed_at.is_(None), cases.c.closed_at >= since))
        if permit:
            statement = statement.where(cases.c.permit == permit)
        if area:
            statement = statement.where(cases.c.area.like(f"{escaped(area)}%"))
        return tuple(self.session.scalars(statement.order_by(cases.c.id)))

    def numbers(self, ids: Sequence[UUID]) -> dict[UUID, str]:
        rows = self.session.execute(select(cases.c.id, cases.c.number).where(cases.c.id.in_(ids)))
        return {row.id: row.number or "" for row in rows}

    def happened(
        self, ids: Sequence[UUID], until: datetime, visits: Sequence[str], checks: Sequence[str]
    ) -> dict[UUID, Happened]:
        """`visits`, `checks`: elements of site visits, and of the steps that may send a file back."""
        found = {id: Happened() for id in ids}
        for name, statement in _questions(ids, until, checks).items():
            for row in self.session.execute(statement):
                getattr(found[row.case_id], name).append(row)
        for row in self.session.execute(_states(ids, until)):
            found[row.case_id].states.append((str(parse(row.body).get("after", "")), row.at))
        for row in self.session.execute(_visits(ids, until, visits)):
            found[row.case_id].visits.append(row.closed_at)
        return found


def _questions(ids: Sequence[UUID], until: datetime, checks: Sequence[str]) -> dict[str, Select[Any]]:
    kept = letters.c.withdrawn_at.is_(None)
    answered = limit_risks.c.answered_at
    return {
        "letters": select(letters.c.case_id, letters.c.kind, letters.c.issued_at)
        .where(letters.c.case_id.in_(ids), kept, letters.c.issued_at < until)
        .order_by(letters.c.issued_at),
        "assessments": select(assessments).where(assessments.c.case_id.in_(ids), assessments.c.assessed_at < until),
        "payments": select(payments).where(payments.c.case_id.in_(ids)),
        "returns": select(submissions)
        .where(submissions.c.case_id.in_(ids), submissions.c.element.in_(checks), submissions.c.at < until)
        .order_by(submissions.c.at, submissions.c.id),
        "answers": select(limit_risks.c.case_id, limit_risks.c.reason)
        .where(limit_risks.c.case_id.in_(ids), answered.is_not(None), answered < until)
        .order_by(answered, limit_risks.c.id),
    }


def _states(ids: Sequence[UUID], until: datetime) -> Select[Any]:
    """Index ix_events_kind_at is of no help here: the files are few, their events lie together."""
    changed = (events.c.kind == "state_changed") & (events.c.at < until)
    statement = select(events.c.case_id, events.c.at, events.c.body).where(events.c.case_id.in_(ids), changed)
    return statement.order_by(events.c.seq)


def _visits(ids: Sequence[UUID], until: datetime, visits: Sequence[str]) -> Select[Any]:
    made = (tasks.c.status == "done") & (tasks.c.closed_at < until)
    return select(tasks.c.case_id, tasks.c.closed_at).where(tasks.c.case_id.in_(ids), tasks.c.element.in_(visits), made)
