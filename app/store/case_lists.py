"""Lists of cases for pages: frozen rows, keyset pages, never a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.store import case_texts
from app.store.tables.cases import cases, clock_readings, clocks, events, incidents, tasks

PAGE = 50
COMPLETED = "task_completed"


@dataclass(frozen=True)
class CaseRow:
    """A line of a list of cases."""

    id: UUID
    number: str | None
    tracking_code: str
    permit: str
    kind: str
    category: str
    area: str
    channel: str
    state: str
    closed: bool
    outcome: str
    applicant_id: UUID
    applicant_name: str
    person_name: str  # who answers for a company, else ""
    subject: str
    opened_at: datetime
    submitted_at: datetime | None
    closed_at: datetime | None
    promised_at: datetime | None
    deployment_id: UUID


class CaseListStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def _cases(self) -> Any:
        return select(*(cases.c[name] for name in CaseRow.__dataclass_fields__))

    def cases_of_applicant(self, person: UUID) -> tuple[CaseRow, ...]:
        rows = self.session.execute(
            self._cases().where(cases.c.applicant_id == person).order_by(cases.c.opened_at.desc())
        )
        return tuple(CaseRow(**row._mapping) for row in rows)

    def of_same_person(
        self, case_id: UUID, applicant: UUID, nik: bytes | None, units: Sequence[str] | None, limit: int
    ) -> tuple[CaseRow, ...]:
        """Other cases of an account or of a NIK, newest first; `units` restricts to an agency's assignments."""
        same = cases.c.applicant_id == applicant
        statement = self._cases().where(or_(same, cases.c.nik_hmac == nik) if nik else same, cases.c.id != case_id)
        if units is not None:
            statement = statement.where(cases.c.id.in_(select(tasks.c.case_id).where(tasks.c.unit.in_(list(units)))))
        rows = self.session.execute(statement.order_by(cases.c.opened_at.desc(), cases.c.id.desc()).limit(limit))
        return tuple(CaseRow(**row._mapping) for row in rows)

    def case_row(self, id: UUID) -> CaseRow | None:
        row = self.session.execute(self._cases().where(cases.c.id == id)).one_or_none()
        return CaseRow(**row._mapping) if row else None

    def case_rows(self, ids: Iterable[UUID]) -> tuple[CaseRow, ...]:
        rows = self.session.execute(self._cases().where(cases.c.id.in_(list(ids))))
        return tuple(CaseRow(**row._mapping) for row in rows)

    def find_cases(
        self,
        text: str = "",
        keys: Sequence[bytes] = (),
        permit: str = "",
        state: str = "",
        running: bool | None = None,
        units: Sequence[str] | None = None,
        clock: Any = None,
        before: tuple[datetime, UUID] | None = None,
        limit: int = PAGE,
    ) -> tuple[CaseRow, ...]:
        """Cases by number, name, subject or NIK; newest first.

        `keys`: of a NIK or its last digits, that the text may be.
        `units` restricts to an agency's assignments, `clock` (of `service_clocks`) by what the service clock shows.
        """
        statement = self._cases()
        if text:
            statement = statement.where(case_texts.named(text, keys, text.replace("-", "").upper()))
        if permit:
            statement = statement.where(cases.c.permit == permit)
        if state:
            statement = statement.where(cases.c.state == state)
        if running is not None:
            statement = statement.where(cases.c.closed.is_(not running))
        if clock is not None:
            statement = statement.where(clock)
        if units is not None:
            statement = statement.where(cases.c.id.in_(select(tasks.c.case_id).where(tasks.c.unit.in_(list(units)))))
        if before:
            statement = statement.where(tuple_(cases.c.opened_at, cases.c.id) < before)
        rows = self.session.execute(statement.order_by(cases.c.opened_at.desc(), cases.c.id.desc()).limit(limit + 1))
        return tuple(CaseRow(**row._mapping) for row in rows)

    @staticmethod
    def _service_clock(*shows: Any) -> Any:
        found = select(clock_readings.c.case_id).join(clocks, clocks.c.id == clock_readings.c.clock_id)
        return cases.c.id.in_(found.where(clocks.c.kind == "L", *shows))

    def service_clocks(self, at: datetime, soon: datetime, unjudged: Sequence[str]) -> dict[str, Any]:
        """What a service clock can show, by name, as conditions for `find_cases`."""
        shown = clock_readings.c
        over = and_(~shown.running, shown.started_at.is_not(None))
        judged = cases.c.state.not_in(list(unjudged))
        return {
            "lewat": self._service_clock(shown.running, shown.promised_at < at),
            "dekat": self._service_clock(shown.running, shown.promised_at >= at, shown.promised_at <= soon),
            "tanpa_janji": self._service_clock(shown.running, shown.promised_at.is_(None)),
            "berjalan": cases.c.serving,
            "selesai_tepat": and_(self._service_clock(over, ~shown.late), judged),
            "selesai_terlambat": and_(self._service_clock(over, shown.late), judged),
            "belum_mulai": ~self._service_clock(shown.started_at.is_not(None)),
        }

    def running_with_clock(self, limit: int = 500) -> tuple[CaseRow, ...]:
        """Cases whose service clock runs, nearest promise first, those without a promise last.

        An index of its own answers.
        """
        statement = self._cases().where(cases.c.serving)
        rows = self.session.execute(statement.order_by(cases.c.promised_at.asc().nulls_last(), cases.c.id).limit(limit))
        return tuple(CaseRow(**row._mapping) for row in rows)

    def running_count(self) -> int:
        """How many cases have a service clock that runs."""
        statement = select(func.count()).select_from(cases).where(cases.c.serving)
        return int(self.session.scalar(statement) or 0)

    def _service_clock_done(self, unjudged: Sequence[str]) -> Any:
        """Cases whose service clock has stopped for good, those left out whose state is judged neither way."""
        joined = clock_readings.join(clocks, clocks.c.id == clock_readings.c.clock_id)
        joined = joined.join(cases, cases.c.id == clock_readings.c.case_id)
        stopped = and_(clocks.c.kind == "L", ~clock_readings.c.running, clock_readings.c.started_at.is_not(None))
        return select(clock_readings.c.late).select_from(joined).where(stopped, cases.c.state.not_in(list(unjudged)))

    def done_counts(self, unjudged: Sequence[str]) -> dict[bool, int]:
        """Files whose service clock is over: late or not -> how many."""
        found = self._service_clock_done(unjudged).add_columns(func.count()).group_by(clock_readings.c.late)
        return {bool(late): int(number) for late, number in self.session.execute(found)}

    def done_with_clock(self, late: bool, unjudged: Sequence[str], limit: int = 500) -> tuple[CaseRow, ...]:
        """Files whose service clock is over, kept or missed; the newest promise first."""
        done = self._service_clock_done(unjudged).with_only_columns(cases.c.id).where(clock_readings.c.late.is_(late))
        statement = self._cases().where(cases.c.id.in_(done))
        rows = self.session.execute(
            statement.order_by(cases.c.promised_at.desc().nulls_last(), cases.c.id).limit(limit)
        )
        return tuple(CaseRow(**row._mapping) for row in rows)

    def counts_by_state(self) -> dict[str, int]:
        return {
            row.state: row.n
            for row in self.session.execute(select(cases.c.state, func.count().label("n")).group_by(cases.c.state))
        }

    def most_overdue_wake(self) -> datetime | None:
        found: datetime | None = self.session.scalar(select(func.min(cases.c.wake_at)))
        return found

    def incidents(self) -> tuple[Any, ...]:
        statement = select(incidents, cases.c.number).join(cases, cases.c.id == incidents.c.case_id)
        return tuple(
            self.session.execute(statement.where(incidents.c.resolved_at.is_(None)).order_by(incidents.c.at.desc()))
        )

    def case_ids(self) -> tuple[UUID, ...]:
        return tuple(self.session.scalars(select(cases.c.id).order_by(cases.c.id)))

    def handled(self, ids: Iterable[UUID], people: Iterable[UUID]) -> frozenset[tuple[UUID, UUID]]:
        """Which of these people completed a step of which of these cases: pairs of case and person."""
        done = (events.c.case_id.in_(list(ids))) & (events.c.by.in_(list(people))) & (events.c.kind == COMPLETED)
        rows = self.session.execute(select(events.c.case_id, events.c.by).where(done).distinct())
        return frozenset((row.case_id, row.by) for row in rows)
