"""Which clocks the set-based count leaves to the rule in Python, taken out of what it was given."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from engine.clocks import WIB, Scope, World
from engine.clocks.instants import FIRST_YEAR, LAST_YEAR

# Who is left to the rule in Python: a correction that speaks of a correction, a beginning beyond the calendar's reach,
# an agreed date, and whatever may have begun since another reading of the law was adopted.
_BY_RULE = text(
    f"""
    select distinct clock_id from (
        select c.clock_id from ledger c join ledger of on of.clock_id = c.clock_id and of.seq = c.supersedes
        where c.kind = 'CORRECT' and of.kind = 'CORRECT'
        union all select clock_id from ledger where kind in ('START', 'CORRECT')
        and (extract(year from effective_at at time zone interval '7 hours') not between {FIRST_YEAR} and {LAST_YEAR}
             or effective_at >= cast(:another as timestamptz))
        union all select clock_id from ledger where kind = 'EXTEND'
    ) found
    """
)


def left_out(session: Session, budgets: set[str], world: World) -> frozenset[UUID]:
    """Take out of `chosen` and `ledger` what only the rule in Python counts; its clocks."""
    found = set(session.scalars(_BY_RULE, {"another": _another_law(world)}))
    found |= set(
        session.scalars(text("select id from chosen where budget = any(:budgets)"), {"budgets": list(budgets)})
    )
    if any(_by_channel_alone(one.scope) for one in world.in_force(None)):
        found |= set(session.scalars(text("select id from chosen where kind = 'P' and pausable")))
    for table, column in (("chosen", "id"), ("ledger", "clock_id")):
        gone: Any = text(f"delete from {table} where {column} = any(cast(:ids as uuid[]))")
        session.execute(gone, {"ids": [str(one) for one in found]})
    return frozenset(found)


def _another_law(world: World) -> datetime | None:
    """From when a clock may have begun under a policy that moves a promise or a warning; None for never."""
    days = [one.valid_from for one in world.policies if one.counts_otherwise]
    return datetime.combine(min(days), time(), WIB) if days else None


def _by_channel_alone(scope: Scope) -> bool:
    """Whether a scope may reach applicants' terms by the channel they need."""
    return scope.systems is not None and scope.units is None and scope.steps is None
