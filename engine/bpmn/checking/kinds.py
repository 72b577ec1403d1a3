"""What the data of a set's processes consist of, by kind of value: forms' fields, answers of services and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from engine.bpmn.checking.columns import answered
from engine.bpmn.checking.sheets import Set, Sheet
from engine.bpmn.decisions import MULTIPLE
from engine.bpmn.elements import HUMAN, decision, operator, properties, repetition, result_of

# What every completed task leaves beside its form's routed fields.
OF_EVERY_TASK = {"keputusan": "text", "pada": "text", "unit": "text"}
Parts = Mapping[str, Mapping[str, str]]


@lru_cache(maxsize=2)
def parts_of(known: Set) -> Parts:
    """Data names whose parts are known -> each part's kind."""
    beside = parts_of(known.beside) if known.beside else {}
    own = _agreed((*_by_tasks(known), *_by_services(known), *_by_tables(known)))
    found = {**(known.catalogue.start or {}), **beside, **own}
    return {name: parts for name, parts in found.items() if parts is not None}


def _agreed(written: Iterable[tuple[str, Mapping[str, str] | None]]) -> dict[str, Mapping[str, str] | None]:
    """Names that several elements write have the parts of all; one of which nothing is known makes all unknown."""
    found: dict[str, Mapping[str, str] | None] = {}
    for name, parts in written:
        before = found.get(name, {})
        found[name] = None if before is None or parts is None else _both(before, parts)
    return found


def _both(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    return {**first, **{name: kind if first.get(name, kind) == kind else "any" for name, kind in second.items()}}


def _once(sheets: Iterable[Sheet], *kinds: str) -> list[Any]:
    """Elements that are not repeated: the members of a repetition stand in lists."""
    return [node for sheet in sheets for node in sheet.of(*kinds) if repetition(node) is None]


def _by_tasks(known: Set) -> Iterable[tuple[str, Mapping[str, str] | None]]:
    for node in _once(known.sheets, *HUMAN):
        fields = known.catalogue.routes.get(properties(node).get("formKey", ""))
        yield node.get("id", ""), None if fields is None else {**OF_EVERY_TASK, **fields}


def _by_services(known: Set) -> Iterable[tuple[str, Mapping[str, str] | None]]:
    services = known.catalogue.services
    for node in _once(known.sheets, "serviceTask", "sendTask"):
        called = operator(node)
        if called is not None:
            yield result_of(node), services.get(called.service).leaves if called.service in services else None


def _by_tables(known: Set) -> Iterable[tuple[str, Mapping[str, str] | None]]:
    for node in _once(known.sheets, "businessRuleTask"):
        table = known.decisions.get(decision(node))
        single = table is not None and table.policy not in MULTIPLE
        answers = {name: answered(table, at) for at, name in enumerate(table.outputs)} if table and single else None
        yield node.get("id", ""), answers


@lru_cache(maxsize=2)
def empty_of(known: Set) -> frozenset[tuple[str, str]]:
    """Fields (task, name) that a person may leave empty."""
    optional = known.catalogue.optional
    tasks = _once(known.sheets, *HUMAN)
    keys = ((node.get("id", ""), properties(node).get("formKey", "")) for node in tasks)
    own = frozenset((task, name) for task, key in keys for name in optional.get(key, ()))
    return own | (empty_of(known.beside) if known.beside else frozenset())


@lru_cache(maxsize=2)
def lists_of(known: Set) -> frozenset[str]:
    """Data names that hold lists: what repetitions collect."""
    own = (repetition(node) for sheet in known.sheets for node in sheet.nodes)
    beside = lists_of(known.beside) if known.beside else frozenset()
    return beside | {one.output for one in own if one is not None}
