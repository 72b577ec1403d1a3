"""Warnings: each rung of a clock fires once, ever; the reading is computed again before it does."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from app.clock import WIB
from app.operations.carrying_out import carry_out
from app.operations.clock_views import NAMES
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from engine.case import CaseClock, Step, legal_clock
from engine.clocks import again, sweep

TOLD = {"L": ("KS", "KB"), "H": ("KB", "KD"), "V": ("KB",)}
NOTICE = "peringatan_jam"


@retried
def fire(case_id: UUID, at: datetime) -> None:
    """Fire every rung of a case that is crossed now and has not fired; notify for the highest only."""
    with transaction() as store:
        held = store.cases.lock(case_id)
        if held is None:
            return
        world = store.calendars.world()
        fired = store.readings.fired(case_id)
        for one in held.case.clocks:
            if one.running and one.events:
                clock, known = legal_clock(held.case, one), fired.get(one.id, {})
                for found in sweep(clock, world, at, known):
                    _record(store, held, one, found, at)
                for rung in again(clock, world, at, known):
                    store.readings.restore_rung(one.id, rung, "kembali terlambat: janji yang baru pun terlewati")
        carry_out(store, held, Step(held.case, ()), at)


def _record(store: Store, held: Held, one: CaseClock, found: Any, at: datetime) -> None:
    if found.what == "NO_LONGER":
        store.readings.annotate_rung(one.id, found.rung, at, "tidak lagi terlampaui setelah koreksi")
        return
    fresh = store.readings.fire_rung(one.id, held.id, found.rung, at, found.notify)
    if fresh and found.notify:
        _tell(store, held, one, found.rung, at)


def _tell(store: Store, held: Held, one: CaseClock, rung: int, at: datetime) -> None:
    """To the holder of the task, or to those who answer for the clock."""
    permit = held.case.deployment.catalogue.permits[held.case.facts.permit]
    share = "telah melewati batas" if rung == 100 else f"telah memakai {rung}% waktunya"
    number = held.number or held.tracking_code
    if one.kind == "P":
        subject = f"Tenggat Anda {share}: {number}"
        body = f"Tenggat Anda untuk {permit.name} {share}. Buka berkas {number} untuk melihat apa yang ditunggu."
    else:
        clock = _named(held, one)
        subject = f"Peringatan {clock} {rung}%: {number}"
        body = f"{clock} berkas {number} ({permit.name}) {share}."
    for person in _addressees(store, held, one, at):
        id = uuid5(one.id, f"rung:{rung}:{person}")
        payload = {"to": str(person), "notice": NOTICE, "subject": subject, "body": body}
        store.outbox.put(id, held.id, "message", payload, at)


def _named(held: Held, one: CaseClock) -> str:
    """ "Waktu tugas Verifikasi keabsahan": a step's clock by its step, the others by their names."""
    task = held.case.task(one.task) if one.task else None
    name = NAMES.get(one.name) or NAMES[one.kind]
    return f"{name} {task.name}" if task is not None else name


def _addressees(store: Store, held: Held, one: CaseClock, at: datetime) -> tuple[UUID, ...]:
    if one.kind == "P":
        return (held.case.facts.applicant,)
    task = held.case.task(one.task) if one.task else None
    if task is not None and task.assignee is not None:
        return (task.assignee,)
    day = at.astimezone(WIB).date()
    roles = (task.role,) if task is not None else TOLD.get(one.kind, ("KB",))
    unit = task.unit if task is not None else ""
    return tuple(person.id for role in roles for person in store.people.holders(role, unit, day))
