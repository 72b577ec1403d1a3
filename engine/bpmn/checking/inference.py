"""What kinds of value an expression may have, worked out without data; and what in it can never be reckoned.

Kinds are "text", "number", "boolean", "list", "numbers" (a list in which numbers may be), "data" (names with
values), "null", and "any" where only the data of a case decide.  What is "any" fits everywhere.  An expression
with branches has the kinds of all of them: what cannot be reckoned on one of them is told, since a case will come
that way.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.bpmn.catalogue import Member
from engine.bpmn.checking.comparing import LISTS, OPEN, SAID, Kinds, clash, mixed, ordered, plain, searched
from engine.bpmn.expressions import WORDS, parse
from engine.bpmn.mentions import parts_of_get
from engine.errors import Finding, joined

Parts = Mapping[str, Mapping[str, str]]  # data name -> its parts, by kind
ANY: Kinds = frozenset({"any"})
_DIVIDING = (ast.Div, ast.FloorDiv, ast.Mod)
_TRUTH: Kinds = frozenset({"boolean"})
_NUMBER: Kinds = frozenset({"number"})


@dataclass(frozen=True, eq=False)
class Held:
    """What data names hold: their parts by kind; those without parts by kind; what members of lists are."""

    parts: Parts
    bare: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[tuple[str, str], Member | None] = field(default_factory=dict)
    filled: frozenset[tuple[str, str]] = frozenset()  # texts that are never empty


@dataclass
class Inferred:
    """The kinds that a whole expression may have, and sentences about what can never be reckoned in it."""

    kinds: Kinds = ANY
    faults: list[str] = field(default_factory=list)

    def other_than(self, wanted: str) -> str:
        """A kind it may have that is not the one that is wanted; "" where there is none."""
        fitting = {*OPEN, *(LISTS if wanted == "list" else (wanted,))}
        return min(self.kinds - fitting, default="")


def infer(text: str, held: Held, wanted: str = "") -> Inferred:
    """Work out an expression's kinds; raise ExpressionFault when unreadable.

    Where a yes or no is `wanted`, what stands before the last `and` only has to be something or nothing.
    """
    walk, tree = _Inference(held), parse(text).body
    kinds = walk.truth(tree) if wanted == "boolean" else walk.kinds(tree)
    return Inferred(kinds, list(dict.fromkeys(walk.faults)))


def kind_of(tree: ast.AST, parts: Parts) -> str:
    """The kind of a part of an expression, of several branches with `|` between them; "any" where data decide."""
    found = _Inference(Held(parts)).kinds(tree) - {"null"}
    return "any" if "any" in found or not found else "|".join(sorted(found))


class _Inference:
    def __init__(self, held: Held) -> None:
        self.parts, self.bare, self.lists, self.filled = held.parts, held.bare, held.lists, held.filled
        self.faults: list[str] = []

    def kinds(self, node: ast.AST) -> Kinds:
        method = getattr(self, f"on_{type(node).__name__.lower()}", None)
        return method(node) if method else ANY

    def truth(self, node: ast.AST) -> Kinds:
        """The kinds of what is taken for a yes or no."""
        if isinstance(node, ast.BoolOp):
            last = isinstance(node.op, ast.And)
            found = [(self.kinds if last else self.truth)(one) for one in node.values[:-1]]
            return self.truth(node.values[-1]) | (frozenset() if last else _any_of(found))
        if isinstance(node, ast.IfExp):
            self.decides(node.test)
            return self.truth(node.body) | self.truth(node.orelse)
        return self.kinds(node)

    def decides(self, node: ast.AST) -> None:
        """What chooses between two branches is a yes or no, or something that may be empty."""
        self.kinds(node)
        if _listed(node) in self.filled:
            self.fault(node, Finding(_ALWAYS))

    def fault(self, node: ast.AST, sentence: str) -> None:
        self.faults.append(joined((ast.unparse(node)[:60], sentence), ": "))

    def need(self, node: ast.AST, wanted: tuple[str, ...], sentence: str, told: bool = False) -> Kinds:
        """The kinds of a part that must be of one of `wanted`; `told`: it is known to be wrong already."""
        found = self.kinds(node)
        for odd in sorted(found - OPEN - {*wanted})[: 0 if told else 1]:
            self.fault(node, Finding("%(sentence)s, bukan %(kind)s", sentence=sentence, kind=SAID[odd]))
        return found

    def on_constant(self, node: ast.Constant) -> Kinds:
        value = node.value
        if isinstance(value, bool):
            return _TRUTH
        return frozenset({"null" if value is None else "text" if isinstance(value, str) else "number"})

    def on_name(self, node: ast.Name) -> Kinds:
        if self.parts.get(node.id):  # a name without parts may hold anything
            return frozenset({"data"})
        if node.id in self.bare:
            return frozenset({self.bare[node.id]})
        if node.id in WORDS:
            return frozenset({"null"}) if WORDS[node.id] is None else _TRUTH
        return ANY

    def on_attribute(self, node: ast.Attribute) -> Kinds:
        self.need(node.value, ("data",), Finding("bagian %(part)s hanya ada pada data", part=node.attr))
        name = node.value.id if isinstance(node.value, ast.Name) else ""
        row = self.row(node.value) if isinstance(node.value, ast.Subscript) else self.parts.get(name, {})
        return frozenset(row.get(node.attr, "any").split("|"))

    def row(self, node: ast.Subscript) -> Mapping[str, str]:
        """The parts of a member that is taken out of a list by its place."""
        found = self.lists.get(_listed(node.value) or ("", ""))
        return {} if found is None or isinstance(found, str) else found

    def on_subscript(self, node: ast.Subscript) -> Kinds:
        self.need(node.value, ("data", *LISTS), Finding("yang diberi [...] harus daftar atau data"))
        key = self.kinds(node.slice)
        return ANY if "text" in key else self.member(node.value)

    def member(self, node: ast.AST) -> Kinds:
        """The kinds of a member of a list."""
        found = self.lists.get(_listed(node) or ("", ""))
        return ANY if found is None else frozenset({found if isinstance(found, str) else "data"})

    def on_boolop(self, node: ast.BoolOp) -> Kinds:
        return _any_of([self.kinds(one) for one in node.values])

    def on_unaryop(self, node: ast.UnaryOp) -> Kinds:
        if isinstance(node.op, ast.Not):
            self.kinds(node.operand)
            return _TRUTH
        found = self.need(node.operand, ("number",), Finding("tanda minus hanya untuk bilangan"))
        return ANY if found - OPEN - _NUMBER else _NUMBER

    def on_binop(self, node: ast.BinOp) -> Kinds:
        if isinstance(node.op, ast.Add):
            return self._sum(node)
        odd = self.need(node.left, ("number",), _RECKONED) - OPEN - _NUMBER
        odd |= self.need(node.right, ("number",), _RECKONED, bool(odd)) - OPEN - _NUMBER
        if odd:
            return ANY
        if isinstance(node.op, _DIVIDING) and isinstance(node.right, ast.Constant) and node.right.value == 0:
            self.fault(node, Finding("pembagian dengan nol"))
        return _NUMBER

    def _sum(self, node: ast.BinOp) -> Kinds:
        """Two numbers are added, two texts joined."""
        left, right = (self.need(one, ("number", "text"), _ADDED) for one in (node.left, node.right))
        if clash(left, right, mixed):
            self.fault(node, Finding("bilangan dan teks tidak dapat dijumlahkan"))
        return left if left == right else ANY

    def on_ifexp(self, node: ast.IfExp) -> Kinds:
        self.decides(node.test)
        return self.kinds(node.body) | self.kinds(node.orelse)

    def on_list(self, node: ast.List) -> Kinds:
        for one in node.elts:
            self.kinds(one)
        return frozenset({"list"})

    def on_tuple(self, node: ast.Tuple) -> Kinds:
        for one in node.elts:
            self.kinds(one)
        return frozenset({"list"})

    def on_dict(self, node: ast.Dict) -> Kinds:
        for one in node.values:
            self.kinds(one)
        return frozenset({"data"})

    def on_compare(self, node: ast.Compare) -> Kinds:
        left, kinds = node.left, self.kinds(node.left)
        for sign, right in zip(node.ops, node.comparators, strict=True):
            other = self.kinds(right)
            for sentence in self._compared(sign, (left, kinds), (right, other)):
                self.fault(node, sentence)
            left, kinds = right, other
        return _TRUTH

    def _compared(self, sign: ast.cmpop, left: tuple[ast.AST, Kinds], right: tuple[ast.AST, Kinds]) -> Iterator[str]:
        if isinstance(sign, ast.In | ast.NotIn):
            yield from searched(left[1], right[1], self.member(right[0]))
        elif _said_elsewhere(left[0], right[0]) or _said_elsewhere(right[0], left[0]):
            return
        elif isinstance(sign, ast.Eq | ast.NotEq):
            if not (left[1] | right[1]) & OPEN and not {*map(plain, left[1])} & {*map(plain, right[1])}:
                yield Finding(
                    "%(kind)s tidak pernah sama dengan %(other)s", kind=SAID[min(left[1])], other=SAID[min(right[1])]
                )
        else:
            yield from ordered(left[1], right[1])

    def on_call(self, node: ast.Call) -> Kinds:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "get":
            return self._got(node)
        if name == "len":
            self.need(node.args[0], (*LISTS, "data", "text"), Finding("len memerlukan daftar, data atau teks"))
        elif name == "sum" or (name in ("min", "max") and len(node.args) == 1):
            self._of_numbers(name, node.args[0])
        else:
            for one in node.args:
                self.need(one, ("number",), Finding("%(name)s memerlukan bilangan", name=name))
        return _NUMBER

    def _of_numbers(self, name: str, given: ast.AST) -> None:
        """A list written out holds numbers; those of forms and repetitions never do."""
        sentence = Finding("%(name)s memerlukan daftar bilangan", name=name)
        if isinstance(given, ast.List | ast.Tuple):
            for one in given.elts:
                self.need(one, ("number",), sentence)
        elif "list" in self.need(given, LISTS, sentence):
            self.fault(given, sentence)

    def _got(self, node: ast.Call) -> Kinds:
        """`get("a.b", …)`: the kind of a.b, as long as what stands for it is of the same."""
        name, part = parts_of_get(node)
        found = self.parts.get(name, {}).get(part, "any") if part else "any"
        instead = _any_of([self.kinds(one) for one in node.args[1:]])
        if "|" in found:
            return instead | {*found.split("|")}
        odd = sorted(instead - OPEN - {found})[:1] if found not in OPEN else []
        for one in odd:
            self.fault(
                node,
                Finding(
                    "penggantinya %(kind)s, padahal %(name)s.%(part)s %(wanted)s",
                    kind=SAID[one],
                    name=name,
                    part=part,
                    wanted=SAID[found],
                ),
            )
        return ANY if odd else instead | {found}


_RECKONED = Finding("hitungan hanya untuk bilangan")
_ADDED = Finding("yang dijumlahkan harus bilangan atau teks")
_ALWAYS = "yang menentukan di antara if dan else adalah teks yang selalu terisi, bukan ya/tidak"


def _any_of(kinds: list[Kinds]) -> Kinds:
    return frozenset().union(*kinds)


def _listed(node: ast.AST) -> tuple[str, str] | None:
    """`a.b` -> ("a", "b"); None for anything else."""
    named = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    return (node.value.id, node.attr) if named else None  # type: ignore[attr-defined]


def _said_elsewhere(path: ast.AST, value: ast.AST) -> bool:
    """Whether a field is compared with a value written in the diagram, which `names` tells with the field's name."""
    named = bool(_listed(path)) or (isinstance(path, ast.Call) and bool(parts_of_get(path)[1]))
    return named and (isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id in WORDS))
