"""Who acts: loaded inside the transaction, so that a right taken away counts from the next click on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from app.clock import WIB
from app.store import Store
from app.store.cases import Held
from engine import access
from engine.access import Actor
from engine.case import Case, Task
from engine.case.clockwork import Doing
from engine.errors import NotAllowed, NotFound, TaskTaken

AP = "AP"  # the process administrator


def actor(store: Store, id: UUID, at: datetime) -> Actor:
    """The acting person with today's grants; raises NotAllowed when unknown or disabled."""
    found = store.people.actor(id, at.astimezone(WIB).date())
    if found is None:
        raise NotAllowed("Akun Anda tidak aktif lagi.")
    return found


def held(found: Held | None) -> Held:
    """The case, or NotFound without telling whether it ever existed."""
    if found is None:
        raise NotFound("Berkas tidak ditemukan.")
    return found


def seen(store: Store, case_id: UUID, by: Actor) -> Held:
    """A case the actor may see, unlocked; NotFound otherwise: existence is not told."""
    found = held(store.cases.see(case_id))
    if not access.may_see(by, found.case):
        raise NotFound("Berkas tidak ditemukan.")
    return found


def locked(store: Store, case_id: UUID, by: Actor) -> Held:
    """A case the actor may see, under its lock."""
    found = held(store.cases.lock(case_id))
    if not access.may_see(by, found.case):
        raise NotFound("Berkas tidak ditemukan.")
    return found


def doing(case: Case, at: datetime, by: UUID | None, role: str = "") -> Doing:
    """What is done now by somebody; its record never goes back within a case, whatever the machine's clock says."""
    return Doing(at, max(at, case.last_at or at), by, role)


def require_task(store: Store, who: Actor, task: Task, case: Case) -> None:
    """As `access.require_task`; whoever finds the task taken is told by whom and since when."""
    try:
        access.require_task(who, task, case)
    except TaskTaken as refused:
        raise taken(store, task) or refused from refused


def taken(store: Store, task: Task) -> TaskTaken | None:
    """The refusal that names who holds the task; None when his name is not known."""
    name = store.people.names({task.assignee}).get(task.assignee) if task.assignee else None
    if name is None or task.claimed_at is None:
        return None
    when = task.claimed_at.astimezone(WIB).strftime("%d/%m/%Y %H.%M")
    return TaskTaken("Tugas ini diambil %(who)s pada %(when)s WIB.", about=task.id, who=name, when=when)
