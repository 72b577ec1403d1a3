"""Siapa melihat data siapa: every look of an official is noted, and supervisors read who looked at what.

Hangs its pages under the audit, and its note behind the pages of files, tasks, papers and letters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import Response, g, render_template, request
from flask_babel import gettext as _

from app.operations import looks
from app.operations.looks import Sieve
from app.operations.patterns import Span
from app.web import periods
from app.web.auditing import audit
from app.web.cases import cases
from app.web.detail_words import detail, shown
from app.web.documents import documents
from app.web.navigation import role_name
from app.web.parts import uuid_of
from app.web.rendering import sortable_moment
from app.web.session import address, official_required, person
from app.web.spreadsheet import table
from app.web.trail_words import ACCESSES
from app.web.working import working
from engine.errors import SubmissionInvalid

Page = str | Response | tuple[str, int]
SIEVES = ("siapa", "pemilik", "berkas", "lepas")
# What an address names, the most particular first.
NAMED = ("document_id", "letter_id", "task_id", "case_id")


@cases.after_request
@documents.after_request
@working.after_request
def noted(answer: Response) -> Response:
    """An official saw something of a file: kept, once a day for each file and paper."""
    who = getattr(g, "person", None)
    if request.method != "GET" or answer.status_code != 200 or who is None or who.actor.kind != "official":
        return answer
    given = request.view_args or {}
    kind = next((one for one in NAMED if isinstance(given.get(one), UUID)), None)
    if kind is not None:
        looks.opened(kind, given[kind], who.actor.id, g.at, address())
    return answer


@audit.get("/audit/akses")
@official_required
def akses() -> Page:
    """Looks added up by who looked, whose data it was, or by file; or one by one."""
    return _answered(_page)


@audit.get("/audit/akses/unduh.csv")
@official_required
def unduh_akses() -> Page:
    return _answered(_table)


def _answered(answer: Callable[[Span], Page]) -> Page:
    try:
        return answer(periods.span_of(g.at))
    except SubmissionInvalid as invalid:
        found = looks.page(periods.this_month(g.at), _by(), None, person().actor.id, g.at, address())
        return _drawn(found, invalid.errors), 422


def _by() -> str:
    return request.args.get("menurut", "")


def _sieve() -> Sieve | None:
    ids = (uuid_of(request.args.get(name, "")) for name in ("siapa", "pemilik", "berkas"))
    who, owner, case = ids
    return Sieve(who, owner, case, request.args.get("lepas") == "ya") if who or owner or case else None


def _page(span: Span) -> str:
    return _drawn(looks.page(span, _by(), _sieve(), person().actor.id, g.at, address()), {})


def _drawn(found: looks.Looks, errors: Mapping[str, str]) -> str:
    typed = {name: request.args[name] for name in SIEVES if request.args.get(name)}
    return render_template(
        "audit/akses.html",
        a=found,
        keterangan=shown,
        saringan=periods.typed(g.at),
        alamat={**periods.addressed(found.span), "menurut": found.by},
        tersaring=typed,
        menurut=[("pelihat", _("Siapa yang melihat")), ("pemilik", _("Data siapa")), ("berkas", _("Berkas"))],
        kunci={"pelihat": "siapa", "pemilik": "pemilik", "berkas": "berkas"}[found.by],
        jenis=ACCESSES,
        peran=role_name,
        salah=errors,
    )


# --- tables


def _table(span: Span) -> Response:
    found = looks.table(span, _by(), _sieve(), person().actor.id, g.at, address())
    if found.sieve:
        head = [_("Saat (WIB)"), _("Oleh"), _("Akses"), _("Berkas"), _("Pemohon"), _("Alamat"), _("Keterangan")]
        return table("akses.csv", [*head, _("Tanpa tugas sendiri")], [_look(one) for one in found.lines])
    head = [_("Siapa atau berkas"), _("Melihat"), _("Berkas"), _("Pemohon"), _("Orang yang melihat")]
    head += [_("NIK dibuka"), _("Ekspor"), _("Berkas tanpa tugas sendiri"), _("Pemeriksaan audit")]
    return table("akses.csv", head, [_sum(one) for one in found.sums])


def _look(one: Any) -> list[str]:
    about = [one.number or one.tracking_code or "", one.owner or "", one.address, detail(one.what, one.why)]
    return [
        sortable_moment(one.at),
        one.name,
        str(ACCESSES.get(one.what, one.what)),
        *about,
        _("ya") if one.apart else "",
    ]


def _sum(one: Any) -> list[str]:
    counts = (one.looks, one.files, one.owners, one.lookers, one.numbers, one.exports, one.apart, one.audits)
    return [one.label or "", *map(str, counts)]
