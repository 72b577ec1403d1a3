"""What its author keeps and takes back of a declaration, and the report that closes it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.operations import force_majeure, force_majeure_closing, force_majeure_drafts
from app.operations.force_majeure_closing import Report
from app.web.deciding import decided
from app.web.kahar import Page, kahar, shown_again
from app.web.parts import whole
from app.web.session import official_required, person


@kahar.post("/kahar/draf/<uuid:draft_id>/buang")
@official_required
def buang_draf(draft_id: UUID) -> Response:
    force_majeure_drafts.discard(draft_id, person().actor.id, g.at)
    flash(_("Draf dibuang."))
    return redirect(url_for("kahar.daftar"), 303)


@kahar.post("/kahar/<uuid:declaration_id>/tarik")
@official_required
def tarik_usulan(declaration_id: UUID) -> Page:
    """The proposer's own version, taken back while it waits."""

    def take_back() -> str:
        version, because = whole(request.form.get("versi", "")), request.form.get("alasan_tarik", "")
        force_majeure.withdraw(declaration_id, version, because, person().actor.id, g.at)
        return str(_("Usulan ditarik kembali; versinya tetap tercatat."))

    return decided(take_back, shown_again(declaration_id), url_for("kahar.pernyataan", declaration_id=declaration_id))


@kahar.post("/kahar/<uuid:declaration_id>/tutup")
@official_required
def tutup(declaration_id: UUID) -> Page:
    """Record the report to the Walikota; no clock counts it."""

    def close() -> str:
        typed = (request.form.get(name, "") for name in ("nomor_laporan", "tanggal_laporan", "catatan_laporan"))
        force_majeure_closing.close(declaration_id, Report(*typed), person().actor.id, g.at)
        return str(_("Laporan dicatat; pernyataan ini ditutup."))

    return decided(close, shown_again(declaration_id), url_for("kahar.pernyataan", declaration_id=declaration_id))
