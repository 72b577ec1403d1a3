"""Suspending a file or a whole process, and resuming it: nothing moves meanwhile, the law's clocks run on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from app.operations import acting
from app.operations.carrying_out import carry_out
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from engine import access
from engine import case as engine
from engine.access import Actor
from engine.case import CASE, PROCESS, Step
from engine.errors import NotFound, Refused

WHOLE = "Proses berkas ini masih ditangguhkan; lanjutkan prosesnya, maka berkasnya ikut berlanjut."


@retried
def suspend(case_id: UUID, reason: str, by: UUID, at: datetime) -> None:
    """Let nothing of a file move until it is resumed; only a process administrator, with a reason.

    Raises Refused, CaseClosed, SubmissionInvalid, NotAllowed, NotFound.
    """
    with transaction() as store:
        who = _administrator(store, by, at)
        access.require_reason(reason)
        held = acting.held(store.cases.lock(case_id))
        _told(store, held, engine.suspend(held.case, CASE, _doing(held, who, at)), reason, at)


@retried
def resume(case_id: UUID, reason: str, by: UUID, at: datetime) -> None:
    """Let a file go on; what was due meanwhile comes at once.  Raises Refused while its whole process is suspended."""
    with transaction() as store:
        who = _administrator(store, by, at)
        access.require_reason(reason)
        held = acting.held(store.cases.lock(case_id))
        if store.steps.suspended(held.case.deployment.id, held.case.process):
            raise Refused(WHOLE)
        _told(store, held, engine.resume(held.case, _doing(held, who, at)), reason, at)


def _administrator(store: Store, by: UUID, at: datetime) -> Actor:
    who = acting.actor(store, by, at)
    access.require(who, "suspend_cases")
    return who


def _doing(held: Held, who: Actor, at: datetime) -> engine.Doing:
    return acting.doing(held.case, at, who.id, acting.AP)


def _told(store: Store, held: Held, step: Step, reason: str, at: datetime) -> None:
    carry_out(store, held, step, at)
    store.steps.give_reason(held.id, held.seq + 1, reason.strip())


def suspend_process(number: int, process: str, reason: str, by: UUID, at: datetime) -> int:
    """Suspend all open files of a process of release `number`, and let none be opened; returns how many were.

    One transaction a file: a repeat goes on where the first was cut off.
    Raises NotFound for a process that the release does not have.
    """
    release = _suspended(number, process, reason, by, at)
    return sum(_each(one, PROCESS, reason, by, at) for one in _files(release, process, ""))


@retried
def _suspended(number: int, process: str, reason: str, by: UUID, at: datetime) -> UUID:
    with transaction() as store:
        _administrator(store, by, at)
        access.require_reason(reason)
        release = _release(store, number, process)
        if store.steps.suspend(release, process, reason.strip(), by, at):
            store.calendars.tell("process_suspended", {"number": number, "process": process}, by, at)
        return release


def _release(store: Store, number: int, process: str) -> UUID:
    row = next((one for one in store.deployments.all() if one.number == number), None)
    if row is None:
        raise NotFound("Terbitan tidak ditemukan.")
    if process not in store.deployments.get(row.id).definition.processes:
        raise NotFound("Proses tidak ditemukan dalam terbitan itu.")
    return row.id


@retried
def _files(release: UUID, process: str, suspended: str) -> tuple[UUID, ...]:
    with transaction() as store:
        return store.steps.running(release, process, suspended)


@retried
def _each(case_id: UUID, suspended: str, reason: str, by: UUID, at: datetime) -> bool:
    """One file of a process in its own transaction; false when it closed or was moved meanwhile."""
    try:
        with transaction() as store:
            held, who = acting.held(store.cases.lock(case_id)), _administrator(store, by, at)
            doing = _doing(held, who, at)
            step = engine.suspend(held.case, suspended, doing) if suspended else engine.resume(held.case, doing)
            _told(store, held, step, reason, at)
    except Refused:
        return False
    return True


def resume_process(number: int, process: str, reason: str, by: UUID, at: datetime) -> int:
    """Let the files of a process go on, but for those suspended by themselves; returns how many did.

    Files may be opened again once all go on.  Raises Refused when the process is not suspended.
    """
    release = _under_suspension(number, process, reason, by, at)
    count = sum(_each(one, "", reason, by, at) for one in _files(release, process, PROCESS))
    _resumed(release, number, process, by, at)
    return count


@retried
def _under_suspension(number: int, process: str, reason: str, by: UUID, at: datetime) -> UUID:
    with transaction() as store:
        _administrator(store, by, at)
        access.require_reason(reason)
        release = _release(store, number, process)
        if not store.steps.suspended(release, process):
            raise Refused("Proses ini tidak sedang ditangguhkan.")
        return release


@retried
def _resumed(release: UUID, number: int, process: str, by: UUID, at: datetime) -> None:
    with transaction() as store:
        if store.steps.resume(release, process, by, at):
            store.calendars.tell("process_resumed", {"number": number, "process": process}, by, at)
