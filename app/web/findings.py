"""Temuan: the register, a new finding, its answers; hangs its pages under the audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.operations import finding_files, finding_lists, findings
from app.operations.finding_files import FIELD, MOST, Sent
from app.operations.finding_lists import Wanted
from app.operations.findings import Found, numbered
from app.web.auditing import audit
from app.web.deciding import decided
from app.web.documents import attachment
from app.web.parts import key, moment_of, uuid_of
from app.web.rendering import sortable_moment, typed_day
from app.web.session import official_required, person
from app.web.spreadsheet import table
from engine import access
from engine.errors import Refused, Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, clean, date_of

Page = AnyResponse | tuple[str, int] | str
SIEVES = ("keadaan", "golongan", "kepada")
VERDICTS: Mapping[str, findings.Verdict] = {"kembali": "RETURN", "tutup": "CLOSE"}


@audit.get("/audit/temuan")
@official_required
def temuan() -> str:
    """The register; whoever is no supervisor reads what is put to him."""
    found = finding_lists.register(_wanted(), person().actor.id, g.at)
    typed = {name: request.args.get(name, "") for name in SIEVES}
    return render_template(
        "audit/temuan.html",
        r=found,
        saringan=typed,
        tersaring={name: value for name, value in typed.items() if value},
        lanjut="~".join((found.more[0].isoformat(), str(found.more[1]))) if found.more else "",
        nomor=numbered,
    )


def _wanted() -> Wanted:
    at, _mark, id = request.args.get("lanjut", "").partition("~")
    since, last = moment_of(at), uuid_of(id)
    after = (since, last) if since and last else None
    return Wanted(_typed("keadaan"), _typed("golongan"), uuid_of(_typed("kepada")), after)


def _typed(name: str) -> str:
    return clean(request.values.get(name, "").replace("\x00", ""))[:100]


@audit.get("/audit/temuan/unduh.csv")
@official_required
def unduh_temuan() -> AnyResponse:
    """All that the register shows with these filters, for a spreadsheet."""
    found = finding_lists.table(_wanted(), person().actor.id, g.at)
    named = dict(found.categories)
    head = [_("Nomor"), _("Dicatat (WIB)"), _("Golongan"), _("Bobot"), _("Berkas"), _("Uraian"), _("Dasar")]
    head += [_("Kepada"), _("Tenggat"), _("Keadaan"), _("Oleh")]
    rows = [_row(one, found, named) for one in found.lines]
    return table("temuan.csv", list(map(str, head)), rows)


def _row(line: finding_lists.Line, found: finding_lists.Register, named: Mapping[str, str]) -> list[str]:
    row = line.row
    about = row.number or row.tracking_code or ""
    what = [numbered(row), sortable_moment(row.at), named.get(row.category, row.category), row.severity, about]
    whose = [found.names.get(row.to_person, ""), typed_day(row.due_on), "lewat" if line.late else line.state]
    return [*what, row.body, row.ground, *whose, found.names.get(row.by, "")]


# --- a new one


@audit.get("/audit/temuan/baru")
@official_required
def catat_temuan() -> Page:
    """The form; the address may say what it is about, as the pages that lead here do."""
    return _form({}, 200)


def _form(errors: Mapping[str, str], status: int) -> tuple[str, int]:
    offered = finding_lists.offered(person().actor.id, g.at)
    return render_template("audit/catat_temuan.html", o=offered, salah=errors, isi=request.values), status


@audit.post("/audit/temuan/baru")
@official_required
def simpan_temuan() -> Page:
    access.require(person().actor, "record_finding")
    try:
        made = findings.record(_found(), person().actor.id, g.at, key(), _sent())
    except SubmissionInvalid as invalid:
        return _form(invalid.errors, 422)
    flash(_("Temuan dicatat dan diberitahukan kepada pegawai yang dituju."))
    return redirect(url_for("audit.satu_temuan", finding_id=made), 303)


def _found() -> Found:
    due_on, unread = _day()
    return Found(
        _typed("golongan"),
        _typed("bobot"),
        request.form.get("uraian", "").replace("\x00", ""),
        request.form.get("dasar", "").replace("\x00", ""),
        uuid_of(_typed("kepada")),
        due_on,
        _typed("berkas"),
        uuid_of(_typed("sampel")),
        uuid_of(_typed("pernyataan")),
        unread,
    )


def _sent() -> tuple[Sent, ...]:
    """The files that were chosen; one more than may be is enough to be told of."""
    chosen = [one for one in request.files.getlist(FIELD) if one.filename]
    return tuple(Sent(one.filename or "", one.read()) for one in chosen[: MOST + 1])


def _day() -> tuple[date | None, dict[str, str]]:
    text = _typed("tenggat")
    try:
        return (date_of(text) if text else None), {}
    except Unreadable as fault:
        return None, {"tenggat": Sentence("%(label)s: %(fault)s", label=_("Tenggat"), fault=fault.sentence)}


# --- one


@audit.get("/audit/temuan/<uuid:finding_id>")
@official_required
def satu_temuan(finding_id: UUID) -> Page:
    return _one(finding_id, {}, 200)


def _one(finding_id: UUID, errors: Mapping[str, str], status: int, told: str = "") -> tuple[str, int]:
    found = finding_lists.page(finding_id, person().actor.id, g.at)
    shown = {"t": found, "nomor": numbered(found.line.row), "salah": errors, "isi": request.form, "kabar": told}
    return render_template("audit/satu_temuan.html", **shown), status


@audit.get("/audit/temuan/lampiran/<uuid:finding_file_id>")
@official_required
def lampiran_temuan(finding_file_id: UUID) -> AnyResponse:
    """A file that was put with a finding or its answer."""
    return attachment(finding_files.download(finding_file_id, person().actor.id, g.at))


@audit.post("/audit/temuan/<uuid:finding_id>/jawab")
@official_required
def jawab_temuan(finding_id: UUID) -> Page:
    def answer() -> str:
        findings.answer(finding_id, request.form.get("jawaban", ""), person().actor.id, g.at, _sent())
        return str(_("Jawaban dicatat dan diberitahukan kepada pengawas."))

    return decided(answer, partial(_one, finding_id), url_for("audit.satu_temuan", finding_id=finding_id))


@audit.post("/audit/temuan/<uuid:finding_id>/putuskan")
@official_required
def putus_temuan(finding_id: UUID) -> Page:
    def decide() -> str:
        verdict = VERDICTS.get(request.form.get("aksi", ""))
        if verdict is None:
            raise Refused(_("Pilih mengembalikan jawaban atau menutup temuan."))
        findings.decide(finding_id, verdict, request.form.get("putusan", ""), person().actor.id, g.at)
        return str(_("Temuan ditutup.") if verdict == "CLOSE" else _("Jawaban dikembalikan dengan alasannya."))

    return decided(decide, partial(_one, finding_id), url_for("audit.satu_temuan", finding_id=finding_id))
