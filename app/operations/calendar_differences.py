"""What two revisions of the calendar say differently: day by day, in words, and as months side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.clock import WIB
from app.operations.calendar_page import Day, Month, day_of, days_of, month_of, week_words
from app.operations.refreshing import Move
from engine.clocks import DayEntry, Entry, Odometer, WeekEntry

MOST_YEARS = 4  # that hours without an end are followed into
MOST_NAMED = 12  # files named beside one difference


@dataclass(frozen=True)
class Difference:
    """Dates in a row that changed alike.

    `kind`: "ditutup" (a day of service became none), "dibuka" (the other way round), "jam" (other hours) or "dasar"
    (the same hours by another name or decree).  `old`, `new`: its first date under both.  `touched`: files whose
    service time runs over these dates and reads otherwise, with their promises before and after.
    """

    since: date
    until: date
    kind: str
    old: Day
    new: Day
    touched: tuple[Move, ...] = ()

    @property
    def named(self) -> tuple[Move, ...]:
        return self.touched[:MOST_NAMED]


@dataclass(frozen=True)
class AtCounter:
    """Dates in a row on which the counter's own hours changed alike; `until` None: from `since` on.

    `old`, `new`: those hours, None where it keeps the office's; `touched`: work there that runs over these dates and
    reads otherwise.
    """

    since: date
    until: date | None
    old: WeekEntry | None
    new: WeekEntry | None
    touched: tuple[Move, ...] = ()

    @property
    def words(self) -> tuple[str, str]:
        """The hours of both in words; "" for the office's."""
        before, after = (week_words(one) if one else "" for one in (self.old, self.new))
        return before, after

    @property
    def decrees(self) -> tuple[str, str]:
        before, after = (one.source if one else "" for one in (self.old, self.new))
        return before, after


@dataclass(frozen=True)
class Differences:
    """`years`: those that differ, with how many dates; `months`: number, month before, month after, changed dates."""

    lines: tuple[Difference, ...]
    years: tuple[tuple[int, int], ...]
    months: tuple[tuple[int, int, Month, Month], ...]
    changed: frozenset[date]
    adopted: tuple[int, ...]  # years whose list is adopted only in the newer
    withdrawn: tuple[int, ...] = ()
    counter: tuple[AtCounter, ...] = ()


def years_of(entries: Iterable[Entry]) -> tuple[int, ...]:
    """The years that entries speak of; hours without an end are followed for a few."""
    found: set[int] = set()
    for one in entries:
        if isinstance(one, DayEntry):
            found.add(one.day.year)
        elif isinstance(one, WeekEntry):
            last = one.until.year if one.until else one.since.year + MOST_YEARS - 1
            found.update(range(one.since.year, min(last, one.since.year + MOST_YEARS - 1) + 1))
        else:
            found.add(one.year)
    return tuple(sorted(found))


def differences(old: Odometer, new: Odometer, years: Sequence[int], moves: Sequence[Move] = ()) -> Differences:
    """Every date of `years` that the two read otherwise; `moves`: what the step from one to the other does to files."""
    pairs = [(day_of(old, day), day_of(new, day)) for year in years for day in days_of(year)]
    changed = [(a, b) for a, b in pairs if a != b]
    dates = frozenset(a.day for a, _b in changed)
    return Differences(
        tuple(_with_files(one, moves) for one in _runs(changed)),
        tuple((year, sum(day.year == year for day in dates)) for year in years),
        tuple(
            (year, month, month_of(old, year, month), month_of(new, year, month))
            for year, month in sorted({(day.year, day.month) for day in dates})
        ),
        dates,
        tuple(year for year in years if new.is_official(year) and not old.is_official(year)),
        tuple(year for year in years if old.is_official(year) and not new.is_official(year)),
    )


def _runs(changed: Sequence[tuple[Day, Day]]) -> list[Difference]:
    """Neighbouring dates that changed in the same way are one line."""
    found: list[Difference] = []
    for old, new in changed:
        last = found[-1] if found else None
        if last is not None and old.day - last.until == timedelta(days=1) and _alike((last.old, last.new), (old, new)):
            found[-1] = Difference(last.since, old.day, last.kind, last.old, last.new)
        else:
            found.append(Difference(old.day, old.day, _kind(old, new), old, new))
    return found


def _alike(one: tuple[Day, Day], other: tuple[Day, Day]) -> bool:
    def said(day: Day) -> tuple[str, ...]:
        return day.kind, day.hours, day.label, day.decree

    return all(said(a) == said(b) for a, b in zip(one, other, strict=True))


def _kind(old: Day, new: Day) -> str:
    if old.hours == new.hours:
        return "dasar"
    if old.hours and new.hours:
        return "jam"
    return "dibuka" if new.hours else "ditutup"


def _with_files(one: Difference, moves: Sequence[Move]) -> Difference:
    """A file is named where its count passes through the dates, from its start to the later of both promises."""
    begin, end = datetime.combine(one.since, datetime.min.time(), WIB), one.until + timedelta(days=1)
    after = datetime.combine(end, datetime.min.time(), WIB)
    touched = tuple(move for move in moves if passes(move, begin, after))
    return Difference(one.since, one.until, one.kind, one.old, one.new, touched)


def passes(move: Move, begin: datetime, end: datetime) -> bool:
    """Whether a count passes through [begin, end), from its start to the later of both promises."""
    started = move.after.started_at or move.before.started_at
    if started is None or started >= end:
        return False
    stopped = move.after.stopped_at
    ends = [one for one in (move.before.promised_at, move.after.promised_at, stopped) if one is not None]
    open_ended = stopped is None and (move.before.promised_at is None or move.after.promised_at is None)
    return open_ended or max(ends, default=started) >= begin
