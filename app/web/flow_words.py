"""A process in words, for readers without the picture: steps in the order of the flow, with who does them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.bpmn import Definition
from engine.bpmn.elements import Element, Flow

STEPS = ("userTask", "callActivity", "receiveTask")
WAITS = ("intermediateCatchEvent", "boundaryEvent")
LONGEST_WAY = 40


def reachable(inside: Iterable[Element], flows: Iterable[Flow], start: Iterable[str]) -> set[str]:
    """Ids in one process that a case standing at `start` can still come to.

    Out of a sub-process the way goes on behind it, into one it begins at its
    first element; events on a boundary may always happen.
    """
    known = {one.id: one for one in inside}
    after: dict[str, list[str]] = {}
    for flow in flows:
        after.setdefault(flow.source, []).append(flow.target)
    for one in known.values():
        if one.kind == "startEvent" and one.parent:
            after.setdefault(one.parent, []).append(one.id)
    seen: set[str] = set()
    pending = [*start]
    pending += [one.id for one in known.values() if one.kind == "boundaryEvent"] if pending else []
    while pending:
        for id in after.get(pending.pop(), ()):
            if id in known and id not in seen:
                seen.add(id)
                pending.append(id)
    return seen


@dataclass(frozen=True)
class Way:
    """Where a step leads: the word on the flow ("" when there is none) and the name of what follows."""

    word: str
    target: str


@dataclass(frozen=True)
class Step:
    """`kind`: "step" | "question" | "wait" | "end"; `inside`: the steps of a called process or sub-process."""

    name: str
    kind: str
    role: str
    ways: tuple[Way, ...] = ()
    inside: tuple[Step, ...] = ()


@dataclass(frozen=True)
class _Map:
    elements: Mapping[str, Element]
    flows: tuple[Flow, ...]
    definition: Definition

    def leaving(self, id: str) -> tuple[Flow, ...]:
        return tuple(one for one in self.flows if one.source == id)

    def entering(self, id: str) -> tuple[Flow, ...]:
        return tuple(one for one in self.flows if one.target == id)


def outline(definition: Definition, process: str, parent: str = "") -> tuple[Step, ...]:
    """The steps of a process (or of its sub-process `parent`), from its start on, each once."""
    inside = {
        id: one for id, one in definition.scope(process).items() if one.process == process and one.parent == parent
    }
    flows = tuple(one for one in definition.flows if one.process == process and one.parent == parent)
    drawn = _Map(inside, flows, definition)
    return tuple(step for id in _order(drawn) if (step := _step(drawn, inside[id])) is not None)


def _order(drawn: _Map) -> tuple[str, ...]:
    """Ids breadth first from the starts; what nothing leads to (boundary events) comes last."""
    seen = dict.fromkeys(id for id in drawn.elements if not drawn.entering(id) and _begins(drawn.elements[id]))
    pending = list(seen)
    rest = [id for id in drawn.elements if drawn.elements[id].kind == "boundaryEvent"]
    while pending or rest:
        id = pending.pop(0) if pending else rest.pop(0)
        seen.setdefault(id)
        news = [one.target for one in drawn.leaving(id) if one.target in drawn.elements and one.target not in seen]
        seen |= dict.fromkeys(news)
        pending.extend(news)
    return tuple(seen)


def _begins(one: Element) -> bool:
    return one.kind == "startEvent"


def _step(drawn: _Map, one: Element) -> Step | None:
    if one.kind in STEPS:
        called = outline(drawn.definition, one.calls) if one.calls else ()
        return Step(one.name, "step", one.role if not one.calls else "", _ways(drawn, one.id), called)
    if one.kind == "subProcess":
        return Step(one.name, "step", "", (), outline(drawn.definition, one.process, one.id))
    if one.kind in ("exclusiveGateway", "eventBasedGateway") and len(drawn.leaving(one.id)) > 1:
        return Step(one.name or "", "question", one.role, _ways(drawn, one.id)) if one.name else None
    if one.kind in WAITS and one.name:
        return Step(one.name, "wait", "", _ways(drawn, one.id))
    return Step(one.name, "end", "") if one.kind == "endEvent" and one.name else None


def _ways(drawn: _Map, id: str) -> tuple[Way, ...]:
    """The words on the flows that leave, and what a person would notice next."""
    found = [(flow.name, _next_named(drawn, flow.target)) for flow in drawn.leaving(id)]
    return tuple(Way(word, name) for word, name in found if name and (word or len(found) > 1))


def _next_named(drawn: _Map, id: str) -> str:
    """The next element people know by name: services and joins are passed over."""
    for _ in range(LONGEST_WAY):
        one = drawn.elements.get(id)
        if one is None:
            return ""
        if one.name and one.kind not in ("serviceTask", "businessRuleTask", "parallelGateway"):
            return one.name
        leaving = drawn.leaving(id)
        if len(leaving) != 1:
            return one.name
        id = leaving[0].target
    return ""
