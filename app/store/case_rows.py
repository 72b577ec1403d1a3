"""Rows of a case to the engine's values and back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text, Uuid, bindparam, cast, func, insert, literal_column, select, update
from sqlalchemy import case as if_so
from sqlalchemy.orm import Session

from app.store import clock_rows, task_refusals, unsent
from app.store.encoding import dump, parse
from app.store.tables.cases import tasks
from engine.access import APPLICANT
from engine.case import Case, Done, Facts, Step, Task, present, wake_at
from engine.case.values import HOME_UNIT
from engine.catalogue import channels
from engine.clocks import PastSpells, Spell, World
from engine.deployment import Deployment

# Open tasks each in a row.  Of those that are over, which a file of many rounds has by hundreds, one row tells who did
# a step how often and, packed as engine.clocks.PastSpells wants it, when it was open.
_ALIKE = ("closed_by", "element", "role", "unit", "status")
_WHILE_OPEN = ("name", "form_key", "standard", "properties", "claimed_at")
_OPEN_ID = if_so((tasks.c.status == "open", tasks.c.id))
_LIFE = func.timestamptz_send(tasks.c.opened_at).concat(func.timestamptz_send(tasks.c.closed_at))
_PACKED = func.string_agg(_LIFE, literal_column("''::bytea"))
_TASKS = (
    select(
        *(tasks.c[name] for name in _ALIKE),
        _OPEN_ID.label("id"),
        func.max(tasks.c.opened_at).label("opened_at"),
        func.max(tasks.c.closed_at).label("closed_at"),
        func.count().label("times"),
        _PACKED.filter(tasks.c.status != "open", tasks.c.role != APPLICANT).label("packed"),
        *(func.max(if_so((tasks.c.status == "open", tasks.c[name]))).label(name) for name in _WHILE_OPEN),
        cast(func.max(if_so((tasks.c.status == "open", cast(tasks.c.assignee_id, Text)))), Uuid).label("assignee_id"),
    )
    .where(tasks.c.case_id == bindparam("case"))
    .group_by(*(tasks.c[name] for name in _ALIKE), _OPEN_ID)
    .order_by(func.max(tasks.c.opened_at), _OPEN_ID, func.max(tasks.c.closed_at), tasks.c.element, tasks.c.closed_by)
)
_OPEN = unsent.Write(insert(tasks))
_REOPENED = {"status": "open", "closed_at": None, "closed_by": None, "outcome": ""}
_CHANGE = unsent.Write(update(tasks).where(tasks.c.id == bindparam("task")))


@dataclass(frozen=True)
class SubmissionRow:
    id: UUID
    task_id: UUID | None
    element: str
    form_key: str
    form_version: int
    outcome: str
    reason: str
    values: dict[str, Any]
    by: UUID
    at: datetime
    erased: bool


def submission_of(row: Any) -> SubmissionRow:
    return SubmissionRow(
        row.id,
        row.task_id,
        row.element,
        row.form_key,
        row.form_version,
        row.outcome,
        row.reason,
        parse(row.values) or {},
        row.by,
        row.at,
        row.values is None,
    )


def facts_of(row: Any) -> Facts:
    return Facts(row.permit, row.kind, row.applicant_id, row.category, row.area, row.channel, row.filed_by)


def case_of(row: Any, deployment: Deployment, session: Session) -> Case:
    """A `cases` row with its tasks and clocks as the engine's Case."""
    found = tuple(session.execute(_TASKS, {"case": row.id}))
    return Case(
        id=row.id,
        facts=facts_of(row),
        deployment=deployment,
        process=row.process,
        snapshot=row.snapshot,
        state=row.state,
        tasks=tuple(task_of(one) for one in found if one.status == "open"),
        clocks=clock_rows.of_case(session, row.id),
        done=tuple(
            Done(one.element, one.closed_by, one.closed_at, one.unit, one.times)
            for one in found
            if one.status == "done"
        ),
        spells=(
            *(_past(one, deployment) for one in found if one.packed is not None),
            *spells_of((one for one in found if one.status == "open"), deployment),
        ),
        waiting=tuple(row.waiting),
        timer_at=row.timer_at,
        last_at=row.last_at,
        closed=row.closed,
        outcome=row.outcome,
        suspended=row.suspended,
        skips=parse(row.skips),
    )


