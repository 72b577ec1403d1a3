"""Handing a case out locked, and taking a Step back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from app.store import case_rows, clock_rows, fates, steady, unsent, whence
from app.store.deployments import DeploymentStore
from app.store.encoding import dump
from app.store.tables.cases import cases, clocks, events, holds, incidents, notes, promises, submissions, tasks
from engine.case import Case, Step
from engine.clocks import World
from engine.events import Event, canonical, genesis, link

# Statements of every step are built once: putting one together costs more than the server takes to answer it.
_BY_ID = select(cases).where(cases.c.id == bindparam("case"))
_LOCKED = _BY_ID.add_columns(*steady.COLUMNS).with_for_update(of=cases)
# By the indexed instant alone: many files lapse at the end of one day, and sorting them took a thousand times longer.
_DUE = (
    select(cases, *steady.COLUMNS)
    .where(cases.c.wake_at <= bindparam("at"), cases.c.suspended == "")
    .order_by(cases.c.wake_at)
    .limit(1)
    .with_for_update(skip_locked=True, of=cases)
)
# The case of a task never changes, so it may be read while the world is being waited for; that saves a round trip.
_WITH_TASK = select(tasks.c.case_id, steady.HOLDING).where(tasks.c.id == bindparam("task"))
_SAVE = (
    update(cases)
    .where(cases.c.id == bindparam("held"), cases.c.version == bindparam("held_version"))
    .returning(fates.NAMING)  # here it costs nothing, by itself a round trip before every COMMIT
)
_ADD, _APPEND, _SUBMIT = (unsent.Write(insert(one)) for one in (cases, events, submissions))
_SUBMITTED = (
    select(submissions)
    .where(submissions.c.case_id == bindparam("case"))
    .order_by(submissions.c.at, submissions.c.inserted_at)
)


@dataclass(frozen=True)
class Held:
    """A case under its lock, with what saving it needs."""

    case: Case
    seq: int
    head: str
    version: int
    number: str | None
    tracking_code: str
    applicant_name: str
    opened_at: datetime
    submitted_at: datetime | None
    paid: bool
    subject: str = ""

    @property
    def id(self) -> UUID:
        return self.case.id


class CaseStore:
    def __init__(self, session: Session, deployments: DeploymentStore, stale: type[Exception]) -> None:
        self.session = session
        self.deployments = deployments
        self._stale = stale

    # --- reading

    def lock(self, case_id: UUID) -> Held | None:
        """The case, locked until the transaction ends; None when there is none."""
        steady.hold(self.session)
        return self._load(_LOCKED, {"case": case_id}, held=True)

    def see(self, case_id: UUID) -> Held | None:
        """The case as it is, without a lock: for pages, never for deciding."""
        return self._load(_BY_ID, {"case": case_id})

    def with_task(self, task_id: UUID) -> Held | None:
        """The locked case of a task, whatever the task's state (it is read again under the lock)."""
        case_id = self.session.scalar(_WITH_TASK, {"task": task_id})
        return self._load(_LOCKED, {"case": case_id}, held=True) if case_id else None

    def longest_due(self, at: datetime) -> Held | None:
        """The case whose wake-up is most overdue; suspended ones and those another worker holds are passed over."""
        steady.hold(self.session)
        return self._load(_DUE, {"at": at}, held=True)

    def named(self, number: str, id: UUID | None) -> UUID | None:
        known = (cases.c.number == number) | (cases.c.id == id) | (cases.c.tracking_code == number.upper())
        return self.session.scalar(select(cases.c.id).where(known))

    def by_tracking(self, code: str) -> UUID | None:
        return self.session.scalar(select(cases.c.id).where(cases.c.tracking_code == code))

    def task_row(self, task_id: UUID) -> Any:
        return self.session.execute(select(tasks).where(tasks.c.id == task_id)).one_or_none()

    def _load(self, statement: Any, given: Mapping[str, Any], held: bool = False) -> Held | None:
        """`held`: the world is, and the statement tells its revision."""
        row = self.session.execute(statement, given).first()
        if row is None:
            return None
        if held:
            steady.learn(self.session, row)
        case = case_rows.case_of(row, self.deployments.get(row.deployment_id), self.session)
        return Held(
            case,
            row.seq,
            row.head,
            row.version,
            row.number,
            row.tracking_code,
            row.applicant_name,
            row.opened_at,
            row.submitted_at,
            row.paid,
            row.subject,
        )

    # --- writing

    def add(self, step: Step, world: World, revision: int, at: datetime, **columns: Any) -> Held:
        """Write a case that was just opened; `columns`: tracking_code, applicant_name, nik_hmac …"""
        case = step.case
        opening = {"permit": case.facts.permit, "kind": case.facts.kind, "opened_at": at.isoformat()}
        first = genesis(case.id, opening)
        facts = case.facts
        row = {
            "id": case.id, "deployment_id": case.deployment.id, "process": case.process, "permit": facts.permit,
            "kind": facts.kind, "category": facts.category, "area": facts.area, "channel": facts.channel,
            "applicant_id": facts.applicant, "filed_by": facts.filed_by, "state": case.state, "opened_at": at,
            "snapshot": case.snapshot, "seq": 0, "genesis": first, "head": first, "last_at": at, "version": 0,
        }  # fmt: skip
        unsent.add(self.session, _ADD, row | columns)
        blank = case_rows.blank(case)
        held = Held(
            blank, 0, first, 0, None, columns["tracking_code"], columns.get("applicant_name", ""), at, None, False
        )
        return self.save(held, step, world, revision, at)

    def save(self, held: Held, step: Step, world: World, revision: int, at: datetime, **columns: Any) -> Held:
        """Write a Step: events, tasks, clocks, readings, the case row.

        Sent with the next question, or before COMMIT: a lost race raises Stale there.
        """
        seq, head = self._append(held, step.events, step.case.deployment.id)
        case_rows.write_tasks(self.session, held.case, step, at)
        clock_rows.write(self.session, held.case, step.case)
        promised = clock_rows.refresh(self.session, held.case, step.case, world, revision, at, step.events)
        values = case_rows.columns_of(step.case, world, at) | columns
        if promised is not None:
            values["promised_at"] = promised.promised_at
        values |= {"seq": seq, "head": head, "version": held.version + 1}
        guarded = {"held": held.id, "held_version": held.version, **values}
        unsent.send_last(self.session, lambda: self._write(guarded))
        kept = {name: columns.get(name, getattr(held, name)) for name in ("number", "submitted_at", "paid", "subject")}
        return Held(
            step.case, seq, head, held.version + 1, tracking_code=held.tracking_code,
            applicant_name=str(columns.get("applicant_name", held.applicant_name)), opened_at=held.opened_at, **kept,
        )  # fmt: skip

    def _write(self, guarded: Mapping[str, Any]) -> None:
        name = self.session.scalar(_SAVE, guarded)
        if name is None:
            raise self._stale(str(guarded["held"]))
        self.session.info[fates.NAMED] = name

    def _append(self, held: Held, told: Sequence[Event], deployment: UUID) -> tuple[int, str]:
        seq, head, rows, came_from = held.seq, held.head, [], whence.address()
        for event in told:
            seq += 1
            head = link(head, held.id, seq, deployment, event)
            rows.append(
                {
                    "case_id": held.id,
                    "seq": seq,
                    "kind": event.kind,
                    "at": event.at,
                    "recorded_at": event.recorded_at,
                    "by": event.by,
                    "role": event.role,
                    "element": event.element,
                    "deployment_id": deployment,
                    "body": canonical(dict(event.body)),
                    "hash": head,
                    "address": came_from if event.by else "",  # what the machine does by itself comes from nowhere
                }
            )
        unsent.add(self.session, _APPEND, *rows)
        return seq, head

    def put_submission(self, id: UUID, case_id: UUID, at: datetime, by: UUID, **values: Any) -> None:
        """Keep the submitted values (`values`, `salts` as dicts) outside events and snapshot (ruling 17)."""
        for name in ("values", "salts"):
            values[name] = dump(values[name])
        unsent.add(self.session, _SUBMIT, {"id": id, "case_id": case_id, "at": at, "by": by, **values})

    def nik_hmac(self, case_id: UUID) -> bytes | None:
        """The lookup key of the NIK the application was made with; None before it was handed in."""
        return self.session.scalar(select(cases.c.nik_hmac).where(cases.c.id == case_id))

    def submissions(self, case_id: UUID, element: str = "") -> tuple[Any, ...]:
        """Submissions in the order of time, values parsed."""
        statement = _SUBMITTED.where(submissions.c.element == element) if element else _SUBMITTED
        rows = self.session.execute(statement, {"case": case_id})
        return tuple(case_rows.submission_of(row) for row in rows)

    def events(self, case_id: UUID) -> tuple[Any, ...]:
        return tuple(self.session.execute(select(events).where(events.c.case_id == case_id).order_by(events.c.seq)))

    def promises(self, case_id: UUID, kind: str = "L") -> tuple[Any, ...]:
        """The dates that were given of a case's clocks of a kind, oldest first, with the name of each one's `clock`:
        promises, or terms ("P")."""
        named = select(promises, clocks.c.name.label("clock")).join(clocks)
        statement = named.where(promises.c.case_id == case_id, clocks.c.kind == kind)
        return tuple(self.session.execute(statement.order_by(promises.c.made_at, promises.c.inserted_at)))

    # --- holds, notes, incidents

    def ask_hold(self, id: UUID, case_id: UUID, by: UUID, at: datetime, reason: str, until: datetime | None) -> None:
        values = {"id": id, "case_id": case_id, "asked_by": by, "asked_at": at, "reason": reason}
        self.session.execute(insert(holds).values(until_wished=until, status="asked", **values))

    def hold(self, id: UUID) -> Any:
        return self.session.execute(select(holds).where(holds.c.id == id).with_for_update()).one_or_none()

    def holds(self, case_id: UUID) -> tuple[Any, ...]:
        return tuple(self.session.execute(select(holds).where(holds.c.case_id == case_id).order_by(holds.c.asked_at)))

    def decide_hold(self, id: UUID, **values: Any) -> None:
        self.session.execute(update(holds).where(holds.c.id == id).values(**values))

    def add_note(self, id: UUID, case_id: UUID, by: UUID, at: datetime, body: str) -> None:
        self.session.execute(insert(notes).values(id=id, case_id=case_id, by=by, at=at, body=body))

    def notes(self, case_id: UUID) -> tuple[Any, ...]:
        return tuple(self.session.execute(select(notes).where(notes.c.case_id == case_id).order_by(notes.c.at)))

    def record_incident(self, id: UUID, case_id: UUID, element: str, reason: str, during: str, at: datetime) -> None:
        values = {"id": id, "case_id": case_id, "element": element, "reason": reason, "during": during}
        self.session.execute(insert(incidents).values(at=at, **values))

    def has_incident(self, case_id: UUID, element: str, during: str) -> bool:
        """Whether the same fault of a case is open already: told once, however often it is met."""
        same = (incidents.c.case_id == case_id) & (incidents.c.element == element) & (incidents.c.during == during)
        return (
            self.session.execute(select(incidents.c.id).where(same, incidents.c.resolved_at.is_(None))).first()
            is not None
        )

    def incident(self, id: UUID) -> Any:
        """An open incident; None when there is none."""
        found = select(incidents).where(incidents.c.id == id, incidents.c.resolved_at.is_(None))
        return self.session.execute(found).first()

    def resolve_incident(self, id: UUID, by: UUID, at: datetime, how: str = "retried") -> Any:
        """Close an open incident; its case and what it happened during, None when there is none open.

        `how`: retried | skipped.
        """
        open_one = update(incidents).where(incidents.c.id == id, incidents.c.resolved_at.is_(None))
        done = open_one.values(resolved_at=at, resolved_by=by, how=how)
        done = done.returning(incidents.c.case_id, incidents.c.during)
        return self.session.execute(done).first()

    def push_back(self, case_id: UUID, until: datetime) -> None:
        """Look at this case later: a fault in it must not stop the others."""
        self.session.execute(update(cases).where(cases.c.id == case_id, cases.c.suspended == "").values(wake_at=until))
