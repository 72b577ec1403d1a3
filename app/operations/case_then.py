"""A case as the rules of access saw it at an instant: open tasks, their holders, who had done which step.

Told again from its events as recorded by then; clocks, texts and the place in the diagram are those of now, since no
rule of access asks for them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.store import Store
from app.store.cases import Held
from app.store.encoding import parse
from engine.case import Case, Done, Task
from engine.case.tasks import spell_of

_FREED = ("task_released", "task_declined")


def at_instant(store: Store, held: Held, at: datetime) -> Case:
    """The case at `at`, for asking `engine.access`; one that was not opened yet has no task."""
    told = store.cases.events(held.id)
    past = _Past({one.id: one for one in store.steps.tasks(_tasks_of(told))})
    for one in told:
        if one.recorded_at <= at:
            past.hear(one, parse(one.body))
    later = [parse(one.body) for one in told if one.recorded_at > at and one.kind == "task_reassigned"]
    return past.case(held.case, [one for one in later if not one.get("own")])


def _tasks_of(told: Any) -> list[str]:
    return list({str(parse(one.body)["task"]) for one in told if one.kind == "task_opened"})


class _Past:
    """What the events so far make of a case; `known`: its tasks as they were held last."""

    def __init__(self, known: dict[str, Task]) -> None:
        self.known = known
        self.open: dict[str, Task] = {}
        self.gone: dict[str, Task] = {}
        self.opened: list[str] = []
        self.done: dict[str, Done] = {}
        self.suspended, self.closed, self.state = "", False, ""

    def hear(self, row: Any, body: dict[str, Any]) -> None:
        id = str(body.get("task", ""))
        if row.kind.startswith("task_") and id in self.known:
            self._task(row, id, body)
        elif row.kind == "state_changed":
            self.state = str(body.get("after", ""))
        elif row.kind in ("case_suspended", "case_resumed"):
            self.suspended = ("process" if body.get("whole") else "case") if row.kind == "case_suspended" else ""
        elif row.kind in ("case_closed", "case_reopened"):
            self.closed = row.kind == "case_closed"

    def _task(self, row: Any, id: str, body: dict[str, Any]) -> None:
        if row.kind in ("task_opened", "task_reopened"):
            fresh = replace(self.known[id], **_begun(row, body))
            self.open[id] = self.gone.get(id, fresh)  # taken back, it is held by whoever held it last
            self.opened.append(id)
            self.done.pop(id, None)
        elif row.kind in ("task_completed", "task_cancelled"):
            gone = self.gone[id] = self.open.pop(id, self.known[id])
            if row.kind == "task_completed":
                self.done[id] = Done(gone.element, row.by, row.at, gone.unit)
        elif id in self.open:
            self.open[id] = replace(self.open[id], **_held(row, body))

    def case(self, now: Case, later: list[dict[str, Any]]) -> Case:
        """`later`: bodies of events that since named further people on a Surat Tugas."""
        tasks = tuple(_unnamed(one, later) for one in self.open.values())
        spells = tuple(spell for id in self.opened for spell in spell_of(now, self.known[id]))
        return replace(
            now,
            tasks=tasks,
            done=tuple(self.done.values()),
            spells=spells,
            suspended=self.suspended,
            closed=self.closed,
            state=self.state or now.state,
        )


def _begun(row: Any, body: dict[str, Any]) -> dict[str, Any]:
    """By whom a task is held as it opens: one that takes another's place, by whoever held that."""
    by = body.get("held")
    return {"assignee": UUID(by) if by else None, "claimed_at": row.at if by else None}


def _held(row: Any, body: dict[str, Any]) -> dict[str, Any]:
    if row.kind == "task_claimed":
        return {"assignee": row.by, "claimed_at": row.at}
    if row.kind == "task_reassigned":
        return {"assignee": UUID(str(body["to"])), "claimed_at": row.at}
    return {"assignee": None, "claimed_at": None} if row.kind in _FREED else {}


def _unnamed(task: Task, later: list[dict[str, Any]]) -> Task:
    gone = {str(one["to"]) for one in later if one["task"] == task.id}
    if not task.named & gone:
        return task
    return replace(task, properties={**task.properties, "named": ",".join(sorted(task.named - gone))})
