"""Running cases moved to the release in effect together: begun after the effect was seen, one transaction a case.

The worker goes from case to case; what it has done of one stands in the same transaction, so that nothing is lost or
done twice wherever it is cut off.  A batch can be held, taken up again, stopped, and taken back case by case as long
as the case has made no other step.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting, idempotency, impact_rounds, impact_told, migrating
from app.operations.retrying import Unavailable, retried
from app.store import Store, transaction
from app.store.encoding import dump, parse
from app.store.ids import uuid7
from engine import access, reasons
from engine.case import Case, Prospect
from engine.deployment import Deployment
from engine.errors import (
    EngineError,
    Finding,
    NotAllowed,
    NotFound,
    Refused,
    Sentence,
    SubmissionInvalid,
    office_word,
    said_by,
)

log = logging.getLogger("eperizinan")
RUNNING, PAUSED, STOPPED, DONE = "running", "paused", "stopped", "done"
MOVE, UNDO = "move", "undo"
OPEN = {MOVE: "waiting", UNDO: "moved"}  # the state of a case that a batch still has to do something with
SAYS = {  # act -> (from which statuses, to which, what the office's chain is told)
    "jeda": ((RUNNING,), PAUSED, "migration_paused"),
    "lanjut": ((PAUSED,), RUNNING, "migration_resumed"),
    "henti": ((RUNNING, PAUSED), STOPPED, "migration_stopped"),
}


@retried
def start(
    target: UUID,
    because: str,
    by: UUID,
    at: datetime,
    key: UUID | None = None,
    aware: bool = False,
    seen: str = "",
) -> UUID:
    """Move every case that was counted for the release in effect and can move.

    `aware`: he says that he knows of steps that a choice makes cases pass over; `seen`: the mark of the choices that
    he read (`impact_rounds.choices`), "" for any.
    Raises SubmissionInvalid without a reason, at `sadar` where he has to be aware and is not, Refused while the effect
    is not counted to the end, nothing moves, choices were changed since he read them, or another batch is not ended.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "migrate_cases")
        print_ = idempotency.fingerprint("migration_batches.start", target, {"alasan": [because]})
        before = idempotency.begin(store, key, by, print_, at)
        if before is not None:
            return UUID(str(before))
        release = migrating.effective(store, target)
        round = _seen(store, release.checksum)
        if seen and seen != impact_rounds.choices(store, round.id):
            raise Refused("Pilihan pemindahan berubah sejak halaman ini dibuka; baca lagi dampaknya, lalu mulai.")
        skips, why = store.impact.totals(round.id, target).skips, because.strip()
        passed = impact_rounds.passed(store, round.id, target) if skips and not aware else ""
        if unsaid := _unsaid(because, passed):
            raise SubmissionInvalid(unsaid)
        store.batches.alone()
        if store.batches.open() is not None:
            raise Refused("Pemindahan lain belum selesai; tunggu atau hentikan dahulu.")
        id = uuid7()
        store.batches.begin(id, target, why, dump(store.impact.choices(round.id)), by, at)
        number = store.batches.fill(id, round.id, target, at)
        if not number:
            raise Refused("Tidak ada berkas yang dapat dipindahkan; lihat dampaknya.")
        told = {"batch": str(id), "number": release.number, "cases": number, "because": why}
        told |= {"skips": skips} if skips else {}
        store.calendars.tell("migration_started", told, by, at)
        idempotency.answer(store, key, str(id))
        return id


def _unsaid(because: str, passed: str) -> dict[str, str]:
    """What is missing for a batch, by field; `passed`: what files pass over of which he does not say that he knows."""
    wrong = reasons.fault(because, "Mengapa dipindahkan")
    found: dict[str, str] = {"alasan": wrong} if wrong else {}
    return found | ({"sadar": Sentence(impact_rounds.SKIPPED, langkah=passed)} if passed else {})


def _seen(store: Store, sum: str) -> Any:
    """The round of a release, counted to its end."""
    round = store.impact.of(sum)
    if round is None or round.done_at is None:
        raise Refused("Hitung dahulu dampaknya sampai selesai, lalu lihat hasilnya.")
    return round


@retried
def say(batch: UUID, act: str, by: UUID, at: datetime) -> None:
    """Hold a batch, take it up again or stop it.  Raises NotAllowed, NotFound, Refused where it is not that far."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "migrate_cases")
        row = _found(store, batch)
        since, to, told = SAYS[act]
        if row.status not in since:
            raise Refused("Pemindahan ini tidak sedang berjalan atau dijeda.")
        ended = at if to == STOPPED else None
        store.batches.change(batch, status=to, fault="", ended_at=ended)
        store.calendars.tell(told, {"batch": str(batch)}, by, at)


@retried
def undo(batch: UUID, because: str, by: UUID, at: datetime) -> None:
    """Take a batch back: each case that made no other step since; also what is left where that was stopped.

    Raises SubmissionInvalid, Refused.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "migrate_cases")
        row, why = _found(store, batch), reasons.require(because, label="Mengapa dibatalkan")
        store.batches.alone()
        again = row.task == UNDO and row.status == DONE
        if row.status not in (STOPPED, DONE) or again or store.batches.open() is not None:
            raise Refused("Hanya pemindahan yang sudah selesai atau dihentikan yang dapat dibatalkan.")
        if not store.batches.counts(batch).get("moved"):
            raise Refused("Tidak ada berkas pemindahan ini yang masih dapat dikembalikan.")
        store.batches.change(batch, task=UNDO, status=RUNNING, ended_at=None, undone_by=by)
        store.calendars.tell("migration_undone", {"batch": str(batch), "because": why}, by, at)


