"""What an expression mentions, found without evaluating it: names, parts of them, what they are compared with."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from engine.bpmn.expressions import FUNCTIONS, WORDS, parse

Word: TypeAlias = str | Decimal
_LISTED = ast.List | ast.Tuple


@lru_cache(maxsize=4096)
def names(text: str) -> frozenset[str]:
    """The top-level names of process data that an expression reads (dotted `get` names included)."""
    found: set[str] = set()
    for node in ast.walk(parse(text)):
        if isinstance(node, ast.Name) and node.id not in FUNCTIONS and node.id not in WORDS:
            found.add(node.id)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "get":
            first = node.args[0]
            if isinstance(first, ast.Constant):
                found.add(str(first.value).split(".")[0])
    return frozenset(found)


@lru_cache(maxsize=4096)
def firm_names(text: str) -> frozenset[str]:
    """The names an expression cannot do without; what it asks for with `get` may be absent."""
    found = (node.id for node in ast.walk(parse(text)) if isinstance(node, ast.Name))
    return frozenset(found) - FUNCTIONS.keys() - WORDS.keys()


@lru_cache(maxsize=4096)
def firm_parts(text: str) -> frozenset[str]:
    """The parts `name.part` an expression cannot do without, in the same way."""
    return frozenset(f"{name}.{part}" for node in ast.walk(parse(text)) for name, part in _attribute(node))


@lru_cache(maxsize=4096)
def paths(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs (name, part) that an expression reads, `get` included."""
    return tuple(_paths(text))


