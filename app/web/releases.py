"""A release on its way, handed out and brought back; who runs on it; a whole one taken into a draft."""

from __future__ import annotations

from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.operations import publishing, release_imports
from app.web.admin import Page, admin, me, release_page, word
from app.web.deciding import decided
from app.web.documents import attachment
from app.web.errors import told
from app.web.parts import sent, uuid_of
from app.web.rendering import moment
from app.web.session import official_required
from app.web.spreadsheet import table
from app.web.studio import draft_page, studio
from app.web.words import translated
from engine.errors import DefinitionInvalid, Refused, SubmissionInvalid


@admin.post("/kelola/proses/<uuid:deployment_id>/batalkan")
@official_required
def batalkan_terbitan(deployment_id: UUID) -> Page:
    def act() -> str:
        publishing.call_off(deployment_id, word("alasan", 3000), me(), g.at)
        return str(_("Terbitan tidak jadi berlaku; berkasnya dapat diusulkan kembali."))

    then = url_for("kelola.satu_proses", deployment_id=deployment_id)
    return decided(act, lambda errors, status, said: release_page(deployment_id, errors, status, said), then)


@admin.post("/kelola/proses/<uuid:deployment_id>/tarik")
@official_required
def tarik_terbitan(deployment_id: UUID) -> Page:
    """Taken back by whoever proposed it, who goes on with its draft."""
    try:
        draft = publishing.withdraw(deployment_id, word("alasan_tarik", 3000), me(), g.at)
    except SubmissionInvalid as invalid:
        return release_page(deployment_id, invalid.errors, 422)
    except Refused as refused:
        return release_page(deployment_id, {}, 409, told(refused))
    flash(_("Usul ditarik."))
    here = url_for("kelola.satu_proses", deployment_id=deployment_id)
    return redirect(url_for("studio.satu", plan_id=draft) if draft else here, 303)


@studio.post("/studio/<uuid:plan_id>/buka-kembali")
@official_required
def buka_kembali(plan_id: UUID) -> Page:
    def act() -> str:
        publishing.reopen(plan_id, me(), g.at)
        return str(_("Rancangan dibuka kembali; simpanan dan catatannya tetap."))

    then = url_for("studio.satu", plan_id=plan_id)
    return decided(act, lambda errors, status, said: draft_page(plan_id, errors, status, said), then)


@admin.post("/kelola/proses/<uuid:deployment_id>/usulkan-kembali")
@official_required
def usulkan_kembali(deployment_id: UUID) -> Page:
    def act() -> str:
        publishing.bring_back(deployment_id, word("alasan_kembali", 3000), me(), g.at)
        return str(_("Terbitan diusulkan kembali; pengelola proses lain yang memutuskannya."))

    then = url_for("kelola.satu_proses", deployment_id=deployment_id)
    return decided(act, lambda errors, status, said: release_page(deployment_id, errors, status, said), then)


@admin.get("/kelola/proses/<uuid:deployment_id>/unduh.zip")
@official_required
def unduh_terbitan(deployment_id: UUID) -> Response:
    """The whole release in one file whose bytes are the same for the same content."""
    return attachment(publishing.bundle(deployment_id, me(), g.at))


@admin.get("/kelola/proses/<uuid:deployment_id>/berkas")
@official_required
def berkas_terbitan(deployment_id: UUID) -> Page:
    """Who runs on a release, process by process."""
    after = uuid_of(request.args.get("sesudah", ""))
    found = publishing.standing(deployment_id, _process(), after, me(), g.at)
    return render_template("proses/berkas_terbitan.html", b=found, proses=_process())


def _process() -> str:
    """The one process of a release that is asked for; "" for all."""
    return request.args.get("proses", "").replace("\x00", "")[:200]


@admin.get("/kelola/proses/<uuid:deployment_id>/berkas.csv")
@official_required
def unduh_berkas_terbitan(deployment_id: UUID) -> Response:
    """The same list as a table for a spreadsheet, whole."""
    found = publishing.listed(deployment_id, _process(), me(), g.at)
    head = [_("Berkas"), _("Pemohon"), _("Jenis izin"), _("Proses"), _("Dibuka (WIB)")]
    rows = (
        (
            one.number or one.tracking_code,
            one.applicant_name,
            one.permit,
            translated(found.names[one.process]),
            moment(one.opened_at),
        )
        for one in found.cases
    )
    return table(f"berkas-terbitan-{found.row.number}.csv", head, rows)


@studio.post("/studio/<uuid:plan_id>/impor-zip")
@official_required
def impor_zip(plan_id: UUID) -> Page:
    """A whole release from one file in the place of what the draft holds; the draft stays as it was on any fault."""
    try:
        number = release_imports.take_in_all(plan_id, sent("zip"), me(), g.at)
    except DefinitionInvalid as invalid:
        return draft_page(
            plan_id, {}, 422, _("ZIP tidak dimasukkan; rancangan tetap seperti semula."), invalid.problems
        )
    except SubmissionInvalid as invalid:
        return draft_page(plan_id, invalid.errors, 422)
    except Refused as refused:
        return draft_page(plan_id, {}, 409, told(refused))
    flash(ngettext("%(num)s berkas berubah oleh ZIP itu.", "%(num)s berkas berubah oleh ZIP itu.", number))
    return redirect(url_for("studio.satu", plan_id=plan_id), 303)
