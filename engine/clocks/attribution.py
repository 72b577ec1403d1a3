"""Whose time: every instant since the start belongs to exactly one of closed, kahar, applicant, office."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from engine.clocks.force_majeure import agency_time
from engine.clocks.instants import MINUTE
from engine.clocks.ledger import CAUSES, FORCE_MAJEURE, SUSPENDED
from engine.clocks.odometer import Mileage
from engine.clocks.spans import Stretch, meet, unite
from engine.clocks.walk import Begun

ZERO = Fraction(0)
NOTHING = Mileage(0, 0)


@dataclass(frozen=True)
class Split:
    """Minutes: office + applicant + kahar + closed = gross.  `agency` is the part of `office` that waited for
    technical agencies alone: every open official task was an agency's."""

    office: Fraction = ZERO
    applicant: Fraction = ZERO
    kahar: Fraction = ZERO
    closed: Fraction = ZERO
    gross: Fraction = ZERO
    agency: Fraction = ZERO


@dataclass(frozen=True)
class SplitHk:
    """The same service time in working days."""

    office: Fraction = ZERO
    applicant: Fraction = ZERO
    kahar: Fraction = ZERO
    agency: Fraction = ZERO


@dataclass(frozen=True)
class Attribution:
    """The split in both measures, and the paused minutes by cause (causes without any are absent)."""

    split: Split = Split()
    split_hk: SplitHk = SplitHk()
    by_cause: tuple[tuple[str, Fraction], ...] = ()


class _Union(NamedTuple):
    """Stretches united so far, and how much service time they hold."""

    stretches: list[Stretch]
    width: Mileage


def attribution(begun: Begun, until: int) -> Attribution:
    """From the start to `until` (the question's instant or the STOP), the gaps before a REOPEN left out."""
    bounds = (begun.start.at, until)
    gaps = _grown(begun, _Union([], NOTHING), meet(((g.begin, g.end) for g in begun.life.gaps), bounds))
    away = sum((end or until) - begin for begin, end in gaps.stretches)
    served = _less(_between(begun, begun.start.at, until), gaps.width)
    causes, taken = _by_cause(begun, bounds, gaps)
    agency = _grown(begun, taken, meet(agency_time(begun.clock.spells), bounds))
    return _summed(begun, until - begun.start.at - away, served, causes, _less(agency.width, taken.width))


def _by_cause(begun: Begun, bounds: Stretch, taken: _Union) -> tuple[dict[str, Mileage], _Union]:
    """What each cause adds to the union of those before it, so that overlaps count once; and the whole union."""
    causes: dict[str, Mileage] = {}
    for cause in CAUSES:
        spans = meet(((s.begin, s.end) for s in begun.stops if s.cause == cause), bounds)
        if spans:
            before, taken = taken, _grown(begun, taken, spans)
            causes[cause] = _less(taken.width, before.width)
    return causes, taken


def _grown(begun: Begun, taken: _Union, more: list[Stretch]) -> _Union:
    if not more:
        return taken
    union = unite([*taken.stretches, *more])
    return _Union(union, _width(begun, union))


def _width(begun: Begun, stretches: list[Stretch]) -> Mileage:
    widths = [_between(begun, begin, end) for begin, end in stretches if end is not None]
    return Mileage(sum(w.hk for w in widths), sum(w.work for w in widths))


def _between(begun: Begun, begin: int, end: int) -> Mileage:
    return _less(begun.table.reading(end), begun.table.reading(begin))


def _less(one: Mileage, other: Mileage) -> Mileage:
    return Mileage(one.hk - other.hk, one.work - other.work)


def _summed(begun: Begun, gross: int, served: Mileage, causes: dict[str, Mileage], agency: Mileage) -> Attribution:
    kahar = causes.get(FORCE_MAJEURE, NOTHING)
    # A suspension is the office's doing: the applicant's term does not count it, but it is nobody else's time.
    others = [width for cause, width in causes.items() if cause != SUSPENDED]
    paused = Mileage(sum(c.hk for c in others), sum(c.work for c in others))
    office, applicant, scale = _less(served, paused), _less(paused, kahar), begun.odometer.scale
    return Attribution(
        Split(
            office=Fraction(office.work, MINUTE),
            applicant=Fraction(applicant.work, MINUTE),
            kahar=Fraction(kahar.work, MINUTE),
            closed=Fraction(gross - served.work, MINUTE),
            gross=Fraction(gross, MINUTE),
            agency=Fraction(agency.work, MINUTE),
        ),
        SplitHk(
            office=Fraction(office.hk, scale),
            applicant=Fraction(applicant.hk, scale),
            kahar=Fraction(kahar.hk, scale),
            agency=Fraction(agency.hk, scale),
        ),
        tuple((cause, Fraction(width.work, MINUTE)) for cause, width in causes.items() if width.work),
    )
