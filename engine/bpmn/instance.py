"""Moving a case: every act takes a snapshot and answers a new position; nothing given is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.definition import Definition
from engine.bpmn.events import Error, Message, Signal
from engine.bpmn.folding import fold
from engine.bpmn.joins import InclusiveGateway
from engine.bpmn.loops import sweep
from engine.bpmn.plain import plain
from engine.bpmn.position import Position, Trail, item_spec, position
from engine.bpmn.snapshots import depth_first, load
from engine.bpmn.specs import activity_of, catcher, inner_data
from engine.bpmn.stepping import Engine, StepContext, name_of
from engine.errors import Incident, NotFound, NotWaiting, TaskNotOpen

MAX_STEPS = 1000


def start(definition: Definition, process: str, data: Mapping[str, Any], context: StepContext) -> Position:
    """Begin a case of `process` with `data` (plain JSON) and go to its first waits.

    Raise NotFound for a process the definition does not hold, Incident when the
    diagram or a service fails.
    """
    specs = _specs(definition, process)
    engine = Engine(context)

    def begin() -> Any:
        workflow = BpmnWorkflow(*specs, script_engine=engine)
        workflow.task_tree.data.update(plain(data))
        return workflow

    return _Step(definition, process, _guarded(begin), engine).move(lambda: None)


def complete(
    definition: Definition, snapshot: str, task_id: str, element_values: Mapping[str, Any], context: StepContext
) -> Position:
    """Complete the open user task `task_id` with its values and go on.

    The values stand in the data under the task's element id; for a member of a
    multi-instance they become its output item.  Raise TaskNotOpen or Incident.
    """
    step = _restored(definition, snapshot, context)
    task = _open_task(step.workflow, task_id)
    output = item_spec(task, "output_item") or name_of(task)
    task.data[output] = plain(element_values)
    return step.move(lambda: step.run(task))


def receive(
    definition: Definition, snapshot: str, message: str, payload: Mapping[str, Any], context: StepContext
) -> Position:
    """Deliver a message or signal by name; its payload stands under the id of each event that catches it.

    Raise NotWaiting when nobody waits for it.
    """
    step = _restored(definition, snapshot, context)
    waiting = step.read().waiting
    if message not in waiting:
        raise NotWaiting(about=message)
    return step.move(lambda: step.send(message, plain(payload)))


def wake(definition: Definition, snapshot: str, context: StepContext) -> Position:
    """Let every timer due at the step's time fire and go on; a position without `passed` when none was."""
    step = _restored(definition, snapshot, context)
    return step.move(step.workflow.refresh_timers)


def read(definition: Definition, snapshot: str) -> Position:
    """The position a snapshot stands at; nothing moves."""
    process, workflow = load(snapshot, definition.specs, None)
    return position(definition, process, workflow, Trail(), (), snapshot)


def _specs(definition: Definition, process: str) -> Any:
    try:
        return definition.specs(process)
    except KeyError as error:
        raise NotFound(about=process) from error


def _restored(definition: Definition, snapshot: str, context: StepContext) -> _Step:
    engine = Engine(context)
    process, workflow = load(snapshot, definition.specs, engine)
    return _Step(definition, process, workflow, engine)


def _open_task(workflow: Any, task_id: str) -> Any:
    for flow in (workflow, *workflow.subprocesses.values()):
        task = flow.tasks.get(_uuid(task_id))
        if task is not None and task.state == TaskState.READY and task.task_spec.manual:
            return task
    raise TaskNotOpen(about=task_id)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _guarded(act: Callable[[], Any]) -> Any:
    """Run `act`; SpiffWorkflow's exceptions become incidents that name the element."""
    try:
        return act()
    except SpiffWorkflowException as error:
        spec = getattr(error, "task_spec", None)
        element = getattr(spec, "bpmn_id", None) or getattr(spec, "name", "") or ""
        raise Incident(str(element), str(error.args[0])) from error
    except RecursionError as error:
        raise Incident("", "Riwayat berkas terlalu dalam") from error


class _Interrupted(Exception):
    """An error or escalation ended the activity that a walk was in."""


