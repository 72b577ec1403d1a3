"""Task specifications of our own: flows that end in our join, boundaries that see inside, services and tables."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import SimpleBpmnTask
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.events import PASSING, Escalation, Message, Signal
from engine.bpmn.joins import OPEN, EndJoin, InclusiveGateway, ParallelGateway, merged
from engine.bpmn.plain import copied

JOINS = (ParallelGateway, InclusiveGateway, EndJoin)


class Process(BpmnProcessSpec):  # type: ignore[misc]
    """A process or embedded sub-process that ends in our own join."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.task_specs = {"Start": self.start}
        self.end: Any = EndJoin(self, f"{self.name}.EndJoin")
        self.end.connect(SimpleBpmnTask(self, "End"))


class Boundary(defaults.BoundaryEvent):  # type: ignore[misc]
    """A boundary event whose branch sees what was entered inside the activity it left.

    One that does not interrupt listens again at once: SpiffWorkflow's hears a
    message only the first time.  A timer has one moment and stays with it, and
    so has a clock: its term passes once, though the clock may run on.
    """

    def _run_hook(self, my_task: Any) -> Any:
        main = activity_of(my_task)
        if not main.has_state(TaskState.CANCELLED):
            my_task.data.update(inner_data(main))
        done = super()._run_hook(my_task)
        if not self.cancel_activity and self._may_come_again():
            self._listen_again(my_task, main)
        return done

    def _may_come_again(self) -> bool:
        awaited = self.event_definition
        return isinstance(awaited, Message | Signal | Escalation) and not awaited.name.endswith(PASSING)

    def _listen_again(self, my_task: Any, main: Any) -> None:
        if not main.has_state(TaskState.FINISHED_MASK):
            twin = my_task.parent._add_child(self, TaskState.WAITING)
            twin._inherit_data()
            self._predict(twin, mask=TaskState.WAITING | TaskState.FUTURE | TaskState.PREDICTED_MASK)
            my_task.workflow.top_workflow.event_manager.add_task(twin)


class Awaiting:
    """What waits for an event keeps the data it waits with: SpiffWorkflow lays those of the step before over it at each
    look, and a value that was put right, or handed on by a step that is gone, would be lost.
    """

    def _update_hook(self, my_task: Any) -> Any:
        known = copied(my_task.data) if my_task.state == TaskState.WAITING else None
        found = super()._update_hook(my_task)  # type: ignore[misc]
        if known is not None:
            my_task.data = known
        return found


class Catch(Awaiting, defaults.IntermediateCatchEvent):  # type: ignore[misc]
    pass


class Receive(Awaiting, defaults.ReceiveTask):  # type: ignore[misc]
    pass


class FirstOf(Awaiting, defaults.EventBasedGateway):  # type: ignore[misc]
    pass


def activity_of(boundary: Any) -> Any:
    """The activity that a boundary event stands on."""
    return next(one for one in boundary.parent.children if not isinstance(one.task_spec, BoundaryEvent))


def catcher(my_task: Any, event: Any) -> Any:
    """The waiting boundary event nearest to `my_task`, on itself or around it, that catches a coded event; or None.

    At one activity a boundary that names the code comes before one that catches all.
    """
    holder = my_task
    while holder is not None:
        on = holder.parent.parent if holder.triggered else holder.parent
        found = [one for one in on.children if _hears(one, event)] if on is not None else []
        if found:
            return max(found, key=lambda one: one.task_spec.event_definition.name != "")
        above = holder.workflow.parent_task_id
        holder = my_task.workflow.top_workflow.get_task_from_id(above) if above else None
    return None


def _hears(task: Any, event: Any) -> bool:
    return isinstance(task.task_spec, BoundaryEvent) and bool(task.task_spec.catches(task, event))


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
    waiting = [one for one in fronts if isinstance(one.task_spec, JOINS)]
    fronts += [other for one in waiting for other in one.task_spec.arrived(one)]
    return merged(fronts, _front_data) if fronts else None


def _front_data(task: Any) -> dict[str, Any]:
    if isinstance(task.task_spec, JOINS):
        return copied(task.parent.data)  # type: ignore[no-any-return]
    return inner_data(task)


class ServiceTask(defaults.ServiceTask):  # type: ignore[misc]
    """Calls a service of the catalogue by name; its answer goes under the result variable."""

    def __init__(self, wf_spec: Any, bpmn_id: str, service: str, params: Any, result: str, **kw: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kw)
        self.service = service
        self.params = params
        self.result = result

    def _execute(self, task: Any) -> bool | None:
        # None: the service answered with an error, and a boundary event will take the case on.
        return task.workflow.script_engine.serve(task) or None


class RuleTask(defaults.NoneTask):  # type: ignore[misc]
    """Asks a decision table; its outputs go under the task's own id, or the name of a round's result."""

    def __init__(self, wf_spec: Any, bpmn_id: str, table: Any, result: str, **kw: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kw)
        self.table = table
        self.result = result
        self.manual = False

    def _run_hook(self, my_task: Any) -> bool:
        my_task.workflow.script_engine.decide(my_task)
        return True


class Kept:
    """A data object drawn behind an activity: what the activity left stands under the object's id too."""

    def __init__(self, bpmn_id: str, element: str) -> None:
        self.bpmn_id = bpmn_id
        self.element = element

    def set(self, my_task: Any) -> None:
        my_task.data[self.bpmn_id] = copied(my_task.data.get(self.element))
