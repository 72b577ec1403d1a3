"""Search, and the Kartu Kendali: state, clocks, diagram, history, ledger, documents, acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import IO, Any
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response as AnyResponse

from app.operations import board, case_export, desk, looking_back, mentions, people, watching
from app.operations import cases as operations
from app.operations.clock_views import spoken
from app.operations.findings import numbered
from app.web import answered, field_history, history, words
from app.web.flow_words import reachable
from app.web.paper_versions import versions
from app.web.parts import end_of_day, key, past_moment, place, place_text, typed_past, uuid_of, whole
from app.web.scans import keep_scan
from app.web.session import address, login_required, official_required, person
from engine.errors import SubmissionInvalid

cases = Blueprint("berkas", __name__)
Page = str | AnyResponse | tuple[str, int]
SECTIONS = ("ringkasan", "riwayat", "isian", "dokumen", "surat", "pembayaran", "pesan", "catatan", "waktu",
            "tindakan")  # fmt: skip
SIEVES = ("cari", "izin", "keadaan", "jam")
INTERNAL = ("catatan",)
PIECE = 1 << 18  # bytes of a file handed out at once
WHOSE = {
    "pembayaran": lazy_gettext("Menunggu pembayaran"),
    "pemohon": lazy_gettext("Pemohon"),
    "tim_teknis": lazy_gettext("Tim teknis"),
    "kantor": lazy_gettext("Kantor"),
}
STEPS = frozenset({"userTask", "manualTask", "callActivity", "receiveTask"})


@cases.get("/berkas")
@official_required
def daftar() -> str:
    wanted = {name: request.args.get(name, "").replace("\x00", "")[:100] for name in SIEVES}
    before = place(request.args.get("lanjut", ""))
    found = board.find(
        person().actor.id, g.at, wanted["cari"], wanted["izin"], wanted["keadaan"], before, wanted["jam"]
    )
    more = place_text(*found.more) if found.more else ""
    return render_template("berkas/daftar.html", hasil=found, saringan=wanted, lanjut=more)


@cases.get("/berkas/<uuid:case_id>")
@login_required
def kartu(case_id: UUID) -> Page:
    """The page as it is, or with `per` as it was known then."""
    section = request.args.get("bagian", "ringkasan")
    try:
        known_at = past_moment("per", "Keadaan per")
        if known_at is None:
            return drawn(case_id, section)
        found = looking_back.page_then(case_id, known_at, person().actor.id, g.at, address())
    except SubmissionInvalid as invalid:
        return drawn(case_id, "waktu", invalid.errors, 422)
    return _page(_still(found), section)


def _still(found: desk.CasePage) -> desk.CasePage:
    """A page of the past, on which no clock ticks."""
    clocks = tuple(replace(one, minutes_left=None) for one in found.clocks)
    by_id = {one.id: one for one in clocks}
    service, legal = (by_id[one.id] if one else None for one in (found.service, found.legal))
    return replace(found, clocks=clocks, service=service, legal=legal)


def drawn(
    case_id: UUID,
    section: str,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    nik: str = "",
) -> Page:
    """The page with one of its sections open; `errors` of an act come back to "tindakan"."""
    return _page(desk.case_page(case_id, person().actor.id, g.at), section, errors, status, nik)


def _page(
    found: desk.CasePage, section: str, errors: Mapping[str, str] | None = None, status: int = 200, nik: str = ""
) -> tuple[str, int]:
    sections = sections_of(found)
    opened = section if section in sections else sections[0]
    short, older = history.short(found) if opened == "ringkasan" else ([], 0)
    page = render_template(
        "berkas/kartu.html",
        k=found,
        per=found.known_at.isoformat() if found.known_at else None,
        bagian=opened,
        semua_bagian=sections,
        riwayat=history.paged(found, whole(request.args.get("dari", ""))) if opened == "riwayat" else None,
        riwayat_pendek=short,
        lebih_lama=older,
        diagram=diagrams(found) if opened == "ringkasan" else [],
        jawaban=answers(found) if opened == "isian" else [],
        riwayat_isian=field_history.of_submission(found, field_history.changes(found)) if opened == "isian" else {},
        versi_lama=versions(found) if opened == "dokumen" else [],
        perbaikan=_repaired(found) if opened == "isian" else [],
        janji=[(one, history.moved_because(one.because)) for one in reversed(found.promises)],
        salah=errors or {},
        isi=request.form,
        nik_penuh=nik,
        nomor_temuan=numbered,
        rekan=mentions.colleagues(found.held.id, person().actor.id, g.at) if opened == "catatan" else (),
        disebut=request.form.getlist("sebut"),
        saya=person().actor.id,
        ketik={name: typed_past(name) for name in ("per", looking_back.SINCE, looking_back.UNTIL)},
    )
    return page, status


def _repaired(found: desk.CasePage) -> list[history.Told]:
    """Values of the process that were put right by hand."""
    return history.lines(found, [one for one in found.events if one.kind == "data_repaired"])


def sections_of(found: desk.CasePage) -> list[str]:
    """Sections there is something to look for in: no internal ones for applicants, no payment without a levy."""
    hidden = set() if person().actor.kind == "official" else set(INTERNAL)
    hidden |= {"tindakan"} if found.known_at else set()
    if not (found.permit.levy or found.assessments or found.payments):
        hidden.add("pembayaran")
    return [one for one in SECTIONS if one not in hidden]


def diagrams(found: desk.CasePage) -> list[dict[str, Any]]:
    """For each diagram: what the viewer reads, and the same in words; those where the case stands come first."""
    case = found.held.case
    definition = case.deployment.definition
    elements = definition.scope(case.process)
    shown, times = [], _times(found)
    for one in found.diagrams:
        inside = [e for e in elements.values() if e.process == one.process]
        flows = [flow for flow in definition.flows if flow.process == one.process]
        # Where nothing was done yet the whole part may lie ahead; where the case is through, nothing does.
        fresh = not one.now and not one.done and not case.closed
        coming = {e.id for e in inside} if fresh else reachable(inside, flows, one.now)
        shown.append(_diagram(one, inside, set() if case.closed else coming, case.closed, times))
    return sorted(shown, key=lambda one: not one["now"])


def _times(found: desk.CasePage) -> dict[str, str]:
    """By element the service time in which work stood open there and whose it was: "1 jam 10 menit · Kantor"."""
    return {
        element: f"{words.clock_words(spoken(one.minutes))} · {', '.join(str(WHOSE[each]) for each in one.whose)}"
        for element, one in found.spent.items()
    }


def _diagram(
    one: desk.DiagramView, inside: list[Any], coming: set[str], through: bool, times: Mapping[str, str]
) -> dict[str, Any]:
    around = {e.parent for e in inside if e.id in one.now}
    now = [id for id in one.now if id not in around]
    rest = [e.id for e in inside if e.id not in one.done and e.id not in one.now]
    ahead = [id for id in rest if id in coming]
    steps = [e for e in inside if e.name and e.kind in STEPS]
    here = {id: times.get(id, "") for id in now}
    past = {e.id: times[e.id] for e in inside if e.id in times and e.id not in here}
    places = {"done": list(one.done), "now": here, "ahead": rest, "here": _("Di sini"), "whole": through, "times": past}
    return {
        "name": one.name,
        "data": {"xml": words.drawn(one.xml), **places},
        "done": _once(e.name for e in steps if e.id in one.done),
        "now": [e.name for e in inside if e.id in now and e.name],
        "ahead": _once(e.name for e in steps if e.id in ahead),
        "untaken": _once(e.name for e in steps if e.id in rest and e.id not in ahead),
    }


def _once(names: Iterable[str]) -> list[str]:
    """A name that several steps bear is said once."""
    return list(dict.fromkeys(names))


def answers(found: desk.CasePage) -> list[tuple[str, Any, Any]]:
    """Every submission with its form's title and what was answered, newest first."""
    by_id = {str(one.id): one for one in found.documents}
    return [
        (
            found.forms[one.form_key].title,
            one,
            answered.answers(found.forms[one.form_key], one.values, found.lists, by_id),
        )
        for one in reversed(found.submissions)
    ]


