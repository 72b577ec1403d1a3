"""Task specifications of our own: joins that lose nothing, lists that start anew, boundaries that see inside."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
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


def meeting(tasks: list[Any]) -> Any:
    """The last task from which all of `tasks` descend."""
    lines = [[one, *ancestors(one)] for one in tasks]
    others = [{one.id for one in line} for line in lines[1:]]
    return next(one for one in lines[0] if all(one.id in line for line in others))


def same_round(my_task: Any, rival: Any) -> bool:
    """Whether two tokens of one join came from one activation of their fork.

    Not when mine has gone round and through that fork, or through the join,
    again since they parted.
    """
    fork = meeting([my_task, rival])
    if fork is my_task or fork is rival:
        return False
    way = itertools.takewhile(lambda one: one is not fork, ancestors(my_task))
    return not any(one.task_spec in (fork.task_spec, my_task.task_spec) for one in way)


def arrivals(my_task: Any) -> list[Any]:
    """The other tokens that reached the same join, of whatever round."""
    rivals = [one for one in my_task.workflow.tasks.values() if one.task_spec is my_task.task_spec]
    return [one for one in rivals if one is not my_task and one.parent.state == TaskState.COMPLETED]


def merged(tasks: list[Any], data_of: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """The data of parallel tokens: at each fork, every key as the branch that changed it last left it."""
    if len(tasks) == 1:
        return data_of(tasks[0])
    fork = meeting(tasks)
    branches: dict[Any, list[Any]] = {}
    for task in tasks:
        line = itertools.takewhile(lambda one: one is not fork, (task, *ancestors(task)))
        branches.setdefault([fork, *line][-1], []).append(task)
    ordered = sorted(branches.items(), key=lambda pair: max(one.last_state_change for one in pair[1]))
    return three_way(fork.data, [_own(head, merged(ones, data_of)) for head, ones in ordered])


def _own(head: Any, data: dict[str, Any]) -> dict[str, Any]:
    """What a branch made itself; one beside a running activity was only shown what stood inside it."""
    if not isinstance(head.task_spec, BoundaryEvent) or head.task_spec.cancel_activity:
        return data
    shown = {key: one for key, one in head.data.items() if key != head.task_spec.bpmn_id}
    return {key: one for key, one in data.items() if key not in shown or shown[key] != one}


def joined(my_task: Any, others: list[Any]) -> dict[str, Any]:
    """The data that branches bring to a join."""
    ends = [one.parent for one in (*others, my_task)]
    return copied(merged(list(dict.fromkeys(ends)), lambda one: one.data))  # type: ignore[no-any-return]


class ParallelGateway(defaults.ParallelGateway):  # type: ignore[misc]
    """A join counts only this round's branches and merges what each of them changed.

    SpiffWorkflow counts cancelled tokens of earlier rounds and merges the
    branches' whole data, so that a late branch overwrites news with what it
    knew before the fork.
    """

    def _check_threshold_unstructured(self, my_task: Any) -> bool:
        here = [my_task] if my_task.parent.state == TaskState.COMPLETED else []
        came = {one.parent.task_spec.name for one in (*self.arrived(my_task), *here)}
        return set(self._inputs) <= came

    def arrived(self, my_task: Any) -> list[Any]:
        """The other tokens of this round."""
        return [one for one in arrivals(my_task) if same_round(my_task, one)]

    def _run_hook(self, my_task: Any) -> bool:
        my_task.data = joined(my_task, self.arrived(my_task))
        return True


class EndJoin(_EndJoin):  # type: ignore[misc]
    """The end of a flow: merges like a join what branches with ends of their own left."""

    def arrived(self, my_task: Any) -> list[Any]:
        """All other tokens that have ended."""
        return arrivals(my_task)

    def _run_hook(self, my_task: Any) -> bool:
        my_task.data = joined(my_task, self.arrived(my_task))
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
    return flow_data(inside) or copied(task.data)


def flow_data(flow: Any) -> dict[str, Any] | None:
    """The data of a flow as it stands, its open tokens merged; None when nothing is open."""
    fronts = [one for one in flow.tasks.values() if one.has_state(OPEN) and not one.triggered]
    # All but the last to arrive at a join are cancelled, though their data still wait with it.
    waiting = [one for one in fronts if isinstance(one.task_spec, ParallelGateway | EndJoin)]
    fronts += [other for one in waiting for other in one.task_spec.arrived(one)]
    return merged(fronts, _front_data) if fronts else None


def _front_data(task: Any) -> dict[str, Any]:
    if isinstance(task.task_spec, ParallelGateway | EndJoin):
        return copied(task.parent.data)  # type: ignore[no-any-return]
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
