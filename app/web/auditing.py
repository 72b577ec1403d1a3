"""Audit: the trail of all cases and of who looked at what, for supervisors; every look at it is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from uuid import UUID

from flask import Blueprint, Response, g, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app.clock import WIB
from app.operations import trail
from app.web import trail_words
from app.web.detail_words import detail, shown
from app.web.history import acting_as, learned_later
from app.web.navigation import role_name
from app.web.parts import moment_of, uuid_of, whole
from app.web.rendering import sortable_moment
from app.web.session import address, official_required, person
from app.web.spreadsheet import table
from engine.errors import Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, date_of, instant_of

audit = Blueprint("audit", __name__)
SIEVES = ("siapa", "peran", "jenis", "dari", "sampai", "berkas", "alamat")
Page = str | Response | tuple[str, int]


@audit.get("/audit")
@official_required
def jejak() -> Page:
    """Cari jejak: what is looked for stands in the address."""
    return _answered(_page)


@audit.get("/audit/unduh.csv")
@official_required
def unduh() -> Page:
    """All that is found, as a table for a spreadsheet; the page with its faults where it cannot be looked for."""
    return _answered(_table)


def _typed() -> dict[str, str]:
    return {name: clean(request.args.get(name, "").replace("\x00", ""))[:100] for name in SIEVES}


def _answered(answer: Callable[[trail.Wanted], Page]) -> Page:
    try:
        return answer(_wanted(_typed()))
    except SubmissionInvalid as invalid:
        return _drawn(trail.choices(person().actor.id, g.at), invalid.errors), 422


def _page(wanted: trail.Wanted) -> Page:
    before = place(request.args.get("lanjut", ""))
    return _drawn(trail.page(wanted, trail_words.KINDS, before, person().actor.id, g.at, address()), {})


def _drawn(found: trail.Trail, errors: Mapping[str, str]) -> str:
    typed = _typed()
    return render_template(
        "audit/jejak.html",
        jejak=found,
        keterangan=shown,
        baris=[(one, trail_words.told(one), _role(one, found)) for one in found.lines],
        saringan=typed,
        tersaring={name: value for name, value in typed.items() if value},
        pelaku=[(trail.MACHINE, _("Sistem")), *((str(id), name) for id, name in found.officials)],
        peran=[(code, role_name(code)) for code in found.roles],
        jenis=trail_words.choices(),
        lanjut=place_text(found.more) if found.more else "",
        lanjutan=bool(request.args.get("lanjut")),
        menyusul=lambda one: learned_later(one.at, one.recorded_at),
        salah=errors,
    )


def _role(line: trail.Line, found: trail.Trail) -> str:
    """ "Plh. Kepala Dinas": the role in which it was done, "" for an access."""
    if line.row is None or not line.row.role or line.by is None:
        return ""
    return acting_as(line.row, found.substitutions, line.applicant)


# --- as a table


def _table(wanted: trail.Wanted) -> Response:
    found = trail.table(wanted, trail_words.KINDS, person().actor.id, g.at, address())
    head = [_("Terjadi (WIB)"), _("Dicatat (WIB)"), _("Berkas"), _("No."), _("Peristiwa"), _("Oleh"), _("Peran")]
    rows = [_row(one, found) for one in found.lines]
    return table("jejak.csv", [*head, _("Alamat"), _("Keterangan")], rows + ([_cut()] if found.more else []))


def _row(line: trail.Line, found: trail.Trail) -> list[str]:
    return [
        sortable_moment(line.at),
        sortable_moment(line.recorded_at),
        line.number,
        str(line.row.seq) if line.row is not None else "",
        trail_words.told(line),
        line.name if line.by else str(_("Sistem")),
        _role(line, found),
        line.address,
        detail(line.kind, line.why),
    ]


def _cut() -> list[str]:
    """The last line of a table that does not hold everything."""
    told = ngettext(
        "Hanya %(num)s baris terbaru; persempit saringan untuk yang lebih lama.",
        "Hanya %(num)s baris terbaru; persempit saringan untuk yang lebih lama.",
        trail.MOST,
    )
    return [str(told)]


# --- what was typed


def _wanted(typed: Mapping[str, str]) -> trail.Wanted:
    """Raises SubmissionInvalid for days that cannot be read."""
    errors: dict[str, str] = {}
    since = _instant("dari", _("Dari"), typed, time.min, errors)
    until = _instant("sampai", _("Sampai"), typed, time.max, errors)
    if errors:
        raise SubmissionInvalid(errors)
    who, role, kind, case, at = (typed[name] for name in ("siapa", "peran", "jenis", "berkas", "alamat"))
    return trail.Wanted(who, role, kind, since, until, case, at)


def _instant(name: str, label: str, typed: Mapping[str, str], edge: time, errors: dict[str, str]) -> datetime | None:
    try:
        return _read(typed[name], edge) if typed[name] else None
    except Unreadable as fault:
        errors[name] = Sentence("%(label)s: %(fault)s", label=label, fault=fault.sentence)
        return None


def _read(text: str, edge: time) -> datetime:
    """A minute of a day, as an end the whole of it, or a day from its beginning or to its end; in WIB."""
    try:
        return instant_of(text).replace(second=edge.second, microsecond=edge.microsecond)
    except Unreadable:
        return datetime.combine(date_of(text), edge, WIB)


def place(text: str) -> tuple[datetime, UUID, int] | None:
    """Where the trail goes on, from its address; None for the beginning and for anything unreadable."""
    at, id, seq = ([*text.split("~"), "", ""])[:3]
    found, case = moment_of(at), uuid_of(id)
    return (found, case, whole(seq)) if found and case else None


def place_text(place: tuple[datetime, UUID, int]) -> str:
    return "~".join((place[0].isoformat(), str(place[1]), str(place[2])))
