"""Loops in which nobody is waited for: they would turn until the step's budget is spent.

An event on an activity's boundary that hears an error or escalation comes as soon as the activity throws it: a loop
may lead back through it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from engine.bpmn.announced import codes
from engine.bpmn.checking.called import called_so
from engine.bpmn.checking.nodes import definitions
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.elements import HUMAN, children, local
from engine.errors import Finding, Problem

MOST_CALLS = 4  # one within the other, while looking whether somebody is waited for
_WAITS = (*HUMAN, "receiveTask", "intermediateCatchEvent", "eventBasedGateway", "endEvent")
_INSIDE = (*HUMAN, "receiveTask", "intermediateCatchEvent", "eventBasedGateway", "callActivity")
_FAILING = ("serviceTask", "sendTask", "businessRuleTask")
_THROWN = {"errorEventDefinition": "errorRef", "escalationEventDefinition": "escalationRef"}
Follow = dict[str, set[str]]


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    follow = _peeled({key: set(_next(sheet, node, known)) for key, node in sheet.by_id.items()})
    for first in _rings(sheet, follow):
        message = Finding("Putaran lewat %(first)s tidak menunggu siapa pun", first=called_so(first))
        yield problem(sheet, first, "restless-loop", message, "Sisipkan tugas atau peristiwa tangkap dalam putaran.")


def _next(sheet: Sheet, node: Any, known: Set, depth: int = 0) -> Iterator[str]:
    """What comes behind a node, or the events on its boundary, without anybody being waited for."""
    key = node.get("id", "")
    if local(node) == "boundaryEvent":
        yield from sheet.targets(key) if _thrown(node) else ()
    elif not _waits(node, known, depth):
        yield from sheet.targets(key)
    for event in sheet.boundaries.get(key, ()):
        if any(_throws(sheet, node, known, kind, code, depth) for kind, code in _heard(sheet, event)):
            yield event.get("id", "")


def _thrown(event: Any) -> bool:
    return any(local(one) in _THROWN for one in definitions(event))


def _heard(sheet: Sheet, event: Any) -> Iterator[tuple[str, str]]:
    """Kind and code of what an event hears of its activity; "" for any code."""
    for one in definitions(event):
        if local(one) in _THROWN:
            yield local(one), codes(sheet.root).get(one.get(_THROWN[local(one)], ""), "")


def _throws(sheet: Sheet, activity: Any, known: Set, kind: str, code: str, depth: int = 0) -> bool:
    """Whether an activity may throw something before anybody is waited for."""
    if local(activity) in _FAILING:
        return kind == "errorEventDefinition"
    if local(activity) == "callActivity":
        key = activity.get("calledElement", "")
        if key not in known.processes or depth >= MOST_CALLS:
            return False
        return _throws_inside(known.processes[key], known.process_node(key), known, kind, code, depth + 1)
    return local(activity) == "subProcess" and _throws_inside(sheet, activity, known, kind, code, depth + 1)


def _throws_inside(sheet: Sheet, holder: Any, known: Set, kind: str, code: str, depth: int) -> bool:
    begins = [one.get("id", "") for one in sheet.inside(holder) if local(one) == "startEvent"]
    nodes = [sheet.by_id[key] for key in _reached(sheet, begins, known, depth)]
    return any(_throws(sheet, one, known, kind, code, depth) or _says(sheet, one, kind, code) for one in nodes)


def _says(sheet: Sheet, node: Any, kind: str, code: str) -> bool:
    """Whether an event throws this itself."""
    thrown = [one for one in node if local(one) == kind] if local(node).endswith(("endEvent", "ThrowEvent")) else []
    found = (codes(sheet.root).get(one.get(_THROWN[kind], ""), "") for one in thrown)
    return any(code in ("", one) for one in found)


def _reached(sheet: Sheet, begins: Iterable[str], known: Set, depth: int) -> set[str]:
    seen: set[str] = set()
    pending = [key for key in begins if key in sheet.by_id]
    while pending:
        key = pending.pop()
        if key not in seen:
            seen.add(key)
            pending.extend(one for one in _next(sheet, sheet.by_id[key], known, depth) if one in sheet.by_id)
    return seen


def _peeled(follow: Follow) -> Follow:
    """Without nodes that nothing leads to or that lead to nothing: what remains holds the loops."""
    before: Follow = {key: set() for key in follow}
    for key, targets in follow.items():
        for one in targets:
            before[one].add(key)
    loose = [key for key in follow if not follow[key] or not before[key]]
    while loose:
        key = loose.pop()
        if key in follow:
            loose.extend(_detach(key, follow, before))
    return follow


def _detach(key: str, follow: Follow, before: Follow) -> list[str]:
    freed = []
    for other in before.pop(key, set()):
        if other in follow:
            follow[other].discard(key)
            freed += [] if follow[other] else [other]
    for other in follow.pop(key, set()):
        if other in before:
            before[other].discard(key)
            freed += [] if before[other] else [other]
    return [one for one in freed if one in follow]


def _rings(sheet: Sheet, follow: Follow) -> Iterator[Any]:
    """The first node, in document order, of each loop among these nodes."""
    seen: set[str] = set()
    for node in sheet.nodes if follow else ():
        key = node.get("id", "")
        if key in follow and key not in seen:
            ahead = _ahead(key, follow)
            if key in ahead:
                seen |= {one for one in ahead if key in _ahead(one, follow)}
                yield node


def _ahead(key: str, follow: Follow) -> set[str]:
    seen: set[str] = set()
    pending = list(follow.get(key, ()))
    while pending:
        one = pending.pop()
        if one not in seen:
            seen.add(one)
            pending.extend(follow.get(one, ()))
    return seen


def _waits(node: Any, known: Set, depth: int = 0) -> bool:
    """Whether a case comes to rest in it; a called process that is not known may wait for somebody, and a repetition
    that asks first may have no round at all."""
    kind = local(node)
    if any(one.get("testBefore") == "true" for one in children(node, "standardLoopCharacteristics")):
        return False
    if kind == "subProcess":
        return any(_waits(one, known, depth) for one in node.iter() if one is not node and local(one) in _INSIDE)
    if kind == "callActivity" and depth < MOST_CALLS:
        called = node.get("calledElement", "")
        if called not in known.processes:
            return True
        inside = known.process_node(called).iter()
        return any(_waits(one, known, depth + 1) for one in inside if local(one) in _INSIDE)
    return kind in _WAITS or kind == "callActivity"