# --- acts


@cases.post("/berkas/<uuid:case_id>/nik")
@login_required
def nik(case_id: UUID) -> Page:
    """The full NIK, once, for a reason: shown in the answer and kept nowhere in the browser's history."""
    why = request.form.get("alasan_nik", "").strip()
    if len(why) < 5:
        return drawn(case_id, "tindakan", {"alasan_nik": _("Tulis alasan membuka NIK, paling sedikit 5 huruf")}, 422)
    return drawn(case_id, "tindakan", nik=people.reveal_nik(case_id, why, person().actor.id, g.at, address()))


@cases.post("/berkas/<uuid:case_id>/ekspor")
@official_required
def ekspor(case_id: UUID) -> Page:
    """The whole file as a zip, for a reason that is kept with the name of who took it."""
    try:
        found = case_export.export(case_id, request.form.get("alasan_ekspor", ""), person().actor.id, g.at, address())
    except SubmissionInvalid as invalid:
        return drawn(case_id, "tindakan", invalid.errors, 422)
    answer = Response(_piece_by_piece(found.file), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f"attachment; filename={found.name}"
    answer.call_on_close(found.file.close)
    return answer


def _piece_by_piece(file: IO[bytes]) -> Iterator[bytes]:
    """What is in a file, which is closed behind its last piece."""
    with file:
        yield from iter(partial(file.read, PIECE), b"")


def acted(case_id: UUID, done: str, section: str = "ringkasan") -> AnyResponse:
    flash(done)
    return redirect(url_for("berkas.kartu", case_id=case_id, bagian=section), 303)


@cases.post("/berkas/<uuid:case_id>/cabut")
@login_required
def cabut(case_id: UUID) -> Page:
    if request.form.get("yakin") != "ya":
        return drawn(case_id, "tindakan", {"yakin": _("Centang dahulu bahwa Anda mengerti akibatnya")}, 422)
    reason, letter = (request.form.get(name, "") for name in ("alasan_cabut", "surat_cabut"))
    try:
        operations.withdraw(case_id, person().actor.id, g.at, key(), reason, letter)
    except SubmissionInvalid as invalid:
        return drawn(case_id, "tindakan", invalid.errors, 422)
    return acted(case_id, _("Permohonan dicabut."))


@cases.post("/berkas/<uuid:case_id>/tunda")
@login_required
def tunda(case_id: UUID) -> Page:
    try:
        until = end_of_day("sampai", _("Sampai tanggal"))
        operations.ask_hold(case_id, request.form.get("alasan", ""), until, person().actor.id, g.at, key())
    except SubmissionInvalid as invalid:
        return drawn(case_id, "tindakan", invalid.errors, 422)
    return acted(case_id, _("Permintaan penundaan disampaikan kepada Kepala Seksi."))


@cases.post("/berkas/<uuid:case_id>/penundaan/<uuid:hold_id>")
@official_required
def putuskan_penundaan(case_id: UUID, hold_id: UUID) -> Page:
    granted = request.form.get("putusan") == "kabul"
    try:
        until = end_of_day("sampai_kabul", _("Sampai tanggal"))
        operations.decide_hold(hold_id, granted, until, request.form.get("jawaban", ""), person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        errors = {"sampai_kabul" if name == "sampai" else name: text for name, text in invalid.errors.items()}
        return drawn(case_id, "tindakan", errors, 422)
    return acted(case_id, _("Penundaan dikabulkan.") if granted else _("Penundaan ditolak."))


@cases.post("/berkas/<uuid:case_id>/buka-kembali")
@official_required
def buka_kembali(case_id: UUID) -> Page:
    try:
        operations.reopen(case_id, request.form.get("alasan_buka", ""), person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return drawn(case_id, "tindakan", {"alasan_buka": invalid.errors["alasan"]}, 422)
    return acted(case_id, _("Berkas dibuka kembali."))


@cases.post("/berkas/<uuid:case_id>/pindaian/<uuid:letter_id>")
@official_required
def pindaian(case_id: UUID, letter_id: UUID) -> Page:
    """Store the scan of a letter that was signed by hand."""
    try:
        keep_scan(case_id, letter_id)
    except SubmissionInvalid as invalid:
        return drawn(case_id, "surat", invalid.errors, 422)
    return acted(case_id, _("Pindaian surat disimpan."), "surat")


@cases.post("/berkas/<uuid:case_id>/pantau")
@official_required
def pantau(case_id: UUID) -> Page:
    """Begin or cease to watch a file."""
    if request.form.get("pantau") == "tidak":
        watching.unwatch(case_id, person().actor.id, g.at)
        return acted(case_id, _("Berkas ini tidak lagi dipantau."), "ringkasan")
    watching.watch(case_id, person().actor.id, g.at)
    return acted(case_id, _("Berkas ini dipantau; tugasnya ada di Kotak Tugas, daftar Dipantau."), "ringkasan")


def _named() -> tuple[UUID, ...]:
    """The colleagues ticked beside a note; what is no id names nobody."""
    return tuple(dict.fromkeys(one for text in request.form.getlist("sebut") if (one := uuid_of(text))))


@cases.post("/berkas/<uuid:case_id>/catatan/dibaca")
@official_required
def catatan_dibaca(case_id: UUID) -> Page:
    mentions.read(case_id, person().actor.id, g.at)
    return acted(case_id, _("Catatan yang menyebut Anda sudah dibaca."), "catatan")


@cases.post("/berkas/<uuid:case_id>/catatan")
@official_required
def catatan(case_id: UUID) -> Page:
    try:
        operations.add_note(case_id, request.form.get("catatan", ""), person().actor.id, g.at, key(), _named())
    except SubmissionInvalid as invalid:
        return drawn(case_id, "catatan", invalid.errors, 422)
    return acted(case_id, _("Catatan ditambahkan."), "catatan")
