"""Temuan: what a supervisor finds and puts to an official, who answers by a day; it is closed, or asked again.

Nothing is taken back or edited; each entry stands with who wrote it and when (domain 2.2, SV).  A finding touches no
file and no clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID, uuid5

from app.clock import WIB
from app.operations import acting, finding_files, idempotency
from app.operations.finding_files import Checked, Sent, reads
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.findings import Sieve
from app.store.ids import uuid7
from engine import access, reasons
from engine.access import Actor
from engine.catalogue import Catalogue
from engine.clocks import Budget, Clock, ClockEvent, World, read
from engine.errors import NotAllowed, NotFound, Refused, Sentence, SubmissionInvalid
from engine.forms.values import clean

SETTING = "temuan"
SEVERITIES = ("rendah", "sedang", "tinggi")
LONGEST_GROUND, LONGEST_TERM = 200, 366
NEAR = 2  # days before the last one, from which on the answer is reminded of
Verdict = Literal["RETURN", "CLOSE"]
TOLD = {"RETURN": "finding_returned", "CLOSE": "finding_closed"}


@dataclass(frozen=True)
class Found:
    """What is put to somebody; `case`: a number, a tracking code, an id or "".  `unread`: faults of what was typed."""

    category: str
    severity: str
    body: str
    ground: str
    to_person: UUID | None
    due_on: date | None
    case: str = ""
    sample_id: UUID | None = None
    declaration_id: UUID | None = None
    unread: Mapping[str, str] = field(default_factory=dict)


def numbered(row: Any) -> str:
    """ "T-2026-004" """
    return f"T-{row.year}-{row.seq:03d}"


def stands(row: Any) -> str:
    """ "terbuka" (also when its answer was returned), "dijawab" or "ditutup"."""
    return {"ANSWER": "dijawab", "CLOSE": "ditutup"}.get(row.last_kind or "", "terbuka")


def late(row: Any, today: date) -> bool:
    return stands(row) == "terbuka" and bool(row.due_on < today)


def term(catalogue: Catalogue, world: World, at: datetime) -> date | None:
    """The last day for an answer by the office's own calendar (working days of the setting `temuan`, "contoh")."""
    days = int(catalogue.settings[SETTING]["hari_kerja"])
    begun = ClockEvent(1, "START", at, at)
    until = read(Clock("TEMUAN", Budget.parse(f"{days} hk"), events=(begun,)), World(world.calendar), at).promised_at
    return until.astimezone(WIB).date() if until else None


@retried
def record(found: Found, by: UUID, at: datetime, key: UUID | None = None, sent: Sequence[Sent] = ()) -> UUID:
    """Keep a finding with its evidence under the next number of its year and tell whoever it is put to; its id.

    Raises NotAllowed, SubmissionInvalid at `golongan`, `bobot`, `uraian`, `dasar`, `kepada`, `tenggat`, `berkas`,
    `lampiran`.
    """
    papers, wrong = _checked(sent)
    with transaction() as store:
        access.require(acting.actor(store, by, at), "record_finding")
        asked = idempotency.fingerprint("findings.record", (found, [one.sha256 for one in papers]))
        before = idempotency.begin(store, key, by, asked, at)
        if before is not None:
            return UUID(str(before))
        case_id = _case(store, found)
        if errors := _faults(store, found, case_id, by, at.astimezone(WIB).date()) | wrong:
            raise SubmissionInvalid(errors)
        id = _kept(store, found, case_id, papers, by, at)
        idempotency.answer(store, key, str(id))
        return id


def _checked(sent: Sequence[Sent]) -> tuple[tuple[Checked, ...], dict[str, str]]:
    """The files, or what is wrong with them: told together with the other faults."""
    try:
        return finding_files.checked(sent), {}
    except SubmissionInvalid as invalid:
        return (), dict(invalid.errors)


def _kept(store: Store, found: Found, case_id: UUID | None, papers: Sequence[Checked], by: UUID, at: datetime) -> UUID:
    id, year = uuid7(), at.astimezone(WIB).year
    values: dict[str, Any] = {"case_id": case_id, "sample_id": found.sample_id, "declaration_id": found.declaration_id}
    values |= {"category": found.category, "severity": found.severity, "body": found.body.strip()}
    values |= {"ground": clean(found.ground), "to_person": found.to_person, "due_on": found.due_on}
    store.findings.add(id, year=year, by=by, at=at, **values)
    finding_files.keep(store, id, 0, papers, by, at)
    row = store.findings.one(id)
    _told(store, row, "finding_recorded", papers, by, at)
    asked = f"{row.body}\nDijawab paling lambat {row.due_on:%d/%m/%Y}."
    _notify(store, row, row.to_person, "perlu jawaban Anda", asked, at)
    return id


def _notify(store: Store, row: Any, to: UUID, what: str, body: str, at: datetime) -> None:
    subject = f"Temuan {numbered(row)} {what}"
    payload = {"to": str(to), "notice": "temuan", "subject": subject, "body": body}
    store.outbox.put(uuid5(row.id, f"{what}:{row.last_place}:{at:%Y-%m-%d}"), None, "message", payload, at)


def _case(store: Store, found: Found) -> UUID | None:
    written = found.case.strip()
    return store.cases.named(written, _as_id(written)) if written else None


