"""People of the office: accounts, roles with their basis, who stands in for whom, disabling."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.operations import granting, officials, processes
from app.web.admin import Page, admin, me, word
from app.web.parts import uuid_of
from app.web.public import today
from app.web.session import official_required, token
from app.web.words import official_roles
from engine.errors import NotFound, Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, date_of


@admin.get("/kelola/pegawai")
@official_required
def pegawai() -> Page:
    return _people({}, 200)


def _people(errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = officials.staff(me(), g.at)
    page = render_template("kelola/pegawai.html", staf=found, hari_ini=today(), salah=errors, isi=request.form)
    return page, status


@admin.post("/kelola/pegawai")
@official_required
def tambah_pegawai() -> Page:
    name, email, nip, rank, secret = (word(one) for one in ("nama", "email", "nip", "pangkat", "sandi"))
    try:
        made = officials.add_official(name, email, nip, rank, secret, me(), g.at)
    except SubmissionInvalid as invalid:
        return _people(invalid.errors, 422)
    flash(_("Akun dibuat. Beri peran pertamanya di bawah, dengan SK."))
    return redirect(url_for("kelola.satu_pegawai", person_id=made), 303)


@admin.get("/kelola/pegawai/<uuid:person_id>")
@official_required
def satu_pegawai(person_id: UUID) -> Page:
    return _one(person_id, {}, 200)


def _one(person_id: UUID, errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = officials.staff(me(), g.at)
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


@admin.post("/kelola/pegawai/<uuid:person_id>/data")
@official_required
def ubah_pegawai(person_id: UUID) -> Page:
    """Name, e-mail, NIP and rank put right; with a fault, the page with what was typed."""
    name, email, nip, rank = (word(one) for one in ("nama", "email", "nip", "pangkat"))
    try:
        changed = officials.change_official(person_id, name, email, nip, rank, me(), g.at, token())
    except SubmissionInvalid as invalid:
        return _one(person_id, invalid.errors, 422)
    flash(_("Data pegawai diubah.") if changed else _("Tidak ada yang berubah."))
    return redirect(url_for("kelola.satu_pegawai", person_id=person_id), 303)


@admin.post("/kelola/pegawai/<uuid:person_id>/peran")
@official_required
def beri_peran(person_id: UUID) -> Page:
    """A role with its SK, unit and days; Plt. and Plh. say whom they stand in for."""
    try:
        since, until = _days()
        granting.grant_role(
            person_id, word("peran", 8), word("unit", 20), word("macam", 20), since, until, word("dasar"),
            me(), g.at, uuid_of(word("menggantikan")),
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
        text = clean(word(name, 40))
        try:
            if text:
                found[name] = date_of(text)
        except Unreadable as fault:
            errors[name] = Sentence("%(label)s: %(fault)s", label=label, fault=fault.sentence)
    if "mulai" not in found and "mulai" not in errors:
        errors["mulai"] = _("Tanggal mulai wajib diisi")
    if errors:
        raise SubmissionInvalid(errors)
    return found["mulai"], found.get("sampai")


@admin.post("/kelola/pegawai/<uuid:person_id>/peran/<uuid:grant_id>/cabut")
@official_required
def cabut_peran(person_id: UUID, grant_id: UUID) -> Page:
    granting.revoke_role(person_id, grant_id, me(), g.at)
    flash(_("Peran dicabut; berlaku sejak klik berikutnya."))
    return redirect(url_for("kelola.satu_pegawai", person_id=person_id), 303)


@admin.post("/kelola/pegawai/<uuid:person_id>/nonaktif")
@official_required
def nonaktifkan(person_id: UUID) -> Page:
    if request.form.get("yakin") != "ya":
        return _one(person_id, {"yakin": _("Centang dahulu bahwa akun ini memang harus ditutup")}, 422)
    count = officials.disable(person_id, me(), g.at)
    told = ngettext("%(num)s tugas dikembalikan ke kelompoknya.", "%(num)s tugas dikembalikan ke kelompoknya.", count)
    flash(_("Akun dinonaktifkan.") + " " + told)
    return redirect(url_for("kelola.satu_pegawai", person_id=person_id), 303)


@admin.post("/kelola/pegawai/<uuid:person_id>/aktif")
@official_required
def aktifkan(person_id: UUID) -> Page:
    officials.enable(person_id, me(), g.at)
    flash(_("Akun diaktifkan lagi."))
    return redirect(url_for("kelola.satu_pegawai", person_id=person_id), 303)
