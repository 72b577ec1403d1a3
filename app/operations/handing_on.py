"""Tasks handed on to a colleague with a reason, one or several; nothing is ever decided or signed in bulk."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from app.clock import WIB
from app.operations import acting
from app.operations.carrying_out import carry_out
from app.operations.open_tasks import open_task
from app.operations.retrying import retried
from app.store import Store, transaction
from engine import access, reasons, reserved
from engine import case as engine
from engine.access import Actor
from engine.errors import SubmissionInvalid

TO, WHY = reserved.HANDED_TO, reserved.HANDED_BECAUSE


def require(to: UUID | None, reason: str) -> None:
    """Raises SubmissionInvalid at `kepada`, `alasan_alih`, before the first task is touched."""
    errors = {} if to else {TO: "Pilih dahulu petugas yang menerima tugas ini."}
    if wrong := reasons.fault(reason):
        errors[WHY] = wrong
    if errors:
        raise SubmissionInvalid(errors)


@retried
def hand_on(task_id: UUID, to: UUID | None, reason: str, by: UUID, at: datetime) -> UUID:
    """Give a task to a colleague and keep why; given to its holder it stays as it is; returns the case.

    Raises SubmissionInvalid, NotFound, NotAllowed, Refused (the separation of duties holds for him too), TaskNotOpen.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        held, task = open_task(store, task_id, who)
        access.require_handing_on(who, task)
        require(to, reason)
        other = acting.actor(store, to or by, at)
        step = engine.reassign_task(held.case, task.id, other, who, at)
        if task.assignee != to:
            carry_out(store, held, step, at)
            store.steps.give_reason(held.id, held.seq + 1, reason.strip())
        return held.id


def receivers(store: Store, who: Actor, at: datetime, own: bool) -> tuple[tuple[str, str], ...]:
    """Who holds one of the actor's roles today, as (id, name) by name; `own`: for tasks that the actor holds.

    Nobody for who may not hand others' tasks on.
    """
    if not own and not access.may(who, "reassign"):
        return ()
    day = at.astimezone(WIB).date()
    found = {row.id: row.name for role in who.roles for row in store.people.holders(role, "", day)}
    others = ((str(id), name) for id, name in found.items() if id != who.id)
    return tuple(sorted(others, key=lambda one: one[1]))
