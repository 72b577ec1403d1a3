"""Data objects: what the activities that lead to them leave, and references of the drawing that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.bpmn.checking.sheets import Set, Sheet, called_so, problem
from engine.bpmn.elements import children, data_objects, inside, local, operator, repetition, result_of, text
from engine.errors import Problem

_ENDS = {"dataInputAssociation": "sourceRef", "dataOutputAssociation": "targetRef"}


def kept(known: Set, parts: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, Mapping[str, str] | None]]:
    """What stands under each data object: what the activity before it left under its own id, None if not known."""
    for sheet in known.sheets:
        for node in sheet.nodes:
            for name in data_objects(node) if children(node, "dataOutputAssociation") else ():
                yield name, parts.get(node.get("id", "")) if _leaves_its_own(node) else None


def _leaves_its_own(node: Any) -> bool:
    """Whether what an activity leaves stands under its id, and not in a list, under another name, or inside it."""
    named_otherwise = operator(node) is not None and result_of(node) != node.get("id")
    return repetition(node) is None and not named_otherwise and local(node) not in ("subProcess", "callActivity")


def check(sheet: Sheet, known: Set) -> Iterator[Problem]:
    """References to data objects, and ends of associations, that the file does not hold."""
    links = [one for tag in (*_ENDS, "dataObjectReference") for one in inside(sheet.root, tag)]
    drawn = {one.get("id", "") for one in sheet.root.iter() if isinstance(one.tag, str)} if links else set()
    for node in links:
        for wanted in _wanted(node):
            if wanted.split(":")[-1] not in drawn:
                message = f"{_said(node)} menunjuk {wanted or 'kosong'}, yang tidak ada dalam diagram"
                hint = "Sambungkan ke objek data yang digambar, atau hapus; tanpa itu tidak ada yang disimpan di sana."
                yield problem(sheet, node, "unknown-element", message, hint, "warning")


def _wanted(node: Any) -> list[str]:
    """What a reference or association names; one that names nothing was left to its drawing."""
    if local(node) == "dataObjectReference":
        return [one for one in (node.get("dataObjectRef", ""),) if one]
    return [text(one) for one in children(node, _ENDS[local(node)])]


def _said(node: Any) -> str:
    """How to name a reference, or the activity at which an association is drawn."""
    if local(node) == "dataObjectReference":
        return f"Objek data {called_so(node)}"
    return f"Panah data pada {called_so(node.getparent())}"
