"""The task page: form left, documents right, one button for each outcome; nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app.operations import afterwards, beside, desk, drafting, handing_on, levy_beside, presence, uploading
from app.operations import tasks as operations
from app.operations.retrying import Unavailable
from app.web import fields
from app.web.afterwards import asked_for, wished
from app.web.answered import answers
from app.web.draft_elsewhere import Elsewhere, compared
from app.web.errors import told
from app.web.field_visit import keep_captions, new_caption
from app.web.parts import key, sent, typed, uuid_of, whole
from app.web.rendering import clock_time
from app.web.session import login_required, person
from engine import reserved
from engine.errors import EngineError, Refused, SubmissionInvalid, TaskNotOpen
from engine.forms import filled, preset

working = Blueprint("kerja", __name__)
Page = str | Response | tuple[str, int] | tuple[Response, int]
LARGEST = 24 * 1024 * 1024


@working.get("/tugas/<uuid:task_id>")
@login_required
def tugas(task_id: UUID) -> Page:
    return drawn(task_id)


def drawn(
    task_id: UUID,
    raw: Mapping[str, Sequence[str]] | None = None,
    errors: Mapping[str, str] | None = None,
    told: str = "",
    status: int = 200,
    tried: Mapping[str, Any] | None = None,
    elsewhere: Elsewhere | None = None,
) -> Page:
    """The page of a task; with `raw`, what was typed instead of the draft; `tried`: a levy calculated for a look.

    `elsewhere`: a draft that another window saved meanwhile, beside what was typed here.
    """
    who = person().actor
    found = desk.task_page(task_id, who.id, g.at)
    g.case_id = found.held.id
    found = found if raw is None else replace(found, typed={name: list(values) for name, values in raw.items()})
    parts = fields.parts(filling(found, errors or {}))
    page = render_template(
        "tugas/tugas.html",
        t=found,
        bagian=parts,
        salah=errors or {},
        ringkas=fields.summary(parts, errors or {}),
        kabar=told,
        diketik=raw is not None,
        versi=found.draft_version if raw is None else _version_sent(),
        belum_tersimpan=raw is not None and "draft_version" not in g,
        lain=elsewhere,
        hitungan=tried,
        pertanyaan=request.form.get(reserved.QUESTION, ""),
        alih={name: request.form.get(name, "") for name in (handing_on.TO, handing_on.WHY)},
        jawaban=earlier(found),
        susulan=afterwards,
        minta_susulan=asked_for(),
        hadir=presence.here(task_id, who.id, g.at) if who.kind == "official" else (),
        rekan=_colleagues(task_id) if who.kind == "official" else (),
    )
    return page, status


def _version_sent() -> int:
    """What a page with typed entries goes on from: the draft just kept, else the one it began from, never a newer."""
    return int(g.get("draft_version", whole(request.form.get(reserved.DRAFT_VERSION, ""))))


def _colleagues(task_id: UUID) -> tuple[tuple[str, str], ...]:
    """To whom the task may be handed on; for himself an official takes it by its own button."""
    self = person().actor.id
    return tuple(one for one in beside.colleagues(task_id, self, g.at) if one[0] != str(self))


def filling(found: desk.TaskPage, errors: Mapping[str, str]) -> fields.Filling:
    by_requirement: dict[str, list[Any]] = {}
    for one in reversed(found.documents):
        by_requirement.setdefault(one.requirement, []).append(one)
    by_requirement.pop("", None)
    shown = by_requirement if found.task.role != "PM" else {}
    wanted = found.held.case.deployment.catalogue.requirements
    return fields.Filling(found.form, found.typed, found.lists, found.files, errors, shown, wanted, found.stated)


def earlier(found: desk.TaskPage) -> list[tuple[str, Any, Any]]:
    """What was answered in earlier steps, newest first: form title, row, sections."""
    by_id = {str(one.id): one for one in found.documents}
    deployment, facts = found.held.case.deployment, found.held.case.facts
    told = []
    for row in reversed(found.before):
        form = deployment.form(row.form_key, facts.permit, facts.category)
        told.append((form.title, row, answers(form, row.values, found.lists, by_id)))
    return told


@working.post("/tugas/<uuid:task_id>")
@login_required
def kirim(task_id: UUID) -> Page:
    """Whatever button was pressed: an outcome, save, a row more or less, upload, remove."""
    act, _sep, rest = _pressed().partition(":")
    try:
        return ACTS.get(act, ACTS["simpan"])(task_id, rest)
    except SubmissionInvalid as invalid:
        return _faulty(task_id, invalid)
    except TaskNotOpen:
        raise
    except drafting.DraftElsewhere as refused:
        return _two_drafts(task_id, refused)
    except Refused as refused:
        return _refused(task_id, refused)


def _pressed() -> str:
    """The button, also where a field of an older form has its name: a button stands behind what is typed."""
    said = reversed(request.form.getlist(reserved.ACT))
    return next((one for one in said if one.partition(":")[0] in ACTS), "simpan")


def _faulty(task_id: UUID, invalid: SubmissionInvalid) -> Page:
    """422, with what was typed in the page and in the draft, so that leaving the page loses nothing either."""
    try:
        _draft(task_id)
    except drafting.DraftElsewhere:
        return drawn(task_id, typed(), invalid.errors, status=422, elsewhere=_elsewhere(task_id))
    except (EngineError, Unavailable):
        pass  # the page itself keeps it
    return drawn(task_id, typed(), invalid.errors, status=422)


def _elsewhere(task_id: UUID) -> Elsewhere:
    found = desk.task_page(task_id, person().actor.id, g.at)
    return compared(found, filling(found, {}), typed())


def _two_drafts(task_id: UUID, refused: Refused) -> Page:
    """409: what stands there and what is typed here beside each other; neither is lost without a choice."""
    other = _elsewhere(task_id)
    if request.accept_mimetypes.best == "application/json":
        box = render_template("tugas/_rancangan_lain.html", lain=other, task_id=task_id)
        return jsonify(kata=told(refused), lain=box), 409
    return drawn(task_id, typed(), status=409, elsewhere=other)


def _refused(task_id: UUID, refused: Refused) -> Page:
    """409, with what was typed still in the page, and in the draft where the page may not show its form."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(kata=told(refused)), 409
    with suppress(EngineError, Unavailable):
        _draft(task_id)
    return drawn(task_id, typed(), told=told(refused), status=409)


