"""Repetition: members of a list, a counted number of times, or while a condition holds."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.data_spec import TaskDataReference
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.plain import copied, lookup
from engine.errors import Finding

MAX_ROUNDS = 1000


class DataPath(TaskDataReference):  # type: ignore[misc]
    """The list of a multi-instance, found by a dotted path (`tentukan.instansi`)."""

    def get(self, my_task: Any) -> Any:
        return lookup(self.bpmn_id, my_task.data)

    def exists(self, my_task: Any) -> bool:
        return self.get(my_task) is not None


class Count(TaskDataReference):  # type: ignore[misc]
    """The members of a counted repetition: 1, 2, … as many as an expression says when it is entered."""

    def get(self, my_task: Any) -> Any:
        if "count" not in my_task.internal_data:
            my_task.internal_data["count"] = self._count(my_task)
        return list(range(1, my_task.internal_data["count"] + 1))

    def exists(self, my_task: Any) -> bool:
        return True

    def _count(self, my_task: Any) -> int:
        engine = my_task.workflow.script_engine
        found = engine.evaluate(my_task, self.bpmn_id)
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= MAX_ROUNDS:
            engine.fault(
                my_task,
                Finding(
                    "Jumlah ulangan %(name)s bukan bilangan 0 sampai %(most)s",
                    name=self.bpmn_id,
                    most=MAX_ROUNDS,
                ),
            )
        return int(found)


class _Lists:
    """Multi-instance over a list: results in the list's order, begun anew each time it is entered."""

    data_input: Any
    input_item: Any
    data_output: Any
    output_item: Any

    def init_data_output_with_input_data(self, my_task: Any, input_data: Any) -> None:
        self.data_output.set(my_task, [])

    def _update_hook(self, my_task: Any) -> Any:
        my_task._inherit_data()
        if not isinstance(self.data_input.get(my_task), list):
            my_task.workflow.script_engine.fault(
                my_task, Finding("Daftar %(name)s tidak ada", name=self.data_input.bpmn_id)
            )
        return super()._update_hook(my_task)  # type: ignore[misc]

    def create_child(self, my_task: Any, item: Any, key_or_index: Any = None) -> None:
        for one in (self.input_item, self.output_item):
            my_task.data.pop(one.bpmn_id, None)
        super().create_child(my_task, item, key_or_index)  # type: ignore[misc]

    def _on_cancel(self, my_task: Any) -> None:
        """SpiffWorkflow has dropped the members already; what they ran and waited for must go too."""
        super()._on_cancel(my_task)  # type: ignore[misc]
        sweep(my_task.workflow.top_workflow)

    def merge_child(self, workflow: Any, child: Any) -> None:
        if not self.output_item.exists(child):
            self.output_item.set(child, None)
        super().merge_child(workflow, child)  # type: ignore[misc]
        my_task = child.parent
        done = [one for one in self._instances(my_task) if one.state == TaskState.COMPLETED]  # type: ignore[attr-defined]
        done.sort(key=lambda one: one.internal_data["key_or_index"])
        self.data_output.set(my_task, [copied(self.output_item.get(one)) for one in done])


def sweep(top: Any) -> None:
    """Forget inner flows and waits whose task has left the tree."""
    flows = (top, *top.subprocesses.values())
    orphans = [key for key in top.subprocesses if not any(key in one.tasks for one in flows)]
    for key in orphans:
        # Its tasks stay where they are: the step may be walking through this very flow.
        for task in top.subprocesses.pop(key).tasks.values():
            if not task.has_state(TaskState.FINISHED_MASK):
                task._set_state(TaskState.CANCELLED)
    for task in list(top.event_manager.tasks.values()):
        if task.id not in task.workflow.tasks or task.state != TaskState.WAITING:
            top.event_manager.remove_task(task)
    if orphans:
        sweep(top)


class ParallelMultiInstance(_Lists, defaults.ParallelMultiInstanceTask):  # type: ignore[misc]
    """One token per member of a list, all at once."""


class SequentialMultiInstance(_Lists, defaults.SequentialMultiInstanceTask):  # type: ignore[misc]
    """One token per member of a list, one after the other."""


class StandardLoop(defaults.StandardLoopTask):  # type: ignore[misc]
    """One round after the other while a condition holds, at most as often as it says; each sees the last one's data.

    SpiffWorkflow keeps every round in the tree and merges data deeply; here
    only the last round stays, and its data are the data.
    """

    def _update_hook(self, my_task: Any) -> Any:
        my_task._inherit_data()
        return super()._update_hook(my_task)

    def loop_complete(self, my_task: Any) -> bool:
        rounds = my_task.internal_data.get("rounds", 0)
        if rounds >= min(self.maximum or MAX_ROUNDS, MAX_ROUNDS):
            return True
        return self.condition is not None and not my_task.workflow.script_engine.evaluate(my_task, self.condition)

    def merge_child(self, workflow: Any, child: Any) -> None:
        my_task = child.parent
        my_task.data = copied(child.data)
        my_task.internal_data["rounds"] = my_task.internal_data.get("rounds", 0) + 1
        if self.loop_complete(my_task):
            my_task._set_state(TaskState.READY)
            return
        _forget(my_task, child)
        self.create_child(my_task)

    def _on_cancel(self, my_task: Any) -> None:
        super()._on_cancel(my_task)
        sweep(my_task.workflow.top_workflow)


def _forget(my_task: Any, last: Any) -> None:
    """Take the finished rounds before the last one out of the tree."""
    for old in [one for one in my_task.children if one.triggered and one is not last]:
        my_task._children.remove(old.id)
        my_task.workflow.tasks.pop(old.id, None)
        my_task.workflow.top_workflow.subprocesses.pop(old.id, None)
