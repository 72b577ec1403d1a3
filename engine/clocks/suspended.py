"""How much of the service time of a stretch was suspended by declarations: overlaps counted once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from engine.clocks.force_majeure import InForce, World
from engine.clocks.instants import instant, micros
from engine.clocks.odometer import Odometer
from engine.clocks.spans import meet, unite


@dataclass(frozen=True)
class Suspended:
    """Service minutes, exact: all of the stretch, those suspended for everybody, and for anybody at all."""

    service: Fraction
    whole: Fraction
    some: Fraction

    @property
    def share_whole(self) -> Fraction:
        return self.whole / self.service if self.service else Fraction(0)

    @property
    def share_some(self) -> Fraction:
        return self.some / self.service if self.service else Fraction(0)


def suspended(world: World, begin: datetime, end: datetime, known_at: datetime | None = None) -> Suspended:
    """The stretch `[begin, end)` by the calendar and the SUSPEND declarations known at `known_at` (None: all)."""
    odometer = world.calendar.as_known(known_at)
    declared = [one for one in world.in_force(known_at) if one.effect == "SUSPEND"]
    everybody = [one for one in declared if one.scope.hits_case(None, None) and not one.scope.looks_at_tasks()]
    return Suspended(
        odometer.minutes_between(begin, end),
        _minutes(odometer, everybody, begin, end),
        _minutes(odometer, declared, begin, end),
    )


def _minutes(odometer: Odometer, declared: Iterable[InForce], begin: datetime, end: datetime) -> Fraction:
    cut = meet(unite((one.since, one.until) for one in declared), (micros(begin), micros(end)))
    ends = ((a, micros(end) if b is None else b) for a, b in cut)
    return sum((odometer.minutes_between(instant(a), instant(b)) for a, b in ends), Fraction(0))