def _as_id(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


def _faults(store: Store, found: Found, case_id: UUID | None, by: UUID, today: date) -> dict[str, str]:
    errors = dict(found.unread)
    known = {one["kode"] for one in store.deployments.active().catalogue.settings[SETTING]["golongan"]}
    if found.category not in known:
        errors["golongan"] = "Pilih salah satu dari daftar"
    if found.severity not in SEVERITIES:
        errors["bobot"] = "Pilih salah satu dari daftar"
    if wrong := reasons.fault(clean(found.body), "Uraian"):
        errors["uraian"] = wrong
    if len(clean(found.ground)) > LONGEST_GROUND:
        errors["dasar"] = Sentence("Paling banyak %(n)s huruf", n=LONGEST_GROUND)
    if found.to_person not in {one.id for one in store.people.officials()} or found.to_person == by:
        errors["kepada"] = "Pilih pegawai yang menjawab, orang lain dari Anda"
    if found.case.strip() and case_id is None:
        errors["berkas"] = "Tidak ada berkas dengan nomor ini"
    if found.sample_id and store.samples.one(found.sample_id) is None:
        errors[""] = "Sampel tidak ditemukan."
    if found.declaration_id and not store.calendars.versions(found.declaration_id):
        errors[""] = "Pernyataan tidak ditemukan."
    if "tenggat" not in errors and (wrong := _term_fault(found.due_on, today)):
        errors["tenggat"] = wrong
    return errors


def _term_fault(due_on: date | None, today: date) -> str:
    if due_on is None:
        return "Dijawab paling lambat wajib diisi"
    if due_on < today:
        return "Tenggat sudah lewat"
    return "Tenggat lebih dari setahun; periksa tahunnya" if due_on > today + timedelta(days=LONGEST_TERM) else ""


def _told(store: Store, row: Any, event: str, papers: Sequence[Checked], by: UUID, at: datetime) -> None:
    """In the office's chain, with the hashes of what was put with it."""
    about: dict[str, Any] = {"finding": str(row.id), "number": numbered(row)}
    store.calendars.tell(event, about | ({"files": [one.sha256 for one in papers]} if papers else {}), by, at)


def opened(store: Store, id: UUID, who: Actor) -> Any:
    """A finding that one may read; raises NotFound for any other, as for one that is not there."""
    row = store.findings.one(id)
    if row is None or not reads(row, who):
        raise NotFound("Temuan tidak ditemukan.")
    return row


@retried
def answer(id: UUID, text: str, by: UUID, at: datetime, sent: Sequence[Sent] = ()) -> None:
    """Answer what is put to oneself, with evidence; sent twice it stands once.

    Raises NotFound, NotAllowed for anybody else, Refused once it is answered or closed, SubmissionInvalid at `jawaban`,
    `lampiran`.
    """
    papers, wrong = _checked(sent)
    with transaction() as store:
        row = _locked(store, id, acting.actor(store, by, at))
        if row.to_person != by:
            raise NotAllowed("Hanya pegawai yang dituju yang dapat menjawab temuan ini.")
        body = clean(text)
        if short := reasons.fault(body, "Jawaban"):
            wrong["jawaban"] = short
        if wrong:
            raise SubmissionInvalid(wrong)
        if _sent_twice(store, row, "ANSWER", body, by):
            return
        if stands(row) != "terbuka":
            raise Refused("Temuan ini sudah dijawab atau ditutup.")
        _entered(store, row, "ANSWER", "finding_answered", body, by, at, papers)
        _notify(store, row, row.by, "sudah dijawab", body, at)


@retried
def decide(id: UUID, verdict: Verdict, text: str, by: UUID, at: datetime) -> None:
    """The supervisor sends an answer back with a reason, or closes the finding with what was concluded.

    Raises NotFound, NotAllowed, Refused where nothing was answered or it is closed, SubmissionInvalid at `putusan`.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "record_finding")
        row = _locked(store, id, who)
        body = reasons.require(clean(text), "putusan", "Putusan")
        if _sent_twice(store, row, verdict, body, by):
            return
        if stands(row) == "ditutup":
            raise Refused("Temuan ini sudah ditutup.")
        if verdict == "RETURN" and stands(row) != "dijawab":
            raise Refused("Belum ada jawaban yang dapat dikembalikan.")
        _entered(store, row, verdict, TOLD[verdict], body, by, at)
        _notify(store, row, row.to_person, "ditutup" if verdict == "CLOSE" else "dikembalikan", body, at)


def _locked(store: Store, id: UUID, who: Actor) -> Any:
    row = store.findings.lock(id)
    if row is None or not reads(row, who):
        raise NotFound("Temuan tidak ditemukan.")
    return row


def _sent_twice(store: Store, row: Any, kind: str, body: str, by: UUID) -> bool:
    last = store.findings.entries(row.id)[-1:]
    return any((one.kind, one.body, one.by) == (kind, body, by) for one in last)


def _entered(
    store: Store, row: Any, kind: str, event: str, body: str, by: UUID, at: datetime, papers: Sequence[Checked] = ()
) -> None:
    place = (row.last_place or 0) + 1
    store.findings.enter(uuid7(), row.id, place, kind=kind, body=body, by=by, at=at)
    finding_files.keep(store, row.id, place, papers, by, at)
    _told(store, row, event, papers, by, at)


@retried
def remind(at: datetime) -> int:
    """Remind whoever owes an answer, from two days before its day on, once a day; how many findings."""
    with transaction() as store:
        today = at.astimezone(WIB).date()
        owed = store.findings.listed(Sieve(late=today + timedelta(days=NEAR + 1), limit=None))
        for row in owed:
            what = "lewat tenggatnya" if row.due_on < today else "mendekati tenggatnya"
            body = f"{row.body}\nSeharusnya dijawab paling lambat {row.due_on:%d/%m/%Y}."
            _notify(store, row, row.to_person, what, body, at)
        return len(owed)
