"""Moving a case: opening it, completing a task, receiving a message, waking it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from engine import access, bpmn, reserved
from engine.access import Actor
from engine.bpmn import Position, StepContext
from engine.case import clockwork
from engine.case.clockwork import Doing
from engine.case.readings import overdue_names, present
from engine.case.tasks import ended, made, spell_of, state_of
from engine.case.values import Case, Done, Facts, Step, Task
from engine.clocks import World
from engine.deployment import Deployment
from engine.effects import CloseCase, Effect, SetState
from engine.errors import CaseClosed, CaseSuspended, TaskNotOpen
from engine.events import Event
from engine.forms import Submission
from engine.services.all import SERVICES

MOST_WAKES = 20


def open_case(
    id: UUID,
    deployment: Deployment,
    facts: Facts,
    by: Actor,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> Step:
    """Start the permit's process.  `data`: extra process values besides the facts."""
    permit = deployment.catalogue.permits[facts.permit]
    case = Case(id, facts, deployment, permit.process, "", "DRAF", last_at=at)
    doing = Doing(at, at, by.id, _role_of(by))
    known = {
        "izin": permit.code,
        "jenis": facts.kind,
        "kategori": facts.category,
        "kanal": facts.channel,
        "perangkat_daerah": list(permit.agencies),
        "retribusi": permit.levy,
        **{name: bool(value) for name, value in permit.flags.items()},
    }
    position = bpmn.start(
        deployment.definition, permit.process, {"permohonan": known, **(data or {})}, _context(case, at)
    )
    told = {"permit": facts.permit, "kind": facts.kind, "channel": facts.channel}
    opened = doing.event("case_opened", "", None, **told, passed=list(position.passed))
    return _moved(case, position, doing, (opened,))


def complete_task(
    case: Case,
    task_id: str,
    submission: Submission,
    by: Actor,
    at: datetime,
    record: Mapping[str, Any] | None = None,
    recorded_at: datetime | None = None,
) -> Step:
    """Complete an open task.

    `record`: what the event tells of the submission (its id, digests of its
    values).  `recorded_at`: when the office learned of it, for a step entered
    after it happened at `at`.  Raises TaskNotOpen, TaskTaken, NotAllowed, CaseClosed, CaseSuspended.
    """
    task = _open_task(case, task_id)
    require_moving(case)
    access.require_task(by, task, case)
    doing = Doing(at, present(case, recorded_at or at), by.id, task.role)
    values = {**submission.routes, reserved.OUTCOME: submission.outcome, reserved.DONE_AT: at.isoformat()}
    if task.unit:
        values[reserved.UNIT] = task.unit
    position = bpmn.complete(case.deployment.definition, case.snapshot, task_id, values, _context(case, at))
    behalf = {"on_behalf": True} if task.role == access.APPLICANT and by.id != case.facts.applicant else {}
    completed = doing.event(
        "task_completed",
        task.element,
        None,
        task=task_id,
        outcome=submission.outcome,
        passed=list(position.passed),
        **behalf,
        **(record or {}),
    )
    done = Done(task.element, by.id, at, task.unit)
    return _moved(replace(case, done=(*case.done, done)), position, doing, (completed,), task)


def receive(case: Case, message: str, payload: Mapping[str, Any], by: Actor | None, at: datetime) -> Step:
    """Hand a message to whoever waits for it; raises NotWaiting when nobody does, CaseSuspended."""
    require_moving(case)
    doing = Doing(at, present(case, at), by.id if by else None, _role_of(by) if by else "")
    position = bpmn.receive(case.deployment.definition, case.snapshot, message, payload, _context(case, at))
    got = doing.event("message_received", "", None, message=message, passed=list(position.passed))
    return _moved(case, position, doing, (got,))


def wake(case: Case, world: World, at: datetime) -> Step:
    """Look again: timers that are due, and awaited terms that have passed; a suspended case stays as it is."""
    if case.suspended:
        return Step(case, ())
    events: tuple[Event, ...] = ()
    effects: tuple[Effect, ...] = ()
    for _ in range(MOST_WAKES):
        step = _wake_once(case, world, at)
        if step is None:
            break
        case, events, effects = step.case, (*events, *step.events), (*effects, *step.effects)
    return Step(case, events, effects)


def _wake_once(case: Case, world: World, at: datetime) -> Step | None:
    if case.timer_at and case.timer_at <= at:
        doing = Doing(at, present(case, at))
        position = bpmn.wake(case.deployment.definition, case.snapshot, _context(case, at))
        passed = doing.event("element_passed", "", None, passed=list(position.passed))
        return _moved(case, position, doing, (passed,))
    for message in overdue_names(case, world, at):
        return receive(case, message, {"pada": at.isoformat()}, None, at)
    return None


