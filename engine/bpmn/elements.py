"""The diagram as plain values: what stands in a BPMN file, with ids and lines, before any engine reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_BPMN = f"{{{BPMN}}}"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"

CALLS = "calledElement"  # the attribute by which a call activity names a process

# Work for a person: `task`, the untyped one, is done like a manual task.
HUMAN = ("userTask", "manualTask", "task")
ACTIVITIES = (*HUMAN, "serviceTask", "sendTask", "businessRuleTask", "receiveTask", "subProcess", "callActivity")
GATEWAYS = ("exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway")
EVENTS = ("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent")
SUPPORTED = (*ACTIVITIES, *GATEWAYS, *EVENTS)
UNSUPPORTED = (
    "scriptTask",
    "complexGateway",
    "transaction",
    "adHocSubProcess",
    "callChoreography",
    "choreographyTask",
    "subChoreography",
    "implicitThrowEvent",
)
FLOW_NODES = (*SUPPORTED, *UNSUPPORTED)

# Properties of tasks and events that are read; others would have no effect.
PROPERTIES = (
    "formKey",
    "standard",
    "standardOnline",
    "notSameAs",
    "state",
    "stateClaimed",
    "stateAgain",
    "namedBy",
    "legalBasis",
    "draft",
    "payload",
    "correlation",
)

PROPERTIES_OF_TASKS = ("formKey", "notSameAs", "stateClaimed", "stateAgain")

# The form of work that names none: a note of what was done.
GENERAL_FORM = "tindakan"
# Work that stands in no role's lane waits for the process administrator, who mends the diagram or does it.
UNASSIGNED = "AP"

_ROLE = re.compile(r"\(([^()]*)\)\s*$")


@dataclass(frozen=True)
class Element:
    """A flow node: `kind` is its BPMN tag, `role` the code at the end of its lane's name, `parent` its sub-process."""

    id: str
    name: str
    kind: str
    role: str
    form_key: str
    properties: Mapping[str, str] = field(hash=False)
    documentation: str = ""
    process: str = ""
    line: int = 0
    parent: str = ""
    calls: str = ""  # key of the process a call activity calls
    attached: str = ""  # what a boundary event stands on


@dataclass(frozen=True)
class Flow:
    """A sequence flow; `condition` is "" for the default and for flows without one."""

    id: str
    source: str
    target: str
    process: str
    condition: str = ""
    name: str = ""
    line: int = 0
    parent: str = ""


def local(node: Any) -> str:
    """The tag without namespace; "" for comments and processing instructions."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def is_bpmn(node: Any) -> bool:
    return isinstance(node.tag, str) and node.tag.startswith(_BPMN)


def children(node: Any, tag: str) -> list[Any]:
    """Direct children of that BPMN tag."""
    return list(node.iterchildren(f"{{{BPMN}}}{tag}"))


def inside(node: Any, tag: str) -> Iterator[Any]:
    return node.iter(f"{{{BPMN}}}{tag}")  # type: ignore[no-any-return]


def extension(node: Any, tag: str) -> list[Any]:
    """Direct extension elements of SpiffWorkflow's namespace."""
    return [one for block in children(node, "extensionElements") for one in block.iterchildren(f"{{{SPIFF}}}{tag}")]


def text(node: Any) -> str:
    return "".join(node.itertext()).strip()


def properties(node: Any) -> dict[str, str]:
    found = (one for block in extension(node, "properties") for one in block if local(one) == "property")
    return {one.get("name", ""): one.get("value", "") for one in found}


def role_of(lane: str) -> str:
    """`"Petugas Loket (FO)"` -> `"FO"`; "" without a code in parentheses."""
    match = _ROLE.search(lane.strip())
    return match.group(1).strip() if match else ""


def lanes(root: Any) -> dict[str, Any]:
    """Node id -> the innermost lane that refers to it."""
    found: dict[str, Any] = {}
    for reference in inside(root, "flowNodeRef"):
        node_id = text(reference)
        depth = len(list(reference.iterancestors()))
        if node_id not in found or depth > found[node_id][0]:
            found[node_id] = (depth, reference.getparent())
    return {node_id: lane for node_id, (_, lane) in found.items()}


def flow_nodes(root: Any) -> Iterator[Any]:
    """All flow nodes of all processes, in document order."""
    for process in inside(root, "process"):
        yield from (node for node in process.iter() if is_bpmn(node) and local(node) in FLOW_NODES)


def process_of(node: Any) -> str:
    process = next((one for one in node.iterancestors() if local(one) == "process"), None)
    return "" if process is None else process.get("id", "")


def holder_of(node: Any) -> str:
    """The id of the embedded sub-process that holds a node; "" at process level."""
    parent = node.getparent()
    return parent.get("id", "") if parent is not None and local(parent) != "process" else ""


