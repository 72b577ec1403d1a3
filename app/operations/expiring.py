"""Permits whose validity ends in a period, and within 30, 60 and 90 days after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from app.clock import WIB
from app.store import Store
from app.store.expiry import Asked
from engine.reporting import Lines, Period
from engine.reporting.tables import SOON, of_expiry

Span = tuple[date, date]  # both days counted
DAY = timedelta(days=1)


def spans(period: Period, at: datetime) -> Mapping[str, Span]:
    """By column of the table; of a period that lasts the days to come begin today."""
    edge = min(period.until, at.astimezone(WIB).date())
    soon = {column: (edge, edge + DAY * (days - 1)) for column, days in SOON.items()}
    return {"berakhir": (period.since, period.until - DAY), **soon}


def asked(period: Period, at: datetime, permit: str = "", area: str = "") -> Asked:
    """A permit that is issued or withdrawn after the period changes nothing of what is told of it."""
    return Asked(min(period.span[1], at), permit, area)


def expiry(store: Store, period: Period, at: datetime, permit: str = "", area: str = "") -> Lines:
    """By type of permit and, under "", of all; one statement, whatever the office has issued."""
    found = store.expiry.ending(asked(period, at, permit, area), dict(spans(period, at)))
    return of_expiry(found) if found else {}
