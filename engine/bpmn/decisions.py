"""Decision tables (DMN 1.1 to 1.3), read and decided by our own expressions.

Hit policies UNIQUE, FIRST and COLLECT (without aggregation).  The last row of
UNIQUE and FIRST tables catches all; it is taken when no other row matches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from engine.bpmn import expressions
from engine.bpmn.elements import local
from engine.bpmn.expressions import ExpressionFault
from engine.bpmn.plain import plain

POLICIES = ("UNIQUE", "FIRST", "COLLECT")
_SIGNS = ("<=", ">=", "!=", "==", "<", ">")


@dataclass(frozen=True)
class Rule:
    """One row: a condition text per input ("" or "-" = any) and a value text per output."""

    id: str
    conditions: tuple[str, ...]
    values: tuple[str, ...]
    line: int

    @property
    def catches_all(self) -> bool:
        return all(one in ("", "-") for one in self.conditions)


@dataclass(frozen=True)
class Decision:
    """One decision table."""

    id: str
    name: str
    policy: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rules: tuple[Rule, ...]
    file: str = ""
    line: int = 0
    aggregation: str = ""

    def decide(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Output name -> value (COLLECT: -> list of values); raise ExpressionFault when no row or several match."""
        hits = [rule for rule in self.rules if self._matches(rule, data)]
        if self.policy == "COLLECT":
            rows = [self._row(rule, data) for rule in hits]
            return {name: [row[name] for row in rows] for name in self.outputs}
        certain = [rule for rule in hits if not rule.catches_all]
        if self.policy == "UNIQUE" and len(certain) > 1:
            raise ExpressionFault(f"Tabel {self.id}: baris {certain[0].id} dan {certain[1].id} cocok bersamaan")
        if not hits:
            raise ExpressionFault(f"Tabel {self.id}: tidak ada baris yang cocok")
        return self._row((certain or hits)[0] if self.policy == "UNIQUE" else hits[0], data)

    def _matches(self, rule: Rule, data: Mapping[str, Any]) -> bool:
        pairs = zip(self.inputs, rule.conditions, strict=True)
        return all(expressions.evaluate(test, data) for test in (condition(*pair) for pair in pairs) if test)

    def _row(self, rule: Rule, data: Mapping[str, Any]) -> dict[str, Any]:
        pairs = zip(self.outputs, rule.values, strict=True)
        return {name: plain(expressions.evaluate(text, data)) for name, text in pairs}


def condition(question: str, cell: str) -> str:
    """An input and a cell as one expression; "" when the cell takes everything.

    Cells: `"baru"`, `"baru", "perpanjangan"`, `>= 5`, `[1..5]`, `]1..5]`, `not("x")`, `-`.
    """
    cell = cell.strip()
    if cell in ("", "-"):
        return ""
    if cell.startswith("not(") and cell.endswith(")"):
        return f"not ({condition(question, cell[4:-1])})"
    if cell.startswith(_SIGNS):
        return f"({question}) {cell}"
    if cell[0] in "[](" and ".." in cell:
        return _interval(question, cell)
    return f"({question}) in ({cell},)"


def _interval(question: str, cell: str) -> str:
    low, high = cell[1:-1].split("..", 1)
    above = ">=" if cell[0] == "[" else ">"
    below = "<=" if cell[-1] == "]" else "<"
    return f"({question}) {above} ({low.strip()}) and ({question}) {below} ({high.strip()})"


def read_decisions(root: Any, file: str) -> list[Decision]:
    """The decision tables of a DMN file; a decision without a table is left out."""
    found = []
    for node in root.iter("{*}decision"):
        table = next((one for one in node if local(one) == "decisionTable"), None)
        if table is not None:
            found.append(_decision(node, table, file))
    return found


def _decision(node: Any, table: Any, file: str) -> Decision:
    return Decision(
        id=node.get("id", ""),
        name=node.get("name", ""),
        policy=(table.get("hitPolicy") or "UNIQUE").upper(),
        inputs=tuple(_text(_first(one, "inputExpression")) for one in _named(table, "input")),
        outputs=tuple(one.get("name") or one.get("label") or "" for one in _named(table, "output")),
        rules=tuple(_rule(one) for one in _named(table, "rule")),
        file=file,
        line=node.sourceline or 0,
        aggregation=table.get("aggregation", ""),
    )


def _rule(node: Any) -> Rule:
    return Rule(
        id=node.get("id", ""),
        conditions=tuple(_text(one) for one in _named(node, "inputEntry")),
        values=tuple(_text(one) for one in _named(node, "outputEntry")),
        line=node.sourceline or 0,
    )


def _named(node: Any, tag: str) -> list[Any]:
    return [one for one in node if local(one) == tag]


def _first(node: Any, tag: str) -> Any:
    return next(iter(_named(node, tag)), None)


def _text(node: Any) -> str:
    text = None if node is None else next((one for one in node if local(one) == "text"), None)
    return "" if text is None else "".join(text.itertext()).strip()


def is_dmn(root: Any) -> bool:
    """Whether the root element belongs to a DMN file."""
    return "DMN" in (etree.QName(root).namespace or "").upper()
