"""Tables of a report beside its figures: agencies, satisfaction, months, durations, kelurahan, permits that end.

Each is row -> column -> value, exact, as figures are, so that one telling of it can be held against another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from engine.agencies import FIGURES as ASKED
from engine.agencies import Performance
from engine.reporting.figures import Lines, Value, written
from engine.reporting.sums import TERMS, Sums
from engine.satisfaction import Index

Tables: TypeAlias = Mapping[str, Lines]  # code of a table -> row -> column -> value
AGENCIES, SATISFACTION, BY_MONTH, BY_TERM = "opd", "skm", "bulan", "lama"
BY_AREA, BY_EXPIRY = "wilayah", "berlaku"
SOON = {"h30": 30, "h60": 60, "h90": 90}  # columns of permits that end within so many days after the period
NOT_COUNTS = ("bagian", "median", "p90", "terlama", "indeks", "rata")  # columns in which nothing is not nought


@dataclass(frozen=True)
class Retabled:
    """A value of a table as it was told and as it is known now; None: there was, or is, nothing to measure."""

    table: str
    row: str
    column: str
    old: Value
    new: Value


def of_agencies(lines: Iterable[Performance]) -> Lines:
    """By agency: its counts, the share in time, days until answers, and how long the oldest open one has waited."""
    return {
        one.unit: {
            **{figure: one.count(figure) for figure in ASKED},
            "bagian": one.share,
            "median": one.median,
            "p90": one.ninetieth,
            "terlama": one.waited,
        }
        for one in lines
    }


def of_satisfaction(found: Index | None) -> Lines:
    """The index under "", then each element: how many gave 1, 2, 3, 4 and their mean; nothing without a rule."""
    if found is None:
        return {}
    whole: dict[str, Value] = {"kembali": found.asked, "bersedia": found.answered, "indeks": found.value}
    return {"": whole, **{one.code: _given(one.counts, one.mean) for one in found.elements}}


def _given(counts: Iterable[int], mean: Fraction | None) -> dict[str, Value]:
    return {**{f"n{value}": n for value, n in enumerate(counts, start=1)}, "rata": mean}


def of_charts(found: Sums) -> Tables:
    """What the charts of a report draw: on time by month of the decision, decided files by how long they took."""
    months = {one.code: {"selesai": one.done, "tepat": one.in_time} for one in found.months}
    terms = [str(one) for one in TERMS] + [f">{TERMS[-1]}"]
    lasted = {term: {"berkas": n} for term, n in zip(terms, found.lasted, strict=False)}
    return {BY_MONTH: months, BY_TERM: lasted, BY_AREA: found.areas}


def of_expiry(found: Mapping[str, Mapping[str, int]]) -> Lines:
    """Permits by when they end, by type and, under "", of all types; `found`: type -> column -> permits."""
    columns = ("berakhir", *SOON)
    whole = {column: sum(row.get(column, 0) for row in found.values()) for column in columns}
    return {"": whole, **{permit: {one: row.get(one, 0) for one in columns} for permit, row in found.items()}}


def retabled(told: Tables, known: Tables) -> tuple[Retabled, ...]:
    """Values that are otherwise, in the order of the tables."""
    return tuple(
        Retabled(table, row, column, *values)
        for table in dict.fromkeys((*told, *known))
        for row, column, values in _pairs(told.get(table, {}), known.get(table, {}))
        if values[0] != values[1]
    )


def _pairs(told: Lines, known: Lines) -> Iterable[tuple[str, str, tuple[Value, Value]]]:
    for row in sorted(told.keys() | known.keys()):
        for column in dict.fromkeys((*told.get(row, {}), *known.get(row, {}))):
            nothing = None if column in NOT_COUNTS else 0
            yield row, column, (told.get(row, {}).get(column, nothing), known.get(row, {}).get(column, nothing))


def tables_with(told: Tables, changed: Iterable[Retabled]) -> Tables:
    """What is told once the changes are told as well."""
    found = {table: {row: dict(values) for row, values in lines.items()} for table, lines in told.items()}
    for one in changed:
        found.setdefault(one.table, {}).setdefault(one.row, {})[one.column] = one.new
    return found


def tables_as_json(found: Tables) -> dict[str, Any]:
    """Plain JSON without floats: fractions as "7/2"."""
    return {table: written(lines) for table, lines in found.items()}


def tables_from_json(found: Mapping[str, Any]) -> Tables:
    """What `tables_as_json` wrote."""
    return {
        table: {row: {column: read_value(one) for column, one in values.items()} for row, values in lines.items()}
        for table, lines in found.items()
    }


def read_value(told: Any) -> Value:
    """A value as it stands in plain JSON."""
    return Fraction(told) if isinstance(told, str) else told
