"""What an inbox shows beside its list, and to whom a task may be handed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, personal
from app.operations.clock_views import ClockView, view
from app.operations.lists_for_forms import WRONG, lists
from app.operations.open_tasks import gone, open_task
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from engine import access
from engine.case import Task
from engine.errors import NotFound


@dataclass(frozen=True)
class Requirement:
    """`verdict`: what the last check said of it, "" before any; `uploaded`: whether there is a document."""

    name: str
    uploaded: bool
    verdict: str


@dataclass(frozen=True)
class Preview:
    """The case of a task at a glance; the NIK masked."""

    held: Held
    task: Task
    permit_name: str
    nik: str
    address: str
    clock: ClockView | None
    requirements: tuple[Requirement, ...]
    may_release: bool


@retried
def preview(task_id: UUID, by: UUID, at: datetime) -> Preview:
    """Raises NotFound for a task of a case the person may not see, TaskNotOpen when it is done."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        row = store.cases.task_row(task_id)
        if row is None:
            raise NotFound("Tugas tidak ditemukan.")
        held = acting.seen(store, row.case_id, who)
        task = held.case.task(str(task_id))
        if task is None:
            raise gone(store, task_id)
        return _preview(store, held, task, by, at)


def _preview(store: Store, held: Held, task: Task, by: UUID, at: datetime) -> Preview:
    values = _application(store, held)
    service = held.case.clock("L")
    world = store.calendars.world()
    owner = store.people.row(held.case.facts.applicant)
    return Preview(
        held,
        task,
        held.case.deployment.catalogue.permits[held.case.facts.permit].name,
        personal.masked(str(values.get("nik") or owner.nik or "")),
        str(values.get("alamat_objek") or owner.address or ""),
        view(held.case, service, world, at) if service and service.events else None,
        _requirements(store, held, at),
        task.assignee == by,
    )


def _application(store: Store, held: Held) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for one in store.cases.submissions(held.id):
        found |= {name: value for name, value in one.values.items() if name in ("nik", "alamat_objek")}
    return found


def _requirements(store: Store, held: Held, at: datetime) -> tuple[Requirement, ...]:
    uploaded = {one.requirement for one in store.documents.of_case(held.id)}
    verdicts = _verdicts(store, held)
    wanted = lists(store, held, at.astimezone(WIB).date())["requirements"]
    return tuple(Requirement(name, code in uploaded, verdicts.get(code, "")) for code, name in wanted)


def _verdicts(store: Store, held: Held) -> dict[str, str]:
    """The newest word on each requirement, from the checks in their order."""
    found: dict[str, str] = {}
    for one in store.cases.submissions(held.id):
        if one.element in WRONG:
            rows, word, _ = WRONG[one.element]
            found |= {code: str(row.get(word, "")) for code, row in one.values.get(rows, {}).items()}
    return found


@retried
def colleagues(task_id: UUID, by: UUID, at: datetime) -> tuple[tuple[str, str], ...]:
    """Who may do this task instead, as (id, name); empty for somebody who may not hand tasks on."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        held, task = open_task(store, task_id, who)
        if task.assignee != by and not access.may(who, "reassign"):
            return ()
        day = at.astimezone(WIB).date()
        rows = store.people.holders(task.role, task.unit, day)
        able = ((row, store.people.actor(row.id, day)) for row in rows if row.id != task.assignee)
        return tuple(
            (str(row.id), row.name)
            for row, one in able
            if one and not access.barred_as_receiver(one, task, held.case, who)
        )
