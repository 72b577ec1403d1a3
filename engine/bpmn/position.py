"""Where a case stands after a step, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask, MultiInstanceTask
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.definition import Definition
from engine.bpmn.elements import Element
from engine.bpmn.joins import OPEN, ancestors
from engine.bpmn.parser import names_of, timers_of
from engine.bpmn.plain import copied
from engine.bpmn.snapshots import depth_first, dump
from engine.bpmn.specs import flow_data
from engine.effects import Effect


@dataclass(frozen=True)
class OpenTask:
    """A user task that waits for someone.

    `id` stays the same through save and restore and while other tasks are
    completed; `item` is the member of the nearest enclosing multi-instance;
    `named` are the people whom `namedBy` points to, none when it stands open to the role.
    """

    id: str
    element: str
    name: str
    role: str
    form_key: str
    item: Any = None
    properties: Mapping[str, str] = field(default_factory=dict)
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Position:
    """A case at rest.

    `waiting`: message and signal names awaited now, sorted; `wake_at`: the earliest
    waiting timer, UTC; `ends` and `passed`: end events and elements (with the
    flows taken) of the step that led here, in order; `data`: the process data,
    branches joined; `active`: ids of the elements where the case stands now,
    waiting events and running sub-processes included, sorted.
    """

    snapshot: str
    tasks: tuple[OpenTask, ...]
    waiting: tuple[str, ...]
    wake_at: datetime | None
    ended: bool
    ends: tuple[str, ...]
    passed: tuple[str, ...]
    effects: tuple[Effect, ...]
    data: Mapping[str, Any]
    active: tuple[str, ...] = ()


class Trail:
    """The elements completed in a step, each with the elements that follow it."""

    def __init__(self) -> None:
        self.count = 0
        self.steps: list[tuple[str, str, tuple[str, ...]]] = []

    def note(self, task: Any) -> None:
        """Record a task that SpiffWorkflow has just run.

        A multi-instance is told by its members; it stands for itself only when its list was empty.
        """
        self.count += 1
        if not task.has_state(TaskState.FINISHED_MASK):
            return  # a service that answered with an error: its boundary event tells where the case went
        element = _element_id(task.task_spec)
        followers = [] if task.triggered else [one for one in task.children if not one.triggered]
        targets = tuple(filter(None, (_element_id(one.task_spec) for one in followers)))
        silent = isinstance(task.task_spec, BoundaryEventSplit) or any(one.triggered for one in task.children)
        if element and (targets or not silent):
            self.steps.append(("" if silent else element, element, targets))


def _element_id(spec: Any) -> str:
    """The diagram's id behind a specification; the split around boundary events stands for its activity."""
    if getattr(spec, "bpmn_id", None):
        return str(spec.bpmn_id)
    name = str(spec.name)
    if name.endswith(".BoundaryEventSplit"):
        return name.removesuffix(".BoundaryEventSplit")
    # A repetition has no id of its own: it bears the name of its activity.
    return name if isinstance(spec, LoopTask) else ""


def position(
    definition: Definition,
    process: str,
    workflow: Any,
    trail: Trail,
    effects: tuple[Effect, ...],
    snapshot: str = "",
) -> Position:
    """Describe a workflow at rest; `snapshot` is dumped unless it is given."""
    passed = _passed(definition.ways(process), trail)
    scope = definition.scope(process)
    return Position(
        snapshot=snapshot or dump(process, workflow),
        tasks=tuple(_open_task(task, scope[_element_id(task.task_spec)]) for task in _ready(workflow)),
        waiting=tuple(sorted({name for task in _waiting(workflow) for name in names_of(task)})),
        wake_at=min((timer.due(task) for task in _waiting(workflow) for timer in timers_of(task)), default=None),
        ended=bool(workflow.is_completed()),
        ends=tuple(one for one in passed if one in scope and scope[one].kind == "endEvent"),
        passed=passed,
        effects=effects,
        data=_data(workflow),
        active=_active(workflow),
    )


def _ready(workflow: Any) -> list[Any]:
    """Open user tasks in the order of the flow, inner flows at their activity's place."""
    found: list[Any] = []
    for task in depth_first(workflow.task_tree):
        inner = workflow.top_workflow.subprocesses.get(task.id)
        if inner is not None:
            found.extend(_ready(inner))
        if task.state == TaskState.READY and task.task_spec.manual:
            found.append(task)
    return found


def _waiting(workflow: Any) -> list[Any]:
    return list(workflow.event_manager.tasks.values())


def _open_task(task: Any, element: Element) -> OpenTask:
    return OpenTask(
        id=str(task.id),
        element=element.id,
        name=element.name,
        role=element.role,
        form_key=element.form_key,
        item=_item(task),
        properties=element.properties,
        named=_named(task.data, element.properties.get("namedBy", "")),
    )


def _named(data: Any, path: str) -> tuple[str, ...]:
    """The list of process data that the path leads to: `jadwalkan.anggota`."""
    for part in path.split("."):
        data = data.get(part) if isinstance(data, Mapping) else None
    return tuple(str(one) for one in data) if isinstance(data, (list, tuple)) else ()


def item_spec(task: Any, which: str) -> str:
    """The name of a multi-instance's item for a task that is one of its members; "" for other tasks."""
    parent = task.parent
    if parent is not None and task.triggered and isinstance(parent.task_spec, MultiInstanceTask):
        return str(getattr(parent.task_spec, which).bpmn_id)
    return ""


def _item(task: Any) -> Any:
    """The member that the nearest enclosing multi-instance handed to this task's branch."""
    while task is not None:
        for one in (task, *ancestors(task)):
            name = item_spec(one, "input_item")
            if name:
                return copied(one.data.get(name))
        holder = getattr(task.workflow, "parent_task_id", None)
        task = task.workflow.top_workflow.get_task_from_id(holder) if holder else None
    return None


def _passed(ways: Mapping[tuple[str, str], tuple[str, ...]], trail: Trail) -> tuple[str, ...]:
    passed: list[str] = []
    for element, source, targets in trail.steps:
        passed.extend([element] if element else [])
        passed.extend(flow for target in targets for flow in ways.get((source, target), ()))
    return tuple(passed)


def _active(workflow: Any) -> tuple[str, ...]:
    """Elements with an open token, in this flow and the inner ones."""
    flows = (workflow, *workflow.get_active_subprocesses())
    tasks = (task for flow in flows for task in flow.tasks.values() if task.has_state(OPEN))
    return tuple(sorted({element for task in tasks if (element := _element_id(task.task_spec))}))


def _data(workflow: Any) -> dict[str, Any]:
    """The data as it stands: of the end, or of all open branches joined."""
    if workflow.is_completed():
        last = workflow.last_task
        return copied(last.data if last is not None else workflow.data)  # type: ignore[no-any-return]
    return flow_data(workflow) or copied(workflow.task_tree.data)