def _context(case: Case, at: datetime) -> StepContext:
    return StepContext(at, SERVICES, case.skips)


def require_moving(case: Case) -> None:
    """Raise CaseSuspended while nothing of the case may move."""
    if case.suspended:
        raise CaseSuspended(about=case.id)


def _open_task(case: Case, task_id: str) -> Task:
    if case.closed:
        raise CaseClosed(about=case.id)
    task = case.task(task_id)
    if task is None:
        raise TaskNotOpen(about=task_id)
    return task


def _role_of(by: Actor) -> str:
    if by.kind == "applicant":
        return access.APPLICANT
    return by.grants[0].role if by.grants else ""


def _moved(
    case: Case, position: Position, doing: Doing, events: tuple[Event, ...], completed: Task | None = None
) -> Step:
    """The case after the process moved: tasks closed and opened, clocks and state applied."""
    case = replace(
        case,
        snapshot=position.snapshot,
        waiting=position.waiting,
        timer_at=position.wake_at,
        skips={element: one for element, one in case.skips.items() if element not in position.passed},
        last_at=doing.recorded_at,
    )
    case, gone = _close_tasks(case, position, doing, completed)
    case, told, effects = _apply(case, position.effects, doing)
    case, opened = _open_tasks(case, position, doing)
    case, unwatched = clockwork.stop_unwatched(case, doing)
    opened = (*opened, *unwatched)
    if position.ended and not case.closed:
        case, ended = _close(case, case.outcome or case.state.lower(), doing)
        opened = (*opened, *ended)
    return Step(case, (*events, *gone, *told, *opened), effects, position.data)


def _close_tasks(
    case: Case, position: Position, doing: Doing, completed: Task | None
) -> tuple[Case, tuple[Event, ...]]:
    still = {one.id for one in position.tasks}
    events: tuple[Event, ...] = ()
    for task in case.tasks:
        if task.id in still:
            continue
        if completed is None or task.id != completed.id:
            events = (*events, doing.event("task_cancelled", task.element, None, task=task.id))
        case, told = clockwork.stop_task_clock(case, task.id, doing)
        events = (*events, *told)
    kept = tuple(one for one in case.tasks if one.id in still)
    return replace(case, tasks=kept, spells=ended(case, still, doing.at)), events


def _apply(case: Case, effects: tuple[Effect, ...], doing: Doing) -> tuple[Case, tuple[Event, ...], tuple[Effect, ...]]:
    """Clock, state and closing effects are applied here; the rest is the operation's."""
    events: tuple[Event, ...] = ()
    rest: tuple[Effect, ...] = ()
    for effect in effects:
        done = clockwork.apply(case, effect, doing)
        if done is not None:
            case, told = done
        elif isinstance(effect, SetState):
            case, told = set_state(case, effect.state, doing)
        elif isinstance(effect, CloseCase):
            case, told = _close(case, effect.outcome, doing)
        else:
            rest, told = (*rest, effect), ()
        events = (*events, *told)
    return case, events, rest


def set_state(case: Case, state: str, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    """The case in a life-cycle state, and what that tells; a state that closes it stops the clocks of work."""
    if state == case.state:
        return case, ()
    told: tuple[Event, ...] = (doing.event("state_changed", "", None, before=case.state, after=state),)
    if (known := case.deployment.catalogue.states.get(state)) is not None and known.closed:
        case, stopped = clockwork.stop_work(case, doing)
        told = (*told, *stopped)
    return replace(case, state=state), told


def _close(case: Case, outcome: str, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    case, stopped = clockwork.stop_all(case, doing)
    event = doing.event("case_closed", "", None, outcome=outcome)
    return replace(case, closed=True, outcome=outcome), (*stopped, event)


def _open_tasks(case: Case, position: Position, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    known = {one.id for one in case.tasks}
    events: tuple[Event, ...] = ()
    for found in position.tasks:
        if found.id in known:
            continue
        task = made(found, case, doing.at)
        case = replace(case, tasks=(*case.tasks, task), spells=(*case.spells, *spell_of(case, task)))
        opened = doing.event("task_opened", task.element, None, task=task.id, role=task.role, unit=task.unit)
        case, told = clockwork.start_task_clock(case, task, doing)
        events = (*events, opened, *told)
        if state := state_of(task, case):
            case, told = set_state(case, state, doing)
            events = (*events, *told)
    return case, events


__all__ = ["Facts", "complete_task", "open_case", "receive", "wake"]
