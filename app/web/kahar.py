"""Keadaan Kahar: the register, a proposal with its effect shown first, and the second person's decision."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.operations import (
    force_majeure,
    force_majeure_comments,
    force_majeure_drafts,
    force_majeure_evidence,
    force_majeure_page,
    force_majeure_prolonging,
    force_majeure_scope,
    processes,
)
from app.operations.force_majeure import EVENT_KINDS, GROUNDS, PROOF, Window
from app.operations.force_majeure_effects import EFFECTS, MEANING, offered
from app.operations.force_majeure_versions import withdrawn
from app.web.deciding import Shown, decided
from app.web.documents import attachment
from app.web.kahar_correction import account_shown, opened, typed_or_standing
from app.web.kahar_proposal import Form, scope_typed
from app.web.kahar_told import established
from app.web.parts import uuid_of, whole
from app.web.scans import keep_scan
from app.web.session import official_required, person
from engine import access
from engine.errors import NotFound, SubmissionInvalid

kahar = Blueprint("kahar", __name__)
Page = str | Response | tuple[str, int]


@kahar.get("/kahar")
@official_required
def daftar() -> str:
    rows, names, closed = force_majeure.register(person().actor.id, g.at)
    drafts = force_majeure_drafts.mine(person().actor.id, g.at)
    latest: dict[UUID, list[Any]] = {}
    for row in rows:
        latest.setdefault(row.declaration_id, []).append(row)
    may = access.may(person().actor, "propose_force_majeure")
    until = force_majeure_prolonging.deadlines(person().actor.id, g.at)
    counted = access.may(person().actor, "see_board")
    shown = {"pernyataan": list(latest.values()), "nama": names, "boleh": may, "boleh_hitung": counted}
    return render_template(
        "kahar/daftar.html", ditarik=withdrawn, **shown, tenggat=until, tutup=closed, draf=drafts, **law_words()
    )


def limits_of() -> Window:
    return Window.of(processes.active().catalogue.settings)


def law_words() -> dict[str, Any]:
    limits = limits_of()
    words = {"dasar_kahar": GROUNDS, "jenis_kahar": EVENT_KINDS, "akibat_kahar": EFFECTS, "arti_akibat": MEANING}
    rules = {"pilihan_akibat": offered(limits.effects, GROUNDS), "surut": limits.retroactive_days}
    return {**words, **rules, "bukti_dasar": PROOF}


# --- one declaration


@kahar.get("/kahar/<uuid:declaration_id>")
@official_required
def pernyataan(declaration_id: UUID) -> Page:
    """A declaration; the form of its change filled from the reader's draft, where the address names one."""
    form = _opened(declaration_id, uuid_of(request.args.get("draf", "")))
    return declaration_page(declaration_id, {}, 200, form=form)


def _opened(declaration_id: UUID, draft: UUID | None) -> Form | None:
    if draft is None or not access.may(person().actor, "propose_force_majeure"):
        return None
    try:
        return opened(draft, declaration_id)
    except NotFound:
        return None


def declaration_page(
    declaration_id: UUID, errors: Mapping[str, str], status: int, told: str = "", *, form: Form | None = None
) -> tuple[str, int]:
    """`form`: what its forms show as typed, that of the request unless it is given."""
    form = request.form if form is None else form
    after = uuid_of(request.args.get("sesudah", ""))
    found = force_majeure_page.page(declaration_id, person().actor.id, g.at, after)
    newest = found.versions[0]
    waiting = found.impact is not None
    standing = next((one for one in found.versions if one.approved_at is not None), None)
    actor = person().actor
    scope = json.loads((standing or newest).scope)
    page = render_template(
        "kahar/pernyataan.html",
        p=found,
        baru=newest,
        berlaku=standing,
        menunggu=waiting,
        semula=json.loads(newest.preview),
        cakupan=force_majeure_scope.limits(processes.active(), scope),
        cakupan_usulan=force_majeure_scope.limits(processes.active(), json.loads(newest.scope)) if waiting else None,
        dimensi=force_majeure_scope.dimensions(actor.id, g.at, scope),
        batasan=scope_typed(form) if form.get("aksi") == "koreksi" else scope,
        bukti=[one.get("nama", "") for one in json.loads((standing or newest).evidence)],
        boleh_menetapkan=waiting and access.may(actor, "declare_force_majeure") and newest.proposed_by != actor.id,
        boleh_menarik=waiting and newest.proposed_by == actor.id and access.may(actor, "propose_force_majeure"),
        ditarik=withdrawn,
        boleh_mengubah=_may_change(waiting, standing),
        boleh_bukti=access.may(actor, "propose_force_majeure"),
        koreksi=typed_or_standing(standing or newest, offered(limits_of().effects, GROUNDS), form),
        kisah=account_shown(standing or newest, form),
        salah=errors,
        isi=form,
        kabar=told,
        tenggat=force_majeure_prolonging.deadlines(actor.id, g.at).get(declaration_id),
        **law_words(),
    )
    return page, status


