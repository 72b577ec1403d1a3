"""Disposisi: a superior hands a file to a subordinate with an instruction; and a question to a colleague about it.

Words among officials, as ruled by nobody's process: neither touches what the file's process demands, nor any clock.
A question to the applicant is something else (app.operations.asking).  Nothing is edited; each is ended once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from app.clock import WIB
from app.operations import acting, idempotency
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from app.store.ids import uuid7
from engine import access, reasons
from engine.access import Actor
from engine.errors import NotAllowed, NotFound, Refused, SubmissionInvalid
from engine.forms.values import clean

INSTRUCTION, QUESTION = "DISPOSISI", "TANYA"
KINDS = (INSTRUCTION, QUESTION)
LONGEST_TERM = 366
NEAR = 1  # days before the last one, from which on it is reminded of
NOTICE = "disposisi"
NAMED = {INSTRUCTION: "Disposisi", QUESTION: "Pertanyaan rekan"}
ENDED = {("DISPOSISI", "ANSWER"): "disposition_done", ("TANYA", "ANSWER"): "colleague_answered"}


@dataclass(frozen=True)
class Given:
    """What is put to whom about a file; `unread`: faults of what was typed."""

    kind: str
    body: str
    to_person: UUID | None
    due_on: date | None = None
    unread: Mapping[str, str] = field(default_factory=dict)


def stands(row: Any) -> str:
    """ "terbuka", "selesai" or "ditarik"."""
    return {"ANSWER": "selesai", "TAKEN_BACK": "ditarik"}.get(row.end_kind or "", "terbuka")


def late(row: Any, today: date) -> bool:
    return row.end_kind is None and row.due_on is not None and bool(row.due_on < today)


def named(row: Any) -> str:
    """ "Disposisi 014/SIPB/2026" """
    return f"{NAMED[row.kind]} {row.number or row.tracking_code}"


def seen(store: Store, case_id: UUID, who: Actor) -> Held:
    """A file as an official sees it; raises NotFound for anybody else."""
    if who.kind != "official":
        raise NotFound("Berkas tidak ditemukan.")
    return acting.seen(store, case_id, who)


def colleagues(store: Store, at: datetime) -> tuple[Actor, ...]:
    """The officials of today with their roles, by name."""
    day = at.astimezone(WIB).date()
    found = (store.people.actor(row.id, day) for row in store.people.officials())
    return tuple(one for one in found if one)


def able(who: Actor, others: tuple[Actor, ...], held: Held, kind: str) -> tuple[Actor, ...]:
    """To whom something of this kind can be put: who may see the file and has no stake in it."""
    instructed = kind == INSTRUCTION
    return tuple(one for one in others if not access.barred_as_addressee(who, one, held.case, instructed))


@retried
def give(case_id: UUID, given: Given, by: UUID, at: datetime, key: UUID | None = None) -> UUID:
    """Put an instruction, or a question, about a file to a colleague, who is told; its id.

    Raises NotFound unless the file may be seen, NotAllowed, Refused (an instruction about a closed file),
    SubmissionInvalid at `macam`, `isi`, `kepada`, `tenggat`.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        held = seen(store, case_id, who)
        if given.kind in KINDS:
            require(who, held, given.kind)
        before = idempotency.begin(store, key, by, idempotency.fingerprint("dispositions.give", (case_id, given)), at)
        if before is not None:
            return UUID(str(before))
        if errors := _faults(store, held, given, who, at):
            raise SubmissionInvalid(errors)
        id = _kept(store, held, given, by, at)
        idempotency.answer(store, key, str(id))
        return id


def require(who: Actor, held: Held, kind: str) -> None:
    """Raises NotAllowed: instructions are the superiors', questions anybody's who works on files; Refused."""
    access.require(who, "give_disposition" if kind == INSTRUCTION else "ask_colleague")
    if who.id == held.case.facts.applicant:
        raise NotAllowed("Anda tidak boleh menangani permohonan Anda sendiri.")
    if kind == INSTRUCTION and held.case.closed:
        raise Refused("Berkas ini sudah ditutup; tidak ada lagi yang dapat didisposisikan.")


def _kept(store: Store, held: Held, given: Given, by: UUID, at: datetime) -> UUID:
    id = uuid7()
    values = {"kind": given.kind, "body": given.body.strip(), "to_person": given.to_person, "due_on": given.due_on}
    store.dispositions.add(id, case_id=held.id, by=by, at=at, **values)
    row = store.dispositions.one(id)
    event = "disposition_given" if given.kind == INSTRUCTION else "colleague_asked"
    _told(store, row, event, by, at)
    until = f"\nPaling lambat {row.due_on:%d/%m/%Y}." if row.due_on else ""
    _notify(store, row, row.to_person, "untuk Anda", f"{row.body}{until}", at)
    return id


