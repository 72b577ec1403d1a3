"""The calendar's pages: a year to look at, a change with its effect, the second person's decision, the tester."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.operations import calendar_changes, calendar_ics, calendar_page, calendar_text, calendar_versions, due_tester
from app.operations.calendar_changes import Change, Foreseen
from app.operations.calendar_text import CounterHours
from app.web.admin import Page, admin, me, word
from app.web.deciding import decided
from app.web.parts import key, whole
from app.web.public import today
from app.web.session import official_required, person
from engine import access
from engine.errors import Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, instant_of

LONGEST = 60_000  # letters of a change
FIRST_DRAFT, LAST_DRAFT = 2020, 2060
NO_TEXT = "Berkas ini bukan teks CSV (UTF-8) dan bukan iCalendar (.ics)"


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
    counted, received = calendar_page.entries(year, me(), g.at)
    text = calendar_text.written(counted, map(CounterHours, received))
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


@admin.get("/kelola/kalender/usul")
@official_required
def usul_kalender() -> Page:
    access.require(person().actor, "propose_calendar")
    year = whole(request.args.get("usulan", "")[:4])
    lines = calendar_changes.draft(year, me(), g.at) if FIRST_DRAFT <= year <= LAST_DRAFT else ""
    return _form({}, 200, lines, drafted=bool(lines))


@admin.post("/kelola/kalender/usul")
@official_required
def usul_kalender_kirim() -> Page:
    """ "periksa" shows the effect and saves nothing; "ajukan" hands the change to the second person."""
    access.require(person().actor, "propose_calendar")
    typed = request.form.get("baris", "").replace("\r\n", "\n").replace("\r", "\n")
    change = Change(typed[:LONGEST], word("keputusan", LONGEST), word("sebab", LONGEST))
    try:
        change = replace(change, text=_lines(typed))
        if request.form.get("aksi") != "ajukan":
            seen = calendar_changes.preview(change, me(), g.at)
            return _form({}, 200, seen.text, seen=seen)
        made = calendar_changes.propose(change, me(), g.at, key())
    except SubmissionInvalid as invalid:
        return _form(invalid.errors, 422, change.text)
    flash(_("Usulan perubahan kalender diajukan. Penetap harus orang lain dari pengusul."))
    return redirect(url_for("kelola.perubahan_kalender", change_id=made), 303)


def _lines(typed: str) -> str:
    """What was typed, and after it what a chosen file holds: CSV of the same columns, or iCalendar.

    Raises SubmissionInvalid for more than a change may hold, and for a file that cannot be read.
    """
    sent = request.files.get("berkas")
    content = sent.read(calendar_ics.LARGEST + 1) if sent is not None and sent.filename else b""
    read = calendar_ics.lines_of(content) if calendar_ics.is_calendar(content) else _text_of(content)
    lines = "\n".join(one for one in (typed.strip("\n"), read.strip("\n")) if one)
    if len(lines) > LONGEST:
        raise SubmissionInvalid({"baris": Sentence("Paling banyak %(n)s huruf dalam satu perubahan", n=LONGEST)})
    return lines


def _text_of(content: bytes) -> str:
    """A file of lines as text.  Raises SubmissionInvalid at `berkas` for what is none, as a spreadsheet's own file."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise SubmissionInvalid({"berkas": NO_TEXT}) from fault
    if "\x00" in text:
        raise SubmissionInvalid({"berkas": NO_TEXT})
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _form(
    errors: Mapping[str, str], status: int, lines: str = "", drafted: bool = False, seen: Foreseen | None = None
) -> tuple[str, int]:
    found: dict[str, object] = {"dampak": seen.impact if seen else None}
    if seen:
        found |= {"beda": seen.differences, "sama": seen.repeated, "loket": seen.counter}
    shown = {"salah": errors, "baris": lines, "isi": request.form, "rancangan": drafted}
    return render_template("kelola/usul_kalender.html", **shown, **found), status


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
        return _adopted(found.moved, found.figures.terms, len(found.steps))

    return decided(adopt, partial(_change, change_id), url_for("kelola.perubahan_kalender", change_id=change_id))


def _adopted(moved: int, terms: int, steps: int) -> str:
    """How many promises moved; how many applicants' terms, and clocks of steps at the counter, where any did."""
    told = _("Perubahan kalender ditetapkan; %(n)s janji bergeser.", n=moved)
    if terms:
        told = _("Perubahan kalender ditetapkan; %(n)s janji dan %(m)s tenggat pemohon bergeser.", n=moved, m=terms)
    return " ".join([str(told), *([_("%(n)s jam langkah di loket bergeser.", n=steps)] if steps else [])])


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
