"""A file as one JSON: what it is, where it stands, what was done, answered, given, promised, paid, told and noted.

Instants are written in WIB, amounts in rupiah; numbers of identity are masked, the papers beside it hold them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import personal
from app.operations.case_page import CasePage
from app.operations.findings import numbered

VERSION = 1
_IDENTITY = re.compile(r"\d{16}")
# Of each kind of row what is handed out; the rest is how it is kept.
_TASK = (
    "id", "element", "name", "role", "unit", "status", "assignee", "opened_at", "claimed_at", "closed_at", "outcome",
    "due_at",
)  # fmt: skip
_DOCUMENT = (
    "id", "field", "requirement", "name", "media_type", "sha256", "at", "uploader", "caption", "taken_at",
)  # fmt: skip
_LETTER = ("id", "kind", "number", "issued_at", "sha256", "signed", "signed_at", "signing_way", "signed_sha256")
_PROMISE = ("id", "clock_id", "promised_at", "because", "made_at")
_HOLD = ("id", "status", "asked_at", "until_wished", "reason", "decided_at", "until", "answer")
_ASSESSMENT = (
    "id", "kind", "number", "principal", "interest", "months", "tariff_version", "assessed_at", "due_at",
    "superseded_at",
)  # fmt: skip
_PAYMENT = ("id", "reference", "amount", "paid_on", "channel", "arrived_at", "status", "decided_at")
_REFUND = ("id", "amount", "reason", "opened_at", "closed_at", "answer")
_MESSAGE = (
    "id", "channel", "notice", "subject", "body", "created_at", "delivered_at", "fate", "read_at", "told_how",
)  # fmt: skip
_NOTE = ("id", "at", "body")
_EVENT = ("seq", "kind", "at", "recorded_at", "role", "element")


def record(found: CasePage, at: datetime) -> dict[str, Any]:
    """All of a file that its page knows, read `at`, as plain JSON."""
    held, case = found.held, found.held.case
    told = {
        "versi": VERSION,
        "diekspor": at,
        "nomor": held.number,
        "kode_lacak": held.tracking_code,
        "izin": {"kode": case.facts.permit, "nama": found.permit.name},
        "dibuka": held.opened_at,
        "keadaan": {"kode": case.state, "label": found.state_label},
        "ditutup": case.closed,
        "hasil": case.outcome,
        "terbitan_proses": case.deployment.number,
        "pemohon": {"nama": found.tasks[0].applicant_name if found.tasks else "", "nik": found.nik},
        "tugas": _rows(found.tasks, _TASK),
        "isian": [_submission(found, one) for one in found.submissions],
        "dokumen": _rows(found.documents, _DOCUMENT),
        "surat": _rows(found.letters, _LETTER),
        "janji": _rows(found.promises, _PROMISE),
        "penundaan": _rows(found.holds, _HOLD),
        "penetapan": _rows(found.assessments, _ASSESSMENT),
        "pembayaran": _rows(found.payments, _PAYMENT),
        "pengembalian": _rows(found.refunds, _REFUND),
        "pesan": _rows(found.messages, _MESSAGE),
        "catatan": _signed(found, found.notes, _NOTE),
        "disposisi": [_disposition(found, one) for one in found.dispositions],
        "temuan": [_finding(found, one) for one in found.findings],
        "peristiwa": _signed(found, found.events, _EVENT),
    }
    plain: dict[str, Any] = _plain(told)
    return plain


def _submission(found: CasePage, one: Any) -> dict[str, Any]:
    about = {"langkah": one.element, "formulir": one.form_key, "judul": found.forms[one.form_key].title}
    decided = {"keputusan": one.outcome, "alasan": one.reason, "isi": one.values}
    return {**about, "saat": one.at, "oleh": _name(found, one.by), **decided}


def _disposition(found: CasePage, line: Any) -> dict[str, Any]:
    """A disposisi or a question to a colleague, with what ended it."""
    row = line.row
    told = {"macam": row.kind, "isi": row.body, "saat": row.at, "tenggat": row.due_on, "keadaan": line.state}
    people = {"oleh": _name(found, row.by), "kepada": _name(found, row.to_person)}
    ended = {"bunyi": row.end_body, "saat": row.end_at, "oleh": _name(found, row.end_by)} if row.end_kind else None
    return {"id": row.id, **told, **people, "penutup": ended}


def _finding(found: CasePage, line: Any) -> dict[str, Any]:
    """A finding of the supervisors about the file, as its reader may read it."""
    row = line.row
    told = {"nomor": numbered(row), "golongan": row.category, "bobot": row.severity, "uraian": row.body}
    people = {"oleh": _name(found, row.by), "kepada": _name(found, row.to_person)}
    said = [
        {"urutan": one.place, "macam": one.kind, "bunyi": one.body, "saat": one.at, "oleh": _name(found, one.by)}
        for one in line.entries
    ]
    papers = [{"urutan": one.place, "nama": one.name, "sha256": one.sha256} for one in line.files]
    when = {"saat": row.at, "tenggat": row.due_on, "keadaan": line.state}
    return {**told, "dasar": row.ground, **when, **people, "tanggapan": said, "lampiran": papers}


def _signed(found: CasePage, rows: Iterable[Any], columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """Rows with the name of who wrote each."""
    return [{**told, "oleh": _name(found, row.by)} for row in rows for told in _rows([row], columns)]


def _name(found: CasePage, by: UUID | None) -> str:
    return found.names.get(by, "") if by else "Sistem"


def _rows(rows: Iterable[Any], columns: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in columns} for row in rows]


def _plain(value: Any) -> Any:
    """The same in what JSON knows."""
    if isinstance(value, datetime):
        return value.astimezone(WIB).isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if isinstance(value, str):
        return personal.masked(value) if _IDENTITY.fullmatch(value) else value
    if isinstance(value, Enum):
        return _plain(value.value)
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    return str(value) if isinstance(value, UUID | date | Decimal | Fraction) else value
