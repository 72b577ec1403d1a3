"""Proposing keadaan kahar: the form, the effect of what was typed, the hand-over to the second person.

What is to be checked is kept as its author's draft and its effect shown at an address of its own, so that going back
and reloading ask for nothing twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.operations import disturbances, force_majeure, force_majeure_scope
from app.operations.force_majeure import Impact
from app.web.errors import told
from app.web.kahar import Page, kahar, law_words
from app.web.kahar_correction import same_event
from app.web.kahar_proposal import draft_of_form, form_of, from_draft, from_record, proposed, saved
from app.web.parts import key, typed, uuid_of
from app.web.session import official_required, person
from engine import access
from engine.errors import NotFound, Refused, SubmissionInvalid

Typed = Mapping[str, list[str]]


@kahar.get("/kahar/usul")
@official_required
def usul() -> Page:
    """An empty form, a draft, or what a recorded failure of a central system says already."""
    access.require(person().actor, "propose_force_majeure")
    if draft := uuid_of(request.args.get("draf", "")):
        return _form({}, None, 200, from_draft(draft))
    id = uuid_of(request.args.get("gangguan", ""))
    return _form({}, None, 200, from_record(id) if id else None)


@kahar.get("/kahar/usul/<uuid:draft_id>/dampak")
@official_required
def usul_dampak(draft_id: UUID) -> Page:
    """The effect that the author's draft would have now."""
    access.require(person().actor, "propose_force_majeure")
    try:
        filled = from_draft(draft_id)
    except NotFound:
        flash(_("Draf itu sudah diajukan atau dibuang."))
        return redirect(url_for("kahar.daftar"), 303)
    try:
        return _form({}, _impact(filled), 200, filled)
    except SubmissionInvalid as invalid:
        return _form(invalid.errors, None, 422, filled)


def _impact(filled: Typed) -> Impact:
    after = uuid_of(request.args.get("sesudah", ""))
    return force_majeure.preview(proposed(form_of(filled)), person().actor.id, g.at, after)


@kahar.post("/kahar/usul")
@official_required
def usul_kirim() -> Page:
    """ "simpan" keeps a draft, "periksa" shows its effect, "ajukan" hands it to the second person."""
    access.require(person().actor, "propose_force_majeure")
    try:
        if request.form.get("aksi") == "ajukan":
            return _handed_over()
        return _kept() if request.form.get("aksi") == "simpan" else _checked()
    except SubmissionInvalid as invalid:
        return _form(invalid.errors, None, 422)
    except Refused as refused:
        return _form({"": told(refused)}, None, 409)


def _kept() -> Page:
    """The form as its author's draft, to go on with later."""
    id = saved(key())
    flash(_("Draf disimpan. Hanya Anda yang melihatnya; belum ada yang diusulkan."))
    return redirect(url_for("kahar.usul", draf=id), 303)


def _checked() -> Page:
    """A draft that could be proposed, at the address that shows its effect."""
    force_majeure.sound(proposed(request.form), person().actor.id, g.at)
    return redirect(url_for("kahar.usul_dampak", draft_id=saved()), 303)


def _handed_over() -> Page:
    """Proposed; or the declaration that the event belongs to, where that is what was chosen."""
    proposal, chosen = proposed(request.form), uuid_of(request.form.get("tumpang", ""))
    if chosen:
        return redirect(same_event(chosen, saved()), 303)
    try:
        id = force_majeure.propose(proposal, person().actor.id, g.at, key(), draft_of_form())
    except SubmissionInvalid as invalid:
        if not invalid.errors.keys() <= {"tumpang", "alasan_lain"}:
            raise
        return _form(invalid.errors, force_majeure.preview(proposal, person().actor.id, g.at), 422)
    flash(_("Usulan diajukan. Penetap harus orang lain dari pengusul."))
    return redirect(url_for("kahar.pernyataan", declaration_id=id), 303)


def _form(
    errors: Mapping[str, str], impact: Impact | None, status: int, filled: Typed | None = None
) -> tuple[str, int]:
    shown = filled or typed()
    draft = uuid_of((shown.get("draf") or [""])[0])
    page = render_template(
        "kahar/usul.html",
        salah=errors,
        isi=shown,
        batasan={one[6:]: shown.get(one[6:]) or [] for one in shown if one[:6] == "batas_" and shown[one] == ["pilih"]},
        r=disturbances.register(person().actor.id, g.at),
        padam=shown.get("padam") or [],
        lanjut=url_for("kahar.usul_dampak", draft_id=draft) if draft else "",
        dampak=impact,
        dimensi=force_majeure_scope.dimensions(person().actor.id, g.at),
        **law_words(),
    )
    return page, status
