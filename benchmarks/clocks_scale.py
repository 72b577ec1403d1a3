"""A declaration, its cancellation and a new holiday over a million open clocks, set by set against row by row.

Fair, for all ways write the same columns of the same rows from the same facts, and each commits as it would at work:
`sets` is the office's refresh in committed slices, `python` its rule read for many cases at once, `row by row` reads
and writes a clock at a time by that rule.  The two in Python take a sample whose time by row is multiplied.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from uuid import UUID

from sqlalchemy import select, text, update

from app.clock import WIB
from app.operations import force_majeure_impact, recounting
from app.store import Store, embedded, transaction
from app.store.clock_rows import reading_row
from app.store.recounting import Hull
from app.store.tables.cases import cases, clock_readings
from benchmarks import many_clocks, office
from benchmarks.many_clocks import CLOCKS, TODAY
from benchmarks.page import Goal, Section
from engine.case import Case, CaseClock, read_clock
from engine.clocks import Calendar, DayEntry, Declaration, DeclarationVersion, World

SLICE = recounting.AT_ONCE
SAMPLE = min(2_000, CLOCKS)
TIMES = 9
MOST_GROWN = 100  # MB that a preview may take, however many clocks it compares
LEAST = 5.0  # times faster than row by row (clock guide 7)
SINCE, UNTIL = datetime(2026, 8, 11, 7, 30, tzinfo=WIB), datetime(2026, 8, 13, 0, 0, tzinfo=WIB)
HOLIDAY = date(2026, 8, 18)
AFTER = datetime(2026, 8, 18, tzinfo=WIB)


def _declared(world: World) -> World:
    version = DeclarationVersion(1, "DECLARE", TODAY, TODAY, SINCE, UNTIL, "SUSPEND")
    return replace(world, declarations=(*world.declarations, Declaration("UKUR", (version,))))


def _with_holiday(world: World) -> World:
    entry = DayEntry(HOLIDAY, (), TODAY, "SKB (ukur)", "libur")
    return replace(world, calendar=Calendar((*world.calendar.entries, entry)))


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


def _of(store: Store, ids: Iterable[UUID]) -> Iterable[Case]:
    return store.readings.clocked(ids, store.deployments.get).values()


def _python(world: World, hull: Hull, ids: Iterable[UUID]) -> float:
    """Seconds of the rule in Python over these cases, written by a handful of statements."""
    began = perf_counter()
    with transaction() as store:
        whole = ((case, frozenset(one.id for one in case.clocks)) for case in _of(store, ids))
        store.readings.refresh(whole, world, hull.revision, TODAY, hull.because)
    return perf_counter() - began


def _row_by_row(world: World, ids: Iterable[UUID]) -> float:
    """Seconds of a reading, and two statements a row, in one transaction; the facts are found for all at once."""
    began = perf_counter()
    with transaction() as store:
        for case in _of(store, ids):
            for one in case.clocks:
                _write(store, case, one, world)
    return perf_counter() - began


def _write(store: Store, case: Case, one: CaseClock, world: World) -> None:
    row = reading_row(case, one, read_clock(case, one, world, TODAY), 99, frozenset())
    store.session.execute(update(clock_readings).where(clock_readings.c.clock_id == one.id).values(row))
    promised = {"promised_at": row["promised_at"]}
    store.session.execute(update(cases).where(cases.c.id == case.id).values(promised))


def _agree(world: World, ids: Iterable[UUID]) -> int:
    """How many of these cases' kept promises are what a reading says."""
    with transaction() as store:
        kept = _kept(store)
        read = {one.id: read_clock(c, one, world, TODAY).promised_at for c in _of(store, ids) for one in c.clocks}
    return sum(kept[id] == promised for id, promised in read.items())


def _kept(store: Store) -> dict[UUID, datetime | None]:
    found = store.session.execute(select(clock_readings).order_by(clock_readings.c.case_id).limit(2 * SAMPLE))
    return {row.clock_id: row.promised_at for row in found}


def _timed(act: Callable[[Store], object]) -> float:
    """The best of some: milliseconds."""
    found = []
    for _ in range(TIMES):
        with transaction() as store:
            began = perf_counter()
            act(store)
            found.append(perf_counter() - began)
    return min(found) * 1000


def _foreseen(world: World) -> tuple[float, int, int, bool]:
    """The preview of the declaration over all clocks: seconds, clocks, MB the process grew by, and whether it is right.

    Right: a page's clocks read by the rule in Python stand in the comparison as they read.
    """
    version = _declared(world).declarations[-1].versions[0]
    began = perf_counter()
    with _watched() as grown, transaction() as store:
        found = force_majeure_impact.impact(store, "UKUR", version, TODAY)
        took = perf_counter() - began
        read = {one.clock.id: (one.before.promised_at, one.after.promised_at) for one in found.moves}
        kept = text("select clock_id, before, after from compared where clock_id = any(cast(:ids as uuid[]))")
        rows = store.session.execute(kept, {"ids": [str(one) for one in read]})
        same = {row.clock_id: (row.before, row.after) for row in rows} == read != {}
    return took, found.clocks, grown[-1], same


