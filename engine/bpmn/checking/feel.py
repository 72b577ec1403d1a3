"""Rules about cells that are written as other languages write them, with signs that FEEL (DMN 1.3, 10.3.1.2) has not.

They mean here what they look like, so they are warned of; but two texts without a comma would be read as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from engine.bpmn.cells import parts
from engine.bpmn.decisions import Decision, Rule
from engine.errors import Finding, Problem

_TEXT = r'"(?:[^"\\]|\\.)*"'
_BESIDE = re.compile(rf"{_TEXT}\s*{_TEXT}")
_SINGLE = re.compile(r"'(?:[^'\\]|\\.)*'")


def check(table: Decision) -> Iterator[Problem]:
    """All rules of this group, each cell told once."""
    for rule in table.rules:
        for at, cell in enumerate((*rule.conditions, *rule.values)):
            yield from (replace(one, cell=rule.cell(at)) for one in _cell(table, rule, at, cell))


def _cell(table: Decision, rule: Rule, at: int, cell: str) -> Iterator[Problem]:
    tests = parts(_inner(cell))
    beside = next((one for one in tests if _BESIDE.fullmatch(one)), "")
    if beside:
        message = Finding(
            "Baris %(rule)s: %(beside)s tidak dipisah koma, sehingga dibaca sebagai satu teks",
            rule=table.spot(rule, at),
            beside=beside,
        )
        yield _problem(table, rule, "missing-comma", message, 'Tulis misalnya "baru", "perpanjangan".', "error")
    bare = [re.sub(_TEXT, '""', one) for one in tests]
    if any(_SINGLE.search(one) for one in bare):
        message = Finding(
            "Baris %(rule)s: %(cell)s bukan FEEL, yang menulis teks dengan tanda kutip ganda",
            rule=table.spot(rule, at),
            cell=cell,
        )
        yield _problem(table, rule, "not-feel", message, 'Tulis misalnya "baru".', "warning")
    if any(one.startswith(("==", "!=")) for one in bare):
        message = Finding(
            "Baris %(rule)s: %(cell)s bukan FEEL, yang menulis nilainya saja atau not(…)",
            rule=table.spot(rule, at),
            cell=cell,
        )
        yield _problem(table, rule, "not-feel", message, 'Tulis misalnya "baru" atau not("baru").', "warning")


def _inner(cell: str) -> str:
    return cell[4:-1] if cell.startswith("not(") and cell.endswith(")") else cell


def _problem(table: Decision, rule: Rule, code: str, message: str, hint: str, severity: str) -> Problem:
    return Problem(table.file, rule.id or table.id, rule.line, severity, code, message, hint)
