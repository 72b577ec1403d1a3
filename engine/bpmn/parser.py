"""From checked XML to SpiffWorkflow's specifications, wired so that nothing is written to them afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.parser import event_parsers, task_parsers
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask, MultiInstanceTask
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask

from engine.bpmn import announced, elements, joins, loops, specs
from engine.bpmn.bare import bare
from engine.bpmn.decisions import Decision
from engine.bpmn.events import Error, Escalation, FirstOf, Message, Signal
from engine.bpmn.timers import DurationTimer, MomentTimer


class _Activity:
    """Parsers of activities make our own repetitions, and keep what data objects behind them ask for."""

    PARALLEL_MI_CLASS = loops.ParallelMultiInstance
    SEQUENTIAL_MI_CLASS = loops.SequentialMultiInstance
    STANDARD_LOOP_CLASS = loops.StandardLoop

    node: Any
    bpmn_id: str

    def parse_outgoing_data_references(self) -> list[specs.Kept]:
        # What a service leaves may stand under a name of its own; a round of a repetition has none to be kept.
        left = self.bpmn_id if elements.repetition(self.node) else elements.result_of(self.node)
        return [specs.Kept(one, left) for one in self.node.get("keeps", "").split()]

    def parse_incoming_data_references(self) -> list[Any]:
        return []


class _Task(_Activity, TaskParser):  # type: ignore[misc]
    pass


class _SubProcess(_Activity, task_parsers.SubWorkflowParser):  # type: ignore[misc]
    pass


class _Call(_Activity, task_parsers.CallActivityParser):  # type: ignore[misc]
    pass


class _Service(_Task):
    def create_task(self) -> Any:
        called = elements.operator(self.node)
        if called is None:
            self.raise_validation_exception("A service task needs an operator")
            raise AssertionError
        return specs.ServiceTask(
            self.spec,
            self.bpmn_id,
            called.service,
            dict(called.params),
            elements.result_of(self.node),
            **self.bpmn_attributes,
        )


class _Rule(_Task):
    def create_task(self) -> Any:
        table = self.process_parser.parser.decisions[elements.decision(self.node)]
        return specs.RuleTask(self.spec, self.bpmn_id, table, elements.result_of(self.node), **self.bpmn_attributes)


class _Definitions:
    """Event definitions that know the element they stand on, in place of SpiffWorkflow's own."""

    node: Any
    process_parser: Any

    def parse_message_event(self, event: Any) -> Message:
        name = self.process_parser.parser.messages.get(event.get("messageRef"))
        return Message(name, elements.result_of(self.node), self._carries(), announced.correlation(self.node))

    def parse_signal_event(self, event: Any) -> Signal:
        name = self.process_parser.parser.signals.get(event.get("signalRef"))
        return Signal(name, self.node.get("id"), self._carries())

    def parse_error_event(self, event: Any) -> Error:
        return Error(event.get("code"), self.node.get("id"), self._carries())

    def parse_escalation_event(self, event: Any) -> Escalation:
        return Escalation(event.get("code"), self.node.get("id"), self._carries())

    def _carries(self) -> str:
        return elements.properties(self.node).get("payload", "")

    def parse_timer_event(self, event: Any) -> Any:
        for node in event:
            if elements.local(node) == "timeDate":
                return MomentTimer(self.node.get("id"), elements.text(node))
            if elements.local(node) == "timeDuration":
                return DurationTimer(self.node.get("id"), elements.text(node))
        raise ValueError("a timer needs timeDate or timeDuration")


class _Start(_Definitions, event_parsers.StartEventParser):  # type: ignore[misc]
    pass


class _End(_Definitions, event_parsers.EndEventParser):  # type: ignore[misc]
    def get_event_definition(self, xpaths: list[str]) -> Any:
        # SpiffWorkflow's parser of ends does not look for signals.
        return super().get_event_definition([*xpaths, event_parsers.SIGNAL_EVENT_XPATH])


class _Catch(_Definitions, event_parsers.IntermediateCatchEventParser):  # type: ignore[misc]
    pass


class _Throw(_Definitions, event_parsers.IntermediateThrowEventParser):  # type: ignore[misc]
    pass


class _Boundary(_Definitions, event_parsers.BoundaryEventParser):  # type: ignore[misc]
    pass


class _Receive(_Activity, _Definitions, event_parsers.ReceiveTaskParser):  # type: ignore[misc]
    def create_task(self) -> Any:
        return self._create_task(self.parse_message_event(self.node))


class _Send(_Service, _Definitions, event_parsers.SendTaskParser):  # type: ignore[misc]
    """With a service of the catalogue it sends by that; else it throws its message to other branches of the case."""

    def create_task(self) -> Any:
        if elements.operator(self.node) is not None:
            return super().create_task()
        return defaults.SendTask(
            self.spec, self.bpmn_id, event_definition=self.parse_message_event(self.node), **self.bpmn_attributes
        )


