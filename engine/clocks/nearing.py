"""When the legal limit nears: so many working days before its date, and when it has passed.

UU 30/2014 Pasal 53 lets an application count as granted by a court when the
office stays silent past its limit.  Nothing here grants anything: a person of
the office is told early enough to decide.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime, timedelta

from engine.clocks.force_majeure import World
from engine.clocks.instants import day_of, instant, micros, midnight, year_of
from engine.clocks.ledger import Clock
from engine.clocks.odometer import Odometer
from engine.clocks.reading import Reading, read

CROSSED = 0  # the step of a limit that has passed


def raising(clock: Clock, world: World, at: datetime) -> tuple[frozenset[int], Reading]:
    """The steps reached at `at` with what is known then (2: two working days before, 0: passed), and the reading.

    Nothing nears on the date the clock began: a limit shorter than a step
    reaches it when the office opens next.  Empty when no limit is known or the
    clock was stopped in time.
    """
    reading = read(clock, world, at, at)
    if reading.promised_at is None or reading.started_at is None:
        return frozenset(), reading
    end, odometer = reading.stopped_at or reading.at, world.calendar_of(clock.calendar).as_known(at)
    crossed = end > reading.promised_at
    if reading.state == "STOPPED" and not crossed:
        return frozenset(), reading
    first = odometer.next_opening(instant(midnight(reading.started_at.date() + timedelta(days=1))))
    steps = {days for days in reading.policy.limit_days if _near(odometer, reading.promised_at, days, first, end)}
    return frozenset(steps | ({CROSSED} if crossed else set())), reading


def _near(odometer: Odometer, limit: datetime, days: int, first: datetime | None, end: datetime) -> bool:
    begins = _opening_before(odometer, limit, days)
    return begins is not None and first is not None and max(begins, first) <= end


def _opening_before(odometer: Odometer, limit: datetime, days: int) -> datetime | None:
    """When the office opens so many working days before the date of a limit."""
    day = instant(micros(limit) - 1).date()  # a limit at midnight belongs to the date before it
    earliest = day - timedelta(days=days * 7 + 60)
    while days and day > earliest:
        day -= timedelta(days=1)
        days -= 1 if odometer.windows(day) else 0
    windows = odometer.windows(day)
    return windows[0][0] if windows and not days else None


def limit_steps(odometer: Odometer, limit: datetime, days: tuple[int, ...]) -> tuple[tuple[int, datetime | None], ...]:
    """When each step before a limit begins: the opening of the office so many working days before its date."""
    return tuple((one, _opening_before(odometer, limit, one)) for one in days)


def latest_limit(odometer: Odometer, at: datetime, days: int) -> datetime:
    """No limit after this instant can have reached the step at `at`: the end of the date so many working days ahead.

    `days` 0: `at` itself.  Beyond the calendar's last day the instant a year ahead.
    """
    if not days:
        return at
    now = micros(at)
    table = odometer.table(year_of(now), year_of(now) + 1)
    row = bisect_right(table.opens, midnight(day_of(now)) + 86_399_999_999)
    ends = sorted(set(table.day_ends[row:]))
    return instant(midnight(day_of(ends[days - 1])) + 86_400_000_000) if len(ends) >= days else at + timedelta(days=366)
