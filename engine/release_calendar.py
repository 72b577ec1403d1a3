"""The calendar that a release brings along, as a world: what is played by it comes out the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from engine.catalogue import Catalogue
from engine.clocks import Calendar, DayEntry, WeekEntry, World, YearEntry

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # known before anything is played


def world(catalogue: Catalogue) -> World:
    """The catalogue's weeks, days and years as entries, nothing declared."""
    return World(Calendar(tuple(_entries(catalogue.calendar))), ())


def _entries(calendar: Mapping[str, Any]) -> Iterator[WeekEntry | DayEntry | YearEntry]:
    for row in calendar.get("weeks", ()):
        hours = {int(day): _hours(pairs) for day, pairs in row["hours"].items()}
        until = date.fromisoformat(row["until"]) if row.get("until") else None
        yield WeekEntry(date.fromisoformat(row["since"]), until, hours, LONG_AGO, row["decree"])
    for row in calendar.get("days", ()):
        yield DayEntry(date.fromisoformat(row["since"]), _hours(row["hours"]), LONG_AGO, row["decree"], row["label"])
    for row in calendar.get("years", ()):
        yield YearEntry(row["year"], LONG_AGO, row["decree"])


def _hours(pairs: Any) -> tuple[tuple[time, time], ...]:
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in pairs)
