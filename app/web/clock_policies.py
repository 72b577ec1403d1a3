"""Aturan jam: open points of the law with examples, a proposal, and the second person's decision."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.operations import clock_policies
from app.web.admin import Page, admin, me, word
from app.web.deciding import decided
from app.web.parts import key
from app.web.session import official_required
from engine.clocks.policy import FLAGS
from engine.errors import SubmissionInvalid

LONGEST = 20_000  # letters of a field, before its operation says how many are kept
FIELDS = (*FLAGS, *clock_policies.NUMBERS, "berlaku", "keputusan", "sebab")


@admin.get("/kelola/aturan-jam")
@official_required
def aturan_jam() -> Page:
    return _rules({}, 200)


def _rules(errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = clock_policies.page(me(), g.at)
    return render_template("kelola/aturan_jam.html", p=found, salah=errors, isi=request.form), status


@admin.post("/kelola/aturan-jam")
@official_required
def usul_aturan_jam() -> Page:
    try:
        made = clock_policies.propose({name: word(name, LONGEST) for name in FIELDS}, me(), g.at, key())
    except SubmissionInvalid as invalid:
        return _rules(invalid.errors, 422)
    flash(_("Usulan aturan jam diajukan. Penetap harus orang lain dari pengusul."))
    return redirect(url_for("kelola.satu_aturan_jam", policy_id=made), 303)


@admin.get("/kelola/aturan-jam/<uuid:policy_id>")
@official_required
def satu_aturan_jam(policy_id: UUID) -> Page:
    return _proposal(policy_id)


def _proposal(policy_id: UUID, errors: Mapping[str, str] | None = None, status: int = 200, news: str = "") -> Page:
    found = clock_policies.proposal(policy_id, me(), g.at)
    page = render_template("kelola/satu_aturan_jam.html", p=found, salah=errors or {}, isi=request.form, kabar=news)
    return page, status


@admin.post("/kelola/aturan-jam/<uuid:policy_id>/tetapkan")
@official_required
def tetapkan_aturan_jam(policy_id: UUID) -> Page:
    def adopt() -> str:
        clock_policies.adopt(policy_id, me(), g.at)
        return str(_("Aturan jam ditetapkan bagi berkas yang mulai sejak tanggalnya."))

    return decided(adopt, partial(_proposal, policy_id), url_for("kelola.satu_aturan_jam", policy_id=policy_id))


@admin.post("/kelola/aturan-jam/<uuid:policy_id>/tolak")
@official_required
def tolak_aturan_jam(policy_id: UUID) -> Page:
    def reject() -> str:
        clock_policies.reject(policy_id, request.form.get("alasan", ""), me(), g.at)
        return str(_("Usulan aturan jam ditolak."))

    return decided(reject, partial(_proposal, policy_id), url_for("kelola.aturan_jam"))
