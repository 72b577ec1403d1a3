"""Rules about which row of a decision table answers: gaps, overlaps, rows that never do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.bpmn import mentions
from engine.bpmn.checking.coverage import Case, cases, readable
from engine.bpmn.checking.offered import always_of
from engine.bpmn.checking.sheets import Set
from engine.bpmn.decisions import SINGLE, Decision, Rule
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Finding, Problem, joined

NARROW = 'Persempit salah satu baris, atau pilih cara menjawab "Baris pertama" bila urutan baris yang menentukan.'
SPLIT = "Pecah menjadi beberapa tabel, satu untuk tiap kelompok masukan."


def table_problem(
    table: Decision, element: str, line: int, code: str, message: str, hint: str = "", severity: str = "error"
) -> Problem:
    return Problem(table.file, element or table.id, line, severity, code, message, hint)


def check(table: Decision, known: Set) -> Iterator[Problem]:
    """All rules of this group."""
    if any(len(one.conditions) != len(table.inputs) for one in table.rules):
        return
    yield from _hidden(table)
    found = cases(table)
    if found is None:
        yield from _twins(table)
        yield from _unseen(table)
        if table.policy in SINGLE and not any(one.catches_all for one in table.rules) and not any(table.defaults):
            yield _gap(table, Finding("keadaan yang tidak cocok dengan baris mana pun"), ())
        return
    yield from _overlaps(table, found)
    yield from _shadowed(table, found)
    yield from _gaps(table, found, known) if table.rules else ()


def _unseen(table: Decision) -> Iterator[Problem]:
    """A table too large to be tried whole says so; one whose cells depend on other data cannot be tried at all."""
    if readable(table):
        message = Finding(
            "Tabel %(table)s terlalu besar untuk dicoba seluruhnya; tumpang tindih dan celahnya tidak diperiksa",
            table=table.called,
        )
        yield table_problem(table, table.id, table.line, "explored-in-part", message, SPLIT, "warning")


def _hidden(table: Decision) -> Iterator[Problem]:
    """Rows that nothing reaches, since one before them takes everything."""
    alls = [rule for rule in table.rules[:-1] if rule.catches_all]
    if table.policy in ("UNIQUE", "ANY", "FIRST") and alls:
        message = Finding("Baris %(row)s menutup baris-baris sesudahnya", row=alls[0].called)
        yield table_problem(table, alls[0].id, alls[0].line, "table-overlap", message, "Pindahkan ke baris terakhir.")


def _overlaps(table: Decision, found: list[Case]) -> Iterator[Problem]:
    """Pairs of rows that match together where the policy forbids it; each later row is told once."""
    if table.policy not in ("UNIQUE", "ANY"):
        return
    told: set[int] = set()
    for case in found:
        certain = [row for row in case.rows if not table.rules[row].catches_all]
        for row in certain[1:]:
            first = table.rules[certain[0]]
            same = table.policy == "ANY" and table.rules[row].values == first.values
            if row not in told and not same:
                told.add(row)
                yield _overlap(table, table.rules[row], first, _said(table, case))


def _shadowed(table: Decision, found: list[Case]) -> Iterator[Problem]:
    """Rows that never answer, since whatever they match another row answers before them."""
    if table.policy not in ("FIRST", "PRIORITY") or (table.policy == "PRIORITY" and not _ranked(table)):
        return
    answering = {_answering(table, case.rows) for case in found if case.rows}
    matching = {row for case in found for row in case.rows}
    covered = any(rule.catches_all for rule in table.rules[:-1]) and table.policy == "FIRST"
    for row in sorted(matching - answering) if not covered else ():  # what one row covers is told at that row
        rule = table.rules[row]
        others = sorted({_answering(table, case.rows) for case in found if row in case.rows})
        message = Finding(
            "Baris %(rule)s tidak pernah menjawab: %(listed)s selalu mendahuluinya",
            rule=rule.called,
            listed=", ".join(table.rules[one].called for one in others),
        )
        hint = "Hapus baris itu, atau pindahkan."
        yield table_problem(table, rule.id, rule.line, "table-shadowed", message, hint, "warning")


def _ranked(table: Decision) -> bool:
    """Whether the order of importance is stated for every output of every row; what is missing is told by itself."""
    pairs = (pair for rule in table.rules for pair in zip(rule.values, table.ranked, strict=False))
    return len(table.ranked) == len(table.outputs) and all(one in ranked for one, ranked in pairs)


def _answering(table: Decision, rows: tuple[int, ...]) -> int:
    """The row that answers where these match: the first, or the first of those whose outputs rank highest."""
    return rows[0] if table.policy == "FIRST" else min(rows, key=lambda row: (_ranks(table, table.rules[row]), row))


def _ranks(table: Decision, rule: Rule) -> tuple[int, ...]:
    pairs = zip(rule.values, table.ranked, strict=False)
    return tuple(ranked.index(one) if one in ranked else len(ranked) for one, ranked in pairs)


def _overlap(table: Decision, rule: Rule, first: Rule, words: str) -> Problem:
    message = Finding(
        "Baris %(rule)s cocok bersamaan dengan baris %(first)s, misalnya untuk %(words)s",
        rule=rule.called,
        first=first.called,
        words=words,
    )
    return replace(table_problem(table, rule.id, rule.line, "table-overlap", message, NARROW), beside=first.id)


def _gaps(table: Decision, found: list[Case], known: Set) -> Iterator[Problem]:
    if table.policy in SINGLE and not any(table.defaults):
        empty = [case for case in found if not case.rows]
        # Of a field with a few words nothing else is ever asked, once the diagrams that fill it are known.
        found = cases(_narrowed(table, known)) or [] if empty else []
        empty = [case for case in found if not case.rows]
        if empty:
            yield _gap(table, _first_of(table, empty), empty[0].cells)


def _said(table: Decision, case: Case) -> Finding:
    """What a combination asks, column by column; a column whose cells tell nothing apart is left out."""
    asked = ((table.column(at), kind.said) for at, kind in enumerate(case.kinds) if kind.cell != "-")
    return joined((joined(pair) for pair in asked), ", ")


def _first_of(table: Decision, empty: list[Case]) -> Finding:
    """The first gap in words, and how many there are beside it."""
    words = _said(table, empty[0])
    others = len(empty) - 1
    return Finding("%(words)s dan %(count)s keadaan lain", words=words, count=others) if others else words


def _narrowed(table: Decision, known: Set) -> Decision:
    """The table with the words that its questions can only be answered with as the values that are allowed."""
    allowed = (*table.allowed, *[""] * (len(table.inputs) - len(table.allowed)))
    pairs = zip(table.inputs, allowed, strict=True)
    return replace(table, allowed=tuple(one or _only(question, known) for question, one in pairs))


def _only(question: str, known: Set) -> str:
    """The words that a question can only be answered with, written as a cell; "" where it may be any."""
    try:
        path = mentions.whole_path(question)
    except ExpressionFault:  # told where texts are checked
        return ""
    words = always_of(known).get(path, ()) if path and "get(" not in question else ()
    said = {True: "true", False: "false", None: "null"}
    return ", ".join(f'"{one}"' if isinstance(one, str) else said[one] for one in words)


def _gap(table: Decision, words: str, row: tuple[str, ...]) -> Problem:
    message = Finding("Tabel %(table)s tidak menjawab untuk %(words)s", table=table.called, words=words)
    hint = "Tambahkan baris, atau baris terakhir dengan '-' di semua kolom; tanpa itu berkas berhenti di sana."
    return replace(table_problem(table, table.id, table.line, "table-gap", message, hint, "warning"), row=row)


def _twins(table: Decision) -> Iterator[Problem]:
    if table.policy not in ("UNIQUE", "FIRST"):
        return
    known: dict[tuple[str, ...], Rule] = {}
    for rule in table.rules:
        first = known.setdefault(rule.conditions, rule)
        if first is not rule and not rule.catches_all:
            message = Finding(
                "Baris %(rule)s mempunyai syarat yang sama dengan baris %(first)s", rule=rule.called, first=first.called
            )
            yield table_problem(table, rule.id, rule.line, "table-overlap", message, "Hapus salah satunya.")
