"""Jam Layanan: the supervisor's board of running clocks, with what is late and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.operations import board as operations
from app.operations import board_alarms, limit_risks
from app.operations.board import GROUPS, Chosen, Place
from app.operations.board_groups import COLUMNS
from app.web.parts import beating, place, place_text
from app.web.rendering import moment
from app.web.session import official_required, person
from app.web.spreadsheet import table
from app.web.words import clock_words, translated
from engine.clocks.ageing import OVER
from engine.errors import SubmissionInvalid

board = Blueprint("jam", __name__)
LOOKS = ("aman", "dekat", "lewat", "jeda", *operations.DONE)
SIFTED = ("keadaan_jam", "izin", "keadaan", "kelompok", "pilih", "umur")
NEVER = datetime(9999, 12, 30, tzinfo=UTC)  # in addresses, for a file without a promise


def _wanted() -> dict[str, str]:
    """What the address asks for; what is none of ours asks for nothing."""
    wanted = {name: request.args.get(name, "").replace("\x00", "")[:80] for name in SIFTED}
    if wanted["keadaan_jam"] not in LOOKS:
        wanted["keadaan_jam"] = ""
    if wanted["kelompok"] not in GROUPS:
        wanted["kelompok"] = GROUPS[0]
    return wanted


def _chosen(wanted: Mapping[str, str]) -> Chosen:
    span = wanted["umur"]
    spans = OVER if span == "lewat" else (span,) if span in COLUMNS else ()
    group = wanted["kelompok"] if wanted["pilih"] else ""
    return Chosen(wanted["izin"], wanted["keadaan"], group, wanted["pilih"], spans)


def _after() -> Place | None:
    found = place(request.args.get("lanjut", ""))
    return (None, found[1]) if found and found[0] >= NEVER else found


@board.get("/jam-layanan")
@official_required
def papan() -> str:
    wanted, before = _wanted(), place(request.args.get("pelanggaran", ""))
    by, look = person().actor.id, wanted["keadaan_jam"]
    found = operations.board(by, g.at, look, _chosen(wanted), _after(), before, wanted["kelompok"])
    return render_template(
        "jam/papan.html",
        papan=found,
        alarm=board_alarms.alarms(by, g.at),
        saringan=wanted,
        tersaring=any(word for name, word in wanted.items() if name != "kelompok"),
        kolom=COLUMNS,
        baris_lanjut=place_text(found.more[0] or NEVER, found.more[1]) if found.more else "",
        lanjut=place_text(*found.more_breaches) if found.more_breaches else "",
        lanjutan=bool(request.args.get("pelanggaran")),
    )


@board.get("/jam-layanan/denyut")
@official_required
def denyut() -> AnyResponse:
    """Counts with an ETag: asked every twenty seconds, mostly answered by 304."""
    return beating(operations.pulse(person().actor.id, g.at))


@board.get("/jam-layanan/unduh.csv")
@official_required
def unduh() -> Response:
    """The same list as a table for a spreadsheet."""
    wanted = _wanted()
    found = operations.table(person().actor.id, g.at, wanted["keadaan_jam"], _chosen(wanted))
    head = [_("Nomor"), _("Pemohon"), _("Jenis izin"), _("Keadaan"), _("Langkah"), _("Pemegang"), _("Jam"), _("Janji")]
    head.append(_("Diperpanjang dengan persetujuan, janji semula"))
    return table("jam-layanan.csv", head, (_row(one) for one in found))


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
