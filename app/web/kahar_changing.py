"""Changing a declaration that stands: what was typed is checked, its effect shown, and only then is it proposed.

What is checked is kept as its author's draft, and its effect has an address that going back and reloading ask for
without sending anything twice.  What is proposed is what was shown: the draft, under the version that was looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.operations import force_majeure_changes, force_majeure_drafts
from app.web.errors import told
from app.web.kahar import Page, declaration_page, kahar, law_words
from app.web.kahar_correction import OF, change_of, drafted, same_event
from app.web.kahar_proposal import NO_TEXT, Form, draft_of_form
from app.web.parts import typed, uuid_of, whole
from app.web.session import official_required, person
from engine import access
from engine.errors import NotFound, Refused, SubmissionInvalid

RENAMED = ("uraian", "sejak", "sampai", "persetujuan")
WHICH = {"tumpang", "alasan_lain"}  # whether it is the same event as another declaration, and why not


@kahar.post("/kahar/<uuid:declaration_id>/ubah")
@official_required
def ubah(declaration_id: UUID) -> Page:
    """Check a recovery, an extension, a correction or an undoing, and go to its effect; nothing is proposed yet."""
    access.require(person().actor, "propose_force_majeure")
    try:
        force_majeure_changes.sound(declaration_id, change_of(request.form), person().actor.id, g.at)
        draft = _kept(declaration_id)
    except SubmissionInvalid as invalid:
        return _refused(declaration_id, request.form, invalid)
    except Refused as refused:
        return declaration_page(declaration_id, {}, 409, told(refused))
    return redirect(_effect_of(declaration_id, draft), 303)


def _kept(declaration_id: UUID) -> UUID:
    """The form as a draft: the one it was opened from, else that of the same act, else a new one."""
    act, by = request.form["aksi"], person().actor.id
    kept = {name: values for name, values in typed().items() if name not in NO_TEXT}
    kept |= {OF: [str(declaration_id)], "aksi": [act], "uraian": request.form.getlist(f"uraian_{act}")}
    id, version = draft_of_form(), whole(request.form.get("draf_versi", ""))
    for one in force_majeure_drafts.mine(by, g.at) if id is None else ():
        if (one.typed.get(OF), one.typed.get("aksi")) == (kept[OF], kept["aksi"]):
            id, version = one.id, one.version
    return force_majeure_drafts.save(kept, by, g.at, id, version)


def _effect_of(declaration_id: UUID, draft_id: UUID) -> str:
    return url_for("kahar.ubah_dampak", declaration_id=declaration_id, draft_id=draft_id)


def _gone(declaration_id: UUID) -> Response:
    flash(_("Draf itu sudah diajukan atau dibuang."))
    return redirect(url_for("kahar.pernyataan", declaration_id=declaration_id), 303)


def _refused(declaration_id: UUID, form: Form, invalid: SubmissionInvalid) -> Page:
    """The declaration with what was typed, the faults under the names of the form that was sent."""
    act = form.get("aksi", "")
    errors = {f"{name}_{act}" if name in RENAMED else name: text for name, text in invalid.errors.items()}
    return declaration_page(declaration_id, errors, 422, form=form)


@kahar.get("/kahar/<uuid:declaration_id>/ubah/<uuid:draft_id>/dampak")
@official_required
def ubah_dampak(declaration_id: UUID, draft_id: UUID) -> Page:
    """The effect that the author's draft of a change would have now."""
    access.require(person().actor, "propose_force_majeure")
    try:
        form = drafted(draft_id, declaration_id)
    except NotFound:
        return _gone(declaration_id)
    return _shown(declaration_id, form, {}, 200)


def _shown(declaration_id: UUID, form: Form, errors: Mapping[str, str], status: int) -> Page:
    after = uuid_of(request.args.get("sesudah", ""))
    try:
        found = force_majeure_changes.preview(declaration_id, change_of(form), person().actor.id, g.at, after)
    except SubmissionInvalid as invalid:
        return _refused(declaration_id, form, invalid)
    except Refused as refused:
        return declaration_page(declaration_id, {}, 409, told(refused))
    lanjut = _effect_of(declaration_id, UUID(form["draf"]))
    shown = {"u": found, "isi": form, "salah": errors, "id": declaration_id, "lanjut": lanjut, "aksi": form["aksi"]}
    return render_template("kahar/ubah.html", **shown, **law_words()), status


@kahar.post("/kahar/<uuid:declaration_id>/ubah/<uuid:draft_id>")
@official_required
def ubah_ajukan(declaration_id: UUID, draft_id: UUID) -> Page:
    """Propose the draft whose effect was shown."""
    access.require(person().actor, "propose_force_majeure")
    try:
        form = drafted(draft_id, declaration_id)
    except NotFound:
        return _gone(declaration_id)
    if request.form.get("draf_versi") != form["draf_versi"]:
        flash(_("Isiannya berubah sejak dampaknya ditunjukkan; periksa dampaknya sekali lagi."))
        return redirect(_effect_of(declaration_id, draft_id), 303)
    for name in WHICH:
        form.setlist(name, request.form.getlist(name))
    if chosen := uuid_of(form.get("tumpang", "")):
        return redirect(same_event(chosen, draft_id), 303)
    return _handed_over(declaration_id, draft_id, form)


def _handed_over(declaration_id: UUID, draft_id: UUID, form: Form) -> Page:
    try:
        force_majeure_changes.propose(declaration_id, change_of(form), person().actor.id, g.at, draft_id)
    except SubmissionInvalid as invalid:
        if invalid.errors.keys() <= WHICH:
            return _shown(declaration_id, form, invalid.errors, 422)
        return _refused(declaration_id, form, invalid)
    except Refused as refused:
        return declaration_page(declaration_id, {}, 409, told(refused))
    flash(_("Usulan perubahan diajukan kepada penetap."))
    return redirect(url_for("kahar.pernyataan", declaration_id=declaration_id), 303)
