"""Words that messages carry: what a diagram writes into a payload is what the event that catches it can hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache

from engine.bpmn.checking.clock_acts import act_of
from engine.bpmn.checking.kinds import awaited_by, parts_of
from engine.bpmn.checking.messages import PASSED, THROWS, caught_by
from engine.bpmn.checking.saying import literal
from engine.bpmn.checking.sheets import Set
from engine.bpmn.elements import operator, properties
from engine.bpmn.expressions import ExpressionFault, parse
from engine.bpmn.mentions import Word

Words = frozenset[Word] | None  # None: anything
Path = tuple[str, str]
Closed = Mapping[Path, frozenset[Word]]
Fields = Mapping[str, Words] | None


def received(known: Set, words: Closed) -> Iterator[tuple[Path, Words]]:
    """What stands under each event, with its only words; under the part "" nothing is known of all of it."""
    told = _joined(_sent(known, words)) if known.catalogue.messages is not None else {}
    for event, name in awaited_by(known).items():
        fields = told.get(name)
        yield from (((event, part), some) for part, some in ({"": None} if fields is None else fields).items())


def _joined(senders: Iterator[tuple[str, Fields]]) -> dict[str, Fields]:
    """Of what several senders carry the words of all; one of which nothing is known makes all unknown."""
    found: dict[str, Fields] = {}
    for name, fields in senders:
        before = found.get(name, {})
        found[name] = None if before is None or fields is None else _both(before, fields)
    return found


def _both(first: Mapping[str, Words], second: Mapping[str, Words]) -> Mapping[str, Words]:
    return {name: _either(first.get(name, frozenset()), second.get(name, frozenset())) for name in {**first, **second}}


def _either(one: Words, other: Words) -> Words:
    return None if one is None or other is None else one | other


def _sent(known: Set, words: Closed) -> Iterator[tuple[str, Fields]]:
    for name, payload in _throws(known):
        yield name, None if payload is None else _written(payload, known, words)
    yield from _sent(known.beside, words) if known.beside else ()


@lru_cache(maxsize=4)
def _throws(known: Set) -> tuple[tuple[str, str | None], ...]:
    """Each message that is sent, with its payload as written; None: its sender decides what it carries."""
    found: list[tuple[str, str | None]] = [(name, None) for name in known.catalogue.messages or ()]
    for sheet in known.sheets:
        for node in sheet.of(*THROWS, "serviceTask"):
            called, act = operator(node), act_of(node)
            if called is not None:
                found.append((literal(called.params.get("reply", "")), None))
            if act is not None:
                found.append((f"{act.subject}{PASSED}", None))
            names = caught_by(sheet, node) if called is None else ()
            found.extend((name, properties(node).get("payload", "")) for name in names)
    return tuple(found)


def _written(payload: str, known: Set, words: Closed) -> Fields:
    """The names that a payload is written with and their words; None where the data of a case decide."""
    try:
        tree = parse(payload).body if payload else ast.Dict([], [])
    except ExpressionFault:
        return None  # told where texts are checked
    if isinstance(tree, ast.Name):
        return {part: _of((tree.id, part), known, words) for part in parts_of(known).get(tree.id, {})} or None
    if not isinstance(tree, ast.Dict) or not all(isinstance(one, ast.Constant) for one in tree.keys):
        return None
    pairs = zip(tree.keys, tree.values, strict=True)
    return {str(key.value): _spoken(value, known, words) for key, value in pairs if isinstance(key, ast.Constant)}


def _spoken(tree: ast.AST, known: Set, words: Closed) -> Words:
    if isinstance(tree, ast.IfExp):
        return _either(_spoken(tree.body, known, words), _spoken(tree.orelse, known, words))
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        return frozenset({tree.value})
    if isinstance(tree, ast.Attribute) and isinstance(tree.value, ast.Name):
        return _of((tree.value.id, tree.attr), known, words)
    return None


def _of(path: Path, known: Set, words: Closed) -> Words:
    """The only words of a part of data; the outcomes of a task are such words."""
    offered = known.offers.get(path[0], ()) if path[1] == "keputusan" else ()
    return frozenset(offered) or words.get(path)
