"""The builder of forms: its page, and the form as people would see it, drawn by the pages' own controls.

Its pages hang under the studio.
"""

from __future__ import annotations

from uuid import UUID

from flask import Response, g, jsonify, render_template

from app.operations import draft_forms
from app.web.drawing import CHECKED, as_text, editor
from app.web.fields import Filling, parts
from app.web.form_words import builder_words
from app.web.parts import sent
from app.web.session import official_required
from app.web.studio import Page, chosen_path, me, studio
from engine.errors import Refused


@studio.get("/studio/<uuid:plan_id>/formulir")
@official_required
def formulir(plan_id: UUID) -> Page:
    try:
        return editor(
            plan_id, draft_forms.form_drawing, "studio/formulir.html", builder_words(), (*CHECKED, "pratinjau")
        )
    except Refused:
        return as_text(plan_id)


@studio.post("/studio/<uuid:plan_id>/formulir/pratinjau")
@official_required
def pratinjau(plan_id: UUID) -> Response:
    """`{"html": …}`: the form as it stands on the screen, or in the draft; empty while it cannot be understood."""
    found = draft_forms.preview(plan_id, chosen_path(), sent("isi"), me(), g.at)
    if found.form is None:
        return jsonify(html="")
    drawn = parts(Filling(found.form, {}, found.lists))
    return jsonify(html=render_template("studio/pratinjau.html", form=found.form, bagian=drawn))
