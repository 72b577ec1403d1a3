"""The calendar to look at: a year as months, with hours, labels and decrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from app.clock import WIB
from app.operations import acting
from app.operations.calendar_text import CounterHours
from app.operations.calendar_written import Decrees, decrees_of
from app.operations.retrying import retried
from app.store import transaction
from engine import access
from engine.clocks import Calendar, DayEntry, Entry, Odometer, WeekEntry
from engine.errors import NotFound

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Day:
    """`kind`: "buka" | "pendek" | "libur" | "tutup"; `hours` and `label` in words."""

    day: date
    kind: str
    hours: str
    label: str
    decree: str


Month: TypeAlias = tuple[Day | None, ...]  # weeks in a row, Monday first, None before the first date


@dataclass(frozen=True)
class Year:
    year: int
    official: bool
    decree: str
    months: tuple[Month, ...]  # twelve
    weeks: tuple[tuple[WeekEntry, str], ...]
    exceptions: tuple[Day, ...]
    working_days: int
    counter: tuple[tuple[WeekEntry, str], ...] = ()  # when the counter receives people, what holds last


@retried
def calendar(year: int, by: UUID, at: datetime) -> Year:
    """The year as known now: each date with its service hours, label and decree; raises NotFound out of range."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_settings")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise NotFound("Tahun ini di luar kalender.")
        return year_of(store.calendars.world().calendar, year, at, store.calendars.receiving())


Receiving: TypeAlias = Sequence[tuple[str, WeekEntry]]  # unit, hours


def year_of(known: Calendar, year: int, at: datetime, receiving: Receiving = ()) -> Year:
    """A year of a calendar as it was known at an instant; `receiving`: when the counter receives people."""
    odometer = known.as_known(at)
    months = tuple(month_of(odometer, year, month) for month in range(1, 13))
    days = [one for month in months for one in month if one is not None]
    adopted = odometer.years.get(year)
    covering = (one for one in known.entries if isinstance(one, WeekEntry) and _covers(one, year))
    return Year(
        year,
        odometer.is_official(year),
        adopted.source if adopted else "",
        months,
        tuple((one, week_words(one)) for one in covering),
        tuple(one for one in days if one.label),
        sum(1 for one in days if one.hours),
        tuple((one, week_words(one)) for one in deciding([week for _unit, week in receiving], year)),
    )


def deciding(weeks: Sequence[WeekEntry], *years: int) -> list[WeekEntry]:
    """Those that decide at least one date of some years: what a later one replaced altogether is left out."""
    odometer = Calendar(weeks).as_known()
    days = [odometer.entry(day) for year in years for day in days_of(year)]
    return [one for one in weeks if any(one is day for day in days)]


def days_of(year: int) -> tuple[date, ...]:
    """Every date of a year."""
    first = date(year, 1, 1)
    return tuple(first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))


@retried
def entries(year: int, by: UUID, at: datetime) -> tuple[tuple[Entry, ...], tuple[CounterHours, ...], Decrees]:
    """What holds in a year, in the order recorded: hours that reach into it, exceptions, its adoption; counter's hours.

    The second are those in which the counter receives people, the last the decrees of changes by when their entries
    were recorded.  What a later entry replaced altogether is left out.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_settings")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise NotFound("Tahun ini di luar kalender.")
        known, received = store.calendars.world().calendar, [one for _unit, one in store.calendars.receiving()]
        counter = tuple(map(CounterHours, deciding(received, year)))
        return tuple(_holding(known, year)), counter, decrees_of(store)


def _holding(known: Calendar, year: int) -> Iterator[Entry]:
    odometer = known.as_known()
    weeks = deciding([one for one in known.entries if isinstance(one, WeekEntry)], year)
    for one in known.entries:
        if isinstance(one, WeekEntry):
            holds = any(one is week for week in weeks)
        elif isinstance(one, DayEntry):
            holds = one.day.year == year and odometer.exception(one.day) is one
        else:
            holds = one.year == year and odometer.years.get(year) is one
        if holds:
            yield one


def _covers(one: WeekEntry, year: int) -> bool:
    return one.since.year <= year and (one.until is None or one.until.year >= year)


def week_words(one: WeekEntry) -> str:
    """The hours of a week by day, in Indonesian: "Senin–Kamis 07.30–12.00, 13.00–16.00; Jumat …"."""
    told: dict[str, list[str]] = {}
    for name, hours in zip(DAYS, one.by_weekday, strict=True):
        words = ", ".join(f"{opens:%H.%M}–{closes:%H.%M}" for opens, closes in hours)
        if words:
            told.setdefault(words, []).append(name)
    return "; ".join(
        f"{days[0]}–{days[-1]} {hours}" if len(days) > 1 else f"{days[0]} {hours}" for hours, days in told.items()
    )


def month_of(odometer: Odometer, year: int, month: int) -> Month:
    """A month's dates with their hours and what decides them."""
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    days = tuple(day_of(odometer, first + timedelta(n)) for n in range((following - first).days))
    return (*(None,) * first.weekday(), *days)


def day_of(odometer: Odometer, day: date) -> Day:
    """A date with its service hours in words, its label and the decree that decides it."""
    entry, windows = odometer.entry(day), odometer.windows(day)
    hours = ", ".join(f"{a.astimezone(WIB):%H.%M}–{b.astimezone(WIB):%H.%M}" for a, b in windows)
    special = entry if isinstance(entry, DayEntry) else None
    passing = isinstance(entry, WeekEntry) and entry.until is not None  # Ramadan hours and the like
    kind = ("pendek" if special or passing else "buka") if windows else ("libur" if special else "tutup")
    label = (special.label or "pengecualian") if special else ""
    return Day(day, kind, hours, label, entry.source if entry is not None else "")
