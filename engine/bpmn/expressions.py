"""Expressions of diagrams and decision tables, read by an allow-list and walked by hand.

A text is parsed with Python's grammar and then interpreted node by node:
nothing is ever handed to `eval`.  Numbers are exact: whole numbers are ints,
`0.5` is a Decimal.  `/` and `round` round half up, `/` to ten decimal places.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from engine.bpmn.plain import lookup
from engine.bpmn.reckoning import (
    CALLABLE,
    MAX_BITS,
    MAX_TEXT,
    ExpressionFault,
    UnknownName,
    bounded,
    calculate,
    inside,
    is_number,
    ordered,
    refuse_if,
    same,
)

__all__ = ["FUNCTIONS", "WORDS", "ExpressionFault", "UnknownName", "evaluate", "parse"]

MAX_CHARACTERS = 1000
MAX_NODES = 200
MAX_DEPTH = 30
MAX_STEPS = 2000

WORDS = {"true": True, "false": False, "null": None}
FUNCTIONS = {"len": (1, 1), "sum": (1, 1), "min": (1, 20), "max": (1, 20), "round": (1, 2), "get": (1, 2)}

_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod)
_COMPARISONS = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn)
_HARMLESS = (
    ast.Expression,
    ast.Load,
    ast.BoolOp,
    ast.And,
    ast.Or,
    ast.Not,
    ast.USub,
    ast.UAdd,
    ast.UnaryOp,
    ast.BinOp,
    ast.Compare,
    ast.IfExp,
    ast.List,
    ast.Tuple,
    *_OPERATORS,
    *_COMPARISONS,
)


def parse(text: str) -> ast.Expression:
    """Read one expression; raise ExpressionFault with a sentence when it is not allowed."""
    return _parse((text or "").strip())


@lru_cache(maxsize=4096)
def _parse(text: str) -> ast.Expression:
    if not text:
        raise ExpressionFault("Ungkapan kosong")
    if len(text) > MAX_CHARACTERS:
        raise ExpressionFault("Ungkapan lebih panjang dari %(most)s huruf", most=MAX_CHARACTERS)
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ExpressionFault("Ungkapan tidak dapat dibaca: %(text)s", text=text[:80]) from error
    _check(tree, text)
    return tree


def _check(tree: ast.Expression, text: str) -> None:
    count = 0
    pending: list[tuple[ast.AST, int]] = [(tree, 0)]
    while pending:
        node, depth = pending.pop()
        count += 1
        if count > MAX_NODES or depth > MAX_DEPTH:
            raise ExpressionFault("Ungkapan terlalu rumit; pecah menjadi beberapa gerbang atau tabel keputusan")
        _check_node(node, text)
        pending.extend((child, depth + 1) for child in ast.iter_child_nodes(node))


def _check_node(node: ast.AST, text: str) -> None:
    if isinstance(node, ast.Constant):
        _literal(node, text)
    elif isinstance(node, ast.Name):
        refuse_if(node.id.startswith("_"), "Nama %(name)s tidak diizinkan", name=node.id)
    elif isinstance(node, ast.Attribute):
        refuse_if(node.attr.startswith("_"), "Nama %(name)s tidak diizinkan", name=node.attr)
    elif isinstance(node, ast.Subscript):
        refuse_if(isinstance(node.slice, ast.Slice), "Potongan daftar tidak diizinkan")
    elif isinstance(node, ast.Call):
        _check_call(node)
    elif isinstance(node, ast.Dict):
        refuse_if(any(key is None for key in node.keys), "Penggabungan data tidak diizinkan")
    else:
        refuse_if(
            not isinstance(node, _HARMLESS),
            "Bentuk %(kind)s tidak diizinkan dalam ungkapan",
            kind=type(node).__name__,
        )


def _check_call(node: ast.Call) -> None:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    refuse_if(name not in FUNCTIONS, "Hanya fungsi %(listed)s yang tersedia", listed=", ".join(sorted(FUNCTIONS)))
    refuse_if(bool(node.keywords), "Parameter bernama tidak diizinkan")
    least, most = FUNCTIONS[name]
    refuse_if(not least <= len(node.args) <= most, "Jumlah isian fungsi %(name)s tidak tepat", name=name)
    first = node.args[0]
    if name == "get":
        refuse_if(
            not (isinstance(first, ast.Constant) and isinstance(first.value, str)), "get memerlukan nama dalam kutip"
        )


def _literal(node: ast.Constant, text: str) -> Any:
    value = node.value
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        refuse_if(value.bit_length() > MAX_BITS, "Bilangan terlalu besar")
        return value
    written = ast.get_source_segment(text, node) or ""
    plain = written.replace(".", "", 1).isdigit() and isinstance(value, float) and len(written) <= 40
    refuse_if(not plain, "Bilangan %(written)s tidak diizinkan; tulis tanpa pangkat", written=written)
    return Decimal(written)


def evaluate(text: str, data: Mapping[str, Any]) -> Any:
    """The value of an expression over process data; raise ExpressionFault when it has none."""
    return _Walk(text.strip(), data).value(parse(text).body)


class _Walk:
    """One evaluation with its budget of steps."""

    def __init__(self, text: str, data: Mapping[str, Any]) -> None:
        self.text = text
        self.data = data
        self.left = MAX_STEPS

    def value(self, node: ast.AST) -> Any:
        self.spend(1)
        method: Callable[[Any], Any] | None = getattr(self, f"on_{type(node).__name__.lower()}", None)
        if method is None:
            raise ExpressionFault("Bentuk %(kind)s tidak diizinkan dalam ungkapan", kind=type(node).__name__)
        return method(node)

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise ExpressionFault("Ungkapan memerlukan terlalu banyak langkah")

    def weigh(self, value: Any) -> None:
        """Pay for every member of a collection before it is walked by Python itself."""
        pending = [value]
        while pending:
            one = pending.pop()
            if isinstance(one, Mapping):
                self.spend(len(one))
                pending.extend(one.values())
            elif isinstance(one, list | tuple):
                self.spend(len(one))
                pending.extend(one)
            elif isinstance(one, str):
                self.spend(len(one) // 100)

    def on_constant(self, node: ast.Constant) -> Any:
        return _literal(node, self.text)

    def on_name(self, node: ast.Name) -> Any:
        if node.id in self.data:
            return self.data[node.id]
        if node.id in WORDS:
            return WORDS[node.id]
        raise UnknownName("Data %(name)s belum ada", name=node.id)

    def on_attribute(self, node: ast.Attribute) -> Any:
        value = self.value(node.value)
        if value is None or isinstance(value, Mapping):
            return (value or {}).get(node.attr)
        raise ExpressionFault("%(text)s tidak mempunyai bagian %(part)s", text=ast.unparse(node.value), part=node.attr)

    def on_subscript(self, node: ast.Subscript) -> Any:
        value, key = self.value(node.value), self.value(node.slice)
        if isinstance(value, Mapping) and isinstance(key, str):
            return value.get(key)
        if isinstance(value, list | tuple) and isinstance(key, int) and -len(value) <= key < len(value):
            return value[key]
        raise ExpressionFault("%(text)s tidak ada", text=ast.unparse(node))

    def on_boolop(self, node: ast.BoolOp) -> Any:
        stop = isinstance(node.op, ast.Or)
        result: Any = None
        for one in node.values:
            result = self.value(one)
            if bool(result) is stop:
                return result
        return result

    def on_unaryop(self, node: ast.UnaryOp) -> Any:
        value = self.value(node.operand)
        if isinstance(node.op, ast.Not):
            return not value
        if not is_number(value):
            raise ExpressionFault("Tanda minus hanya untuk bilangan")
        return -value if isinstance(node.op, ast.USub) else value

    def on_ifexp(self, node: ast.IfExp) -> Any:
        return self.value(node.body if self.value(node.test) else node.orelse)

    def on_list(self, node: ast.List) -> list[Any]:
        return [self.value(one) for one in node.elts]

    def on_tuple(self, node: ast.Tuple) -> list[Any]:
        return [self.value(one) for one in node.elts]

    def on_dict(self, node: ast.Dict) -> dict[str, Any]:
        keys = [self.value(one) for one in node.keys if one is not None]
        if not all(isinstance(key, str) for key in keys):
            raise ExpressionFault("Nama data harus berupa teks")
        return dict(zip(keys, (self.value(one) for one in node.values), strict=True))

    def on_binop(self, node: ast.BinOp) -> Any:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.Add) and isinstance(left, str) and isinstance(right, str):
            refuse_if(len(left) + len(right) > MAX_TEXT, "Teks terlalu panjang")
            return left + right
        if not (is_number(left) and is_number(right)):
            raise ExpressionFault("Hitungan %(text)s hanya untuk bilangan", text=ast.unparse(node))
        return bounded(calculate(node.op, left, right))

    def on_compare(self, node: ast.Compare) -> bool:
        left = self.value(node.left)
        for operator, other in zip(node.ops, node.comparators, strict=True):
            right = self.value(other)
            if not self.holds(operator, left, right):
                return False
            left = right
        return True

    def holds(self, operator: ast.cmpop, left: Any, right: Any) -> bool:
        self.weigh([left, right])
        if isinstance(operator, ast.Eq | ast.NotEq):
            return same(left, right) is isinstance(operator, ast.Eq)
        if isinstance(operator, ast.In | ast.NotIn):
            return inside(left, right) is isinstance(operator, ast.In)
        return ordered(operator, left, right)

    def on_call(self, node: ast.Call) -> Any:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        given = [self.value(one) for one in node.args]
        if name == "get":
            found = lookup(given[0], self.data)
            return found if found is not None else (given[1] if len(given) > 1 else None)
        for one in given:
            self.weigh(one)
        return CALLABLE[name](*given)
