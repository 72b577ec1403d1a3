"""An office for the tests: Metro's hours, Ramadan and holidays of 2026, and short ways to say things."""

from __future__ import annotations

from datetime import date, datetime, time

from engine.clocks import (
    WIB,
    Budget,
    Calendar,
    Clock,
    ClockEvent,
    DayEntry,
    Declaration,
    DeclarationVersion,
    Scope,
    WeekEntry,
    World,
    YearEntry,
)

LONG_AGO = datetime(2024, 1, 1, tzinfo=WIB)


def hours(text):
    """`07.30-12.00 13.00-16.00` as windows."""
    pairs = [window.split("-") for window in text.split()]
    return tuple((time.fromisoformat(o.replace(".", ":")), time.fromisoformat(c.replace(".", ":"))) for o, c in pairs)


def week(monday_to_thursday, friday, since="2024-01-01", until=None, source=""):
    by_day = dict.fromkeys(range(4), hours(monday_to_thursday)) | {4: hours(friday)}
    last = None if until is None else date.fromisoformat(until)
    return WeekEntry(date.fromisoformat(since), last, by_day, LONG_AGO, source)


NORMAL = week("07.30-12.00 13.00-16.00", "07.30-11.30 13.00-16.30", source="Perpres 21/2023")
RAMADAN = week(
    "08.00-12.00 12.30-15.00", "08.00-11.30 12.30-15.30", "2026-02-19", "2026-03-20", "SE Wali Kota (contoh)"
)
HOLIDAYS_2026 = (
    "01-01 01-16 02-16 02-17 03-18 03-19 03-20 03-23 03-24 04-03 05-01 05-14 05-15 05-27 05-28 06-01 06-16 08-17 08-25 "
    "12-24 12-25"
)


def holiday(day, label="libur nasional", source="SKB 3 Menteri (contoh)"):
    return DayEntry(date.fromisoformat(day), (), LONG_AGO, source, label)


METRO = Calendar(
    [
        NORMAL,
        RAMADAN,
        *(YearEntry(year, LONG_AGO) for year in (2025, 2026)),
        *(holiday(f"2026-{day}") for day in HOLIDAYS_2026.split()),
    ]
)


def at(text):
    """`2026-08-03 10.00` in WIB."""
    return datetime.fromisoformat(text.replace(".", ":")).replace(tzinfo=WIB)


def event(seq, kind, when, cause=None, **more):
    recorded = more.pop("recorded", when)
    return ClockEvent(seq, kind, at(when), at(recorded), cause, **more)


def declared(name, since, until, effect="SUSPEND", scope=None, approved=None, source=""):
    approved_at = at(approved or since)
    version = DeclarationVersion(
        1,
        "DECLARE",
        approved_at,
        approved_at,
        at(since),
        None if until is None else at(until),
        effect,
        scope or Scope(),
        source,
    )
    return Declaration(name, (version,))


def clock(budget, *events, name="L", **more):
    return Clock(name, Budget.parse(budget), events=events, **more)


def world(*declarations, calendar=METRO):
    return World(calendar, declarations)
