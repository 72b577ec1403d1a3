"""Service time as an integer odometer, so that a due date is one addition and two binary searches.

Every open date weighs exactly one working day (hk), whatever its length.  One
hk is cut into so many ticks that a microsecond of every day length of this
calendar revision is a whole number of them (the least common multiple of the
lengths): all arithmetic is exact.  Closed time has no width.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

from engine.clocks.instants import DAY, MINUTE, SECOND, instant, micros, midnight, whole_second, year_of

if TYPE_CHECKING:
    from engine.clocks.calendar import DayEntry, Hours, WeekEntry, YearEntry


class _Shape(NamedTuple):
    """A day's windows in microseconds from midnight, and its ticks per microsecond."""

    windows: tuple[tuple[int, int], ...]
    rate: int


class Mileage(NamedTuple):
    """A reading of both axes: ticks of working days, and microseconds of service."""

    hk: int
    work: int


@dataclass(frozen=True)
class Table:
    """The service windows of some years with the reading at each opening; instants in microseconds."""

    first_year: int
    last_year: int
    opens: list[int]
    closes: list[int]
    hk: list[int]
    work: list[int]
    rate: list[int]
    day_ends: list[int]

    def reading(self, at: int) -> Mileage:
        """Both readings at an instant; flat over closed time and beyond the table's ends."""
        row = bisect_right(self.opens, at) - 1
        if row < 0:
            return Mileage(0, 0)
        worked = min(at, self.closes[row]) - self.opens[row]
        return Mileage(self.hk[row] + worked * self.rate[row], self.work[row] + worked)

    def first(self, reading: int, in_hk: bool) -> tuple[int, int] | None:
        """The first whole second with this reading (> 0) and the end of service of its date; None beyond the table.

        The row is the last one whose reading is *below*: 16.00 today rather than 07.30 tomorrow, which read the same.
        """
        row = bisect_left(self.hk if in_hk else self.work, reading) - 1
        if row < 0:
            return None
        missing = reading - (self.hk[row] if in_hk else self.work[row])
        at = self.opens[row] - (-missing // (self.rate[row] if in_hk else 1))
        return (whole_second(at), self.day_ends[row]) if at <= self.closes[row] else None

    def next_open(self, at: int) -> tuple[int, int] | None:
        """The first instant at or after `at` inside a window, and the end of service of its date."""
        row = max(bisect_right(self.opens, at) - 1, 0)
        while row < len(self.opens) and self.closes[row] <= at:
            row += 1
        return (max(at, self.opens[row]), self.day_ends[row]) if row < len(self.opens) else None

    def is_open(self, at: int) -> bool:
        """Whether the instant lies in a window; the closing instant does not."""
        row = bisect_right(self.opens, at) - 1
        return row >= 0 and at < self.closes[row]


class Odometer:
    """One revision of the calendar.  Built lazily by year; a table once made is never changed."""

    def __init__(
        self,
        weeks: tuple[WeekEntry, ...],
        days: Mapping[date, DayEntry],
        years: Mapping[int, YearEntry],
        by_length: bool = False,
    ) -> None:
        self.years = years
        self._by_length = by_length
        self._weeks = weeks
        self._days = days
        lengths = [_seconds(h) for w in weeks for h in w.by_weekday] + [_seconds(d.hours or ()) for d in days.values()]
        self._lcm = lcm(*(length for length in lengths if length))
        self.scale = self._lcm * SECOND
        self._shapes: dict[Hours, _Shape] = {}
        self._table: Table | None = None

    def entry(self, day: date) -> WeekEntry | DayEntry | None:
        """The entry that decides a date: its exception, else the last recorded week that covers it, else none."""
        return self._days.get(day) or self._week(day)

    @property
    def unit(self) -> str:
        """Whose own hours are among those known; "" where there are only the office's."""
        return next((week.unit for week in self._weeks if week.unit), "")

    def exception(self, day: date) -> DayEntry | None:
        """The exception in force on a date, if any."""
        return self._days.get(day)

    def windows(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The service windows of a date as aware WIB datetimes."""
        start = midnight(day)
        return tuple((instant(start + o), instant(start + c)) for o, c in self._shape(day).windows)

    def service_minutes(self, day: date) -> Fraction:
        """The service minutes of a date; 0 when it is closed."""
        return Fraction(sum(c - o for o, c in self._shape(day).windows), MINUTE)

    def weighing_minutes(self, day: date) -> Fraction:
        """The minutes of this date that make one working day: its own, or those of the usual day where it is shorter
        and weighs by its length."""
        usual = self._usual(day)
        own = self.service_minutes(day)
        return own if usual is None else max(own, Fraction(sum(c - o for o, c in usual.windows), MINUTE))

    def is_official(self, year: int) -> bool:
        """Whether the year's list has been adopted."""
        return year in self.years

    def first_unofficial(self, year: int) -> int:
        """The first year at or after `year` without an adopted list."""
        while year in self.years:
            year += 1
        return year

    def next_opening(self, at: datetime) -> datetime | None:
        """The first instant at or after `at` inside service hours; None when none follows within five years."""
        year = year_of(micros(at))
        found = self.table(year, year + 5).next_open(micros(at))
        return instant(found[0]) if found else None

    def minutes_between(self, a: datetime, b: datetime) -> Fraction:
        """Service minutes in `[a, b)`; negative when b lies before a."""
        begin, end = micros(a), micros(b)
        table = self.table(*sorted((year_of(begin), year_of(end))))
        return Fraction(table.reading(end).work - table.reading(begin).work, MINUTE)

    def table(self, first_year: int, last_year: int) -> Table:
        """A table that covers the years.  Readings of different tables must not be compared."""
        held = self._table
        if held is None or first_year < held.first_year or last_year > held.last_year:
            first = first_year if held is None else min(first_year, held.first_year)
            last = last_year if held is None else max(last_year, held.last_year)
            held = self._table = self._built(first, last)
        return held

    def _built(self, first_year: int, last_year: int) -> Table:
        table = Table(first_year, last_year, [], [], [], [], [], [])
        hk = work = 0
        for start, shape in self._dates(date(first_year, 1, 1), date(last_year, 12, 31)):
            day_end = start + shape.windows[-1][1]
            for opens, closes in shape.windows:
                _append(table, start + opens, start + closes, hk, work, shape.rate, day_end)
                hk += (closes - opens) * shape.rate
                work += closes - opens
        return table

    def _dates(self, day: date, last: date) -> Iterator[tuple[int, _Shape]]:
        """Midnight and shape of each open date."""
        while day <= last:
            week, until = self._week_run(day, last)
            shapes = [self._compiled(hours) for hours in week.by_weekday] if week else [_Shape((), 0)] * 7
            for ordinal in range(day.toordinal(), until.toordinal() + 1):
                here = date.fromordinal(ordinal)
                special = self._days.get(here)
                shape = shapes[here.weekday()] if special is None else self._weighed(here)
                if shape.windows:
                    yield midnight(here), shape
            day = until + timedelta(days=1)

    def _usual(self, day: date) -> _Shape | None:
        """What the week gives an exceptional date that weighs by its length; None where it weighs one working day."""
        week = self._week(day) if self._by_length and day in self._days else None
        usual = self._compiled(week.by_weekday[day.weekday()]) if week else None
        return usual if usual is not None and usual.windows else None

    def _weighed(self, day: date) -> _Shape:
        """The shape of an exceptional date; a longer day than usual never weighs more than one."""
        shape, usual = self._compiled(self._days[day].hours or ()), self._usual(day)
        return shape if usual is None or not shape.windows else shape._replace(rate=min(shape.rate, usual.rate))

    def _week_run(self, day: date, last: date) -> tuple[WeekEntry | None, date]:
        """The week in force on a date and the last date before any week begins or ends."""
        changes = [w.since for w in self._weeks if w.since > day]
        changes += [w.until + timedelta(days=1) for w in self._weeks if w.until is not None and day <= w.until < last]
        return self._week(day), min([change - timedelta(days=1) for change in changes] + [last])

    def _week(self, day: date) -> WeekEntry | None:
        for week in reversed(self._weeks):
            if week.since <= day and (week.until is None or day <= week.until):
                return week
        return None

    def _shape(self, day: date) -> _Shape:
        special, week = self._days.get(day), self._week(day)
        if special is not None:
            return self._compiled(special.hours or ())
        return self._compiled(week.by_weekday[day.weekday()] if week else ())

    def _compiled(self, hours: Hours) -> _Shape:
        if hours not in self._shapes:
            windows = tuple((_second(o) * SECOND, (_second(c) or DAY // SECOND) * SECOND) for o, c in hours)
            self._shapes[hours] = _Shape(windows, self._lcm // _seconds(hours) if hours else 0)
        return self._shapes[hours]


def _append(table: Table, opens: int, closes: int, hk: int, work: int, rate: int, day_end: int) -> None:
    table.opens.append(opens)
    table.closes.append(closes)
    table.hk.append(hk)
    table.work.append(work)
    table.rate.append(rate)
    table.day_ends.append(day_end)


def _second(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second


def _seconds(hours: Hours) -> int:
    return sum((_second(c) or DAY // SECOND) - _second(o) for o, c in hours)
