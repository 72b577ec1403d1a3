"""The calendar written as the lines of a change (`calendar_text`): what is taken away as a CSV reads back the same."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from io import StringIO
from typing import TypeAlias

from app.operations.calendar_rows import COLUMNS, one_line
from app.operations.calendar_text import DAYS, CounterHours
from app.store import Store
from engine.clocks import Entry, WeekEntry, YearEntry
from engine.clocks.calendar import Hours

Decrees: TypeAlias = Mapping[datetime, str]  # by when the entries of a change were recorded


def decrees_of(store: Store) -> Decrees:
    """The decrees of adopted changes, by when their entries were recorded."""
    return {row.approved_at: row.decree for row in store.calendar_changes.all() if row.approved_at is not None}


def written(entries: Iterable[Entry], counter: Iterable[CounterHours] = (), decrees: Decrees | None = None) -> str:
    """Entries as the lines that `read` takes, under a heading.

    `decrees`: of the changes that they were adopted in; they tell the labels of hours.
    """
    known = decrees or {}
    told = (("loket", *_cells(one.week, known)[1:]) for one in counter)
    return in_lines((COLUMNS, *(_cells(one, known) for one in entries), *told))


def label_of(week: WeekEntry, decrees: Decrees) -> str:
    """What a line called hours that were adopted under a decree (`_named`); "" where no line did."""
    decree = f": {decrees[week.recorded_at]}" if week.recorded_at in decrees else ""
    return week.source.removesuffix(decree) if decree and week.source.endswith(decree) else ""


def in_lines(rows: Iterable[Sequence[str]]) -> str:
    """Cells as lines of text, an entry a line: a line's end inside a cell becomes a space."""
    target = StringIO()
    flat = ([one_line(cell) for cell in row] for row in rows)
    csv.writer(target, delimiter=";", lineterminator="\n").writerows(flat)
    return target.getvalue()


def _cells(entry: Entry, decrees: Decrees) -> tuple[str, ...]:
    if isinstance(entry, YearEntry):
        return ("tahun", str(entry.year), "", "", "")
    if isinstance(entry, WeekEntry):
        until = f"{entry.until:%d/%m/%Y}" if entry.until else ""
        return ("minggu", f"{entry.since:%d/%m/%Y}", until, hours_by_day(entry.by_weekday), label_of(entry, decrees))
    kind = "biasa" if entry.hours is None else "jam" if entry.hours else "libur"
    return (kind, f"{entry.day:%d/%m/%Y}", "", hours_text(entry.hours or ()), entry.label)


def hours_by_day(week: Sequence[Hours]) -> str:
    """Hours of the seven days, Monday first, as a line `minggu` writes them."""
    return " | ".join(f"{DAYS[day].title()} {hours_text(hours)}" for day, hours in enumerate(week) if hours)


def hours_text(hours: Hours) -> str:
    """Windows as a line writes them: "07.30-12.00, 13.00-16.00"."""
    return ", ".join(f"{opens:%H.%M}-{'24.00' if closes == time(0) else f'{closes:%H.%M}'}" for opens, closes in hours)
