"""Conditions of diagrams in words: "Perlu kajian teknis (Telaah dan tentukan jalur): ya"."""

from __future__ import annotations

import ast
from collections.abc import Callable

from engine.bpmn.expressions import ExpressionFault, parse
from engine.differences.office import Office, plain
from engine.errors import Finding, joined

_TESTS: dict[type[ast.cmpop], Finding] = {
    ast.Eq: Finding("adalah"),
    ast.NotEq: Finding("bukan"),
    ast.Lt: Finding("kurang dari"),
    ast.LtE: Finding("paling banyak"),
    ast.Gt: Finding("lebih dari"),
    ast.GtE: Finding("paling sedikit"),
    ast.In: Finding("salah satu dari"),
    ast.NotIn: Finding("bukan salah satu dari"),
}
_SAID = {"true": Finding("ya"), "false": Finding("tidak"), "null": Finding("kosong")}
DECISION, OUTCOME = "keputusan", "hasil"  # what a form and a service hand on under these names


class _Other(Exception):
    """More than these words can say."""


def told(text: str, office: Office) -> str:
    """A condition, or a name in the data, in words; what is more than that as it is written."""
    try:
        return _Words(office).of(parse(text).body)
    except (ExpressionFault, _Other):
        return text


def literal(text: str) -> str | None:
    """The text of an expression that is one text and nothing else."""
    try:
        found = parse(text).body
    except ExpressionFault:
        return None
    return found.value if isinstance(found, ast.Constant) and isinstance(found.value, str) else None


class _Words:
    def __init__(self, office: Office) -> None:
        self.office = office

    def of(self, node: ast.expr) -> str:
        if isinstance(node, ast.BoolOp):
            between = Finding("dan") if isinstance(node.op, ast.And) else Finding("atau")
            parts = [self._within(one) for one in node.values]
            return joined([part for one in parts for part in (between, one)][1:])
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return Finding("tidak berlaku: %(what)s", what=self._within(node.operand))
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            return self._compared(node)
        return self._what(_path(node))

    def _within(self, node: ast.expr) -> str:
        said = self.of(node)
        return Finding("(%(what)s)", what=said) if isinstance(node, ast.BoolOp) else said

    def _compared(self, node: ast.Compare) -> str:
        path = _path(node.left)
        value = self._value(path, node.comparators[0])
        return joined([self._what(path), _TESTS[type(node.ops[0])], value])

    def _what(self, path: str) -> str:
        """Of "tentukan_jalur.butuh_kajian" the label and the step whose form asks for it."""
        element, _dot, name = path.partition(".")
        if not name or not self.office.knows(element):
            return plain(path.removesuffix(f".{OUTCOME}").replace(".", ", "))
        step = self.office.step(element)
        if name == DECISION:
            return Finding("keputusan pada %(step)s", step=step)
        return Finding("%(field)s (%(step)s)", field=self.office.field(element, name), step=step)

    def _value(self, path: str, node: ast.expr) -> str:
        if isinstance(node, ast.List | ast.Tuple):
            return joined([self._value(path, one) for one in node.elts], ", ")
        if isinstance(node, ast.Name):
            return _SAID.get(node.id) or self._what(node.id)
        if isinstance(node, ast.Constant):
            return self._text(path, node.value) if isinstance(node.value, str) else ast.unparse(node)
        return self._what(_path(node))

    def _text(self, path: str, value: str) -> str:
        element, _dot, name = path.partition(".")
        if not self.office.knows(element):
            return plain(value)
        said: Callable[..., str] = self.office.outcome if name == DECISION else self.office.choice
        given = (element, value) if name == DECISION else (element, name, value)
        return said(*given)


def _path(node: ast.expr) -> str:
    """ "a.b" of `a.b` and of `get("a.b", …)`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_path(node.value)}.{node.attr}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "get" and node.args:
        first = node.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            return first.value
    raise _Other
