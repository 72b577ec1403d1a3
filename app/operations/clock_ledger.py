"""Buku jam: every start, stop and pause of a clock with what was counted between them; the printed sums add up.

Amounts are rounded once, as running totals; each line is the difference of two printed totals, and the gross is
the sum of the printed parts, so that nobody finds a hundredth missing (ui guide 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from app.operations.clock_views import CAUSES, NAMES, decimal
from engine.case import Case, CaseClock, legal_clock, read_clock
from engine.clocks import FORCE_MAJEURE, Reading, World
from engine.clocks.instants import instant, micros
from engine.clocks.spans import Span, meet
from engine.clocks.walk import Begun, begun
from engine.errors import Sentence

HUNDREDTHS = 100
UNITS = {"hk": "hk", "minutes": "menit", "days": "hari", "months": "bulan"}


@dataclass(frozen=True)
class LedgerLine:
    """`counted` since the line before and `total` so far, as printed; `kahar`: a force majeure had a part in it."""

    what: str
    at: datetime
    because: str
    counted: str
    total: str
    kahar: bool = False


@dataclass(frozen=True)
class Ledger:
    """gross = net + applicant + kahar, as printed; `unit`: hk, menit, hari or bulan."""

    clock: UUID
    label: str
    unit: str
    lines: tuple[LedgerLine, ...]
    net: str
    applicant: str
    kahar: str
    gross: str


@dataclass(frozen=True)
class _Mark:
    at: datetime
    what: str
    because: str = ""
    kahar: bool = False


def ledger(case: Case, one: CaseClock, world: World, at: datetime, known_at: datetime | None = None) -> Ledger | None:
    """The ledger of a clock up to `at`, with what was known at `known_at`; None when it has not begun."""
    known = begun(legal_clock(case, one), world, at, known_at)
    if known is None or known.start.at > micros(at):
        return None
    reading = read_clock(case, one, world, at, known_at)
    marks = [*sorted(_marks(known, at), key=lambda mark: mark.at), *_present(reading, at)]
    net, applicant, kahar = (_hundredths(value, reading) for value in _parts(reading))
    return Ledger(
        one.id,
        NAMES.get(one.name, NAMES.get(one.kind, one.name)),
        UNITS[reading.budget.unit],
        tuple(_lines(case, one, world, marks, known_at)),
        _printed(net),
        _printed(applicant),
        _printed(kahar),
        _printed(net + applicant + kahar),
    )


def _marks(known: Begun, at: datetime) -> Iterator[_Mark]:
    """The start, each stop, each going on again and each consent to a later date, that happened by `at`."""
    yield _Mark(instant(known.start.at), "Mulai", known.start.source.paper)
    last = known.life.runs[-1][1]
    until = micros(at) if last is None else min(micros(at), last.at)  # what comes after the end is none of the clock's
    for begin, end in known.united:
        if begin > until or (last is not None and begin == last.at):
            continue
        inside = [one for one in known.stops if meet([(one.begin, one.end)], (begin, end))]
        kahar = any(one.cause == FORCE_MAJEURE for one in inside)
        yield _Mark(instant(begin), "Ditangguhkan", _causes(inside), kahar)
        if end is not None and end <= until:
            yield _Mark(instant(end), "Dilanjutkan", "", kahar)
    for fact in known.life.consents:
        if fact.at <= until and fact.event.until is not None and known.clock.pausable:
            day = f"{fact.event.until:%d/%m/%Y}"
            yield _Mark(instant(fact.at), "Diperpanjang", Sentence("persetujuan pemohon, sampai %(hari)s", hari=day))
    for _, stop in known.life.runs:
        if stop is not None and stop.at <= micros(at):
            yield _Mark(instant(stop.at), "Berhenti", stop.source.paper)


def _causes(inside: list[Span]) -> str:
    """What stood still, and the papers of a force majeure."""
    causes = dict.fromkeys(CAUSES.get(one.cause, "berkas ditutup") for one in inside)
    sources = [source for one in inside if one.cause == FORCE_MAJEURE for source in one.sources]
    papers = dict.fromkeys(f"{one.ref} {one.paper}".strip() for one in sources)
    return ", ".join(causes) + (f" ({', '.join(papers)})" if papers else "")


def _present(reading: Reading, at: datetime) -> list[_Mark]:
    if reading.state == "STOPPED":
        return []
    return [_Mark(at, "Kini", "berjalan" if reading.state == "RUNNING" else "ditangguhkan")]


def _lines(
    case: Case, one: CaseClock, world: World, marks: list[_Mark], known_at: datetime | None
) -> Iterator[LedgerLine]:
    before = 0
    for mark in marks:
        reading = read_clock(case, one, world, mark.at, known_at)
        total = _hundredths(_parts(reading)[0], reading)
        yield LedgerLine(mark.what, mark.at, mark.because, _printed(total - before), _printed(total), mark.kahar)
        before = total


def _parts(reading: Reading) -> tuple[Fraction, Fraction, Fraction]:
    """Counted, kept out for the applicant, kept out for force majeure: in the budget's unit."""
    if reading.budget.unit == "hk":
        return reading.split_hk.office, reading.split_hk.applicant, reading.split_hk.kahar
    if reading.budget.unit == "minutes":
        return reading.split.office, reading.split.applicant, reading.split.kahar
    return reading.elapsed, Fraction(0), Fraction(0)


def _hundredths(value: Fraction, reading: Reading) -> int:
    """Hundredths of a unit; whole minutes for clocks counted in minutes."""
    step = 1 if reading.budget.unit == "minutes" else HUNDREDTHS
    return int(value * step * 2 + 1) // 2 * (HUNDREDTHS // step)


def _printed(hundredths: int) -> str:
    return decimal(Fraction(hundredths, HUNDREDTHS), 2)
