"""The inbox and what is done from it: take, put back, hand on, next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.operations import asking, beside, declining, desk_ways, handing_on, inbox, presence, printing, saved_views
from app.operations import tasks as operations
from app.web import working
from app.web.afterwards import asked_for
from app.web.documents import attachment
from app.web.errors import told
from app.web.navigation import safe
from app.web.parts import beating, key, place, place_text, uuid_of
from app.web.public import today
from app.web.session import address, official_required, person
from app.web.words import several
from engine import reasons, reserved
from engine.errors import NotAllowed, NotFound, Refused, SubmissionInvalid

tasks = Blueprint("tugas", __name__)
VIEWS = ("saya", "kelompok", "ditangguhkan", "dipantau", "selesai", "ditolak")
WORKED = ("saya", "kelompok", "ditangguhkan", "ditolak")  # lists of tasks that the reader may do
MORE_SIFTED = ("cari", "instansi", "wilayah", "status")
SIFTED = ("izin", "tahap", "jam", *MORE_SIFTED)
LOOKS = ("aman", "dekat", "lewat", "jeda")
MOST_AT_ONCE = 50


@tasks.get("/kotak-tugas")
@official_required
def kotak() -> tuple[str, int]:
    return _inbox({}, 200)


def _inbox(errors: Mapping[str, str], status: int) -> tuple[str, int]:
    """The list as the address asks for it; `errors` of what was tried with the chosen tasks."""
    view = request.args.get("daftar", "saya")
    wanted = inbox.InboxFilter(
        view=view if view in VIEWS else "saya",
        permit=request.args.get("izin", "")[:40],
        element=request.args.get("tahap", "")[:80],
        text=request.args.get("cari", "").replace("\x00", "")[:100],
        unit=request.args.get("instansi", "")[:40],
        area=request.args.get("wilayah", "")[:40],
        state=request.args.get("status", "")[:40],
        look=look if (look := request.args.get("jam", "")) in LOOKS and view != "selesai" else "",
        after=place(request.args.get("lanjut", "")),
    )
    found = inbox.inbox(person().actor.id, wanted, g.at)
    shown = {**request.args.to_dict(), "daftar": wanted.view}
    fresh = bool(shown.pop("selesai", ""))
    chosen = _chosen(found.lines)
    page = render_template(
        "tugas/kotak.html",
        kotak=found,
        salah=errors,
        isi=request.form,
        dipilih=request.form.getlist("tugas"),
        hitung={name: counted(number, name in found.beyond) for name, number in found.counts.items()},
        baris=found.lines,
        hari_ini=today(),
        saringan=shown,
        baru_selesai=fresh,
        tersaring=any(request.args.get(name) for name in SIFTED),
        tampilan_ini={name: word for name in saved_views.KEPT if (word := shown.get(name))},
        saringan_lain=sum(1 for name in MORE_SIFTED if request.args.get(name)),
        lanjut=place_text(*found.more) if found.more else "",
        terpilih=chosen,
        pratinjau=_preview(chosen.row.id) if chosen is not None and wanted.view in WORKED else None,
    )
    return page, status


def counted(number: int, beyond: bool = False) -> str:
    """A number beside a list's name; a long list is not counted to its end."""
    if number >= inbox.MOST_COUNTED:
        return f"{inbox.MOST_COUNTED - 1}+"
    return f"{number}+" if beyond else str(number)


def _chosen(lines: Sequence[inbox.InboxLine]) -> inbox.InboxLine | None:
    """The line asked for, else the most urgent one."""
    wanted = request.args.get("lihat", "")
    return next((one for one in lines if str(one.row.id) == wanted), lines[0] if lines else None)


def _preview(task_id: UUID) -> beside.Preview | None:
    """None when a colleague finished the task while the list was being read."""
    try:
        return beside.preview(task_id, person().actor.id, g.at)
    except (NotFound, Refused):
        return None


