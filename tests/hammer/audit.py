"""The audit after the hammering: each row counts what must not be, so each must be zero."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.operations import auditing, background
from app.store import transaction
from app.store.clock_rows import reading_row
from engine import bpmn
from engine.case import read_clock, wake_at
from tests.hammer.house import House, journals
from tests.hammer.worker import Worker

FAR = timedelta(hours=30)  # ahead of the farthest clock of any process


@dataclass(frozen=True)
class Audit:
    rows: dict[str, int]
    told: Counter[str]
    completions: int
    twins: int  # messages sent more than once, each time under the same name
    events: int

    @property
    def clean(self) -> bool:
        return not any(self.rows.values())


def drain(house: House) -> None:
    """The office goes on undisturbed until nothing is due and nothing waits."""
    worker = Worker(house, 99, 1)
    worker.jump = FAR
    with house.app.app_context():
        while _hurry() + worker.beat(most=1000):
            pass


def _hurry() -> int:
    """Let the database's clock be past every lease; how many messages still wait."""
    with transaction() as store:
        waiting = "done_at is null and given_up_at is null and kind = 'message'"
        store.session.execute(text(f"update outbox set not_before = now() - interval '1 s' where {waiting}"))
        return int(store.session.scalar(text(f"select count(*) from outbox where {waiting}")) or 0)


def audit(house: House) -> Audit:
    lines = journals(house.folder, "clerk")
    done = [one for one in lines if "done" in one]
    told = Counter(f"{one['op']}: {'done' if 'done' in one else one['why']}" for one in lines if "act" not in one)
    with house.app.app_context():
        at = house.present() + FAR
        rows = _told_and_true(done) | _once() | _whole() | _agreeing(at) | _outbox(house)
        [(events,)] = _ask("select count(*) from events")
        [(completions,)] = _ask("select count(*) from events where kind = 'task_completed'")
    sent = Counter(one["id"] for one in journals(house.folder, "sent"))
    return Audit(rows, told, completions, sum(sent.values()) - len(sent), events)


def _ask(statement: str) -> list[Any]:
    with transaction() as store:
        return list(store.session.execute(text(statement)))


def _told_and_true(done: list[dict[str, Any]]) -> dict[str, int]:
    """What a client was told is so, and nothing is so of which everybody was told no."""
    rows = _ask("select id::text, status, closed_by::text from tasks")
    closed = {row.id: row.closed_by for row in rows if row.status == "done"}
    mine = [one["told"] for one in done if one["op"] == "complete"]
    opened = {row[0] for row in _ask("select id::text from cases")}
    noted = Counter(row[0] for row in _ask("select body from notes"))
    gone = {
        row[0]
        for row in _ask("select case_id::text from events where kind = 'message_received' and body like '%pencabutan%'")
    }
    winners = Counter(one["task"] for one in mine)
    return {
        "told done, but lost: completions": sum(closed.get(one["task"]) != one["by"] for one in mine),
        "told done, but lost: openings": sum(one["told"]["case"] not in opened for one in done if one["op"] == "open"),
        "told done, but lost: withdrawals": sum(
            one["told"]["case"] not in gone for one in done if one["op"] == "withdraw"
        ),
        "told done, but lost: notes": sum(not noted[f"Palu {one['done']}"] for one in done if one["op"] == "note"),
        "two told that they did it": sum(count > 1 for count in winners.values()),
        "done, but everybody was told no": len(closed.keys() - winners.keys()),
    }