def _told(store: Store, row: Any, event: str, by: UUID, at: datetime) -> None:
    """In the office's chain, by which it is known that nothing was slipped in or lost; the words stay in the row."""
    store.calendars.tell(event, {"disposition": str(row.id), "case": str(row.case_id)}, by, at)


def _notify(store: Store, row: Any, to: UUID, what: str, body: str, at: datetime, when: str = "") -> None:
    """`when`: sets apart what is said again on another day."""
    payload = {"to": str(to), "notice": NOTICE, "subject": f"{named(row)} {what}", "body": body}
    store.outbox.put(uuid5(row.id, f"{what}{when}"), None, "message", payload, at)


def _faults(store: Store, held: Held, given: Given, who: Actor, at: datetime) -> dict[str, str]:
    errors, today = dict(given.unread), at.astimezone(WIB).date()
    if given.kind not in KINDS:
        errors["macam"] = "Pilih salah satu dari daftar"
    if wrong := reasons.fault(clean(given.body), "Isi"):
        errors["isi"] = wrong
    if given.to_person not in {one.id for one in able(who, colleagues(store, at), held, given.kind)}:
        errors["kepada"] = "Pilih pegawai dari daftar: yang boleh melihat berkas ini, dan untuk disposisi bawahan Anda"
    if given.due_on and given.due_on < today:
        errors["tenggat"] = "Tenggat sudah lewat"
    if given.due_on and given.due_on > today + timedelta(days=LONGEST_TERM):
        errors["tenggat"] = "Tenggat lebih dari setahun; periksa tahunnya"
    return errors


@retried
def answer(id: UUID, text: str, by: UUID, at: datetime) -> None:
    """Say what was done, or answer; only by whom it was put to; sent twice it stands once.

    Raises NotFound unless the file may be seen, NotAllowed, Refused once it is ended, SubmissionInvalid at `jawaban`.
    """
    _end(id, "ANSWER", text, ("jawaban", "Jawaban"), by, at)


@retried
def take_back(id: UUID, text: str, by: UUID, at: datetime) -> None:
    """Take back what was not answered yet, for a reason; only by who gave it.

    Raises as `answer`, SubmissionInvalid at `alasan_tarik`.
    """
    _end(id, "TAKEN_BACK", text, ("alasan_tarik", "Mengapa ditarik kembali"), by, at)


def _end(id: UUID, kind: str, text: str, field: tuple[str, str], by: UUID, at: datetime) -> None:
    with transaction() as store:
        row = store.dispositions.lock(id)
        if row is None:
            raise NotFound("Disposisi tidak ditemukan.")
        seen(store, row.case_id, acting.actor(store, by, at))
        _require_ending(row, kind, by)
        body = reasons.require(clean(text), *field)
        if (row.end_kind, row.end_body, row.end_by) == (kind, body, by):
            return
        if row.end_kind is not None:
            raise Refused("Ini sudah selesai atau sudah ditarik kembali.")
        store.dispositions.end(uuid7(), id, kind=kind, body=body, by=by, at=at)
        _told(store, row, ENDED.get((row.kind, kind), "disposition_taken_back"), by, at)
        to, what = (row.by, "dijawab") if kind == "ANSWER" else (row.to_person, "ditarik kembali")
        _notify(store, row, to, what, body, at)


@retried
def remind(at: datetime) -> int:
    """Remind whoever has something with a day open, from the day before it on, once a day; how many."""
    with transaction() as store:
        today = at.astimezone(WIB).date()
        owed = store.dispositions.due(today + timedelta(days=NEAR))
        for row in owed:
            what = "lewat tenggatnya" if row.due_on < today else "mendekati tenggatnya"
            body = f"{row.body}\nTenggatnya {row.due_on:%d/%m/%Y}; belum dijawab."
            _notify(store, row, row.to_person, what, body, at, f":{today}")
        return len(owed)


def _require_ending(row: Any, kind: str, by: UUID) -> None:
    if kind == "ANSWER" and row.to_person != by:
        raise NotAllowed("Hanya pegawai yang dituju yang dapat menjawab.")
    if kind == "TAKEN_BACK" and row.by != by:
        raise NotAllowed("Hanya pemberinya yang dapat menarik kembali.")
