"""Issuing letters: values are frozen with the number, the file is rendered from them and stored by checksum."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app import letters
from app.clock import WIB
from app.letters.signing import WET
from app.operations import assessing, control_card, estimating, office_settings, signatories, signatures
from app.operations.work import Work, reserve
from app.store import Store, files
from app.store.cases import Held
from app.store.ids import code, uuid7
from engine import reserved
from engine.case import Case, Step, read_clock
from engine.catalogue import LetterKind, Permit
from engine.catalogue.validity import day_of, valid_until
from engine.deployment import Deployment
from engine.forms import told
from engine.levy import in_words

# The demonstration office lets the files follow through the outbox; the letters' values are frozen all the same.
LATER: ContextVar[bool] = ContextVar("letters_later", default=False)

MEDIA = "application/pdf"
CARD = "kartu_kendali"


def issue(work: Work, kind: str, **columns: Any) -> UUID:
    """Freeze, number and render one letter of the case; returns its id."""
    letter = work.case.deployment.catalogue.letters[kind]
    given = reserve(work, letter.register) if letter.register and letter.register != "PENDAFTARAN" else ""
    if letter.register == "PENDAFTARAN":
        given = str(work.columns.get("number", work.held.number) or "")
    id, secret = uuid7(), code(12)
    values = frozen(work, letter, given, secret)
    work.store.documents.add_letter(
        id,
        values,
        work.at,
        case_id=work.held.id,
        kind=kind,
        number=given,
        template_checksum=checksum(work.case, letter),
        deployment_id=work.case.deployment.id,
        verification_code=secret,
        **_in_ink(work, letter),
        **columns,
    )
    work.tell("letter_issued", letter=kind, number=given, id=str(id))
    if LATER.get():
        work.store.outbox.put(work.name(), work.held.id, "letter", {"letter": str(id)}, work.at)
    else:
        render_file(work.store, id, work.case.deployment, letter, values, work.at)
    if kind == "skrd":
        _number_assessment(work, given)
    return id


def _in_ink(work: Work, letter: LetterKind) -> dict[str, Any]:
    """Who is to sign a letter by hand, and when it was issued for that; it counts as signed once its scan is there."""
    if not letter.by_hand:
        return {}
    return {"signing_way": WET, "signed_by": signatories.sender(work, letter), "signed_at": work.at}


def _number_assessment(work: Work, given: str) -> None:
    found = work.store.payments.assessment(work.held.id, "SKRD")
    if found is not None:
        work.store.payments.set_assessment(found.id, number=given)


def checksum(case: Case, letter: LetterKind) -> str:
    return hashlib.sha256(case.deployment.letters.get(letter.template, b"")).hexdigest()


def render_file(
    store: Store, id: UUID, deployment: Deployment, letter: LetterKind, values: dict[str, Any], at: datetime
) -> str:
    """Make the file of a letter from its frozen values; returns its SHA-256."""
    content = letters.render(letter.template, deployment.letters, values)
    sha256 = files.put(content)
    store.documents.add_file(sha256, len(content), MEDIA, 1, at)
    store.documents.set_letter(id, sha256=sha256)
    signatures.vouch(store, id)
    return sha256


def draft(store: Store, held: Held, kind: str, at: datetime, marked: bool = True) -> bytes:
    """A letter as it would be issued now, kept nowhere; marked as a draft unless it is printed for signing.

    The Kartu Kendali is no letter that is issued: it is printed as it stands.
    """
    work = Work(store, held, Step(held.case, ()), at)
    letter = held.case.deployment.catalogue.letters[kind]
    kept = store.numbers.of_case(held.id, letter.register) or ""
    values = frozen(work, letter, kept, "") | {"rancangan": marked}
    if kind == CARD:
        values |= {"rancangan": False, **control_card.values(work)}
    made: bytes = letters.render(letter.template, held.case.deployment.letters, values)
    return made


def frozen(work: Work, letter: LetterKind, given: str, secret: str) -> dict[str, Any]:
    """Everything a template may read, as plain JSON.

    Keys: surat, kantor, berkas, pemohon, isian (latest values by step),
    persyaratan, penandatangan, retribusi, jam, tim.
    """
    case, held, catalogue = work.case, work.held, work.case.deployment.catalogue
    permit = catalogue.permits[case.facts.permit]
    answers = latest(work.store, held)
    applied = answers.get("ajukan", {}) | answers.get("lengkapi", {})
    settings = office_settings.effective(work.store, catalogue)
    return {
        "rancangan": False,
        "surat": {
            "kode": letter.code,
            "judul": letter.title,
            "nomor": given,
            "tanggal": work.at.astimezone(WIB).date().isoformat(),
            "kode_verifikasi": secret,
            "nik_penuh": letter.full_nik,
            "alamat_verifikasi": f"{settings.get('public_url', '')}/periksa/{secret}" if secret else "",
        },
        "kantor": settings,
        "berkas": {
            "nomor": str(work.columns.get("number", held.number) or ""),
            "kode_lacak": held.tracking_code,
            "izin": permit.code,
            "nama_izin": permit.name,
            "produk": permit.product,
            "dasar_hukum": permit.basis,
            "masa_berlaku": permit.validity,
            **_validity(case, permit, answers.get("susun_naskah", {}), applied, work.at.astimezone(WIB).date()),
            "jenis": case.facts.kind,
            "kanal": case.facts.channel,
            "diajukan": (held.submitted_at or held.opened_at).astimezone(WIB).isoformat(),
            "keadaan": catalogue.states[case.state].label,
        },
        "pemohon": applied,
        "isian": answers,
        "persyaratan": requirements(work, answers),
        "penandatangan": signatories.signatory(work, letter),
        "retribusi": levy(work, answers),
        "jam": promise(work),
        "perkiraan": estimating.estimate(work, applied) if letter.code == "tanda_terima" else {},
        "tanda_tangan": dict(signatures.mark(letter.code, answers)),
        "wilayah": {one.code: one.name for one in catalogue.areas.values() if case.facts.area.startswith(one.code)},
        "tenggat": {one.name: spoken_budget(one.budget) for one in catalogue.terms.values()},
        "perangkat_daerah": {one.code: one.name for one in catalogue.agencies.values()},
        "nama_pegawai": staff(work),
    }


def _validity(
    case: Case, permit: Permit, drafted: Mapping[str, Any], applied: Mapping[str, Any], day: date
) -> dict[str, str]:
    """From and until when a permit issued today is good; what the drafter wrote wins, "" without an end.

    A new permit is never good before the day of its decree, though its draft waited for that.
    """
    start = day_of(drafted.get("berlaku_mulai")) or day
    start = max(start, day) if case.facts.kind == "baru" else start
    end = day_of(drafted.get("berlaku_sampai")) or valid_until(permit, start, applied)
    return {"berlaku_mulai": start.isoformat(), "berlaku_sampai": end.isoformat() if end else ""}


def latest(store: Store, held: Held) -> dict[str, Any]:
    """The latest answer to every step, with its outcome and reason; a step of several agencies is a list.

    A new appointment makes earlier inspections `tinjauan_lalu`: one record tells of one visit.
    """
    found: dict[str, Any] = {}
    for one in store.cases.submissions(held.id):
        answer = {**one.values, reserved.OUTCOME: one.outcome, reserved.BECAUSE: one.reason}
        answer |= {reserved.DONE_BY: str(one.by), reserved.DONE_AT: one.at.astimezone(WIB).isoformat()}
        if one.element in ("tinjauan", "kajian"):
            found.setdefault(one.element, []).append(answer)
        else:
            found[one.element] = answer
        if one.element == "jadwalkan":
            found.setdefault("tinjauan_lalu", []).extend(found.pop("tinjauan", ()))
    return found


def requirements(work: Work, answers: dict[str, Any]) -> list[dict[str, str]]:
    """Each requirement with the result of the last checks, for receipts and return letters."""
    facts, catalogue = work.case.facts, work.case.deployment.catalogue
    complete = answers.get("periksa_kelengkapan", {}).get("kelengkapan", {})
    valid = answers.get("verifikasi_keabsahan", {}).get("keabsahan", {})
    rows = []
    for one in catalogue.requirements_of(facts.permit, facts.kind, facts.category):
        checked, verified = complete.get(one.code, {}), valid.get(one.code, {})
        rows.append(
            {
                "kode": one.code,
                "nama": one.name,
                "status": str(checked.get("status", "")),
                "keabsahan": str(verified.get("hasil", "")),
                "catatan": str(verified.get("catatan") or checked.get("catatan") or ""),
            }
        )
    return rows


def _calculated_from(work: Work, answers: Mapping[str, Any]) -> list[list[str]]:
    """What the levy was calculated from, as [label, text] in the words of the calculator's form."""
    facts, deployment = work.case.facts, work.case.deployment
    values = answers.get("hitung_ulang") or answers.get("hitung_retribusi")
    if not values or "hitung_retribusi" not in deployment.forms:
        return []
    form = deployment.form("hitung_retribusi", facts.permit, facts.category)
    return [[label, text] for label, text in told(form, values, {})]