class _Step:
    """One move of one workflow object, which is thrown away afterwards."""

    def __init__(self, definition: Definition, process: str, workflow: Any, engine: Engine) -> None:
        self.definition = definition
        self.process = process
        self.workflow = workflow
        self.engine = engine
        self.trail = Trail()

    def read(self) -> Position:
        return position(self.definition, self.process, self.workflow, Trail(), ())

    def move(self, act: Callable[[], Any]) -> Position:
        """Do `act`, walk until everything waits, fold, and tell where the case stands."""
        _guarded(act)
        _guarded(self.settle)
        fold(self.workflow)
        self.workflow.bpmn_events.clear()
        return position(self.definition, self.process, self.workflow, self.trail, tuple(self.engine.effects))

    def run(self, task: Any) -> None:
        task.run()
        self.done(task)

    def send(self, name: str, payload: dict[str, Any]) -> None:
        """Give an event to all who wait for it; raise NotWaiting when it is meant for nobody."""
        events = [BpmnEvent(kind(name), payload=payload) for kind in (Message, Signal)]
        waits = list(self.workflow.event_manager.tasks.values())
        meant = [(one, event) for event in events for one in waits if one.task_spec.catches(one, event)]
        if not meant:
            raise NotWaiting(about=name)
        for task, event in meant:
            self.hand(task, event)

    def hand(self, task: Any, event: Any) -> None:
        task.task_spec.catch(task, event)
        task.task_spec._update(task)

    def done(self, task: Any) -> None:
        """Note a task that has just run, and deliver the errors and escalations it threw."""
        self.trail.note(task)
        thrown, self.engine.thrown = self.engine.thrown, []
        for source, definition, payload in thrown:
            self.deliver(source, BpmnEvent(definition, payload=payload))

    def deliver(self, source: Any, event: Any) -> None:
        boundary = catcher(source, event)
        if boundary is not None:
            self.enter(boundary, event)
        elif isinstance(event.event_definition, Error):
            code = event.event_definition.name or "tanpa kode"
            raise Incident(name_of(source), f"Galat {code} tidak ditangkap oleh peristiwa batas mana pun")

    def enter(self, boundary: Any, event: Any) -> None:
        """Take a boundary's way; what it interrupts ends at once, before another branch inside moves on."""
        main = activity_of(boundary)
        inside = inner_data(main)
        self.hand(boundary, event)
        boundary.data.update(inside)
        if boundary.task_spec.cancel_activity:
            main.cancel()
            raise _Interrupted

    def settle(self) -> None:
        """Run everything that needs nobody.  Timers that fire meanwhile are run too."""
        count = -1
        while count != self.trail.count:
            count = self.trail.count
            self.walk()
            self.meet()
        self.listen()

    def walk(self) -> None:
        try:
            while self.round():
                pass
            self.workflow.refresh_timers()
        except _Interrupted:
            # SpiffWorkflow was walking through what is gone now; the next round looks afresh.
            sweep(self.workflow)

    def round(self) -> bool:
        """One round of SpiffWorkflow's `do_engine_steps`; whether another is due.

        Its order, but a flow in which nothing is ready is not searched: the
        search goes through the whole tree again and again, and was a third of a step.
        """
        active = self.workflow.get_active_subprocesses()
        for inner in sorted(active, key=lambda one: one.depth, reverse=True):
            while self.run_ready(inner):
                pass
            if inner.parent_task_id is not None:
                parent = self.workflow.get_task_from_id(inner.parent_task_id)
                parent.task_spec._update(parent)
        count = self.run_ready(self.workflow)
        return count > 0 or len(self.workflow.get_active_subprocesses()) > len(active)

    def run_ready(self, flow: Any) -> int:
        """Run what is ready in a flow and below it and needs nobody; how much it was."""
        if not any(_works(task) for one in self.below(flow) for task in one.tasks.values()):
            return 0
        count = 0
        for task in flow.get_tasks(state=TaskState.READY):
            if not task.task_spec.manual:
                self.spend(task)
                task.run()
                count += 1
                self.done(task)
        return count

    def below(self, flow: Any) -> list[Any]:
        """A flow with its inner flows, whether they are over or not."""
        found = [flow]
        for one in found:
            found.extend(inner for inner in self.workflow.subprocesses.values() if inner.parent_task_id in one.tasks)
        return found

    def meet(self) -> None:
        """Ask inclusive joins again: the token they waited for may have taken another way."""
        for flow in (self.workflow, *self.workflow.get_active_subprocesses()):
            for task in [one for one in flow.tasks.values() if one.state == TaskState.WAITING]:
                if isinstance(task.task_spec, InclusiveGateway) and task.id in flow.tasks:
                    task.task_spec._update(task)
                    self.trail.count += task.state == TaskState.READY

    def spend(self, task: Any) -> None:
        if self.trail.count >= MAX_STEPS:
            raise Incident(name_of(task), "Alur berputar tanpa menunggu siapa pun")

    def listen(self) -> None:
        """Refuse a case that SpiffWorkflow no longer hears: work that is ready but was not done."""
        for flow in (self.workflow, *self.workflow.get_active_subprocesses()):
            tasks = list(depth_first(flow.task_tree))
            deaf = [one for one in tasks if one.state == TaskState.READY and not one.task_spec.manual]
            if deaf:
                raise Incident(name_of(deaf[0]), "Riwayat berkas terlalu dalam; langkah ini tidak lagi dijalankan")
            if not any(_expects(one) for one in tasks) and not flow.is_completed():
                stuck = next((one for one in tasks if one.state == TaskState.WAITING), tasks[-1])
                raise Incident(name_of(stuck), "Berkas berhenti: tidak ada tugas dan tidak ada hal yang ditunggu")


def _works(task: Any) -> bool:
    return task.state == TaskState.READY and not task.task_spec.manual


def _expects(task: Any) -> bool:
    """Whether something from outside can still move this task or its inner flow.

    A join, a lone boundary event or a multi-instance by itself cannot be moved.
    """
    if task.state == TaskState.WAITING:
        return isinstance(task.task_spec, CatchingEvent) and not isinstance(task.task_spec, BoundaryEvent)
    return task.state == TaskState.READY or task.id in task.workflow.top_workflow.subprocesses
