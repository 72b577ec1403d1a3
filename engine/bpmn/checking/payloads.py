"""What messages and signals carry: what diagrams put into them, what services are asked for, what the office sends."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from engine.bpmn.checking.clock_acts import act_of
from engine.bpmn.checking.inference import kind_of
from engine.bpmn.checking.messages import PASSED, THROWS, caught_by
from engine.bpmn.checking.saying import literal
from engine.bpmn.checking.sheets import Set, Sheet
from engine.bpmn.elements import operator, properties, repetition
from engine.bpmn.expressions import ExpressionFault, parse

Parts = Mapping[str, Mapping[str, str]]
Fields = Mapping[str, str] | None
CATCHES = ("intermediateCatchEvent", "boundaryEvent", "receiveTask")
_PASSING = {"pada": "text"}  # what the passing of a term tells


def waits(known: Set) -> Iterator[tuple[str, str]]:
    """Events that wait for a message or signal, each with its name; "" for what waits for anything else."""
    for sheet in known.sheets:
        for node in [one for one in sheet.of(*CATCHES) if repetition(one) is None]:
            names = caught_by(sheet, node)
            yield node.get("id", ""), names.pop() if len(names) == 1 else ""


def senders(known: Set, parts: Parts) -> Iterator[tuple[str, Fields]]:
    """Names of messages and signals, each with what one sender puts into it; None where that is not known."""
    for name in known.catalogue.messages or ():
        yield name, known.catalogue.payloads.get(name)
    for sheet in known.sheets:
        for node in sheet.of(*THROWS, "serviceTask"):
            yield from _asked(node, known) if operator(node) is not None else _thrown(sheet, node, parts)


def _asked(node: Any, known: Set) -> Iterator[tuple[str, Fields]]:
    """What a service answers with, and what the passing of a clock's term tells."""
    called, act = operator(node), act_of(node)
    if called is not None and (name := literal(called.params.get("reply", ""))):
        services = known.catalogue.services
        yield name, services.get(called.service).replies if called.service in services else None
    if act is not None and act.kind == "clock.start":
        yield f"{act.subject}{PASSED}", _PASSING


def _thrown(sheet: Sheet, node: Any, parts: Parts) -> Iterator[tuple[str, Fields]]:
    written = properties(node).get("payload", "")
    for name in caught_by(sheet, node):
        yield name, _fields(written, parts) if written else {}


def _fields(written: str, parts: Parts) -> Fields:
    """The names that a payload is written with, by kind; None where the data of a case decide."""
    try:
        tree = parse(written).body
    except ExpressionFault:
        return None
    if isinstance(tree, ast.Name):
        return parts.get(tree.id)
    if not isinstance(tree, ast.Dict):
        return None
    pairs = list(zip(tree.keys, tree.values, strict=True))
    named = {key.value: kind_of(value, parts) for key, value in pairs if isinstance(key, ast.Constant)}
    return {str(key): kind for key, kind in named.items()} if len(named) == len(pairs) else None
