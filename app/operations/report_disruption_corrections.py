"""What a report tells anew of keadaan kahar and of central systems in a period, line by line, in Indonesian."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from app.operations.report_disruption_rows import (
    DECLARED,
    FAILED,
    RESCUED,
    TOGETHER,
    Cell,
    all_of,
    counted,
    failure,
    rescued_count,
    said,
    shown,
)
from engine.reporting import Anew, Declared, Failure, Retold, Standing, Whole

Cells: TypeAlias = Mapping[str, tuple[Cell, str]]
NUMBERS = "Nomor berkas diselamatkan"
UNTOLD, GONE, NOTHING = "tidak dilaporkan", "tidak tercatat lagi", "–"
ALWAYS = frozenset({"Berkas dihentikan", "Waktu dihentikan", "Jam layanan terganggu", "Berkas yang sedang dilayani"})
EMPTY = frozenset({("", ""), (None, None), ("", None), (None, "")})


@dataclass(frozen=True)
class Line:
    """One thing that was told, and how it is now; "" where it has none, `unit` of both."""

    name: str
    before: Cell
    after: Cell
    unit: str


@dataclass(frozen=True)
class Told:
    """A declaration or failure that is told anew; `how`: what happened to it, in words; "" of all together."""

    name: str
    how: str
    lines: tuple[Line, ...]
    told: bool  # before
    known: bool  # now


def items(found: Anew) -> Iterator[Told]:
    """Each declaration and failure that is told anew, then all declarations together where that changed."""
    for one in found.changes:
        yield _item(found, one)
    if found.before != found.after:
        old = all_of(found.before) if found.before else {}
        yield Told(TOGETHER, "", tuple(_lines(old, all_of(found.after))), bool(old), True)


def _item(found: Anew, one: Retold) -> Told:
    kind = FAILED if isinstance(one.of, Failure) else DECLARED
    old, new = _cells(one.before, found.before), _cells(one.after, found.after)
    return Told(f"{kind} {one.code}", one.how, tuple(_lines(old, new)), one.before is not None, one.after is not None)


def _cells(one: Standing | None, whole: Whole | None) -> Cells:
    if one is None or whole is None:
        return {}
    if isinstance(one.of, Failure):
        return failure(one.of, one.cases)
    return {**said(one.of), **_rescued(one.of), **counted(one, whole)}


def _rescued(one: Declared) -> Cells:
    numbers = ", ".join(dict.fromkeys(each.number for each in one.rescued or ()))
    return {RESCUED: (rescued_count(one), "berkas"), NUMBERS: (numbers, "")}


def _lines(old: Cells, new: Cells) -> Iterator[Line]:
    """What differs, and what the figures are either way; nothing of what neither has."""
    for name, (_value, unit) in {**old, **new}.items():
        before, after = (cells[name][0] if name in cells else "" for cells in (old, new))
        if (name in ALWAYS or before != after) and _any(name, before, after):
            yield Line(name, before, after, unit)


def _any(name: str, before: Cell, after: Cell) -> bool:
    """Whether either has something; no rescued file is nothing to tell."""
    return bool(before or after) if name == RESCUED else (before, after) not in EMPTY


def printed(found: Anew | None) -> list[dict[str, object]]:
    """As the paper prints it: list of `nama`, `perubahan` and `baris` of `nama`, `semula`, `menjadi`."""
    return [_printed(one) for one in items(found)] if found else []


def _printed(one: Told) -> dict[str, object]:
    rows = [
        {"nama": each.name, "semula": before(one, each), "menjadi": after(one, each)} for each in one.lines
    ]  # fmt: skip
    return {"nama": one.name, "perubahan": one.how, "baris": rows}


def before(one: Told, line: Line) -> str:
    return (shown(line.before, line.unit) or NOTHING) if one.told else UNTOLD


def after(one: Told, line: Line) -> str:
    return (shown(line.after, line.unit) or NOTHING) if one.known else GONE
