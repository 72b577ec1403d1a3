"""The calendar that an office begins with: what its first release says of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.store import Store
from app.store.calendars import as_dates
from app.store.ids import uuid7


def begin(store: Store, calendar: Mapping[str, Any], at: datetime) -> None:
    """The calendar of a release, where the office has none yet.

    Later changes are entries of their own, with their decrees.
    """
    if not store.calendars.is_empty():
        return
    for kind, rows in (("WEEK", "weeks"), ("DAY", "days"), ("YEAR", "years")):
        for row in calendar.get(rows, ()):
            store.calendars.add_entry(uuid7(), _recorded(row, at), None, kind=kind, **_entry(row))
    store.calendars.new_revision("kalender awal", at)


def _recorded(row: Mapping[str, Any], at: datetime) -> datetime:
    return datetime.fromisoformat(row["recorded_at"]) if "recorded_at" in row else at


def _entry(row: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in row.items() if name not in ("recorded_at", "example")}
    return as_dates(known)
