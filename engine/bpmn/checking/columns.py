"""Rules about the columns of decision tables: values of one kind, that exist, in ranges that hold something.

A column's kind is its declared type (`typeRef`, DMN 1.3, 7.3.2), or what its declared values have in
common.  What only the data of a case decides is not told here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from engine.bpmn import mentions
from engine.bpmn.cells import Span, Unclear, cleaned, condition, literal, parts, read, spans_of
from engine.bpmn.checking.coverage import takes
from engine.bpmn.decisions import Decision, Rule
from engine.bpmn.expressions import ExpressionFault
from engine.bpmn.mentions import Word
from engine.errors import Problem

KINDS = {
    "string": "text", "number": "number", "integer": "number", "long": "number", "double": "number", "int": "number",
    "float": "number", "decimal": "number", "boolean": "boolean", "date": "date", "dateandtime": "date",
    "datetime": "date", "time": "time",
}  # fmt: skip
WORDS = {"text": "teks", "number": "bilangan", "boolean": "ya/tidak", "date": "tanggal", "time": "jam"}
WRITTEN = ("string", "number", "boolean", "date")
_OTHERS = ("any", "context", "daytimeduration", "yearmonthduration", "daysandtimeduration", "yearsandmonthsduration")
_CALLED = re.compile(r'^(date and time|date|time)\(\s*"([^"]*)"\s*\)$')
_WORD = re.compile(r"[^\W\d]\w*")
_SIGNS = re.compile(r"^(<=|>=|!=|==|=|<|>)\s*")
_SAMPLES = {
    "text": '"baru"', "number": ">= 5", "boolean": "true", "date": '>= date("2026-01-31")', "time": 'time("08:00:00")',
}  # fmt: skip


def check(table: Decision) -> Iterator[Problem]:
    """All rules of this group; only whole rows are looked at, the others are told elsewhere."""
    rows = [one for one in table.rules if _whole(table, one)]
    for index, question in enumerate(table.inputs):
        yield from _inputs(table, rows, index, question or f"kolom {index + 1}")
    for index, name in enumerate(table.outputs):
        yield from _outputs(table, rows, index, name)


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
    kinds = {_kind(one) for one in allowed}
    return named or (kinds.pop() if len(kinds) == 1 else "")


def _inputs(table: Decision, rows: list[Rule], index: int, question: str) -> Iterator[Problem]:
    allowed = table.allowed[index] if index < len(table.allowed) else ""
    kind = declared(_at(table.input_types, index), tuple(_literals(allowed)))
    texts = kind == "text" or any(_kind(one) == "text" for rule in rows for one in _literals(rule.conditions[index]))
    for rule in rows:
        cell = rule.conditions[index]
        faults = [*_impossible(cell, kind), *_reversed(cell), *_misfits(cell, kind, question)]
        faults += _unquoted(cell) if texts else ()
        for code, message, hint in faults:
            yield _problem(table, rule, code, f"Baris {rule.id}: {message}", hint, at=index)
        if not faults and _outside(cell, allowed):
            message = f"Baris {rule.id} tidak pernah cocok: {cell} di luar nilai {question} yang disebut ({allowed})"
            yield _problem(
                table, rule, "unlisted-value", message, "Samakan selnya dengan inputValues.", "warning", index
            )


def unquoted(table: Decision, index: int, cell: str) -> bool:
    """Whether a cell of a column of texts holds a bare word, which is told at its row."""
    kind = declared(_at(table.input_types, index), tuple(_literals(_at(table.allowed, index))))
    cells = (rule.conditions[index] for rule in table.rules if index < len(rule.conditions))
    texts = kind == "text" or any(_kind(one) == "text" for other in cells for one in _literals(other))
    return texts and any(_unquoted(cell))


def holds(table: Decision, index: int, cell: str) -> bool:
    """Whether the values in a cell are of the kind its column is declared to hold."""
    kind = declared(_at(table.input_types, index))
    return all(_fits(_kind(one), kind, one) for one in _literals(cell))


def _outputs(table: Decision, rows: list[Rule], index: int, name: str) -> Iterator[Problem]:
    ranked = table.ranked[index] if index < len(table.ranked) else ()
    kind = declared(_at(table.output_types, index), ranked)
    added = table.aggregation in ("SUM", "MIN", "MAX")
    if added and kind not in ("", "number"):
        message = f"{table.aggregation} pada tabel {table.id} menghitung keluaran {name}, yang berupa {WORDS[kind]}"
        yield Problem(table.file, table.id, table.line, "error", "aggregate-type", message, _NUMBERS)
        return
    for rule in rows:
        found = _output(table, rule, rule.values[index], name, "number" if added else kind, ranked)
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
    kinds = {_kind(rule.values[index]) for rule in table.rules if index < len(rule.values)}
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
    table: Decision, rule: Rule, written: str, name: str, kind: str, ranked: tuple[str, ...]
) -> Iterator[Problem]:
    found = _kind(written)
    for code, message, hint in _impossible(written, kind):
        yield _problem(table, rule, code, f"Baris {rule.id}: {message}", hint)
    if not _fits(found, kind, written):
        code = "aggregate-type" if table.aggregation else "cell-type"
        message = f"Baris {rule.id}: keluaran {name} ({WORDS[kind]}) berisi {written}, sebuah {WORDS[found]}"
        yield _problem(table, rule, code, message, _NUMBERS if table.aggregation else f"Isi {WORDS[kind]}.")
    elif ranked and found and not any(_same(written, one) for one in ranked):
        message = f"Baris {rule.id}: keluaran {written} tidak ada di antara nilai keluaran {name}"
        yield _problem(table, rule, "unlisted-value", message, f"Pakai salah satu: {', '.join(ranked)}.", "warning")


def _problem(
    table: Decision, rule: Rule, code: str, message: str, hint: str, severity: str = "error", at: int | None = None
) -> Problem:
    cell = "" if at is None else rule.cell(at)
    return Problem(table.file, rule.id or table.id, rule.line, severity, code, message, hint, cell)


def _at(types: tuple[str, ...], index: int) -> str:
    return types[index] if index < len(types) else ""


def _literals(cell: str) -> Iterator[str]:
    """Every single value a cell writes: bounds of its spans and members of its lists."""
    inner = cell.strip()
    if inner.startswith("not(") and inner.endswith(")"):
        inner = inner[4:-1]
    for part in parts(inner):
        bare = _SIGNS.sub("", part)
        ends = bare[1:-1].split("..", 1) if ".." in bare and bare[:1] in ("[", "]", "(") else [bare]
        yield from (one.strip() for one in ends if one.strip() not in ("", "-"))


def _kind(written: str) -> str:
    """The kind of a literal; "" for null and for what only data decide."""
    called = _CALLED.match(written.strip())
    if called:
        return "time" if called[1] == "time" else "date"
    try:
        value = literal(written)
    except Unclear:
        return ""
    kinds: dict[type, str] = {bool: "boolean", str: "text", Decimal: "number"}
    return kinds.get(type(value), "")


def _fits(found: str, kind: str, written: str) -> bool:
    """Dates and times are texts in the data of a case, so a text of digits may stand for one; whether it is one
    is told by `_impossible`."""
    if not found or not kind or found == kind:
        return True
    return found == "text" and kind in ("date", "time") and str(literal(written))[:1].isdigit()


def _misfits(cell: str, kind: str, question: str) -> Iterator[tuple[str, str, str]]:
    for one in _literals(cell):
        found = _kind(one)
        if not _fits(found, kind, one):
            message = f"{question} berupa {WORDS[kind]}, tetapi dibandingkan dengan {one}, sebuah {WORDS[found]}"
            yield "cell-type", message, f"Tulis {WORDS[kind]}, misalnya {_SAMPLES[kind]}."
    if any(sign in ("<", ">", "<=", ">=") for sign in _signs(cell)) and "boolean" in map(_kind, _literals(cell)):
        yield "cell-type", f"{question} ya/tidak tidak mempunyai urutan: {cell}", "Tulis true atau false."


def _unquoted(cell: str) -> Iterator[tuple[str, str, str]]:
    """A bare word among texts is the name of other data to FEEL, and seldom meant so."""
    for one in _literals(cell):
        if _WORD.fullmatch(one) and one not in ("true", "false", "null"):
            yield "unquoted-text", f"{one} tidak diberi tanda kutip", f'Tulis "{one}".'


def _signs(cell: str) -> Iterator[str]:
    return (found[1] for found in map(_SIGNS.match, parts(cell)) if found)


def _impossible(cell: str, kind: str) -> Iterator[tuple[str, str, str]]:
    """Days and hours that no calendar or clock has."""
    for one in _literals(cell):
        called = _CALLED.match(one)
        what = called[1] if called else kind if _kind(one) == "text" and kind in ("date", "time") else ""
        word = called[2] if called else one.strip('"')
        if what and (called or re.match(r"^\d", word)) and not _reads(what, word):
            hint = 'Tulis seperti date("2026-01-31"), date and time("2026-01-31T08:00:00") atau time("08:00:00").'
            yield "impossible-date", f"{one} bukan tanggal atau jam yang ada", hint


def _reads(what: str, word: str) -> bool:
    readers: dict[str, tuple[Any, ...]] = {
        "date": (date, datetime) if not word[10:] else (datetime,), "date and time": (datetime,), "time": (time,),
    }  # fmt: skip
    for reader in readers[what]:
        try:
            reader.fromisoformat(word)
        except ValueError:
            continue
        return bool(re.match(r"^\d{4}-\d\d-\d\d" if what != "time" else r"^\d\d:\d\d", word))
    return False


def _reversed(cell: str) -> Iterator[tuple[str, str, str]]:
    """Ranges whose end lies before their beginning, and ranges that hold nothing."""
    for part, span in spans_of(cell):
        if _empty(span):
            yield "empty-range", f"rentang {part} tidak memuat nilai apa pun", "Tulis batas bawah lebih dahulu."


def _empty(span: Span) -> bool:
    low, high = span.low, span.high
    if low is None or high is None:
        return False
    if type(low) is not type(high):
        return True
    return low > high or (low == high and not (span.with_low and span.with_high))  # type: ignore[operator]


def _outside(cell: str, allowed: str) -> bool:
    """Whether no value that is declared is one a cell takes; what cannot be read plainly is left alone."""
    try:
        test, limit = read(cell), read(allowed)
    except Unclear:
        return False
    if test is None or limit is None or limit.spans or limit.without:
        return False
    return not any(takes(test, one) for one in limit.values)


def _same(written: str, other: str) -> bool:
    try:
        return literal(written) == literal(other)
    except Unclear:
        return written == other
