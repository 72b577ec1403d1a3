"""The calendar for everybody: when the office is open, which days it is not, and a file to subscribe to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.clock import WIB
from app.operations.calendar_page import Day, day_of, year_of
from app.operations.calendar_page import Year as Year
from app.operations.calendar_versions import feed_of
from app.operations.retrying import retried
from app.store import transaction
from engine.errors import NotFound

BEFORE, AHEAD = 1, 1  # years around the present that a subscription carries


@dataclass(frozen=True)
class PublicCalendar:
    """`today`: the hours of today; `coming`: exceptions from today on, nearest first; `years`: to choose from."""

    year: Year
    today: Day
    coming: tuple[Day, ...]
    years: tuple[int, ...]


@retried
def page(year: int, at: datetime) -> PublicCalendar:
    """A year as it holds now.  Raises NotFound for a year outside of those around the present."""
    today = at.astimezone(WIB).date()
    years = _years(today)
    if year not in years:
        raise NotFound("Tahun ini di luar kalender.")
    with transaction() as store:
        calendar, receiving = store.calendars.world().calendar, store.calendars.receiving()
    odometer = calendar.as_known(at)
    found = year_of(calendar, year, at, receiving)
    coming = tuple(one for one in found.exceptions if one.day >= today)
    return PublicCalendar(found, day_of(odometer, today), coming, years)


def _years(today: date) -> tuple[int, ...]:
    return tuple(range(today.year - BEFORE, today.year + AHEAD + 1))


@retried
def feed(at: datetime) -> bytes:
    """What programs subscribe to: last year, this one and the next, as they hold now; no list is guessed."""
    with transaction() as store:
        return feed_of(store, _years(at.astimezone(WIB).date()), at)
