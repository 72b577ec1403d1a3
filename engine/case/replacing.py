"""Open work that goes on at another step: the task ends where it stood, another begins in its place, and back.

The other step is other work: it is open from now on, and its own standard time runs from now on.  The clocks of the
case know nothing of it; what they promised stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from engine.bpmn import OpenTask
from engine.case import clockwork
from engine.case.clockwork import Doing
from engine.case.recalling import reopened
from engine.case.tasks import ended, made, spell_of
from engine.case.unmarking import unmark
from engine.case.values import Case, Task
from engine.events import Event

Pairs = tuple[tuple[Task, Task], ...]


def begun(was: Task, found: OpenTask, case: Case, doing: Doing) -> Task:
    """The task of another step, open from now on; whoever held the one before holds it where the role is his still."""
    task = made(found, case, doing.at)
    if found.role != was.role:
        return task
    named = {"named": was.properties["named"]} if "named" in was.properties else {}
    held = doing.at if was.assignee else None
    properties = {**task.properties, **named}
    return replace(task, unit=was.unit, assignee=was.assignee, claimed_at=held, properties=properties)


def replaced(before: Case, after: Case, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    """`after` with the ends and beginnings of what other tasks took the place of; tasks stand in the same order."""
    pairs = _pairs(before, after)
    case = replace(after, spells=ended(before, _still(pairs), doing.at))
    events: tuple[Event, ...] = ()
    for was, now in pairs:
        if was.id != now.id:
            case, stopped = clockwork.stop_task_clock(case, was.id, doing)
            case = replace(case, spells=(*case.spells, *spell_of(case, now)))
            case, started = clockwork.start_task_clock(case, now, doing)
            events = (*events, _end(was, now, doing), *stopped, _beginning(now, doing), *started)
    return case, events


def _pairs(before: Case, after: Case) -> Pairs:
    return tuple(zip(before.tasks, after.tasks, strict=True))


def _still(pairs: Pairs) -> set[str]:
    return {was.id for was, now in pairs if was.id == now.id}


def _end(was: Task, now: Task, doing: Doing) -> Event:
    """Named in full: the diagram of one of them does not hold the other."""
    names = {"name": was.name, "to": now.name}
    return doing.event("task_cancelled", was.element, None, task=was.id, instead=now.id, **names)


def _beginning(now: Task, doing: Doing) -> Event:
    held = {"held": str(now.assignee)} if now.assignee else {}
    return doing.event("task_opened", now.element, None, task=now.id, role=now.role, unit=now.unit, **held)


def restored(before: Case, after: Case, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    """The way back: what had ended never did, and what had begun never was; tasks stand in the same order."""
    pairs = _pairs(before, after)
    again = [now for was, now in pairs if was.id != now.id]
    case = replace(after, spells=ended(before, _still(pairs), doing.at))
    case = replace(case, spells=reopened(case, again))
    case, corrected = unmark(case, dict(_counts(case, pairs)), doing)
    gone = (was for was, now in pairs if was.id != now.id)
    told = [doing.event("task_cancelled", one.element, None, task=one.id, name=one.name) for one in gone]
    told += [doing.event("task_reopened", one.element, None, task=one.id) for one in again]
    return case, (*told, *corrected)


def _counts(case: Case, pairs: Pairs) -> Iterator[tuple[UUID, int]]:
    """How many entries of each clock hold: of a clock that the move began none, of one it stopped all but the last."""
    wrong: Mapping[str, bool] = {
        one.id: begins for was, now in pairs if was.id != now.id for one, begins in ((was, True), (now, False))
    }
    for clock in case.clocks:
        kept = len(clock.events) - 1 if clock.task in wrong else len(clock.events)
        yield clock.id, 0 if wrong.get(clock.task) else kept
