"""Mengapa tanggal ini?: the lines of a date on the page, on paper, as a document, and the checker of such documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from flask import Response, g, render_template, request

from app.operations import explaining
from app.web import history
from app.web.cases import Page, cases
from app.web.parts import past_moment, typed_past
from app.web.public import public_pages
from app.web.session import login_required, person
from engine.errors import SubmissionInvalid

CHECKER = "periksa-jam.pyz"


@cases.get("/berkas/<uuid:case_id>/jam/<uuid:clock_id>")
@login_required
def mengapa(case_id: UUID, clock_id: UUID) -> Page:
    try:
        return _page(case_id, clock_id, _known_at())
    except SubmissionInvalid as invalid:
        return _page(case_id, clock_id, None, invalid.errors, 422)


def _page(
    case_id: UUID, clock_id: UUID, known_at: datetime | None, errors: Mapping[str, str] | None = None, status: int = 200
) -> tuple[str, int]:
    found = explaining.page(case_id, clock_id, person().actor.id, g.at, known_at)
    promises = [(one, history.moved_because(one.because), fate) for one, fate in found.promises]
    page = render_template(
        "berkas/mengapa.html",
        y=found,
        janji=promises,
        per=request.args.get("per", ""),
        diketik=typed_past("per"),
        salah=errors or {},
    )
    return page, status


def _known_at() -> datetime | None:
    """The instant of `per`, None when empty; raises SubmissionInvalid."""
    return past_moment("per", "Menurut catatan per")


@cases.get("/berkas/<uuid:case_id>/jam/<uuid:clock_id>/penjelasan.json")
@login_required
def penjelasan(case_id: UUID, clock_id: UUID) -> Response:
    """The proof: everything the date depends on, what follows from it, and how."""
    text = explaining.proof(case_id, clock_id, person().actor.id, g.at, _known_at())
    return _file(text.encode(), "application/json", f"bukti-{clock_id}.json")


@cases.get("/berkas/<uuid:case_id>/jam/<uuid:clock_id>/penjelasan.pdf")
@login_required
def penjelasan_pdf(case_id: UUID, clock_id: UUID) -> Response:
    content = explaining.paper(case_id, clock_id, person().actor.id, g.at, _known_at())
    return _file(content, "application/pdf", f"penjelasan-{clock_id}.pdf")


@public_pages.get(f"/{CHECKER}")
def pemeriksa_jam() -> Response:
    """The checker of proofs, for whoever has Python and nothing of ours."""
    return _file(explaining.checker(), "application/octet-stream", CHECKER)


def _file(content: bytes, media: str, name: str) -> Response:
    return Response(content, mimetype=media, headers={"Content-Disposition": f"attachment; filename={name}"})
