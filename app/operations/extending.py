"""Extending a service promise with the applicant's recorded consent (ruling 7); no other clock ever moves.

An official asks with a later date and a reason; until the applicant agrees
nothing moves.  The old date stays in the register.  A promise that has passed
is broken for good, so the question lapses with it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from app.clock import WIB
from app.letters.pages import inspect_upload
from app.operations import acting, extension_notices, idempotency
from app.operations.carrying_out import carry_out
from app.operations.documents import Download
from app.operations.notifying import long_day
from app.operations.retrying import retried
from app.store import Store, files, transaction
from app.store.cases import Held
from app.store.ids import uuid7
from engine import access
from engine import case as engine
from engine.access import Actor
from engine.case import CaseClock, Step
from engine.case.extending import NOT_RUNNING
from engine.clocks import Reading
from engine.errors import NotAllowed, NotFound, Refused, Sentence, SubmissionInvalid
from engine.forms.values import clean

SHORTEST, LONGEST = 5, 2000
AGREED, REFUSED, EXPIRED = "agreed", "refused", "expired"
SELF, COUNTER = "sendiri", "loket"
PAPERS = {SELF: "jawaban pemohon pada halaman berkasnya", COUNTER: "persetujuan tertulis di loket"}
PASSED = "Janji layanan berkas ini sudah lewat; janji yang lewat tidak dapat diperpanjang."
NO_PROMISE = "Berkas ini belum mempunyai tanggal janji, jadi belum ada yang dapat diperpanjang."


@retried
def propose(case_id: UUID, day: date | None, reason: str, by: UUID, at: datetime, key: UUID | None = None) -> UUID:
    """Put a later date to the applicant; returns the question.  It lapses when the present promise passes.

    Raises NotAllowed, NotFound, SubmissionInvalid at `hari` and `alasan`,
    Refused where there is no promise, it has passed, or a question waits.
    """
    with transaction() as store:
        print_ = idempotency.fingerprint("extend", case_id, {"hari": [str(day)], "alasan": [reason]})
        before = idempotency.begin(store, key, by, print_, at)
        if before is not None:
            return UUID(before["extension"])
        who = acting.actor(store, by, at)
        access.require(who, "propose_extension")
        held = acting.locked(store, case_id, who)
        clock, reading = _promised(store, held, at)
        wanted, words = _checked(store, held, reading, day, reason, at)
        if store.extensions.asked_of(clock.id) is not None:
            raise Refused("Usul perpanjangan sebelumnya belum dijawab pemohon.")
        id, until = uuid7(), reading.promised_at
        assert until is not None
        asked = {"id": id, "case_id": case_id, "clock_id": clock.id, "proposed_by": by, "proposed_at": at}
        store.extensions.ask(**asked, reason=words, promised_at=until, day=wanted, answer_by=until)
        extension_notices.ask(store, held, id, wanted, until, words, at)
        role = next((one for one in ("KB", "KS") if who.holds(one)), "")
        doing = acting.doing(held.case, at, by, role)
        told = doing.event("extension_proposed", "", None, extension=str(id), until=wanted.isoformat())
        carry_out(store, held, Step(held.case, (told,)), at)
        idempotency.answer(store, key, {"extension": str(id)})
        return id


def _promised(store: Store, held: Held, at: datetime) -> tuple[CaseClock, Reading]:
    """The running service clock with a promise that has not passed; raises Refused."""
    clock = held.case.clock("L")
    if held.case.closed or clock is None or not clock.running:
        raise Refused(NOT_RUNNING)
    reading = engine.read_clock(held.case, clock, store.calendars.world(), engine.present(held.case, at))
    if reading.promised_at is None:
        raise Refused(NO_PROMISE)
    if reading.late:
        raise Refused(PASSED)
    return clock, reading


def _checked(
    store: Store, held: Held, reading: Reading, day: date | None, reason: str, at: datetime
) -> tuple[date, str]:
    errors: dict[str, str] = {}
    words = clean(reason)
    if not SHORTEST <= len(words) <= LONGEST:
        sentence = "Alasan kepada pemohon wajib diisi, paling sedikit %(n)s dan paling banyak %(most)s huruf"
        errors["alasan_perpanjangan"] = Sentence(sentence, n=SHORTEST, most=LONGEST)
    fault = "Tanggal janji baru wajib diisi" if day is None else _fault(store, held, reading, day, at)
    if fault:
        errors["hari_baru"] = fault
    if errors or day is None:
        raise SubmissionInvalid(errors)
    return day, words


def _fault(store: Store, held: Held, reading: Reading, day: date, at: datetime) -> str:
    """Why a date cannot be promised, "" when it can."""
    world, promised = store.calendars.world(), _date(reading.promised_at)
    odometer = world.calendar.as_known(at)
    if day < at.astimezone(WIB).date():
        return "Tanggal ini sudah lewat"
    if promised is not None and day <= promised:
        return Sentence("Tanggal harus sesudah janji sekarang, %(hari)s", hari=long_day(reading.promised_at))
    if not odometer.is_official(day.year):
        return Sentence("Daftar hari libur tahun %(tahun)s belum ditetapkan", tahun=str(day.year))
    if not odometer.windows(day):
        return "Kantor tutup pada tanggal ini"
    legal = held.case.clock("H")
    limit = engine.read_clock(held.case, legal, world, at).promised_at if legal is not None else None
    last = _date(limit)
    if last is not None and day > last:
        sentence = "Tanggal ini melewati batas hukum %(hari)s; persetujuan pemohon tidak menggeser batas hukum"
        return Sentence(sentence, hari=long_day(limit))
    return ""


def _date(at: datetime | None) -> date | None:
    """The date a promise belongs to; one at midnight belongs to the date before it."""
    return None if at is None else (at - timedelta(microseconds=1)).astimezone(WIB).date()


@retried
def answer(extension_id: UUID, agrees: bool, words: str, by: UUID, at: datetime) -> UUID:
    """The applicant agrees or refuses on his own page; returns the case.

    Raises NotFound, NotAllowed for anybody else, SubmissionInvalid at `catatan_jawaban`, Refused when it was
    answered before, has lapsed, or the promise has moved beyond the date.
    """
    with transaction() as store:
        who, held, row = _waiting(store, extension_id, by, at, _applicant)
        if fault := _too_long(words):
            raise SubmissionInvalid({"catatan_jawaban": fault})
        _answered(store, held, row, agrees, who, access.APPLICANT, {"how": SELF, "answer": clean(words)}, at)
        return held.id


@retried
def record(extension_id: UUID, agrees: bool, scan: bytes, words: str, by: UUID, at: datetime) -> UUID:
    """The counter records what the applicant answered in writing; consent needs the scan of the signed paper.

    Raises NotAllowed, NotFound, Refused, and SubmissionInvalid at `pindaian_setuju` and `jawaban_tertulis`.
    """
    with transaction() as store:
        _waiting(store, extension_id, by, at, _counter)
    inspected = _inspected(scan) if scan else None
    errors = (
        {} if inspected or not agrees else {"pindaian_setuju": "Pilih dahulu pindaian persetujuan yang ditandatangani"}
    )
    if len(clean(words)) < SHORTEST:
        errors["jawaban_tertulis"] = "Tulis nomor atau tanggal surat pemohon, atau bagaimana ia menjawab"
    elif fault := _too_long(words):
        errors["jawaban_tertulis"] = fault
    if errors:
        raise SubmissionInvalid(errors)
    sha256 = files.put(inspected.clean_bytes) if inspected else None
    with transaction() as store:
        who, held, row = _waiting(store, extension_id, by, at, _counter)
        if inspected and sha256:
            store.documents.add_file(sha256, len(inspected.clean_bytes), inspected.media_type, inspected.pages, at)
        values = {"how": COUNTER, "answer": clean(words), **({"scan_sha256": sha256} if sha256 else {})}
        _answered(store, held, row, agrees, who, access.COUNTER, values, at)
        return held.id


def _too_long(words: str) -> str:
    """Why an answer is not kept as it was written; "" when it is."""
    told = "Paling banyak %(most)s huruf, Anda menulis %(count)s"
    return Sentence(told, most=LONGEST, count=len(clean(words))) if len(clean(words)) > LONGEST else ""


def _inspected(scan: bytes) -> Any:
    try:
        return inspect_upload(scan)
    except Refused as refusal:
        raise SubmissionInvalid({"pindaian_setuju": str(refusal)}) from refusal


def _applicant(who: Actor, held: Held) -> None:
    if who.id != held.case.facts.applicant:
        raise NotAllowed("Hanya pemohon yang dapat menjawab usul ini; loket mencatat persetujuan tertulis.")


def _counter(who: Actor, held: Held) -> None:
    access.require(who, "file_for_applicant")


def _waiting(
    store: Store, extension_id: UUID, by: UUID, at: datetime, require: Callable[[Actor, Held], None]
) -> tuple[Actor, Held, Any]:
    """The question with its case, both locked, while it may be answered; raises NotFound, NotAllowed, Refused."""
    who = acting.actor(store, by, at)
    found = store.extensions.row(extension_id)
    if found is None:
        raise NotFound("Usul perpanjangan tidak ditemukan.")
    held = acting.locked(store, found.case_id, who)
    require(who, held)
    row = store.extensions.lock(extension_id)
    if row.status != "asked":
        raise Refused("Usul perpanjangan ini sudah dijawab atau sudah berakhir.")
    if at > row.answer_by:
        raise Refused("Usul perpanjangan ini sudah berakhir: janji yang ditanyakan sudah lewat.")
    return who, held, row


def _answered(
    store: Store, held: Held, row: Any, agrees: bool, who: Actor, role: str, values: dict[str, Any], at: datetime
) -> None:
    store.extensions.answer(row.id, AGREED if agrees else REFUSED, at, answered_by=who.id, **values)
    doing, notice = acting.doing(held.case, at, who.id, role), uuid5(row.id, "answered")
    told = {"extension": str(row.id), **({"sha256": values["scan_sha256"]} if values.get("scan_sha256") else {})}
    if not agrees:
        refused = doing.event("extension_refused", "", None, **told)
        carry_out(store, held, Step(held.case, (refused,)), at)
        extension_notices.tell_proposer(store, held, row, "menolak", at)
        return
    _clock, reading = _promised(store, held, at)
    if _date(reading.promised_at) and row.day <= _date(reading.promised_at):
        raise Refused("Janji layanan sudah bergeser melewati tanggal ini; tidak ada yang perlu diperpanjang.")
    carry_out(
        store, held, engine.extend(held.case, row.day, doing, PAPERS[values["how"]], notice=str(notice), **told), at
    )
    extension_notices.confirm(store, held, row, notice, at)
    extension_notices.tell_proposer(store, held, row, "menyetujui", at)


@retried
def lapsed(at: datetime) -> tuple[tuple[UUID, UUID], ...]:
    """Questions nobody answered before their promise passed or their file was over, with their cases."""
    with transaction() as store:
        return store.extensions.lapsed(at)


@retried
def expire(extension_id: UUID, case_id: UUID, at: datetime) -> bool:
    """Put on record that nobody answered; false when somebody did meanwhile."""
    with transaction() as store:
        held = store.cases.lock(case_id)
        row = store.extensions.lock(extension_id)
        if held is None or row is None or row.status != "asked":
            return False
        store.extensions.answer(row.id, EXPIRED, at)
        told = acting.doing(held.case, at, None).event("extension_expired", "", None, extension=str(row.id))
        carry_out(store, held, Step(held.case, (told,)), at)
        return True


@retried
def consent(extension_id: UUID, by: UUID, at: datetime) -> Download:
    """The scan of a signed consent, for whoever may see its case.  Raises NotFound."""
    with transaction() as store:
        row = store.extensions.row(extension_id)
        if row is None or row.scan_sha256 is None:
            raise NotFound("Persetujuan tertulis tidak ditemukan.")
        acting.seen(store, row.case_id, acting.actor(store, by, at))
        kept = store.documents.file(row.scan_sha256)
        return Download("persetujuan-perpanjangan", kept.media_type, files.get(row.scan_sha256))
