"""People, roles with their basis, number books, settings; calendar, catalogue, releases and health to look at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from werkzeug.wrappers import Response

from app.operations import administration, calendar_page, office_settings, officials, processes
from app.operations.auditing import Verified
from app.web.parts import typed, uuid_of
from app.web.public import today
from app.web.session import official_required, person
from app.web.words import official_roles
from engine.errors import NotFound, SubmissionInvalid
from engine.forms.values import Unreadable, clean, date_of

admin = Blueprint("kelola", __name__)
Page = str | Response | tuple[str, int]
OFFICE_EVENTS = {
    "deployed": lazy_gettext("Terbitan diusulkan"),
    "deployment_approved": lazy_gettext("Terbitan disetujui"),
    "declaration_proposed": lazy_gettext("Keadaan kahar diusulkan"),
    "declaration_established": lazy_gettext("Keadaan kahar ditetapkan"),
    "declaration_rejected": lazy_gettext("Usul keadaan kahar ditolak"),
    "official_added": lazy_gettext("Akun pegawai dibuat"),
    "official_disabled": lazy_gettext("Akun pegawai dinonaktifkan"),
    "official_enabled": lazy_gettext("Akun pegawai diaktifkan lagi"),
    "role_granted": lazy_gettext("Peran diberikan"),
    "role_revoked": lazy_gettext("Peran dicabut"),
    "settings_changed": lazy_gettext("Pengaturan diubah"),
    "book_started": lazy_gettext("Nilai awal buku nomor diatur"),
    "process_suspended": lazy_gettext("Proses ditangguhkan"),
    "process_resumed": lazy_gettext("Proses dilanjutkan"),
    "anchored": lazy_gettext("Jangkar harian buku jejak dibuat"),
}


def _me() -> UUID:
    return person().actor.id


def _word(name: str, longest: int = 200) -> str:
    return request.form.get(name, "")[:longest]


# --- people


@admin.get("/kelola/pegawai")
@official_required
def pegawai() -> Page:
    return _people({}, 200)


def _people(errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = officials.staff(_me(), g.at)
    page = render_template("kelola/pegawai.html", staf=found, hari_ini=today(), salah=errors, isi=request.form)
    return page, status


@admin.post("/kelola/pegawai")
@official_required
def tambah_pegawai() -> Page:
    name, email, nip, rank, secret = (_word(one) for one in ("nama", "email", "nip", "pangkat", "sandi"))
    try:
        made = officials.add_official(name, email, nip, rank, secret, _me(), g.at)
    except SubmissionInvalid as invalid:
        return _people(invalid.errors, 422)
    flash(_("Akun dibuat. Beri peran pertamanya di bawah, dengan SK."))
    return redirect(url_for("kelola.satu_pegawai", person_id=made), 303)


@admin.get("/kelola/pegawai/<uuid:person_id>")
@official_required
def satu_pegawai(person_id: UUID) -> Page:
    return _one(person_id, {}, 200)


def _one(person_id: UUID, errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = officials.staff(_me(), g.at)
    one = next((row for row in found.people if row.id == person_id), None)
    if one is None:
        raise NotFound(_("Pegawai tidak ditemukan."))
    catalogue = processes.active().catalogue
    page = render_template(
        "kelola/satu_pegawai.html",
        p=one,
        peran=found.grants.get(person_id, []),
        pegawai={row.id: row.name for row in found.people},
        hari_ini=today(),
        pilihan_peran=official_roles(catalogue.roles.values()),
        pilihan_unit=[(unit.code, unit.name) for unit in catalogue.agencies.values()],
        salah=errors,
        isi=request.form,
    )
    return page, status


@admin.post("/kelola/pegawai/<uuid:person_id>/peran")
@official_required
def beri_peran(person_id: UUID) -> Page:
    """A role with its SK, unit and days; Plt. and Plh. say whom they stand in for."""
    try:
        since, until = _days()
        officials.grant_role(
            person_id, _word("peran", 8), _word("unit", 20), _word("macam", 20), since, until, _word("dasar"),
            _me(), g.at, uuid_of(_word("menggantikan")),
        )  # fmt: skip
    except SubmissionInvalid as invalid:
        return _one(person_id, invalid.errors, 422)
    flash(_("Peran diberikan."))
    return redirect(url_for("kelola.satu_pegawai", person_id=person_id), 303)


def _days() -> tuple[date, date | None]:
    """First and last day of a role; raises SubmissionInvalid with both faults."""
    found: dict[str, date] = {}
    errors: dict[str, str] = {}
    for name, label in (("mulai", _("Mulai")), ("sampai", _("Sampai"))):
        text = clean(_word(name, 40))
        try:
            if text:
                found[name] = date_of(text)
        except Unreadable as fault:
            errors[name] = f"{label}: {fault}"
    if "mulai" not in found and "mulai" not in errors:
        errors["mulai"] = _("Tanggal mulai wajib diisi")
    if errors:
        raise SubmissionInvalid(errors)
    return found["mulai"], found.get("sampai")


@admin.post("/kelola/pegawai/<uuid:person_id>/peran/<uuid:grant_id>/cabut")
@official_required
def cabut_peran(person_id: UUID, grant_id: UUID) -> Page:
    officials.revoke_role(grant_id, _me(), g.at)
    flash(_("Peran dicabut; berlaku sejak klik berikutnya."))
    return redirect(url_for("kelola.satu_pegawai", person_id=person_id), 303)


@admin.post("/kelola/pegawai/<uuid:person_id>/nonaktif")
@official_required
def nonaktifkan(person_id: UUID) -> Page:
    if request.form.get("yakin") != "ya":
        return _one(person_id, {"yakin": _("Centang dahulu bahwa akun ini memang harus ditutup")}, 422)
    count = officials.disable(person_id, _me(), g.at)
    told = ngettext("%(num)s tugas dikembalikan ke kelompoknya.", "%(num)s tugas dikembalikan ke kelompoknya.", count)
    flash(_("Akun dinonaktifkan.") + " " + told)
    return redirect(url_for("kelola.satu_pegawai", person_id=person_id), 303)


@admin.post("/kelola/pegawai/<uuid:person_id>/aktif")
@official_required
def aktifkan(person_id: UUID) -> Page:
    officials.enable(person_id, _me(), g.at)
    flash(_("Akun diaktifkan lagi."))
    return redirect(url_for("kelola.satu_pegawai", person_id=person_id), 303)


# --- settings and number books


@admin.get("/kelola/pengaturan")
@official_required
def pengaturan() -> Page:
    return _settings({}, 200)


def _settings(errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = office_settings.page(_me(), g.at)
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
        return date.fromisoformat(str(value)).strftime("%d/%m/%Y")
    except ValueError:
        return str(value)


@admin.post("/kelola/pengaturan")
@official_required
def ubah_pengaturan() -> Page:
    try:
        changed = office_settings.change({name: texts[0] for name, texts in typed().items()}, _me(), g.at)
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
    found = administration.books(_me(), g.at)
    choices = [(one.code, one.name) for one in found.registers]
    values = {"buku": found, "pilihan_buku": choices, "hari_ini": today()}
    return render_template("kelola/nomor.html", salah=errors, isi=request.form, **values), status


@admin.post("/kelola/nomor")
@official_required
def mulai_nomor() -> Page:
    register, permit, year, first = (_word(name, 40) for name in ("register", "izin", "tahun", "mulai"))
    try:
        administration.start_book(register, permit, year, first, _me(), g.at)
    except SubmissionInvalid as invalid:
        return _books(invalid.errors, 422)
    flash(_("Nilai awal buku dicatat."))
    return redirect(url_for("kelola.nomor"), 303)


# --- to look at


@admin.get("/kelola/kalender")
@official_required
def kalender() -> Page:
    text = request.args.get("tahun", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today().year
    return render_template("kelola/kalender.html", k=calendar_page.calendar(year, _me(), g.at))


@admin.get("/kelola/katalog")
@official_required
def katalog() -> Page:
    found = processes.releases(_me(), g.at)
    return render_template(
        "kelola/katalog.html", katalog=found.active.catalogue, terbitan=found.active, hari_ini=today()
    )


@admin.get("/kelola/proses")
@official_required
def proses() -> Page:
    return render_template("kelola/proses.html", r=processes.releases(_me(), g.at))


@admin.get("/kelola/proses/<uuid:deployment_id>")
@official_required
def satu_proses(deployment_id: UUID) -> Page:
    return render_template("kelola/satu_proses.html", r=processes.release(deployment_id, _me(), g.at))


@admin.post("/kelola/proses/<uuid:deployment_id>/setujui")
@official_required
def setujui(deployment_id: UUID) -> Page:
    processes.approve(deployment_id, _me(), g.at)
    flash(_("Terbitan berlaku bagi berkas baru; berkas yang berjalan tetap pada terbitannya."))
    return redirect(url_for("kelola.proses"), 303)


@admin.get("/kelola/kesehatan")
@official_required
def kesehatan() -> Page:
    return _health()


def _health(verified: Verified | None = None) -> str:
    found = administration.health(_me(), g.at)
    return render_template("kelola/kesehatan.html", s=found, hasil=verified, kata=OFFICE_EVENTS)


@admin.post("/kelola/kesehatan/buku-jejak")
@official_required
def periksa_buku_jejak() -> Page:
    """Recomputes every chain and shows the result; kept nowhere."""
    return _health(administration.verify_ledger(_me(), g.at))


@admin.post("/kelola/kesehatan/kiriman/<uuid:effect_id>")
@official_required
def ulangi_kiriman(effect_id: UUID) -> Page:
    administration.retry_effect(effect_id, _me(), g.at)
    flash(_("Kiriman akan dicoba lagi."))
    return redirect(url_for("kelola.kesehatan"), 303)


@admin.post("/kelola/kesehatan/gangguan/<uuid:incident_id>")
@official_required
def tutup_gangguan(incident_id: UUID) -> Page:
    administration.resolve_incident(incident_id, _me(), g.at)
    flash(_("Gangguan ditandai selesai."))
    return redirect(url_for("kelola.kesehatan"), 303)
