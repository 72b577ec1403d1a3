"""Ditutup: a keadaan kahar that is over is reported to the Walikota, and the report closes it (domain 6.2).

No clock counts a closing.  A correction that is established afterwards asks for a report of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.encoding import parse
from engine import access
from engine.errors import NotFound, Refused, Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, date_of

SHORTEST, LONGEST, LONGEST_NOTE = 3, 200, 2000
FIGURES = ("terkena", "bergeser", "jadi_tepat", "jadi_terlambat")


@dataclass(frozen=True)
class Report:
    """What somebody records of the report: its number and date as typed, and a note."""

    number: str
    day: str
    note: str = ""


def standing(rows: Iterable[Any]) -> Any:
    """The version in force, of rows newest first; None while nothing was established."""
    return next((one for one in rows if one.approved_at is not None), None)


def is_over(row: Any, at: datetime) -> bool:
    """Whether a version in force says that the event is over, or was undone."""
    return row is not None and (row.kind == "REVOKE" or (row.until is not None and row.until <= at))


def closing_of(row: Any, closings: Iterable[Any]) -> Any:
    """The report on the version in force; None where it is not reported, or was corrected since."""
    return next((one for one in closings if row is not None and one.version == row.version), None)


@retried
def close(declaration_id: UUID, report: Report, by: UUID, at: datetime) -> None:
    """Record that the declaration, as it stands, was reported to the Walikota.

    Raises NotAllowed, NotFound, Refused while it lasts, waits for a decision or is closed, SubmissionInvalid.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "close_force_majeure")
        if store.calendars.lock_declaration(declaration_id) is None:
            raise NotFound("Pernyataan tidak ditemukan.")
        rows = store.calendars.versions(declaration_id)
        row = _ready(store, rows, at)
        day = _checked(store, report, row, at)
        number, note = " ".join(clean(report.number).split()), clean(report.note)
        values = {"report": number, "reported_on": day, "note": note, "closed_by": by}
        store.declaration_states.close(declaration_id, row.version, at, figures(rows), **values)
        told = {"declaration": str(declaration_id), "version": row.version, "report": number, "on": day.isoformat()}
        store.calendars.tell("declaration_closed", told, by, at)


def _ready(store: Store, rows: tuple[Any, ...], at: datetime) -> Any:
    """The version that a report may close."""
    row = standing(rows)
    if rows[0].approved_at is None and rows[0].rejected_at is None:
        raise Refused("Masih ada usulan yang menunggu penetapan.")
    if row is None or not is_over(row, at):
        raise Refused("Keadaan kahar ini belum berakhir; laporan penutupnya menunggu Berita Acara Pemulihan.")
    if closing_of(row, store.declaration_states.closings(row.declaration_id)) is not None:
        raise Refused("Pernyataan ini sudah ditutup.")
    return row


def figures(rows: Iterable[Any]) -> Mapping[str, Mapping[str, int]]:
    """What each established version did, as its proposer and its establisher saw it: version -> counts."""
    established = (one for one in rows if one.approved_at is not None)
    return {str(one.version): _counts(parse(one.preview)) for one in established}


def _counts(preview: Mapping[str, Any]) -> Mapping[str, int]:
    return {name: int(preview.get(name, 0)) for name in FIGURES}


def _checked(store: Store, report: Report, row: Any, at: datetime) -> date:
    """The date of the report; raises SubmissionInvalid with a sentence per field."""
    errors: dict[str, str] = {}
    if not SHORTEST <= len(clean(report.number)) <= LONGEST:
        told = "Tulis nomor surat laporan kepada Walikota, %(a)s sampai %(b)s huruf"
        errors["nomor_laporan"] = Sentence(told, a=SHORTEST, b=LONGEST)
    elif (other := store.declaration_states.reported(report.number)) is not None:
        code = store.calendars.versions(other.declaration_id)[0].code
        errors["nomor_laporan"] = Sentence("Nomor laporan ini sudah menutup %(code)s", code=code)
    if len(clean(report.note)) > LONGEST_NOTE:
        told = "Paling banyak %(most)s huruf, Anda menulis %(count)s"
        errors["catatan_laporan"] = Sentence(told, most=LONGEST_NOTE, count=len(clean(report.note)))
    day = _day(report.day, row, at, errors)
    if errors or day is None:
        raise SubmissionInvalid(errors)
    return day


def _day(text: str, row: Any, at: datetime, errors: dict[str, str]) -> date | None:
    try:
        day = date_of(clean(text))
    except Unreadable as fault:
        errors["tanggal_laporan"] = Sentence("%(label)s: %(fault)s", label="Tanggal laporan", fault=fault.sentence)
        return None
    if day > at.astimezone(WIB).date():
        errors["tanggal_laporan"] = "Tanggal laporan belum tiba"
    elif day < (decided := row.approved_at.astimezone(WIB).date()):
        told = "Laporan mendahului keputusan terakhirnya (%(day)s)"
        errors["tanggal_laporan"] = Sentence(told, day=f"{decided:%d/%m/%Y}")
    return day