def levy(work: Work, answers: Mapping[str, Any]) -> dict[str, Any]:
    skrd = work.store.payments.assessment(work.held.id, "SKRD")
    if skrd is None:
        return {}
    strd = work.store.payments.assessment(work.held.id, "STRD")
    interest = int(strd.interest) if strd else 0
    total = int(skrd.principal) + interest
    paid = work.store.payments.of_case(work.held.id)
    sanction = work.case.deployment.catalogue.tariff_on(assessing.SANCTION, work.at.astimezone(WIB).date())
    return {
        "tarif_bunga": str(sanction.content["rate_per_month"]) if sanction else "",
        "versi_bunga": sanction.version if sanction else "",
        "nomor_skrd": skrd.number,
        "data": _calculated_from(work, answers),
        "rincian": assessing.calculation_of(work),
        "pokok": int(skrd.principal),
        "bunga": interest,
        "bulan": int(strd.months) if strd else 0,
        "total": total,
        "terbilang": in_words(total),
        "jatuh_tempo": skrd.due_at.astimezone(WIB).date().isoformat() if skrd.due_at else "",
        "tanggal_skrd": skrd.assessed_at.astimezone(WIB).date().isoformat(),
        "pembayaran": [
            {"nomor_referensi": one.reference, "jumlah": int(one.amount), "tanggal": one.paid_on, "status": one.status}
            for one in paid
        ],
    }


def spoken_budget(budget: str) -> str:
    """7 hk -> 7 hari kerja"""
    return budget.replace("hk", "hari kerja")


def promise(work: Work) -> dict[str, Any]:
    """The service clock as the receipt tells it; computed, never read from a cache."""
    clock = work.case.clock("L")
    if clock is None or not clock.events:
        return {}
    reading = read_clock(work.case, clock, work.store.calendars.world(), work.at)
    return {
        "standar": clock.budget,
        "dasar": clock.basis,
        "mulai": reading.started_at.astimezone(WIB).isoformat() if reading.started_at else "",
        "janji": reading.promised_at.astimezone(WIB).isoformat() if reading.promised_at else "",
        "tanpa_janji": reading.no_promise_because or "",
    }


def staff(work: Work) -> dict[str, str]:
    """Names of the officials this case's letters may print, by id."""
    ids = {one.by for one in work.case.done} | {UUID(one) for one in _members(work)}
    return {str(id): name for id, name in work.store.people.names(ids).items()}


def _members(work: Work) -> set[str]:
    planned = latest(work.store, work.held).get("jadwalkan", {})
    chosen = [*planned.get("anggota", ()), planned.get("ketua", "")]
    return {str(one) for one in chosen if one}
