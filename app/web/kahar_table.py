"""Keadaan kahar as tables for a spreadsheet: the register, and the late files that became timely."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext as _

from app.operations.force_majeure_effects import EFFECTS
from app.operations.force_majeure_law import EVENT_KINDS
from app.operations.force_majeure_statistics import Figures, Line, Statistics
from app.web.rendering import moment, typed_day
from app.web.spreadsheet import table
from app.web.words import translated


def register(found: Statistics) -> Response:
    """Every declaration with its span, people, grounds and counts."""
    head = [_("Kode"), _("Keputusan"), _("Keadaan"), _("Jenis peristiwa"), _("Dasar"), _("Sejak"), _("Sampai")]
    head += [_("Pengusul"), _("Penetap"), _("Diusulkan"), _("Ditetapkan"), _("Berkas terkena"), _("Janji bergeser")]
    head += [
        _("Terlambat menjadi tepat waktu"),
        _("Jatuh tempo dalam sehari sejak mulai"),
        _("Bukti"),
        _("Angka versi sebelumnya"),
        _("Akibat"),
        _("Laporan"),
        _("Tanggal laporan"),
    ]
    return table("keadaan-kahar.csv", head, (_row(one) for one in found.lines))


def _row(one: Line) -> list[str]:
    row = one.row
    event = translated(EVENT_KINDS.get(row.event_kind, row.event_kind))
    times = [moment(row.since), moment(row.until) if row.until else ""]
    decided = moment(row.approved_at) if row.approved_at else ""
    near = "" if one.near is None else str(one.near)
    counts = [str(one.touched), str(one.moved), str(one.rescued), near]
    said = [one.code, row.decree, translated(one.state), event, ", ".join(one.grounds), *times]
    last = ["; ".join(one.evidence), "; ".join(_earlier(each) for each in one.earlier)]
    reported = [one.report.report, typed_day(one.report.reported_on)] if one.report else ["", ""]
    return [
        *said,
        one.proposer,
        one.establisher,
        moment(row.recorded_at),
        decided,
        *counts,
        *last,
        translated(EFFECTS[row.effect]),
        *reported,
    ]


def _earlier(one: Figures) -> str:
    """An earlier version's counts, which a correction does not take back."""
    named = {"versi": one.version, "keputusan": one.decree, "a": one.touched, "b": one.moved, "c": one.rescued}
    return str(_("v%(versi)s %(keputusan)s: terkena %(a)s, bergeser %(b)s, diselamatkan %(c)s", **named))


def rescued(found: Statistics) -> Response:
    """Each late file with the declaration that excused it, and who of its two people had worked on it."""
    head = [_("Berkas"), _("Pemohon"), _("Jenis izin"), _("Dicatat terlambat"), _("Dipulihkan"), _("Pernyataan")]
    head += [_("Keputusan"), _("Pengusul"), _("Penetap"), _("Ikut mengerjakan berkas")]
    rows = (
        [
            one.row.number or "",
            one.row.applicant_name,
            one.row.permit,
            moment(one.row.fired_at),
            moment(one.row.annotated_at),
            one.code,
            one.decree,
            one.proposer,
            one.establisher,
            ", ".join(one.handled),
        ]
        for one in found.rescued
    )
    return table("kahar-diselamatkan.csv", head, rows)
