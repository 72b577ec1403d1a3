"""Keadaan kahar and failures of central systems in a report's workbook and its CSV, with what is told anew of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from app.letters import workbooks
from app.operations import report_disruption_corrections as again
from app.operations import report_disruption_rows as disrupted
from app.operations.report_told import Contents, Corrected

ANEW_HEAD = ("Periode", "Nomor laporan", "Yang dikoreksi", "Perubahan", "Hal", "Semula", "Menjadi", "Satuan")
ALL = "Semua izin"
Plain = Callable[[int | Fraction | None], str]  # a number as a spreadsheet counts with it
Text = Callable[[str], str]  # a text as a cell that no spreadsheet computes


def csv_rows(told: Contents, plain: Plain) -> Iterator[tuple[str, ...]]:
    """A line for everything that is said: period, whose, what, value, unit."""
    for name, cells in _named(told):
        for what, (value, unit) in cells.items():
            if value or what != disrupted.POINTER:
                yield told.label, ALL, f"{name}: {what}", _plainly(value, plain), unit
    for code, decree, number, _permit, _late, _timely, proposer, establisher, handled in disrupted.rescued_rows(told):
        people = f"pengusul {proposer}, penetap {establisher}" + (f", ikut mengerjakan: {handled}" if handled else "")
        yield told.label, ALL, f"{disrupted.DECLARED} {code}: diselamatkan dengan {decree}, {people}", number, ""
    for one in told.corrected:
        yield from _anew(told, one, plain)


def _named(told: Contents) -> list[tuple[str, Mapping[str, tuple[disrupted.Cell, str]]]]:
    return [
        *((f"{disrupted.DECLARED} {code}", cells) for code, cells in disrupted.declared_cells(told)),
        (disrupted.TOGETHER, disrupted.together(told)),
        *((f"{disrupted.FAILED} {code}", cells) for code, cells in disrupted.failure_cells(told)),
    ]


def _anew(told: Contents, one: Corrected, plain: Plain) -> Iterator[tuple[str, ...]]:
    for item in again.items(one.disrupted) if one.disrupted else ():
        for line in item.lines:
            what = f"Koreksi {one.period.label}: {item.name}{f' ({item.how})' if item.how else ''}: {line.name}"
            yield told.label, ALL, f"{what}, semula", _was(item.told, again.UNTOLD, line.before, plain), line.unit
            yield told.label, ALL, f"{what}, menjadi", _was(item.known, again.GONE, line.after, plain), line.unit


def _was(there: bool, absent: str, value: disrupted.Cell, plain: Plain) -> str:
    return _plainly(value, plain) if there else absent


def _plainly(value: disrupted.Cell, plain: Plain) -> str:
    return value if isinstance(value, str) else plain(value)


def sheets(told: Contents, text: Text) -> Iterator[workbooks.Sheet]:
    """None of a report that was frozen before reports told of them."""
    if told.disruptions is not None:
        yield _declared(told, text)
        failures = [(code, *_values(cells, text)) for code, cells in disrupted.failure_cells(told)]
        yield workbooks.Sheet(disrupted.FAILED, disrupted.FAILURE_HEAD, failures)
    if disrupted.tells_rescued(told):
        rescued = [[text(one) for one in row] for row in disrupted.rescued_rows(told)]
        yield workbooks.Sheet(disrupted.RESCUED, disrupted.RESCUED_HEAD, rescued)
    if any(one.disrupted for one in told.corrected):
        yield workbooks.Sheet("Koreksi kahar dan gangguan", ANEW_HEAD, list(_anew_lines(told, text)))


def _declared(told: Contents, text: Text) -> workbooks.Sheet:
    rows = [(code, *_values(cells, text)) for code, cells in disrupted.declared_cells(told)]
    if rows:
        known = disrupted.together(told)
        last = (value for value, _unit in known.values())
        rows.append((disrupted.TOGETHER, *("" for _ in range(len(rows[0]) - 1 - len(known))), *last))
    return workbooks.Sheet(disrupted.DECLARED, disrupted.DECLARED_HEAD, rows)


def _anew_lines(told: Contents, text: Text) -> Iterator[list[Any]]:
    for one in told.corrected:
        for item in again.items(one.disrupted) if one.disrupted else ():
            for line in item.lines:
                before = line.before if item.told else again.UNTOLD
                after = line.after if item.known else again.GONE
                named = [str(one.period.label), one.number, item.name, item.how, line.name]
                yield [*named, *(text(each) if isinstance(each, str) else each for each in (before, after)), line.unit]


def _values(cells: Mapping[str, tuple[Any, str]], text: Text) -> Iterator[Any]:
    return (text(value) if isinstance(value, str) else value for value, _unit in cells.values())
