"""What the phone of a team in the field sends and asks, in JSON: photographs one by one, and how its task stands."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import Blueprint, g, jsonify, request
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from app.operations import photographing
from app.operations.uploading import Paper
from app.web.errors import told
from app.web.parts import key, moment_of, uuid_of
from app.web.rendering import clock_time
from app.web.session import login_required, person
from app.web.words import translated
from engine.errors import EngineError, NotAllowed, NotFound, SubmissionInvalid
from engine.reserved import CAPTIONS

field_visit = Blueprint("lapangan", __name__)
CAPTION = f"{CAPTIONS}."  # and the document's id: its caption in the page
NEW_CAPTION = "keterangan_baru."  # and the field's name: of the photographs chosen beside it
LARGEST = 24 * 1024 * 1024
Answer = tuple[Response, int]


@field_visit.get("/tugas/<uuid:task_id>/lapangan")
@login_required
def keadaan(task_id: UUID) -> Response:
    """Whether the task still takes anything, which photographs arrived, and a token to send the rest with."""
    found = photographing.standing(task_id, person().actor.id, g.at)
    return jsonify(
        orang=str(person().actor.id),
        csrf=generate_csrf(),
        kata=told(found.refused) if found.refused else "",
        versi=found.version,
        ponsel=found.device,
        kunci={str(key): str(document) for key, document in found.arrived.items()},
    )


@field_visit.post("/tugas/<uuid:task_id>/lapangan")
@login_required
def foto(task_id: UUID) -> Answer:
    """Keep one photograph: 200 also when it came before; 422 what is wrong with it; 409, 403, 404 why not here."""
    name = request.form.get("isian", "")
    try:
        document = photographing.keep(task_id, _sent(name), person().actor.id, g.at)
    except SubmissionInvalid as invalid:
        return jsonify(kata=" ".join(translated(one) for one in invalid.errors.values())), 422
    except EngineError as refused:
        status = 404 if isinstance(refused, NotFound) else 403 if isinstance(refused, NotAllowed) else 409
        return jsonify(kata=told(refused)), status
    return jsonify(dokumen=str(document), pukul=clock_time(g.at)), 200


def _sent(name: str) -> Paper:
    given = request.files.get("foto")
    content = given.read(LARGEST) if given is not None else b""
    when = photographing.taken(_instant(request.form.get("diambil", "")), g.at)
    filename = (given.filename if given is not None else "") or "foto.jpg"
    return Paper(name, filename, content, request.form.get("keterangan", ""), when, key())


def _instant(text: str) -> datetime | None:
    return moment_of(text) if text else None


def keep_captions(task_id: UUID) -> None:
    """What was typed about the photographs that stand in the page."""
    written = {
        document: text
        for name, text in request.form.items()
        if name.startswith(CAPTION) and (document := uuid_of(name.removeprefix(CAPTION))) is not None
    }
    photographing.call(task_id, written, person().actor.id, g.at)


def new_caption(name: str) -> str:
    return request.form.get(NEW_CAPTION + name, "")