@tasks.post("/kotak-tugas/tampilan")
@official_required
def simpan_tampilan() -> AnyResponse:
    """Keep the list as it is sifted now, under a name."""
    query = {name: request.form.get(name, "") for name in saved_views.KEPT}
    shown: dict[str, Any] = {name: word for name, word in query.items() if word}
    back = url_for("tugas.kotak", **shown)
    try:
        saved_views.keep(request.form.get("nama", ""), query, person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        for sentence in invalid.errors.values():
            flash(told(Refused(sentence)))
        return redirect(back, 303)
    flash(_("Tampilan disimpan."))
    return redirect(back, 303)


@tasks.post("/kotak-tugas/tampilan/hapus")
@official_required
def hapus_tampilan() -> AnyResponse:
    kept = uuid_of(request.form.get("tampilan", ""))
    if kept is not None:
        saved_views.drop(kept, person().actor.id, g.at)
        flash(_("Tampilan dihapus."))
    return redirect(url_for("tugas.kotak"), 303)


@tasks.post("/kotak-tugas/kolom")
@official_required
def atur_kolom() -> AnyResponse:
    """Which columns the list has, and how close its rows stand: kept for the person, on any machine."""
    desk_ways.keep(request.form.getlist("kolom"), request.form.get("kerapatan", ""), person().actor.id, g.at)
    flash(_("Susunan daftar disimpan."))
    return redirect(safe(request.form.get("kembali", ""), url_for("tugas.kotak")), 303)


@tasks.get("/tugas/<uuid:task_id>/hadir")
@official_required
def hadir(task_id: UUID) -> AnyResponse:
    """The pulse of a task's page: who else has it open."""
    answer = jsonify(nama=presence.here(task_id, person().actor.id, g.at))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@tasks.get("/kotak-tugas/denyut")
@official_required
def denyut() -> AnyResponse:
    """Counts and the newest change, with an ETag: asked every twenty seconds, mostly answered by 304."""
    found = inbox.pulse(person().actor.id, g.at)
    return beating(found | {"jumlah": {name: counted(number) for name, number in found["jumlah"].items()}})


@tasks.post("/kotak-tugas/berikutnya")
@official_required
def berikutnya() -> AnyResponse:
    """Take the most urgent task and open it; two people pressing at once get two tasks."""
    found = operations.next_task(person().actor.id, g.at)
    if found is None:
        flash(_("Tidak ada tugas kelompok yang menunggu."))
        return redirect(url_for("tugas.kotak"), 303)
    return redirect(url_for("kerja.tugas", task_id=found), 303)


@tasks.post("/kotak-tugas/beberapa")
@official_required
def beberapa() -> working.Page:
    """Take, put back or hand on several tasks; nothing is ever approved or signed in bulk."""
    chosen = [found for text in request.form.getlist("tugas")[:MOST_AT_ONCE] if (found := uuid_of(text))]
    if (what := request.form.get("aksi", "").removeprefix("cetak:")) in (printing.CARD, printing.DRAFT):
        return _printed(chosen, what)
    try:
        act = _act_on_each()
    except SubmissionInvalid as invalid:
        return _inbox(invalid.errors, 422)
    refusals = [] if act is None else [_tried(act, one) for one in chosen]
    done = sum(1 for one in refusals if not one)
    flash(several("%(num)s tugas diproses.", done) if done else _("Tidak ada tugas yang dipilih."))
    for sentence in dict.fromkeys(one for one in refusals if one):
        flash(sentence)
    return redirect(safe(request.form.get("kembali", ""), url_for("tugas.kotak")), 303)


def _printed(chosen: Sequence[UUID], what: str) -> AnyResponse:
    """One PDF of what the chosen tasks are about."""
    try:
        return attachment(printing.printed(chosen, what, person().actor.id, g.at, address()))
    except Refused as refused:
        flash(told(refused))
        return redirect(safe(request.form.get("kembali", ""), url_for("tugas.kotak")), 303)


def _act_on_each() -> Callable[[UUID, UUID, datetime], object] | None:
    """What the pressed button does with a task; None for an unknown one.  Raises SubmissionInvalid."""
    pressed = request.form.get("aksi", "")
    if pressed == "ambil":
        return operations.claim_task
    if pressed == "lepas":
        why = reasons.require(_why_released(), operations.RELEASED, "Mengapa dilepas")
        return lambda task_id, by, at: operations.release_task(task_id, by, at, why)
    if pressed != "alihkan":
        return None
    to, reason = _handed()
    handing_on.require(to, reason)
    return lambda task_id, by, at: handing_on.hand_on(task_id, to, reason, by, at)


def _handed() -> tuple[UUID | None, str]:
    """To whom, and why."""
    return uuid_of(request.form.get(handing_on.TO, "")), request.form.get(handing_on.WHY, "").replace("\x00", "")


def _why_released() -> str:
    """The usual reason that was chosen, own words, or both."""
    said = (
        request.form.get(name, "").replace("\x00", "").strip() for name in (operations.RELEASED, reserved.RELEASED_MORE)
    )
    return ": ".join(one for one in said if one)


def _tried(act: Callable[[UUID, UUID, datetime], object], task_id: UUID) -> str:
    """The sentence why this one was not possible, "" when it was."""
    try:
        act(task_id, person().actor.id, g.at)
    except (NotAllowed, NotFound, Refused) as refused:
        return told(refused)
    return ""


@tasks.post("/tugas/<uuid:task_id>/ambil")
@official_required
def ambil(task_id: UUID) -> AnyResponse:
    operations.claim_task(task_id, person().actor.id, g.at)
    return working.back(task_id)


@tasks.post("/tugas/<uuid:task_id>/lepas")
@official_required
def lepas(task_id: UUID) -> working.Page:
    """Put a task back, for a reason that stands in the history."""
    try:
        operations.release_task(task_id, person().actor.id, g.at, _why_released())
    except SubmissionInvalid as invalid:
        return working.drawn(task_id, errors=invalid.errors, status=422)
    flash(_("Tugas dikembalikan ke kelompok."))
    return redirect(url_for("kertas.susulan" if asked_for() else "tugas.kotak"), 303)


@tasks.post("/tugas/<uuid:task_id>/tolak")
@official_required
def tolak(task_id: UUID) -> working.Page:
    """Not to take a task, for a reason that is kept; the task stays with the group."""
    try:
        declining.decline_task(task_id, request.form.get(declining.FIELD, ""), person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return working.drawn(task_id, errors=invalid.errors, status=422)
    flash(_("Tugas tetap pada kelompok, tidak lagi di daftar Anda; alasan Anda dicatat."))
    return redirect(url_for("tugas.kotak"), 303)


@tasks.post("/tugas/<uuid:task_id>/tanya")
@official_required
def tanya(task_id: UUID) -> working.Page:
    """Ask the applicant; the task's own draft stays as it is."""
    try:
        asking.ask(task_id, request.form.get(reserved.QUESTION, ""), person().actor.id, g.at, key())
    except SubmissionInvalid as invalid:
        return working.drawn(task_id, errors=invalid.errors, status=422)
    flash(_("Pertanyaan dikirim kepada pemohon. Jam layanan tetap berjalan."))
    return working.back(task_id, "tanya-pemohon")


@tasks.post("/tugas/<uuid:task_id>/alihkan")
@official_required
def alihkan(task_id: UUID) -> working.Page:
    """Hand a task on, for a reason that stands in the history."""
    to, reason = _handed()
    try:
        handing_on.hand_on(task_id, to, reason, person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return working.drawn(task_id, errors=invalid.errors, status=422)
    flash(_("Tugas dialihkan."))
    return redirect(url_for("tugas.kotak"), 303)
