"""Jam Layanan: the supervisor's board of running clocks, with what is late and why."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.operations import board as operations
from app.operations import limit_risks
from app.web.parts import place, place_text
from app.web.rendering import moment
from app.web.session import official_required, person
from app.web.spreadsheet import table
from app.web.words import clock_words, translated
from engine.errors import SubmissionInvalid

board = Blueprint("jam", __name__)
LOOKS = ("aman", "dekat", "lewat", "jeda", *operations.DONE)


def _board() -> tuple[operations.Board, dict[str, str]]:
    wanted = {name: request.args.get(name, "")[:60] for name in ("keadaan_jam", "izin", "keadaan", "pemegang")}
    look = wanted["keadaan_jam"] if wanted["keadaan_jam"] in LOOKS else ""
    before = place(request.args.get("pelanggaran", ""))
    return operations.board(person().actor.id, g.at, look, wanted["izin"], wanted["keadaan"], before), wanted


def _lines(found: operations.Board, holder: str) -> list[operations.BoardLine]:
    return [one for one in found.lines if not holder or any(who == holder for _name, who, _since in one.tasks)]


@board.get("/jam-layanan")
@official_required
def papan() -> str:
    found, wanted = _board()
    holders = sorted({who for one in found.lines for _name, who, _since in one.tasks})
    return render_template(
        "jam/papan.html",
        papan=found,
        baris=_lines(found, wanted["pemegang"]),
        saringan=wanted,
        pemegang=[(one, one) for one in holders],
        lanjut=place_text(*found.more_breaches) if found.more_breaches else "",
        lanjutan=bool(request.args.get("pelanggaran")),
    )


@board.get("/jam-layanan/unduh.csv")
@official_required
def unduh() -> Response:
    """The same list as a table for a spreadsheet."""
    found, wanted = _board()
    head = [_("Nomor"), _("Pemohon"), _("Jenis izin"), _("Keadaan"), _("Langkah"), _("Pemegang"), _("Jam"), _("Janji")]
    head.append(_("Diperpanjang dengan persetujuan, janji semula"))
    return table("jam-layanan.csv", head, (_row(one) for one in _lines(found, wanted["pemegang"])))


def _row(one: operations.BoardLine) -> list[str]:
    """Its cells in the reader's language, as the page shows them."""
    steps = ", ".join(translated(name) for name, _w, _s in one.tasks)
    holders = ", ".join(translated(who) for _n, who, _s in one.tasks)
    left = clock_words(one.clock.left) if one.clock else ""
    promised = moment(one.clock.promised_at) if one.clock else ""
    extended = moment(one.clock.extended_from) if one.clock and one.clock.extended_from else ""
    return [
        one.row.number or "",
        one.row.applicant_name,
        translated(one.permit_name),
        translated(one.state_label),
        steps,
        holders,
        left,
        promised,
        extended,
    ]


# --- the legal limit


@board.get("/jam-layanan/risiko")
@official_required
def risiko() -> tuple[str, int]:
    """Legal limits that near or have passed, with what stands in the way."""
    return _risks({}, 200)


def _risks(errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = limit_risks.page(person().actor.id, g.at, place(request.args.get("lanjut", "")))
    more = place_text(*found.more) if found.more else ""
    page = render_template("jam/risiko.html", r=found, lanjut=more, salah=errors, isi=request.form)
    return page, status


@board.post("/jam-layanan/risiko/<uuid:risk_id>")
@official_required
def jawab_risiko(risk_id: UUID) -> tuple[str, int] | AnyResponse:
    """Record the cause and the measure taken."""
    reason, measure = (request.form.get(f"{name}-{risk_id}", "") for name in ("sebab", "tindakan"))
    try:
        limit_risks.answer(risk_id, reason, measure, person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return _risks({f"{name}-{risk_id}": text for name, text in invalid.errors.items()}, 422)
    flash(_("Jawaban dicatat pada riwayat berkas."))
    return redirect(url_for("jam.risiko"), 303)
