"""Papers and words of a declaration: the SK, the recovery record, the notice, the annotation of breaches."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import office_settings
from app.operations.issuing import LATER, render_file
from app.operations.notifying import long_day
from app.operations.refreshing import Move
from app.store import Store
from app.store.encoding import parse
from app.store.ids import code, uuid7
from engine.numbering import number, scope


def annotate(store: Store, found: Any, row: Any, decree: str, at: datetime) -> None:
    """A breach that the declaration undoes is annotated with it, never deleted."""
    for move in found.rescued:
        store.readings.annotate_rung(move.clock.id, 100, at, f"tepat waktu setelah koreksi kahar ({decree})")


def notice(row: Any, move: Move, decree: str) -> tuple[str, str]:
    """Subject and body for the applicant: decree, cause, old and new date."""
    old, new = long_day(move.before.promised_at), long_day(move.after.promised_at)
    if move.after.promised_at is None:
        new = "belum dapat dijanjikan sampai kondisi stabil"
    subject = f"Keadaan kahar: janji layanan berkas {move.number or ''} berubah"
    body = (
        f"Berdasarkan {decree} pelayanan terganggu keadaan kahar: {row.description}\n"
        f"Janji semula {old}; janji sekarang {new}."
    )
    return subject, body


def next_decree(store: Store, row: Any, at: datetime) -> str:
    """The next number of the register of decrees (or recovery records), one that no other declaration bears."""
    catalogue, day = store.deployments.active().catalogue, at.astimezone(WIB).date()
    book = catalogue.registers["PEMULIHAN" if _ends(row) else "KAHAR"]
    unit = str(office_settings.effective(store, catalogue).get("unit_code", "DPMPTSP"))
    while True:
        span = scope(book, "", day)
        seq = store.numbers.take(book.code, span)
        given = number(book, seq, "", day, unit)
        store.numbers.record(book.code, span, seq, given, None, at)
        if not store.calendars.decreed(given, row.declaration_id):
            return given


def _ends(row: Any) -> bool:
    return row.kind == "AMEND" and row.until is not None


def write_letter(store: Store, row: Any, decree: str, by: UUID, at: datetime) -> None:
    """SK Keadaan Kahar, or Berita Acara Pemulihan when the declaration is ended."""
    deployment = store.deployments.active()
    kind = "ba_pemulihan" if _ends(row) else "sk_kahar"
    letter = deployment.catalogue.letters.get(kind)
    if letter is None:
        return
    id, secret = uuid7(), code(12)
    values = _values(store, row, decree, by, at, letter.title, secret)
    store.documents.add_letter(
        id,
        values,
        at,
        declaration_id=row.declaration_id,
        kind=kind,
        number=decree,
        template_checksum=hashlib.sha256(deployment.letters.get(letter.template, b"")).hexdigest(),
        deployment_id=deployment.id,
        verification_code=secret,
    )
    if LATER.get():
        store.outbox.put(uuid7(), None, "letter", {"letter": str(id)}, at)
    else:
        render_file(store, id, deployment, letter, values, at)


def _values(store: Store, row: Any, decree: str, by: UUID, at: datetime, title: str, secret: str) -> dict[str, Any]:
    deployment = store.deployments.active()
    settings = office_settings.effective(store, deployment.catalogue)
    names = store.people.names({row.proposed_by, by})
    person = store.people.row(by)
    return {
        "rancangan": False,
        "surat": {
            "kode": "kahar",
            "judul": title,
            "nomor": decree,
            "tanggal": at.astimezone(WIB).date().isoformat(),
            "kode_verifikasi": secret,
            "alamat_verifikasi": f"{settings.get('public_url', '')}/periksa/{secret}",
        },
        "kantor": settings,
        "kahar": {
            "kode": row.code,
            "versi": row.version,
            "jenis_versi": row.kind,
            "dasar": row.grounds.split(","),
            "jenis_peristiwa": row.event_kind,
            "uraian": row.description,
            "upaya": row.measures,
            "mulai": row.since.astimezone(WIB).isoformat(),
            "selesai": row.until.astimezone(WIB).isoformat() if row.until else "",
            "cakupan": parse(row.scope),
            "bukti": [str(one.get("nama", "")) for one in parse(row.evidence)],
            "pengusul": names.get(row.proposed_by, ""),
            "penetap": names.get(by, ""),
        },
        "penandatangan": {
            "nama": person.name if person else "",
            "nip": (person.nip or "") if person else "",
            "pangkat": (person.rank or "") if person else "",
            "jabatan": "Kepala Dinas",
        },
    }