@contextmanager
def _watched() -> Iterator[list[int]]:
    """The most that this process holds meanwhile beyond what it held before, in MB: the last of the list."""
    before, told, over = _held(), [0], Event()

    def watch() -> None:
        while not over.wait(0.05):
            told.append(max(told[-1], _held() - before))

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield told
    finally:
        over.set()
        watcher.join()


def _held() -> int:
    """Resident memory in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024**2


def _settings() -> str:
    names = ("shared_buffers", "work_mem", "max_wal_size", "fsync", "synchronous_commit", "server_version")
    with transaction() as store:
        return ", ".join(f"{one} {store.session.scalar(text(f'show {one}'))}" for one in names)


def _changes(world: World) -> tuple[tuple[str, World, Hull], ...]:
    """Name, the world after it, what it touches; each follows the one before."""
    first, last = datetime(2020, 1, 1, tzinfo=WIB), None
    return (
        ("every clock, for the first time", world, Hull(first, last, "ukur", TODAY, 1)),
        ("a declaration for the whole city, two days", _declared(world), Hull(SINCE, UNTIL, "ukur", TODAY, 2)),
        ("its cancellation", world, Hull(SINCE, UNTIL, "ukur", TODAY, 3)),
        ("a holiday more", _with_holiday(world), Hull(AFTER, last, "ukur", TODAY, 4)),
    )


def run(server: embedded.Server) -> Section:
    """The section of the page."""
    with office.opened() as people:
        many_clocks.stock(server, people["pemohon"])
        with transaction() as store:
            world = store.calendars.world()
        rows, agreed = "", []
        ids, each = _sample(), 0.0
        for name, after, hull in _changes(world):
            took, slowest, number, moved = by_sets(after, hull)
            many_clocks.tidy(server)
            agreed.append(_agree(after, ids))
            each = took / number if hull.revision == 2 else each
            rows += f"| {name} | {number:,} | {moved:,} | {took:.1f} | {took / number * 1e6:.0f} | {slowest:.2f} |\n"
        foreseen, previewed, grown, same = _foreseen(world)
        python, by_row = (_per_row(way, world, ids) for way in (_python_way, _row_by_row))
        page, sweep = (
            _timed(lambda s: s.case_lists.running_with_clock(50)),
            _timed(lambda s: s.readings.due_rungs(TODAY)),
        )
        told = _settings()
    return Section(
        f"## {CLOCKS:,} open clocks\n\nA service clock to a case, three in ten paused once; slices of {SLICE:,}, "
        f"each committed; readings, due dates, the register of promises and the cases' own dates are written. {told}. "
        f"Of {SAMPLE:,} cases compared after each change {min(agreed):,} read as the rule in Python says.\n\n"
        "| change | clocks touched | promises moved | seconds | µs a clock | slowest slice s |\n"
        "|---|---|---|---|---|---|\n"
        + rows
        + f"\nThe declaration in Python, over {SAMPLE:,} cases: {python * 1e6:.0f} µs a clock read for many at once "
        f"({python / each:.1f} × ours), {by_row * 1e6:.0f} µs one row at a time ({by_row / each:.1f} × ours).\n\n"
        f"Its preview, before anybody establishes it, compares {previewed:,} clocks with and without it in "
        f"{foreseen:.1f} s ({foreseen / max(previewed, 1) * 1e6:.0f} µs a clock); the process holds at most {grown} MB "
        "more than before.\n\n"
        f"Among these clocks the page of the 50 most urgent takes {page:.1f} ms, the sweep's search for due warnings "
        f"{sweep:.1f} ms (best of {TIMES}, by index).\n",
        (
            Goal(
                "a declaration over all open clocks",
                f"≥ {LEAST:g} × faster",
                f"{by_row / each:.1f} ×",
                by_row / each >= LEAST,
            ),
            Goal(
                "memory of a preview over all open clocks",
                f"≤ {MOST_GROWN} MB more, as the rule says",
                f"{grown} MB" if same else "differs from the rule",
                same and grown <= MOST_GROWN,
            ),
            Goal("kept readings equal the rule", "all", f"{min(agreed):,} of {SAMPLE:,}", min(agreed) == SAMPLE),
        ),
    )


def _python_way(world: World, ids: Iterable[UUID]) -> float:
    return _python(world, Hull(SINCE, UNTIL, "ukur", TODAY, 5), ids)


def _per_row(way: Callable[[World, Iterable[UUID]], float], world: World, ids: tuple[UUID, ...]) -> float:
    """Seconds a clock: the declaration once more, over the sample."""
    return way(_declared(world), ids) / len(ids)
