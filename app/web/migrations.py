"""Cases moved together: begun, held, taken up again, stopped, taken back; what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response as AnyResponse

from app.operations import batch_page, migration_batches
from app.operations.batch_page import STATES
from app.operations.impact import Subject
from app.web import impact
from app.web.admin import Page, me, word
from app.web.errors import told
from app.web.parts import beating, key, uuid_of
from app.web.rendering import moment
from app.web.session import official_required
from app.web.spreadsheet import table
from app.web.words import translated
from engine.errors import Refused, SubmissionInvalid

migrations = Blueprint("pindah", __name__)
STATE_WORDS = {
    "waiting": lazy_gettext("menunggu"),
    "moved": lazy_gettext("dipindahkan"),
    "left": lazy_gettext("tetap di terbitannya"),
    "put_back": lazy_gettext("dikembalikan"),
    "kept": lazy_gettext("tetap di terbitan baru"),
}
UNTOUCHED = lazy_gettext("tidak dipindahkan")  # what no worker comes to any more
SAID = {
    "jeda": lazy_gettext("Pemindahan dijeda."),
    "lanjut": lazy_gettext("Pemindahan dilanjutkan."),
    "henti": lazy_gettext("Pemindahan dihentikan; yang sudah dipindahkan tetap dipindahkan."),
}


def words_of(row: Any) -> dict[str, Any]:
    """State of a case of a batch -> what it is called."""
    over = row.status in ("stopped", "done") or row.task == "undo"
    return STATE_WORDS | ({"waiting": UNTOUCHED} if over else {})


@migrations.get("/kelola/pindah")
@official_required
def daftar() -> Page:
    return render_template("proses/pindahan.html", semua=batch_page.batches(me(), g.at), kata_pindah=words_of)


@migrations.post("/kelola/proses/<uuid:deployment_id>/pindahkan")
@official_required
def mulai(deployment_id: UUID) -> Page:
    try:
        said = (key(), bool(word("sadar", 5)), word("pilihan", 20))
        id = migration_batches.start(deployment_id, word("alasan", 3000), me(), g.at, *said)
    except SubmissionInvalid as invalid:
        return impact.shown(Subject(deployment_id), invalid.errors, 422)
    except Refused as refused:
        return impact.shown(Subject(deployment_id), {}, 409, told(refused))
    flash(_("Pemindahan dimulai; berkas dipindahkan satu per satu."))
    return redirect(url_for("pindah.satu", batch_id=id), 303)


@migrations.get("/kelola/pindah/<uuid:batch_id>")
@official_required
def satu(batch_id: UUID) -> Page:
    return _batch(batch_id, {}, 200)


def _batch(batch_id: UUID, errors: Mapping[str, str], status: int, said: str = "") -> tuple[str, int]:
    state = request.args.get("keadaan", "")
    state = state if state in STATES else ""
    found = batch_page.page(batch_id, state, uuid_of(request.args.get("sesudah", "")), me(), g.at)
    page = render_template(
        "proses/satu_pindahan.html",
        b=found,
        keadaan=state,
        kata=words_of(found.row),
        hasil=impact.VERDICTS,
        lompat=impact.leaping,
        salah=errors,
        isi=request.form,
        kabar=said,
    )
    return page, status


@migrations.post("/kelola/pindah/<uuid:batch_id>")
@official_required
def ubah(batch_id: UUID) -> Page:
    """`aksi`: jeda, lanjut, henti or batal (take it back, with a reason)."""
    act = word("aksi", 20)
    try:
        if act == "batal":
            migration_batches.undo(batch_id, word("alasan", 3000), me(), g.at)
            flash(_("Berkas dikembalikan satu per satu, selama belum melangkah lagi."))
        else:
            migration_batches.say(batch_id, act if act in SAID else "jeda", me(), g.at)
            flash(str(SAID.get(act, SAID["jeda"])))
    except SubmissionInvalid as invalid:
        return _batch(batch_id, invalid.errors, 422)
    except Refused as refused:
        return _batch(batch_id, {}, 409, told(refused))
    return redirect(url_for("pindah.satu", batch_id=batch_id), 303)


@migrations.get("/kelola/pindah/<uuid:batch_id>/kemajuan")
@official_required
def kemajuan(batch_id: UUID) -> AnyResponse:
    done, whole, over = batch_page.progress(batch_id, me(), g.at)
    return beating({"selesai": done, "semua": whole, "usai": over})


HEAD = (
    lazy_gettext("Berkas"),
    lazy_gettext("Pemohon"),
    lazy_gettext("Izin"),
    lazy_gettext("Hasil gladi"),
    lazy_gettext("Langkah terbuka"),
    lazy_gettext("Ke langkah"),
    lazy_gettext("Melewati atau mengulang"),
    lazy_gettext("Keadaan"),
    lazy_gettext("Pada (WIB)"),
    lazy_gettext("Sebab"),
)


@migrations.get("/kelola/pindah/<uuid:batch_id>.csv")
@official_required
def unduh(batch_id: UUID) -> Response:
    found = batch_page.items(batch_id, me(), g.at)
    words = words_of(batch_page.page(batch_id, "", None, me(), g.at).row)
    rows = (
        (
            one.number,
            one.applicant,
            one.permit,
            str(impact.VERDICTS.get(one.verdict, "")),
            ", ".join(map(translated, one.steps)),
            ", ".join(map(translated, one.goes)),
            "; ".join(filter(None, map(impact.leaping, one.leaps))),
            str(words[one.state]),
            moment(one.at) if one.at else "",
            "; ".join(translated(reason) for reason in one.reasons),
        )
        for one in found
    )
    return table("pemindahan.csv", [str(one) for one in HEAD], rows)
