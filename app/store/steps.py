"""What interventions in a running case keep: where it stood before its last step, reasons, suspended processes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from app.store import unsent
from app.store.case_rows import task_of
from app.store.encoding import dump, parse
from app.store.ids import uuid7
from app.store.tables.cases import cases, events, tasks
from app.store.tables.interventions import last_steps, reasons, suspensions
from engine.case import Before, Task

_keep = upsert(last_steps)
_KEPT = [one.name for one in last_steps.c if one.name != "case_id"]
_KEEP = unsent.Write(
    _keep.on_conflict_do_update(index_elements=["case_id"], set_={name: _keep.excluded[name] for name in _KEPT})
)
AFTERWARDS = '"afterwards"'  # as the body of an event has it
_LAST = select(last_steps).where(last_steps.c.case_id == bindparam("case"))


@dataclass(frozen=True)
class LastStep:
    """A step that may be taken back; `seq_before` and `seq`: the case's last event before and after it."""

    kind: str  # "completed" | "moved"
    seq_before: int
    seq: int
    task_id: UUID
    element: str
    by: UUID
    at: datetime
    before: Before


class StepStore:
    def __init__(self, session: Session) -> None:
        self.session = session

    def keep(self, case_id: UUID, before: Before, **values: Any) -> None:
        """Remember where the case stood; `values`: kind, seq_before, seq, task_id, element, by, at."""
        counts = {str(clock): count for clock, count in before.ledgers.items()}
        # A snapshot is read once in a hundred steps, if ever: small is worth more than quick.
        small = zlib.compress(before.snapshot.encode(), 1)
        kept = {"snapshot": small, "state": before.state, "ledgers": dump(counts), **values}
        kept["skips"] = dump({element: dict(outputs) for element, outputs in before.skips.items()})
        unsent.add(self.session, _KEEP, {"case_id": case_id, **kept})

    def last(self, case_id: UUID) -> LastStep | None:
        row = self.session.execute(_LAST, {"case": case_id}).first()
        if row is None:
            return None
        counts = {UUID(clock): count for clock, count in parse(row.ledgers).items()}
        before = Before(zlib.decompress(row.snapshot).decode(), row.state, counts, parse(row.skips))
        return LastStep(row.kind, row.seq_before, row.seq, row.task_id, row.element, row.by, row.at, before)

    def tasks(self, ids: Iterable[str]) -> tuple[Task, ...]:
        """Tasks of whatever state, as they were held last."""
        wanted = select(tasks).where(tasks.c.id.in_([UUID(one) for one in ids]))
        return tuple(task_of(row) for row in self.session.execute(wanted.order_by(tasks.c.opened_at, tasks.c.id)))

    # --- reasons

    def give_reason(self, case_id: UUID, seq: int, reason: str) -> None:
        self.session.execute(insert(reasons).values(case_id=case_id, seq=seq, reason=reason))

    def reasons(self, case_id: UUID) -> dict[int, str]:
        """Number of the event -> why it was done."""
        rows = self.session.execute(select(reasons.c.seq, reasons.c.reason).where(reasons.c.case_id == case_id))
        return {row.seq: row.reason for row in rows}

    # --- suspended processes

    def suspend(self, deployment: UUID, process: str, reason: str, by: UUID, at: datetime) -> bool:
        """Put a process of a release under suspension; false when it was already."""
        row = {"id": uuid7(), "deployment_id": deployment, "process": process, "reason": reason}
        statement = upsert(suspensions).values(suspended_by=by, suspended_at=at, **row)
        return bool(self.session.execute(statement.on_conflict_do_nothing()).rowcount)  # type: ignore[attr-defined]

    def resume(self, deployment: UUID, process: str, by: UUID, at: datetime) -> bool:
        """Let a process go on; false when it was not suspended."""
        over = update(suspensions).where(*self._in_force(deployment, process))
        done = self.session.execute(over.values(resumed_by=by, resumed_at=at))
        return bool(done.rowcount)  # type: ignore[attr-defined]

    def suspended(self, deployment: UUID, process: str) -> bool:
        found = select(suspensions.c.id).where(*self._in_force(deployment, process))
        return self.session.execute(found).first() is not None

    def _in_force(self, deployment: UUID, process: str) -> tuple[Any, ...]:
        here = (suspensions.c.deployment_id == deployment, suspensions.c.process == process)
        return (*here, suspensions.c.resumed_at.is_(None))

    def running(self, deployment: UUID, process: str, suspended: str) -> tuple[UUID, ...]:
        """Open cases of a process of a release whose `suspended` is that; by id."""
        here = (cases.c.deployment_id == deployment, cases.c.process == process, ~cases.c.closed)
        found = select(cases.c.id).where(*here, cases.c.suspended == suspended)
        return tuple(self.session.scalars(found.order_by(cases.c.id)))

    def standing_still(self) -> int:
        """How many open cases are suspended."""
        found = select(func.count()).select_from(cases).where(cases.c.suspended != "", ~cases.c.closed)
        return int(self.session.scalar(found) or 0)

    def entered_afterwards(self, case_id: UUID) -> dict[str, str]:
        """Submissions of steps that were done on paper and entered later: id -> the window's code."""
        told = (events.c.case_id == case_id) & (events.c.kind == "task_completed") & events.c.body.contains(AFTERWARDS)
        bodies = (parse(one) for one in self.session.scalars(select(events.c.body).where(told)))
        return {str(one["submission"]): str(one["afterwards"]) for one in bodies if one.get("afterwards")}
