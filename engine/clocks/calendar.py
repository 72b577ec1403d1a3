"""The office's calendar: append-only entries and the odometer of what was known at an instant."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import TypeVar

from engine.clocks.instants import FIRST_YEAR, LAST_YEAR, micros
from engine.clocks.odometer import Odometer

Hours = tuple[tuple[time, time], ...]
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


class Unfit(ValueError):
    """What no calendar can hold: the sentence, and its pattern and values for whoever tells it in another language.

    Kept apart from the sentences of `engine.errors`: clocks also go out alone, as the checker that anybody may run.
    """

    def __init__(self, pattern: str, **values: object) -> None:
        super().__init__(pattern % values)
        self.pattern, self.values = pattern, values


def checked_hours(hours: Iterable[Sequence[time]], where: str, **at: str) -> Hours:
    """Service windows in order, `(opens, closes)`; a close of 00.00 means midnight at the end of the date.

    `where`: what they are the hours of, a pattern with the values `at`.  Raises Unfit where a window is empty, turned
    round, or overlaps the one before it.
    """
    windows = tuple((opens, closes) for opens, closes in hours)
    latest = time(0)
    for number, (opens, closes) in enumerate(windows):
        last = closes == time(0) and number == len(windows) - 1
        if opens < latest or not (opens < closes or last):
            window = f"{opens:%H.%M}-{closes:%H.%M}"
            raise Unfit(f"jam layanan {where}: %(window)s kosong atau tumpang tindih", window=window, **at)
        if opens.microsecond or closes.microsecond:
            raise Unfit(f"jam layanan {where}: hanya sampai detik", **at)
        latest = closes
    return windows


@dataclass(frozen=True)
class WeekEntry:
    """Hours by weekday (0 = Monday) for the dates `since`..`until`, both inclusive; an absent weekday is closed.

    `source` names the decree.  Of several entries that cover a date the one recorded last holds.  `unit`: whose own
    hours these are; "" for the office's.
    """

    since: date
    until: date | None
    hours: Mapping[int, Hours] | Sequence[Hours]
    recorded_at: datetime
    source: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            told = "jam kerja sejak %(date)s: berakhir sebelum mulai"
            raise Unfit(told, date=f"{self.since:%d/%m/%Y}")
        given = self.hours.items() if isinstance(self.hours, Mapping) else enumerate(self.hours)
        week = dict(given)
        if not set(week) <= set(range(7)):
            raise ValueError(f"jam kerja {self.since}: hari di luar Senin-Minggu")
        since = f"{self.since:%d/%m/%Y}"
        full = tuple(
            checked_hours(week.get(d, ()), "%(day)s sejak %(date)s", day=_DAYS[d], date=since) for d in range(7)
        )
        object.__setattr__(self, "hours", full)

    @property
    def by_weekday(self) -> tuple[Hours, ...]:
        """The seven days' windows, Monday first."""
        return tuple(self.hours[d] for d in range(7))


@dataclass(frozen=True)
class DayEntry:
    """An exception for one date: no windows = closed, fewer = half day, None = the exception is withdrawn."""

    day: date
    hours: Hours | None
    recorded_at: datetime
    source: str = ""
    label: str = ""

    def __post_init__(self) -> None:
        if self.hours is not None:
            object.__setattr__(self, "hours", checked_hours(self.hours, "%(date)s", date=f"{self.day:%d/%m/%Y}"))


@dataclass(frozen=True)
class YearEntry:
    """The official list of holidays of a year has been adopted."""

    year: int
    recorded_at: datetime
    source: str = ""

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            told = "tahun %(year)s di luar jangkauan kalender (%(a)s-%(b)s)"
            raise Unfit(told, year=self.year, a=FIRST_YEAR, b=LAST_YEAR)


Entry = WeekEntry | DayEntry | YearEntry


class Calendar:
    """All entries ever recorded.  Equal record times keep the order of the list: the later one holds.

    `own`: hours of a unit that differ from the office's.  Whenever either was recorded, a date that they cover has
    them; exceptions of single dates and adopted years are the office's for everybody.
    """

    def __init__(self, entries: Iterable[Entry], own: Iterable[WeekEntry] = ()) -> None:
        self._entries = _in_order(entries)
        self._recorded = [micros(entry.recorded_at) for entry in self._entries]
        self._own = _in_order(own)
        self._own_recorded = [micros(entry.recorded_at) for entry in self._own]
        self._odometers: dict[tuple[int, int, bool], Odometer] = {}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The office's entries in the order in which they were recorded."""
        return self._entries

    def as_known(self, known_at: datetime | None = None, by_length: bool = False) -> Odometer:
        """The odometer of the entries recorded at or before `known_at` (None: of all); made once per revision.

        `by_length`: a date shortened by an exception weighs by its minutes.
        """
        count, own = _known(self._recorded, known_at), _known(self._own_recorded, known_at)
        if (count, own, by_length) not in self._odometers:
            self._odometers[count, own, by_length] = _odometer(self._entries[:count], self._own[:own], by_length)
        return self._odometers[count, own, by_length]


_E = TypeVar("_E", bound=Entry)


def _in_order(entries: Iterable[_E]) -> tuple[_E, ...]:
    return tuple(sorted(entries, key=lambda entry: micros(entry.recorded_at)))


def _known(recorded: Sequence[int], known_at: datetime | None) -> int:
    return len(recorded) if known_at is None else bisect_right(recorded, micros(known_at))


def _odometer(entries: tuple[Entry, ...], own: tuple[WeekEntry, ...], by_length: bool) -> Odometer:
    weeks = (*(e for e in entries if isinstance(e, WeekEntry)), *own)
    days = {e.day: e for e in entries if isinstance(e, DayEntry)}
    years = {e.year: e for e in entries if isinstance(e, YearEntry)}
    exceptions = {day: entry for day, entry in days.items() if entry.hours is not None}
    return Odometer(weeks, MappingProxyType(exceptions), MappingProxyType(years), by_length)
