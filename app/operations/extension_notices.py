"""What applicants and officials are told of a promise that may be extended, and when it was."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from app.clock import WIB
from app.operations.notifying import long_day
from app.store import Store
from app.store.cases import Held

ASKED, ANSWERED = "perpanjangan_diusulkan", "perpanjangan_dijawab"


def ask(store: Store, held: Held, id: UUID, day: date, until: datetime, words: str, at: datetime) -> None:
    """Under the question's own id, so that a repeat of the delivery is recognised."""
    permit = held.case.deployment.catalogue.permits[held.case.facts.permit].name
    new = _long(day)
    body = (
        f"Yth. {held.applicant_name},\n\nJanji layanan permohonan {permit} Anda adalah {long_day(until)}. Kami meminta "
        f"persetujuan Anda untuk memperpanjangnya sampai {new}, dengan alasan:\n\n{words}\n\n"
        "Anda bebas menyetujui atau menolak pada halaman berkas Anda, atau dengan surat di loket, sebelum janji "
        "sekarang lewat. Sebelum Anda setuju tidak ada tanggal yang berubah; bila Anda menolak atau tidak menjawab, "
        f"janji sekarang tetap berlaku.\n\nKode lacak: {held.tracking_code}"
    )
    subject = f"Permintaan persetujuan perpanjangan janji: {held.number or permit}"
    _send(store, held, id, held.case.facts.applicant, ASKED, subject, body, at)


def _send(store: Store, held: Held, id: UUID, to: UUID, notice: str, subject: str, body: str, at: datetime) -> None:
    payload = {"to": str(to), "notice": notice, "subject": subject, "body": body}
    store.outbox.put(id, held.id, "message", payload, at)


def confirm(store: Store, held: Held, row: Any, notice: UUID, at: datetime) -> None:
    """The notice that the register of promises names."""
    new = _long(row.day)
    subject = f"Janji layanan diperpanjang: {held.number or held.tracking_code}"
    body = (
        f"Yth. {held.applicant_name},\n\nPersetujuan Anda sudah dicatat. Janji semula {long_day(row.promised_at)}; "
        f"janji sekarang {new}. Batas hukum permohonan Anda tidak berubah.\n\nKode lacak: {held.tracking_code}"
    )
    _send(store, held, notice, held.case.facts.applicant, ANSWERED, subject, body, at)


def tell_proposer(store: Store, held: Held, row: Any, what: str, at: datetime) -> None:
    number = held.number or held.tracking_code
    subject = f"Pemohon {what} perpanjangan: {number}"
    body = f"Pemohon berkas {number} {what} usul Anda memperpanjang janji layanan."
    _send(store, held, uuid5(row.id, "proposer"), row.proposed_by, ANSWERED, subject, body, at)


def _long(day: date) -> str:
    return long_day(datetime(day.year, day.month, day.day, 12, tzinfo=WIB))