def _paths(text: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(parse(text)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "get":
            name, _, part = str(ast.literal_eval(node.args[0])).partition(".")
            yield from [(name, part.partition(".")[0])] if part else []


@lru_cache(maxsize=4096)
def rows(text: str) -> tuple[tuple[str, str, str], ...]:
    """`a.b[0].c` -> ("a", "b", "c"): the fields that an expression reads of members taken out of a list."""
    inner = (node for node in ast.walk(parse(text)) if isinstance(node, ast.Attribute))
    lists = ((node.value.value, node.attr) for node in inner if isinstance(node.value, ast.Subscript))
    return tuple((*path, field) for one, field in lists for path in _attribute(one))


def parts_of_get(node: ast.AST) -> tuple[str, str]:
    """`get("a.b")` -> ("a", "b"); ("", "") for anything else, deeper paths included."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "get":
        name, _, part = str(ast.literal_eval(node.args[0])).partition(".")
        return ("", "") if "." in part else (name, part)
    return ("", "")


def whole_path(text: str) -> tuple[str, str] | None:
    """The pair (name, part) that is all an expression says; None when it says more or less."""
    return next(_path(parse(text).body), None)


@lru_cache(maxsize=4096)
def needed(text: str) -> frozenset[tuple[str, str]]:
    """The fields (name, part) that must hold a value for an expression to have one: ordered, reckoned with, counted.

    A field that the same expression asks about first (`x != null and x > 3`, `x and x > 3`) is left out.
    """
    tree = parse(text)
    used, asked = set[tuple[str, str]](), set[tuple[str, str]]()
    for node in ast.walk(tree):
        used.update(found for one in _reckoned_with(node) for found in _attribute(one))
        asked.update(found for one in _asked_about(node) for found in _attribute(one))
    return frozenset(used - asked)


def _attribute(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        yield node.value.id, node.attr


def _reckoned_with(node: ast.AST) -> list[ast.expr]:
    """The operands of a node that cannot be empty."""
    if isinstance(node, ast.Compare) and any(isinstance(one, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for one in node.ops):
        return [node.left, *node.comparators]
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id != "get":
        return list(node.args)
    return []


def _asked_about(node: ast.AST) -> list[ast.expr]:
    """What a node asks whether it is there."""
    if isinstance(node, ast.Compare):
        empty = any(isinstance(one, ast.Name) and one.id == "null" for one in (node.left, *node.comparators))
        return [node.left, *node.comparators] if empty else []
    if isinstance(node, ast.BoolOp):
        return node.values
    return [node.test] if isinstance(node, ast.IfExp) else []


@lru_cache(maxsize=4096)
def matched(text: str) -> tuple[tuple[tuple[str, str], Any, bool], ...]:
    """What an expression compares with a constant: (name, part), the constant, and whether by order."""
    return tuple(_matched(text))


def _matched(text: str) -> Iterator[tuple[tuple[str, str], Any, bool]]:
    for node in ast.walk(parse(text)):
        if isinstance(node, ast.Compare):
            for (left, right), sign in zip(itertools.pairwise([node.left, *node.comparators]), node.ops, strict=True):
                ordered_so = isinstance(sign, ast.Lt | ast.LtE | ast.Gt | ast.GtE)
                # What is searched in a field is one of its members, not of its kind.
                within = isinstance(sign, ast.In | ast.NotIn)
                for path, value in [(left, right)] if within else [(left, right), (right, left)]:
                    held = value.elts if within and isinstance(value, _LISTED) else [value]
                    yield from ((found, one, ordered_so) for found in _path(path) for one in _constants(held))


def _path(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        yield node.value.id, node.attr
    elif (found := parts_of_get(node))[1]:
        yield found


def _constants(nodes: Sequence[ast.AST]) -> Iterator[Any]:
    for one in nodes:
        if isinstance(one, ast.Constant) and one.value is not None:
            yield one.value
        elif isinstance(one, ast.Name) and one.id in WORDS and WORDS[one.id] is not None:
            yield WORDS[one.id]


@lru_cache(maxsize=4096)
def comparisons(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs (`task.field`, word) that an expression compares for equality or membership."""
    return tuple(_comparisons(text))


def _comparisons(text: str) -> Iterator[tuple[str, str]]:
    for left, right, sign in _sides(text):
        for path, value in ((left, right), (right, left)):
            # A text is never a list: words are held against a list only by looking for them in it.
            whole = isinstance(value, _LISTED) and not isinstance(sign, ast.In | ast.NotIn)
            for name, part in () if whole else _path(path):
                yield from ((f"{name}.{part}", word) for word in _words(value) if word not in _instead(path))


@lru_cache(maxsize=4096)
def worded(text: str) -> tuple[tuple[tuple[str, str], Word, bool], ...]:
    """What an expression holds against words or figures: (name, part), the word, whether it is searched within it.

    The part is "" where a name is compared by itself.
    """
    return tuple(dict.fromkeys(_worded(text)))


def _worded(text: str) -> Iterator[tuple[tuple[str, str], Word, bool]]:
    for left, right, sign in _sides(text):
        if isinstance(sign, ast.In | ast.NotIn):
            listed = [one for part in right.elts for one in _value(part)] if isinstance(right, _LISTED) else []
            yield from ((place, one, False) for one in listed if one not in _instead(left) for place in _place(left))
            yield from ((place, one, True) for one in _value(left) for place in _place(right))
        elif isinstance(sign, ast.Eq | ast.NotEq):
            for path, value in ((left, right), (right, left)):
                words = [one for one in _value(value) if one not in _instead(path)]
                yield from ((place, one, False) for one in words for place in _place(path))


def _sides(text: str) -> Iterator[tuple[ast.expr, ast.expr, ast.cmpop]]:
    """Every two neighbours of a comparison, with the sign between them."""
    for node in ast.walk(parse(text)):
        if isinstance(node, ast.Compare):
            pairs = itertools.pairwise([node.left, *node.comparators])
            yield from ((left, right, sign) for (left, right), sign in zip(pairs, node.ops, strict=True))


def _place(node: ast.AST) -> Iterator[tuple[str, str]]:
    """What a word is held against; `a.b[0]` is ("a", "b[]"), `a.b[0].c` is ("a", "b[].c")."""
    if isinstance(node, ast.Name) and node.id not in WORDS:
        yield node.id, ""
    if isinstance(node, ast.Subscript):
        yield from ((name, f"{part}[]") for name, part in _attribute(node.value))
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Subscript):
        yield from ((name, f"{part}[].{node.attr}") for name, part in _attribute(node.value.value))
    yield from _path(node)


def _words(value: ast.AST) -> Iterator[str]:
    for one in value.elts if isinstance(value, _LISTED) else [value]:
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def _value(node: ast.AST) -> Iterator[Word]:
    """A word or figure that is written out."""
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield Decimal(str(value))
    elif isinstance(value, str):
        yield value


def _instead(path: ast.AST) -> list[Word]:
    """What stands for a field that is not there: `get("a.b", "belum")` may be "belum"."""
    return [word for one in path.args[1:] for word in _value(one)] if isinstance(path, ast.Call) else []
