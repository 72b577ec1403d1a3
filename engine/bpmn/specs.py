"""Task specifications of our own: joins that lose nothing, lists that start anew, boundaries that see inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import SimpleBpmnTask, _EndJoin
from SpiffWorkflow.bpmn.specs.data_spec import TaskDataReference
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.plain import copied, lookup, three_way

OPEN = TaskState.WAITING | TaskState.READY | TaskState.STARTED


def ancestors(task: Any) -> Iterator[Any]:
    """`task`'s parents, nearest first."""
    parent = task.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def round_start(my_task: Any) -> Any:
    """The token of the same element in the round before, or the root: joins look no further back."""
    previous = None
    for previous in ancestors(my_task):
        if previous.task_spec is my_task.task_spec:
            return previous
    return previous


def arrivals(my_task: Any) -> list[Any]:
    """The other tokens of this round that reached the same join, in the order they came."""
    start = round_start(my_task)
    rivals = [one for one in my_task.workflow.tasks.values() if one.task_spec is my_task.task_spec]
    same_round = [one for one in rivals if one is not my_task and round_start(one) is start]
    arrived = [one for one in same_round if one.parent.state == TaskState.COMPLETED and one is not start]
    return sorted(arrived, key=lambda one: one.last_state_change)


def joined(tasks: list[Any]) -> dict[str, Any]:
    """The data of several branches, each key as the branch that changed it last left it."""
    ends = sorted((one.parent for one in tasks), key=lambda one: one.last_state_change)
    common = [[one, *ancestors(one)] for one in ends]
    fork = next((one for one in common[0] if all(one in line for line in common)), None)
    return three_way(fork.data if fork else {}, [one.data for one in ends])


class ParallelGateway(defaults.ParallelGateway):  # type: ignore[misc]
    """A join counts only this round's branches and merges what each of them changed.

    SpiffWorkflow counts cancelled tokens of earlier rounds and merges the
    branches' whole data, so that a late branch overwrites news with what it
    knew before the fork.
    """

    def _check_threshold_unstructured(self, my_task: Any) -> bool:
        here = [my_task] if my_task.parent.state == TaskState.COMPLETED else []
        came = {one.parent.task_spec.name for one in (*arrivals(my_task), *here)}
        return set(self._inputs) <= came

    def _run_hook(self, my_task: Any) -> bool:
        my_task.data = joined([*arrivals(my_task), my_task])
        return True


class EndJoin(_EndJoin):  # type: ignore[misc]
    """The end of a flow: merges like a join what branches with ends of their own left."""

    def _run_hook(self, my_task: Any) -> bool:
        my_task.data = joined([*arrivals(my_task), my_task])
        my_task.workflow.data.update(my_task.data)
        return True


class Process(BpmnProcessSpec):  # type: ignore[misc]
    """A process or embedded sub-process that ends in our own join."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.task_specs = {"Start": self.start}
        self.end: Any = EndJoin(self, f"{self.name}.EndJoin")
        self.end.connect(SimpleBpmnTask(self, "End"))


class DataPath(TaskDataReference):  # type: ignore[misc]
    """The list of a multi-instance, found by a dotted path (`tentukan.instansi`)."""

    def get(self, my_task: Any) -> Any:
        return lookup(self.bpmn_id, my_task.data)

    def exists(self, my_task: Any) -> bool:
        return self.get(my_task) is not None


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
            my_task.workflow.script_engine.fault(my_task, f"Daftar {self.data_input.bpmn_id} tidak ada")
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
        flow = top.subprocesses.pop(key)
        flow.tasks.clear()
    for task in list(top.event_manager.tasks.values()):
        if task.id not in task.workflow.tasks:
            top.event_manager.remove_task(task)
    if orphans:
        sweep(top)


class ParallelMultiInstance(_Lists, defaults.ParallelMultiInstanceTask):  # type: ignore[misc]
    """One token per member of a list, all at once."""


class SequentialMultiInstance(_Lists, defaults.SequentialMultiInstanceTask):  # type: ignore[misc]
    """One token per member of a list, one after the other."""


class Boundary(defaults.BoundaryEvent):  # type: ignore[misc]
    """A boundary event whose branch sees what was entered inside the activity it left."""

    def _run_hook(self, my_task: Any) -> Any:
        main = next(one for one in my_task.parent.children if not isinstance(one.task_spec, BoundaryEvent))
        my_task.data.update(inner_data(main))
        return super()._run_hook(my_task)


def inner_data(task: Any) -> dict[str, Any]:
    """The data of an activity as it stands, its open inner tokens joined."""
    inside = task.workflow.top_workflow.subprocesses.get(task.id)
    if inside is None or not isinstance(task.task_spec, SubWorkflowTask):
        return copied(task.data)  # type: ignore[no-any-return]
    fronts = [one for one in inside.tasks.values() if one.has_state(OPEN) and not _has_open_child(one)]
    fronts.sort(key=lambda one: one.last_state_change)
    return three_way(task.data, [_front_data(one) for one in fronts])


def _has_open_child(task: Any) -> bool:
    return any(child.has_state(OPEN) and not child.triggered for child in task.children)


def _front_data(task: Any) -> dict[str, Any]:
    if task.triggered:
        return {}
    if isinstance(task.task_spec, ParallelGateway | EndJoin):
        return dict(task.parent.data)
    return inner_data(task)


class ServiceTask(defaults.ServiceTask):  # type: ignore[misc]
    """Calls a service of the catalogue by name; its answer goes under the result variable."""

    def __init__(self, wf_spec: Any, bpmn_id: str, service: str, params: Any, result: str, **kw: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kw)
        self.service = service
        self.params = params
        self.result = result

    def _execute(self, task: Any) -> bool:
        task.workflow.script_engine.serve(task)
        return True


class RuleTask(defaults.NoneTask):  # type: ignore[misc]
    """Asks a decision table; its outputs go under the task's own id."""

    def __init__(self, wf_spec: Any, bpmn_id: str, table: Any, **kw: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kw)
        self.table = table
        self.manual = False

    def _run_hook(self, my_task: Any) -> bool:
        my_task.workflow.script_engine.decide(my_task)
        return True