TWICE = {
    "tasks completed twice": "select body::json ->> 'task' from events where kind in ('task_completed', "
    "'task_reopened') group by 1 having sum(case kind when 'task_completed' then 1 else -1 end) > 1",
    "keys with two openings": "select answer::json ->> 'case' from requests where answer like '%\"code\"%' "
    "group by 1 having count(*) > 1",
    "cases that no key opened": "select id from cases where not exists (select from requests where answer like "
    "'%\"code\"%' and answer::json ->> 'case' = cases.id::text)",
    "notes written twice": "select body from notes group by 1 having count(*) > 1",
    "holds asked twice": "select reason from holds group by 1 having count(*) > 1",
    "declarations proposed twice": "select description from declaration_versions group by 1 having count(*) > 1",
    "cases closed twice": "select case_id from events where kind = 'case_closed' group by 1 having count(*) > 1",
    "keys without an answer": "select key from requests where answer is null",
    "numbers with a gap": "select 1 from numbers group by register, scope having count(*) <> max(seq) or min(seq) <> 1",
    "numbers ahead of their book": "select 1 from number_books b where next <> 1 + (select coalesce(max(seq), 0) from "
    "numbers n where n.register = b.register and n.scope = b.scope)",
    "numbers given twice": "select number from numbers group by number having count(*) > 1",
    "open incidents": "select 1 from incidents where resolved_at is null",
    "cases due and not woken": "select 1 from cases where wake_at < now() - interval '100 years'",
    "open tasks of closed cases": "select 1 from tasks t join cases c on c.id = t.case_id "
    "where t.status = 'open' and c.closed",
    "cases at rest that wait for nobody": "select 1 from cases c where not closed and wake_at is null and not exists "
    "(select from tasks t where t.case_id = c.id and t.status = 'open')",
    "times that run backwards in a case": "select 1 from (select recorded_at, lag(recorded_at) over "
    "(partition by case_id order by seq) as before from events) t where recorded_at < before",
    "register of promises out of order": "select 1 from cases c join clocks k on k.case_id = c.id and k.kind in "
    "('L', 'P') join clock_readings r on r.clock_id = k.id and r.running where r.promised_at is distinct from "
    "(select promised_at from promises p where p.clock_id = k.id order by made_at desc, inserted_at desc limit 1)",
    "promises made twice": "select 1 from (select promised_at, lag(promised_at) over (partition by clock_id order by "
    "inserted_at) as before, row_number() over (partition by clock_id order by inserted_at) n from promises) t "
    "where n > 1 and promised_at is not distinct from before",
}


def _once() -> dict[str, int]:
    return {name: len(_ask(statement)) for name, statement in TWICE.items()}


def _whole() -> dict[str, int]:
    found = auditing.verify()
    return {"broken chain links": len(found.faults)}


def _agreeing(at: datetime) -> dict[str, int]:
    """Each case's rows against its snapshot, its events, and its clocks read afresh."""
    found: Counter[str] = Counter()
    for (case_id,) in _ask("select id from cases"):
        with transaction() as store:
            found.update(case_faults(store, case_id, at))
    return dict(found)


def case_faults(store: Any, case_id: UUID, at: datetime) -> dict[str, int]:
    case, world = store.cases.see(case_id).case, store.calendars.world()
    open_now = {one.id for one in case.tasks}
    snapshot = bpmn.read(case.deployment.definition, case.snapshot)
    told = store.cases.events(case_id)
    row = store.session.execute(text("select wake_at from cases where id = :id"), {"id": case_id}).one()
    return {
        "tasks unlike the snapshot": not case.closed and open_now != {one.id for one in snapshot.tasks},
        "tasks unlike the events": open_now != _open_by_events(told),
        "readings unlike a fresh reading": _readings(store, case, world, at),
        "wake-ups unlike a fresh reading": row.wake_at
        != (None if case.closed or case.suspended else wake_at(case, world, at)),
    }


def _open_by_events(told: Any) -> set[str]:
    found: set[str] = set()
    for event in told:
        task = json.loads(event.body).get("task")
        if event.kind in ("task_opened", "task_reopened"):
            found.add(task)
        elif event.kind in ("task_completed", "task_cancelled"):
            found.discard(task)
    return found


def _readings(store: Any, case: Any, world: Any, at: datetime) -> int:
    """Everything of a reading that does not depend on when one looks."""
    kept = store.session.execute(text("select * from clock_readings where case_id = :id"), {"id": case.id})
    rows = {row.clock_id: row for row in kept}
    wrong = 0
    for one in case.clocks:
        if one.events:
            fresh = reading_row(case, one, read_clock(case, one, world, at), 0, frozenset())
            same = ("running", "started_at", "promised_at", "no_promise_because")
            unlike = {
                name: (str(was), str(now))
                for name in same
                if (was := getattr(rows[one.id], name)) != (now := fresh[name])
            }
            wrong += bool(unlike)
            if unlike:  # told to whoever looks for the reason
                sys.stderr.write(f"{case.id} {one.name} {unlike} {[str(fact) for fact in one.events]}\n")
    return wrong


def _outbox(house: House) -> dict[str, int]:
    sent = {one["id"] for one in journals(house.folder, "sent")}
    kept = "select o.id::text, o.done_at, m.id as kept, m.address from outbox o left join messages m on m.id = o.id"
    rows = _ask(f"{kept} where o.kind = 'message'")
    return {
        "messages never delivered": sum(row.done_at is None for row in rows),
        "messages done, but not kept": sum(row.kept is None for row in rows),
        "messages done, but never handed on": sum(bool(row.address) and row.id not in sent for row in rows),
        "messages handed on that nobody asked for": len(sent - {row.id for row in rows}),
        "warnings fired twice": len(_ask("select 1 from rungs_fired group by clock_id, rung having count(*) > 1")),
    }


__all__ = ["Audit", "audit", "background", "drain"]
