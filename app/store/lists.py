"""Read-only lists for pages: frozen rows, keyset pages, never a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select, true, tuple_
from sqlalchemy.orm import Session

from app.store import case_rows, clock_refreshing, clock_rows, steady
from app.store.rungs import RungStore
from app.store.tables.cases import cases, clock_events, clock_readings, clocks, holds, incidents, tasks
from app.store.tables.people import people
from engine.access import APPLICANT, Actor
from engine.case import Case
from engine.clocks import World
from engine.deployment import Deployment

PAGE = 50


@dataclass(frozen=True)
class TaskRow:
    """A line of an inbox."""

    id: UUID
    case_id: UUID
    element: str
    name: str
    role: str
    unit: str
    status: str
    standard: str
    assignee_id: UUID | None
    assignee: str | None
    opened_at: datetime
    claimed_at: datetime | None
    closed_at: datetime | None
    outcome: str
    due_at: datetime | None
    number: str | None
    permit: str
    kind: str
    state: str
    applicant_id: UUID
    applicant_name: str
    subject: str
    area: str
    promised_at: datetime | None


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
    subject: str
    opened_at: datetime
    submitted_at: datetime | None
    closed_at: datetime | None
    promised_at: datetime | None
    deployment_id: UUID


@dataclass(frozen=True)
class InboxFilter:
    """What an inbox shows; empty means all."""

    view: str = "saya"  # "saya" | "kelompok" | "ditangguhkan" | "selesai"
    permit: str = ""
    element: str = ""
    text: str = ""
    after: tuple[datetime | None, UUID] | None = None
    limit: int = PAGE


class ListStore(RungStore):
    def __init__(self, session: Session) -> None:
        self.session = session

    # --- tasks

    def _tasks(self) -> Any:
        return (
            select(
                *(tasks.c[name] for name in ("id", "case_id", "element", "name", "role", "unit", "status", "standard")),
                *(
                    tasks.c[name]
                    for name in ("assignee_id", "opened_at", "claimed_at", "closed_at", "outcome", "due_at")
                ),
                people.c.name.label("assignee"),
                *(cases.c[name] for name in ("number", "permit", "kind", "state", "applicant_id", "applicant_name")),
                *(cases.c[name] for name in ("subject", "area", "promised_at")),
            )
            .join(cases, cases.c.id == tasks.c.case_id)
            .outerjoin(people, people.c.id == tasks.c.assignee_id)
        )

    def _group(self, actor: Actor) -> Any:
        """Open tasks of the actor's roles and units that nobody holds.

        Left out are his own applications, and tasks that name others (`Task.named`).
        """
        held = [
            and_(tasks.c.role == one.role, or_(tasks.c.unit == "", tasks.c.unit == one.unit) if one.unit else true())
            for one in actor.grants
        ]
        if not held:
            return tasks.c.id.is_(None)
        named = or_(tasks.c.properties.not_like('%"named":%'), tasks.c.properties.contains(str(actor.id)))
        free = and_(tasks.c.status == "open", tasks.c.assignee_id.is_(None), named)
        return and_(free, or_(*held), cases.c.applicant_id != actor.id)

    def _view(self, actor: Actor, view: str, since: datetime | None) -> Any:
        mine = and_(tasks.c.status == "open", tasks.c.assignee_id == actor.id)
        if view == "saya":
            return mine
        if view == "selesai":
            return and_(tasks.c.status == "done", tasks.c.closed_by == actor.id, tasks.c.closed_at >= since)
        return self._group(actor) if view == "kelompok" else or_(mine, self._group(actor))

    def inbox(self, actor: Actor, wanted: InboxFilter, since: datetime | None = None) -> tuple[TaskRow, ...]:
        """Tasks by their legal time, most urgent first; one row more than `limit` tells of a next page.

        `since`: the beginning of today, for "selesai".
        """
        statement = self._tasks().where(self._view(actor, wanted.view, since))
        if wanted.permit:
            statement = statement.where(cases.c.permit == wanted.permit)
        if wanted.element:
            statement = statement.where(tasks.c.element == wanted.element)
        if wanted.text:
            like = f"%{_escaped(wanted.text)}%"
            statement = statement.where(
                or_(cases.c.number.ilike(like), cases.c.applicant_name.ilike(like), cases.c.subject.ilike(like))
            )
        # A task without a due date comes by the case's promise, then by age; never lost at the end unnoticed.
        order = func.coalesce(tasks.c.due_at, cases.c.promised_at, tasks.c.opened_at)
        if wanted.after:
            statement = statement.where(tuple_(order, tasks.c.id) > wanted.after)
        rows = self.session.execute(statement.order_by(order, tasks.c.id).limit(wanted.limit + 1))
        return tuple(TaskRow(**row._mapping) for row in rows)

    def inbox_counts(self, actor: Actor, since: datetime) -> dict[str, int]:
        found = {}
        for view in ("saya", "kelompok", "selesai"):
            statement = select(func.count()).select_from(tasks).join(cases, cases.c.id == tasks.c.case_id)
            found[view] = int(self.session.scalar(statement.where(self._view(actor, view, since))) or 0)
        return found

    def newest_task_at(self, actor: Actor) -> datetime | None:
        statement = select(func.max(tasks.c.opened_at)).join(cases, cases.c.id == tasks.c.case_id)
        found: datetime | None = self.session.scalar(statement.where(self._view(actor, "semua", None)))
        return found

    def lock_next(self, actor: Actor, passed: Sequence[UUID] = ()) -> UUID | None:
        """The most urgent group task, skipping those another official is taking at this moment."""
        steady.hold(self.session)
        order = func.coalesce(tasks.c.due_at, cases.c.promised_at, tasks.c.opened_at)
        statement = select(tasks.c.id).join(cases, cases.c.id == tasks.c.case_id).where(self._group(actor))
        if passed:
            statement = statement.where(tasks.c.id.not_in(list(passed)))
        found = statement.order_by(order, tasks.c.id).limit(1).with_for_update(skip_locked=True, of=tasks)
        return self.session.scalar(found)

    def open_tasks(self, case_id: UUID) -> tuple[TaskRow, ...]:
        rows = self.session.execute(
            self._tasks().where(tasks.c.case_id == case_id, tasks.c.status == "open").order_by(tasks.c.opened_at)
        )
        return tuple(TaskRow(**row._mapping) for row in rows)

    def tasks_of(self, case_id: UUID) -> tuple[TaskRow, ...]:
        rows = self.session.execute(
            self._tasks().where(tasks.c.case_id == case_id).order_by(tasks.c.opened_at, tasks.c.id)
        )
        return tuple(TaskRow(**row._mapping) for row in rows)

    def asked_holds(self) -> tuple[Any, ...]:
        """Holds that wait for an answer, oldest first, with their case's number and applicant."""
        statement = select(holds, cases.c.number, cases.c.applicant_name).join(cases, cases.c.id == holds.c.case_id)
        waiting = (holds.c.status == "asked") & ~cases.c.closed
        return tuple(self.session.execute(statement.where(waiting).order_by(holds.c.asked_at)))

    def held_by(self, person: UUID) -> tuple[UUID, ...]:
        guard = (tasks.c.status == "open") & (tasks.c.assignee_id == person)
        return tuple(self.session.scalars(select(tasks.c.id).where(guard).order_by(tasks.c.id)))

    # --- cases

    def _cases(self) -> Any:
        return select(*(cases.c[name] for name in CaseRow.__dataclass_fields__))

    def cases_of_applicant(self, person: UUID) -> tuple[CaseRow, ...]:
        rows = self.session.execute(
            self._cases().where(cases.c.applicant_id == person).order_by(cases.c.opened_at.desc())
        )
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
        nik_hmac: bytes | None = None,
        permit: str = "",
        state: str = "",
        running: bool | None = None,
        units: Sequence[str] | None = None,
        late_at: datetime | None = None,
        before: tuple[datetime, UUID] | None = None,
        limit: int = PAGE,
    ) -> tuple[CaseRow, ...]:
        """Cases by number, name, subject or NIK; newest first; `units` restricts to an agency's assignments."""
        statement = self._cases()
        if text or nik_hmac:
            like = f"%{_escaped(text)}%"
            named = or_(
                cases.c.number.ilike(like),
                cases.c.applicant_name.ilike(like),
                cases.c.subject.ilike(like),
                cases.c.tracking_code == text.replace("-", "").upper(),
            )
            statement = statement.where(or_(cases.c.nik_hmac == nik_hmac, named) if nik_hmac else named)
        if permit:
            statement = statement.where(cases.c.permit == permit)
        if state:
            statement = statement.where(cases.c.state == state)
        if running is not None:
            statement = statement.where(cases.c.closed.is_(not running))
        if late_at is not None:
            statement = statement.where(cases.c.promised_at < late_at, self._service_clock_runs())
        if units is not None:
            statement = statement.where(cases.c.id.in_(select(tasks.c.case_id).where(tasks.c.unit.in_(list(units)))))
        if before:
            statement = statement.where(tuple_(cases.c.opened_at, cases.c.id) < before)
        rows = self.session.execute(statement.order_by(cases.c.opened_at.desc(), cases.c.id.desc()).limit(limit + 1))
        return tuple(CaseRow(**row._mapping) for row in rows)

    def _service_clock_runs(self) -> Any:
        running = select(clock_readings.c.case_id).join(clocks, clocks.c.id == clock_readings.c.clock_id)
        return cases.c.id.in_(running.where(clocks.c.kind == "L", clock_readings.c.running))

    def running_with_clock(self, limit: int = 500) -> tuple[CaseRow, ...]:
        """Cases whose service clock runs, nearest promise first, those without a promise last."""
        statement = self._cases().where(self._service_clock_runs())
        rows = self.session.execute(statement.order_by(cases.c.promised_at.asc().nulls_last(), cases.c.id).limit(limit))
        return tuple(CaseRow(**row._mapping) for row in rows)

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

    def clocks_between(self, since: datetime, until: datetime | None) -> dict[UUID, frozenset[UUID]]:
        """Case -> those of its clocks that a stoppage of [since, until) may touch."""
        return clock_refreshing.clocks_between(self.session, since, until)

    def counts_by_state(self) -> dict[str, int]:
        return {
            row.state: row.n
            for row in self.session.execute(select(cases.c.state, func.count().label("n")).group_by(cases.c.state))
        }

    def clocked(self, ids: Iterable[UUID], deployment_of: Any) -> dict[UUID, Case]:
        """Many cases with their clocks and spells, in four queries and without snapshots: for reading clocks."""
        wanted = list(ids)
        if not wanted:
            return {}
        heads = self.session.execute(select(cases).where(cases.c.id.in_(wanted)))
        work: dict[UUID, list[Any]] = {id: [] for id in wanted}
        for one in self.session.execute(
            select(tasks).where(tasks.c.case_id.in_(wanted)).order_by(tasks.c.opened_at, tasks.c.id)
        ):
            work[one.case_id].append(one)
        kept = self._clocks_of(wanted)
        return {
            row.id: self._clocked(row, deployment_of(row.deployment_id), work[row.id], kept[row.id]) for row in heads
        }

    def _clocked(self, row: Any, deployment: Deployment, work: list[Any], kept: list[Any]) -> Case:
        return Case(
            id=row.id,
            facts=case_rows.facts_of(row),
            deployment=deployment,
            process=row.process,
            snapshot="",
            state=row.state,
            tasks=tuple(case_rows.task_of(one) for one in work if one.status == "open"),
            clocks=tuple(kept),
            spells=case_rows.spells_of(work, row.channel),
            waiting=tuple(row.waiting),
            timer_at=row.timer_at,
            last_at=row.last_at,
            closed=row.closed,
            outcome=row.outcome,
        )

    def _clocks_of(self, wanted: list[UUID]) -> dict[UUID, list[Any]]:
        rows = self.session.execute(
            select(clocks).where(clocks.c.case_id.in_(wanted)).order_by(clocks.c.position)
        ).all()
        ledger: dict[UUID, list[Any]] = {row.id: [] for row in rows}
        joined = select(clock_events).join(clocks, clocks.c.id == clock_events.c.clock_id)
        for one in self.session.execute(joined.where(clocks.c.case_id.in_(wanted)).order_by(clock_events.c.seq)):
            ledger[one.clock_id].append(one)
        kept: dict[UUID, list[Any]] = {id: [] for id in wanted}
        for row in rows:
            kept[row.case_id].append(clock_rows.clock_of(row, ledger[row.id]))
        return kept

    def readings(self) -> tuple[Any, ...]:
        """All cached readings: for comparing them with what a reading says."""
        return tuple(self.session.execute(select(clock_readings)))

    def refresh(
        self,
        found: Iterable[tuple[Case, frozenset[UUID]]],
        world: World,
        revision: int,
        at: datetime,
        because: str,
        since: datetime,
    ) -> int:
        """Write clocks of many cases anew in a handful of statements; how many service promises moved."""
        return clock_refreshing.refresh_many(self.session, found, world, revision, at, because, since)

    # --- incidents, chains

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


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


__all__ = ["APPLICANT", "CaseRow", "InboxFilter", "ListStore", "TaskRow"]
