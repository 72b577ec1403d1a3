"""Laporan Berkala: living figures, the register of reports, one report from its draft to what was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.operations import report_beside as beside
from app.operations import report_disruption_rows as disrupted
from app.operations import report_drafting, report_living, report_pages, reports
from app.operations import report_words as words
from app.operations.force_majeure_effects import EFFECTS
from app.operations.force_majeure_law import EVENT_KINDS
from app.operations.report_listing import Listed, cut
from app.operations.report_living import Wanted
from app.web import charts, report_links
from app.web.documents import attachment
from app.web.errors import told
from app.web.parts import key, whole
from app.web.scans import keep_scan
from app.web.session import official_required, person
from app.web.words import clock_words, translated
from engine.errors import Refused, Sentence, SubmissionInvalid
from engine.reporting import FIGURES, CaseFacts, Period

report_room = Blueprint("laporan", __name__)
Page = str | Response | tuple[str, int]
# The tables by permit: a caption, and the figures that are their columns.
BY_PERMIT = (
    (
        "Berkas menurut jenis izin",
        (
            "terdaftar",
            "terbit",
            "ditolak",
            "dicabut",
            "ditutup",
            "dikembalikan",
            "perbaikan",
            "tinjauan",
            "belum_diambil",
        ),
    ),
    ("Retribusi menurut jenis izin", ("ditetapkan", "dibayar", "uang_kembali")),
    (
        "Ketepatan waktu menurut jenis izin",
        ("selesai", "persen_tepat", "median_bersih", "p90_bersih", "persen_tepat_kotor", "median_kotor", "p90_kotor"),
    ),
)


def me() -> UUID:
    return person().actor.id


def _words() -> dict[str, Any]:
    """What every page of figures needs."""
    return {
        "angka_nama": words.NAMES,
        "angka_kelompok": words.GROUPS,
        "angka_semua": FIGURES,
        "angka_izin": BY_PERMIT,
        "tulis": words.shown,
        "lewat_berapa": words.over,
        "sebab_lewat": _why,
        "cara_kirim": words.HOW,
        "grafik": charts,
        **_of_disruptions(),
        **_of_tables(),
    }


def _why(facts: CaseFacts) -> list[str]:
    """Why a promise was broken, in the reader's language; what an official gave as the reason stays as he wrote it."""
    return [clock_words(translated(one)) if isinstance(one, Sentence) else translated(one) for one in words.why(facts)]


def _of_tables() -> dict[str, Any]:
    """What the tables beside the figures need."""
    named: dict[str, Any] = {"tabel_nama": beside.NAMES, "tabel_baris": beside.ROWS, "kolom_nama": beside.COLUMNS}
    named |= {"mutu_skm": beside.grade, "kurang_skm": beside.too_few, "seluruh_skm": beside.whole_survey}
    return {**named, "tabel_samping": beside.tables, "tulis_tabel": beside.shown, "baris_tabel": beside.row_name}


def _of_disruptions() -> dict[str, Any]:
    """What the part on keadaan kahar and central systems needs."""
    law = {"jenis_kahar": EVENT_KINDS, "akibat_kahar": EFFECTS, "keputusan_kahar": disrupted.ACTS}
    return {
        **law,
        "menit_tepat": disrupted.minutes,
        "persentase": disrupted.percent,
    }


# --- living figures


def _wanted() -> Wanted:
    period = Period.read(request.args.get("periode", "")) or report_living.usual(g.at)
    return Wanted(period, request.args.get("izin", "")[:40], request.args.get("wilayah", "")[:20], cut(**_cuts()))


def _cuts() -> dict[str, str]:
    """To how long decided files took, and to which kelurahan, a list is cut; "" for neither."""
    return {"lasted": request.args.get("lama", "")[:2], "area": request.args.get("kelurahan", "")[:20]}


def _cut_links() -> dict[str, str]:
    return {name: value for name in ("lama", "kelurahan") if (value := request.args.get(name, ""))}


def _asked(wanted: Wanted) -> dict[str, Any]:
    return {"periode": wanted.period.code, "izin": wanted.permit, "wilayah": wanted.area}


@report_room.get("/laporan/angka")
@official_required
def angka() -> str:
    """The figures of any period as of now, frozen nowhere."""
    wanted = _wanted()
    found = report_living.living(wanted, me(), g.at)

    def linked(code: str, permit: str) -> str:
        return url_for("laporan.angka_berkas", angka=code, **_asked(wanted) | ({"izin": permit} if permit else {}))

    shown = {"saringan": _asked(wanted), "tautan": linked, **report_links.living(_asked(wanted))}
    return render_template("laporan/angka.html", l=found, **shown, **_words())


@report_room.get("/laporan/angka/unduh.csv")
@official_required
def unduh_angka() -> Response:
    return attachment(report_living.living_table(_wanted(), me(), g.at))


@report_room.get("/laporan/angka/berkas")
@official_required
def angka_berkas() -> str:
    """The files behind a living figure."""
    wanted, code = _wanted(), request.args.get("angka", "terdaftar")[:60]
    found = report_living.living_files(wanted, code, whole(request.args.get("halaman", ""), 1), me(), g.at)
    back = url_for("laporan.angka", **_asked(wanted))

    def linked(page: int) -> str:
        return url_for("laporan.angka_berkas", angka=code, halaman=page, **_asked(wanted) | _cut_links())

    return _files(found, back, _("Angka berjalan"), linked)


