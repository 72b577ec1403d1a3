"""Clocks and their ledgers, and the cache of their readings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Integer, Uuid, any_, bindparam, func, insert, literal_column, select, true, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from app.store import causes, unsent
from app.store.ids import uuid7
from app.store.tables.cases import clock_events, clock_readings, clocks, promises, rungs_fired, tasks
from engine.case import Case, CaseClock, present, read_clock
from engine.clocks import FORCE_MAJEURE, ClockEvent, Reading, World
from engine.events import Event

WARNED = ("L", "T", "V", "P", "H")
GIVEN = ("L", "P")  # whose dates are given to somebody: promises of service, and terms

# Statements of every step are built once: putting one together costs more than the server takes to answer it.
_OF_CASE = (
    select(*clocks.c, *(one.label(f"event_{one.name}") for one in clock_events.c))
    .outerjoin_from(clocks, clock_events, clock_events.c.clock_id == clocks.c.id)
    .where(clocks.c.case_id == bindparam("case"))
    .order_by(clocks.c.position, clock_events.c.seq)
)
_FIRED = (
    select(func.coalesce(func.array_agg(rungs_fired.c.rung), literal_column("'{}'::integer[]", ARRAY(Integer))))
    # One that was annotated may be crossed after all, so it is looked at again.
    .where(rungs_fired.c.clock_id == clock_readings.c.clock_id, rungs_fired.c.annotated_at.is_(None))
    .scalar_subquery()
)
# Found by its case, for only that is indexed; a clock is given its first promise together with its first reading.
_LAST_PROMISE = (
    select(promises.c.promised_at.label("last_promised_at"), promises.c.made_at.label("last_made_at"))
    .where(promises.c.case_id == clock_readings.c.case_id, promises.c.clock_id == clock_readings.c.clock_id)
    .order_by(promises.c.made_at.desc(), promises.c.inserted_at.desc())
    .limit(1)
    .lateral("last_promise")
)
_KEPT = (
    select(clock_readings, _FIRED.label("fired"), *_LAST_PROMISE.c)
    .outerjoin_from(clock_readings, _LAST_PROMISE, true())
    .where(clock_readings.c.case_id == bindparam("case"))
)
_READING = (
    "running", "started_at", "promised_at", "no_promise_because", "next_rung", "next_rung_at", "late", "paused",
)  # fmt: skip
_put = upsert(clock_readings)
_PUT = unsent.Write(
    _put.on_conflict_do_update(
        index_elements=["clock_id"], set_={name: _put.excluded[name] for name in (*_READING, "revision")}
    )
)
_due = (
    select(clocks.c.task_id, clock_readings.c.promised_at)
    .join(clock_readings, clock_readings.c.clock_id == clocks.c.id)
    .where(clocks.c.task_id.is_not(None), clocks.c.id == any_(bindparam("ids", type_=ARRAY(Uuid))))
    .subquery()
)
_DUE = unsent.Write(update(tasks).where(tasks.c.id == _due.c.task_id).values(due_at=_due.c.promised_at))
_MADE, _ENTERED, _PROMISE = map(unsent.Write, (insert(clocks), insert(clock_events), insert(promises)))


def event_of(row: Any) -> ClockEvent:
    return ClockEvent(
        row.seq, row.kind, row.effective_at, row.recorded_at, row.cause, row.supersedes, row.source, row.until
    )


def clock_of(row: Any, ledger: Iterable[Any]) -> CaseClock:
    return _clock(row, (event_of(one) for one in ledger))


def _clock(row: Any, ledger: Iterable[ClockEvent]) -> CaseClock:
    return CaseClock(
        id=row.id,
        name=row.name,
        kind=row.kind,
        budget=row.budget,
        basis=row.basis,
        pausable=row.pausable,
        events=tuple(ledger),
        task=str(row.task_id) if row.task_id else "",
        calendar=row.calendar,
    )


def of_case(session: Session, case_id: UUID) -> tuple[CaseClock, ...]:
    """The case's clocks in the order they were made, each with its ledger."""
    heads: dict[UUID, Any] = {}
    ledger: dict[UUID, list[ClockEvent]] = {}
    for row in session.execute(_OF_CASE, {"case": case_id}):
        heads.setdefault(row.id, row)
        ledger.setdefault(row.id, []).extend([] if row.event_seq is None else [_joined_event(row)])
    return tuple(_clock(row, ledger[id]) for id, row in heads.items())


def _joined_event(row: Any) -> ClockEvent:
    return ClockEvent(
        row.event_seq,
        row.event_kind,
        row.event_effective_at,
        row.event_recorded_at,
        row.event_cause,
        row.event_supersedes,
        row.event_source,
        row.event_until,
    )


