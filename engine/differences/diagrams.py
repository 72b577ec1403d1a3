"""Diagrams element by element: what each says, where it leads, where it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml.etree import QName

from engine.bpmn import elements, reading
from engine.bpmn.calling import Names
from engine.bpmn.elements import local
from engine.differences import properties
from engine.differences.identity import Ids
from engine.differences.office import Office, message, ours
from engine.differences.values import CHANGED, Change, Thing, Things, between
from engine.errors import Finding

# What is told of an element otherwise, or of other elements.
_ELSEWHERE = (*elements.FLOW_NODES, "incoming", "outgoing", "documentation", "sequenceFlow", "properties", "laneSet")
_NAMED = ("id", "name", "calledElement")
ID = "id"
_BY_ID = ("dari", "ke", "di_dalam", "attachedToRef", "default")  # properties that name another element


def changes(path: str, before: bytes, after: bytes, office: Office, ids: Ids | None = None) -> tuple[Change, ...]:
    """`office`: what the two versions call things in other files; `ids`: of steps that got another one, which `before`
    says already.  Raises reading.Unreadable."""
    old, new = reading.read(path, before), reading.read(path, after)
    was, now = (Names(elements.elements(root), tuple(elements.flows(root))) for root in (old, new))
    older, newer = _things(old), _things(new)
    found = (*_renamed(ids or {}, older, newer), *between(older, newer))
    return tuple(_worded(one, was, now, office) for one in found)


def _renamed(ids: Ids, older: Things, newer: Things) -> Iterator[Change]:
    """Steps under another id, as far as the older version could be read under it."""
    known = ((id, newer[new], new) for id, new in ids.items() if new in older and new in newer)
    return (Change(CHANGED, one.kind, new, one.name, ID, id, new) for id, one, new in known)


def places(path: str, content: bytes) -> frozenset[str]:
    """Ids of what can be pointed at.  Raises reading.Unreadable."""
    return frozenset(_things(reading.read(path, content)))


def _worded(one: Change, was: Names, now: Names, office: Office) -> Change:
    """With names in the place of ids: versions are compared by ids, so that a renamed step is told once."""
    if one.what in _BY_ID:
        before, after = (ours(names.way(id) or names.of(id)) for names, id in ((was, one.before), (now, one.after)))
    else:
        before, after = (properties.told(one.what, office, text) for text in (one.before, one.after))
    if before == after and one.before != one.after and one.what not in _BY_ID:
        before, after = one.before, one.after  # the words say less than what was written
    if one.kind == "message":
        named = (message(text) if one.what == "nama" else text for text in (before, after))
        return replace(one, name=message(one.name), before=next(named), after=next(named))
    ends = now.way(one.id) or was.way(one.id)
    return replace(one, name=ours(_called(one, ends, was, now)), before=before, after=after)


def _called(one: Change, ends: str, was: Names, now: Names) -> str:
    """Several flows are called "ya": what it leads from and to says which of them it is, always of one that came or
    went."""
    if one.name and ends and (not one.what or was.shared(one.name) or now.shared(one.name)):
        return Finding("%(name)s (%(ends)s)", name=one.name, ends=ends)
    if one.name or ends:
        return one.name or ends
    return now.place(one.id) or was.place(one.id)


def _things(root: Any) -> Things:
    drawn = _places(root)
    found = {id: replace(one, place=drawn.get(id, "")) for id, one in _of_flow(root)}
    return found | {id: Thing(kind, name, told, drawn.get(id, "")) for id, kind, name, told in _frame(root)}


def _of_flow(root: Any) -> Iterator[tuple[str, Thing]]:
    nodes = {one.get("id", ""): one for one in elements.flow_nodes(root)}
    for id, element in elements.elements(root).items():
        told = {"peran": element.role, "memanggil": element.calls, "keterangan": element.documentation}
        told |= {f"sifat.{key}": value for key, value in element.properties.items()}
        told["di_dalam"] = element.parent
        yield id, Thing(element.kind, element.name, told | _inner(nodes[id]))
    for flow in elements.flows(root):
        yield (
            flow.id,
            Thing("sequenceFlow", flow.name, {"dari": flow.source, "ke": flow.target, "syarat": flow.condition}),
        )


def _inner(node: Any) -> dict[str, str]:
    """Attributes and whatever an element holds of its own: definitions of events, services, repetitions."""
    found = {key: value for key, value in node.attrib.items() if key not in _NAMED}
    for path, text in _below(node, ""):
        found[path] = f"{found[path]}; {text}" if path in found else text
    return found


def _below(node: Any, path: str) -> Iterator[tuple[str, str]]:
    for child in node:
        tag = local(child)
        if not tag or tag in _ELSEWHERE:
            continue
        here = path if tag in ("extensionElements", "parameters") else f"{path}.{tag}".strip(".")
        given = {QName(key).localname: value for key, value in child.attrib.items()}
        id, said = given.pop("id", ""), (child.text or "").strip()
        if tag == "parameter":
            here, said = f"{here}.{id}", given.pop("value", said)
        elif tag == "serviceTaskOperator":
            said = id
        yield from ((f"{here}.{key}", value) for key, value in given.items() if key != "type")
        if said or (not len(child) and not given and here != path):
            yield here, said or "true"
        yield from _below(child, here)


def _frame(root: Any) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """What stands around the flow: processes, lanes, messages, errors, participants, notes."""
    for tag in (
        "process",
        "lane",
        "message",
        "error",
        "escalation",
        "signal",
        "participant",
        "textAnnotation",
        "group",
    ):
        for node in elements.inside(root, tag):
            told = {key: value for key, value in node.attrib.items() if key not in ("id", "name")}
            written = " ".join(elements.text(one) for one in elements.children(node, "text"))
            if tag == "process":
                told["keterangan"] = "\n".join(elements.text(one) for one in elements.children(node, "documentation"))
            yield node.get("id", ""), tag, " ".join((node.get("name") or written).split()), told


def _places(root: Any) -> dict[str, str]:
    """Element -> where its shape or its line is drawn."""
    found: dict[str, str] = {}
    for node in root.iter():
        if local(node) in ("BPMNShape", "BPMNEdge"):
            # Labels move along with what they name: only the shape itself and the line count.
            marks = (one for one in node if local(one) in ("Bounds", "waypoint"))
            found[node.get("bpmnElement", "")] = " ".join(_spot(one) for one in marks)
    return found


def _spot(node: Any) -> str:
    return ",".join(f"{float(node.get(one) or 0):g}" for one in ("x", "y", "width", "height") if node.get(one))