def _files(found: Listed, back: str, trail: str, linked: Callable[[int], str]) -> str:
    return render_template("laporan/berkas.html", d=found, kembali=back, jejak=trail, tautan=linked, **_words())


# --- the register, a draft


@report_room.get("/laporan")
@official_required
def daftar() -> Page:
    return _register({}, 200)


def _register(errors: Mapping[str, str], status: int) -> tuple[str, int]:
    found = report_pages.register(me(), g.at)
    return render_template("laporan/daftar.html", r=found, salah=errors, isi=request.form, **_words()), status


@report_room.post("/laporan")
@official_required
def susun() -> Page:
    """Freeze the figures of a period that is over."""
    try:
        made = report_drafting.submit(
            request.form.get("periode", ""), request.form.get("catatan", ""), me(), g.at, key()
        )
    except SubmissionInvalid as invalid:
        return _register(invalid.errors, 422)
    if made is None:
        flash(_("Berkas periode ini banyak; rancangannya disusun di latar belakang dan muncul di daftar ini."))
        return redirect(url_for("laporan.daftar"), 303)
    flash(_("Rancangan laporan dibekukan dan menunggu pemeriksaan."))
    return redirect(url_for("laporan.satu", report_id=made), 303)


# --- one report


@report_room.get("/laporan/<uuid:report_id>")
@official_required
def satu(report_id: UUID) -> Page:
    return _report(report_id)


def _report(report_id: UUID, errors: Mapping[str, str] | None = None, status: int = 200, news: str = "") -> Page:
    found = report_pages.page(report_id, me(), g.at)

    def linked(code: str, permit: str) -> str:
        return url_for("laporan.berkas", report_id=report_id, angka=code, izin=permit)

    shown = {"p": found, "salah": errors or {}, "isi": request.form, "kabar": news}
    shown |= report_links.frozen(report_id, found.told.code)
    return render_template("laporan/satu.html", tautan=linked, **shown, **_words()), status


@report_room.get("/laporan/<uuid:report_id>/berkas")
@official_required
def berkas(report_id: UUID) -> str:
    """The files behind a figure of a report, as frozen."""
    code, permit = request.args.get("angka", "terdaftar")[:60], request.args.get("izin", "")[:40]
    page = whole(request.args.get("halaman", ""), 1)
    found = report_pages.frozen_files(report_id, code, permit, page, me(), g.at, cut(**_cuts()))
    asked: dict[str, Any] = {"izin": permit, **_cut_links()}

    def linked(number: int) -> str:
        return url_for("laporan.berkas", report_id=report_id, angka=code, halaman=number, **asked)

    return _files(found, url_for("laporan.satu", report_id=report_id), _("Laporan"), linked)


def _moved(report_id: UUID, sentence: str) -> Response:
    flash(sentence)
    return redirect(url_for("laporan.satu", report_id=report_id), 303)


def _acted(report_id: UUID, act: Callable[[], object], news: str) -> Page:
    """What came of an act on a report: back to it with the news, or the page with what stands in the way."""
    try:
        act()
    except SubmissionInvalid as invalid:
        return _report(report_id, invalid.errors, 422)
    except Refused as refused:
        return _report(report_id, status=409, news=told(refused))
    return _moved(report_id, news)


@report_room.post("/laporan/<uuid:report_id>/periksa")
@official_required
def periksa(report_id: UUID) -> Page:
    news = _("Laporan dinyatakan sudah diperiksa; menunggu tanda tangan Kepala Dinas.")
    return _acted(report_id, lambda: reports.check(report_id, me(), g.at), news)


@report_room.post("/laporan/<uuid:report_id>/kembalikan")
@official_required
def kembalikan(report_id: UUID) -> Page:
    because = request.form.get("alasan", "")
    news = _("Rancangan laporan dikembalikan; periodenya dapat disusun lagi.")
    return _acted(report_id, lambda: reports.give_back(report_id, because, me(), g.at), news)


@report_room.post("/laporan/<uuid:report_id>/tandatangani")
@official_required
def tandatangani(report_id: UUID) -> Page:
    try:
        number = reports.sign(report_id, me(), g.at)
    except Refused as refused:
        return _report(report_id, status=409, news=told(refused))
    return _moved(report_id, _("Laporan ditandatangani dengan nomor %(nomor)s.", nomor=number))


@report_room.post("/laporan/<uuid:report_id>/kirim")
@official_required
def kirim(report_id: UUID) -> Page:
    """Record how a signed report went to the Walikota."""
    how, receipt = request.form.get("cara", ""), request.form.get("tanda_terima", "")
    news = _("Pengiriman kepada Walikota dicatat.")
    return _acted(report_id, lambda: reports.send(report_id, how, receipt, me(), g.at), news)


@report_room.post("/laporan/<uuid:report_id>/pindaian/<uuid:letter_id>")
@official_required
def pindaian(report_id: UUID, letter_id: UUID) -> Page:
    """Store the scan of the report or its covering letter, signed by hand."""
    try:
        keep_scan(report_id, letter_id)
    except SubmissionInvalid as invalid:
        return _report(report_id, invalid.errors, 422)
    return _moved(report_id, _("Pindaian surat disimpan."))


@report_room.get("/laporan/<uuid:report_id>/unduh.<any(xlsx, csv, json, pdf):kind>")
@official_required
def unduh(report_id: UUID, kind: str) -> Response:
    return attachment(report_pages.download(report_id, kind, me(), g.at))