def _past(one: Any, deployment: Deployment) -> PastSpells:
    channel = channels.of_role(deployment.catalogue, one.role)
    return PastSpells(one.unit or HOME_UNIT, channel, one.element, bytes(one.packed), bool(one.unit), one.role)


def spells_of(rows: Any, deployment: Deployment) -> tuple[Spell, ...]:
    """When officials' tasks were open: what the scope of a declaration is held against (ruling 4)."""
    return tuple(
        Spell(
            one.unit or HOME_UNIT,
            channels.of_role(deployment.catalogue, one.role),
            one.element,
            one.opened_at,
            one.closed_at,
            bool(one.unit),
            one.role,
        )
        for one in rows
        if one.role != APPLICANT
    )


def task_of(row: Any) -> Task:
    properties = parse(row.properties)
    names = properties.get("notSameAs", "")
    return Task(
        id=str(row.id),
        element=row.element,
        name=row.name,
        role=row.role,
        form_key=row.form_key,
        opened_at=row.opened_at,
        unit=row.unit,
        assignee=row.assignee_id,
        claimed_at=row.claimed_at,
        standard=row.standard,
        not_same_as=tuple(one.strip() for one in names.split(",") if one.strip()),
        properties=properties,
    )


def blank(case: Case) -> Case:
    """The case before it had anything: what a first Step is compared with."""
    return replace(case, tasks=(), clocks=(), done=(), spells=())


def columns_of(case: Case, world: World, at: datetime) -> dict[str, Any]:
    return {
        "deployment_id": case.deployment.id,
        "snapshot": case.snapshot,
        "state": case.state,
        "closed": case.closed,
        "serving": not case.closed and (clock := case.clock("L")) is not None and clock.running,
        "outcome": case.outcome,
        "closed_at": case.last_at if case.closed else None,
        "waiting": list(case.waiting),
        "timer_at": case.timer_at,
        "wake_at": None if case.closed or case.suspended else wake_at(case, world, present(case, at)),
        "suspended": case.suspended,
        "skips": dump({element: dict(outputs) for element, outputs in case.skips.items()}),
        "last_at": case.last_at,
    }


def write_tasks(session: Session, before: Case, step: Step, at: datetime) -> None:
    """Insert new tasks, close those that are gone, open those that were taken back, update assignees."""
    known = {one.id: one for one in before.tasks}
    now = {one.id: one for one in step.case.tasks}
    closing = {str(e.body["task"]): e for e in step.events if e.kind in ("task_completed", "task_cancelled")}
    # A task may open and close within one step (an engine step opened it, another cancelled it).
    again = {str(e.body["task"]) for e in step.events if e.kind == "task_reopened"}
    for id in again & now.keys():
        unsent.add(session, _CHANGE, {"task": UUID(id), **_REOPENED})
    opened = [one for id, one in now.items() if id not in known and id not in again]
    unsent.add(session, _OPEN, *(_task_row(step.case.id, one) for one in opened))
    for id in known.keys() - now.keys():
        event = closing.get(id)
        done = event is not None and event.kind == "task_completed"
        values = {
            "status": "done" if done else "cancelled",
            "closed_at": event.at if event else at,
            "closed_by": event.by if done and event else None,
            "outcome": str(event.body.get("outcome", "")) if event else "",
        }
        unsent.add(session, _CHANGE, {"task": UUID(id), **values})
    for id in known.keys() & now.keys():
        if known[id] != now[id]:
            row = _task_row(step.case.id, now[id])
            fixed = ("id", "case_id", "unit", "standard", "status", "opened_at")
            values = {name: value for name, value in row.items() if name not in fixed}
            unsent.add(session, _CHANGE, {"task": UUID(id), **values})
            if (taker := now[id].assignee) not in (None, known[id].assignee):
                task_refusals.end(session, UUID(id), taker)


def _task_row(case_id: UUID, task: Task) -> dict[str, Any]:
    return {
        "id": UUID(task.id),
        "case_id": case_id,
        "element": task.element,
        "name": task.name,
        "role": task.role,
        "unit": task.unit,
        "form_key": task.form_key,
        "standard": task.standard,
        "properties": dump(dict(task.properties)),
        "status": "open",
        "assignee_id": task.assignee,
        "claimed_at": task.claimed_at,
        "opened_at": task.opened_at,
    }
