"""Rules about decision tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.bpmn import expressions
from engine.bpmn.decisions import POLICIES, Decision, Rule, condition, is_dmn
from engine.bpmn.expressions import ExpressionFault
from engine.errors import Problem

MAX_RULES = 1000
_CELL = 'Contoh isi sel: "baru", "baru", "perpanjangan", >= 5, [1..5], -'


def check(roots: Mapping[str, Any], decisions: list[Decision]) -> Iterator[Problem]:
    """All faults of all tables."""
    seen: set[str] = set()
    for table in decisions:
        if table.id in seen or not table.id:
            yield _problem(table, table.id, table.line, "duplicate-id", f"Id tabel {table.id} dipakai dua kali")
        seen.add(table.id)
        yield from _table(table)
    for file, root in roots.items():
        if is_dmn(root) and file not in {table.file for table in decisions}:
            message = "Berkas tidak memuat tabel keputusan"
            yield Problem(file, "", root.sourceline or 1, "error", "no-table", message, "Gambarkan sebuah tabel.")


def _problem(table: Decision, element: str, line: int, code: str, message: str, hint: str = "") -> Problem:
    return Problem(table.file, element or table.id, line, "error", code, message, hint)


def _table(table: Decision) -> Iterator[Problem]:
    head = (table, table.id, table.line)
    if table.policy not in POLICIES or table.aggregation:
        message = f"Aturan pemilihan {table.policy} {table.aggregation} pada tabel {table.id} tidak didukung"
        yield _problem(*head, "hit-policy", " ".join(message.split()), "Pakai UNIQUE, FIRST atau COLLECT.")
    if not table.inputs or not all(table.inputs):
        yield _problem(*head, "table-input", f"Tabel {table.id} mempunyai masukan tanpa ungkapan", "Isi ungkapannya.")
    if not table.outputs or not all(table.outputs) or len(set(table.outputs)) < len(table.outputs):
        yield _problem(*head, "table-output", f"Tabel {table.id} mempunyai keluaran tanpa nama atau bernama sama")
    if len(table.rules) > MAX_RULES:
        yield _problem(*head, "too-large", f"Tabel {table.id} mempunyai lebih dari {MAX_RULES} baris")
        return
    yield from _rows(table)
    yield from _coverage(table)


def _rows(table: Decision) -> Iterator[Problem]:
    for question in filter(None, table.inputs):
        yield from _text(table, table.id, table.line, question)
    for rule in table.rules:
        if len(rule.conditions) != len(table.inputs) or len(rule.values) != len(table.outputs):
            yield _problem(table, rule.id, rule.line, "table-row", f"Baris {rule.id} tidak lengkap", "Isi semua sel.")
            continue
        cells = [condition(*pair) for pair in zip(table.inputs, rule.conditions, strict=True)]
        for written in (*filter(None, cells), *rule.values):
            yield from _text(table, rule.id, rule.line, written)


def _text(table: Decision, element: str, line: int, written: str) -> Iterator[Problem]:
    try:
        expressions.parse(written)
    except ExpressionFault as error:
        yield _problem(table, element, line, "expression", f"Tabel {table.id}: {error}", _CELL)


def _coverage(table: Decision) -> Iterator[Problem]:
    if table.policy not in ("UNIQUE", "FIRST"):
        return
    alls = [rule for rule in table.rules if rule.catches_all]
    if not table.rules or not table.rules[-1].catches_all:
        message = f"Tabel {table.id} tidak mempunyai baris terakhir untuk semua keadaan lain"
        hint = "Tambahkan baris terakhir dengan '-' di semua kolom masukan."
        yield _problem(table, table.id, table.line, "no-catch-all", message, hint)
    for rule in alls[:-1]:
        message = f"Baris {rule.id} menutup baris-baris sesudahnya"
        yield _problem(table, rule.id, rule.line, "table-overlap", message, "Pindahkan ke baris terakhir.")
    yield from _twins(table)


def _twins(table: Decision) -> Iterator[Problem]:
    known: dict[tuple[str, ...], Rule] = {}
    for rule in table.rules:
        first = known.setdefault(rule.conditions, rule)
        if first is not rule and not rule.catches_all:
            message = f"Baris {rule.id} mempunyai syarat yang sama dengan baris {first.id}"
            yield _problem(table, rule.id, rule.line, "table-overlap", message, "Hapus salah satunya.")