def _found(store: Store, batch: UUID) -> Any:
    row = store.batches.one(batch, lock=True)
    if row is None:
        raise NotFound("Pemindahan ini tidak ada.")
    return row


# --- the worker


@retried
def _next() -> tuple[Any, UUID | None] | None:
    """The batch that runs and its next case, None when all are done; None when none runs."""
    with transaction() as store:
        row = store.batches.running()
        return None if row is None else (row, store.batches.next(row.id, OPEN[row.task]))


def work_one(at: datetime) -> bool:
    """The next case of the batch that runs; False when none runs."""
    found = _next()
    if found is None:
        return False
    batch, case_id = found
    if case_id is None:
        _end(batch.id, batch.task, at)
        return True
    try:
        (_move if batch.task == MOVE else _put_back)(batch.id, case_id, at)
    except Unavailable:
        raise
    except Exception as fault:  # noqa: BLE001 -- whatever breaks in one file is told of it, the others go on
        _broken(batch, case_id, fault, at)
    return True


@retried
def _end(batch: UUID, task: str, at: datetime) -> None:
    with transaction() as store:
        row = _found(store, batch)
        if row.status != RUNNING or row.task != task or store.batches.next(batch, OPEN[task]) is not None:
            return
        store.batches.change(batch, status=DONE, ended_at=at)
        told = {"batch": str(batch), "cases": store.batches.counts(batch)}
        store.calendars.tell("migration_ended", told, row.by, at)


@retried
def _move(batch: UUID, case_id: UUID, at: datetime) -> None:
    with transaction() as store:
        held = acting.held(store.cases.lock(case_id))
        row = store.batches.stands(batch, MOVE)
        if row is None or store.batches.item(batch, case_id).state != "waiting":
            return
        release = _release(store, row, at)
        if held.case.closed or held.case.deployment.id == row.target_id:
            told = "Berkas ini sudah ditutup atau sudah memakai terbitan itu."
            store.batches.mark(batch, case_id, "left", _reasons(told), at)
            return
        chosen = parse(row.choices).get(held.case.process, {})
        _tried(store, held, release, row, chosen, at)


def _release(store: Store, row: Any, at: datetime) -> Deployment:
    """Where the batch goes, as long as whoever began it may and it is in effect."""
    _still_allowed(store, row.by, at)
    try:
        return migrating.effective(store, row.target_id)
    except Refused as refused:
        raise _Standstill(impact_told.said(said_by(refused))) from refused


def _still_allowed(store: Store, by: UUID, at: datetime) -> UUID:
    """A right taken away holds the batch: somebody who has it goes on or stops it."""
    try:
        access.require(acting.actor(store, by, at), "migrate_cases")
    except NotAllowed as refused:
        raise _Standstill(impact_told.said("Yang memulai pemindahan ini tidak berwenang lagi.")) from refused
    return by


class _Standstill(Exception):
    """The batch cannot go on at all; holds why, as JSON."""

    def __init__(self, told: Any) -> None:
        super().__init__()
        self.told = told


def _tried(store: Store, held: Any, release: Any, row: Any, chosen: Mapping[str, str], at: datetime) -> None:
    found = migrating.tried(held, release, chosen, row.by, at)
    if found.step is None:
        told = dump({"reasons": [impact_told.said(one.reason) for one in found.obstacles]})
        store.batches.mark(row.id, held.id, "left", told, at)
        return
    migrating.carry(store, held, found, release, row.reason, row.by, at)
    store.batches.mark(row.id, held.id, "moved", _ways(held.case, found), at)


def _ways(case: Case, found: Prospect) -> str:
    """From which step to which, of the tasks that were chosen for; "" where none was."""
    after = found.step.case if found.step else case
    pairs = [(case.task(old), after.task(new)) for old, new in found.instead.items()]
    names = [(office_word(was.name), office_word(now.name)) for was, now in pairs if was and now]
    told = [impact_told.said(Finding("Dari %(was)s ke %(now)s", was=was, now=now)) for was, now in names]
    return dump({"reasons": told}) if told else ""


@retried
def _put_back(batch: UUID, case_id: UUID, at: datetime) -> None:
    with transaction() as store:
        held = acting.held(store.cases.lock(case_id))
        row = store.batches.stands(batch, UNDO)
        if row is None or store.batches.item(batch, case_id).state != "moved":
            return
        migrating.undo_within(store, held, _still_allowed(store, row.undone_by, at), at, row.target_id)
        store.batches.mark(batch, case_id, "put_back", "", at)


@retried
def _broken(batch: Any, case_id: UUID, fault: Exception, at: datetime) -> None:
    """In a bracket of its own, for the one it happened in was rolled back."""
    with transaction() as store:
        if isinstance(fault, _Standstill):
            row = _found(store, batch.id)
            if row.status == RUNNING:
                store.batches.change(batch.id, status=PAUSED, fault=dump(fault.told))
            return
        item = store.batches.item(batch.id, case_id)
        if item is not None and item.state == OPEN[batch.task]:
            store.batches.mark(batch.id, case_id, "left" if batch.task == MOVE else "kept", _told(fault), at)


def _told(fault: Exception) -> str:
    if isinstance(fault, EngineError):
        return _reasons(said_by(fault))
    log.error("unforeseen fault while moving a case", exc_info=fault)
    return _reasons(Sentence("Kesalahan yang tidak terduga: %(kind)s", kind=type(fault).__name__))


def _reasons(sentence: str) -> str:
    return dump({"reasons": [impact_told.said(sentence)]})