def write(session: Session, before: Case, after: Case) -> None:
    """Insert new clocks and the new entries of every ledger; nothing is ever updated."""
    known = {one.id: len(one.events) for one in before.clocks}
    fresh = [
        {
            "id": one.id,
            "case_id": after.id,
            "task_id": UUID(one.task) if one.task else None,
            "name": one.name,
            "kind": one.kind,
            "budget": one.budget,
            "basis": one.basis,
            "pausable": one.pausable,
            "calendar": one.calendar,
            "position": place,
        }
        for place, one in enumerate(after.clocks)
        if one.id not in known
    ]
    unsent.add(session, _MADE, *fresh)
    entries = [
        {
            "clock_id": one.id,
            "seq": event.seq,
            "kind": event.kind,
            "cause": event.cause,
            "effective_at": event.effective_at,
            "recorded_at": event.recorded_at,
            "supersedes": event.supersedes,
            "source": event.source,
            "until": event.until,
        }
        for one in after.clocks
        for event in one.events[known.get(one.id, 0) :]
    ]
    unsent.add(session, _ENTERED, *entries)


def refresh(
    session: Session,
    before: Case,
    case: Case,
    world: World,
    revision: int,
    at: datetime,
    told: Sequence[Event],
) -> Reading | None:
    """Recompute the cached readings of a case by the one rule and write those that changed; `told`: the step's events.

    Returns L's reading, None when there is none or it was over before this step:
    what was promised then stays promised.  A clock that was over and of which
    the step told nothing reads as it did; what a later stoppage or calendar
    moves in it is written where that is decided.
    """
    over = {one.id: one for one in before.clocks if not one.running}
    asked = [one for one in case.clocks if one.events and over.get(one.id) != one]
    if not asked:
        return None
    kept = {row.clock_id: row for row in session.execute(_KEPT, {"case": case.id})}
    service: Reading | None = None
    rows = []
    for one in asked:
        was = kept.get(one.id)
        reading = read_clock(case, one, world, present(case, at))
        row = reading_row(case, one, reading, revision, frozenset(was.fired if was else ()))
        rows += [] if was and _same(was, row) else [row]
        if one.kind == "L":
            service = reading
        if one.kind in GIVEN:
            _promise(session, was, case.id, one, reading, told, at, revision)
    put_readings(session, rows, [one.id for one in case.clocks if one.task])
    return service


def _same(kept: Any, row: dict[str, Any]) -> bool:
    return all(getattr(kept, name) == row[name] for name in _READING)


def reading_row(case: Case, one: CaseClock, reading: Reading, revision: int, fired: frozenset[int]) -> dict[str, Any]:
    rung, rung_at = next_rung(one, reading, fired)
    return {
        "clock_id": one.id,
        "case_id": case.id,
        "running": one.running,
        "started_at": reading.started_at,
        "promised_at": reading.promised_at,
        "no_promise_because": reading.no_promise_because,
        "next_rung": rung,
        "next_rung_at": rung_at,
        "late": reading.late,
        "paused": any(cause != FORCE_MAJEURE for cause in reading.paused_by),
        "revision": revision,
    }


def next_rung(one: CaseClock, reading: Reading, fired: frozenset[int]) -> tuple[int | None, datetime | None]:
    """The lowest rung that has not fired, or no longer stands, known also when no promise can be given (ruling 3)."""
    if not one.running or one.kind not in WARNED:
        return None, None
    waiting = [(rung, when) for rung, when in reading.rungs.items() if rung not in fired and when]
    return min(waiting, key=lambda pair: pair[0]) if waiting else (None, None)


def put_readings(session: Session, rows: list[dict[str, Any]], of_tasks: Collection[UUID]) -> None:
    """Write readings, and the due dates of tasks; `of_tasks`: the clocks that belong to one."""
    if not rows:
        return
    unsent.add(session, _PUT, *rows)
    ids = [row["clock_id"] for row in rows if row["clock_id"] in of_tasks]
    if ids:
        unsent.add(session, _DUE, {"ids": ids})


def _promise(
    session: Session,
    was: Any,
    case_id: UUID,
    one: CaseClock,
    reading: Reading,
    told: Sequence[Event],
    at: datetime,
    revision: int,
) -> None:
    """The register of promises and terms: a line whenever the date changes, nothing deleted.

    `was`: the clock's row in _KEPT.
    """
    last_made = was.last_made_at if was else None
    if last_made is not None and was.last_promised_at == reading.promised_at:
        return
    values: dict[str, Any] = {"case_id": case_id, "clock_id": one.id, "promised_at": reading.promised_at}
    values |= {"because": causes.cause(told, one.name), "source": causes.notice(told, one.name)}
    unsent.add(session, _PROMISE, {"id": uuid7(), "made_at": after(at, last_made), "revision": revision, **values})


def after(at: datetime, before: datetime | None) -> datetime:
    """When a promise is made: after the one it replaces, though the machine's clock be behind."""
    return at if before is None or at > before else before + timedelta(microseconds=1)
