"""Gangguan sistem pusat: the register, a record and its corrections, and the office's own outage log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.operations import disturbances as operations
from app.operations import heartbeat
from app.web.errors import told
from app.web.parts import instant, key, uuid_of
from app.web.rendering import moment
from app.web.session import official_required, person
from app.web.spreadsheet import table
from app.web.words import translated
from engine import access
from engine.errors import Refused, SubmissionInvalid

disturbances = Blueprint("gangguan", __name__)
Page = str | Response | tuple[str, int]


@disturbances.get("/gangguan")
@official_required
def daftar() -> Page:
    return render_template("gangguan/daftar.html", r=operations.register(person().actor.id, g.at))


@disturbances.get("/gangguan/unduh.csv")
@official_required
def unduh() -> Response:
    """The register as a table."""
    found = operations.register(person().actor.id, g.at)
    head = ["Kode", "Sistem", "Sejak", "Sampai", "Keadaan", "Sebab", "Bukti", "Dicatat oleh", "Dicatat", "Versi"]
    rows = (_row(one, found.names) for one in found.records)
    return table("gangguan-sistem-pusat.csv", [_(one) for one in head], rows)


def _row(one: operations.Record, names: Mapping[UUID, str]) -> list[str]:
    row = one.row
    state = _("ditarik") if one.withdrawn else _("berlangsung") if row.until is None else _("pulih")
    times = [moment(row.since), moment(row.until) if row.until else ""]
    by = [names.get(row.recorded_by, ""), moment(row.recorded_at), str(row.version)]
    return [one.code, translated(one.system.name), *times, state, row.cause, "; ".join(one.evidence), *by]


@disturbances.get("/gangguan/catat")
@official_required
def catat() -> Page:
    access.require(person().actor, "record_disturbance")
    return _form({}, 200)


@disturbances.post("/gangguan/catat")
@official_required
def catat_kirim() -> Page:
    access.require(person().actor, "record_disturbance")
    try:
        made = operations.record(_wanted(), person().actor.id, g.at, key())
    except SubmissionInvalid as invalid:
        return _form(invalid.errors, 422)
    flash(_("Gangguan dicatat. Jam layanan tidak berhenti karenanya."))
    return redirect(url_for("gangguan.satu", id=made), 303)


def _form(errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = operations.register(person().actor.id, g.at)
    page = render_template(
        "gangguan/catat.html",
        r=found,
        salah=errors,
        isi=request.form,
        pilihan=[(one.code, one.name) for one in found.systems],
        padam=request.form.getlist("padam"),
    )
    return page, status


def _wanted() -> operations.Wanted:
    """What was typed; raises SubmissionInvalid with a sentence per field."""
    errors: dict[str, str] = {}
    times: dict[str, Any] = {}
    for name, label in (("sejak", _("Sejak")), ("sampai", _("Sampai"))):
        try:
            times[name] = instant(name, label)
        except SubmissionInvalid as invalid:
            errors |= invalid.errors
    if not times.get("sejak"):
        errors.setdefault("sejak", _("Saat mulai wajib diisi"))
    if errors:
        raise SubmissionInvalid(errors)
    ids = (uuid_of(one) for one in request.form.getlist("padam")[: operations.MOST_EVIDENCE])
    return operations.Wanted(
        request.form.get("sistem", "")[:40],
        times["sejak"],
        times["sampai"],
        request.form.get("sebab", "")[: operations.LONGEST + 1],
        tuple(request.form.get("bukti", "").splitlines()),
        tuple(one for one in ids if one),
    )


@disturbances.get("/gangguan/<uuid:id>")
@official_required
def satu(id: UUID) -> Page:
    return _record(id, {}, 200)


def _record(id: UUID, errors: Mapping[str, str], status: int, told: str = "") -> tuple[str, int]:
    found = operations.page(id, person().actor.id, g.at)
    page = render_template(
        "gangguan/satu.html", r=found, c=found.records[0], salah=errors, isi=request.form, kabar=told
    )
    return page, status


ACTS = {"pulih": "END", "koreksi": "CORRECT", "tarik": "WITHDRAW"}


@disturbances.post("/gangguan/<uuid:id>/ubah")
@official_required
def ubah(id: UUID) -> Page:
    """Add the end, a correction or the withdrawal; three forms share the page, so fields bear the act's name."""
    act = request.form.get("aksi", "")
    try:
        since, until = instant(f"sejak_{act}", _("Sejak")), instant(f"sampai_{act}", _("Sampai"))
        note = request.form.get(f"catatan_{act}", "")
        operations.amend(id, ACTS.get(act, ""), since, until, note, person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return _record(id, {_named(name, act): text for name, text in invalid.errors.items()}, 422)
    except Refused as refused:
        return _record(id, {}, 409, told(refused))
    flash(_("Catatan gangguan dilengkapi."))
    return redirect(url_for("gangguan.satu", id=id), 303)


def _named(name: str, act: str) -> str:
    return f"{name}_{act}" if name in ("sejak", "sampai", "catatan") else name


# --- the office's own log


@disturbances.get("/gangguan/padam")
@official_required
def padam() -> Page:
    """When the office itself did not beat."""
    return render_template("gangguan/padam.html", padam=heartbeat.outages(person().actor.id, g.at))


@disturbances.get("/gangguan/padam.csv")
@official_required
def unduh_padam() -> Response:
    found = heartbeat.outages(person().actor.id, g.at)
    rows = ([translated(one.name), moment(one.since), moment(one.until), str(one.minutes)] for one in found)
    return table("padam-kantor.csv", [_("Bagian"), _("Detak terakhir"), _("Detak pertama lagi"), _("Menit")], rows)
