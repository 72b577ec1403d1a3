"""The due instant of one clock: our odometer beside businesstimedelta and numpy's busday, each doing its nearest job.

The same starts, hours and holidays.  Fair to the peers: they are measured in a process and an environment of their own
without anything of the office around, they need not know half days, Ramadan, fractions, pauses or declarations, and
what they cannot express is left out of their time.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TypeVar

from app.store import embedded
from benchmarks.page import Goal, Section
from engine.clocks import (
    WIB,
    Budget,
    Calendar,
    Clock,
    ClockEvent,
    DayEntry,
    Odometer,
    WeekEntry,
    World,
    YearEntry,
    read,
)
from engine.clocks.instants import instant, micros
from engine.clocks.promise import promise
from engine.clocks.walk import begun

HERE = Path(__file__).resolve().parent
PEER = (HERE.parent / "var/bench/due/bin/python", HERE / "peers/due_dates.py")
LONG_AGO = datetime(2024, 1, 1, tzinfo=WIB)
DAY, FRIDAY = (("07:30", "12:00"), ("13:00", "16:00")), (("07:30", "11:30"), ("13:00", "16:30"))
_OFF = ((5, 1), (5, 14), (5, 15), (5, 27), (5, 28), (6, 1), (6, 16), (8, 17), (8, 25), (12, 24), (12, 25))
HOLIDAYS = tuple(date(2026, *one) for one in _OFF)
DAYS, MINUTES = 3, 3 * 450  # three working days; the peer that adds hours adds three normal days' service minutes
STARTS = 500
QUIET = 0.5
T = TypeVar("T")


def _windows(raw: tuple[tuple[str, str], ...]) -> tuple[tuple[time, time], ...]:
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in raw)


def office_calendar(years: range = range(2026, 2028)) -> Calendar:
    """Metro's hours with a year's holidays, official for these years."""
    week = dict.fromkeys(range(4), _windows(DAY)) | {4: _windows(FRIDAY)}
    closed = (DayEntry(day, (), LONG_AGO) for day in HOLIDAYS)
    return Calendar(
        (WeekEntry(date(1990, 1, 1), None, week, LONG_AGO), *closed, *(YearEntry(y, LONG_AGO) for y in years))
    )


def _starts() -> list[datetime]:
    """Instants within service hours of open days: what every peer can begin at."""
    rng, found, odometer = Random(76), [], office_calendar().as_known()
    while len(found) < STARTS:
        at = datetime(2026, 4, 1, tzinfo=WIB) + timedelta(minutes=rng.randrange(150 * 1440))
        if odometer.next_opening(at) == at:
            found.append(at)
    return found


def timed(act: Callable[[T], object], items: list[T]) -> tuple[float, list[object]]:
    """Seconds for one, and the answers; done again until enough time has passed, once before it counts."""
    found = [act(one) for one in items]
    took, times = 0.0, 0
    while took < QUIET:
        began = perf_counter()
        found = [act(one) for one in items]
        took, times = took + perf_counter() - began, times + len(items)
    return took / times, found


def _bare(odometer: Odometer) -> Callable[[datetime], datetime]:
    """One reading, one addition, one look-up."""
    table, amount = odometer.table(2026, 2027), DAYS * odometer.scale

    def due(start: datetime) -> datetime:
        found = table.first(table.reading(micros(start)).hk + amount, True)
        assert found is not None
        return instant(found[1])

    return due


def _clock(start: datetime, budget: Budget) -> Clock:
    return Clock("L", budget, events=(ClockEvent(1, "START", start, start),))


def _promise(world: World, budget: Budget) -> Callable[[datetime], datetime | None]:
    def due(start: datetime) -> datetime | None:
        known = begun(_clock(start, budget), world, start, None)
        assert known is not None
        found = promise(known).promised
        return None if found is None else instant(found)

    return due


def _peers(starts: list[datetime]) -> dict[str, dict[str, object]]:
    asked = {"starts": [one.isoformat() for one in starts], "holidays": [day.isoformat() for day in HOLIDAYS]}
    text = json.dumps({**asked, "days": DAYS, "minutes": MINUTES})
    done = subprocess.run([str(one) for one in PEER], input=text, capture_output=True, text=True, check=True)
    found: dict[str, dict[str, object]] = json.loads(done.stdout)
    return found


def _row(what: str, job: str, seconds: float, right: str, bare: float) -> str:
    return f"| {what} | {job} | {seconds * 1e6:.1f} | {seconds / bare:.1f} | {right} |\n"


def run(server: embedded.Server) -> Section:
    """The section of the page."""
    starts, calendar = _starts(), office_calendar()
    world, hk, minutes = World(calendar), Budget.parse(f"{DAYS} hk"), Budget.parse(f"{MINUTES} menit")
    bare, due = timed(_bare(calendar.as_known()), starts)
    whole, same = timed(_promise(world, hk), starts)
    in_minutes, ends = timed(_promise(world, minutes), starts)
    reading, _ = timed(lambda start: read(_clock(start, hk), world, start), starts)
    peers = _peers(starts)
    hours, dates = peers["businesstimedelta"], peers["numpy"]
    agree = sum(one == str(end)[:19].replace(" ", "T") for one, end in zip(hours["due"], ends, strict=True))  # type: ignore[call-overload]
    days = sum(one == str(end)[:10] for one, end in zip(dates["due"], due, strict=True))  # type: ignore[call-overload]
    rows = (
        _row("the odometer, bare", "3 hk → closing time of the last day", bare, f"{STARTS}", bare)
        + _row("the office's promise", "the same from the ledger, no pauses", whole, f"{sum(map(bool, same))}", bare)
        + _row("the office's promise, minutes", f"{MINUTES} service minutes → instant", in_minutes, f"{STARTS}", bare)
        + _row("the office's whole reading", "promise, warnings, whose time", reading, f"{STARTS}", bare)
        + _row(
            "businesstimedelta", f"{MINUTES} service minutes → instant", float(str(hours["seconds"])), f"{agree}", bare
        )
        + _row("numpy busday_offset", "3 working days → date", float(str(dates["seconds"])), f"{days} (date)", bare)
        + _row("numpy, 50,000 at once", "the same", float(str(dates["at_once"])), "–", bare)
    )
    ahead = float(str(hours["seconds"])) / in_minutes
    return Section(
        f"## The due instant of one clock\n\nFor {STARTS} beginnings in service hours; Friday has hours of its own, "
        f"{len(HOLIDAYS)} holidays. Microseconds for one, and how many agree with the office.\n\n"
        "| | job | µs | × bare | agree |\n|---|---|---|---|---|\n" + rows,
        (
            Goal("businesstimedelta, service minutes from the ledger", "ahead", f"{ahead:.1f} × our time", ahead > 1),
            Goal(
                "numpy busday_offset one at a time, against the bare odometer",
                "ahead",
                f"{float(str(dates['seconds'])) / bare:.2f} × our time",
                float(str(dates["seconds"])) > bare,
            ),
        ),
    )
