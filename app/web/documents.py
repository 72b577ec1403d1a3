"""Documents and letters: looked at as page images, downloaded as attachments (ruling 21)."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from flask import Blueprint, Response, g, render_template, send_file

from app.operations import documents as store
from app.web.session import login_required, person

documents = Blueprint("dokumen", __name__)
SMALL = 240  # pixels across


def attachment(found: store.Download) -> Response:
    """As a file to keep, never opened inside our own pages."""
    return send_file(BytesIO(found.content), found.media_type, as_attachment=True, download_name=found.name)


def picture(content: bytes) -> Response:
    """A letter to look at beside a form, made anew each time."""
    answer = send_file(BytesIO(content), "image/png")
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@documents.get("/dokumen/<uuid:document_id>")
@login_required
def lihat(document_id: UUID) -> str:
    found = store.document_row(document_id, person().actor.id, g.at)
    return render_template("dokumen/lihat.html", dokumen=found.row, kertas=found.paper, h=found.held)


@documents.get("/dokumen/<uuid:document_id>/halaman/<int:page>.png")
@login_required
def halaman(document_id: UUID, page: int) -> Response:
    content = store.page_image(document_id, page, person().actor.id, g.at)
    answer = send_file(BytesIO(content), "image/png")
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer


@documents.get("/dokumen/<uuid:document_id>/kecil.png")
@login_required
def kecil(document_id: UUID) -> Response:
    """The first page as small as a phone shows it in a list."""
    content = store.page_image(document_id, 0, person().actor.id, g.at, SMALL)
    answer = send_file(BytesIO(content), "image/png")
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer


@documents.get("/dokumen/<uuid:document_id>/unduh")
@login_required
def unduh(document_id: UUID) -> Response:
    return attachment(store.download(document_id, person().actor.id, g.at))


@documents.get("/surat/<uuid:letter_id>")
@login_required
def surat(letter_id: UUID) -> Response:
    return attachment(store.letter(letter_id, person().actor.id, g.at))


@documents.get("/surat/<uuid:letter_id>/gambar.png")
@login_required
def gambar_surat(letter_id: UUID) -> Response:
    return picture(store.letter_picture(letter_id, person().actor.id, g.at))


@documents.get("/surat/<uuid:letter_id>/bertanda-tangan")
@login_required
def surat_bertanda_tangan(letter_id: UUID) -> Response:
    return attachment(store.letter(letter_id, person().actor.id, g.at, signed=True))


@documents.get("/berkas/<uuid:case_id>/rancangan/<kind>")
@login_required
def rancangan(case_id: UUID, kind: str) -> Response:
    """A letter as it would be issued now, marked as a draft."""
    return attachment(store.draft_letter(case_id, kind, person().actor.id, g.at))


@documents.get("/berkas/<uuid:case_id>/rancangan/<kind>/gambar.png")
@login_required
def gambar_rancangan(case_id: UUID, kind: str) -> Response:
    return picture(store.draft_picture(case_id, kind, person().actor.id, g.at))