def _complete(task_id: UUID, outcome: str) -> Page:
    _keep_files(task_id)
    with suppress(TaskNotOpen):
        keep_captions(task_id)
    who = person().actor.id
    wish = wished()
    if wish is None:
        done = operations.complete_task(task_id, typed(), outcome, who, g.at, key())
    else:
        done = afterwards.complete(task_id, typed(), outcome, wish, who, g.at, key())
    flash(_thanks(done))
    own = url_for("permohonan.berkas", case_id=done.case_id) if done.applicants else ""
    return _onward(own or url_for("tugas.kotak", selesai=1))


def _onward(address: str) -> Page:
    """Where to go after a step; a script is told, since it asks again when the answer gets lost."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(lanjut=address), 200
    return redirect(address, 303)


def _thanks(done: operations.Completed) -> str:
    """What is said after a step: to an applicant what happens next, to an official that it is recorded."""
    if person().actor.kind != "official":
        return _thanks_to_applicant(done.element)
    if not done.number:
        return str(_("Selesai. Langkah ini sudah tercatat; berkas belum bernomor."))
    return str(_("Selesai. Berkas %(nomor)s: langkah ini sudah tercatat.", nomor=done.number))


def _thanks_to_applicant(element: str) -> str:
    if element in ("ajukan", "lengkapi"):
        return str(_("Permohonan Anda sudah kami terima. Petugas memeriksa kelengkapannya; hasilnya kami kabarkan."))
    if element == "skm":
        return str(_("Terima kasih. Jawaban survei Anda sudah kami terima."))
    return str(_("Terima kasih. Kiriman Anda sudah kami terima dan akan diperiksa petugas."))


def _save(task_id: UUID, instead: str) -> Page:
    """Keep the draft; `instead`: the version it may replace, "" the one that the page began from."""
    version = _draft(task_id, instead)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(
            versi=version, pukul=clock_time(g.at), kata=_("Rancangan tersimpan %(pukul)s WIB", pukul=clock_time(g.at))
        ), 200
    flash(_("Rancangan tersimpan."))
    return back(task_id)


def back(task_id: UUID, anchor: str | None = None) -> Response:
    """To the task's page, which still knows for which event the step is to be entered."""
    if sent(afterwards.PAPER):
        flash(_("Pindaian lembar kertas belum tersimpan; pilih lagi saat langkah ini diselesaikan."))
    return redirect(url_for("kerja.tugas", task_id=task_id, kejadian=asked_for() or None, _anchor=anchor), 303)


