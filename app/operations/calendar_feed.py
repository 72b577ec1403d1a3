"""The calendar for other programs: iCalendar of what holds, to keep, to subscribe to, and to read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from app.operations.calendar_ics import HOURS, KIND
from app.operations.calendar_text import hours_by_day, hours_text
from engine.clocks import DayEntry, Odometer, WeekEntry

OURS = "kalender.e-perizinan"
NAME = "Hari dan jam layanan DPMPTSP Kota Metro"
REFRESH = "PT12H"  # how often a program that subscribes looks again


def written(odometer: Odometer, years: Iterable[int], weeks: Iterable[WeekEntry], made: datetime) -> bytes:
    """RFC 5545 of the exceptions in force in `years` and of hours that hold for a while; dates are WIB, all-day.

    `weeks`: those entries of the same calendar; `made`: when, for DTSTAMP of a file without any entry.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//e-Perizinan Kota Metro//Kalender layanan//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    calendar.add("x-wr-timezone", "Asia/Jakarta")
    calendar.add("x-published-ttl", REFRESH)
    calendar.add("x-epz-dibuat", made.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"))
    wanted = sorted(set(years))
    for one in _exceptions(odometer, wanted):
        calendar.add_component(_special(one))
    for week in weeks:
        if week.until is not None and any(week.since.year <= year <= week.until.year for year in wanted):
            calendar.add_component(_while(week, week.until))
    found: bytes = calendar.to_ical()
    return found


def _exceptions(odometer: Odometer, years: Iterable[int]) -> Iterator[DayEntry]:
    for year in years:
        day = date(year, 1, 1)
        while day.year == year:
            found = odometer.exception(day)
            if found is not None:
                yield found
            day += timedelta(days=1)


def _special(one: DayEntry) -> Event:
    event = _event("jam" if one.hours else "libur", one.day, one.day, one.label or "pengecualian", one)
    if one.hours:
        event.add(HOURS, hours_text(one.hours))
        event.add("description", f"Jam layanan {hours_text(one.hours)} WIB. Dasar: {one.source}")
    else:
        event.add("description", f"Kantor tutup. Dasar: {one.source}")
    return event


def _while(week: WeekEntry, until: date) -> Event:
    name, _sep, _decree = week.source.partition(": ")
    event = _event("minggu", week.since, until, name, week)
    event.add(HOURS, hours_by_day(week.by_weekday))
    event.add("description", f"Jam layanan {hours_by_day(week.by_weekday)} WIB. Dasar: {week.source}")
    return event


def _event(kind: str, first: date, last: date, label: str, entry: DayEntry | WeekEntry) -> Event:
    event = Event()
    event.add("uid", f"{kind}-{first:%Y%m%d}-{last:%Y%m%d}@{OURS}")
    event.add("dtstamp", entry.recorded_at.astimezone(UTC))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", label)
    event.add("transp", "TRANSPARENT")
    event.add("categories", [kind])
    event.add(KIND, kind)
    return event
