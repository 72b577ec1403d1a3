"""Rules about the columns of decision tables: values of one kind, that exist, in ranges that hold something.

A column's kind is its declared type (`typeRef`, DMN 1.3, 7.3.2), or what its declared values have in
common.  What only the data of a case decides is not told here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.bpmn import mentions
from engine.bpmn.cells import Unclear, cleaned, condition, literal
from engine.bpmn.checking import literals
from engine.bpmn.decisions import Decision, Rule
from engine.bpmn.expressions import ExpressionFault
from engine.bpmn.mentions import Word
from engine.errors import Finding, Problem

KINDS = {
    "string": "text", "number": "number", "integer": "number", "long": "number", "double": "number", "int": "number",
    "float": "number", "decimal": "number", "boolean": "boolean", "date": "date", "dateandtime": "date",
    "datetime": "date", "time": "time",
}  # fmt: skip
WRITTEN = ("string", "number", "boolean", "date")
_OTHERS = ("any", "context", "daytimeduration", "yearmonthduration", "daysandtimeduration", "yearsandmonthsduration")


def check(table: Decision) -> Iterator[Problem]:
    """All rules of this group; only whole rows are looked at, the others are told elsewhere."""
    rows = [one for one in table.rules if _whole(table, one)]
    for index, question in enumerate(table.inputs):
        called = table.column(index) if question else Finding("kolom %(number)s", number=index + 1)
        yield from _inputs(table, rows, index, called)
    for index in range(len(table.outputs)):
        yield from _outputs(table, rows, index, table.column(len(table.inputs) + index))


def _whole(table: Decision, rule: Rule) -> bool:
    return len(rule.conditions) == len(table.inputs) and len(rule.values) == len(table.outputs)


def _plain(type_ref: str) -> str:
    return "".join(type_ref.rpartition(":")[2].lower().split())


def is_type(type_ref: str) -> bool:
    """Whether a declared type is one of the standard's, or of the usual names for them."""
    return _plain(type_ref) in (*KINDS, *_OTHERS)


def declared(type_ref: str, allowed: tuple[str, ...] = ()) -> str:
    """A column's kind; "" when it is of none that is known here."""
    named = KINDS.get(_plain(type_ref), "")
    kinds = {literals.kind_of(one) for one in allowed}
    return named or (kinds.pop() if len(kinds) == 1 else "")


def _inputs(table: Decision, rows: list[Rule], index: int, question: str) -> Iterator[Problem]:
    allowed = table.allowed[index] if index < len(table.allowed) else ""
    kind = declared(_at(table.input_types, index), tuple(literals.literals(allowed)))
    texts = kind == "text" or any(
        literals.kind_of(one) == "text" for rule in rows for one in literals.literals(rule.conditions[index])
    )
    for rule in rows:
        cell = rule.conditions[index]
        faults = [*literals.impossible(cell, kind), *literals.backward(cell), *literals.misfits(cell, kind, question)]
        faults += literals.bare(cell) if texts else ()
        for code, message, hint in faults:
            yield _problem(
                table,
                rule,
                code,
                Finding("Baris %(rule)s: %(message)s", rule=table.spot(rule, index), message=message),
                hint,
                at=index,
            )
        if not faults and literals.outside(cell, allowed):
            message = Finding(
                "Baris %(rule)s tidak pernah cocok: %(cell)s di luar nilai %(question)s yang disebut (%(allowed)s)",
                rule=rule.called,
                cell=cell,
                question=question,
                allowed=allowed,
            )
            yield _problem(
                table, rule, "unlisted-value", message, "Samakan selnya dengan inputValues.", "warning", index
            )


def unquoted(table: Decision, index: int, cell: str) -> bool:
    """Whether a cell of a column of texts holds a bare word, which is told at its row."""
    kind = declared(_at(table.input_types, index), tuple(literals.literals(_at(table.allowed, index))))
    cells = (rule.conditions[index] for rule in table.rules if index < len(rule.conditions))
    texts = kind == "text" or any(
        literals.kind_of(one) == "text" for other in cells for one in literals.literals(other)
    )
    return texts and any(literals.bare(cell))


def holds(table: Decision, index: int, cell: str) -> bool:
    """Whether the values in a cell are of the kind its column is declared to hold."""
    kind = declared(_at(table.input_types, index))
    return all(literals.fits(literals.kind_of(one), kind, one) for one in literals.literals(cell))


