"""A case as the office knew it at an instant, put together again from its events alone.

Known time is not effective time: what happened earlier and was recorded later
was not known yet.  The events of a case are told in the order in which they
were recorded, so what was known at an instant is a beginning of them.  Today's
rows give only what never changes: who a task is for, what a clock is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from engine.case.tasks import spell_of
from engine.case.values import Case, CaseClock, Task
from engine.clocks import Spell
from engine.deployment import Deployment
from engine.events import Event

FIRST = "DRAF"


@dataclass(frozen=True)
class Life:
    """A task as far as it was known: `status` open | done | cancelled; `closed_at`, `closed_by` and `outcome` then.

    `before_move`: the step it stood at before its case was moved to another release.
    """

    task: Task
    status: str = "open"
    closed_at: datetime | None = None
    closed_by: UUID | None = None
    outcome: str = ""
    before_move: str = ""


def known_by(told: Iterable[Event], at: datetime) -> tuple[Event, ...]:
    """The events that were recorded by `at`, in their order."""
    return tuple(one for one in told if one.recorded_at <= at)


def lives(known: Iterable[Event], tasks: Mapping[str, Task], deployment: Deployment, process: str) -> dict[str, Life]:
    """Every task those events tell of, by id, in the order they were opened.

    `tasks`: what is fixed about each; its names are those of `deployment`, the
    release the case was on.
    """
    found: dict[str, Life] = {}
    for event in known:
        if event.kind in _MOVES:
            found = {id: _MOVES[event.kind](one, event) if one.status == "open" else one for id, one in found.items()}
        id = str(event.body.get("task", ""))
        change = _CHANGES.get(event.kind)
        if event.kind == "task_opened":
            found[id] = Life(_opened(tasks[id], event))
        elif change is not None and id in found:
            found[id] = change(found[id], event)
    return {id: replace(one, task=_named(one.task, deployment, process)) for id, one in found.items()}


def rewound(case: Case, known: tuple[Event, ...], lived: Mapping[str, Life], deployment: Deployment) -> Case:
    """The case with what those events tell and nothing else: for reading, never for going on (it has no snapshot)."""
    at = known[-1].recorded_at
    then = replace(
        case,
        deployment=deployment,
        snapshot="",
        state=_state(case, known),
        tasks=tuple(one.task for one in lived.values() if one.status == "open"),
        clocks=clocks_known(case, at),
        done=(),
        waiting=(),
        timer_at=None,
        last_at=at,
        closed=any(one.kind == "case_closed" for one in known),
        outcome=next((str(one.body["outcome"]) for one in reversed(known) if one.kind == "case_closed"), ""),
        suspended=_suspended(known),
        skips={},
    )
    return replace(then, spells=tuple(_spells(then, lived)))


def clocks_known(case: Case, at: datetime) -> tuple[CaseClock, ...]:
    """The clocks with the entries that were recorded by `at`; those that had none were not there yet."""
    kept = (replace(one, events=tuple(e for e in one.events if e.recorded_at <= at)) for one in case.clocks)
    return tuple(one for one in kept if one.events)


def _spells(case: Case, lived: Mapping[str, Life]) -> Iterable[Spell]:
    for one in lived.values():
        yield from (replace(spell, until=one.closed_at) for spell in spell_of(case, one.task))


def _state(case: Case, known: tuple[Event, ...]) -> str:
    return next((str(one.body["after"]) for one in reversed(known) if one.kind == "state_changed"), FIRST)


def _suspended(known: tuple[Event, ...]) -> str:
    last = next((one for one in reversed(known) if one.kind in ("case_suspended", "case_resumed")), None)
    if last is None or last.kind == "case_resumed":
        return ""
    return "process" if last.body.get("whole") else "case"


# --- what an event does to a task


def _opened(task: Task, event: Event) -> Task:
    unit, role = str(event.body.get("unit", "")), str(event.body.get("role", ""))
    by, at = (UUID(str(event.body["held"])), event.at) if event.body.get("held") else (None, None)
    return replace(task, element=event.element, role=role, unit=unit, assignee=by, claimed_at=at, opened_at=event.at)


def _named(task: Task, deployment: Deployment, process: str) -> Task:
    element = deployment.definition.scope(process).get(task.element)
    return replace(task, name=element.name) if element is not None and element.name else task


def _moved(life: Life, event: Event) -> Life:
    """An open task on another release.

    Of a step that was gone, events used to tell where the same task went on; now it ends and another begins.
    """
    chosen, task = event.body.get("chosen"), life.task
    to = chosen.get(task.id) or chosen.get(task.element) if isinstance(chosen, Mapping) else None
    return replace(life, task=replace(task, element=str(to or task.element)), before_move=task.element)


def _put_back(life: Life, event: Event) -> Life:
    return replace(life, task=replace(life.task, element=life.before_move or life.task.element), before_move="")


def _held(life: Life, by: UUID | None, at: datetime | None) -> Life:
    return replace(life, task=replace(life.task, assignee=by, claimed_at=at))


def _ended(status: str) -> Callable[[Life, Event], Life]:
    def end(life: Life, event: Event) -> Life:
        by = event.by if status == "done" else None
        return replace(
            life, status=status, closed_at=event.at, closed_by=by, outcome=str(event.body.get("outcome", ""))
        )

    return end


def _again(life: Life, event: Event) -> Life:
    return replace(life, status="open", closed_at=None, closed_by=None, outcome="")


_CHANGES: Mapping[str, Callable[[Life, Event], Life]] = {
    "task_claimed": lambda life, event: _held(life, event.by, event.at),
    "task_reassigned": lambda life, event: _held(life, UUID(str(event.body["to"])), event.at),
    "task_released": lambda life, event: _held(life, None, None),
    "task_declined": lambda life, event: _held(life, None, None),
    "task_completed": _ended("done"),
    "task_cancelled": _ended("cancelled"),
    "task_reopened": _again,
}
_MOVES: Mapping[str, Callable[[Life, Event], Life]] = {"case_migrated": _moved, "migration_undone": _put_back}
