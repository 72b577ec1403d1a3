"""The demonstration's audit: a sample of a month, half of it examined two days before the end, and three findings.

One is owed since yesterday, one answered and waits for the supervisor, one was returned once and closed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from app.operations import findings, sampling
from app.operations.findings import Found
from engine.errors import SubmissionInvalid

if TYPE_CHECKING:
    from app.operations.demo.loading import Agenda

SEED = "undian 4471 (contoh)"
NOTE = "Alasan perbaikan kurang jelas (contoh)"
LATE = "Dua berkas melewati janji tanpa sebab yang tercatat pada langkah kajian teknis (contoh)."
OPENED = "NIK lengkap dibuka tiga kali dalam satu hari dengan alasan yang sama (contoh)."
PAID = "Bukti setor divalidasi sehari sesudah masuk, melewati tenggat dua jam (contoh)."
ANSWERED = (("ANSWER", "Pemohon datang tiga kali pada hari itu; catatan loketnya dilampirkan (contoh)."),)
CLOSED = (
    ("ANSWER", "Rekening koran terlambat (contoh)."),
    ("RETURN", "Sebutkan rekening koran mana dan kapan diterima (contoh)."),
    ("ANSWER", "Rekening koran 12 diterima pukul 15.40; validasi dilakukan pagi berikutnya (contoh)."),
    ("CLOSE", "Dapat diterima; bendahara meminta rekening koran dua kali sehari (contoh)."),
)


def plan(agenda: Agenda, people: dict[str, UUID], end: datetime) -> None:
    agenda.put(end - timedelta(days=2) + timedelta(hours=10), partial(_sample, people["pengawas"]))
    by, first = people["pengawas"], end - timedelta(days=12)
    late = ("waktu", "tinggi", LATE, "Pasal 16 (contoh)", people["kasi"], (end - timedelta(days=1)).date())
    told = ("data", "rendah", OPENED, "UU 27/2022 (contoh)", people["loket"], (end + timedelta(days=4)).date())
    done = ("retribusi", "sedang", PAID, "", people["bendahara"], (end + timedelta(days=1)).date())
    for days, what, then in ((0, late, ()), (2, told, ANSWERED), (1, done, CLOSED)):
        _found(agenda, by, Found(*what), first + timedelta(days=days, hours=9), then)


def _found(agenda: Agenda, by: UUID, found: Found, at: datetime, then: tuple[tuple[str, str], ...]) -> None:
    """A finding, and a day apart what is written to it."""
    made: list[UUID] = []
    agenda.put(at, lambda at: made.append(findings.record(found, by, at)))
    for days, (kind, text) in enumerate(then, 1):
        agenda.put(at + timedelta(days=days), partial(_write, made, found, by, kind, text))


def _write(made: list[UUID], found: Found, by: UUID, kind: str, text: str, at: datetime) -> None:
    if kind == "ANSWER" and found.to_person is not None:
        findings.answer(made[0], text, found.to_person, at)
    else:
        findings.decide(made[0], "CLOSE" if kind == "CLOSE" else "RETURN", text, by, at)


def _sample(by: UUID, at: datetime) -> None:
    until = at.date() - timedelta(days=1)
    try:
        made = sampling.draw(sampling.Lot(SEED, False, until - timedelta(days=29), until, "", "", 6), by, at)
    except SubmissionInvalid:  # nothing was opened yet in a short history
        return
    found = sampling.sample(made, by, at)
    good = {one.code: ("sesuai", "") for one in found.checklist.items}
    for place, case in enumerate(found.cases[: len(found.cases) // 2]):
        sampling.answer(made, case.id, good if place else good | {"alasan": (sampling.WRONG, NOTE)}, by, at)
