"""Extending a promise with consent: asked on the file's card, answered on the applicant's page or at the counter."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Response, flash, g, redirect, request, url_for
from flask_babel import gettext as _

from app.operations import extending
from app.web.applications import applicant_pages, drawn_case
from app.web.cases import Page, acted, cases, drawn
from app.web.documents import attachment
from app.web.parts import key, sent
from app.web.session import login_required, official_required, person
from engine.errors import Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, date_of

YES, NO = "setuju", "tolak"


@cases.post("/berkas/<uuid:case_id>/perpanjangan")
@official_required
def usul_perpanjangan(case_id: UUID) -> Page:
    """Put a later date to the applicant."""
    try:
        reason = request.form.get("alasan_perpanjangan", "")
        extending.propose(case_id, _day(), reason, person().actor.id, g.at, key())
    except SubmissionInvalid as invalid:
        return drawn(case_id, "tindakan", invalid.errors, 422)
    return acted(case_id, _("Usul perpanjangan dikirim kepada pemohon; janji belum berubah."), "tindakan")


def _day() -> date | None:
    text = clean(request.form.get("hari_baru", ""))
    try:
        return date_of(text) if text else None
    except Unreadable as fault:
        told = Sentence("%(label)s: %(fault)s", label="Tanggal janji baru", fault=fault.sentence)
        raise SubmissionInvalid({"hari_baru": told}) from fault


@cases.post("/berkas/<uuid:case_id>/perpanjangan/<uuid:extension_id>")
@official_required
def catat_perpanjangan(case_id: UUID, extension_id: UUID) -> Page:
    """The counter records a written answer, with the scan of a signed consent."""
    words, agrees = request.form.get("jawaban_tertulis", ""), request.form.get("putusan") == YES
    try:
        _decided()
        extending.record(extension_id, agrees, sent("pindaian_setuju"), words, person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return drawn(case_id, "tindakan", invalid.errors, 422)
    return acted(case_id, _answered(agrees), "tindakan")


def _decided() -> None:
    """Raise SubmissionInvalid where neither button was pressed: silence is no refusal."""
    if request.form.get("putusan") not in (YES, NO):
        raise SubmissionInvalid({"putusan": _("Pilih setuju atau tolak")})


def _answered(agrees: bool) -> str:
    if agrees:
        return str(_("Persetujuan dicatat; janji layanan diperpanjang."))
    return str(_("Penolakan dicatat; janji layanan tidak berubah."))


@cases.get("/berkas/perpanjangan/<uuid:extension_id>/pindaian")
@login_required
def persetujuan(extension_id: UUID) -> Response:
    return attachment(extending.consent(extension_id, person().actor.id, g.at))


@applicant_pages.post("/permohonan/<uuid:case_id>/perpanjangan/<uuid:extension_id>")
@login_required
def jawab_perpanjangan(case_id: UUID, extension_id: UUID) -> Page:
    """The applicant agrees or refuses."""
    words, agrees = request.form.get("catatan_jawaban", ""), request.form.get("putusan") == YES
    try:
        _decided()
        extending.answer(extension_id, agrees, words, person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return drawn_case(case_id, invalid.errors, 422)
    flash(_answered(agrees))
    return redirect(url_for("permohonan.berkas", case_id=case_id), 303)
