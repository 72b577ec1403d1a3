"""What was counted into `fresh` is written: readings, due dates of tasks, promises, and what the cases keep of it.

Only what differs is written; a row that reads as it did keeps the revision it was made in.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.store import scratch
from app.store.odometer_sql import instant, micros

# 50, 75 and 90 per cent are known also where no promise is (ruling 3); of 100 the promise is the instant.
_RUNG = "f.running and f.kind in ('L', 'T', 'V', 'P', 'H')"
# A clock that had stopped before the change was over, and so was one that reads as it did: what was promised stays.
_RESULTS = f"""
    select f.*, {instant("f.start")} as started_at, {instant("f.promised")} as promised_at,
           case when not ({_RUNG}) then null
                when f.rung is not null then case when f.rung_at is not null then f.rung end
                when 100 <> all(f.fired) and f.promised is not null then 100 end as next_rung,
           case when not ({_RUNG}) then null
                when f.rung is not null then {instant("f.rung_at")}
                when 100 <> all(f.fired) then {instant("f.promised")} end as next_rung_at,
           coalesce(f.until > f.promised, false) as late,
           coalesce(f.stopped_at <= {micros("cast(:since as timestamptz)")}, false)
           or (f.stopped_at is not null and r.promised_at is not distinct from {instant("f.promised")}) as over
    from fresh f join clock_readings r on r.clock_id = f.id"""
_READINGS = text(
    """
    update clock_readings r set running = n.running, started_at = n.started_at, promised_at = n.promised_at,
        no_promise_because = n.reason, next_rung = n.next_rung, next_rung_at = n.next_rung_at, late = n.late,
        revision = :revision
    from results n where r.clock_id = n.id and (r.running, r.started_at, r.promised_at, r.no_promise_because,
        r.next_rung, r.next_rung_at, r.late) is distinct from (n.running, n.started_at, n.promised_at, n.reason,
        n.next_rung, n.next_rung_at, n.late)
    """
)
_TASKS = text(
    """
    update tasks t set due_at = n.promised_at from results n
    where t.id = n.task_id and t.due_at is distinct from n.promised_at
    """
)
# An id of version 7 for `at` (ruling 20); servers before 18 have none of their own.
_ID = """encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
    substring(int8send((extract(epoch from cast(:at as timestamptz)) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid"""
_PROMISES = text(
    f"""
    insert into promises (id, case_id, clock_id, promised_at, because, made_at, revision)
    select {_ID}, n.case_id, n.id, n.promised_at, :because,
           greatest(cast(:at as timestamptz), last.made_at + interval '1 microsecond'), :revision
    from results n left join lateral (
        select p.promised_at, p.made_at from promises p where p.case_id = n.case_id and p.clock_id = n.id
        order by p.made_at desc, p.inserted_at desc limit 1
    ) last on true
    where n.kind in ('L', 'P') and not n.over
      and (last.made_at is null or last.promised_at is distinct from n.promised_at)
    """
)
_CASES = text(
    """
    update cases c set promised_at = n.promised_at from results n
    where c.id = n.case_id and n.kind = 'L' and not n.over and c.promised_at is distinct from n.promised_at
    """
)
# A promise is kept at its instant and broken just after it (engine.case.wake_at).
_WAKES = text(
    """
    update cases c set wake_at = n.wake_at from (
        select k.id, case when k.closed or k.suspended <> '' then null
            when not exists (select from unnest(k.waiting) message where message like '%.lewat') then k.timer_at
            else least(k.timer_at, (
                select min(r.promised_at) + interval '1 second' from clocks w join clock_readings r on r.clock_id = w.id
                where w.case_id = k.id and r.running and w.name || '.lewat' = any(k.waiting))) end as wake_at
        from cases k where k.id in (select case_id from touched)
    ) n where c.id = n.id and c.wake_at is distinct from n.wake_at
    """
)


def write(session: Session, revision: int, at: datetime, because: str, since: datetime) -> int:
    """Write `fresh` as of `at`; what had stopped before `since`, or stopped and reads as it did, keeps its date.

    Returns how many promises and terms moved.
    """
    scratch.select_into(session, "results", _RESULTS, {"since": since}, scratch.shape_of(session, "fresh"))
    session.execute(text("create unique index if not exists results_id on results (id)"))
    session.execute(text("analyze pg_temp.results"))
    session.execute(_READINGS, {"revision": revision})
    session.execute(_TASKS)
    session.execute(_CASES)
    moved = session.execute(_PROMISES, {"at": at, "because": because, "revision": revision})
    return int(moved.rowcount)  # type: ignore[attr-defined]


def wake(session: Session) -> None:
    """When the cases of the touched clocks must be looked at again, by the readings as they stand."""
    session.execute(_WAKES)
