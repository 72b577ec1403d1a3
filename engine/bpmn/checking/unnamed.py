"""Flow nodes without an id, known by the flows that call them."""

from __future__ import annotations

from typing import Any

from engine.bpmn import elements


def named_again(root: Any) -> dict[Any, str]:
    """Flow nodes without an id that get the one by which their flows call them, so that only its absence is told."""
    flows = [flow for process in elements.inside(root, "process") for flow in elements.inside(process, "sequenceFlow")]
    nodes = list(elements.flow_nodes(root))
    named = {node.get("id", "") for node in nodes}
    ends = ((flow, end, flow.get(end, "")) for flow in flows for end in ("sourceRef", "targetRef"))
    lost = [one for one in ends if one[2] and one[2] not in named]
    found: dict[Any, str] = {}
    for node in [one for one in nodes if not one.get("id")] if lost else []:
        key = _called_by_flows(node, lost, nodes)
        if key and key not in found.values():
            found[node] = key
            node.set("id", key)
    return found


def _called_by_flows(node: Any, lost: list[tuple[Any, str, str]], nodes: list[Any]) -> str:
    """The lost id of the flows that a node lists as its own; where it lists none, the only one that was lost."""
    ways = {"sourceRef": "outgoing", "targetRef": "incoming"}
    listed = {elements.text(one): elements.local(one) for one in node if elements.local(one) in ways.values()}
    own = [key for flow, end, key in lost if listed.get(flow.get("id", "")) == ways[end]]
    alone = {key for _, _, key in lost} if sum(1 for one in nodes if not one.get("id")) == 1 and not listed else set()
    return own[0] if own else alone.pop() if len(alone) == 1 else ""
