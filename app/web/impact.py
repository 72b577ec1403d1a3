"""What a release means for running cases: counts, groups, choices, one list, and the rehearsal as table and paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response as AnyResponse

from app.operations import impact, impact_page, impact_paper
from app.operations.impact import Subject
from app.operations.impact_page import Line, Wanted
from app.web.admin import Page, me, word
from app.web.documents import attachment
from app.web.errors import told
from app.web.navigation import role_name
from app.web.parts import beating, uuid_of
from app.web.rendering import moment
from app.web.session import official_required, person
from app.web.spreadsheet import table
from app.web.words import clock_words, translated
from engine import access
from engine.bpmn import Place
from engine.errors import Refused, SubmissionInvalid

impacts = Blueprint("dampak", __name__)
VERDICTS = {
    "same": lazy_gettext("sama"),
    "moves": lazy_gettext("pindah sendiri"),
    "chosen": lazy_gettext("pindah menurut pilihan"),
    "choice": lazy_gettext("perlu pilihan"),
    "stays": lazy_gettext("tetap di terbitannya"),
}
CHANGES = {
    "langkah": lazy_gettext("langkah"),
    "nama": lazy_gettext("nama"),
    "peran": lazy_gettext("peran"),
    "formulir": lazy_gettext("formulir"),
    "waktu": lazy_gettext("waktu standar"),
    "pemisahan": lazy_gettext("pemisahan tugas"),
}
REASONS = {
    "standar": lazy_gettext("standar lain dalam terbitan ini"),
    "tenggat": lazy_gettext("tenggat lain dalam terbitan ini"),
    "saluran": lazy_gettext("saluran yang diperlukan lain dalam terbitan ini"),
}
UNDATED = {
    # As it was counted while the year was not kept with it.
    "YEAR_NOT_OFFICIAL": lazy_gettext("tanpa tanggal: daftar hari libur tahunnya belum ditetapkan"),
    "OPEN_PAUSE": lazy_gettext("tanpa tanggal selama jeda yang belum diketahui akhirnya"),
    "OPEN_ROLL": lazy_gettext("tanpa tanggal selama keadaan kahar belum berakhir"),
}
BY_NOW = {
    impact_page.HERE: lazy_gettext("di terbitan ini"),
    impact_page.CLOSED: lazy_gettext("ditutup"),
    impact_page.STEPPED: lazy_gettext("melangkah sejak dihitung"),
}
ONLY = {
    "tasks": lazy_gettext("tugas terbuka berubah"),
    "moves": lazy_gettext("janji bergeser"),
    "forbids": lazy_gettext("janji menahan tanggal baru"),
    "skips": lazy_gettext("melewati langkah"),
    "stepped": lazy_gettext("melangkah sejak dihitung"),
}


def wanted() -> Wanted:
    """The filter of the address; what is none of ours is left out."""
    given = {
        name: request.args.get(name, "").replace("\x00", "")[:200] for name in ("hasil", "proses", "izin", "hanya")
    }
    steps = request.args.get("langkah")
    return Wanted(
        given["hasil"] if given["hasil"] in VERDICTS else "",
        given["proses"],
        given["izin"],
        None if steps is None else steps.replace("\x00", "")[:2000],
        given["hanya"] if given["hanya"] in ONLY else "",
    )


def address(endpoint: str, subject: Subject, **more: Any) -> str:
    """An address of the same release or draft."""
    key = {"deployment_id": subject.deployment} if subject.deployment else {"plan_id": subject.draft}
    return url_for(f"dampak.{endpoint}", **key, **more)


@impacts.get("/kelola/proses/<uuid:deployment_id>/dampak")
@impacts.get("/studio/<uuid:plan_id>/dampak")
@official_required
def lihat(deployment_id: UUID | None = None, plan_id: UUID | None = None) -> Page:
    return shown(Subject(deployment_id, plan_id), {}, 200)


def shown(subject: Subject, errors: Mapping[str, str], status: int, said: str = "") -> tuple[str, int]:
    """The page of a release or a draft: faults by field, the status, why something was not done."""
    only = wanted()
    found = impact_page.page(subject, only, uuid_of(request.args.get("sesudah", "")), me(), g.at)
    page = render_template(
        "proses/dampak.html",
        d=found,
        saring=only,
        argumen={name: value for name, value in request.args.items() if name != "sesudah"},
        alamat=lambda endpoint, **more: address(endpoint, subject, **more),
        hasil=VERDICTS,
        ubah=CHANGES,
        kata_ubah=_said,
        lompat=leaping,
        sebab=REASONS,
        menjanjikan=wished,
        hanya=ONLY,
        jam=impact_page.clock_word,
        pindah=found.status == "active" and access.may(person().actor, "migrate_cases"),
        salah=errors,
        isi=request.form,
        kabar=said,
    )
    return page, status


@impacts.post("/kelola/proses/<uuid:deployment_id>/dampak")
@impacts.post("/studio/<uuid:plan_id>/dampak")
@official_required
def hitung(deployment_id: UUID | None = None, plan_id: UUID | None = None) -> Page:
    """Ask the worker to count, or to count anew what has stepped since."""
    subject = Subject(deployment_id, plan_id)
    try:
        impact.ask(subject, me(), g.at)
    except Refused as refused:
        return shown(subject, {}, 409, told(refused))
    return redirect(address("lihat", subject), 303)


@impacts.post("/kelola/proses/<uuid:deployment_id>/dampak/pilihan")
@impacts.post("/studio/<uuid:plan_id>/dampak/pilihan")
@official_required
def pilih(deployment_id: UUID | None = None, plan_id: UUID | None = None) -> Page:
    """Where the files of an open step go that the release does not hold."""
    subject = Subject(deployment_id, plan_id)
    try:
        impact.choose(subject, word("proses"), word("dari"), word("ke"), me(), g.at)
    except SubmissionInvalid as invalid:
        return shown(subject, invalid.errors, 422)
    except Refused as refused:
        return shown(subject, {}, 409, told(refused))
    flash(_("Pilihan dicatat; berkas pada langkah itu dihitung lagi."))
    return redirect(address("lihat", subject), 303)


@impacts.get("/kelola/proses/<uuid:deployment_id>/dampak/kemajuan")
@impacts.get("/studio/<uuid:plan_id>/dampak/kemajuan")
@official_required
def kemajuan(deployment_id: UUID | None = None, plan_id: UUID | None = None) -> AnyResponse:
    found = impact_page.progress(Subject(deployment_id, plan_id), me(), g.at)
    return beating({"selesai": found.counted, "semua": found.total, "usai": found.done or bool(found.fault)})


# --- to take home


HEAD = (
    lazy_gettext("Berkas"),
    lazy_gettext("Izin"),
    lazy_gettext("Terbitan"),
    lazy_gettext("Langkah terbuka"),
    lazy_gettext("Hasil"),
    lazy_gettext("Kini"),
    lazy_gettext("Sebab"),
    lazy_gettext("Melewati atau mengulang"),
    lazy_gettext("Tugas yang berubah"),
    lazy_gettext("Jam"),
    lazy_gettext("Janji kini"),
    lazy_gettext("Sesudah pindah"),
    lazy_gettext("Menurut terbitan ini"),
    lazy_gettext("Mengapa"),
)


@impacts.get("/kelola/proses/<uuid:deployment_id>/dampak.csv")
@impacts.get("/studio/<uuid:plan_id>/dampak.csv")
@official_required
def unduh(deployment_id: UUID | None = None, plan_id: UUID | None = None) -> Response:
    """The rehearsal: a line for each running clock of each case that was counted, by the filter of the address.

    What was moved, or closed, since it was counted stays in it.
    """
    found = impact_page.report(Subject(deployment_id, plan_id), wanted(), me(), g.at)
    rows = (row for one in found for row in _rows(one))
    return table("gladi-pemindahan.csv", [str(one) for one in HEAD], rows)


def _rows(one: Line) -> Iterator[tuple[str, ...]]:
    reasons = "; ".join(translated(reason) for reason in one.told.reasons)
    head = (
        one.number,
        one.permit,
        str(one.release),
        ", ".join(map(translated, one.steps)),
        str(VERDICTS[one.verdict]),
        str(BY_NOW.get(one.now, "")),
        reasons,
        "; ".join(leaping(place) for place in one.told.leaps),
    )
    tasks = "; ".join(changed(change) for change in one.told.tasks)
    for promise in one.told.promises or ({},):
        dates = [moment(promise[name]) if promise.get(name) else "" for name in ("before", "after")]
        dates.append(wished(promise) if promise else "")
        clock = translated(impact_page.clock_word(promise["clock"])) if promise else ""
        yield (*head, tasks, clock, *dates, str(REASONS.get(promise.get("because", ""), "")))


def wished(promise: Mapping[str, Any]) -> str:
    """The date that a release would promise, or why it would promise none."""
    if promise.get("wished"):
        return moment(promise["wished"])
    if year := promise.get("year"):
        return str(_("tanpa tanggal: daftar hari libur tahun %(tahun)s belum ditetapkan", tahun=year))
    return str(UNDATED.get(promise.get("undated", ""), _("tanpa tanggal")))


def leaping(place: Place) -> str:
    """What going to a place passes over, or does again, in words; "" where it does neither."""
    parts = (
        (_("melewati"), place.skipped),
        (_("mungkin melewati"), place.perhaps),
        (_("mengulang"), place.again),
    )
    return "; ".join(f"{word}: {', '.join(map(translated, names))}" for word, names in parts if names)


def changed(change: Mapping[str, str]) -> str:
    """One thing that changes for an open task, in words."""
    name, what = translated(change["name"]), change["what"]
    if what == "formulir" and change["before"] == change["after"]:
        return f"{name}: {_('isi formulir berubah')}"
    return f"{name}: {CHANGES[what]} {_said(what, change['before'])} → {_said(what, change['after'])}"


def _said(what: str, value: str) -> str:
    """How a property of a task is told: roles by their names, times in words."""
    if not value:
        return "–"
    if what == "peran":
        return role_name(value)
    return str(clock_words(value)) if what == "waktu" else translated(value)


@impacts.get("/kelola/proses/<uuid:deployment_id>/dampak.pdf")
@impacts.get("/studio/<uuid:plan_id>/dampak.pdf")
@official_required
def cetak(deployment_id: UUID | None = None, plan_id: UUID | None = None) -> Page:
    """The rehearsal as a paper: its counts and groups, what needs a choice, what stays and why."""
    subject = Subject(deployment_id, plan_id)
    try:
        return attachment(impact_paper.paper(subject, me(), g.at))
    except Refused as refused:
        return shown(subject, {}, 409, told(refused))
