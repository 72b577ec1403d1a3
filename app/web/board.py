"""Jam Layanan: the supervisor's board of running clocks, with what is late and why."""

from __future__ import annotations

from flask import Blueprint, Response, g, render_template, request
from flask_babel import gettext as _

from app.operations import board as operations
from app.web.parts import place, place_text
from app.web.rendering import moment
from app.web.session import official_required, person
from app.web.spreadsheet import table
from app.web.words import clock_words, translated

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
    return table("jam-layanan.csv", head, (_row(one) for one in _lines(found, wanted["pemegang"])))


def _row(one: operations.BoardLine) -> list[str]:
    """Its cells in the reader's language, as the page shows them."""
    steps = ", ".join(translated(name) for name, _w, _s in one.tasks)
    holders = ", ".join(translated(who) for _n, who, _s in one.tasks)
    left = clock_words(one.clock.left) if one.clock else ""
    promised = moment(one.clock.promised_at) if one.clock else ""
    return [
        one.row.number or "",
        one.row.applicant_name,
        translated(one.permit_name),
        translated(one.state_label),
        steps,
        holders,
        left,
        promised,
    ]
