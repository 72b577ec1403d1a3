"""What the rules ask of one node or flow as it is drawn, wherever it stands."""

from __future__ import annotations

from typing import Any

from engine.bpmn.elements import children, local, text


def backward(source: Any, target: Any) -> bool:
    """Whether a flow leaves an end or enters what only begins."""
    return local(source) == "endEvent" or local(target) in ("startEvent", "boundaryEvent")


def by_event(node: Any) -> bool:
    """Whether it is a sub-process that an event starts."""
    return local(node) == "subProcess" and node.get("triggeredByEvent") == "true"


def in_event_subprocess(node: Any) -> bool:
    """Whether a node or a flow stands in a sub-process that an event starts."""
    return any(by_event(one) for one in node.iterancestors())


def definitions(node: Any) -> list[Any]:
    """The event definitions of an event, references to shared ones included."""
    return [one for one in node if local(one).endswith(("EventDefinition", "eventDefinitionRef"))]


def condition(flow: Any) -> str:
    """What a flow asks, "" for nothing."""
    return "".join(text(one) for one in children(flow, "conditionExpression"))
