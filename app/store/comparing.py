"""What a change of the declarations does to clocks, compared set by set in slices of whole cases (clock guide 7).

Each slice is counted twice by `counting`, as the world is and as it would be, and what differs is kept in `compared`, a
temporary table of the transaction: however many clocks there are, none of them stands in the memory of this process.
Equals the comparison of two `engine.clocks.Reading` in every column; what `counting` leaves to the rule in Python is
compared by it, and so is the rare clock of which only the order of its stopped time changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.store import counting, rolling, scratch
from app.store.counting_inputs import DeploymentOf, Measure
from app.store.odometer_sql import date_of, instant, micros, reading
from engine.clocks import World

AT_ONCE = 5_000  # clocks of a slice
_TOUCHED = """
    select r.clock_id as id, r.case_id from clock_readings r join clocks c on c.id = r.clock_id
    where r.case_id > coalesce(cast(:after as uuid), '00000000-0000-0000-0000-000000000000') and c.kind = any(:kinds)
      and (r.running or r.promised_at > :since or exists (
          select from clock_events e
          where e.clock_id = r.clock_id and e.kind = 'STOP' and e.effective_at > :since))
      and (cast(:until as timestamptz) is null or r.started_at is null or r.started_at < :until)
    order by r.case_id fetch first :most rows with ties
    """
_LAST = text("select (array_agg(case_id order by case_id desc))[1] from touched")
_OF_CASES = text("select case_id, id from touched where id = any(cast(:ids as uuid[]))")
_NEW = text(
    """
    create temp table compared (
        case_id uuid, clock_id uuid, kind text, name text, running boolean, ended boolean, started timestamptz,
        stopped timestamptz, before timestamptz, after timestamptz, late_before boolean,
        late_after boolean, standing boolean, removed numeric, scale numeric
    ) on commit drop
    """
)
_ADD = text(
    "insert into compared values (cast(:case_id as uuid), cast(:clock_id as uuid), :kind, :name, :running, :ended, "
    "cast(:started as timestamptz), cast(:stopped as timestamptz), cast(:before as timestamptz), "
    "cast(:after as timestamptz), :late_before, :late_after, :standing, :removed, :scale)"
)


@dataclass(frozen=True)
class Change:
    """Two worlds of one calendar, and from when to when they may differ; `kinds` of clocks, read at `at`."""

    old: World
    new: World
    since: datetime
    until: datetime | None
    kinds: tuple[str, ...]
    at: datetime


class Shift(NamedTuple):
    """What the change does to one clock: its promises, whether it was and will be late, the time taken out of it.

    `ended`: it has stopped; `started`, `stopped`: when it ran; `standing`: touched, but standing still anyway;
    `removed`: working days.
    """

    case_id: UUID
    clock_id: UUID
    kind: str
    name: str
    running: bool
    ended: bool
    started: datetime | None
    stopped: datetime | None
    before: datetime | None
    after: datetime | None
    late_before: bool
    late_after: bool
    standing: bool
    removed: Fraction


ByRule = Callable[[dict[UUID, frozenset[UUID]]], Iterable[Shift]]  # clocks by case -> those that the change touches


def compare(session: Session, change: Change, by_rule: ByRule, deployment_of: DeploymentOf) -> None:
    """Fill `compared` with every clock that the change touches."""
    session.execute(text("drop table if exists pg_temp.compared"))
    session.execute(_NEW)
    after: UUID | None = None
    while (after := _slice(session, change, after, by_rule, deployment_of)) is not None:
        pass
    session.execute(text("create index on compared (case_id, clock_id)"))
    session.execute(text("analyze pg_temp.compared"))


def _slice(
    session: Session, change: Change, after: UUID | None, by_rule: ByRule, deployment_of: DeploymentOf
) -> UUID | None:
    """Compare the next clocks; the case behind which the next slice goes on, None behind the last."""
    span = {"since": change.since, "until": change.until, "kinds": list(change.kinds), "most": AT_ONCE}
    scratch.select_into(session, "touched", _TOUCHED, {**span, "after": str(after) if after else None})
    session.execute(text("analyze pg_temp.touched"))
    last: UUID | None = session.scalar(_LAST)
    if last is None:
        return None
    left = _counted(session, change.old, change.at, deployment_of, "read_before")
    left |= _counted(session, change.new, change.at, deployment_of, "read_after")
    left |= _kept(session, change.since, left)
    if left:
        _add(session, by_rule(_by_case(session, left)))
    return last


def _counted(session: Session, world: World, at: datetime, deployment_of: DeploymentOf, name: str) -> frozenset[UUID]:
    """Make `name` of the clocks in `touched` as one world reads them; those that it leaves to the rule."""
    found: frozenset[UUID] = frozenset()
    for number, unit in enumerate(counting.units(session, world)):
        left, measure = counting.measured(session, world, at, deployment_of, whose=True, unit=unit)
        rolling.roll(session)
        fill = scratch.add_into if number else scratch.select_into
        fill(session, name, _reading(measure))
        found |= left
    session.execute(text(f"analyze pg_temp.{name}"))
    return found


def _reading(measure: Measure) -> str:
    """Service time from the start to the present or the STOP, as `engine.clocks.attribution` shares it out."""
    life = "int8multirange(int8range(f.start, greatest(f.start, f.until)))"
    kahar = "(f.kahar - coalesce(f.gaps, int8multirange()))"
    hk, work = (
        f"sum({reading('upper(c.r)', 't', axis, measure)} - {reading('lower(c.r)', 'd', axis, measure)})"
        for axis in ("true", "false")
    )
    served_hk, served_work = (
        f"{reading('f.until', 't', axis, measure)} - {reading('f.start', 'd', axis, measure)}"
        for axis in ("true", "false")
    )
    return f"""
