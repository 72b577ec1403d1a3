"""Readings of many cases written at once: whatever their number, a handful of statements (ruling 9)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Uuid, cast, column, func, insert, or_, select, update, values
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from app.store.clock_rows import GIVEN, after, put_readings, reading_row
from app.store.ids import uuid7
from app.store.tables.cases import cases, clock_events, clock_readings, clocks, promises, rungs_fired
from engine.case import Case, CaseClock, present, read_clock, wake_at
from engine.clocks import Reading, World

AT_ONCE = 500  # rows in one statement


def clocks_between(
    session: Session,
    since: datetime,
    until: datetime | None,
    kinds: tuple[str, ...],
    units: Collection[str] | None = None,
) -> dict[UUID, frozenset[UUID]]:
    """Case -> its clocks of these kinds that a stoppage of [since, until) may touch: their life meets it.

    `units`: only those that are counted in these units' hours.  The beginning kept with a reading is the corrected one;
    a clock without any may have begun at any time.
    """
    ended = select(clock_events.c.clock_id, func.max(clock_events.c.effective_at).label("at"))
    stops = ended.where(clock_events.c.kind == "STOP").group_by(clock_events.c.clock_id).subquery()
    shown = clock_readings.c
    statement = (
        select(clocks.c.case_id, clocks.c.id)
        .join(clock_readings, shown.clock_id == clocks.c.id)
        .outerjoin(stops, stops.c.clock_id == clocks.c.id)
        .where(clocks.c.kind.in_(kinds), or_(shown.running, stops.c.at > since, shown.promised_at > since))
    )
    if units is not None:
        statement = statement.where(clocks.c.calendar.in_(units))
    if until is not None:
        statement = statement.where(or_(shown.started_at.is_(None), shown.started_at < until))
    found: dict[UUID, set[UUID]] = {}
    for row in session.execute(statement):
        found.setdefault(row.case_id, set()).add(row.id)
    return {case: frozenset(ones) for case, ones in found.items()}


def refresh_many(
    session: Session,
    found: Iterable[tuple[Case, frozenset[UUID]]],
    world: World,
    revision: int,
    at: datetime,
    because: str,
    since: datetime,
) -> int:
    """Write these clocks of these cases anew by the one rule; how many promises and terms moved.

    The readings of all other clocks are as they were and keep the revision they were made in.
    """
    touched = [(case, one, _read(case, one, world, at)) for case, ids in found for one in _some(case, ids)]
    ids = [one.id for _, one, _ in touched]
    fired, before = _fired(session, ids), _kept(session, ids)
    rows = [reading_row(case, one, reading, revision, fired.get(one.id, frozenset())) for case, one, reading in touched]
    of_tasks = {one.id for _, one, _ in touched if one.task}
    for part in _parts(rows):
        put_readings(session, part, of_tasks)
    # A clock that had stopped before the stoppage began, or reads as it did, keeps the promise it was given.
    alive = [one for one in touched if not _over(one[2], since, before.get(one[1].id))]
    _write_cases(session, touched, alive, world, at)
    return _promise(session, [one for one in alive if one[1].kind in GIVEN], revision, at, because)


Touched = tuple[Case, CaseClock, Reading]


def _over(reading: Reading, since: datetime, before: datetime | None) -> bool:
    """Whether what was promised stays; `before`: the promise as it was kept."""
    return reading.over_at(since) or (reading.state == "STOPPED" and reading.promised_at == before)


def _kept(session: Session, ids: list[UUID]) -> Mapping[UUID, datetime | None]:
    shown = clock_readings.c
    rows = session.execute(select(shown.clock_id, shown.promised_at).where(shown.clock_id.in_(ids)))
    return {row.clock_id: row.promised_at for row in rows}


def _read(case: Case, one: CaseClock, world: World, at: datetime) -> Reading:
    return read_clock(case, one, world, present(case, at))


def _some(case: Case, ids: frozenset[UUID]) -> Iterator[CaseClock]:
    return (one for one in case.clocks if one.id in ids and one.events)


def _parts(rows: list[Any]) -> Iterator[list[Any]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


def _fired(session: Session, ids: list[UUID]) -> dict[UUID, frozenset[int]]:
    found: dict[UUID, set[int]] = {}
    standing = rungs_fired.c.clock_id.in_(ids) & rungs_fired.c.annotated_at.is_(None)
    for row in session.execute(select(rungs_fired).where(standing)):
        found.setdefault(row.clock_id, set()).add(row.rung)
    return {id: frozenset(rungs) for id, rungs in found.items()}


def _write_cases(session: Session, touched: list[Touched], alive: list[Touched], world: World, at: datetime) -> None:
    """When each case is to be looked at again, and its service promise where that clock is not over."""
    by_id = {case.id: case for case, _, _ in touched}
    wakes = [
        (id, None if case.closed or case.suspended else wake_at(case, world, present(case, at)))
        for id, case in by_id.items()
    ]
    _set(session, "wake_at", wakes)
    _set(session, "promised_at", [(case.id, reading.promised_at) for case, one, reading in alive if one.kind == "L"])


def _set(session: Session, name: str, pairs: list[tuple[UUID, datetime | None]]) -> None:
    for part in _parts(pairs):
        given = values(column("id", Uuid), column("at", DateTime(timezone=True)), name="given").data(part)
        # A list of nothing but NULL would be text to PostgreSQL.
        at = cast(given.c.at, DateTime(timezone=True))
        session.execute(update(cases).where(cases.c.id == given.c.id).values({name: at}))


def _promise(session: Session, touched: list[Touched], revision: int, at: datetime, because: str) -> int:
    """The register of promises and terms: a line for each date that changed, nothing deleted."""
    last = _last_promises(session, [one.id for _, one, _ in touched])
    rows = [
        {
            "id": uuid7(),
            "case_id": case.id,
            "clock_id": one.id,
            "promised_at": reading.promised_at,
            "because": because,
            "made_at": after(at, last[one.id][1] if one.id in last else None),
            "revision": revision,
        }
        for case, one, reading in touched
        if one.id not in last or last[one.id][0] != reading.promised_at
    ]
    for part in _parts(rows):
        session.execute(insert(promises).values(part))
    return len(rows)


def _last_promises(session: Session, ids: list[UUID]) -> Mapping[UUID, tuple[datetime | None, datetime]]:
    newest = select(promises.c.clock_id, promises.c.promised_at, promises.c.made_at).where(promises.c.clock_id.in_(ids))
    newest = newest.ext(distinct_on(promises.c.clock_id)).order_by(
        promises.c.clock_id, promises.c.made_at.desc(), promises.c.inserted_at.desc()
    )
    return {row.clock_id: (row.promised_at, row.made_at) for row in session.execute(newest)}