class _EventGateway(_Definitions, event_parsers.EventBasedGatewayParser):  # type: ignore[misc]
    def create_task(self) -> Any:
        return self._create_task(FirstOf())


class _Process(ProcessParser):  # type: ignore[misc]
    def _index_process_nodes(self) -> None:
        """Only flow nodes are looked up by id; a list's item may bear the name of a task."""
        super()._index_process_nodes()
        nodes = (one for one in self.node.iter() if elements.local(one) in elements.SUPPORTED)
        self.nodes_by_id = {one.get("id"): one for one in nodes}

    def create_spec(self) -> specs.Process:
        return specs.Process(name=self.bpmn_id, description=self.get_name(), filename=self.filename)


class Parser(BpmnParser):  # type: ignore[misc]
    """Reads the supported elements only; lanes, forms and properties are ours to know, not SpiffWorkflow's."""

    PROCESS_PARSER_CLASS = _Process
    PARSER_CLASSES = {
        full_tag("startEvent"): (_Start, defaults.StartEvent),
        full_tag("endEvent"): (_End, defaults.EndEvent),
        full_tag("intermediateCatchEvent"): (_Catch, specs.Catch),
        full_tag("intermediateThrowEvent"): (_Throw, defaults.IntermediateThrowEvent),
        full_tag("boundaryEvent"): (_Boundary, specs.Boundary),
        full_tag("receiveTask"): (_Receive, specs.Receive),
        full_tag("sendTask"): (_Send, defaults.SendTask),
        **{full_tag(kind): (_Task, defaults.UserTask) for kind in elements.HUMAN},
        full_tag("serviceTask"): (_Service, specs.ServiceTask),
        full_tag("businessRuleTask"): (_Rule, specs.RuleTask),
        full_tag("subProcess"): (_SubProcess, defaults.SubWorkflowTask),
        full_tag("callActivity"): (_Call, defaults.CallActivity),
        full_tag("exclusiveGateway"): (task_parsers.ConditionalGatewayParser, defaults.ExclusiveGateway),
        full_tag("parallelGateway"): (task_parsers.GatewayParser, joins.ParallelGateway),
        full_tag("inclusiveGateway"): (task_parsers.ConditionalGatewayParser, joins.InclusiveGateway),
        full_tag("eventBasedGateway"): (_EventGateway, specs.FirstOf),
    }

    def __init__(self, decisions: Mapping[str, Decision]) -> None:
        super().__init__()
        self.decisions = decisions


def build(
    roots: Mapping[str, Any], decisions: Mapping[str, Decision], process: str, whole: bool = True
) -> tuple[Any, dict[str, Any]]:
    """The specification of `process` and of all it calls or holds; `roots` are file name -> XML root.

    `whole`: whether all that is called must be there; what is checked beside others was built with them.
    Raise SpiffWorkflow's ValidationException for what the check did not foresee.
    """
    parser = Parser(decisions)
    for file, root in roots.items():
        parser.add_bpmn_xml(bare(root), file)
    spec = parser.get_spec(process)
    inner = _inner(parser, spec, whole)
    for one in (spec, *inner.values()):
        wire(one)
    return spec, inner


def _inner(parser: Parser, spec: Any, whole: bool) -> dict[str, Any]:
    """What a specification calls or holds, and what that does, by its key."""
    found: dict[str, Any] = {}
    pending = [spec]
    while pending:
        tasks = pending.pop().task_specs.values()
        for key in {one.spec for one in tasks if isinstance(one, SubWorkflowTask)} - found.keys():
            if (called := parser.get_spec(key, required=whole)) is not None:
                found[key] = called
                pending.append(called)
    return found


def wire(spec: Any) -> None:
    """Connect every repetition with its child now, not at run time, and let its list be a dotted path.

    SpiffWorkflow connects them when the children are created, in the
    specification in memory: after a restart nobody would tell the parent.
    """
    for loop in [one for one in spec.task_specs.values() if isinstance(one, LoopTask)]:
        child = spec.task_specs[loop.task_spec]
        if not child.completed_event.is_connected(loop.merge_child):
            child.completed_event.connect(loop.merge_child)
        if isinstance(loop, MultiInstanceTask):
            counted = loop.cardinality is not None
            loop.data_input = loops.Count(loop.cardinality) if counted else loops.DataPath(loop.data_input.bpmn_id)
            loop.cardinality = None


def timers_of(task: Any) -> list[Any]:
    """The timer definitions that a waiting task watches."""
    definition = task.task_spec.event_definition
    watched = definition.event_definitions if isinstance(definition, FirstOf) else [definition]
    return [one for one in watched if hasattr(one, "due")]


def names_of(task: Any) -> list[str]:
    """The message and signal names that a waiting task watches."""
    definition = task.task_spec.event_definition
    watched = definition.event_definitions if isinstance(definition, FirstOf) else [definition]
    return [one.name for one in watched if isinstance(one, Message | Signal)]


def is_plain(task_spec: Any) -> bool:
    return isinstance(task_spec.event_definition, NoneEventDefinition)