def _draft(task_id: UUID, version: str = "") -> int:
    keep_captions(task_id)
    begun = whole(version or request.form.get(reserved.DRAFT_VERSION, ""))
    g.draft_version = drafting.save_draft(task_id, typed(), person().actor.id, g.at, begun)
    return int(g.draft_version)


def _grow(task_id: UUID, name: str) -> Page:
    found = desk.task_page(task_id, person().actor.id, g.at)
    return drawn(task_id, fields.grown(found.form, typed(), name))


def _shrink(task_id: UUID, rest: str) -> Page:
    name, _sep, row = rest.rpartition(":")
    found = desk.task_page(task_id, person().actor.id, g.at)
    return drawn(task_id, fields.shrunk(found.form, typed(), name, row))


def _judge(task_id: UUID, name: str) -> Page:
    """Fill the rows still open as the form's button says; the page comes back to be looked at, nothing is completed."""
    found = desk.task_page(task_id, person().actor.id, g.at)
    judged = filled(found.form, typed(), name, found.lists)
    return drawn(task_id, preset(found.form, judged, found.lists))


def _keep_files(task_id: UUID) -> None:
    """Files chosen in the form itself (without JavaScript nobody sent them before) are kept first, whatever follows."""
    chosen = request.files.items(multi=True)
    if papers := [_paper(name, one) for name, one in chosen if one.filename and name != afterwards.PAPER]:
        # Gone on a repeated post: then the answer to the first one stands.
        with suppress(TaskNotOpen):
            uploading.upload_all(task_id, papers, person().actor.id, g.at)


def _paper(name: str, sent: FileStorage) -> uploading.Paper:
    return uploading.Paper(name, sent.filename or "", sent.read(LARGEST), new_caption(name))


def _upload(task_id: UUID, name: str) -> Page:
    """Keep the file at once and what was typed with it, so that no later fault can lose either."""
    papers = [_paper(name, one) for one in request.files.getlist(name) if one.filename]
    if not papers:
        raise SubmissionInvalid({name: _("Pilih dahulu berkas yang akan diunggah")})
    uploading.upload_all(task_id, papers, person().actor.id, g.at)
    _draft(task_id)
    return back(task_id, f"f-{name}")


def _remove(task_id: UUID, text: str) -> Page:
    if (document := uuid_of(text)) is not None:
        uploading.remove(task_id, document, person().actor.id, g.at)
    _draft(task_id)
    return back(task_id)


def _try(task_id: UUID, _rest: str) -> Page:
    """Show what the inputs come to; nothing is completed."""
    return drawn(task_id, typed(), tried=levy_beside.tried(task_id, typed(), person().actor.id, g.at))


ACTS = {
    "hitung": _try,
    "putuskan": _complete,
    "simpan": lambda task_id, _rest: _save(task_id, ""),
    "timpa": _save,
    "tambah": _grow,
    "kurang": _shrink,
    "nilai": _judge,
    "unggah": _upload,
    "buang": _remove,
}
