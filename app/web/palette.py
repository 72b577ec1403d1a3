"""Cari: pages, permits, own tasks and files by a few letters; a page of its own, and the palette behind Ctrl+K.

Hangs its pages under the desk.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.operations import searching
from app.operations.searching import CaseRow, TaskRow
from app.web import known_pages
from app.web.session import official_required, person
from app.web.tasks import tasks
from app.web.words import translated


@dataclass(frozen=True)
class Hit:
    """One result: where it leads, its name, and what else is told of it."""

    url: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    name: str
    hits: tuple[Hit, ...]


@tasks.get("/cari")
@official_required
def cari() -> str:
    """What the palette finds, as a page that needs no script."""
    text = _text()
    return render_template("tugas/cari.html", teks=text, kelompok=_groups(text), paling=searching.MOST)


@tasks.get("/cari/saran")
@official_required
def saran() -> AnyResponse:
    """The same for the palette."""
    found = [
        {"nama": group.name, "hasil": [{"url": hit.url, "nama": hit.name, "catatan": hit.note} for hit in group.hits]}
        for group in _groups(_text())
    ]
    answer = jsonify(kelompok=found)
    answer.headers["Cache-Control"] = "no-store"  # names of applicants
    return answer


def _text() -> str:
    return " ".join(request.args.get("cari", "").replace("\x00", "").split())[: searching.LONGEST]


def _groups(text: str) -> tuple[Group, ...]:
    """Tasks and files before pages where the text has digits: then it is a number."""
    found = searching.search(text, person().actor.id, g.at)
    names = dict(found.permits)
    pages = [Hit(url, name) for url, name in known_pages.named(text, person().actor)]
    offered = [(code, translated(name)) for code, name in found.permits] if text else []
    permits = [Hit(url_for("umum.satu_izin", code=code), name) for code, name in offered if _named(text, code, name)]
    groups = [
        Group(_("Tugas saya"), tuple(_task(one) for one in found.tasks)),
        Group(_("Halaman"), tuple(pages[: searching.MOST])),
        Group(_("Jenis izin"), tuple(permits[: searching.MOST])),
        Group(_("Berkas"), tuple(_file(one, names) for one in found.files)),
    ]
    first = groups if any(one.isdigit() for one in text) or not text else [groups[1], groups[0], *groups[2:]]
    return tuple(one for one in first if one.hits)


def _named(text: str, code: str, name: str) -> bool:
    return known_pages.fits(text, f"{code} {name}")


def _task(one: TaskRow) -> Hit:
    note = " · ".join((one.applicant_name, one.number or _("belum bernomor")))
    return Hit(url_for("kerja.tugas", task_id=one.id), translated(one.name), note)


def _file(one: CaseRow, names: dict[str, str]) -> Hit:
    known = (one.applicant_name, one.person_name, translated(names.get(one.permit, one.permit)))
    note = " · ".join(part for part in known if part)
    return Hit(url_for("berkas.kartu", case_id=one.id), one.number or one.tracking_code, note)
