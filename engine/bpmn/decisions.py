"""Decision tables (DMN 1.1 to 1.3), read and decided by our own expressions.

All hit policies of the standard (DMN 1.3, 8.2.11), and COLLECT with its four aggregators.  Where
SpiffWorkflow is silent a table here speaks: rows that must not match together, and values for which
no row stands, are faults.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from engine.bpmn import expressions
from engine.bpmn.cells import ANY, cleaned, condition, parts
from engine.bpmn.elements import local
from engine.bpmn.expressions import ExpressionFault
from engine.bpmn.plain import plain
from engine.errors import Finding, OwnName

# One row answers, or all rows that match answer with lists.
SINGLE = ("UNIQUE", "ANY", "FIRST", "PRIORITY")
MULTIPLE = ("RULE ORDER", "OUTPUT ORDER", "COLLECT")
POLICIES = (*SINGLE, *MULTIPLE)
AGGREGATORS: Mapping[str, Callable[[list[Any]], Any]] = {
    "COUNT": len,
    "SUM": lambda values: expressions.evaluate("sum(nilai)", {"nilai": values}) if values else None,
    "MIN": lambda values: expressions.evaluate("min(nilai)", {"nilai": values}) if values else None,
    "MAX": lambda values: expressions.evaluate("max(nilai)", {"nilai": values}) if values else None,
}


@dataclass(frozen=True)
class Rule:
    """One row: a condition text per input ("" or "-" = any) and a value text per output.

    `cells`: ids of the conditions, then of the values.
    """

    id: str
    conditions: tuple[str, ...]
    values: tuple[str, ...]
    line: int
    cells: tuple[str, ...] = ()
    number: int = 0  # its place in the table, from 1

    @property
    def called(self) -> str:
        """How the editor of tables counts it, its id where that is not known."""
        return str(self.number or self.id)

    def cell(self, at: int) -> str:
        """The id of a cell, conditions first; "" where it has none."""
        return self.cells[at] if at < len(self.cells) else ""

    @property
    def catches_all(self) -> bool:
        return all(one in ANY for one in self.conditions)


@dataclass(frozen=True)
class Decision:
    """One decision table.

    `allowed`: per input the cell of its declared values, "" for none; `ranked`:
    per output its values from the most to the least important (PRIORITY,
    OUTPUT ORDER); `defaults`: per output the text for when no row matches, or "".
    """

    id: str
    name: str
    policy: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rules: tuple[Rule, ...]
    file: str = ""
    line: int = 0
    aggregation: str = ""
    allowed: tuple[str, ...] = ()
    ranked: tuple[tuple[str, ...], ...] = ()
    defaults: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    input_types: tuple[str, ...] = ()
    output_types: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()  # of the inputs, then of the outputs; "" for none

    @property
    def called(self) -> str:
        """Its name, its id where it has none."""
        return " ".join(self.name.split()) or self.id

    def column(self, at: int) -> str:
        """What people call a column, inputs first: its label, else its question or name."""
        label = self.labels[at] if at < len(self.labels) else ""
        return OwnName(label) if label else (*self.inputs, *self.outputs)[at]

    def spot(self, rule: Rule, at: int) -> str:
        """A cell by its row and what people call its column, after the word "Baris", inputs first; of a row that is not
        whole the row alone."""
        whole = (len(rule.conditions), len(rule.values)) == (len(self.inputs), len(self.outputs))
        if not whole:
            return rule.called
        return Finding("%(row)s, kolom ‹%(column)s›", row=rule.called, column=self.column(at))

    def decide(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Output name -> value; for the policies that answer with all rows -> list of values, or their aggregate.

        Raise ExpressionFault when no row matches and no default stands, or when rows match together that must not.
        """
        hits = [rule for rule in self.rules if self._matches(rule, data)]
        if self.policy in MULTIPLE:
            return self._all(hits, data)
        if not hits:
            return self._default(data)
        return self._row(self._one(hits, data), data)

    def _all(self, hits: list[Rule], data: Mapping[str, Any]) -> dict[str, Any]:
        if self.policy == "OUTPUT ORDER":
            hits = sorted(hits, key=lambda one: self._rank(one, data))
        rows = [self._row(rule, data) for rule in hits]
        lists = {name: [row[name] for row in rows] for name in self.outputs}
        if self.aggregation:
            return {name: plain(AGGREGATORS[self.aggregation](values)) for name, values in lists.items()}
        return lists

    def _one(self, hits: list[Rule], data: Mapping[str, Any]) -> Rule:
        """The row that answers.  A last row of UNIQUE and ANY tables that takes everything yields to the others."""
        if self.policy == "FIRST":
            return hits[0]
        if self.policy == "PRIORITY":
            return min(hits, key=lambda one: self._rank(one, data))
        certain = [rule for rule in hits if not rule.catches_all] or hits
        answers = [self._row(rule, data) for rule in certain]
        if len(certain) > 1 and (self.policy == "UNIQUE" or any(one != answers[0] for one in answers)):
            raise ExpressionFault(
                "Tabel %(table)s: baris %(row)s dan %(other)s cocok bersamaan",
                table=self.called,
                row=certain[0].called,
                other=certain[1].called,
            )
        return certain[0]

    def _rank(self, rule: Rule, data: Mapping[str, Any]) -> tuple[int, ...]:
        ranks = [[plain(expressions.evaluate(cleaned(one), data)) for one in column] for column in self.ranked]
        row = self._row(rule, data)
        pairs = zip(self.outputs, ranks, strict=True)
        return tuple(column.index(row[name]) if row[name] in column else len(column) for name, column in pairs)

    def _default(self, data: Mapping[str, Any]) -> dict[str, Any]:
        if not any(self.defaults):
            raise ExpressionFault("Tabel %(table)s: tidak ada baris yang cocok", table=self.called)
        pairs = zip(self.outputs, self.defaults, strict=True)
        return {name: plain(expressions.evaluate(text, data)) if text else None for name, text in pairs}

    def _matches(self, rule: Rule, data: Mapping[str, Any]) -> bool:
        pairs = zip(self.inputs, rule.conditions, strict=True)
        return all(expressions.evaluate(test, data) for test in (condition(*pair) for pair in pairs) if test)

    def _row(self, rule: Rule, data: Mapping[str, Any]) -> dict[str, Any]:
        pairs = zip(self.outputs, rule.values, strict=True)
        return {name: plain(expressions.evaluate(cleaned(text), data)) for name, text in pairs}


