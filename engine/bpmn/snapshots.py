"""The state of a case as compact text of our own: tasks parent first, each with what it changed.

Format 1: `{"v": 1, "process": key, "top": flow, "inner": [[parent task id, flow], …]}`;
a flow is `{"specs": [names], "rows": [row, …], "last": row index or -1, "done": bool,
"success": bool, "data": {…}}`.  A row is `[parent row, spec index, state]` for tasks
that are only foreseen, followed by `id, rank, triggered, internal, updates, deletions`
for the others.  A decimal is `{"$exact": "2.5"}`.  It is text and stays text: a store that sorts keys would do no harm
to the rows, but re-writing them buys nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.plain import copied
from engine.errors import Incident

VERSION = 1
_EXACT = "$exact"
FORESEEN = TaskState.PREDICTED_MASK | TaskState.FUTURE
# What a task needs to go on after a restart; the rest of its internal data serves one step only.
KEPT = ("event_fired", "payload", "merged", "remaining", "key_or_index", "item", "count", "rounds")


def dump(process: str, workflow: Any) -> str:
    """A workflow at rest as text."""
    inner = [[str(key), _flow(one)] for key, one in _parents_first(workflow)]
    state = {"v": VERSION, "process": process, "top": _flow(workflow), "inner": inner}
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"), default=_written)


def _written(value: Any) -> dict[str, str]:
    """A decimal as JSON: a number there would come back as a float."""
    if isinstance(value, Decimal):
        return {_EXACT: str(value)}
    raise TypeError(f"{type(value).__name__} cannot stand in a snapshot")


def _read_back(found: dict[str, Any]) -> Any:
    return Decimal(found[_EXACT]) if found.keys() == {_EXACT} else found


def _parents_first(workflow: Any) -> list[tuple[UUID, Any]]:
    return sorted(workflow.subprocesses.items(), key=lambda pair: pair[1].depth)


def depth_first(root: Any) -> Iterator[Any]:
    """A task and all below it, parents before children, without recursion or depth limit."""
    pending = [root]
    while pending:
        task = pending.pop()
        yield task
        pending.extend(reversed(task.children))


def _flow(workflow: Any) -> dict[str, Any]:
    tasks = list(depth_first(workflow.task_tree))
    place = {task.id: index for index, task in enumerate(tasks)}
    names = sorted({task.task_spec.name for task in tasks})
    spec = {name: index for index, name in enumerate(names)}
    seen = [task for task in tasks if not _foreseen(task)]
    order = sorted(seen, key=lambda task: (task.last_state_change, place[task.id]))
    rank = {task.id: index for index, task in enumerate(order)}
    last = workflow.last_task
    return {
        "specs": names,
        "rows": [_row(task, place, spec, rank) for task in tasks],
        "last": place.get(last.id, -1) if last is not None else -1,
        "done": workflow.completed,
        "success": workflow.success,
        "data": workflow.data,
    }


def _foreseen(task: Any) -> bool:
    """Predicted and untouched: a fresh one on loading does as well."""
    return bool(task.has_state(FORESEEN)) and not task.data and not task.triggered


def _row(task: Any, place: dict[UUID, int], spec: dict[str, int], rank: dict[UUID, int]) -> list[Any]:
    parent = task.parent
    head = [-1 if parent is None else place[parent.id], spec[task.task_spec.name], task.state]
    if _foreseen(task):
        return head
    before = {} if parent is None else parent.data
    updates = {key: one for key, one in task.data.items() if key not in before or before[key] != one}
    deletions = [key for key in before if key not in task.data]
    return [*head, task.id.hex, rank[task.id], int(task.triggered), _internal(task), updates, deletions]


def _internal(task: Any) -> dict[str, Any]:
    return {key: one for key, one in task.internal_data.items() if key in KEPT or key.startswith("due ")}


def load(text: str, specs: Any, engine: Any) -> tuple[str, Any]:
    """The process key and the workflow of a snapshot.

    `specs(process)` answers the specification and those it calls.  Raise
    Incident for another format or for elements the definition does not hold.
    """
    state = json.loads(text, object_hook=_read_back if f'"{_EXACT}"' in text else None)
    if not isinstance(state, dict) or state.get("v") != VERSION:
        raise Incident("", "Bentuk keadaan berkas tidak dikenal")
    spec, inner = specs(state["process"])
    workflow = BpmnWorkflow(spec, inner, script_engine=engine, deserializing=True)
    _fill(workflow, state["top"])
    for parent, flow in state["inner"]:
        _fill_inner(workflow, UUID(parent), flow)
    _order_waits(workflow)
    return state["process"], workflow


def _order_waits(workflow: Any) -> None:
    """Waits are served in the order in which they began, as in a workflow that was never saved."""
    waits = workflow.event_manager.tasks
    ordered = sorted(waits.items(), key=lambda pair: pair[1].last_state_change)
    waits.clear()
    waits.update(ordered)


def _fill_inner(top: Any, parent: UUID, flow: dict[str, Any]) -> None:
    task = top.get_task_from_id(parent)
    inner = BpmnSubWorkflow(top.subprocess_specs[task.task_spec.spec], parent, top, deserializing=True)
    top.subprocesses[parent] = inner
    _fill(inner, flow)
    inner.completed_event.connect(task.task_spec._on_subworkflow_completed, task)


def _fill(workflow: Any, flow: dict[str, Any]) -> None:
    specs = [_spec(workflow, name) for name in flow["specs"]]
    tasks: list[Any] = []
    for row in flow["rows"]:
        parent = tasks[row[0]] if row[0] >= 0 else None
        tasks.append(_task(workflow, parent, specs[row[1]], row))
    workflow.task_tree = tasks[0]
    workflow.last_task = tasks[flow["last"]] if flow["last"] >= 0 else None
    workflow.completed = flow["done"]
    workflow.success = flow["success"]
    workflow.data = flow["data"]


def _spec(workflow: Any, name: str) -> Any:
    try:
        return workflow.spec.task_specs[name]
    except KeyError as error:
        raise Incident(name, "Elemen ini tidak ada lagi dalam diagram") from error


def _task(workflow: Any, parent: Any, spec: Any, row: list[Any]) -> Any:
    seen = len(row) > 3
    task = Task(workflow, spec, parent, state=row[2], id=UUID(row[3]) if seen else None)
    # Ranks are far below any clock, so what happens from now on comes later.
    task.last_state_change = row[4] if seen else 0
    if seen:
        task.triggered, task.internal_data = bool(row[5]), row[6]
        task.data = _data(task, parent, row[7], row[8])
        if task.state == TaskState.WAITING and isinstance(spec, CatchingEvent):
            workflow.top_workflow.event_manager.add_task(task)
    return task


def _data(task: Any, parent: Any, updates: dict[str, Any], deletions: list[str]) -> dict[str, Any]:
    before = {} if parent is None else parent.data
    data = {key: one for key, one in before.items() if key not in deletions}
    # SpiffWorkflow changes containers of live tasks in place; the finished ones may share.
    if not task.has_state(TaskState.FINISHED_MASK):
        data = copied(data)
    return {**data, **updates}
