"""Where things of a draft are used, and giving one of them another name.

Its pages hang under the studio.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext, ngettext
from markupsafe import Markup

from app.operations import draft_usage
from app.web.admin import word
from app.web.difference_values import said
from app.web.drawing_words import editor_words
from app.web.errors import told
from app.web.session import official_required, person
from app.web.studio import Page, me, studio
from engine import access
from engine.errors import Refused, SubmissionInvalid
from engine.renaming import Kind

KINDS = {
    "form": lazy_gettext("Formulir"),
    "field": lazy_gettext("Isian yang dibaca"),
    "step": lazy_gettext("Langkah"),
    "service": lazy_gettext("Layanan"),
    "role": lazy_gettext("Peran"),
    "decision": lazy_gettext("Tabel keputusan"),
    "process": lazy_gettext("Proses"),
    "letter": lazy_gettext("Surat"),
    "template": lazy_gettext("Templat surat"),
    "notice": lazy_gettext("Pesan"),
    "register": lazy_gettext("Buku nomor"),
    "state": lazy_gettext("Keadaan berkas"),
    "term": lazy_gettext("Tenggat"),
    "clock": lazy_gettext("Jam"),
}
RENAMED = {
    "form": KINDS["form"],
    "field": lazy_gettext("Isian (formulir.isian)"),
    "step": lazy_gettext("Langkah (id elemen)"),
    "decision": KINDS["decision"],
}


@studio.get("/studio/<uuid:plan_id>/pemakaian")
@official_required
def pemakaian(plan_id: UUID) -> Page:
    return _usage(plan_id, {}, 200)


def _usage(id: UUID, errors: Mapping[str, str], status: int, why: str = "") -> tuple[str, int]:
    found = draft_usage.used(id, me(), g.at)
    kind = request.args.get("jenis", "")
    page = render_template(
        "studio/pemakaian.html",
        u=found,
        jenis=kind if kind in found.found else "form",
        kata=KINDS,
        sebut=lambda kind, name: _called(found, kind, name),
        bernama=RENAMED,
        boleh=found.row.status == "open" and access.may(person().actor, "deploy"),
        salah=errors,
        isi=request.form or {"jenis": request.args.get("ganti", "form"), "lama": request.args.get("lama", "")},
        kabar=why,
    )
    return page, status


def _called(found: draft_usage.Usage, kind: str, name: str) -> Markup:
    """What people call a thing, "" for one that has nothing but its key."""
    words = found.called.get((kind, name), "")
    if kind == "service":
        words = str(editor_words()["layanan_nama"].get(name, ""))
    if kind == "template":
        words = found.titles.get(f"processes/letters/{name}", "")
    return said(words) if words else Markup("")


@studio.post("/studio/<uuid:plan_id>/ganti-nama")
@official_required
def ganti_nama(plan_id: UUID) -> Page:
    kind = word("jenis")
    try:
        chosen = cast(Kind, kind if kind in RENAMED else "form")
        changed = draft_usage.rename(plan_id, chosen, word("lama"), word("baru"), me(), g.at)
    except SubmissionInvalid as invalid:
        return _usage(plan_id, invalid.errors, 422)
    except Refused as refused:
        return _usage(plan_id, {}, 409, told(refused))
    flash(ngettext("%(num)s berkas mengikuti nama baru.", "%(num)s berkas mengikuti nama baru.", changed))
    return redirect(url_for("studio.satu", plan_id=plan_id), 303)
