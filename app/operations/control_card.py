"""What the printed Kartu Kendali tells: the clocks of a file and all that happened, in the words of the letter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.clock import WIB
from app.operations import paper_names
from app.operations.clock_views import CAUSES, NAMES, amount, decimal, spoken
from app.operations.limit_raising import step_words
from app.operations.paper_names import PaperName
from app.operations.work import Work
from app.store.people import Substitution
from engine.access import APPLICANT, COUNTER, STANDING
from engine.case import CaseClock, read_clock
from engine.clocks import Reading

# Every kind of event as the card says it: the paper holds the whole history.
WORDS = {
    "element_passed": "Alur bergerak maju",
    "task_opened": "Tugas dibuka: {step}",
    "task_claimed": "Tugas diambil: {step}",
    "task_released": "Tugas dilepas: {step}",
    "task_reopened": "Tugas terbuka lagi: {step}",
    "message_received": "Kabar diterima: {message}",
    "number_reserved": "Nomor diberikan: {number}",
    "letter_signed": "Surat ditandatangani: {letter}",
    "letter_scanned": "Pindaian surat disimpan: {letter}",
    "notice_sent": "Pemberitahuan “{notice}” dikirim kepada {to}",
    "document_added": "Dokumen diunggah{paper}",
    "document_removed": "Dokumen dihapus{paper}",
    "question_asked": "Pemohon ditanya",
    "question_answered": "Pemohon menjawab pertanyaan",
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
REPLACED = "Tugas dipindahkan: {step} ke {becomes}"  # a task_cancelled that names what took its place
LAW = ("L", "H")  # the clocks whose reading the card tells; those of its tasks stand in the history
UNKNOWN = {
    "NOT_STARTED": "belum mulai",
    "OPEN_PAUSE": "menunggu jeda yang belum diketahui akhirnya",
    "OPEN_ROLL": "menunggu akhir keadaan kahar",
    "YEAR_NOT_OFFICIAL": "kalender tahunnya belum ditetapkan",
}
STATES = {"NOT_STARTED": "belum mulai", "RUNNING": "berjalan", "PAUSED": "ditangguhkan", "STOPPED": "berhenti"}
NO_LIMIT = "tidak ditentukan untuk izin ini"


def values(work: Work) -> dict[str, Any]:
    """`jam` and `riwayat` of the card, as plain JSON; instants in WIB."""
    shown = [one for one in work.case.clocks if one.kind in LAW and one.standing]
    clocks = [_clock(work, one) for one in shown]
    begun = {one.kind for one in shown}
    return {"jam": clocks + [_waiting(work, kind) for kind in LAW if kind not in begun], "riwayat": _history(work)}


def _clock(work: Work, one: CaseClock) -> dict[str, str]:
    reading = read_clock(work.case, one, work.store.calendars.world(), work.at)
    why = UNKNOWN.get(str(reading.no_promise_because), UNKNOWN["NOT_STARTED"])
    return {
        "nama": _name(one.name),
        "keadaan": STATES[reading.state],
        "standar": one.budget,
        "mulai": reading.started_at.astimezone(WIB).isoformat() if reading.started_at else UNKNOWN["NOT_STARTED"],
        "janji": reading.promised_at.astimezone(WIB).isoformat() if reading.promised_at else why,
        "terpakai": _used(reading),
    }


def _used(reading: Reading) -> str:
    """ "0,97 hari kerja (7 jam 16 menit)": never rounded to a day that was not used up."""
    if reading.budget.unit != "hk":
        return amount(reading.elapsed, reading.budget.unit)
    return f"{decimal(reading.elapsed)} hari kerja ({spoken(int(reading.elapsed_minutes))})"


def _waiting(work: Work, kind: str) -> dict[str, str]:
    """A clock that has not begun, or that this permit does not have."""
    permit = work.case.deployment.catalogue.permits[work.case.facts.permit]
    day = work.at.astimezone(WIB).date()
    standard = permit.standard_on(day) if kind == "L" else permit.legal_limit_on(day)
    why = UNKNOWN["NOT_STARTED"] if standard else NO_LIMIT
    told = dict.fromkeys(("mulai", "janji", "terpakai"), why if standard else "tidak ada")
    return {"nama": _name(kind), "keadaan": why, "standar": standard.budget if standard else "tidak ada", **told}


def _name(clock: str) -> str:
    return NAMES.get(clock, NAMES.get(clock.partition("_")[0], clock))


def _history(work: Work) -> list[dict[str, str]]:
    rows = work.store.cases.events(work.held.id)
    people = {row.by for row in rows if row.by}
    names, stood = work.store.people.names(people), work.store.people.substitutions(people)
    ever = work.store.documents.ever_of_case(work.held.id)
    named = paper_names.papers(ever, paper_names.elements(rows), paper_names.of_case(work.case))
    return [
        {
            "no": str(row.seq),
            "saat": row.at.astimezone(WIB).isoformat(),
            "siapa": names.get(row.by, "") if row.by else "Sistem",
            "peran": _role(work, row, stood),
            "peristiwa": _told(work, row, named),
            "catatan": _note(work, row),
        }
        for row in rows
    ]


def _told(work: Work, row: Any, named: Mapping[str, PaperName]) -> str:
    body = json.loads(row.body)
    said = REPLACED if row.kind == "task_cancelled" and "instead" in body else WORDS[row.kind]
    return said.format_map(_parts(work, row, body, named))


def _role(work: Work, row: Any, stood: tuple[Substitution, ...]) -> str:
    """ "Plh. Kepala Dinas": the role in words, whether in somebody's stead, and whether the counter helped."""
    day, roles = row.at.astimezone(WIB).date(), work.case.deployment.catalogue.roles
    if row.role == APPLICANT and row.by not in (None, work.case.facts.applicant):
        return f"{roles[COUNTER].name if COUNTER in roles else COUNTER}, membantu pemohon"
    kind = next((one.kind for one in stood if one.stood(row.by, row.role, day)), "")
    return STANDING.get(kind, "") + (roles[row.role].name if row.role in roles else row.role)


