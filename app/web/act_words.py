"""What may be asked about: every act that has a guard of its own, and every right of `engine.access`, in words."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.operations import permitted
from engine import access

OF_TASK: Mapping[str, str] = {
    "kerjakan": lazy_gettext("Mengambil dan mengerjakan tugas"),
    "tidak_ambil": lazy_gettext("Menolak mengambil tugas"),
    "lepas": lazy_gettext("Mengembalikan tugas ke kelompok"),
    "alihkan": lazy_gettext("Mengalihkan tugas ini kepada rekan"),
    "tanya_pemohon": lazy_gettext("Bertanya kepada pemohon dari tugas"),
}
OF_CASE: Mapping[str, str] = {
    "lihat": lazy_gettext("Melihat berkas"),
    "nik": lazy_gettext("Membuka NIK lengkap"),
    "ekspor": lazy_gettext("Mengekspor berkas"),
    "catatan": lazy_gettext("Menulis catatan internal"),
    "cabut": lazy_gettext("Mencabut permohonan"),
    "tunda": lazy_gettext("Meminta penundaan"),
    "buka_kembali": lazy_gettext("Membuka kembali berkas"),
}
RIGHTS: Mapping[str, str] = {
    "see_any_case": lazy_gettext("Melihat berkas mana pun"),
    "see_applicant": lazy_gettext("Membuka NIK pemohon"),
    "file_for_applicant": lazy_gettext("Mendaftarkan atas nama pemohon"),
    "withdraw_for_applicant": lazy_gettext("Mencabut atas nama pemohon"),
    "tell_messages": lazy_gettext("Menyampaikan pesan di loket"),
    "reassign": lazy_gettext("Mengalihkan tugas siapa pun"),
    "grant_hold": lazy_gettext("Memutus permintaan penundaan"),
    "propose_extension": lazy_gettext("Mengusulkan perpanjangan janji"),
    "answer_limit_risk": lazy_gettext("Menjawab risiko batas hukum"),
    "propose_clock_policy": lazy_gettext("Mengusulkan aturan jam"),
    "adopt_clock_policy": lazy_gettext("Menetapkan aturan jam"),
    "reopen_case": lazy_gettext("Membuka kembali berkas"),
    "propose_force_majeure": lazy_gettext("Mengusulkan keadaan kahar"),
    "declare_force_majeure": lazy_gettext("Menetapkan keadaan kahar"),
    "comment_force_majeure": lazy_gettext("Mengomentari keadaan kahar"),
    "close_force_majeure": lazy_gettext("Menutup keadaan kahar"),
    "record_disturbance": lazy_gettext("Mencatat gangguan"),
    "see_outages": lazy_gettext("Membaca catatan padam"),
    "propose_calendar": lazy_gettext("Mengusulkan kalender"),
    "adopt_calendar": lazy_gettext("Menetapkan kalender"),
    "see_board": lazy_gettext("Membuka Jam Layanan"),
    "see_reports": lazy_gettext("Membaca laporan"),
    "draft_report": lazy_gettext("Menyusun laporan"),
    "check_report": lazy_gettext("Memeriksa laporan"),
    "sign_report": lazy_gettext("Menandatangani laporan"),
    "send_report": lazy_gettext("Mengirim laporan"),
    "see_payments": lazy_gettext("Melihat pembayaran"),
    "enter_bank_line": lazy_gettext("Mencatat setoran bank"),
    "export_case": lazy_gettext("Mengekspor berkas"),
    "see_ledger": lazy_gettext("Membaca ruang audit"),
    "sample_cases": lazy_gettext("Menarik sampel"),
    "give_disposition": lazy_gettext("Memberi disposisi kepada bawahan"),
    "ask_colleague": lazy_gettext("Bertanya kepada rekan tentang berkas"),
    "record_finding": lazy_gettext("Mencatat temuan"),
    "manage_people": lazy_gettext("Mengelola pegawai"),
    "manage_settings": lazy_gettext("Mengubah pengaturan"),
    "see_settings": lazy_gettext("Membaca pengaturan"),
    "see_deployments": lazy_gettext("Membaca terbitan proses"),
    "deploy": lazy_gettext("Mengusulkan dan menerbitkan proses"),
    "migrate_cases": lazy_gettext("Memindahkan berkas ke terbitan lain"),
    "recall_step": lazy_gettext("Menarik kembali langkah orang lain"),
    "move_token": lazy_gettext("Memindahkan langkah berkas"),
    "suspend_cases": lazy_gettext("Menangguhkan berkas"),
    "repair_cases": lazy_gettext("Memperbaiki data berkas"),
    "see_messages": lazy_gettext("Membaca kotak surat"),
    "see_incidents": lazy_gettext("Membaca kegagalan langkah"),
    "retry_incident": lazy_gettext("Mengulang langkah yang gagal"),
    "add_note": lazy_gettext("Menulis catatan internal"),
}


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The operations' own acts and rights in groups, each by its name; one without a name shows its code."""
    groups = (
        (_("Pada tugas berkas"), permitted.OF_TASK, OF_TASK),
        (_("Pada berkas"), permitted.OF_CASE, OF_CASE),
        (_("Hak menurut peran"), access.ACTIONS, RIGHTS),
    )
    return [(str(name), [(code, str(words.get(code, code))) for code in codes]) for name, codes, words in groups]


def named(act: str) -> str:
    words = {**RIGHTS, **OF_CASE, **OF_TASK}
    return str(words.get(act, act))