def elements(root: Any) -> dict[str, Element]:
    """Every flow node of a file by id; the first of a doubled id counts."""
    lane_of = lanes(root)
    found: dict[str, Element] = {}
    for node in flow_nodes(root):
        if node.get("id") and node.get("id") not in found:
            found[node.get("id")] = _element(node, lane_of)
    return found


def _element(node: Any, lane_of: Mapping[str, Any]) -> Element:
    given = properties(node)
    return Element(
        id=node.get("id"),
        name=" ".join(node.get("name", "").split()),
        kind=local(node),
        role=_role(node, lane_of) or (UNASSIGNED if local(node) in HUMAN else ""),
        form_key=given.get("formKey", "") or (GENERAL_FORM if local(node) in HUMAN else ""),
        properties=given,
        documentation="\n".join(text(one) for one in children(node, "documentation")),
        process=process_of(node),
        line=node.sourceline or 0,
        calls=node.get("calledElement", ""),
        attached=node.get("attachedToRef", ""),
        parent=holder_of(node),
    )


def _role(node: Any, lane_of: Mapping[str, Any]) -> str:
    """The lane's role; a node without a lane of its own stands in its sub-process's lane."""
    for one in (node, *node.iterancestors()):
        lane = lane_of.get(one.get("id", ""))
        if lane is not None:
            return role_of(lane.get("name", ""))
    return ""


def flows(root: Any) -> tuple[Flow, ...]:
    return tuple(_flow(node) for process in inside(root, "process") for node in inside(process, "sequenceFlow"))


def _flow(node: Any) -> Flow:
    return Flow(
        id=node.get("id", ""),
        source=node.get("sourceRef", ""),
        target=node.get("targetRef", ""),
        process=process_of(node),
        condition=" ".join(text(one) for one in children(node, "conditionExpression")),
        name=node.get("name", ""),
        line=node.sourceline or 0,
        parent=holder_of(node),
    )


def executable(root: Any) -> list[str]:
    """Keys of the executable processes of a file."""
    return [one.get("id", "") for one in inside(root, "process") if one.get("isExecutable") != "false"]


@dataclass(frozen=True)
class Operator:
    """What a service task calls: service, parameter texts, result variable."""

    service: str
    params: Mapping[str, str] = field(hash=False)
    result: str


def operator(node: Any) -> Operator | None:
    """The service operator of a service task; None when it has none."""
    found = extension(node, "serviceTaskOperator")
    if not found:
        return None
    given = (one for one in found[0].iter(f"{{{SPIFF}}}parameter"))
    params = {one.get("id", ""): one.get("value", "") for one in given}
    return Operator(found[0].get("id", ""), params, found[0].get("resultVariable", "") or node.get("id", ""))


@dataclass(frozen=True)
class Repetition:
    """A multi-instance: over the list `items`, or `count` times; its names, given or derived from the element's id."""

    items: str
    count: str
    item: str
    output: str
    result: str
    complete: bool  # whether the diagram itself names what is kept of each member


def repetition(node: Any) -> Repetition | None:
    """The multi-instance of an activity; None when it has none."""
    found = children(node, "multiInstanceLoopCharacteristics")
    if not found:
        return None
    refs = ("loopDataInputRef", "loopCardinality", "loopDataOutputRef")
    items, count, output = ("".join(text(one) for one in children(found[0], tag)) for tag in refs)
    item, result = (_item(found[0], tag) for tag in ("inputDataItem", "outputDataItem"))
    key, kept = node.get("id", ""), bool(result) or local(node) not in ("subProcess", "callActivity")
    result = result or _variable(node) or f"{key}_hasil"
    return Repetition(items, count, item or f"{key}_anggota", output or key, result, kept)


def _variable(node: Any) -> str:
    """The result variable that a service task names itself."""
    called = operator(node)
    return "" if called is None or called.result == node.get("id") else called.result


def result_of(node: Any) -> str:
    """The name under which a task leaves its values; in a repetition that of one round."""
    repeated = repetition(node)
    return _variable(node) or (repeated.result if repeated else node.get("id", ""))


def _item(loop: Any, tag: str) -> str:
    return "".join(one.get("id", "") for one in children(loop, tag))


def data_objects(node: Any) -> list[str]:
    """Ids of the data objects that an activity's output associations lead to."""
    targets = [text(one) for link in children(node, "dataOutputAssociation") for one in children(link, "targetRef")]
    process = next((one for one in node.iterancestors() if local(one) == "process"), None) if targets else None
    if process is None:
        return []
    drawn = {one.get("id", ""): one.get("dataObjectRef", "") for one in inside(process, "dataObjectReference")}
    known = {one.get("id", "") for one in inside(process, "dataObject")}
    found = (drawn.get(one, one) for one in targets)
    return [one for one in dict.fromkeys(found) if one in known]


def decision(node: Any) -> str:
    """The decision id that a business rule task asks."""
    return "".join(text(one) for one in extension(node, "calledDecisionId"))
