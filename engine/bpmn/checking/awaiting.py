"""Rules about branches that wait for each other: what is waited for can be sent before it is waited for.

Told is only what holds on every way: an event whose message nobody but this process sends, and which no sender
can come to unless the event has happened before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bpmn.checking import unheard
from engine.bpmn.checking.called import called_so
from engine.bpmn.checking.messages import Event, caught, elsewhere, thrown
from engine.bpmn.checking.separation import beside, side_by_side
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.elements import local, operator
from engine.errors import Finding, Problem

_CATCHES = ("intermediateCatchEvent", "boundaryEvent", "receiveTask")


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    if known.catalogue.messages is None:
        return
    found = [one for process in sheet.processes for one in _deaf(sheet, process, known)]
    yield from found
    told = {one.element for one in found}
    yield from (one for one in unheard.check(sheet, known) if one.element not in told)


def _deaf(sheet: Sheet, process: Any, known: Set) -> Iterator[Problem]:
    nodes = [one for one in sheet.nodes if process in one.iterancestors()]
    waits = {node: names for node in nodes if local(node) in _CATCHES and (names := caught(sheet, node))}
    outside = set(elsewhere(process, known)) if waits else set[Event]()
    within = {one for node in nodes for one in thrown(sheet, node)}
    waits = {node: names for node, names in waits.items() if names <= within - outside}
    came = _happening(sheet, nodes, waits, set(outside)) if waits else set()
    for node in waits:
        if node not in came and _stood_at(sheet, node, came):
            said = ", ".join(sorted({name for _, name in waits[node]}))
            message = Finding(
                "%(node)s menunggu pesan %(said)s, yang baru dikirim sesudah peristiwa ini sendiri",
                node=called_so(node),
                said=said,
            )
            hint = "Kirim pesannya dari cabang yang tidak menunggu, atau hapus salah satu penantian."
            yield problem(sheet, node, "deadlock", message, hint)
        elif not any(hears(sheet, node, one) for one in nodes if thrown(sheet, one) & waits[node]):
            said = ", ".join(sorted({name for _, name in waits[node]}))
            message = Finding(
                "%(node)s menunggu pesan %(said)s, yang tidak pernah dikirim selagi ia menunggu",
                node=called_so(node),
                said=said,
            )
            hint = "Kirim pesannya dari cabang sejajar; yang dikirim sebelum ditunggu tidak sampai kepada siapa pun."
            yield problem(sheet, node, "deadlock", message, hint)


def hears(sheet: Sheet, wait: Any, sender: Any) -> bool:
    """Whether a sender can come while an event waits: beside it, inside the activity it watches, in a later round.

    What a service asks for, and the passing of a clock's term, come by themselves when somebody waits.
    """
    if operator(sender) is not None:
        return True
    here, there = side_by_side(wait, sender)
    if here is None or there is None or here is there:
        return True
    first, second = here.get("id", ""), there.get("id", "")
    if local(here) == "boundaryEvent":
        watched = here.get("attachedToRef", "")
        if second == watched or beside(sheet, watched, second):
            return True
    return second in sheet.reached(sheet.following(first)) or beside(sheet, first, second)


def _happening(sheet: Sheet, nodes: list[Any], waits: dict[Any, set[Event]], sent: set[Event]) -> set[Any]:
    """The nodes a case can come past, each wait passed only once its message can have been sent; a fixed point."""
    came: set[Any] = set()
    grown = True
    while grown:
        grown = False
        for node in nodes:
            if node not in came and _stood_at(sheet, node, came) and (node not in waits or waits[node] & sent):
                came.add(node)
                sent |= thrown(sheet, node)
                grown = True
    return came


def _stood_at(sheet: Sheet, node: Any, came: set[Any]) -> bool:
    """Whether a token can stand before a node: behind one that was passed, or at the beginning of what holds it."""
    if local(node) == "boundaryEvent":
        held = sheet.by_id.get(node.get("attachedToRef", ""))
        return held is None or _stood_at(sheet, held, came)
    if local(node) == "startEvent":
        holder = node.getparent()
        return local(holder) == "process" or _stood_at(sheet, holder, came)
    comes = [sheet.by_id.get(flow.get("sourceRef", "")) for flow in sheet.incoming.get(node.get("id", ""), [])]
    return any(_left(sheet, one, came) for one in comes)


def _left(sheet: Sheet, node: Any, came: set[Any]) -> bool:
    """Whether a token can have left a node; a sub-process is left only where one of its ends is come to."""
    if node not in came or local(node) != "subProcess":
        return node in came
    ends = [one for one in sheet.inside(node) if local(one) == "endEvent"]
    return not ends or any(one in came for one in ends)
