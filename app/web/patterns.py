"""Pola yang patut diperiksa: what stands out, the decisions behind it; hangs its pages under the audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Response, g, render_template, request
from flask_babel import gettext as _

from app.operations import patterns
from app.web import pattern_words, periods
from app.web.auditing import audit
from app.web.parts import uuid_of
from app.web.rendering import sortable_moment
from app.web.session import address, official_required, person
from app.web.spreadsheet import table
from app.web.words import several
from engine.errors import SubmissionInvalid
from engine.forms.values import clean

Page = str | Response | tuple[str, int]


@audit.get("/audit/pola")
@official_required
def pola() -> Page:
    """Every pattern of the period with the lines that reach its thresholds."""
    return _answered(_whole)


@audit.get("/audit/pola/unduh.csv")
@official_required
def unduh_pola() -> Page:
    """All lines of all patterns, for a spreadsheet."""
    return _answered(_table)


@audit.get("/audit/pola/<code>")
@official_required
def satu_pola(code: str) -> Page:
    """The decisions behind one figure."""
    return _answered(partial(_one, code))


@audit.get("/audit/pola/<code>/unduh.csv")
@official_required
def unduh_satu_pola(code: str) -> Page:
    return _answered(partial(_decisions, code))


def _answered(answer: Callable[[patterns.Span], Page]) -> Page:
    try:
        return answer(periods.span_of(g.at))
    except SubmissionInvalid as invalid:
        patterns.found(periods.this_month(g.at), person().actor.id, g.at, address())  # the right comes first
        return _drawn(None, invalid.errors), 422


def _found(span: patterns.Span) -> patterns.Found:
    return patterns.found(span, person().actor.id, g.at, address())


def _whole(span: patterns.Span) -> str:
    return _drawn(_found(span), {})


def _drawn(found: patterns.Found | None, errors: Mapping[str, str]) -> str:
    return render_template(
        "audit/pola.html",
        p=found,
        saringan=periods.typed(g.at),
        alamat=periods.addressed(found.span) if found else {},
        kata=pattern_words,
        kunci=_key,
        salah=errors,
    )


def _key(row: Any) -> dict[str, str]:
    """The address of a figure's decisions."""
    named = {"siapa": row.person, "lain": row.other, "berkas": row.case_id}
    said = {name: str(value) for name, value in named.items() if value}
    return said | {name: value for name, value in (("langkah", row.element), ("sebelum", row.before)) if value}


def _which() -> patterns.Behind:
    who, other, case = (uuid_of(request.args.get(name, "")) for name in ("siapa", "lain", "berkas"))
    return patterns.Behind(who, other, case, _word("langkah"), _word("sebelum"))


def _word(name: str) -> str:
    return clean(request.args.get(name, "").replace("\x00", ""))[:80]


def _one(code: str, span: patterns.Span) -> str:
    found = patterns.behind(code, _which(), span, person().actor.id, g.at, address())
    shown = {
        name: value for name, value in request.args.items() if name in ("siapa", "lain", "berkas", "langkah", "sebelum")
    }
    return render_template(
        "audit/satu_pola.html",
        p=found,
        kata=pattern_words,
        sela=_apart,
        alamat=periods.addressed(span),
        tersaring=periods.addressed(span) | shown,
    )


def _apart(row: Any) -> str:
    """ "45 detik", "20 menit", "3 jam", "4 hari": how long the task had been open when it was decided."""
    open_for: timedelta = row.at - row.opened_at
    seconds = max(0, int(open_for.total_seconds()))
    if seconds < 120:
        return str(several("%(num)s detik", seconds))
    if seconds < 7200:
        return str(several("%(num)s menit", seconds // 60))
    return str(
        several("%(num)s jam", seconds // 3600) if seconds < 172_800 else several("%(num)s hari", seconds // 86_400)
    )


# --- tables


def _table(span: patterns.Span) -> Response:
    found = _found(span)
    head = [_("Pola"), _("Siapa atau berkas"), _("Banyaknya"), _("Dari"), _("Keterangan")]
    rows = [
        [
            str(pattern_words.PATTERNS[one.code][0]),
            pattern_words.subject(one.code, row, found.known),
            str(row.n),
            str(row.of_n),
            pattern_words.said(one.code, row, found.known),
        ]
        for one in found.patterns
        for row in one.lines
    ]
    return table("pola.csv", head, rows)


def _decisions(code: str, span: patterns.Span) -> Response:
    found = patterns.table(code, _which(), span, person().actor.id, g.at, address())
    head = [
        _("Diputus (WIB)"),
        _("Berkas"),
        _("Langkah"),
        _("Oleh"),
        _("Tugas terbuka (WIB)"),
        _("Langkah sebelumnya oleh"),
    ]
    rows = [
        [
            sortable_moment(one.at),
            one.number or one.tracking_code,
            found.known.steps.get(one.element, one.element),
            found.known.names.get(one.person, ""),
            sortable_moment(one.opened_at),
            found.known.names.get(one.other, ""),
        ]
        for one in found.rows
    ]
    return table(f"pola-{code}.csv", head, rows)
