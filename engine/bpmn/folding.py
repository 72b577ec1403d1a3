"""Folding: finished rounds of a loop leave the tree, so that a case stays small and never goes deaf.

SpiffWorkflow keeps every finished task; each round makes the tree deeper, and
below depth 1000 it no longer looks.  When an element occurs twice on the way to
an open task, the second may hang in the first one's place, provided nothing
between them is still open.  History lives in the case file, not in the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.bpmn.joins import OPEN, EndJoin, ancestors
from engine.bpmn.snapshots import depth_first

FINISHED = TaskState.FINISHED_MASK


def prune(workflow: Any) -> None:
    """Forget the inside of finished sub-processes; their data has gone up already."""
    top = workflow
    finished = [key for key, one in top.subprocesses.items() if _over(top, one)]
    for key in finished:
        top.subprocesses.pop(key, None)


def _over(top: Any, inner: Any) -> bool:
    """Whether the activity of an inner flow, or one above it, is finished or gone."""
    while inner is not None and inner is not top:
        holder = top.get_task_from_id(inner.parent_task_id) if _known(top, inner.parent_task_id) else None
        if holder is None or holder.has_state(FINISHED):
            return True
        inner = holder.workflow
    return False


def _known(top: Any, task_id: Any) -> bool:
    flows = (top, *top.subprocesses.values())
    return any(task_id in one.tasks for one in flows)


def fold(workflow: Any) -> None:
    """Fold the finished rounds of a workflow and of its inner flows."""
    for one in (workflow, *workflow.subprocesses.values()):
        while _fold_once(one):
            pass
    prune(workflow)


def _fold_once(flow: Any) -> bool:
    """Fold the outermost round that can go; False when there is none."""
    for leaf in [one for one in flow.tasks.values() if one.has_state(OPEN)]:
        path = [leaf, *ancestors(leaf)][::-1]
        for old, new in _repeats(path):
            if _may_go(old, new):
                _splice(flow, old, new)
                return True
    return False


def _repeats(path: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Pairs of tasks of one element, outermost and widest first."""
    last = {task.task_spec.name: task for task in path}
    for task in path[1:]:
        if last[task.task_spec.name] is not task:
            yield task, last[task.task_spec.name]


def _may_go(old: Any, new: Any) -> bool:
    stretch = []
    for task in ancestors(new):
        stretch.append(task)
        if task is old:
            break
    if any(task.state != TaskState.COMPLETED or task.triggered for task in stretch) or new.triggered:
        return False
    on_path = {task.id for task in stretch} | {new.id}
    sides = (child for task in stretch for child in task.children if child.id not in on_path)
    return all(_may_leave(task) for side in sides for task in depth_first(side))


def _may_leave(task: Any) -> bool:
    """Whether nobody needs a task beside the way: it is finished, and no end of the flow awaits its data."""
    return bool(task.has_state(FINISHED)) and not isinstance(task.task_spec, EndJoin)


def _splice(flow: Any, old: Any, new: Any) -> None:
    parent, before = old.parent, new.parent
    parent._children[parent._children.index(old.id)] = new.id
    before._children.remove(new.id)
    new._parent = parent.id
    for task in list(depth_first(old)):
        flow.tasks.pop(task.id)
        flow.top_workflow.subprocesses.pop(task.id, None)
    if flow.last_task is not None and flow.last_task.id not in flow.tasks:
        flow.last_task = None
