"""What a reading costs with more and more pauses, and over more and more years: the promise alone, and all of it.

Fair, for nothing is kept between two readings but the calendar's own table, as in the office; the pauses are of half
an hour each and do not overlap, so that every one of them is walked past.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from app.store import embedded
from benchmarks.due_date import office_calendar, timed
from benchmarks.page import Section
from engine.clocks import APPLICANT_CAUSES, WIB, Budget, Clock, ClockEvent, World, read
from engine.clocks.promise import promise
from engine.clocks.walk import begun

PAUSES = (0, 1, 10, 100, 1_000)
YEARS = (1, 10, 30)
LATE = datetime(2027, 2, 1, 9, 0, tzinfo=WIB)
HOUR = timedelta(hours=1)


def _paused(count: int) -> Clock:
    """A clock of 1500 hk with so many pauses, one a day."""
    start = datetime(2018, 3, 5, 8, 0, tzinfo=WIB)
    events = [ClockEvent(1, "START", start, start)]
    for number in range(count):
        at = start + timedelta(days=1 + number, hours=1)
        kinds = (("PAUSE", at), ("RESUME", at + HOUR / 2))
        events += [ClockEvent(len(events) + 1 + n, k, t, t, APPLICANT_CAUSES[0]) for n, (k, t) in enumerate(kinds)]
    return Clock("L", Budget.parse("1500 hk"), events=tuple(events))


def _long(years: int) -> Clock:
    """A clock begun so many years before it is read, with the promise as far."""
    start = datetime(2027 - years, 3, 1, 8, 0, tzinfo=WIB)
    budget = Budget.parse(f"{years * 240} hk")
    return Clock("L", budget, events=(ClockEvent(1, "START", start, start),))


def _costs(clock: Clock, world: World, at: datetime) -> tuple[float, float]:
    """Seconds of the promise alone, and of a whole reading."""

    def promised(one: Clock) -> object:
        known = begun(one, world, at, None)
        return known and promise(known)

    return timed(promised, [clock])[0], timed(lambda one: read(one, world, at), [clock])[0]


def run(server: embedded.Server) -> Section:
    """The section of the page."""
    world = World(office_calendar(range(1996, 2030)))
    at = datetime(2026, 8, 10, 9, 0, tzinfo=WIB)
    rows = [(f"{count} pauses", *_costs(_paused(count), world, at)) for count in PAUSES]
    rows += [(f"{years} years", *_costs(_long(years), world, LATE)) for years in YEARS]
    cells = "".join(f"| {what} | {p * 1e6:.0f} | {r * 1e6:.0f} |\n" for what, p, r in rows)
    return Section(
        "## What a reading costs\n\nMicroseconds, the odometer of 34 years built. A whole reading also tells the "
        "warnings and whose every minute was.\n\n| clock | promise | whole reading |\n|---|---|---|\n" + cells
    )
