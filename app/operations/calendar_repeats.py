"""Lines of a change that say what the calendar says already: a year that was taken away and sent back changes nothing.

A change carries only what it changes, so that its decree is named for nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from app.operations.calendar_rows import lines
from app.operations.calendar_text import CounterHours, each
from engine.clocks import Calendar, DayEntry, Entry, Odometer, WeekEntry, YearEntry

Said: TypeAlias = tuple[Entry | CounterHours, ...]
LONGEST = timedelta(days=366 * 40)  # that hours without an end are looked through for a date which they still decide


@dataclass(frozen=True)
class Standing:
    """The calendar as it stands: the office's, and the own hours of its counter."""

    counted: Calendar
    received: Calendar

    @classmethod
    def of(cls, counted: Calendar, receiving: Sequence[tuple[str, WeekEntry]]) -> Standing:
        return cls(counted, Calendar(week for _unit, week in receiving))

    def says(self, one: Entry | CounterHours) -> bool:
        """Whether an entry is what holds already, whatever decree it is named under."""
        if isinstance(one, CounterHours):
            return _holds(self.received, one.week)
        odometer = self.counted.as_known()
        if isinstance(one, YearEntry):
            return odometer.is_official(one.year)
        return _holds(self.counted, one) if isinstance(one, WeekEntry) else _same_day(odometer, one)


def _same_day(odometer: Odometer, one: DayEntry) -> bool:
    found = odometer.exception(one.day)
    return one.hours is None if found is None else (found.hours, found.label) == (one.hours, one.label)


def _holds(calendar: Calendar, one: WeekEntry) -> bool:
    """Whether the same hours for the same dates were recorded and still decide at least one of them."""
    odometer = calendar.as_known()
    same = [found for found in calendar.entries if isinstance(found, WeekEntry) and _hours_of(found) == _hours_of(one)]
    return any(odometer.entry(day) is found for found in same for day in _days(found))


def _hours_of(one: WeekEntry) -> tuple[object, ...]:
    return one.since, one.until, one.by_weekday


def _days(one: WeekEntry) -> list[date]:
    last = min(one.until or date.max, one.since + min(LONGEST, date.max - one.since))
    return [one.since + timedelta(days=n) for n in range((last - one.since).days + 1)]


def changing(text: str, standing: Standing, at: datetime) -> tuple[str, int]:
    """The lines with those left empty that repeat what stands, and how many those are; as typed where none does.

    Every other line keeps its number.  Passing hours stay beside usual ones that do change: without them these would
    hold in their place.
    """
    read = each(text, at)
    repeated = {row.number for row, said in read if said and all(map(standing.says, said))}
    changed = [week for row, said in read if row.number not in repeated for week in _weeks(said)]
    left = {
        row.number
        for row, said in read
        if row.number in repeated and not any(_meets(one, changed) for one in _weeks(said))
    }
    kept = {row.number: row.typed for row, _said in read if row.number not in left}
    return ("\n".join(kept.get(n, "") for n in range(1, max(kept, default=0) + 1)), len(left)) if left else (text, 0)


def plain(text: str) -> str:
    """The lines that are not empty."""
    return "\n".join(one for one in lines(text) if one.strip())


Week: TypeAlias = tuple[bool, WeekEntry]  # whether it is the counter's


def _weeks(said: Said) -> list[Week]:
    return [
        (isinstance(one, CounterHours), one.week if isinstance(one, CounterHours) else one)
        for one in said
        if isinstance(one, CounterHours | WeekEntry)
    ]


def _meets(one: Week, changed: Sequence[Week]) -> bool:
    """Whether hours that repeat what stands cover a date of others that change."""
    return any(
        one[0] == other[0] and max(one[1].since, other[1].since) <= min(_end(one[1]), _end(other[1]))
        for other in changed
    )


def _end(one: WeekEntry) -> date:
    return one.until or date.max
