"""Opening an application, withdrawing, holding, re-opening, noting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from app.clock import WIB
from app.operations import acting, case_guards, idempotency, mentions, personal
from app.operations.carrying_out import carry_out
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from app.store.ids import code, uuid7
from engine import access, reasons
from engine import case as engine
from engine.access import Actor
from engine.case import Facts, Step
from engine.catalogue import Permit
from engine.effects import Notify
from engine.errors import NotAllowed, NotFound, Refused, Sentence, SubmissionInvalid

CATEGORIES = ("perorangan", "badan", "instansi")
LONGEST_HOLD = 90  # days, where a release names none


@dataclass(frozen=True)
class Opened:
    case_id: UUID
    task_id: UUID
    tracking_code: str


@retried
def identified(written: str) -> UUID:
    """The case of a registration number, a tracking code or an id, as people write them.  Raises NotFound."""
    with transaction() as store:
        found = store.cases.named(written.strip(), _as_id(written))
        if found is None:
            raise NotFound(f"Tidak ada berkas {written.strip()[:80]}.")
        return found


def _as_id(written: str) -> UUID | None:
    try:
        return UUID(written.strip())
    except ValueError:
        return None


@retried
def open_case(
    permit: str,
    kind: str,
    category: str,
    by: UUID,
    at: datetime,
    applicant: UUID | None = None,
    key: UUID | None = None,
) -> Opened:
    """Start an application: by the applicant, or at the counter for `applicant`.

    Raises SubmissionInvalid for a permit, kind or category that is not offered.
    """
    with transaction() as store:
        before = idempotency.begin(store, key, by, idempotency.fingerprint("open", f"{permit}/{kind}/{applicant}"), at)
        if before is not None:
            return Opened(UUID(before["case"]), UUID(before["task"]), before["code"])
        who = acting.actor(store, by, at)
        owner = _owner(store, who, applicant, at)
        deployment = store.deployments.active()
        offered = _offered(deployment.catalogue.permits.get(permit), kind, category)
        if store.steps.suspended(deployment.id, offered.process):
            raise Refused("Permohonan izin ini sedang ditangguhkan sementara; silakan kembali beberapa saat lagi.")
        facts = Facts(permit, kind, owner.id, category, channel="daring" if owner.id == by else "loket", filed_by=by)
        step = engine.open_case(uuid7(), deployment, facts, who, at)
        held = _add(store, step, owner, at)
        task = next(one for one in held.case.tasks if one.role == access.APPLICANT)
        told = {"case": str(held.id), "task": task.id, "code": held.tracking_code}
        idempotency.answer(store, key, told)
        return Opened(held.id, UUID(task.id), held.tracking_code)


def _owner(store: Store, who: Actor, applicant: UUID | None, at: datetime) -> Actor:
    if applicant is None or applicant == who.id:
        if who.kind != "applicant":
            raise NotAllowed("Pilih dahulu pemohon yang dibantu.")
        return who
    access.require(who, "file_for_applicant")
    found = store.people.actor(applicant, at.astimezone(WIB).date())
    if found is None or found.kind != "applicant":
        raise NotFound("Pemohon tidak ditemukan.")
    return found


def _offered(permit: Permit | None, kind: str, category: str) -> Permit:
    if permit is None or not permit.active:
        raise SubmissionInvalid({"izin": "Izin ini tidak dilayani di sini"})
    if kind not in permit.kinds:
        raise SubmissionInvalid({"jenis": "Jenis permohonan ini belum dilayani untuk izin tersebut"})
    if category not in CATEGORIES:
        raise SubmissionInvalid({"kategori": "Pilih kategori pemohon"})
    if not permit.offered_to(category):
        raise SubmissionInvalid({"kategori": "Izin ini tidak diberikan kepada kategori pemohon tersebut"})
    return permit


def _add(store: Store, step: Step, owner: Actor, at: datetime) -> Held:
    """Found by name and NIK from the first moment on, those of the account until the application states its own."""
    store.calendars.stand_still()
    world, revision = store.calendars.world(), store.calendars.revision()
    nik = store.people.row(owner.id).nik
    known = personal.nik_columns(nik) if nik else {}
    return store.cases.add(step, world, revision, at, tracking_code=code(10), applicant_name=owner.name, **known)


@retried
def withdraw(
    case_id: UUID, by: UUID, at: datetime, key: UUID | None = None, reason: str = "", letter: str = ""
) -> UUID:
    """Withdraw an application; possible until the signature (the process must be waiting for it).

    The counter does it only on the applicant's written request: `letter` names it,
    `reason` is the applicant's; both go into the file's notes.  Raises
    SubmissionInvalid where they are missing, Refused, CaseSuspended, NotAllowed.
    """
    with transaction() as store:
        if idempotency.begin(store, key, by, idempotency.fingerprint("withdraw", case_id), at) is not None:
            return case_id
        who = acting.actor(store, by, at)
        held = acting.locked(store, case_id, who)
        case_guards.require_withdrawing(held, who)
        _note_request(store, held, who, reason.strip(), letter.strip(), at)
        # A proof that lies at the treasurer's counts too: money must not be forgotten with the file.
        paid = held.paid or store.payments.counting(case_id) > 0
        step = engine.receive(held.case, case_guards.WITHDRAW, {"sudah_bayar": paid}, who, at)
        step = replace(step, effects=(*step.effects, Notify("dicabut", "pemohon")))
        carry_out(store, held, step, at)
        idempotency.answer(store, key, {"case": str(case_id)})
        return case_id


def _note_request(store: Store, held: Held, who: Actor, reason: str, letter: str, at: datetime) -> None:
    """What the withdrawal rests on; the applicant himself needs to give no reason."""
    if who.id != held.case.facts.applicant:
        errors = {"alasan_cabut": wrong} if (wrong := reasons.fault(reason, "Alasan pemohon")) else {}
        if len(letter) < 3:
            errors["surat_cabut"] = "Nomor atau tanggal surat permohonan pencabutan wajib diisi"
        if errors:
            raise SubmissionInvalid(errors)
        reason = f"Dicabut loket atas surat pemohon {letter[:200]}: {reason}"
    elif wrong := reasons.too_long(reason):
        raise SubmissionInvalid({"alasan_cabut": wrong})
    if reason:
        store.cases.add_note(uuid7(), held.id, who.id, at, reason)


@retried
def reopen(case_id: UUID, reason: str, by: UUID, at: datetime) -> UUID:
    """Open a closed file again within 30 days (ruling 43); the same count goes on."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "reopen_case")
        held = acting.locked(store, case_id, who)
        reason = reasons.require(reason)
        case_guards.require_reopening(held, who)
        step = engine.receive(held.case, case_guards.REOPEN, {"pada": at.isoformat()}, who, at)
        doing = acting.doing(step.case, at, who.id, "KB")
        told = doing.event("case_reopened", "", None)
        store.cases.add_note(uuid7(), case_id, by, at, f"Dibuka kembali: {reason}")
        effects = (*step.effects, Notify("dibuka_kembali", "pemohon"))
        carry_out(store, held, Step(step.case, (told, *step.events), effects), at)
        return case_id


