"""The kinds of traces in plain words, for choosing among them and for what the record of access tells."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.operations import personal, trail
from app.web.event_words import Ground, said

# Every kind of event that cases keep, in the order of a case's life.
EVENTS: Mapping[str, str] = {
    "case_opened": lazy_gettext("Berkas dibuka"),
    "state_changed": lazy_gettext("Keadaan berkas berubah"),
    "case_closed": lazy_gettext("Berkas ditutup"),
    "case_reopened": lazy_gettext("Berkas dibuka kembali"),
    "task_opened": lazy_gettext("Tugas dibuka"),
    "task_claimed": lazy_gettext("Tugas diambil"),
    "task_released": lazy_gettext("Tugas dilepas"),
    "task_declined": lazy_gettext("Tugas tidak diambil"),
    "task_reassigned": lazy_gettext("Tugas dialihkan"),
    "task_completed": lazy_gettext("Tugas diselesaikan"),
    "task_cancelled": lazy_gettext("Tugas dibatalkan"),
    "task_reopened": lazy_gettext("Tugas terbuka lagi"),
    "element_passed": lazy_gettext("Alur bergerak maju"),
    "message_received": lazy_gettext("Kabar diterima"),
    "document_added": lazy_gettext("Dokumen diunggah"),
    "document_removed": lazy_gettext("Dokumen dihapus"),
    "number_reserved": lazy_gettext("Nomor dipesan"),
    "letter_issued": lazy_gettext("Surat terbit"),
    "letter_signed": lazy_gettext("Surat ditandatangani"),
    "letter_scanned": lazy_gettext("Pindaian bertanda tangan disimpan"),
    "notice_sent": lazy_gettext("Pemberitahuan dikirim"),
    "levy_assessed": lazy_gettext("Retribusi ditetapkan"),
    "refund_opened": lazy_gettext("Permintaan pengembalian retribusi dibuka"),
    "question_asked": lazy_gettext("Pemohon ditanya"),
    "question_answered": lazy_gettext("Pemohon menjawab pertanyaan"),
    "hold_asked": lazy_gettext("Pemohon meminta penundaan"),
    "hold_granted": lazy_gettext("Penundaan dikabulkan"),
    "hold_refused": lazy_gettext("Penundaan ditolak"),
    "extension_proposed": lazy_gettext("Perpanjangan janji diusulkan"),
    "extension_agreed": lazy_gettext("Pemohon menyetujui perpanjangan janji"),
    "extension_refused": lazy_gettext("Pemohon menolak perpanjangan janji"),
    "extension_expired": lazy_gettext("Usul perpanjangan janji tidak dijawab pada waktunya"),
    "clock_started": lazy_gettext("Jam mulai"),
    "clock_paused": lazy_gettext("Jam ditangguhkan"),
    "clock_resumed": lazy_gettext("Jam dilanjutkan"),
    "clock_stopped": lazy_gettext("Jam berhenti"),
    "clock_reopened": lazy_gettext("Jam dilanjutkan setelah berkas dibuka kembali"),
    "clock_corrected": lazy_gettext("Jam dikoreksi"),
    "clock_extended": lazy_gettext("Jam diperpanjang dengan persetujuan pemohon"),
    "risk_raised": lazy_gettext("Risiko fiktif positif"),
    "risk_set_aside": lazy_gettext("Risiko fiktif positif tidak lagi sedekat itu"),
    "risk_answered": lazy_gettext("Risiko fiktif positif dijawab"),
    "risk_closed": lazy_gettext("Risiko fiktif positif selesai"),
    "case_migrated": lazy_gettext("Berkas dipindahkan ke terbitan lain"),
    "migration_undone": lazy_gettext("Berkas dikembalikan ke terbitan sebelumnya"),
    "step_recalled": lazy_gettext("Langkah ditarik kembali"),
    "token_moved": lazy_gettext("Langkah dipindahkan"),
    "move_undone": lazy_gettext("Pemindahan langkah dibatalkan"),
    "element_skipped": lazy_gettext("Langkah yang gagal dilewati"),
    "data_repaired": lazy_gettext("Data diperbaiki"),
    "case_suspended": lazy_gettext("Berkas ditangguhkan"),
    "case_resumed": lazy_gettext("Berkas dilanjutkan"),
}
ACCESSES: Mapping[str, str] = {
    personal.VIEWED: lazy_gettext("NIK lengkap dibuka"),
    personal.EXPORTED: lazy_gettext("Berkas diekspor utuh"),
    personal.FETCHED: lazy_gettext("Surat diambil pemohon"),
    personal.SEARCHED: lazy_gettext("Jejak dicari"),
    personal.LOOKED_BACK: lazy_gettext("Keadaan berkas per tanggal dilihat"),
    personal.TAKEN: lazy_gettext("Hasil pencarian jejak diunduh"),
    personal.PATTERNS: lazy_gettext("Pola diperiksa"),
    personal.RIGHTS: lazy_gettext("Hak seseorang ditanyakan"),
    personal.LOOKS: lazy_gettext("Akses data diperiksa"),
    personal.CASE: lazy_gettext("Kartu atau tugas berkas dilihat"),
    personal.DOCUMENT: lazy_gettext("Dokumen atau surat dilihat"),
}
KINDS = {**EVENTS, **ACCESSES}


def choices() -> list[tuple[str, str]]:
    """Every kind by its name in the reader's language, the two records first."""
    whole = [(trail.EVENTS, str(_("Semua peristiwa berkas"))), (trail.ACCESSES, str(_("Semua akses data")))]
    return whole + sorted(((kind, str(name)) for kind, name in KINDS.items()), key=lambda one: one[1])


def told(line: trail.Line) -> str:
    """What a line tells: an event in the words of its case's history, an access by its kind."""
    if line.deployment is None:
        return str(KINDS.get(line.kind, line.kind))
    return said(
        line.row, Ground(line.deployment, line.process, line.pressed, line.papers, line.permit, line.registered)
    )
