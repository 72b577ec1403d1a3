"""Moving a token: an open task is given up, and the case goes on from another element of the same flow.

The finished part of the tree stays; what is open at the task, its boundary
events too, ends there.  A token never changes branches: where flows run side by
side a join counts on what each of them brings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.definition import Definition
from engine.bpmn.elements import ACTIVITIES, Element
from engine.bpmn.instance import _open_task, _restored
from engine.bpmn.joins import OPEN, EndJoin, InclusiveGateway, ParallelGateway
from engine.bpmn.plain import copied
from engine.bpmn.position import Position
from engine.bpmn.snapshots import depth_first
from engine.bpmn.stepping import StepContext, name_of
from engine.errors import Refused

TARGETS = (*ACTIVITIES, "exclusiveGateway", "eventBasedGateway", "intermediateCatchEvent", "endEvent")
SIDE_BY_SIDE = (ParallelGateway, InclusiveGateway)


def relocate(definition: Definition, snapshot: str, task_id: str, element: str, context: StepContext) -> Position:
    """Where the case stands when the token of an open task goes on at `element`; nothing given is changed.

    Raises TaskNotOpen, Refused with what stands in the way, Incident when the
    diagram or a service fails on the way from there.
    """
    step = _restored(definition, snapshot, context)
    task = _open_task(step.workflow, task_id)
    entry = _entry(task, definition.scope(step.process).get(element), element)
    _refuse_other_branch(task, entry)
    return step.move(lambda: _go(task, entry))


def _entry(task: Any, target: Element | None, element: str) -> Any:
    """The specification at which a token enters `element`, before the events on its boundary."""
    specs = task.workflow.spec.task_specs
    if target is None or element not in specs:
        raise Refused("%(element)s tidak ada di bagian alur yang sama dengan tugas itu.", element=element)
    if target.kind not in TARGETS or isinstance(specs[element], LoopTask):
        raise Refused("%(element)s bukan tempat sebuah langkah dapat dipindahkan ke sana.", element=element)
    if task.triggered or name_of(task) == element:
        raise Refused("Tugas ini tidak dapat dipindahkan ke sana: ia bagian dari pengulangan, atau sudah di situ.")
    return specs.get(f"{element}.BoundaryEventSplit", specs[element])


def _refuse_other_branch(task: Any, entry: Any) -> None:
    region = _region(entry)
    if task.task_spec in region:
        return
    begins = task.workflow.spec.start in region
    if not begins or any(one.has_state(OPEN) for one in _others(task)):
        raise Refused(
            "%(element)s ada di cabang lain dari langkah yang berjalan berdampingan; pertemuannya akan menunggu.",
            element=name_of(task) if begins else entry.bpmn_id or entry.name.removesuffix(".BoundaryEventSplit"),
        )


def _region(spec: Any) -> set[Any]:
    """All specifications that a token can share a way with: not past a gateway where branches part or meet, nor past an
    event beside an activity, which begins a branch that nobody waits for.
    """
    found: set[Any] = set()
    pending = [spec]
    while pending:
        one = pending.pop()
        beside = isinstance(one, BoundaryEvent) and not one.cancel_activity
        if one not in found and not beside and not isinstance(one, (*SIDE_BY_SIDE, EndJoin)):
            found.add(one)
            pending.extend((*one.inputs, *one.outputs))
    return found


def _others(task: Any) -> Iterator[Any]:
    """The tasks of the same flow that do not end with this one."""
    mine = {one.id for one in depth_first(anchor(task))}
    return (one for one in task.workflow.tasks.values() if one.id not in mine)


def anchor(task: Any) -> Any:
    """The task itself, or the split that holds it and the events on its boundary."""
    return task.parent if isinstance(task.parent.task_spec, BoundaryEventSplit) else task


def _go(task: Any, entry: Any) -> None:
    around = anchor(task)
    data, parent = copied(task.data), around.parent
    around.cancel()
    moved = parent._add_child(entry, TaskState.FUTURE)
    moved.data = data
    entry._predict(moved, mask=TaskState.NOT_FINISHED_MASK)
    entry._update(moved)
