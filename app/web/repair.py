"""Meja perbaikan: files that met a fault of their diagram, with its place; tried again, passed over or put right."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.operations import administration, repairing
from app.web.errors import told
from app.web.session import official_required, person
from engine.errors import NotFound, SubmissionInvalid

repair = Blueprint("perbaikan", __name__)
Page = str | Response | tuple[str, int]
MOST_OUTPUTS = 10


@repair.get("/perbaikan")
@official_required
def meja() -> Page:
    return _drawn()


def _drawn(errors: Mapping[str, str] | None = None, incident: UUID | None = None, status: int = 200) -> Page:
    """The desk; `errors` belong to the act that was tried on `incident`."""
    found = repairing.desk(person().actor.id, g.at)
    page = render_template("kelola/perbaikan.html", m=found, salah=errors or {}, pada=incident, isi=request.form)
    return page, status


@repair.post("/perbaikan/<uuid:incident_id>/ulangi")
@official_required
def ulangi(incident_id: UUID) -> Page:
    """Two who press at once are both sent back to the desk, the second with what the first did."""
    try:
        administration.resolve_incident(incident_id, person().actor.id, g.at)
        flash(_("Berkas akan dicoba lagi; bila masih gagal, gangguannya muncul kembali."))
    except NotFound as gone:
        flash(told(gone))
    return redirect(url_for("perbaikan.meja"), 303)


@repair.post("/perbaikan/<uuid:incident_id>/lewati")
@official_required
def lewati(incident_id: UUID) -> Page:
    try:
        reason = request.form.get("alasan", "")
        repairing.skip_incident(incident_id, _outputs(), reason, person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return _drawn(invalid.errors, incident_id, 422)
    flash(_("Langkah yang gagal dilewati dengan hasil yang Anda berikan."))
    return redirect(url_for("perbaikan.meja"), 303)


def _outputs() -> dict[str, str]:
    """`name = value`, one a line."""
    lines = request.form.get("hasil", "")[:2000].splitlines()[:MOST_OUTPUTS]
    pairs = [line.partition("=") for line in lines if line.strip()]
    if any(not sep or not name.strip().isidentifier() for name, sep, _value in pairs):
        raise SubmissionInvalid({"hasil": _("Tulis satu hasil per baris: nama = nilai")})
    return {name.strip(): value.strip() for name, _sep, value in pairs}


@repair.post("/perbaikan/<uuid:incident_id>/perbaiki")
@official_required
def perbaiki(incident_id: UUID) -> Page:
    name, value, reason = (request.form.get(one, "")[:2000] for one in ("data", "nilai", "alasan"))
    try:
        repairing.repair_data(incident_id, name, value, reason, person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return _drawn(invalid.errors, incident_id, 422)
    flash(_("Data diperbaiki; coba lagi berkasnya."))
    return redirect(url_for("perbaikan.meja"), 303)
