"""How far promises lie from an instant, as spans of exact working time: instants between which a list can be cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from types import MappingProxyType

from engine.clocks.instants import SECOND, instant, micros, year_of
from engine.clocks.odometer import Odometer

FAR = timedelta(days=3660)  # beyond any promise of the table's years

# What each span is called, and the working days from now at which it ends (None: without an end).
SPANS: Mapping[str, int | None] = MappingProxyType(
    {
        "lewat_lama": -5,
        "lewat_hari": -1,
        "lewat_jam": 0,
        "sisa_jam": 1,
        "sisa_hari": 3,
        "sisa_pekan": 5,
        "sisa_lama": None,
    }
)
OVER = ("lewat_lama", "lewat_hari", "lewat_jam")


def working_days_from(odometer: Odometer, at: datetime, days: int) -> datetime:
    """The instant exactly so many working days after `at`, before it when negative; `FAR` away where no table tells."""
    year = year_of(micros(at))
    table = odometer.table(year - 1, year + 1)
    wanted = table.reading(micros(at)).hk + days * odometer.scale
    found = table.first(wanted, in_hk=True) if wanted > 0 else None
    if found is not None:
        return instant(found[0])
    return at + FAR if days > 0 else at - FAR


def cuts(odometer: Odometer, at: datetime) -> tuple[tuple[str, datetime | None], ...]:
    """The spans in order with the instant before which a promise belongs to each; the last has none."""
    return tuple((name, _cut(odometer, at, days)) for name, days in SPANS.items())


def _cut(odometer: Odometer, at: datetime, days: int | None) -> datetime | None:
    """Zero is now, also when the office is closed: a promise of yesterday evening has passed."""
    if days is None:
        return None
    return at if days == 0 else working_days_from(odometer, at, days)


def span_of(found: Sequence[tuple[str, datetime | None]], promised: datetime) -> str:
    """In which of the spans of `cuts` a promise lies."""
    return next(name for name, until in found if until is None or promised < until)


def working_days_between(odometer: Odometer, a: datetime, b: datetime) -> Fraction:
    """Exact working days in `[a, b)`."""
    begin, end = micros(a), micros(b)
    table = odometer.table(*sorted((year_of(begin), year_of(end))))
    return Fraction(table.reading(end).hk - table.reading(begin).hk, odometer.scale)


def after_service(odometer: Odometer, at: datetime, seconds: int) -> datetime:
    """The instant at which so many seconds of service have passed after `at`; `FAR` away where no table tells."""
    year = year_of(micros(at))
    table = odometer.table(year, year + 1)
    found = table.first(table.reading(micros(at)).work + max(seconds, 1) * SECOND, in_hk=False)
    return instant(found[0]) if found else at + FAR
