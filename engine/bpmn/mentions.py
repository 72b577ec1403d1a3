"""What an expression mentions, found without evaluating it: names, parts of them, what they are compared with."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from engine.bpmn.expressions import FUNCTIONS, WORDS, parse


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


def firm_names(text: str) -> frozenset[str]:
    """The names an expression cannot do without; what it asks for with `get` may be absent."""
    found = (node.id for node in ast.walk(parse(text)) if isinstance(node, ast.Name))
    return frozenset(found) - FUNCTIONS.keys() - WORDS.keys()


def paths(text: str) -> Iterator[tuple[str, str]]:
    """Pairs (name, part) that an expression reads, `get` included."""
    for node in ast.walk(parse(text)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "get":
            name, _, part = str(ast.literal_eval(node.args[0])).partition(".")
            yield from [(name, part.partition(".")[0])] if part else []


def parts_of_get(node: ast.AST) -> tuple[str, str]:
    """`get("a.b")` -> ("a", "b"); ("", "") for anything else, deeper paths included."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "get":
        name, _, part = str(ast.literal_eval(node.args[0])).partition(".")
        return ("", "") if "." in part else (name, part)
    return ("", "")


def whole_path(text: str) -> tuple[str, str] | None:
    """The pair (name, part) that is all an expression says; None when it says more or less."""
    return next(_path(parse(text).body), None)


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


def matched(text: str) -> Iterator[tuple[tuple[str, str], Any, bool]]:
    """What an expression compares with a constant: (name, part), the constant, and whether by order."""
    for node in ast.walk(parse(text)):
        if isinstance(node, ast.Compare):
            for (left, right), sign in zip(itertools.pairwise([node.left, *node.comparators]), node.ops, strict=True):
                ordered_so = isinstance(sign, ast.Lt | ast.LtE | ast.Gt | ast.GtE)
                # What is searched in a field is one of its members, not of its kind.
                sides = [(left, right)] if isinstance(sign, ast.In | ast.NotIn) else [(left, right), (right, left)]
                for path, value in sides:
                    yield from ((found, one, ordered_so) for found in _path(path) for one in _constants(value))


def _path(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        yield node.value.id, node.attr
    elif (found := parts_of_get(node))[1]:
        yield found


def _constants(node: ast.AST) -> Iterator[Any]:
    for one in node.elts if isinstance(node, ast.List | ast.Tuple) else [node]:
        if isinstance(one, ast.Constant) and one.value is not None:
            yield one.value
        elif isinstance(one, ast.Name) and one.id in WORDS and WORDS[one.id] is not None:
            yield WORDS[one.id]


def comparisons(text: str) -> Iterator[tuple[str, str]]:
    """Pairs (`task.field`, word) that an expression compares for equality or membership."""
    for node in ast.walk(parse(text)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for left, right in itertools.pairwise(sides):
                yield from _compared(left, right)
                yield from _compared(right, left)


def _compared(path: ast.AST, value: ast.AST) -> Iterator[tuple[str, str]]:
    for name, part in _path(path):
        options = value.elts if isinstance(value, ast.List | ast.Tuple) else [value]
        for one in options:
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                yield f"{name}.{part}", one.value
