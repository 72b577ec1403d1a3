"""Number books and settings; calendar, catalogue, releases and health to look at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from werkzeug.wrappers import Response

from app.operations import administration, office_settings, processes, release_differences, releases_shown
from app.operations.auditing import Verified
from app.web.errors import told
from app.web.parts import instants, typed
from app.web.public import today
from app.web.rendering import moment, typed_day
from app.web.session import official_required, person
from engine import access
from engine.errors import Refused, SubmissionInvalid

admin = Blueprint("kelola", __name__)
Page = str | Response | tuple[str, int]
OFFICE_EVENTS = {
    "deployed": lazy_gettext("Terbitan diusulkan"),
    "deployment_approved": lazy_gettext("Terbitan disetujui"),
    "deployment_rejected": lazy_gettext("Terbitan ditolak"),
    "deployment_took_effect": lazy_gettext("Terbitan mulai berlaku"),
    "deployment_called_off": lazy_gettext("Terbitan tidak jadi berlaku"),
    "deployment_withdrawn": lazy_gettext("Usul terbitan ditarik pengusulnya"),
    "release_draft_opened": lazy_gettext("Rancangan terbitan dimulai"),
    "release_draft_merged": lazy_gettext("Rancangan terbitan digabungkan"),
    "release_draft_imported": lazy_gettext("Terbitan dari ZIP dimasukkan ke rancangan"),
    "release_draft_proposed": lazy_gettext("Rancangan diusulkan sebagai terbitan"),
    "release_draft_dropped": lazy_gettext("Rancangan terbitan dibuang"),
    "release_draft_reopened": lazy_gettext("Rancangan terbitan dibuka kembali"),
    "migration_started": lazy_gettext("Pemindahan berkas dimulai"),
    "migration_paused": lazy_gettext("Pemindahan berkas dijeda"),
    "migration_resumed": lazy_gettext("Pemindahan berkas dilanjutkan"),
    "migration_stopped": lazy_gettext("Pemindahan berkas dihentikan"),
    "migration_ended": lazy_gettext("Pemindahan berkas selesai"),
    "migration_undone": lazy_gettext("Pemindahan berkas dibatalkan"),
    "declaration_proposed": lazy_gettext("Keadaan kahar diusulkan"),
    "declaration_established": lazy_gettext("Keadaan kahar ditetapkan"),
    "declaration_rejected": lazy_gettext("Usul keadaan kahar ditolak"),
    "declaration_withdrawn": lazy_gettext("Usul keadaan kahar ditarik kembali"),
    "calendar_proposed": lazy_gettext("Perubahan kalender diusulkan"),
    "calendar_adopted": lazy_gettext("Perubahan kalender ditetapkan"),
    "calendar_rejected": lazy_gettext("Usul perubahan kalender ditolak"),
    "report_drafted": lazy_gettext("Laporan berkala dibekukan"),
    "report_checked": lazy_gettext("Laporan berkala diperiksa"),
    "report_returned": lazy_gettext("Rancangan laporan berkala dikembalikan"),
    "report_signed": lazy_gettext("Laporan berkala ditandatangani"),
    "report_sent": lazy_gettext("Laporan berkala dikirim kepada Walikota"),
    "clock_policy_proposed": lazy_gettext("Aturan jam diusulkan"),
    "clock_policy_adopted": lazy_gettext("Aturan jam ditetapkan"),
    "clock_policy_rejected": lazy_gettext("Usul aturan jam ditolak"),
    "finding_recorded": lazy_gettext("Temuan dicatat"),
    "finding_answered": lazy_gettext("Temuan dijawab"),
    "finding_returned": lazy_gettext("Jawaban temuan dikembalikan"),
    "finding_closed": lazy_gettext("Temuan ditutup"),
    "disposition_given": lazy_gettext("Disposisi diberikan"),
    "disposition_done": lazy_gettext("Disposisi selesai"),
    "disposition_taken_back": lazy_gettext("Disposisi atau pertanyaan rekan ditarik kembali"),
    "colleague_asked": lazy_gettext("Rekan ditanya"),
    "colleague_answered": lazy_gettext("Pertanyaan rekan dijawab"),
    "evidence_added": lazy_gettext("Bukti keadaan kahar ditambahkan"),
    "disturbance_recorded": lazy_gettext("Gangguan sistem pusat dicatat"),
    "letter_scanned": lazy_gettext("Pindaian surat bertanda tangan disimpan"),
    "messages_told": lazy_gettext("Pesan disampaikan di loket"),
    "official_added": lazy_gettext("Akun pegawai dibuat"),
    "official_changed": lazy_gettext("Data pegawai diubah"),
    "official_disabled": lazy_gettext("Akun pegawai dinonaktifkan"),
    "official_enabled": lazy_gettext("Akun pegawai diaktifkan lagi"),
    "role_granted": lazy_gettext("Peran diberikan"),
    "role_revoked": lazy_gettext("Peran dicabut"),
    "settings_changed": lazy_gettext("Pengaturan diubah"),
    "book_started": lazy_gettext("Nilai awal buku nomor diatur"),
    "process_suspended": lazy_gettext("Proses ditangguhkan"),
    "process_resumed": lazy_gettext("Proses dilanjutkan"),
    "recount_asked": lazy_gettext("Hitung ulang seluruh jam diminta"),
    "anchored": lazy_gettext("Jangkar harian buku jejak dibuat"),
}


def me() -> UUID:
    return person().actor.id


def word(name: str, longest: int = 200) -> str:
    return request.form.get(name, "")[:longest]


# --- settings and number books


@admin.get("/kelola/pengaturan")
@official_required
def pengaturan() -> Page:
    return _settings({}, 200)


def _settings(errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = office_settings.page(me(), g.at)
    shown = {name: request.form.get(name, _shown(found.values.get(name, ""))) for name in office_settings.EDITABLE}
    page = render_template(
        "kelola/pengaturan.html", p=found, bagian=office_settings.SECTIONS, nilai=shown, salah=errors
    )
    return page, status


def _shown(value: Any) -> str:
    """A setting as it is typed: lists by lines, ISO dates day first."""
    if isinstance(value, list | tuple):
        return "\n".join(str(one) for one in value)
    try:
        return typed_day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


@admin.post("/kelola/pengaturan")
@official_required
def ubah_pengaturan() -> Page:
    try:
        changed = office_settings.change({name: texts[0] for name, texts in typed().items()}, me(), g.at)
    except SubmissionInvalid as invalid:
        return _settings(invalid.errors, 422)
    told = ngettext("%(num)s pengaturan diubah.", "%(num)s pengaturan diubah.", len(changed))
    flash(told if changed else _("Tidak ada yang berubah."))
    return redirect(url_for("kelola.pengaturan"), 303)


@admin.get("/kelola/nomor")
@official_required
def nomor() -> Page:
    return _books({}, 200)


def _books(errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = administration.books(me(), g.at)
    choices = [(one.code, one.name) for one in found.registers]
    values = {"buku": found, "pilihan_buku": choices, "hari_ini": today()}
    return render_template("kelola/nomor.html", salah=errors, isi=request.form, **values), status


@admin.post("/kelola/nomor")
@official_required
def mulai_nomor() -> Page:
    register, permit, year, first = (word(name, 40) for name in ("register", "izin", "tahun", "mulai"))
    try:
        administration.start_book(register, permit, year, first, me(), g.at)
    except SubmissionInvalid as invalid:
        return _books(invalid.errors, 422)
    flash(_("Nilai awal buku dicatat."))
    return redirect(url_for("kelola.nomor"), 303)


# --- to look at


@admin.get("/kelola/katalog")
@official_required
def katalog() -> Page:
    found = releases_shown.releases(me(), g.at)
    return render_template(
        "kelola/katalog.html", katalog=found.active.catalogue, terbitan=found.active, hari_ini=today()
    )


@admin.get("/kelola/proses")
@official_required
def proses() -> Page:
    return render_template("kelola/proses.html", r=releases_shown.releases(me(), g.at))


@admin.get("/kelola/proses/<uuid:deployment_id>")
@official_required
def satu_proses(deployment_id: UUID) -> Page:
    return release_page(deployment_id, {}, 200)


def release_page(deployment_id: UUID, errors: Mapping[str, str], status: int, told: str = "") -> tuple[str, int]:
    """The page of a release: faults by field, the status, why something was not done."""
    found = releases_shown.release(deployment_id, me(), g.at)
    remarks = release_differences.unanswered(deployment_id, me(), g.at) if found.row.status == "draft" else 0
    page = render_template(
        "kelola/satu_proses.html", r=found, salah=errors, isi=request.form, kabar=told, catatan_terbuka=remarks
    )
    return page, status


@admin.post("/kelola/proses/<uuid:deployment_id>/setujui")
@official_required
def setujui(deployment_id: UUID) -> Page:
    try:
        access.require(person().actor, "deploy")  # before what was typed is read
        when, unread = instants({"berlaku": _("Berlaku mulai")})
        aware, ready = (bool(request.form.get(name)) for name in ("dampak", "berhenti"))
        said = (word("keputusan"), when["berlaku"], aware, word("diusulkan"), ready, unread, word("dibaca", 20))
        later = processes.approve(deployment_id, me(), g.at, *said)
    except SubmissionInvalid as invalid:
        return release_page(deployment_id, invalid.errors, 422)
    except Refused as refused:
        return release_page(deployment_id, {}, 409, told(refused))
    if later:
        flash(_("Terbitan disetujui dan berlaku mulai %(saat)s WIB.", saat=moment(later)))
        return redirect(url_for("kelola.satu_proses", deployment_id=deployment_id), 303)
    flash(_("Terbitan berlaku bagi berkas baru; berkas yang berjalan tetap pada terbitannya."))
    return redirect(url_for("kelola.proses"), 303)


@admin.post("/kelola/proses/<uuid:deployment_id>/tolak")
@official_required
def tolak_terbitan(deployment_id: UUID) -> Page:
    try:
        processes.reject(deployment_id, word("alasan", 2000), me(), g.at, word("diusulkan"))
    except SubmissionInvalid as invalid:
        return release_page(deployment_id, invalid.errors, 422)
    except Refused as refused:
        return release_page(deployment_id, {}, 409, told(refused))
    flash(_("Terbitan ditolak; berkasnya dapat diusulkan kembali."))
    return redirect(url_for("kelola.proses"), 303)


@admin.get("/kelola/kesehatan")
@official_required
def kesehatan() -> Page:
    return _health()


def _health(verified: Verified | None = None) -> str:
    found = administration.health(me(), g.at)
    return render_template("kelola/kesehatan.html", s=found, hasil=verified, kata=OFFICE_EVENTS)


@admin.post("/kelola/kesehatan/buku-jejak")
@official_required
def periksa_buku_jejak() -> Page:
    """Recomputes every chain and shows the result; kept nowhere."""
    return _health(administration.verify_ledger(me(), g.at))


@admin.post("/kelola/kesehatan/kiriman/<uuid:effect_id>")
@official_required
def ulangi_kiriman(effect_id: UUID) -> Page:
    administration.retry_effect(effect_id, me(), g.at)
    flash(_("Kiriman akan dicoba lagi."))
    return redirect(url_for("kelola.kesehatan"), 303)


@admin.post("/kelola/kesehatan/gangguan/<uuid:incident_id>")
@official_required
def tutup_gangguan(incident_id: UUID) -> Page:
    administration.resolve_incident(incident_id, me(), g.at)
    flash(_("Gangguan ditandai selesai."))
    return redirect(url_for("kelola.kesehatan"), 303)
