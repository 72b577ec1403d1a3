"""What kind of value an expression has, worked out without data; and what in it can never be reckoned.

Kinds are "text", "number", "boolean", "list", "data" (names with values), "null", and "any" where only the
data of a case decide.  What is "any" fits everywhere: only what is wrong for every case is told.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.bpmn.expressions import WORDS, parse
from engine.bpmn.mentions import parts_of_get

Parts = Mapping[str, Mapping[str, str]]  # data name -> its parts, by kind
OPEN = ("any", "null")
_DIVIDING = (ast.Div, ast.FloorDiv, ast.Mod)
SAID = {
    "text": "teks",
    "number": "bilangan",
    "boolean": "ya/tidak",
    "list": "daftar",
    "data": "kumpulan data",
    "null": "kosong",
}


@dataclass
class Inferred:
    """The kind of a whole expression, and sentences about what can never be reckoned in it."""

    kind: str = "any"
    faults: list[str] = field(default_factory=list)


def infer(text: str, parts: Parts, lists: frozenset[str] = frozenset()) -> Inferred:
    """Work out an expression's kind; `lists`: data names that hold lists.  Raise ExpressionFault when unreadable."""
    walk = _Inference(parts, lists)
    kind = walk.kind(parse(text).body)
    return Inferred(kind, list(dict.fromkeys(walk.faults)))