with cut as materialized (
    select f.id, true as kahar, r from fresh f, unnest({kahar} * {life}) r
    union all
    select f.id, false, r from fresh f, unnest(f.taken * {life}) r
), widths as materialized (
    select c.id, c.kahar, {hk} as hk, {work} as work from cut c
    join days d on d.day = {date_of("lower(c.r)", measure)} join days t on t.day = {date_of("upper(c.r)", measure)}
    group by c.id, c.kahar
)
select f.id, f.case_id, f.kind, f.running, f.start, f.stopped_at, f.promised, f.reason,
       coalesce(f.until > f.promised, false) as late,
       f.stopped_at is null and coalesce(f.spans @> f.until, false) as paused,
       f.stopped_at is null and coalesce(f.kahar @> f.until, false) as held,
       coalesce(f.kahar * {life}, int8multirange()) as stood,
       coalesce({served_hk} - coalesce(w.hk, 0), 0)::numeric as office_hk,
       coalesce({served_work} - coalesce(w.work, 0), 0)::numeric as office,
       coalesce(k.hk, 0)::numeric as kahar_hk, coalesce(k.work, 0)::numeric as kahar,
       {measure.scale}::numeric as scale, f.until > {measure.until} as beyond
from fresh f
left join days d on d.day = {date_of("f.start", measure)} left join days t on t.day = {date_of("f.until", measure)}
left join widths w on w.id = f.id and not w.kahar left join widths k on k.id = f.id and k.kahar"""


_PAIR = "from read_before b join read_after a on a.id = b.id"
_MEANT = "coalesce(b.stopped_at > {since}, true) and not (b.id = any(cast(:left as uuid[])))"
_DIFFERS = (
    "(b.promised, b.reason, b.office, b.kahar, b.held) is distinct from (a.promised, a.reason, a.office, a.kahar, "
    "a.held)"
)


def _kept(session: Session, since: datetime, left: frozenset[UUID]) -> frozenset[UUID]:
    """Keep what differs; the clocks that the rule must look at besides `left`."""
    meant = _MEANT.format(since=micros("cast(:since as timestamptz)"))
    given = {"since": since, "left": [str(one) for one in left]}
    session.execute(
        text(
            f"""
            insert into compared
            select b.case_id, b.id, b.kind, c.name, b.running, b.stopped_at is not null, {instant("b.start")},
                   {instant("b.stopped_at")}, {instant("b.promised")}, {instant("a.promised")}, b.late, a.late,
                   b.promised is not distinct from a.promised
                   and (b.paused or (b.kahar_hk <> a.kahar_hk and b.office_hk = a.office_hk)),
                   b.office_hk - a.office_hk, b.scale
            {_PAIR} join clocks c on c.id = b.id where {meant} and {_DIFFERS} and not (b.beyond or a.beyond)
            """
        ),
        given,
    )
    # Of the same length, at another time: whose time that was, an agency's or the office's own, the rule tells.
    again = f"select b.id {_PAIR} where {meant} and (b.beyond or a.beyond or (not {_DIFFERS} and b.stood <> a.stood))"
    return frozenset(session.scalars(text(again), given))


def _by_case(session: Session, ids: frozenset[UUID]) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for row in session.execute(_OF_CASES, {"ids": [str(one) for one in ids]}):
        found.setdefault(row.case_id, set()).add(row.id)
    return {case: frozenset(ones) for case, ones in found.items()}


def _add(session: Session, found: Iterable[Shift]) -> None:
    rows = [_row(one) for one in found]
    if rows:
        session.execute(_ADD, rows)


def _row(one: Shift) -> dict[str, Any]:
    ids = {"case_id": str(one.case_id), "clock_id": str(one.clock_id)}
    return {**one._asdict(), **ids, "removed": one.removed.numerator, "scale": one.removed.denominator}
