"""The calendar for other programs: iCalendar of what holds, to keep, to subscribe to, and to read back.

Days and hours that pass are events.  What has no end (usual hours, hours of the counter, the adoption of a year) is a
journal entry on the date from which it holds: programs that show a calendar leave those out, and `calendar_ics` reads
them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, Journal, vText

from app.operations.calendar_ics import CALLED, HOURS, KIND, NAMELESS
from app.operations.calendar_rows import one_line
from app.operations.calendar_text import CounterHours
from app.operations.calendar_written import Decrees, hours_by_day, hours_text, label_of
from engine.clocks import DayEntry, Odometer, WeekEntry, YearEntry

OURS = "kalender.e-perizinan"
NAME = "Hari dan jam layanan DPMPTSP Kota Metro"
REFRESH = "PT12H"  # how often a program that subscribes looks again


class _Text(vText):
    """TEXT as RFC 5545 writes it; icalendar's own takes a backslash before an N for the end of a line."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return one_line(escaped).encode()


def written(
    odometer: Odometer,
    years: Iterable[int],
    weeks: Iterable[WeekEntry | CounterHours],
    made: datetime,
    decrees: Decrees | None = None,
) -> bytes:
    """RFC 5545 of the exceptions in force in `years`, of hours that hold in them, and of those that are adopted.

    Dates are WIB, all-day.  `weeks`: hours of the office and of its counter, in the order recorded; `made`: when, for
    a file without any entry; `decrees`: of the changes that entries were adopted in.
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
    for one in weeks:
        calendar.add_component(_hours(one, decrees or {}))
    for day in _exceptions(odometer, wanted):
        calendar.add_component(_special(day))
    for year in wanted:
        if odometer.is_official(year):
            calendar.add_component(_adopted(odometer.years[year]))
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


def _special(one: DayEntry) -> Event | Journal:
    event = _event("jam" if one.hours else "libur", one.day, one.day, one.label or "pengecualian", one)
    if one.hours:
        event.add(HOURS, hours_text(one.hours))
        event.add("description", f"Jam layanan {hours_text(one.hours)} WIB. Dasar: {one.source}")
    else:
        event.add("description", f"Kantor tutup. Dasar: {one.source}")
    return event


def _hours(one: WeekEntry | CounterHours, decrees: Decrees) -> Event | Journal:
    kind, week = ("loket", one.week) if isinstance(one, CounterHours) else ("minggu", one)
    label = label_of(week, decrees)
    name = label or week.source or CALLED[kind]
    event = _event(kind, week.since, week.until, name, week)
    event.add(HOURS, hours_by_day(week.by_weekday))
    if not label:
        event.add(NAMELESS, one_line(name))
    event.add("description", f"{CALLED[kind]} {hours_by_day(week.by_weekday)} WIB. Dasar: {week.source}")
    return event


def _adopted(one: YearEntry) -> Event | Journal:
    first = date(one.year, 1, 1)
    event = _event("tahun", first, None, f"Daftar libur tahun {one.year} ditetapkan", one)
    event.add("description", f"Dasar: {one.source}")
    return event


def _event(
    kind: str, first: date, last: date | None, label: str, entry: DayEntry | WeekEntry | YearEntry
) -> Event | Journal:
    """An event from `first` to `last`; without a last date a journal entry on the first."""
    event = Journal() if last is None else Event()
    event.add("uid", f"{kind}-{first:%Y%m%d}-{f'{last:%Y%m%d}' if last else 'seterusnya'}@{OURS}")
    event.add("dtstamp", entry.recorded_at.astimezone(UTC))
    event.add("dtstart", first)
    event.add("summary", _Text(label))
    if last is not None:
        event.add("dtend", last + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    event.add("categories", [kind])
    event.add(KIND, kind)
    return event