@retried
def ask_hold(
    case_id: UUID, reason: str, until: datetime | None, by: UUID, at: datetime, key: UUID | None = None
) -> UUID:
    """The applicant asks that the file stand still for a while (ruling 42); returns the request.

    Sent again under the same `key` it answers the request made the first time, though it be answered meanwhile.
    Raises SubmissionInvalid, Refused, CaseSuspended, NotAllowed, NotFound.
    """
    with transaction() as store:
        print_ = idempotency.fingerprint("hold", case_id, {"alasan": [reason], "sampai": [str(until)]})
        before = idempotency.begin(store, key, by, print_, at)
        if before is not None:
            return UUID(before["hold"])
        who = acting.actor(store, by, at)
        held = acting.locked(store, case_id, who)
        case_guards.require_asking_hold(held, who)
        errors = {"alasan": wrong} if (wrong := reasons.fault(reason)) else {}
        if until is not None and until.astimezone(WIB).date() <= at.astimezone(WIB).date():
            errors["sampai"] = "Tanggal harus sesudah hari ini"
        elif until is not None and until > at + _longest_hold(held):
            errors["sampai"] = _too_long(held)
        if errors:
            raise SubmissionInvalid(errors)
        if any(one.status == "asked" for one in store.cases.holds(case_id)):
            raise SubmissionInvalid({"alasan": "Permintaan penundaan sebelumnya belum dijawab"})
        id = uuid7()
        store.cases.ask_hold(id, case_id, by, at, reason.strip(), until)
        doing = acting.doing(held.case, at, by, access.APPLICANT)
        told = (doing.event("hold_asked", "", None, hold=str(id)),)
        carry_out(store, held, Step(held.case, told, (Notify("penundaan_diminta", "KS"),)), at)
        idempotency.answer(store, key, {"hold": str(id)})
        return id


