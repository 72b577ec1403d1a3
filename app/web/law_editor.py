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
    return _acts() | {"kata": _words() | _more_words()}


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
    }
