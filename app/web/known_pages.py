"""The pages that officials look for by name, with the right that opens each: more than the menu has room for."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app, url_for
from flask_babel import lazy_gettext

from engine import access
from engine.access import Actor

# endpoint, name, the right of engine.access that opens it ("": every official)
PAGES: tuple[tuple[str, str, str], ...] = (
    ("tugas.kotak", lazy_gettext("Kotak Tugas"), ""),
    ("tugas.disposisi_saya", lazy_gettext("Disposisi saya"), ""),
    ("berkas.daftar", lazy_gettext("Berkas"), ""),
    ("kertas.susulan", lazy_gettext("Catat setelah kejadian"), ""),
    ("kertas.formulir", lazy_gettext("Formulir kertas"), ""),
    ("permohonan.loket", lazy_gettext("Loket"), "file_for_applicant"),
    ("permohonan.belum_disampaikan", lazy_gettext("Pesan yang belum disampaikan"), "tell_messages"),
    ("jam.papan", lazy_gettext("Jam Layanan"), "see_board"),
    ("jam.antrean", lazy_gettext("Keadilan antrean"), "see_board"),
    ("jam.perkiraan", lazy_gettext("Perkiraan pelampauan"), "see_board"),
    ("jam.kemacetan", lazy_gettext("Kemacetan alur"), "see_board"),
    ("jam.risiko", lazy_gettext("Risiko fiktif positif"), "see_board"),
    ("laporan.daftar", lazy_gettext("Laporan"), "see_reports"),
    ("laporan.angka", lazy_gettext("Angka laporan"), "see_reports"),
    ("audit.jejak", lazy_gettext("Cari jejak"), "see_ledger"),
    ("audit.sampel", lazy_gettext("Sampel audit"), "see_ledger"),
    ("audit.pola", lazy_gettext("Pola keputusan"), "see_ledger"),
    ("audit.akses", lazy_gettext("Akses data"), "see_ledger"),
    ("audit.temuan", lazy_gettext("Temuan"), ""),
    ("audit.catat_temuan", lazy_gettext("Catat temuan"), "record_finding"),
    ("audit.boleh", lazy_gettext("Boleh atau tidak?"), ""),
    ("kahar.daftar", lazy_gettext("Keadaan Kahar"), ""),
    ("kahar.usul", lazy_gettext("Usulkan keadaan kahar"), "propose_force_majeure"),
    ("kahar.statistik", lazy_gettext("Statistik keadaan kahar"), "see_board"),
    ("gangguan.daftar", lazy_gettext("Gangguan sistem pusat"), ""),
    ("gangguan.catat", lazy_gettext("Catat gangguan"), "record_disturbance"),
    ("gangguan.padam", lazy_gettext("Saat sistem padam"), "see_outages"),
    ("bendahara.halaman", lazy_gettext("Bendahara"), "see_payments"),
    ("pesan.daftar", lazy_gettext("Pesan"), ""),
    ("kelola.pegawai", lazy_gettext("Pegawai"), "manage_people"),
    ("kelola.proses", lazy_gettext("Proses"), "see_deployments"),
    ("kelola.katalog", lazy_gettext("Katalog izin"), "see_deployments"),
    ("kelola.kalender", lazy_gettext("Kalender kerja"), "see_settings"),
    ("kelola.usul_kalender", lazy_gettext("Usulkan perubahan kalender"), "propose_calendar"),
    ("kelola.penguji_kalender", lazy_gettext("Uji tenggat"), ""),
    ("kelola.aturan_jam", lazy_gettext("Aturan jam"), "see_settings"),
    ("kelola.nomor", lazy_gettext("Buku nomor"), "see_settings"),
    ("kelola.pengaturan", lazy_gettext("Pengaturan"), "see_settings"),
    ("kelola.kesehatan", lazy_gettext("Kesehatan sistem"), "see_incidents"),
    ("perbaikan.meja", lazy_gettext("Meja perbaikan"), "see_incidents"),
    ("umum.alur", lazy_gettext("Alur izin"), ""),
    ("umum.simulasi", lazy_gettext("Simulasi Tarif"), ""),
    ("umum.kalender", lazy_gettext("Hari dan jam layanan"), ""),
    ("umum.periksa", lazy_gettext("Periksa Surat"), ""),
    ("akun.profil", lazy_gettext("Akun saya"), ""),
)


def named(text: str, actor: Actor) -> Iterator[tuple[str, str]]:
    """Address and name of the pages this person may open whose name has every word of the text."""
    for endpoint, name, action in PAGES:
        allowed = not action or access.may(actor, action)
        if allowed and endpoint in current_app.view_functions and fits(text, str(name)):
            yield url_for(endpoint), str(name)


def fits(text: str, name: str) -> bool:
    return all(word in name.casefold() for word in text.casefold().split())