def _longest_hold(held: Held) -> timedelta:
    """How long a file may stand still at its applicant's wish: a setting of its release."""
    days = int(held.case.deployment.catalogue.settings.get("penundaan_terlama_hari", LONGEST_HOLD))
    return timedelta(days=days + 1)


def _too_long(held: Held) -> str:
    return Sentence("Penundaan paling lama %(n)s hari", n=_longest_hold(held).days - 1)


@retried
def decide_hold(hold_id: UUID, granted: bool, until: datetime | None, answer: str, by: UUID, at: datetime) -> UUID:
    """The Kasi grants a hold with its end, or refuses it with a reason; both sides see it."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "grant_hold")
        row = store.cases.hold(hold_id)
        if row is None:
            raise NotFound("Permintaan penundaan tidak ditemukan.")
        if row.status != "asked":
            raise Refused("Permintaan penundaan ini sudah dijawab.")
        held = acting.locked(store, row.case_id, who)
        step = _granted(held, until, who, at) if granted else _refused(held, answer, who, at)
        status = "granted" if granted else "refused"
        values = {"status": status, "decided_by": by, "decided_at": at, "answer": answer.strip()}
        store.cases.decide_hold(hold_id, until=until if granted else None, **values)
        answered = replace(step, effects=(*step.effects, Notify("penundaan_dijawab")))
        carry_out(store, held, answered, at)
        return held.id


def _granted(held: Held, until: datetime | None, who: Actor, at: datetime) -> Step:
    if until is None:
        raise SubmissionInvalid({"sampai": "Tanggal akhir penundaan wajib diisi"})
    if until.astimezone(WIB).date() <= at.astimezone(WIB).date():  # as it may be asked for: a day is the least
        raise SubmissionInvalid({"sampai": "Penundaan berakhir paling cepat besok"})
    if until > at + _longest_hold(held):
        raise SubmissionInvalid({"sampai": _too_long(held)})
    return engine.grant_hold(held.case, until, who, at)


def _refused(held: Held, answer: str, who: Actor, at: datetime) -> Step:
    reasons.require(answer, "jawaban", "Jawaban kepada pemohon")
    doing = acting.doing(held.case, at, who.id, "KS")
    return Step(held.case, (doing.event("hold_refused", "", None),))


@retried
def add_note(
    case_id: UUID, body: str, by: UUID, at: datetime, key: UUID | None = None, named: Collection[UUID] = ()
) -> None:
    """An internal note, apart from the record; sent again under the same `key` it stands there once.

    `named`: colleagues who are to read it.  Raises SubmissionInvalid at `catatan`, `sebut`.
    """
    with transaction() as store:
        if idempotency.begin(
            store,
            key,
            by,
            idempotency.fingerprint("note", case_id, {"catatan": [body], "sebut": sorted(map(str, named))}),
            at,
        ):
            return
        who = acting.actor(store, by, at)
        access.require(who, "add_note")
        held = acting.seen(store, case_id, who)
        if not body.strip():
            raise SubmissionInvalid({"catatan": "Catatan masih kosong"})
        id = uuid7()
        store.cases.add_note(id, held.id, by, at, body.strip()[:4000])
        mentions.keep(store, held, id, body.strip(), named, who, at)
        idempotency.answer(store, key, {"case": str(held.id)})


__all__ = ["Opened", "add_note", "ask_hold", "decide_hold", "open_case", "reopen", "withdraw"]
