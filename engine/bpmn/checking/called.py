"""How a sentence names what it is about: by its name, else by the named ones beside it, the id only where none is."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from engine.bpmn import elements
from engine.bpmn.calling import LONGEST, Names, unnamed
from engine.bpmn.checking.sheets import Set
from engine.bpmn.elements import local, text
from engine.errors import Finding, Naming, OwnName


def called_so(node: Any) -> str:
    """What to call an element, flow or lane where nothing before it says what it is: "tugas tanpa nama sesudah ‹…›"."""
    kind = local(node)
    if name := _told(node):
        return name
    if kind == "sequenceFlow" and (way := _way(node)):
        return Naming("alur %(way)s", way=way)
    if kind == "lane" and (inside := _inside(node)):
        return Naming("jalur yang memuat ‹%(step)s›", step=inside)
    found = names_in(node).of(node.get("id", "")) if kind in elements.FLOW_NODES else ""
    return found if isinstance(found, Naming) else unnamed(kind, node.get("id", ""))


def which(node: Any) -> str:
    """What to call it behind a word that says what it is: "Tugas %(node)s", "Alur %(flow)s"."""
    if name := _told(node):
        return name
    if way := _way(node) if local(node) == "sequenceFlow" else "":
        return way
    if inside := _inside(node) if local(node) == "lane" else "":
        return Finding("yang memuat ‹%(step)s›", step=inside)
    place = names_in(node).place(node.get("id", ""))
    if not place or local(node).endswith(("Gateway", "Event")):  # these often bear no name
        return place or _nameless(node)
    return Finding("tanpa nama %(place)s", place=place)


def onward(flow: Any) -> str:
    """What to call a flow where it is said what it comes from: by its name, or "ke ‹Paraf›"."""
    return _name(flow) or names_in(flow).ends("", flow.get("targetRef", "")) or which(flow)


def meaning(word: str, name: str) -> str:
    """A word as written, with what it stands for: "bap (Berita Acara Pemeriksaan)"; by itself where that is all."""
    return word if name == word else Finding("%(word)s (%(name)s)", word=word, name=name)


def among(known: Set, key: str, said: Callable[[Any], str] = called_so) -> str:
    """What to call an element of any of these diagrams, the deployed ones beside them too; its id where it is none."""
    drawn = next((sheet.by_id[key] for sheet in known.sheets if key in sheet.by_id), None)
    if drawn is not None:
        return said(drawn)
    return among(known.beside, key, said) if known.beside else key


def _name(node: Any) -> str:
    return OwnName(" ".join(node.get("name", "").split())[:LONGEST])


def _told(node: Any) -> str:
    """The name; of a flow with what it joins where others are called so too."""
    name = _name(node)
    if not name or local(node) != "sequenceFlow":
        return name
    return names_in(node).apart(name, node.get("sourceRef", ""), node.get("targetRef", ""))


def _way(flow: Any) -> str:
    return names_in(flow).ends(flow.get("sourceRef", ""), flow.get("targetRef", ""))


def _inside(lane: Any) -> str:
    """The name of the first element in a lane that has one."""
    names = names_in(lane)
    return next(filter(None, (names.own(text(one)) for one in elements.children(lane, "flowNodeRef"))), "")


def _nameless(node: Any) -> str:
    key = node.get("id", "")
    return Finding("tanpa nama (%(id)s)", id=key[:LONGEST]) if key else Finding("tanpa nama")


def names_in(node: Any) -> Names:
    """What the elements of the diagram are called that a node stands in."""
    return _names(node.getroottree().getroot())


@lru_cache(maxsize=8)
def _names(root: Any) -> Names:
    return Names(elements.elements(root), elements.flows(root))
