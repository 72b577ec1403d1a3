"""The editor of the law's data: permit types, standards of service, requirements, tariffs, roles, terms, texts.

Its page hangs under the studio.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.operations import draft_law
from app.web.drawing import CHECKED, as_text, editor
from app.web.session import official_required
from app.web.studio import Page, studio
from engine.errors import Refused


@studio.get("/studio/<uuid:plan_id>/hukum")
@official_required
def hukum(plan_id: UUID) -> Page:
    try:
        return editor(plan_id, draft_law.law_drawing, "studio/hukum.html", {"hukum": law_words()}, CHECKED)
    except Refused:
        return as_text(plan_id)


def law_words() -> dict[str, Any]:
    """What the editor says by itself, and what the words of the catalogue are called."""
    return _acts() | {"kata": _words() | _more_words() | _flags() | _settings()}


def _acts() -> dict[str, str]:
    return {
        "sifat": _("Sifat"),
        "saring": _("Saring"),
        "kode_baru": _("Kode baru, isinya seperti yang dipilih"),
        "gandakan": _("Gandakan"),
        "hapus": _("Hapus"),
        "hapus_butir": _("Hapus butir ini"),
        "tambah_versi": _("Tambah, seperti yang terakhir"),
        "anggota_ke": _("Butir"),
        "kode_dipakai": _("Kode ini kosong atau sudah dipakai"),
        "bukan_json": _("Bukan JSON yang benar:"),
        "satu_sebaris": _("satu sebaris"),
    }


def _words() -> dict[str, str]:
    return {
        "name": _("Nama"),
        "name_en": _("Nama dalam bahasa Inggris"),
        "process": _("Proses"),
        "active": _("Dilayani"),
        "group": _("Kelompok"),
        "kinds": _("Jenis permohonan"),
        "agencies": _("Perangkat daerah"),
        "flags": _("Keperluan"),
        "standards": _("Standar waktu layanan, menurut versi"),
        "legal_limits": _("Batas hukum, menurut versi"),
        "budget": _("Jangka waktu"),
        "valid_from": _("Berlaku sejak (tahun-bulan-hari)"),
        "basis": _("Dasar hukum"),
        "example": _("Contoh, belum dikukuhkan pejabat"),
        "requirements": _("Persyaratan"),
        "technical_form": _("Formulir teknis"),
        "levy": _("Retribusi"),
        "product": _("Nama surat izin"),
        "validity": _("Masa berlaku"),
        "about": _("Keterangan"),
        "requirements_basis": _("Dasar persyaratan"),
    }


def _more_words() -> dict[str, str]:
    return {
        "help": _("Bantuan"),
        "version": _("Versi"),
        "content": _("Isi tarif"),
        "duty": _("Tugas"),
        "official": _("Dipegang pegawai"),
        "reads": _("Berkas yang boleh dibaca"),
        "channel": _("Saluran"),
        "label": _("Sebutan"),
        "label_en": _("Sebutan dalam bahasa Inggris"),
        "told": _("Yang dikatakan kepada pemohon"),
        "told_en": _("Yang dikatakan dalam bahasa Inggris"),
        "subject": _("Perihal"),
        "body": _("Isi"),
        "title": _("Judul"),
        "template": _("Templat surat"),
        "register": _("Buku nomor"),
        "signatory": _("Penanda tangan"),
        "pattern": _("Pola nomor"),
        "clocks": _("Jam"),
        "needs": _("Saluran yang diperlukan"),
        "role": _("Peran"),
        "penyunting": _("Penyunting: folder atau berkas dengan daftar NIP"),
        "public": _("Boleh diunduh pemohon"),
        "short": _("Singkatan"),
        "to": _("Kepada"),
        "subject_en": _("Perihal dalam bahasa Inggris"),
        "body_en": _("Isi dalam bahasa Inggris"),
        "closed": _("Berkas sudah ditutup"),
        "agency": _("Pada perangkat daerah"),
        "per_permit": _("Satu buku bagi setiap izin"),
        "by_hand": _("Ditandatangani di atas kertas"),
        "full_nik": _("Memuat NIK selengkapnya"),
        "verify": _("Dapat diperiksa keasliannya"),
        "sent_by": _("Dikirim oleh"),
        "accept": _("Jenis berkas yang diterima"),
        "max_mb": _("Terbesar (MB)"),
        "mandatory": _("Wajib"),
        "original": _("Aslinya diperlihatkan"),
        "source": _("Sumber"),
        "categories": _("Kategori pemohon"),
        "professions": _("Profesi"),
        "inactive_because": _("Mengapa tidak dilayani"),
        "valid_for": _("Lama berlakunya"),
        "valid_until_field": _("Isian yang memuat akhir berlakunya"),
    }


def _flags() -> dict[str, str]:
    """What a permit needs on its way."""
    return {
        "butuh_rekomendasi": _("Perlu rekomendasi perangkat daerah"),
        "butuh_tinjauan": _("Perlu tinjauan lapangan"),
        "butuh_kajian": _("Perlu kajian teknis"),
        "paraf_sekretaris": _("Perlu paraf Sekretaris Dinas"),
    }


def _settings() -> dict[str, str]:
    """What the settings of a release are called."""
    return {
        "unit_code": _("Kode dinas"),
        "public_url": _("Alamat kantor di internet"),
        "kertas": _("Ukuran kertas surat"),
        "nama": _("Nama"),
        "singkatan": _("Singkatan"),
        "kop": _("Kepala surat"),
        "pemerintah": _("Pemerintah daerah"),
        "dinas": _("Dinas"),
        "kota": _("Kota"),
        "provinsi": _("Provinsi"),
        "alamat": _("Alamat"),
        "kode_pos": _("Kode pos"),
        "telepon": _("Telepon"),
        "faks": _("Faksimile"),
        "surel": _("Surel"),
        "laman": _("Laman"),
        "bank": _("Bank"),
        "rekening_kas_daerah": _("Rekening kas daerah"),
        "peraturan": _("Peraturan yang mendasari"),
        "peraturan_singkat": _("Sebutan singkat peraturan"),
        "peraturan_catatan": _("Catatan tentang peraturan"),
        "berlaku_sejak": _("Berlaku sejak"),
        "pelimpahan": _("Pelimpahan kewenangan"),
        "jam_layanan": _("Jam layanan"),
        "pengaduan": _("Saluran pengaduan"),
        "keberatan": _("Cara mengajukan keberatan"),
        "batas_koordinat": _("Batas wilayah menurut koordinat"),
        "penundaan_terlama_hari": _("Penundaan terlama (hari)"),
        "kahar_perpanjangan_hk": _("Keadaan kahar: perpanjangan (hari kerja)"),
        "kahar_surut_hari": _("Keadaan kahar: paling lama berlaku surut (hari)"),
        "kahar_terpanjang_hari": _("Keadaan kahar: paling lama (hari)"),
        "kahar_akibat": _("Keadaan kahar: akibat menurut dasarnya"),
        "laporan_koreksi_bulan": _("Laporan: koreksi paling lama (bulan)"),
        "skm": _("Survei kepuasan masyarakat"),
        "gangguan_pusat": _("Sistem pusat yang gangguannya dicatat"),
        "contoh": _("Pengaturan yang masih contoh"),
        "temuan": _("Temuan pengawas"),
        "pola_audit": _("Pola yang diperiksa pengawas"),
        "daftar_periksa_audit": _("Daftar periksa audit"),
    }
