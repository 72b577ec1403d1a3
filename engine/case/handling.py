"""Handling tasks without moving the process: claim, release, reassign; and holds on request."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from engine import access
from engine.access import Actor
from engine.case import clockwork
from engine.case.clockwork import ON_REQUEST, Doing
from engine.case.moves import _open_task, _role_of, require_moving
from engine.case.readings import present
from engine.case.values import Case, Step, Task
from engine.effects import PauseClock, ResumeClock
from engine.errors import NotAllowed, Refused
from engine.events import Event


def _with_task(case: Case, task: Task, event: Event) -> Step:
    tasks = tuple(task if one.id == task.id else one for one in case.tasks)
    return Step(replace(case, tasks=tasks, last_at=event.recorded_at), (event,))


def claim_task(case: Case, task_id: str, by: Actor, at: datetime) -> Step:
    """Take an open task; taking one's own again changes nothing but is allowed.  Raises CaseSuspended."""
    task = _open_task(case, task_id)
    require_moving(case)
    access.require_task(by, task, case)
    doing = Doing(at, present(case, at), by.id, task.role)
    event = doing.event("task_claimed", task.element, None, task=task_id)
    step = _with_task(case, replace(task, assignee=by.id, claimed_at=at), event)
    state = task.properties.get("stateClaimed", "")
    if not state or state == case.state:
        return step
    changed = doing.event("state_changed", "", None, before=case.state, after=state)
    return Step(replace(step.case, state=state), (*step.events, changed))


def release_task(case: Case, task_id: str, by: Actor, at: datetime, reason: str = "") -> Step:
    """Put a task back to its group; its holder may, and whoever may reassign."""
    task = _open_task(case, task_id)
    if task.assignee != by.id and not access.may(by, "reassign"):
        raise NotAllowed("Hanya pemegang tugas atau atasannya yang dapat melepas tugas ini.", about=task_id)
    doing = Doing(at, present(case, at), by.id, _role_of(by))
    event = doing.event("task_released", task.element, None, task=task_id, reason=bool(reason))
    return _with_task(case, replace(task, assignee=None, claimed_at=None), event)


def decline_task(case: Case, task_id: str, by: Actor, at: datetime) -> Step:
    """Not to take a task that one may do, or to put down one that was handed to oneself: the group keeps it.

    Raises NotAllowed, TaskTaken when somebody else holds it, TaskNotOpen.
    """
    task = _open_task(case, task_id)
    access.require_task(by, task, case)
    doing = Doing(at, present(case, at), by.id, task.role)
    event = doing.event("task_declined", task.element, None, task=task_id)
    return _with_task(case, replace(task, assignee=None, claimed_at=None), event)


def reassign_task(case: Case, task_id: str, to: Actor, by: Actor, at: datetime) -> Step:
    """Give a task to a colleague who may do it; the separation of duties holds for him too.

    Its holder gives it himself, a superior whoever holds it.  A superior's handing an inspection on is the act that
    replaces who was named on the Surat Tugas.
    """
    task = _open_task(case, task_id)
    access.require_handing_on(by, task)
    barred = access.barred_as_receiver(to, task, case, by)
    if barred:
        raise Refused("Petugas yang dipilih tidak boleh mengerjakan tugas ini.", about=task_id)
    doing = Doing(at, present(case, at), by.id, _role_of(by))
    given = {} if access.may(by, "reassign") else {"own": True}  # names nobody anew
    event = doing.event("task_reassigned", task.element, None, task=task_id, to=str(to.id), **given)
    return _with_task(case, replace(task if given else task.naming(to.id), assignee=to.id, claimed_at=at), event)


def grant_hold(case: Case, until: datetime, by: Actor, at: datetime) -> Step:
    """Grant the applicant's wish to wait: the clocks stand still from now to `until` (ruling 42)."""
    access.require(by, "grant_hold")
    if until <= at:
        raise Refused("Tanggal akhir penundaan harus sesudah saat ini.")
    running = case.clock("L")
    if case.closed or running is None or not running.running:
        raise Refused("Jam layanan berkas ini tidak sedang berjalan.")
    if clockwork.held_until(case, at):
        raise Refused("Berkas ini sudah ditunda atas permintaan pemohon.")
    doing = Doing(at, present(case, at), by.id, _role_of(by))
    granted = doing.event("hold_granted", "", None, until=until.isoformat())
    case, paused = clockwork.apply(case, PauseClock(ON_REQUEST), doing) or (case, ())
    case, resumed = clockwork.apply(case, ResumeClock(ON_REQUEST, until), doing) or (case, ())
    return Step(replace(case, last_at=doing.recorded_at), (granted, *paused, *resumed))
