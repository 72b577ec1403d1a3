"""Clocks that a stoppage or a calendar may touch, taken in slices of whole cases and counted anew.

Slices follow the ids of cases: those tell time, so what is written together lies together, and no two slices touch
the same case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.store import counted_rows, counting, rolling, scratch
from app.store.counting_inputs import DeploymentOf
from engine.clocks import World

# What was promised before the change begins was reached before it and does not move, nor do its warnings.  What has no
# promise may get one, or another reason why there is none, also when it has stopped long since: a year that is adopted
# tells until when it would have had to be done.  The beginning kept with a reading is the corrected one, and no
# calendar moves it.
_MEETS = """
    (r.promised_at >= :since or r.promised_at is null)
    and (cast(:until as timestamptz) is null or r.started_at is null or r.started_at < :until)"""
_TOUCHED = f"""
    select r.clock_id as id, r.case_id from clock_readings r
    where r.case_id > coalesce(cast(:after as uuid), '00000000-0000-0000-0000-000000000000') and {_MEETS}
    order by r.case_id fetch first :most rows with ties
    """
_MANY = text(f"select count(*) from (select from clock_readings r where {_MEETS} limit :most) found")
_LAST = text("select (array_agg(case_id order by case_id desc))[1] as last, count(*) as number from touched")
_CASES_OF = text("select case_id, id from clocks where id = any(cast(:ids as uuid[]))")


@dataclass(frozen=True)
class Hull:
    """What changed: [since, until) and, for the register of promises, why; `at`: when it was decided."""

    since: datetime
    until: datetime | None
    because: str
    at: datetime
    revision: int


@dataclass(frozen=True)
class Slice:
    """`last`: the case behind which the next slice goes on, None when none was left; `moved`: promises and terms."""

    last: UUID | None
    number: int
    moved: int


ByRule = Callable[[dict[UUID, frozenset[UUID]]], int]  # clocks by case -> how many of their promises and terms moved


def more_than(session: Session, hull: Hull, most: int) -> bool:
    """Whether a change touches more clocks than this."""
    span = {"since": hull.since, "until": hull.until, "most": most + 1}
    return int(session.scalar(_MANY, span) or 0) > most


def recount(
    session: Session,
    hull: Hull,
    after: UUID | None,
    most: int,
    world: World,
    at: datetime,
    by_rule: ByRule,
    deployment_of: DeploymentOf,
) -> Slice:
    """Count the next clocks anew, as read at `at`, and write what differs: those of the cases behind `after`.

    They are `most`, and the rest of the last case.  `by_rule` does the same for those that the statement leaves out.
    """
    span = {"since": hull.since, "until": hull.until, "most": most, "after": str(after) if after else None}
    scratch.select_into(session, "touched", _TOUCHED, span)
    session.execute(text("analyze pg_temp.touched"))
    row = session.execute(_LAST).one()
    if row.last is None:
        return Slice(None, 0, 0)
    moved = 0
    for unit in counting.units(session, world):
        left = counting.count(session, world, at, deployment_of, unit)
        rolling.roll(session)
        moved += counted_rows.write(session, hull.revision, hull.at, hull.because)
        moved += by_rule(_by_case(session, left)) if left else 0
    counted_rows.wake(session)
    return Slice(row.last, row.number, moved)


def _by_case(session: Session, ids: frozenset[UUID]) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for row in session.execute(_CASES_OF, {"ids": [str(one) for one in ids]}):
        found.setdefault(row.case_id, set()).add(row.id)
    return {case: frozenset(ones) for case, ones in found.items()}
