"""Bendahara: paid but not matched, claimed but not found, each with its age; entering lines of the bank statement."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.operations import processes
from app.operations import treasury as operations
from app.web.session import official_required, person
from engine.errors import SubmissionInvalid

treasury = Blueprint("bendahara", __name__)
FIELDS = ("referensi", "jumlah", "tanggal", "penyetor")


def _page(errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = operations.page(person().actor.id, g.at)
    kinds = processes.active().catalogue.letters
    page = render_template("bendahara/halaman.html", kas=found, jenis_surat=kinds, salah=errors, isi=request.form)
    return page, status


@treasury.get("/bendahara")
@official_required
def halaman() -> tuple[str, int]:
    return _page({}, 200)


@treasury.post("/bendahara/mutasi")
@official_required
def mutasi() -> Response | tuple[str, int]:
    reference, amount, paid_on, payer = (request.form.get(name, "") for name in FIELDS)
    try:
        operations.enter_bank_line(reference, amount, paid_on, payer, person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return _page(invalid.errors, 422)
    flash(_("Baris rekening koran dicatat."))
    return redirect(url_for("bendahara.halaman"), 303)
