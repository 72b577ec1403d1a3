"""Watching the legal limit (H): when it nears or passes, those who supervise get a task; nothing is ever granted.

UU 30/2014 Pasal 53: an application may count as granted when its limit passes
in silence.  Each step of a clock is raised once, ever; what a later fact
undoes is annotated, and stands again when it comes true after all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from app.clock import WIB
from app.operations.carrying_out import carry_out
from app.operations.limit_raising import LEGAL, days_left, hindrances, raise_one, step_words, words
from app.operations.notifying import long_day
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from engine.case import CaseClock, Step, legal_clock, present
from engine.case.clockwork import Doing
from engine.clocks import CROSSED, SHIPPED, Reading, World, latest_limit, raising
from engine.events import Event

SUPERVISORS = ("KB", "KD")
NOTICE = "risiko_fiktif_positif"
NO_LONGER = "tidak lagi sedekat itu: batas hukum bergeser setelah koreksi"
AFTER_ALL = "dekat kembali: batas hukum bergeser lagi"


@retried
def due(at: datetime) -> tuple[UUID, ...]:
    """Cases whose legal limit may have reached, or left, a step since the last look."""
    with transaction() as store:
        world = store.calendars.world()
        odometer = world.calendar.as_known(at)
        steps = {days for one in (SHIPPED, *world.policies) for days in one.limit_days}
        latest = {days: latest_limit(odometer, at, days) for days in (CROSSED, *steps)}
        today = at.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
        return store.limit_risks.due(latest, today)


@retried
def look(case_id: UUID, at: datetime) -> int:
    """Raise, annotate or restore the risks of a case by what holds now; how many things changed."""
    with transaction() as store:
        held = store.cases.lock(case_id)
        if held is None:
            return 0
        world = store.calendars.world()
        legal = [one for one in held.case.clocks if one.kind == LEGAL and one.events]
        told = tuple(event for one in legal for event in _looked(store, held, one, world, at))
        if told:
            carry_out(store, held, Step(held.case, told), at)
        return len(told)


def _looked(store: Store, held: Held, one: CaseClock, world: World, at: datetime) -> Iterator[Event]:
    reached, reading = raising(legal_clock(held.case, one), world, at)
    known = {row.step: row for row in store.limit_risks.of_clock(one.id)}
    doing = Doing(at, present(held.case, at))
    yield from _annotated(store, known, reached, doing)
    new = sorted(reached - set(known), reverse=True) if one.running else []
    for step in new:
        yield raise_one(store, held.case, one, step, reading, doing, notified=step == new[-1])
    if new:
        _tell(store, held, one, new[-1], reading, world, at)


def _annotated(store: Store, known: dict[int, Any], reached: frozenset[int], doing: Doing) -> Iterator[Event]:
    gone = [row for row in known.values() if row.step not in reached and row.annotated_at is None]
    back = [row for row in known.values() if row.step in reached and row.annotated_at is not None]
    store.limit_risks.annotate([row.id for row in gone], doing.at, NO_LONGER)
    store.limit_risks.annotate([row.id for row in back], None, AFTER_ALL)
    for row in gone:
        yield doing.event("risk_set_aside", "", None, risk=str(row.id), step=row.step)
    for row in back:
        yield doing.event("risk_raised", "", None, risk=str(row.id), step=row.step, again=True)


def _tell(store: Store, held: Held, one: CaseClock, step: int, reading: Reading, world: World, at: datetime) -> None:
    permit = held.case.deployment.catalogue.permits[held.case.facts.permit].name
    number, limit = held.number or held.tracking_code, reading.promised_at
    left = days_left(world.calendar.as_known(at), at, limit) if limit else 0
    way = "; ".join(words(held.case, hindrances(held.case, world, at))) or "tidak ada tugas yang terbuka"
    time = f"tersisa {left} hari kerja" if step else "sudah lewat"
    subject = f"Risiko fiktif positif ({step_words(step)}): {number}"
    body = (
        f"Batas hukum berkas {number} ({permit}) adalah {long_day(limit)}; {time}.\nYang menghalangi: {way}.\n"
        "Catat sebab dan tindakan Anda pada halaman Risiko fiktif positif. Sistem tidak pernah mengabulkan izin."
    )
    for person in {one.id for role in SUPERVISORS for one in store.people.holders(role, "", at.astimezone(WIB).date())}:
        payload = {"to": str(person), "notice": NOTICE, "subject": subject, "body": body}
        store.outbox.put(uuid5(one.id, f"risk:{step}:{person}"), held.id, "message", payload, at)
