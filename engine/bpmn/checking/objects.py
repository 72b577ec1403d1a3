"""Data objects: what the activities that lead to them leave, and references of the drawing that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.bpmn.checking.called import called_so, which
from engine.bpmn.checking.sheets import Set, Sheet, problem
from engine.bpmn.elements import children, data_objects, inside, local, repetition, result_of, text
from engine.errors import Finding, Problem

_ENDS = {"dataInputAssociation": "sourceRef", "dataOutputAssociation": "targetRef"}


def kept(known: Set, parts: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, Mapping[str, str] | None]]:
    """What stands under each data object: what the activity before it left, None where that is not known."""
    for sheet in known.sheets:
        for node in sheet.nodes:
            for name in data_objects(node) if children(node, "dataOutputAssociation") else ():
                yield name, parts.get(result_of(node)) if _leaves_parts(node) else None


def _leaves_parts(node: Any) -> bool:
    """Whether what an activity leaves stands under one name, not in a list or under names of what is inside it."""
    return repetition(node) is None and local(node) not in ("subProcess", "callActivity")


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """References to data objects, and ends of associations, that the file does not hold."""
    links = [one for tag in (*_ENDS, "dataObjectReference") for one in inside(sheet.root, tag)]
    drawn = {one.get("id", "") for one in sheet.root.iter() if isinstance(one.tag, str)} if links else set()
    filled = {text(one) for link in links for one in children(link, "targetRef")}
    for node in links:
        for wanted in _wanted(node, filled):
            if not wanted or wanted.split(":")[-1] not in drawn:
                message = Finding(
                    "%(said)s menunjuk %(wanted)s, yang tidak ada dalam diagram",
                    said=_said(node),
                    wanted=wanted or Finding("kosong"),
                )
                hint = "Sambungkan ke objek data yang digambar, atau hapus; tanpa itu tidak ada yang disimpan di sana."
                yield problem(sheet, node, "unknown-element", message, hint, "warning")


def _wanted(node: Any, filled: set[str]) -> list[str]:
    """What a reference or association names; one that names nothing is for readers, unless something is kept there."""
    if local(node) == "dataObjectReference":
        wanted = node.get("dataObjectRef", "")
        return [wanted] if wanted or node.get("id", "") in filled else []
    return [text(one) for one in children(node, _ENDS[local(node)])]


def _said(node: Any) -> str:
    """How to name a reference, or the activity at which an association is drawn."""
    if local(node) == "dataObjectReference":
        return Finding("Objek data %(node)s", node=which(node))
    return Finding("Panah data pada %(node)s", node=called_so(node.getparent()))
