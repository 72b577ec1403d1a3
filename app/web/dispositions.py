"""Disposisi and questions among colleagues; hangs its pages under the cases and the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.operations import disposition_lists, dispositions
from app.operations.dispositions import Given
from app.web.cases import cases
from app.web.deciding import decided
from app.web.navigation import role_name
from app.web.parts import key, moment_of, uuid_of
from app.web.session import official_required, person
from app.web.tasks import tasks
from engine.access import Actor
from engine.errors import Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, date_of

Page = AnyResponse | tuple[str, int] | str


# --- of a file


@cases.get("/berkas/<uuid:case_id>/disposisi")
@official_required
def disposisi(case_id: UUID) -> Page:
    """What was put to whom about a file, and the forms to put something."""
    return _of_file(case_id, {}, 200)


def _of_file(case_id: UUID, errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = disposition_lists.of_file(case_id, person().actor.id, g.at)
    people = {kind: [(one.id, _titled(one)) for one in able] for kind, able in found.addressees.items()}
    page = render_template("berkas/disposisi.html", d=found, rekan=people, salah=errors, isi=request.form)
    return page, status


def _titled(one: Actor) -> str:
    """ "Ratna Dewi (Verifikator)" """
    held = ", ".join(role_name(role) for role in sorted(one.roles))
    return f"{one.name} ({held})" if held else one.name


@cases.post("/berkas/<uuid:case_id>/disposisi")
@official_required
def beri_disposisi(case_id: UUID) -> Page:
    given = _given()
    try:
        dispositions.give(case_id, given, person().actor.id, g.at, key())
    except SubmissionInvalid as invalid:
        return _of_file(case_id, _placed(invalid.errors, given.kind), 422)
    flash(
        _("Disposisi diberikan.") if given.kind == dispositions.INSTRUCTION else _("Pertanyaan dikirim kepada rekan.")
    )
    return redirect(url_for("berkas.disposisi", case_id=case_id), 303)


def _given() -> Given:
    """What was typed into the form of its kind: each has fields of its own, so that a fault stands in the right one."""
    kind = request.form.get("macam", "")[:20]
    due_on, unread = _day(kind)
    body, to = (request.form.get(f"{name}-{kind}", "").replace("\x00", "") for name in ("isi", "kepada"))
    return Given(kind, body, uuid_of(to), due_on, unread)


def _day(kind: str) -> tuple[date | None, dict[str, str]]:
    text = clean(request.form.get(f"tenggat-{kind}", "").replace("\x00", ""))[:100]
    try:
        return (date_of(text) if text else None), {}
    except Unreadable as fault:
        return None, {"tenggat": Sentence("%(label)s: %(fault)s", label=_("Tenggat"), fault=fault.sentence)}


def _placed(errors: Mapping[str, str], kind: str) -> dict[str, str]:
    return {f"{name}-{kind}" if kind in dispositions.KINDS else "": text for name, text in errors.items()}


# --- one


@cases.get("/berkas/<uuid:case_id>/disposisi/<uuid:disposition_id>")
@official_required
def satu_disposisi(case_id: UUID, disposition_id: UUID) -> Page:
    return _one(case_id, disposition_id, {}, 200)


def _one(
    case_id: UUID, disposition_id: UUID, errors: Mapping[str, str], status: int, told: str = ""
) -> tuple[str, int]:
    found = disposition_lists.page(case_id, disposition_id, person().actor.id, g.at)
    shown = {"d": found, "salah": errors, "isi": request.form, "kabar": told}
    return render_template("berkas/satu_disposisi.html", **shown), status


@cases.post("/berkas/<uuid:case_id>/disposisi/<uuid:disposition_id>/jawab")
@official_required
def jawab_disposisi(case_id: UUID, disposition_id: UUID) -> Page:
    def answer() -> str:
        dispositions.answer(disposition_id, request.form.get("jawaban", ""), person().actor.id, g.at)
        return str(_("Jawaban dicatat dan diberitahukan kepada pemberinya."))

    return decided(answer, partial(_one, case_id, disposition_id), url_for("tugas.kotak"))


@cases.post("/berkas/<uuid:case_id>/disposisi/<uuid:disposition_id>/tarik")
@official_required
def tarik_disposisi(case_id: UUID, disposition_id: UUID) -> Page:
    def take_back() -> str:
        dispositions.take_back(disposition_id, request.form.get("alasan_tarik", ""), person().actor.id, g.at)
        return str(_("Ditarik kembali; yang dituju diberi tahu."))

    then = url_for("berkas.disposisi", case_id=case_id)
    return decided(take_back, partial(_one, case_id, disposition_id), then)


# --- one's own


@tasks.get("/disposisi")
@official_required
def disposisi_saya() -> str:
    """What the reader got, or gave."""
    given, everything = request.args.get("daftar") == "keluar", request.args.get("semua") == "ya"
    at, _mark, id = request.args.get("lanjut", "").partition("~")
    since, last = moment_of(at), uuid_of(id)
    after = (since, last) if since and last else None
    found = disposition_lists.own(given, not everything, after, person().actor.id, g.at)
    more = f"{found.more[0].isoformat()}~{found.more[1]}" if found.more else ""
    return render_template("tugas/disposisi.html", d=found, keluar=given, semua=everything, lanjut=more)
