"""What the files of a period add up to beside its figures: reasons, broken promises, months, how long it took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from engine.reporting.disruptions import Touched
from engine.reporting.facts import CaseFacts
from engine.reporting.figures import FIGURES, reasons

# Upper ends in working days; what took longer than the last stands by itself.
TERMS = (1, 2, 3, 5, 7, 10, 14)
# Figures that are told of each kelurahan: those that simply add up.
OF_AREAS = (
    "terdaftar",
    "terbit",
    "ditolak",
    "dikembalikan",
    "tinjauan",
    "belum_diambil",
    "dibayar",
    "selesai",
    "tepat",
)
NOTHING = Touched(0, Fraction(0))


@dataclass(frozen=True)
class Month:
    """Files decided in a month ("2026-07"), and those of them in time."""

    code: str
    done: int
    in_time: int


@dataclass(frozen=True)
class Sums:
    """`late`: broken promises; `touched`: by the code of a declaration, "" for all; `met`: by that of a failure.

    `lasted`: decided files by how many working days they took, as TERMS orders them, and those beyond.
    `areas`: figures of OF_AREAS by kelurahan, "" for files without one; none in what was frozen before it was told.
    """

    files: int
    late: int
    reasons: tuple[tuple[str, int], ...] = ()
    touched: Mapping[str, Touched] = field(default_factory=dict)
    met: Mapping[str, int] = field(default_factory=dict)
    months: tuple[Month, ...] = ()
    lasted: tuple[int, ...] = ()
    areas: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def sums(facts: Sequence[CaseFacts]) -> Sums:
    """Exact, and the same in whatever order the files come."""
    return Sums(
        len(facts),
        sum(one.overdue is not None for one in facts),
        reasons(facts),
        _touched(facts),
        Counter(code for one in facts for code in one.met),
        _months(facts),
        _lasted(facts),
        _areas(facts),
    )


def _touched(facts: Iterable[CaseFacts]) -> dict[str, Touched]:
    found: dict[str, list[Fraction]] = {}
    for one in facts:
        for code, hk in one.stopped.items():
            found.setdefault(code, []).append(hk)
    return {code: Touched(len(all_of), sum(all_of, Fraction(0))) for code, all_of in sorted(found.items())}


def _months(facts: Iterable[CaseFacts]) -> tuple[Month, ...]:
    """Files that were frozen before reports told the day are in none."""
    found = [(one.finished.on[:7], not one.finished.late) for one in facts if one.finished and one.finished.on]
    done, kept = Counter(code for code, _ in found), Counter(code for code, in_time in found if in_time)
    return tuple(Month(code, done[code], kept[code]) for code in sorted(done))


def _lasted(facts: Iterable[CaseFacts]) -> tuple[int, ...]:
    found = Counter(_place(one.finished.net) for one in facts if one.finished)
    return tuple(found[place] for place in range(len(TERMS) + 1))


def _areas(facts: Iterable[CaseFacts]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for one in facts:
        adding = ((code, FIGURES[code].of(one)) for code in OF_AREAS)
        parts = {code: int(part) for code, part in adding if part}
        if parts:
            found.setdefault(one.area, Counter()).update(parts)
    return {area: {code: found[area][code] for code in OF_AREAS} for area in sorted(found)}


def within(facts: CaseFacts) -> tuple[str, ...]:
    """What a list of files may be cut to: "wilayah:<kelurahan>", and of decided files "lama:<place among TERMS>"."""
    lasted = (f"lama:{_place(facts.finished.net)}",) if facts.finished else ()
    return (f"wilayah:{facts.area}", *lasted)


def _place(net: Fraction) -> int:
    return next((place for place, days in enumerate(TERMS) if net <= days), len(TERMS))


def sums_as_json(one: Sums) -> dict[str, Any]:
    """Plain JSON without floats."""
    return {
        "files": one.files,
        "late": one.late,
        "reasons": [list(pair) for pair in one.reasons],
        "touched": {code: [each.cases, str(each.hk)] for code, each in one.touched.items()},
        "met": dict(one.met),
        "months": [[each.code, each.done, each.in_time] for each in one.months],
        "lasted": list(one.lasted),
        "areas": {area: dict(row) for area, row in one.areas.items()},
    }


def sums_from_json(found: Mapping[str, Any]) -> Sums:
    """What `sums_as_json` wrote."""
    return Sums(
        found["files"],
        found["late"],
        tuple((why, n) for why, n in found["reasons"]),
        {code: Touched(n, Fraction(hk)) for code, (n, hk) in found["touched"].items()},
        found["met"],
        tuple(Month(*one) for one in found["months"]),
        tuple(found["lasted"]),
        found.get("areas", {}),
    )
