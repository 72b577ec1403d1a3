"""A declaration, its cancellation and a new holiday over a million open clocks, set by set against row by row.

Fair, for all ways write the same columns of the same rows from the same facts, and each commits as it would at work:
`sets` is the office's refresh in committed slices, `python` its rule read for many cases at once, `row by row` reads
and writes a clock at a time by that rule.  The two in Python take a sample whose time by row is multiplied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import islice
from time import perf_counter
from uuid import UUID

from sqlalchemy import select, text, update

from app.clock import WIB
from app.store import Store, embedded, transaction
from app.store.clock_rows import reading_row
from app.store.recounting import Hull
from app.store.tables.cases import cases, clock_readings
from benchmarks import many_clocks, office
from benchmarks.many_clocks import CLOCKS, TODAY
from benchmarks.page import Goal, Section
from engine.case import read_clock
from engine.clocks import Calendar, DayEntry, Declaration, DeclarationVersion, World

SLICE = 10_000
SAMPLE = 2_000
LEAST = 5.0  # times faster than row by row (clock guide 7)
SINCE, UNTIL = datetime(2026, 8, 11, 7, 30, tzinfo=WIB), datetime(2026, 8, 13, 0, 0, tzinfo=WIB)
HOLIDAY = date(2026, 8, 18)
AFTER = datetime(2026, 8, 18, tzinfo=WIB)


def _declared(world: World) -> World:
    version = DeclarationVersion(1, "DECLARE", TODAY, TODAY, SINCE, UNTIL, "SUSPEND")
    return World(world.calendar, (*world.declarations, Declaration("UKUR", (version,))))


def _with_holiday(world: World) -> World:
    entry = DayEntry(HOLIDAY, (), TODAY, "SKB (ukur)", "libur")
    return World(Calendar((*world.calendar.entries, entry)), world.declarations)


def by_sets(world: World, hull: Hull, most: int | None = None) -> tuple[float, float, int, int]:
    """Seconds, those of the slowest slice, clocks touched and promises moved."""
    after: UUID | None = None
    slowest, number, moved, began = 0.0, 0, 0, perf_counter()
    while most is None or number < most:
        one = perf_counter()
        with transaction() as store:
            store.calendars.move()
            part = store.readings.recount(hull, after, SLICE, world, TODAY, store.deployments.get)
        slowest = max(slowest, perf_counter() - one)
        number, moved, after = number + part.number, moved + part.moved, part.last
        if after is None:
            break
    return perf_counter() - began, slowest, number, moved


def _sample() -> tuple[UUID, ...]:
    with transaction() as store:
        return tuple(store.session.scalars(select(cases.c.id).order_by(cases.c.id).limit(SAMPLE)))


def _python(world: World, hull: Hull, ids: Iterable[UUID]) -> float:
    began = perf_counter()
    with transaction() as store:
        found = store.readings.clocked(ids, store.deployments.get).values()
        whole = ((case, frozenset(one.id for one in case.clocks)) for case in found)
        store.readings.refresh(whole, world, hull.revision, TODAY, hull.because, hull.since)
    return perf_counter() - began


def _row_by_row(world: World, ids: Iterable[UUID]) -> float:
    began = perf_counter()
    with transaction() as store:
        for case in store.readings.clocked(ids, store.deployments.get).values():
            _write(store, world, case)
    return perf_counter() - began


def _write(store: Store, world: World, case: object) -> None:
    for one in case.clocks:  # type: ignore[attr-defined]
        row = reading_row(case, one, read_clock(case, one, world, TODAY), 99, frozenset())  # type: ignore[arg-type]
        store.session.execute(update(clock_readings).where(clock_readings.c.clock_id == one.id).values(row))
        promised = {"promised_at": row["promised_at"]}
        store.session.execute(update(cases).where(cases.c.id == row["case_id"]).values(promised))


def _hull(since: datetime, until: datetime | None, revision: int) -> Hull:
    return Hull(since, until, "ukur", TODAY, revision)
