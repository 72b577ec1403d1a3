"""The papers of a report: itself and its covering letter, numbered, frozen, rendered; the workbook and the table."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app import letters
from app.clock import WIB
from app.letters.signing import WET
from app.operations import office_settings
from app.operations import report_beside as beside
from app.operations import report_disruption_corrections as disruption_corrections
from app.operations import report_disruption_rows as disrupted
from app.operations import report_words as words
from app.operations.issuing import LATER, render_file
from app.operations.report_told import Contents, Corrected
from app.store import Store
from app.store.ids import code, uuid7
from engine.access import STANDING
from engine.catalogue import Catalogue
from engine.numbering import number, scope
from engine.reporting import FIGURES

REPORT, COVER = "laporan_berkala", "pengantar_laporan"
HEAD = "KD"  # who signs (Pasal 3 ayat 2)
CSV = "text/csv"
PRINTED = 500  # lines of each list on paper; the workbook has them all


def next_number(store: Store, kind: str, at: datetime) -> str:
    """The next number of a letter's register."""
    catalogue, day = store.deployments.active().catalogue, at.astimezone(WIB).date()
    book = catalogue.registers[catalogue.letters[kind].register]
    unit = str(office_settings.effective(store, catalogue).get("unit_code", "DPMPTSP"))
    span = scope(book, "", day)
    seq = store.numbers.take(book.code, span)
    given = number(book, seq, "", day, unit)
    store.numbers.record(book.code, span, seq, given, None, at)
    return given


def issue(store: Store, row: Any, told: Contents, numbers: tuple[str, str], by: UUID, at: datetime) -> None:
    """The report and its covering letter, to be signed by hand; their scans follow."""
    deployment = store.deployments.active()
    for kind, given in zip((REPORT, COVER), numbers, strict=True):
        letter, id, secret = deployment.catalogue.letters[kind], uuid7(), code(12)
        values = values_of(store, row, told, kind, (given, numbers[0], numbers[1]), by, at, secret)
        store.documents.add_letter(
            id,
            values,
            at,
            report_id=row.id,
            kind=kind,
            number=given,
            template_checksum=hashlib.sha256(deployment.letters.get(letter.template, b"")).hexdigest(),
            deployment_id=deployment.id,
            verification_code=secret,
            signing_way=WET,
            signed_by=by,
            signed_at=at,
        )
        if LATER.get():
            store.outbox.put(uuid7(), None, "letter", {"letter": str(id)}, at)
        else:
            render_file(store, id, deployment, letter, values, at)


def draft(store: Store, row: Any, told: Contents, at: datetime) -> bytes:
    """The report as it would be signed now, marked as a draft."""
    deployment = store.deployments.active()
    holders = store.people.holders(HEAD, "", at.astimezone(WIB).date())
    signer = holders[0].id if holders else None
    values = values_of(store, row, told, REPORT, ("", "", ""), signer, at, "") | {"rancangan": True}
    made: bytes = letters.render(deployment.catalogue.letters[REPORT].template, deployment.letters, values)
    return made


def values_of(
    store: Store,
    row: Any,
    told: Contents,
    kind: str,
    numbers: tuple[str, str, str],
    by: UUID | None,
    at: datetime,
    secret: str,
) -> dict[str, Any]:
    """What the template reads; `numbers`: of this letter, of the report, of the covering letter."""
    settings = office_settings.effective(store, told.catalogue)
    return {
        "rancangan": False,
        "surat": {
            "kode": kind,
            "judul": told.catalogue.letters[kind].title,
            "nomor": numbers[0],
            "tanggal": at.astimezone(WIB).date().isoformat(),
            "kode_verifikasi": secret,
            "alamat_verifikasi": f"{settings.get('public_url', '')}/periksa/{secret}" if secret else "",
        },
        "kantor": settings,
        "penandatangan": _signer(store, by, told.catalogue, at),
        "laporan": {"nomor": numbers[1], "nomor_pengantar": numbers[2], **_report(store, row, told)},
    }


def _signer(store: Store, by: UUID | None, catalogue: Catalogue, at: datetime) -> dict[str, str]:
    person = store.people.row(by) if by else None
    if person is None:
        return {}
    held = [one for one in store.people.grants_on(person.id, at.astimezone(WIB).date()) if one.role == HEAD]
    office = (STANDING.get(held[0].kind, "") if held else "") + catalogue.roles[HEAD].name
    return {"nama": person.name, "nip": person.nip or "", "pangkat": person.rank or "", "jabatan": office}


def _report(store: Store, row: Any, told: Contents) -> dict[str, Any]:
    names = store.people.names({one for one in (row.drafted_by, row.checked_by) if one})
    return {
        "periode": told.label,
        "mulai": row.since.isoformat(),
        "sampai": (row.until - timedelta(days=1)).isoformat(),
        "diketahui": row.known_at.astimezone(WIB).isoformat(),
        "sidik": row.sha256,
        "catatan": row.note,
        "penyusun": names.get(row.drafted_by, ""),
        "pemeriksa": names.get(row.checked_by, ""),
        "ringkasan": _summary(told),
        "izin": [
            {"nama": told.permit(permit), **{code: words.shown(code, one) for code, one in line.items()}}
            for permit, line in told.figures.items()
            if permit
        ],
        "terlambat": _late(told),
        "terlambat_semua": told.sums.late,
        "tabel": beside.printed(told),
        "alasan": [{"alasan": str(why), "kali": n} for why, n in told.reasons()],
        "koreksi": [_corrected(told, one) for one in told.corrected],
        **disrupted.printed(told, PRINTED),
    }


def _summary(told: Contents) -> list[dict[str, Any]]:
    """The figures of all permits together, by group."""
    return [
        {
            "kelompok": name,
            "baris": [
                {"nama": words.NAMES[code], "nilai": words.shown(code, told.figures[""][code])}
                for code, one in FIGURES.items()
                if one.group == group
            ],
        }
        for group, name in words.GROUPS.items()
    ]


def _late(told: Contents) -> list[dict[str, str]]:
    return [
        {
            "nomor": one.number,
            "izin": told.permit(one.permit),
            "keadaan": "masih berjalan" if one.overdue.running else "selesai terlambat",
            "lewat": words.over(one.overdue),
            "sebab": "; ".join(words.why(one)),
        }
        for one in told.late()[:PRINTED]
        if one.overdue is not None
    ]


def _corrected(told: Contents, one: Corrected) -> dict[str, Any]:
    rows = [
        {
            "izin": told.permit(each.permit) if each.permit else "Semua izin",
            "nama": words.NAMES[each.code],
            "semula": words.shown(each.code, each.old),
            "menjadi": words.shown(each.code, each.new),
        }
        for each in one.differences
    ]
    files = [number for _id, number in one.cases[:PRINTED]]
    told_anew = disruption_corrections.printed(one.disrupted)
    found = {"periode": str(one.period.label), "nomor": one.number, "baris": rows, "berkas": files}
    return found | {"berkas_semua": one.files, "gangguan": told_anew, "tabel": beside.printed_anew(told, one)}
