"""Raising the risk of a legal limit, what stands in its way in words, and closing it with the file's end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from app.clock import WIB
from app.operations.clock_views import CAUSES
from app.store import Store
from engine.case import Case, CaseClock, legal_clock, present, read_clock
from engine.case.clockwork import Doing
from engine.clocks import CROSSED, Odometer, Reading, World, raising
from engine.errors import Sentence
from engine.events import Event

LEGAL = "H"


def raise_one(
    store: Store, case: Case, one: CaseClock, step: int, reading: Reading, doing: Doing, notified: bool
) -> Event:
    assert reading.promised_at is not None
    why = hindrances(case, store.calendars.world(), doing.at)
    id = store.limit_risks.raise_one(case.id, one.id, step, doing.at, reading.promised_at, why, notified)
    limit = reading.promised_at.astimezone(WIB).isoformat()
    return doing.event("risk_raised", "", None, clock=one.name, risk=str(id), step=step, limit=limit)


def hindrances(case: Case, world: World, at: datetime) -> dict[str, Any]:
    """What stands in the way of a file's end, by codes: open tasks, what its service clock waits for, a suspension."""
    service = case.clock("L")
    paused = read_clock(case, service, world, present(case, at)).paused_by if service is not None else ()
    tasks = [
        {"element": one.element, "role": one.role, "unit": one.unit, "since": one.opened_at.isoformat()}
        for one in case.tasks
    ]
    return {"tasks": tasks, "paused": list(paused), "suspended": bool(case.suspended)}


def words(case: Case, why: dict[str, Any]) -> tuple[str, ...]:
    """The same for a reader: names of steps with who holds them, causes of a pause."""
    scope, roles = case.deployment.definition.scope(case.process), case.deployment.catalogue.roles
    found: list[str] = []
    for one in why.get("tasks", ()):
        step, role = scope.get(one["element"]), roles.get(one["role"])
        name = step.name if step is not None and step.name else one["element"]
        found.append(Sentence("%(langkah)s (%(peran)s)", langkah=name, peran=role.name if role else one["role"]))
    found += [CAUSES.get(cause, cause) for cause in why.get("paused", ())]
    return (*found, *(("berkas ditangguhkan kantor",) if why.get("suspended") else ()))


def days_left(odometer: Odometer, at: datetime, limit: datetime) -> int:
    """Working days after today up to and including the date of the limit; 0 on it and after it."""
    day, last, count = at.astimezone(WIB).date(), (limit - timedelta(microseconds=1)).astimezone(WIB).date(), 0
    while day < last:
        day += timedelta(days=1)
        count += 1 if odometer.windows(day) else 0
    return count


def step_words(step: int) -> str:
    """H-2, H-1, or that the limit has passed."""
    return f"H-{step}" if step else "batas hukum lewat"


def closing(store: Store, before: Case, after: Case, world: World, at: datetime) -> tuple[Event, ...]:
    """Close what is open of a legal limit that this step stopped, with the state it led to as the outcome.

    A limit that passed before anybody was told is put on record first, silently: the work is done.
    """
    ran = {one.id for one in before.clocks if one.kind == LEGAL and one.running and one.events}
    stopped = [one for one in after.clocks if one.id in ran and not one.running]
    return tuple(event for one in stopped for event in _closed(store, after, one, world, at))


def _closed(store: Store, after: Case, one: CaseClock, world: World, at: datetime) -> Iterator[Event]:
    reached, reading = raising(legal_clock(after, one), world, present(after, at))
    doing = Doing(at, present(after, at))
    known = {row.step for row in store.limit_risks.of_clock(one.id)}
    if CROSSED in reached and CROSSED not in known:
        yield raise_one(store, after, one, CROSSED, reading, doing, notified=False)
    for id in store.limit_risks.close(one.id, at, after.state):
        yield doing.event("risk_closed", "", None, risk=str(id), state=after.state)
