"""The figures of a report, each with the files behind it: counts, money, shares, medians, all exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from engine.clocks import CAUSES, FORCE_MAJEURE
from engine.reporting.facts import CaseFacts

Value: TypeAlias = int | Fraction | None  # None: nothing to measure
Share: TypeAlias = Callable[[CaseFacts], int | Fraction | None]  # what a file adds; None: it is not behind the figure
Lines: TypeAlias = Mapping[str, Mapping[str, Value]]  # permit, "" for all of them -> code of a figure -> value
Measure = Literal["berkas", "kali", "rupiah", "hk", "menit", "bagian"]


@dataclass(frozen=True)
class Figure:
    """`of`: what a file adds to it; `how`: what is made of that; `whole`: the figure a share is a share of."""

    code: str
    group: str
    measure: Measure
    of: Share
    how: Literal["sum", "median", "p90", "share"] = "sum"
    whole: str = ""


def _counted(code: str) -> Share:
    return lambda facts: facts.count(code) or None


def _done(of: Callable[[CaseFacts], bool]) -> Share:
    return lambda facts: 1 if facts.finished is not None and of(facts) else None


def _net(facts: CaseFacts) -> Fraction | None:
    return facts.finished.net if facts.finished else None


def _gross(facts: CaseFacts) -> Fraction | None:
    return facts.finished.gross if facts.finished else None


def _paused(cause: str) -> Share:
    return lambda facts: (facts.finished.pauses.get(cause) or None) if facts.finished else None


def _kahar(facts: CaseFacts) -> Fraction | None:
    return (facts.finished.kahar or None) if facts.finished else None


def _excused(facts: CaseFacts) -> bool:
    return bool(facts.finished and facts.finished.late_unexcused and not facts.finished.late)


def _in_time(facts: CaseFacts) -> bool:
    return bool(facts.finished and not facts.finished.late)


def _in_gross_time(facts: CaseFacts) -> bool:
    return bool(facts.finished and not facts.finished.late_gross)


def _overdue(running: bool) -> Share:
    return lambda facts: 1 if facts.overdue is not None and facts.overdue.running is running else None


FIGURES: Mapping[str, Figure] = {
    one.code: one
    for one in (
        Figure("terdaftar", "berkas", "berkas", _counted("terdaftar")),
        Figure("terbit", "berkas", "berkas", _counted("terbit")),
        Figure("ditolak", "berkas", "berkas", _counted("ditolak")),
        Figure("dicabut", "berkas", "berkas", _counted("dicabut")),
        Figure("ditutup", "berkas", "berkas", _counted("ditutup")),
        Figure("dikembalikan", "berkas", "kali", _counted("dikembalikan")),
        Figure("perbaikan", "berkas", "kali", _counted("perbaikan")),
        Figure("tinjauan", "berkas", "kali", _counted("tinjauan")),
        Figure("belum_diambil", "berkas", "berkas", _counted("belum_diambil")),
        Figure("ditetapkan", "retribusi", "rupiah", _counted("ditetapkan")),
        Figure("dibayar", "retribusi", "rupiah", _counted("dibayar")),
        Figure("uang_kembali", "retribusi", "rupiah", _counted("uang_kembali")),
        Figure("selesai", "waktu", "berkas", _done(lambda _: True)),
        Figure("tepat", "waktu", "berkas", _done(_in_time)),
        Figure("persen_tepat", "waktu", "bagian", _done(_in_time), "share", "selesai"),
        Figure("median_bersih", "waktu", "hk", _net, "median"),
        Figure("p90_bersih", "waktu", "hk", _net, "p90"),
        Figure("tepat_kotor", "waktu", "berkas", _done(_in_gross_time)),
        Figure("persen_tepat_kotor", "waktu", "bagian", _done(_in_gross_time), "share", "selesai"),
        Figure("median_kotor", "waktu", "hk", _gross, "median"),
        Figure("p90_kotor", "waktu", "hk", _gross, "p90"),
        Figure("terlambat_selesai", "waktu", "berkas", _overdue(running=False)),
        Figure("terlambat_berjalan", "waktu", "berkas", _overdue(running=True)),
        *(Figure(f"jeda_{cause}", "jeda", "menit", _paused(cause)) for cause in CAUSES if cause != FORCE_MAJEURE),
        Figure("kahar_berkas", "kahar", "berkas", lambda facts: 1 if _kahar(facts) else None),
        Figure("kahar_hk", "kahar", "hk", _kahar),
        Figure("kahar_tepat", "kahar", "berkas", _done(_excused)),
    )
}
GROUPS = tuple(dict.fromkeys(one.group for one in FIGURES.values()))


def figures(facts: Sequence[CaseFacts]) -> Lines:
    """Every figure for all permits together (under "") and for each permit that the facts name."""
    permits: dict[str, list[CaseFacts]] = {}
    for one in facts:
        permits.setdefault(one.permit, []).append(one)
    return {"": _all(facts), **{permit: _all(permits[permit]) for permit in sorted(permits)}}


def _all(facts: Sequence[CaseFacts]) -> dict[str, Value]:
    return {code: _value(figure, facts) for code, figure in FIGURES.items()}


def _value(figure: Figure, facts: Sequence[CaseFacts]) -> Value:
    added = [one for one in map(figure.of, facts) if one is not None]
    if figure.how == "sum":
        return sum(added, start=0)
    if figure.how == "share":
        whole = _value(FIGURES[figure.whole], facts)
        return Fraction(sum(added, start=0), whole) if isinstance(whole, int) and whole else None
    ranked = Ranked(added)
    return ranked.median() if figure.how == "median" else ranked.ninetieth()


class Ranked:
    """Many amounts in order, equal ones once: of a year's files few are different, and comparing fractions is dear."""

    def __init__(self, amounts: Iterable[int | Fraction]) -> None:
        times = Counter((one.numerator, one.denominator) for one in amounts)
        self.ordered = sorted((Fraction(*one), n) for one, n in times.items())
        self.number = times.total()

    def at(self, place: int) -> Fraction:
        """The amount at a place, counted from 0."""
        for amount, n in self.ordered:
            if place < n:
                return amount
            place -= n
        raise IndexError(place)

    def median(self) -> Fraction | None:
        """The middle one, or what lies half-way between the two in the middle."""
        if not self.number:
            return None
        middle = self.number // 2
        return self.at(middle) if self.number % 2 else (self.at(middle - 1) + self.at(middle)) / 2

    def ninetieth(self) -> Fraction | None:
        """The nearest rank: the least that nine tenths of the files do not exceed."""
        return self.at(-(-9 * self.number // 10) - 1) if self.number else None


def behind(facts: Iterable[CaseFacts], code: str, permit: str = "") -> list[tuple[CaseFacts, int | Fraction]]:
    """The files behind a figure with what each adds to it, in the order of their numbers."""
    added = ((one, FIGURES[code].of(one)) for one in facts if permit in ("", one.permit))
    return sorted(
        ((one, part) for one, part in added if part is not None), key=lambda pair: (pair[0].number, pair[0].case)
    )


def reasons(facts: Iterable[CaseFacts]) -> tuple[tuple[str, int], ...]:
    """Why files were sent back, the most frequent first."""
    found = Counter(reason for one in facts for reason in one.reasons)
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def written(lines: Lines) -> dict[str, dict[str, str | int | None]]:
    """The figures as plain JSON: whole numbers as they are, fractions as "7/2"."""
    return {
        permit: {code: str(one) if isinstance(one, Fraction) else one for code, one in row.items()}
        for permit, row in lines.items()
    }
