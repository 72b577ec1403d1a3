"""What lies between two worlds: the days of the office that differ, and the hours of its counter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from app.clock import WIB
from app.operations.calendar_differences import AtCounter, Differences, differences, passes, years_of
from app.operations.calendar_page import days_of
from app.operations.refreshing import Move
from engine.catalogue.channels import COUNTER
from engine.clocks import Calendar, Entry, Odometer, WeekEntry, World


def known_by(world: World, at: datetime) -> World:
    """A world with the calendar and the units' hours as they were known at an instant."""
    entries = (one for one in world.calendar.entries if one.recorded_at <= at)
    return replace(world, calendar=Calendar(entries), hours=tuple(one for one in world.hours if one.recorded_at <= at))


def known_before(world: World, at: datetime) -> World:
    """The same without what was recorded at that very instant."""
    return known_by(world, at - timedelta(microseconds=1))


def between(
    old: World, new: World, entries: Sequence[Entry], moves: Sequence[Move] = (), steps: Sequence[Move] = ()
) -> Differences:
    """What `new` says otherwise; `entries`: those of the office that lie between, `moves`, `steps`: what is moved."""
    found = differences(old.calendar.as_known(), new.calendar.as_known(), years_of(entries), moves)
    return replace(found, counter=tuple(_at_counter(old, new, steps)))


def _at_counter(old: World, new: World, steps: Sequence[Move]) -> Iterator[AtCounter]:
    """Dates for which the counter's own hours changed; what the office's calendar changes is told with that."""
    changed = [one for one in (*old.hours, *new.hours) if one not in old.hours or one not in new.hours]
    years = years_of(changed)
    days = [day for year in range(min(years), max(years) + 1) for day in days_of(year)] if years else []
    before, after = (_own(world) for world in (old, new))
    for (was, becomes), run in groupby(days, key=lambda day: (before.entry(day), after.entry(day))):
        dates = list(run)
        if was != becomes:
            touched = tuple(one for one in steps if passes(one, _midnight(dates[0]), _midnight(dates[-1], 1)))
            hours = _week(was), _week(becomes)
            endless = dates[-1] == days[-1] and any(one and one.until is None for one in hours)
            yield AtCounter(dates[0], None if endless else dates[-1], *hours, touched)


def _own(world: World) -> Odometer:
    """The counter's own hours alone."""
    return Calendar(one for one in world.hours if one.unit == COUNTER).as_known()


def _week(entry: object) -> WeekEntry | None:
    return entry if isinstance(entry, WeekEntry) else None


def _midnight(day: date, later: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=later), time(), WIB)
