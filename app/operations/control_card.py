"""What the printed Kartu Kendali tells: the clocks of a file and all that happened, in the words of the letter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.clock import WIB
from app.operations.clock_views import NAMES, amount
from app.operations.limit_raising import step_words
from app.operations.work import Work
from app.store.people import Substitution
from engine.access import STANDING
from engine.case import CaseClock, read_clock

# Events as the card says them; the machinery between two acts of people is left out.
WORDS = {
    "case_opened": "Berkas dibuka",
    "state_changed": "Keadaan: {after}",
    "case_closed": "Berkas ditutup",
    "case_reopened": "Berkas dibuka kembali",
    "case_migrated": "Dipindahkan ke terbitan lain",
    "migration_undone": "Dikembalikan ke terbitan sebelumnya",
    "step_recalled": "Langkah ditarik kembali: {step}",
    "token_moved": "Langkah dipindahkan: {step}",
    "move_undone": "Pemindahan langkah dibatalkan: {step}",
    "element_skipped": "Langkah yang gagal dilewati: {step}",
    "data_repaired": "Data diperbaiki",
    "case_suspended": "Berkas ditangguhkan; jam layanan tetap berjalan",
    "case_resumed": "Berkas dilanjutkan",
    "task_declined": "Tugas tidak diambil: {step}",
    "task_reassigned": "Tugas dialihkan: {step}",
    "task_completed": "{step}",
    "task_cancelled": "Tugas dibatalkan: {step}",
    "clock_started": "{clock} mulai",
    "clock_paused": "{clock} ditangguhkan",
    "clock_resumed": "{clock} dilanjutkan",
    "clock_stopped": "{clock} berhenti",
    "clock_reopened": "{clock} dilanjutkan",
    "clock_corrected": "{clock} dikoreksi",
    "clock_extended": "{clock} diperpanjang dengan persetujuan pemohon",
    "extension_proposed": "Perpanjangan janji diusulkan kepada pemohon",
    "extension_agreed": "Pemohon menyetujui perpanjangan janji",
    "extension_refused": "Pemohon menolak perpanjangan janji",
    "extension_expired": "Usul perpanjangan janji tidak dijawab pada waktunya",
    "risk_raised": "Risiko fiktif positif: {near}",
    "risk_set_aside": "Risiko fiktif positif tidak lagi sedekat itu: {near}",
    "risk_answered": "Risiko fiktif positif dijawab: {near}",
    "risk_closed": "Risiko fiktif positif selesai bersama berkas",
    "letter_issued": "Surat terbit: {letter}",
    "levy_assessed": "Retribusi ditetapkan",
    "refund_opened": "Permintaan pengembalian dibuka",
    "hold_asked": "Pemohon meminta penundaan",
    "hold_granted": "Penundaan dikabulkan",
    "hold_refused": "Penundaan ditolak",
}
LAW = ("L", "H")  # the clocks of the file; those of its tasks stand on the pages


def values(work: Work) -> dict[str, Any]:
    """`jam` and `riwayat` of the card, as plain JSON; instants in WIB."""
    shown = [one for one in work.case.clocks if one.kind in LAW and one.standing]
    return {"jam": [_clock(work, one) for one in shown], "riwayat": _history(work)}


def _clock(work: Work, one: CaseClock) -> dict[str, str]:
    reading = read_clock(work.case, one, work.store.calendars.world(), work.at)
    return {
        "nama": _name(one.name),
        "keadaan": "berjalan" if one.running else "berhenti",
        "standar": one.budget,
        "mulai": reading.started_at.astimezone(WIB).isoformat() if reading.started_at else "",
        "janji": reading.promised_at.astimezone(WIB).isoformat() if reading.promised_at else "",
        "terpakai": amount(reading.elapsed, reading.budget.unit),
    }


def _name(clock: str) -> str:
    return NAMES.get(clock, NAMES.get(clock.partition("_")[0], clock))


def _history(work: Work) -> list[dict[str, str]]:
    rows = [row for row in work.store.cases.events(work.held.id) if row.kind in WORDS and _told(row)]
    people = {row.by for row in rows if row.by}
    names, stood = work.store.people.names(people), work.store.people.substitutions(people)
    return [
        {
            "saat": row.at.astimezone(WIB).isoformat(),
            "siapa": names.get(row.by, "") if row.by else "Sistem",
            "peran": _role(work, row, stood),
            "peristiwa": WORDS[row.kind].format_map(_parts(work, row)),
            "catatan": _note(work, row),
        }
        for row in rows
    ]


def _role(work: Work, row: Any, stood: tuple[Substitution, ...]) -> str:
    """ "Plh. Kepala Dinas": the role in words, and whether in somebody's stead."""
    day, roles = row.at.astimezone(WIB).date(), work.case.deployment.catalogue.roles
    kind = next((one.kind for one in stood if one.stood(row.by, row.role, day)), "")
    return STANDING.get(kind, "") + (roles[row.role].name if row.role in roles else row.role)


def _told(row: Any) -> bool:
    """Of the clocks only the file's own."""
    return not row.kind.startswith("clock_") or json.loads(row.body).get("clock") in LAW


def _parts(work: Work, row: Any) -> Mapping[str, str]:
    body, catalogue = json.loads(row.body), work.case.deployment.catalogue
    element = work.case.deployment.definition.scope(work.case.process).get(row.element)
    state, letter = str(body.get("after", "")), str(body.get("letter", ""))
    return {
        "step": element.name if element else row.element,
        "after": catalogue.states[state].label if state in catalogue.states else state,
        "clock": _name(str(body.get("clock", ""))),
        "letter": catalogue.letters[letter].title if letter in catalogue.letters else letter,
        "near": step_words(int(body.get("step", 0))),
    }


def _note(work: Work, row: Any) -> str:
    """Which button was pressed, and that a step was done on paper and entered later."""
    if row.kind != "task_completed":
        return str(json.loads(row.body).get("cause", "")).replace("_", " ").lower()
    body = json.loads(row.body)
    pressed = str(body.get("outcome", "")).replace("_", " ")
    if not body.get("afterwards"):
        return pressed
    entered = row.recorded_at.astimezone(WIB).strftime("%d/%m/%Y %H.%M")
    return f"{pressed}; dicatat setelah kejadian ({body['afterwards']}) pada {entered} WIB".removeprefix("; ")
