"""The calendar's pages: a year to look at, two versions, the second person's decision on a change, the tester."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from flask import Response, g, render_template, request, url_for
from flask_babel import gettext as _

from app.operations import calendar_changes, calendar_page, calendar_versions, calendar_written, due_tester
from app.operations.force_majeure_proposal import Impact
from app.web.admin import Page, admin, me
from app.web.deciding import decided
from app.web.parts import whole
from app.web.public import today
from app.web.session import official_required, person
from app.web.words import several
from engine import access
from engine.errors import Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, instant_of


@admin.get("/kelola/kalender")
@official_required
def kalender() -> Page:
    year = whole(request.args.get("tahun", "")[:4], today().year)
    found = calendar_page.calendar(year, me(), g.at)
    changes, names, may = calendar_changes.register(me(), g.at)
    versions = calendar_versions.register(me(), g.at)
    return render_template("kelola/kalender.html", k=found, perubahan=changes, nama=names, boleh=may, versi=versions)


@admin.get("/kelola/kalender/<int:year>.csv")
@official_required
def unduh_kalender(year: int) -> Response:
    """The year's entries as the lines that a change is written in."""
    text = calendar_written.written(*calendar_page.entries(year, me(), g.at))
    headers = {"Content-Disposition": f"attachment; filename=kalender-{year}.csv"}
    return Response("\ufeff" + text, mimetype="text/csv; charset=utf-8", headers=headers)


@admin.get("/kelola/kalender/<int:year>.ics")
@official_required
def unduh_kalender_ics(year: int) -> Response:
    """The same year for calendar programs, as it is now or as the version `versi` knew it."""
    version = whole(request.args.get("versi", ""))
    name = f"kalender-{year}-v{version}.ics" if version else f"kalender-{year}.ics"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    found = calendar_versions.feed(year, version, me(), g.at)
    return Response(found, mimetype="text/calendar; charset=utf-8", headers=headers)


@admin.get("/kelola/kalender/banding")
@official_required
def banding_kalender() -> Page:
    """Two versions side by side."""
    old, new = (whole(request.args.get(name, "")) for name in ("dari", "ke"))
    found = calendar_versions.comparison(old, new, me(), g.at)
    return render_template("kelola/banding_kalender.html", b=found)


# --- a change


@admin.get("/kelola/kalender/perubahan/<uuid:change_id>")
@official_required
def perubahan_kalender(change_id: UUID) -> Page:
    return _change(change_id)


def _change(change_id: UUID, errors: Mapping[str, str] | None = None, status: int = 200, told: str = "") -> Page:
    found = calendar_changes.page(change_id, me(), g.at)
    page = render_template(
        "kelola/perubahan_kalender.html", p=found, dampak=found.impact, salah=errors or {}, isi=request.form, kabar=told
    )
    return page, status


@admin.post("/kelola/kalender/perubahan/<uuid:change_id>/tetapkan")
@official_required
def tetapkan_kalender(change_id: UUID) -> Page:
    def adopt() -> str:
        found = calendar_changes.adopt(change_id, whole(request.form.get("revisi", "")), me(), g.at)
        return _adopted(found)

    return decided(adopt, partial(_change, change_id), url_for("kelola.perubahan_kalender", change_id=change_id))


def _adopted(found: Impact) -> str:
    """How many promises moved; how many terms of applicants, clocks of steps and legal limits, where any did."""
    moved, terms = found.moved, found.figures.terms
    told = several(
        "Perubahan kalender ditetapkan; %(num)s janji bergeser.",
        moved,
    )
    counter, office, limits = found.figures.counter, found.figures.steps, found.figures.limits
    more = (
        (terms, several("%(num)s tenggat pemohon bergeser.", terms)),
        (
            counter,
            several("%(num)s jam langkah di loket bergeser.", counter),
        ),
        (
            office,
            several("%(num)s jam langkah di kantor bergeser.", office),
        ),
        (limits, several("%(num)s batas hukum bergeser.", limits)),
    )
    return " ".join([str(told), *(str(words) for count, words in more if count)])


@admin.post("/kelola/kalender/perubahan/<uuid:change_id>/tolak")
@official_required
def tolak_kalender(change_id: UUID) -> Page:
    def reject() -> str:
        calendar_changes.reject(change_id, request.form.get("alasan", ""), me(), g.at)
        return str(_("Usulan perubahan kalender ditolak."))

    return decided(reject, partial(_change, change_id), url_for("kelola.kalender"))


# --- the tester


@admin.get("/kelola/kalender/penguji")
@official_required
def penguji_kalender() -> Page:
    """Received then, due when?"""
    typed = {name: clean(request.args.get(name, "")[:40]) for name in ("izin", "diterima")}
    received, errors = _received(typed["diterima"])
    try:
        found = due_tester.test(typed["izin"], received or g.at, me(), g.at)
    except SubmissionInvalid as invalid:
        errors = {**invalid.errors, **errors}
    if errors:
        found = due_tester.test("", g.at, me(), g.at)
    more = access.may(person().actor, "see_settings")
    page = render_template("kelola/penguji_kalender.html", u=found, isi=typed, salah=errors, kelola=more)
    return page, 422 if errors else 200


def _received(text: str) -> tuple[datetime | None, dict[str, str]]:
    """The instant as typed, None for none; and what is wrong with it."""
    try:
        return (instant_of(text) if text else None), {}
    except Unreadable as fault:
        return None, {"diterima": Sentence("%(label)s: %(fault)s", label="Diterima", fault=fault.sentence)}