def read_decisions(root: Any, file: str) -> list[Decision]:
    """The decision tables of a DMN file; a decision without a table is left out."""
    found = []
    for node in root.iter("{*}decision"):
        table = next((one for one in node if local(one) == "decisionTable"), None)
        if table is not None:
            found.append(_decision(node, table, file))
    return found


def _decision(node: Any, table: Any, file: str) -> Decision:
    inputs, outputs = _named(table, "input"), _named(table, "output")
    return Decision(
        id=node.get("id", ""),
        name=node.get("name", ""),
        policy=" ".join((table.get("hitPolicy") or "UNIQUE").upper().split()),
        inputs=tuple(cleaned(_text(_first(one, "inputExpression"))) for one in inputs),
        outputs=_output_names(node, outputs),
        rules=tuple(_rule(one, number) for number, one in enumerate(_named(table, "rule"), 1)),
        file=file,
        line=node.sourceline or 0,
        aggregation=(table.get("aggregation") or "").upper(),
        allowed=tuple(_text(_first(one, "inputValues")) for one in inputs),
        ranked=tuple(_values(_text(_first(one, "outputValues"))) for one in outputs),
        defaults=tuple(cleaned(_text(_first(one, "defaultOutputEntry"))) for one in outputs),
        requires=_required(node),
        input_types=tuple(_type(_first(one, "inputExpression")) for one in inputs),
        output_types=tuple(_type(one) for one in outputs),
        labels=tuple(" ".join(one.get("label", "").split()) for one in (*inputs, *outputs)),
    )


def _type(node: Any) -> str:
    """The declared type of a column; in DMN 1.1 files an element of its own."""
    if node is None:
        return ""
    found = _first(node, "typeRef")
    return node.get("typeRef", "") if found is None else "".join(found.itertext()).strip()


def _output_names(node: Any, outputs: list[Any]) -> tuple[str, ...]:
    """Names of the columns; a single column without one bears the decision's id (DMN 1.3, 8.2.10)."""
    names = tuple(one.get("name") or one.get("label") or "" for one in outputs)
    return (node.get("id", ""),) if len(names) == 1 and not names[0] else names


def _values(written: str) -> tuple[str, ...]:
    return tuple(parts(written)) if written else ()


def _required(node: Any) -> tuple[str, ...]:
    """Ids of the decisions whose answers this one needs."""
    links = (one for need in _named(node, "informationRequirement") for one in _named(need, "requiredDecision"))
    return tuple(one.get("href", "").removeprefix("#") for one in links)


def _rule(node: Any, number: int) -> Rule:
    return Rule(
        id=node.get("id", ""),
        conditions=tuple(_text(one) for one in _named(node, "inputEntry")),
        values=tuple(_text(one) for one in _named(node, "outputEntry")),
        line=node.sourceline or 0,
        cells=tuple(one.get("id", "") for name in ("inputEntry", "outputEntry") for one in _named(node, name)),
        number=number,
    )


def _named(node: Any, tag: str) -> list[Any]:
    return [one for one in node if local(one) == tag]


def _first(node: Any, tag: str) -> Any:
    return next(iter(_named(node, tag)), None)


def _text(node: Any) -> str:
    text = None if node is None else next((one for one in node if local(one) == "text"), None)
    return "" if text is None else "".join(text.itertext()).strip()


def tableless(root: Any) -> list[Any]:
    """XML nodes of the decisions of a file that are no tables."""
    return [one for one in root.iter("{*}decision") if not _named(one, "decisionTable")]


def is_dmn(root: Any) -> bool:
    """Whether the root element belongs to a DMN file."""
    return "DMN" in (etree.QName(root).namespace or "").upper()
