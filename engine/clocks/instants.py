"""Instants as whole microseconds of Waktu Indonesia Barat.

The arithmetic of the clocks runs on integers: microseconds since
1970-01-01T00:00 WIB.  The date of an instant is always the date in Metro,
never the date in the server's zone.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def _wib() -> tzinfo:
    """Jakarta's time; by its offset, unchanged since 1964, on machines that have no list of zones."""
    try:
        return ZoneInfo("Asia/Jakarta")
    except ZoneInfoNotFoundError:
        return timezone(timedelta(hours=7), "WIB")


WIB = _wib()
SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE

_EPOCH = datetime(1970, 1, 1, tzinfo=WIB)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_MICROSECOND = timedelta(microseconds=1)
FIRST_YEAR, LAST_YEAR = 1970, 2199


def micros(at: datetime) -> int:
    """Microseconds from 1970-01-01T00:00 WIB to an aware instant; naive instants raise ValueError."""
    if at.tzinfo is None:
        raise ValueError(f"waktu {at.isoformat()} tidak menyebut zona waktunya")
    return (at - _EPOCH) // _MICROSECOND


def instant(at: int) -> datetime:
    """The aware WIB datetime of a number of microseconds."""
    return _EPOCH + timedelta(microseconds=at)


def day_of(at: int) -> date:
    """The date in Metro on which the instant falls."""
    return date.fromordinal(at // DAY + _EPOCH_ORDINAL)


def midnight(day: date) -> int:
    """The first instant of a date."""
    return (day.toordinal() - _EPOCH_ORDINAL) * DAY


def year_of(at: int) -> int:
    """The year in Metro; instants outside 1970-2199 raise ValueError, a typing error in all likelihood."""
    if not midnight(date(FIRST_YEAR, 1, 1)) <= at < midnight(date(LAST_YEAR + 1, 1, 1)):
        raise ValueError(f"waktu di luar jangkauan kalender ({FIRST_YEAR}-{LAST_YEAR})")
    return day_of(at).year


def new_year(year: int) -> int:
    """The first instant of a year."""
    return midnight(date(year, 1, 1))


def whole_second(at: int) -> int:
    """Rounded up: the first whole second at or after the instant."""
    return -(-at // SECOND) * SECOND
