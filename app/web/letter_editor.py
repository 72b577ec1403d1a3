"""The editor of letters' templates: the text beside the pages as they would be printed.

Its pages hang under the studio.
"""

from __future__ import annotations

from base64 import b64encode
from uuid import UUID

from flask import Response, g, jsonify, request

from app.operations import draft_letters
from app.operations.documents import Download
from app.web.documents import attachment
from app.web.drawing import as_text, editor, problem
from app.web.parts import sent
from app.web.session import official_required
from app.web.studio import Page, chosen_path, me, studio
from engine.errors import Refused


@studio.get("/studio/<uuid:plan_id>/surat")
@official_required
def surat(plan_id: UUID) -> Page:
    try:
        asks = ("simpan", "giliran", "lihat_surat")
        return editor(plan_id, draft_letters.letter_drawing, "studio/surat.html", {}, asks)
    except Refused:
        return as_text(plan_id)


@studio.post("/studio/<uuid:plan_id>/surat/lihat")
@official_required
def lihat_surat(plan_id: UUID) -> Response:
    """`{"pages": [data addresses], "problems": [...]}` of what is on the screen; with `pdf` the file itself."""
    letter = request.form.get("surat", "")[:60]
    found = draft_letters.letter_preview(plan_id, chosen_path(), sent("isi"), letter, me(), g.at)
    if request.form.get("pdf") and found.pdf:
        return attachment(Download(f"contoh-{letter or 'surat'}.pdf", "application/pdf", found.pdf))
    pages = [f"data:image/png;base64,{b64encode(one).decode()}" for one in found.pages]
    return jsonify(pages=pages, problems=[problem(one) for one in found.problems])
