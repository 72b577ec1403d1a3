"""Which processes one case can run: those that lead to a process, and all that these call."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from engine.bpmn.checking.sheets import Set, Sheet
from engine.bpmn.elements import local


def run_together(known: Set, node: Any) -> frozenset[str]:
    """The processes that a case can run together with the one that holds a node, that one included."""
    key = process_of(node).get("id", "")
    return _families(known).get(key, frozenset({key}))


def process_of(node: Any) -> Any:
    """The process that holds a node; a process itself."""
    return node if local(node) == "process" else next(node.iterancestors("{*}process"))


def holders(known: Set, node: Any) -> Iterator[tuple[Sheet, Any]]:
    """The processes that a case can run together with the one that holds a node, each with its sheet."""
    own = process_of(node)
    for key in run_together(known, node):
        other = known.processes.get(key)
        if other is not None and key != own.get("id", ""):
            yield other, known.process_node(key)


def running(sheet: Sheet, node: Any, known: Set) -> Iterator[tuple[Sheet, Any]]:
    """The process that holds a node of a sheet, and those that a case can run together with it."""
    yield sheet, process_of(node)
    yield from holders(known, node)


@lru_cache(maxsize=2)
def _families(known: Set) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for root in [key for key in known.processes if key not in known.callers]:
        family = frozenset({root, *known.called(root)})
        for key in family:
            found[key] = found.get(key, frozenset()) | family
    for key in known.processes.keys() - found.keys():  # they call each other in a circle, which is told
        found[key] = frozenset({key, *known.called(key)})
    return found