def _outputs(table: Decision, rows: list[Rule], index: int, name: str) -> Iterator[Problem]:
    ranked = table.ranked[index] if index < len(table.ranked) else ()
    kind = declared(_at(table.output_types, index), ranked)
    added = table.aggregation in ("SUM", "MIN", "MAX")
    if added and kind not in ("", "number"):
        message = Finding(
            "%(aggregation)s pada tabel %(table)s menghitung keluaran %(name)s, yang berupa %(kind)s",
            aggregation=table.aggregation,
            table=table.called,
            name=name,
            kind=literals.WORDS[kind],
        )
        yield Problem(table.file, table.id, table.line, "error", "aggregate-type", message, _NUMBERS)
        return
    for rule in rows:
        found = _output(table, rule, index, name, "number" if added else kind, ranked)
        yield from (replace(one, cell=rule.cell(len(table.inputs) + index)) for one in found)


_NUMBERS = "Beri keluaran berupa bilangan, atau pakai COLLECT tanpa penjumlah, atau COUNT."


def wanted(table: Decision, index: int) -> str:
    """The kind that a column's answers must have, as the process knows kinds; "" for any."""
    ranked = table.ranked[index] if index < len(table.ranked) else ()
    kind = "number" if table.aggregation in ("SUM", "MIN", "MAX") else declared(_at(table.output_types, index), ranked)
    return kind if kind in ("text", "number", "boolean") else ""


def asks(cell: str) -> bool:
    """Whether what a cell takes depends on data of the case; of one that cannot be read it is not known."""
    try:
        return bool(mentions.names(condition("0", cell)))
    except ExpressionFault:  # told where texts are checked
        return False


def answered(table: Decision, index: int) -> str:
    """The kind of what a column answers, as the process knows kinds; "any" where that is not certain."""
    ranked = table.ranked[index] if index < len(table.ranked) else ()
    kind = declared(_at(table.output_types, index), ranked)
    kinds = {literals.kind_of(rule.values[index]) for rule in table.rules if index < len(rule.values)}
    found = kind or (kinds.pop() if len(kinds) == 1 else "")
    return {"text": "text", "number": "number", "boolean": "boolean", "date": "text", "time": "text"}.get(found, "any")


def words(table: Decision, index: int) -> frozenset[Word] | None:
    """The only words and figures that a column answers with; None where it answers yes or no, or data decide."""
    cells = [rule.values[index] for rule in table.rules if index < len(rule.values)]
    found: set[Word] = set()
    for written in (*cells, *filter(None, table.defaults[index : index + 1])):
        try:
            value = literal(written)
        except Unclear:
            return None
        if isinstance(value, bool):
            return None
        found |= {value} if value is not None else set()
    return frozenset(found) or None


def answers_always(table: Decision, index: int) -> bool:
    """Whether a column answers something whenever the table answers; for columns of literals."""
    cells = [rule.values[index] for rule in table.rules if index < len(rule.values)]
    defaults = table.defaults[index : index + 1] if any(table.defaults) else ()
    return all(cleaned(one) not in ("", "null") for one in (*cells, *defaults))


def _output(
    table: Decision, rule: Rule, index: int, name: str, kind: str, ranked: tuple[str, ...]
) -> Iterator[Problem]:
    written = rule.values[index]
    found = literals.kind_of(written)
    for code, message, hint in literals.impossible(written, kind):
        spot = table.spot(rule, len(table.inputs) + index)
        yield _problem(table, rule, code, Finding("Baris %(rule)s: %(message)s", rule=spot, message=message), hint)
    if not literals.fits(found, kind, written):
        code = "aggregate-type" if table.aggregation else "cell-type"
        message = Finding(
            "Baris %(rule)s: keluaran %(name)s (%(kind)s) berisi %(written)s, sebuah %(other)s",
            rule=rule.called,
            name=name,
            kind=literals.WORDS[kind],
            written=written,
            other=literals.WORDS[found],
        )
        yield _problem(
            table,
            rule,
            code,
            message,
            _NUMBERS if table.aggregation else Finding("Isi %(kind)s.", kind=literals.WORDS[kind]),
        )
    elif ranked and found and not any(literals.same(written, one) for one in ranked):
        message = Finding(
            "Baris %(rule)s: keluaran %(written)s tidak ada di antara nilai keluaran %(name)s",
            rule=rule.called,
            written=written,
            name=name,
        )
        yield _problem(
            table,
            rule,
            "unlisted-value",
            message,
            Finding("Pakai salah satu: %(listed)s.", listed=", ".join(ranked)),
            "warning",
        )


def _problem(
    table: Decision, rule: Rule, code: str, message: str, hint: str, severity: str = "error", at: int | None = None
) -> Problem:
    cell = "" if at is None else rule.cell(at)
    return Problem(table.file, rule.id or table.id, rule.line, severity, code, message, hint, cell)


def _at(types: tuple[str, ...], index: int) -> str:
    return types[index] if index < len(types) else ""