class _Inference:
    def __init__(self, parts: Parts, lists: frozenset[str]) -> None:
        self.parts, self.lists = parts, lists
        self.faults: list[str] = []

    def kind(self, node: ast.AST) -> str:
        method = getattr(self, f"on_{type(node).__name__.lower()}", None)
        return method(node) if method else "any"

    def fault(self, node: ast.AST, sentence: str) -> None:
        self.faults.append(f"{ast.unparse(node)[:60]}: {sentence}")

    def need(self, node: ast.AST, wanted: tuple[str, ...], sentence: str) -> str:
        """The kind of a part that must be one of `wanted`."""
        found = self.kind(node)
        if found not in (*OPEN, *wanted):
            self.fault(node, f"{sentence}, bukan {SAID[found]}")
        return found

    def on_constant(self, node: ast.Constant) -> str:
        value = node.value
        if isinstance(value, bool):
            return "boolean"
        return "null" if value is None else "text" if isinstance(value, str) else "number"

    def on_name(self, node: ast.Name) -> str:
        if self.parts.get(node.id):  # a name without parts may hold anything
            return "data"
        if node.id in self.lists:
            return "list"
        return {True: "boolean", False: "boolean", None: "null"}[WORDS[node.id]] if node.id in WORDS else "any"

    def on_attribute(self, node: ast.Attribute) -> str:
        if isinstance(node.value, ast.Name):
            self.need(node.value, ("data",), f"bagian {node.attr} hanya ada pada data")
            return self.parts.get(node.value.id, {}).get(node.attr, "any")
        self.need(node.value, ("data",), f"bagian {node.attr} hanya ada pada data")
        return "any"

    def on_subscript(self, node: ast.Subscript) -> str:
        self.need(node.value, ("data", "list"), "yang diberi [...] harus daftar atau data")
        self.kind(node.slice)
        return "any"

    def on_boolop(self, node: ast.BoolOp) -> str:
        return _common([self.kind(one) for one in node.values])

    def on_unaryop(self, node: ast.UnaryOp) -> str:
        if isinstance(node.op, ast.Not):
            self.kind(node.operand)
            return "boolean"
        self.need(node.operand, ("number",), "tanda minus hanya untuk bilangan")
        return "number"

    def on_binop(self, node: ast.BinOp) -> str:
        if isinstance(node.op, ast.Add):
            return self._sum(node)
        for one in (node.left, node.right):
            self.need(one, ("number",), "hitungan hanya untuk bilangan")
        if isinstance(node.op, _DIVIDING) and isinstance(node.right, ast.Constant) and node.right.value == 0:
            self.fault(node, "pembagian dengan nol")
        return "number"

    def _sum(self, node: ast.BinOp) -> str:
        """Two numbers are added, two texts joined."""
        left, right = self.kind(node.left), self.kind(node.right)
        for one, found in ((node.left, left), (node.right, right)):
            if found not in (*OPEN, "number", "text"):
                self.fault(one, f"yang dijumlahkan harus bilangan atau teks, bukan {SAID[found]}")
        if {left, right} == {"number", "text"}:
            self.fault(node, "bilangan dan teks tidak dapat dijumlahkan")
        return left if left == right else "any"

    def on_ifexp(self, node: ast.IfExp) -> str:
        self.kind(node.test)
        return _common([self.kind(node.body), self.kind(node.orelse)])

    def on_list(self, node: ast.List) -> str:
        for one in node.elts:
            self.kind(one)
        return "list"

    def on_tuple(self, node: ast.Tuple) -> str:
        for one in node.elts:
            self.kind(one)
        return "list"

    def on_dict(self, node: ast.Dict) -> str:
        for one in node.values:
            self.kind(one)
        return "data"

    def on_compare(self, node: ast.Compare) -> str:
        left, kind = node.left, self.kind(node.left)
        for sign, right in zip(node.ops, node.comparators, strict=True):
            other = self.kind(right)
            for sentence in self._compared(sign, (left, kind), (right, other)):
                self.fault(node, sentence)
            left, kind = right, other
        return "boolean"

    def _compared(self, sign: ast.cmpop, left: tuple[ast.AST, str], right: tuple[ast.AST, str]) -> Iterator[str]:
        kinds = (left[1], right[1])
        if isinstance(sign, ast.In | ast.NotIn):
            if kinds[1] in ("number", "boolean"):
                yield f"yang dicari harus di dalam daftar, data atau teks, bukan {SAID[kinds[1]]}"
            elif kinds[1] == "text" and kinds[0] not in (*OPEN, "text"):
                yield f"hanya teks yang dapat dicari dalam teks, bukan {SAID[kinds[0]]}"
        elif _said_elsewhere(left[0], right[0]) or _said_elsewhere(right[0], left[0]):
            return
        elif isinstance(sign, ast.Eq | ast.NotEq):
            if kinds[0] != kinds[1] and not {*kinds} & {*OPEN}:
                yield f"{SAID[kinds[0]]} tidak pernah sama dengan {SAID[kinds[1]]}"
        else:
            yield from self._ordered(*kinds)

    def _ordered(self, left: str, right: str) -> Iterator[str]:
        odd = next((one for one in (left, right) if one in ("boolean", "list", "data")), "")
        if odd:
            yield f"{SAID[odd]} tidak mempunyai urutan"
        elif {left, right} == {"number", "text"}:
            yield "bilangan dan teks tidak dapat dibandingkan urutannya"

    def on_call(self, node: ast.Call) -> str:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "get":
            return self._got(node)
        if name == "len":
            self.need(node.args[0], ("list", "data", "text"), "len memerlukan daftar, data atau teks")
        elif name == "sum" or (name in ("min", "max") and len(node.args) == 1):
            self._of_numbers(name, node.args[0])
        else:
            for one in node.args:
                self.need(one, ("number",), f"{name} memerlukan bilangan")
        return "number"

    def _of_numbers(self, name: str, given: ast.AST) -> None:
        """A list written out holds numbers; those of forms and repetitions never do."""
        sentence = f"{name} memerlukan daftar bilangan"
        if isinstance(given, ast.List | ast.Tuple):
            for one in given.elts:
                self.need(one, ("number",), sentence)
        elif self.need(given, ("list",), sentence) == "list":
            self.fault(given, sentence)

    def _got(self, node: ast.Call) -> str:
        """`get("a.b", …)`: the kind of a.b, as long as what stands for it is of the same."""
        name, part = parts_of_get(node)
        found = self.parts.get(name, {}).get(part, "any") if part else "any"
        instead = [self.kind(one) for one in node.args[1:]]
        for one in instead:
            if found not in OPEN and one not in (*OPEN, found):
                self.fault(node, f"penggantinya {SAID[one]}, padahal {name}.{part} {SAID[found]}")
        return _common([found, *instead])


def _said_elsewhere(path: ast.AST, value: ast.AST) -> bool:
    """Whether a field is compared with a value written in the diagram, which `names` tells with the field's name."""
    named = isinstance(path, ast.Attribute) or (isinstance(path, ast.Call) and bool(parts_of_get(path)[1]))
    return named and (isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id in WORDS))


def _common(kinds: list[str]) -> str:
    known = {one for one in kinds if one != "null"}
    return known.pop() if len(known) == 1 else "any"
