"""What an element leaves in the data of its case."""

from __future__ import annotations

from typing import Any

from engine.bpmn.checking.sheets import Set
from engine.bpmn.elements import HUMAN, data_objects, local, operator, repetition, result_of

_WRITES = (*HUMAN, "businessRuleTask", "receiveTask", "intermediateCatchEvent", "boundaryEvent")


def written(node: Any, known: Set, depth: int = 0) -> set[str]:
    """The data keys an element writes, those of its inside included."""
    objects = set(data_objects(node))
    found = repetition(node)
    if found is not None:
        return {found.output, *objects}
    kind = local(node)
    if kind in _WRITES:
        return {node.get("id", ""), *objects}
    if kind in ("serviceTask", "sendTask"):
        sends = kind == "sendTask" and operator(node) is None
        return objects if sends else {result_of(node), *objects}
    if kind == "subProcess" and depth < 8:
        return set().union(*(written(one, known, depth + 1) for one in node if isinstance(one.tag, str)))
    if kind == "callActivity" and node.get("calledElement") in known.processes and depth < 8:
        process = known.process_node(node.get("calledElement"))
        return set().union(*(written(one, known, depth + 1) for one in process if isinstance(one.tag, str)))
    return set()
