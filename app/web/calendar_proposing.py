"""A change of the calendar from its lines to the second person: read, its effect shown, handed over.

What is found sound is kept as its author's draft and its effect shown at an address of its own, so that going back
and reloading ask for nothing twice.  What is proposed is what was shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.operations import calendar_changes, calendar_drafts, calendar_ics
from app.operations.calendar_changes import Change, Foreseen
from app.operations.calendar_drafts import Draft
from app.web.admin import Page, admin, me, word
from app.web.errors import told
from app.web.parts import key, uuid_of, whole
from app.web.session import official_required, person
from engine import access
from engine.errors import NotFound, Refused, Sentence, SubmissionInvalid
from engine.forms.values import clean

LONGEST = 60_000  # letters of a change
FIRST_DRAFT, LAST_DRAFT = 2020, 2060
NO_TEXT = "Berkas ini bukan teks CSV (UTF-8) dan bukan iCalendar (.ics)"
NOTHING = Change("", "")


@admin.get("/kelola/kalender/usul")
@official_required
def usul_kalender() -> Page:
    """The author's newest draft or the one asked for, lines for a year nobody has adopted, or an empty form."""
    access.require(person().actor, "propose_calendar")
    year = whole(request.args.get("usulan", "")[:4])
    lines = calendar_changes.draft(year, me(), g.at) if FIRST_DRAFT <= year <= LAST_DRAFT else ""
    if lines or "baru" in request.args:
        return _form(Change(lines, ""), drafted=bool(lines))
    wanted = uuid_of(request.args.get("draf", ""))
    mine = calendar_drafts.mine(me(), g.at)
    draft = next((one for one in mine if wanted in (None, one.id)), None)
    return _form(draft.change if draft else NOTHING, draft=draft)


@admin.get("/kelola/kalender/usul/<uuid:draft_id>/dampak")
@official_required
def usul_kalender_dampak(draft_id: UUID) -> Page:
    """The effect that the author's draft would have now."""
    access.require(person().actor, "propose_calendar")
    try:
        draft = calendar_drafts.opened(draft_id, me(), g.at)
    except NotFound:
        flash(_("Draf itu sudah diajukan atau dibuang."))
        return redirect(url_for("kelola.kalender"), 303)
    try:
        return _form(draft.change, draft=draft, seen=calendar_changes.preview(draft.change, me(), g.at))
    except SubmissionInvalid as invalid:
        return _form(draft.change, invalid.errors, 422, draft=draft)


@admin.post("/kelola/kalender/usul")
@official_required
def usul_kalender_kirim() -> Page:
    """ "periksa" keeps a draft and goes to its effect; "ajukan" hands the change to the second person."""
    access.require(person().actor, "propose_calendar")
    lines = request.form.get("baris", "").replace("\r\n", "\n").replace("\r", "\n")
    change = Change(lines[:LONGEST], word("keputusan", LONGEST), word("sebab", LONGEST))
    try:
        change = replace(change, text=_lines(lines))
        return _handed_over(change) if _asked_for(change) else _checked(change)
    except SubmissionInvalid as invalid:
        return _form(change, invalid.errors, 422)
    except Refused as refused:
        return _form(change, {"": told(refused)}, 409)


def _asked_for(change: Change) -> bool:
    """Whether the change is to be proposed: of a draft only as it was shown, or another was looked at."""
    if request.form.get("aksi") != "ajukan":
        return False
    draft = _opened()
    if draft is None or _same(draft.change, change):
        return True
    flash(_("Isiannya berubah sejak dampaknya ditunjukkan; periksa dampaknya sekali lagi."))
    return False


def _opened() -> Draft | None:
    """The draft that the form was opened from; None where there is none any more."""
    id = uuid_of(request.form.get("draf", ""))
    try:
        return calendar_drafts.opened(id, me(), g.at) if id else None
    except NotFound:
        return None


def _same(one: Change, other: Change) -> bool:
    return all(clean(a) == clean(b) for a, b in zip(_texts(one), _texts(other), strict=True))


def _texts(change: Change) -> tuple[str, str, str]:
    return change.text, change.decree, change.reason


def _checked(change: Change) -> Response:
    """A draft that could be proposed, at the address that shows its effect."""
    kept, repeated = calendar_changes.sound(change, me(), g.at)
    id, version = uuid_of(request.form.get("draf", "")), whole(request.form.get("draf_versi", ""))
    saved = calendar_drafts.save(kept, repeated, me(), g.at, id, version)
    return redirect(url_for("kelola.usul_kalender_dampak", draft_id=saved), 303)


def _handed_over(change: Change) -> Response:
    made = calendar_changes.propose(change, me(), g.at, key(), uuid_of(request.form.get("draf", "")))
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
    change: Change,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    drafted: bool = False,
    draft: Draft | None = None,
    seen: Foreseen | None = None,
) -> tuple[str, int]:
    """The form with a change in it; `draft`: the one it was opened from, where nothing was sent."""
    page = render_template(
        "kelola/usul_kalender.html",
        salah=errors or {},
        isi=change,
        draf=draft,
        draf_id=draft.id if draft else request.form.get("draf", ""),
        draf_versi=draft.version if draft else request.form.get("draf_versi", ""),
        milik=calendar_drafts.mine(me(), g.at),
        rancangan=drafted,
        u=seen,
    )
    return page, status


@admin.post("/kelola/kalender/usul/<uuid:draft_id>/buang")
@official_required
def buang_draf_kalender(draft_id: UUID) -> Response:
    calendar_drafts.discard(draft_id, me(), g.at)
    flash(_("Draf dibuang."))
    return redirect(url_for("kelola.kalender"), 303)
