"""Sampel: draw cases by a written seed and answer the checklist about each; hangs its pages under the audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.operations import sampling
from app.web.auditing import audit
from app.web.parts import key, whole
from app.web.session import official_required, person
from engine.errors import Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, date_of

Page = AnyResponse | tuple[str, int]


@audit.get("/audit/sampel")
@official_required
def sampel() -> Page:
    """The samples so far, and drawing another."""
    return _room({}, 200)


def _room(errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = sampling.room(person().actor.id, g.at)
    return render_template("audit/sampel.html", r=found, salah=errors, isi=request.form), status


@audit.post("/audit/sampel")
@official_required
def tarik_sampel() -> Page:
    try:
        made = sampling.draw(_lot(), person().actor.id, g.at, key())
    except SubmissionInvalid as invalid:
        return _room(invalid.errors, 422)
    flash(_("Sampel ditarik."))
    return redirect(url_for("audit.satu_sampel", sample_id=made), 303)


def _lot() -> sampling.Lot:
    """What was typed; raises SubmissionInvalid for days that cannot be read."""
    errors: dict[str, str] = {}
    since, until = _day("dari", _("Dari"), errors), _day("sampai", _("Sampai"), errors)
    if since is None or until is None:
        raise SubmissionInvalid(errors)
    text = {name: _word(name) for name in ("benih", "dasar", "keadaan", "izin", "jumlah")}
    closed = text["dasar"] == "ditutup"
    return sampling.Lot(text["benih"], closed, since, until, text["keadaan"], text["izin"], whole(text["jumlah"]))


def _word(name: str) -> str:
    return clean(request.form.get(name, "").replace("\x00", ""))[:100]


def _day(name: str, label: str, errors: dict[str, str]) -> date | None:
    try:
        return date_of(_word(name))
    except Unreadable as fault:
        errors[name] = Sentence("%(label)s: %(fault)s", label=label, fault=fault.sentence)
        return None


@audit.get("/audit/sampel/<uuid:sample_id>")
@official_required
def satu_sampel(sample_id: UUID) -> str:
    """The cases of a sample, each with how far its checklist is answered."""
    return render_template("audit/satu_sampel.html", s=sampling.sample(sample_id, person().actor.id, g.at))


@audit.get("/audit/sampel/<uuid:sample_id>/<uuid:case_id>")
@official_required
def berkas_sampel(sample_id: UUID, case_id: UUID) -> Page:
    """The checklist of one case, with who answered what before."""
    return _case(sample_id, case_id, {}, 200)


def _case(sample_id: UUID, case_id: UUID, errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = sampling.sample(sample_id, person().actor.id, g.at)
    page = render_template(
        "audit/berkas_sampel.html",
        s=found,
        berkas=found.case(case_id),
        jawaban=found.latest.get(case_id, {}),
        riwayat=[one for one in reversed(found.answers) if one.case_id == case_id],
        kalimat={one.code: one.sentence for one in found.checklist.items},
        salah=errors,
        isi=request.form,
    )
    return page, status


@audit.post("/audit/sampel/<uuid:sample_id>/<uuid:case_id>")
@official_required
def jawab_sampel(sample_id: UUID, case_id: UUID) -> Page:
    names = [one.removeprefix("putusan-") for one in request.form if one.startswith("putusan-")]
    given = {
        one: (_word(f"putusan-{one}"), request.form.get(f"catatan-{one}", "").replace("\x00", "")) for one in names
    }
    try:
        count = sampling.answer(sample_id, case_id, given, person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return _case(sample_id, case_id, invalid.errors, 422)
    flash(_("Jawaban dicatat.") if count else _("Tidak ada yang berubah."))
    return redirect(url_for("audit.satu_sampel", sample_id=sample_id), 303)
