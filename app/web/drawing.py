"""The editor of diagrams: its page, and what it asks while somebody draws (checks, saving, whose turn it is).

Its pages hang under the studio.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from app.operations import draft_drawing, draft_files
from app.web.admin import word
from app.web.drawing_words import editor_words, page_words
from app.web.errors import told
from app.web.parts import sent, whole
from app.web.security import CSP
from app.web.session import official_required, person
from app.web.studio import Page, chosen_path, draft_page, me, studio
from app.web.words import translated
from engine import access
from engine.errors import DefinitionInvalid, NotFound, Problem, Refused, SubmissionInvalid

Json = tuple[Response, int]
CHECKED = ("periksa", "simpan", "giliran")  # what an editor asks the office for
# Icons of the editor's menus are drawn with style attributes; nothing else is let through.
EDITOR_CSP = CSP.replace("style-src 'self';", "style-src 'self'; style-src-attr 'unsafe-inline';")


@studio.get("/studio/<uuid:plan_id>/diagram")
@official_required
def diagram(plan_id: UUID) -> Page:
    return _editor(plan_id, ".bpmn", "studio/diagram.html")


@studio.get("/studio/<uuid:plan_id>/tabel")
@official_required
def tabel(plan_id: UUID) -> Page:
    return _editor(plan_id, ".dmn", "studio/tabel.html")


def _editor(plan_id: UUID, suffix: str, template: str) -> Page:
    """The page of an editor of the bpmn.io family; what is no file of its kind opens as text."""
    if not chosen_path().endswith(suffix):
        draft_drawing.row_of(plan_id, me(), g.at)
        return as_text(plan_id)
    answer = Response(editor(plan_id, draft_drawing.drawing, template, editor_words(), (*CHECKED, "pratinjau")))
    answer.headers["Content-Security-Policy"] = EDITOR_CSP
    return answer


Opening = Callable[[UUID, str, UUID, datetime], draft_drawing.Drawing]


def editor(plan_id: UUID, opening: Opening, template: str, said: dict[str, Any], asks: tuple[str, ...]) -> str:
    """The page of an editor.  Raises Refused for a file that is not of its kind."""
    found = opening(plan_id, chosen_path(), me(), g.at)
    standing = found.open and found.file.content is not None and not found.file.editors
    may = standing and access.may(person().actor, "deploy")
    changes = may and not found.file.held_by  # whoever reads beside somebody else has nothing to undo or to bring in
    return render_template(template, d=found, boleh=changes, bekal=_luggage(found, may, said, asks))


def as_text(plan_id: UUID) -> Page:
    """What an editor cannot open is read and changed as text."""
    return redirect(url_for("studio.berkas", plan_id=plan_id, nama=chosen_path()))


def _luggage(found: draft_drawing.Drawing, may: bool, said: dict[str, Any], asks: tuple[str, ...]) -> dict[str, object]:
    """What an editor begins with: `words` are the lists it offers, `said` its sentences, `addresses` whom it asks."""
    file = found.file
    return {
        "xml": (file.content or file.base or b"").decode("utf-8", "replace"),
        "path": file.path,
        "version": file.version,
        "may": may,
        "turn": _turn(file),
        "words": {**found.words, **_titled(found.words)},
        "said": page_words() | said,
        "addresses": {
            **{name: url_for(f"studio.{name}", plan_id=found.row.id) for name in asks},
            "ganti": url_for("studio.pemakaian", plan_id=found.row.id, ganti="step", lama="LANGKAH") + "#ganti-nama",
            "formulir": url_for("studio.formulir", plan_id=found.row.id, nama="forms/KUNCI.json"),
        },
    }


def _titled(words: Mapping[str, Any]) -> dict[str, list[list[str]]]:
    """Lists of codes with their titles in the reader's language; titles of roles go into diagrams and stay."""
    lists = ("states", "letters", "registers", "notices", "addressees", "clocks", "causes")
    return {name: [[code, translated(title)] for code, title in words[name]] for name in lists if name in words}


def _turn(file: draft_files.Opened) -> dict[str, object]:
    asked = {"asked_by": file.asked_by, "asked_me": file.asked_me}
    return {"mine": file.mine, "held_by": file.held_by, "version": file.version, **asked}


@studio.post("/studio/<uuid:plan_id>/diagram/periksa")
@official_required
def periksa(plan_id: UUID) -> Response:
    """Problems of what is on the screen: `{"problems": [...]}`, or those it makes in other files: `{"html": "<ul>…"}`.

    Nothing is saved.
    """
    if request.form.get("luar"):
        beyond = draft_drawing.beyond(plan_id, chosen_path(), sent("isi"), me(), g.at)
        return jsonify(html=render_template("studio/_di_luar.html", di_luar=beyond))
    found = draft_drawing.faults(plan_id, chosen_path(), sent("isi"), me(), g.at)
    return jsonify(problems=[problem(one) for one in found])


def problem(one: Problem) -> dict[str, object]:
    """A fault as the editors read it; `lang`: of its sentences, which stay Indonesian where they have no English."""
    message = translated(one.message)
    return {
        "element": one.element,
        "line": one.line,
        "severity": one.severity,
        "code": one.code,
        "message": message,
        "hint": translated(one.hint),
        "lang": str(get_locale()) if message != one.message else "id",
        "cell": one.cell,
        "beside": one.beside,
        "row": list(one.row),
    }


@studio.post("/studio/<uuid:plan_id>/diagram/simpan")
@official_required
def simpan(plan_id: UUID) -> Json:
    """`{"version": n}`; 409 `{"said": …}` where another saved or holds it, 422 with problems of what is unreadable."""
    try:
        known, brought = whole(request.form.get("versi", "")) or 0, request.form.get("dari") == "komputer"
        version = draft_files.save(plan_id, chosen_path(), sent("isi"), known, me(), g.at, brought)
    except DefinitionInvalid as invalid:
        found = [problem(one) for one in invalid.problems]
        return jsonify(said=_("Belum disimpan: berkas ini tidak dapat dibaca."), problems=found), 422
    except SubmissionInvalid as invalid:
        return jsonify(said=" ".join(map(translated, invalid.errors.values())), problems=[]), 422
    except Refused as refused:
        return jsonify(said=told(refused)), 409
    return jsonify(version=version), 200


@studio.post("/studio/<uuid:plan_id>/diagram/giliran")
@official_required
def giliran(plan_id: UUID) -> Json:
    """Hold the file, go on holding it, ask for it, hand it over, only look (`aksi`); answers whose turn it is."""
    acts = {"pegang": draft_files.hold, "minta": draft_files.ask, "serahkan": draft_files.hand_over}
    act = request.form.get("aksi", "")
    try:
        if act != "lihat":
            acts.get(act, draft_files.hold)(plan_id, chosen_path(), me(), g.at)
        found = draft_files.opened(plan_id, chosen_path(), me(), g.at)
    except (Refused, NotFound) as refused:
        return jsonify(said=told(refused)), 409
    return jsonify(_turn(found)), 200


@studio.post("/studio/<uuid:plan_id>/diagram/proses-baru")
@official_required
def proses_baru(plan_id: UUID) -> Page:
    try:
        draft_drawing.draw_new(plan_id, word("nama_baru"), word("judul_baru", 400), me(), g.at)
    except SubmissionInvalid as invalid:
        return draft_page(plan_id, invalid.errors, 422)
    except Refused as refused:
        return draft_page(plan_id, {}, 409, told(refused))
    flash(_("Proses baru disimpan dalam rancangan; gambarlah langkahnya."))
    return redirect(url_for("studio.diagram", plan_id=plan_id, nama=word("nama_baru")), 303)