def shown_again(declaration_id: UUID) -> Shown:
    """The declaration's page, for an answer that was not taken."""
    return partial(declaration_page, declaration_id)


def _may_change(waiting: bool, standing: Any) -> bool:
    stands = standing is not None and standing.kind != "REVOKE"
    return stands and not waiting and access.may(person().actor, "propose_force_majeure")


def _address(declaration_id: UUID) -> str:
    return url_for("kahar.pernyataan", declaration_id=declaration_id)


def _decided(declaration_id: UUID, sentence: str) -> Response:
    flash(sentence)
    return redirect(_address(declaration_id), 303)


@kahar.post("/kahar/<uuid:declaration_id>/tanggapan")
@official_required
def tanggapi(declaration_id: UUID) -> Page:
    """A supervisor's remark, which whoever establishes reads first."""
    try:
        force_majeure_comments.comment(declaration_id, request.form.get("tanggapan", ""), person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return declaration_page(declaration_id, invalid.errors, 422)
    return _decided(declaration_id, _("Tanggapan dicatat."))


@kahar.post("/kahar/<uuid:declaration_id>/bukti")
@official_required
def unggah_bukti(declaration_id: UUID) -> Page:
    """Add a scanned record, a report or a photograph to the evidence."""
    given = request.files.get("berkas_bukti")
    try:
        access.require(person().actor, "propose_force_majeure")
        if given is None or not given.filename:
            raise SubmissionInvalid({"berkas_bukti": _("Pilih berkas bukti dahulu")})
        force_majeure_evidence.add(declaration_id, given.filename, given.read(), person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return declaration_page(declaration_id, invalid.errors, 422)
    return _decided(declaration_id, _("Bukti ditambahkan."))


@kahar.post("/kahar/<uuid:declaration_id>/pindaian/<uuid:letter_id>")
@official_required
def pindaian(declaration_id: UUID, letter_id: UUID) -> Page:
    """Store the scan of a decree or a recovery record that was signed by hand."""
    try:
        keep_scan(declaration_id, letter_id)
    except SubmissionInvalid as invalid:
        return declaration_page(declaration_id, invalid.errors, 422)
    return _decided(declaration_id, _("Pindaian surat disimpan."))


@kahar.get("/kahar/bukti/<uuid:file_id>")
@official_required
def bukti(file_id: UUID) -> Response:
    return attachment(force_majeure_evidence.download(file_id, person().actor.id, g.at))


@kahar.post("/kahar/<uuid:declaration_id>/tetapkan")
@official_required
def tetapkan(declaration_id: UUID) -> Page:
    def establish() -> str:
        revision = whole(request.form.get("revisi", ""), -1)
        return established(force_majeure.establish(declaration_id, "", revision, person().actor.id, g.at))

    return decided(establish, shown_again(declaration_id), _address(declaration_id))


@kahar.post("/kahar/<uuid:declaration_id>/tolak")
@official_required
def tolak(declaration_id: UUID) -> Page:
    def reject() -> str:
        force_majeure.reject(declaration_id, request.form.get("alasan", ""), person().actor.id, g.at)
        return str(_("Usulan ditolak."))

    return decided(reject, shown_again(declaration_id), _address(declaration_id))
