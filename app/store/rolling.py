"""ROLL_LAST_DAY over `fresh`: a promise that falls inside moves to where the case accrues again.

As `engine.clocks.promise` does it.  Each declaration moves a promise past its own end, so each moves it once at most,
and the passes come to an end.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.store.counting import MATCHES, hits
from app.store.odometer_sql import instant
from engine.access import APPLICANT

# Of several that hold the promise the smallest id is applied first.  Whether its scope hits is asked of the instant.
_ALIVE = f"""(select bool_and({MATCHES}) from tasks k where k.case_id = c.case_id and k.role <> '{APPLICANT}'
    and k.opened_at <= {instant("c.promised")} and (k.closed_at is null or k.closed_at > {instant("c.promised")}))"""
# The first opening in the time that is left after the declaration's end and outside every stop.
_TARGET = """(select array[x.at, x.day_ends]
    from unnest(int8multirange(int8range(h.until, null)) - coalesce(h.spans, int8multirange())) r,
    lateral (select greatest(lower(r), o.opens) as at, o.day_ends from odometer o
             where o.closes > lower(r) order by o.closes limit 1) x
    where upper(r) is null or x.at < upper(r) order by x.at limit 1)"""
_PASS = text(
    f"""
    with held as materialized (
        select distinct on (c.id) c.id, c.spans, c.barrier, c.blocked_by, d.until
        from fresh c join declared d on d.effect = 'ROLL_LAST_DAY' and c.promised >= d.since
             and (d.until is null or c.promised < d.until) and {hits("c")}
        where not d.by_tasks or {_ALIVE}
        order by c.id, d.n
    ), moved as materialized (
        select h.*, case when h.until is not null then {_TARGET} end as target from held h
    )
    update fresh c set
        promised = case when m.target[1] < m.barrier then m.target[2] end,
        reason = case when m.until is null then 'OPEN_ROLL'
                      when m.target[1] < m.barrier then null else m.blocked_by end
    from moved m where c.id = m.id
    """
)
_ANY = text("select from declared where effect = 'ROLL_LAST_DAY' limit 1")


def roll(session: Session) -> None:
    """Move what stands in `fresh` until nothing moves."""
    if session.execute(_ANY).first() is None:
        return
    while session.execute(_PASS).rowcount:  # type: ignore[attr-defined]
        pass