def _parts(work: Work, row: Any, body: dict[str, Any], named: Mapping[str, PaperName]) -> Mapping[str, str]:
    catalogue = work.case.deployment.catalogue
    drawn = work.store.deployments.get(row.deployment_id).definition
    element = drawn.scope(work.case.process).get(row.element)
    state, letter = str(body.get("after", "")), str(body.get("letter", ""))
    return {
        "step": str(body.get("name", "")) or (element.name if element else row.element),
        "becomes": str(body.get("to", "")),
        "after": catalogue.states[state].label if state in catalogue.states else state,
        "clock": _name(str(body.get("clock", ""))),
        "message": _message(str(body.get("message", ""))),
        "number": str(body.get("number", "")),
        "letter": catalogue.letters[letter].title if letter in catalogue.letters else letter,
        "near": step_words(int(body.get("step", 0))),
        "notice": _subject(work, str(body.get("notice", ""))),
        "to": paper_names.addressee(catalogue, str(body.get("to", ""))),
        "paper": _paper(named.get(str(body.get("document", "")))),
    }


def _subject(work: Work, notice: str) -> str:
    catalogue = work.case.deployment.catalogue
    permit = catalogue.permits[work.case.facts.permit].name
    return paper_names.subject(catalogue, notice, permit, str(work.columns.get("number", work.held.number) or ""))


def _paper(found: PaperName | None) -> str:
    """ ": KTP pemohon, versi 2"."""
    if found is None:
        return ""
    return f": {found.title}, versi {found.version}" if found.version else f": {found.title}"


def _message(name: str) -> str:
    """ "P_BAYAR.lewat" -> Tenggat membayar retribusi lewat."""
    term, dot, said = name.partition(".")
    if dot and said == "lewat":
        return f"{_name(term)} lewat"
    return "nomor" if term == "nomor" else name.replace("_", " ")


def _note(work: Work, row: Any) -> str:
    """Which button was pressed, and that a step was done on paper and entered later."""
    if row.kind != "task_completed":
        cause = str(json.loads(row.body).get("cause", ""))
        return CAUSES.get(cause, cause.replace("_", " ").lower())
    body = json.loads(row.body)
    pressed = str(body.get("outcome", "")).replace("_", " ")
    if not body.get("afterwards"):
        return pressed
    entered = row.recorded_at.astimezone(WIB).strftime("%d/%m/%Y %H.%M")
    return f"{pressed}; dicatat setelah kejadian ({body['afterwards']}) pada {entered} WIB".removeprefix("; ")
