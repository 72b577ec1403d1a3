"""Reports of a period beside the figures of its files: technical agencies, and the satisfaction of applicants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, render_template, request, url_for

from app.operations import report_living, service_reports
from app.operations import report_words as words
from app.operations.report_beside import COLUMNS
from app.web import charts
from app.web.parts import whole
from app.web.reports import me, report_room
from app.web.session import official_required
from engine.agencies import FIGURES
from engine.reporting import Period

NAMES = {
    "diminta": "Rekomendasi diminta",
    "dijawab": "Dijawab",
    "tepat": "Dijawab tepat waktu",
    "terlambat": "Dijawab terlambat",
    "terbuka": "Belum dijawab pada akhir periode",
}


def _period() -> Period:
    return Period.read(request.args.get("periode", "")) or report_living.usual(g.at)


@report_room.get("/laporan/opd")
@official_required
def opd() -> str:
    """How technical agencies answered what they were asked."""
    found = service_reports.agencies_page(_period(), me(), g.at)
    return render_template(
        "laporan/opd.html", l=found, nama=NAMES, angka_semua=FIGURES, tulis=words.shown, panjang=charts.length
    )


@report_room.get("/laporan/opd/berkas")
@official_required
def opd_berkas() -> str:
    """The files behind a figure of an agency."""
    period, unit, code = _period(), request.args.get("unit", "")[:40], request.args.get("angka", "diminta")[:20]
    found = service_reports.agency_files(period, unit, code, whole(request.args.get("halaman", ""), 1), me(), g.at)
    asked: dict[str, Any] = {"periode": period.code, "unit": unit, "angka": code}
    back = url_for("laporan.opd", periode=period.code)
    return _files(found, NAMES.get(code, code), back, lambda page: url_for("laporan.opd_berkas", halaman=page, **asked))


@report_room.get("/laporan/skm")
@official_required
def skm() -> str:
    """The index of public satisfaction, element by element."""
    found = service_reports.survey_page(_period(), me(), g.at)
    drawn = {"tulis_nilai": charts.score, "panjang_nilai": charts.length_of_score}
    return render_template("laporan/skm.html", l=found, **drawn)


@report_room.get("/laporan/skm/berkas")
@official_required
def skm_berkas() -> str:
    """The files whose applicants answered, without what they answered."""
    period = _period()
    found = service_reports.survey_files(period, whole(request.args.get("halaman", ""), 1), me(), g.at)
    back = url_for("laporan.skm", periode=period.code)
    return _files(
        found,
        "Menjawab survei kepuasan",
        back,
        lambda page: url_for("laporan.skm_berkas", periode=period.code, halaman=page),
    )


@report_room.get("/laporan/berlaku/berkas")
@official_required
def berlaku_berkas() -> str:
    """The permits that end in a period, or soon after it, by their last day."""
    period, column = _period(), request.args.get("angka", "berakhir")[:20]
    permit, area = request.args.get("izin", "")[:40], request.args.get("wilayah", "")[:20]
    page = whole(request.args.get("halaman", ""), 1)
    found = service_reports.expiry_files(period, permit, area, column, page, me(), g.at)
    asked: dict[str, Any] = {"periode": period.code, "izin": permit, "wilayah": area}
    back = url_for("laporan.angka", **asked)
    name = COLUMNS[column]
    return _files(
        found, name, back, lambda page: url_for("laporan.berlaku_berkas", halaman=page, angka=column, **asked)
    )


def _files(found: service_reports.Files, name: str, back: str, linked: Callable[[int], str]) -> str:
    return render_template("laporan/daftar_berkas.html", d=found, nama=name, kembali=back, tautan=linked)
