"""A frozen report as tables: what its workbook, its CSV and its paper print, in Indonesian."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from io import StringIO
from itertools import chain
from typing import Any

from app.letters import workbooks
from app.operations import report_beside as beside
from app.operations import report_disruption_tables as disrupted
from app.operations import report_words as words
from app.operations.clock_views import decimal
from app.operations.report_told import Contents
from engine.reporting import FIGURES, CaseFacts, Overdue, Value

LATE_UNITS = {"hk": "hari kerja", "minutes": "menit layanan", "days": "hari", "months": "bulan"}
FORMULA = ("=", "+", "-", "@", "\t")


def text(value: str) -> str:
    """A text as a cell that no spreadsheet computes."""
    return f"'{value}" if value[:1] in FORMULA else value


def lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """CSV with a BOM and semicolons, as Indonesian spreadsheets open it."""
    target = StringIO()
    writer = csv.writer(target, delimiter=";")
    writer.writerow(head)
    writer.writerows([text(one) for one in row] for row in rows)
    return "\ufeff" + target.getvalue()


def as_csv(told: Contents) -> bytes:
    """The figures in the order of the page, then broken promises, values as a spreadsheet counts with them."""
    head = ("Periode", "Jenis izin", "Angka", "Nilai", "Satuan")
    rows = (
        (
            told.label,
            told.permit(permit) if permit else "Semua izin",
            words.NAMES[code],
            plain(counted(code, row[code])),
            unit(code),
        )
        for permit, row in told.figures.items()
        for code in FIGURES
        if code in row
    )
    beneath = beside.csv_rows(told, plain), disrupted.csv_rows(told, plain), _broken(told)
    return lines(head, (*rows, *chain.from_iterable(beneath))).encode()


def _broken(told: Contents) -> Iterator[tuple[str, ...]]:
    """By how much each promise was broken and why; of a large period as many as the page shows."""
    late = told.late()
    for one in late:
        if one.overdue is not None:
            what = f"Janji terlampaui {one.number} ({_standing(one.overdue)}): {'; '.join(words.why(one))}"
            yield told.label, told.permit(one.permit), what, plain(one.overdue.over), LATE_UNITS[one.overdue.unit]
    if len(late) < told.sums.late:
        what = "Janji terlampaui yang tidak disebut di sini; seluruhnya ada pada lembar kerja"
        yield told.label, "Semua izin", what, str(told.sums.late - len(late)), "berkas"


def _standing(late: Overdue) -> str:
    return "masih berjalan" if late.running else "selesai terlambat"


def unit(code: str) -> str:
    measure = FIGURES[code].measure
    return {"bagian": "%", "hk": "hari kerja", "menit": "menit layanan"}.get(measure, measure)


def counted(code: str, value: Value) -> Value:
    """A figure in its unit: shares in parts of a hundred."""
    return value if value is None or FIGURES[code].measure != "bagian" else Fraction(value) * 100


def plain(value: Value) -> str:
    """With a decimal comma and without the dots of thousands."""
    return "" if value is None else decimal(Fraction(value), 4).replace(".", "")


def as_workbook(told: Contents) -> bytes:
    """XLSX: figures by permit, the files behind them, broken promises, reasons, corrections, what disturbed service."""
    sheets = (_figures(told), _files(told), _late(told), _reasons(told), _corrections(told))
    return workbooks.workbook(told.label, (*sheets, *beside.sheets(told, text), *disrupted.sheets(told, text)))


def _figures(told: Contents) -> workbooks.Sheet:
    head = ["Angka", "Satuan", *(told.permit(one) if one else "Semua izin" for one in told.figures)]
    rows: list[list[Any]] = [
        [words.NAMES[code], unit(code), *(counted(code, row[code]) for row in told.figures.values())]
        for code in FIGURES
    ]
    return workbooks.Sheet("Angka", head, rows)


def _files(told: Contents) -> workbooks.Sheet:
    codes = [code for code, one in FIGURES.items() if one.how == "sum"]
    head = ["Nomor", "Jenis izin", "Wilayah", *(words.NAMES[code] for code in codes), "Bersih (hk)", "Kotor (hk)"]
    rows = [[*_named(told, one), *(FIGURES[code].of(one) for code in codes), *_lasted(one)] for one in told.facts]
    return workbooks.Sheet("Berkas", head, rows)


def _named(told: Contents, one: CaseFacts) -> list[str]:
    area = told.catalogue.areas.get(one.area)
    return [text(one.number), told.permit(one.permit), area.name if area else one.area]


def _lasted(one: CaseFacts) -> list[Value]:
    return [one.finished.net, one.finished.gross] if one.finished else [None, None]


def _late(told: Contents) -> workbooks.Sheet:
    rows = [
        [
            *_named(told, one)[:2],
            _standing(one.overdue),
            words.over(one.overdue),
            text("; ".join(words.why(one))),
        ]
        for one in told.late()
        if one.overdue is not None
    ]
    return workbooks.Sheet("Keterlambatan", ["Nomor", "Jenis izin", "Keadaan", "Lewat", "Sebab"], rows)


def _reasons(told: Contents) -> workbooks.Sheet:
    return workbooks.Sheet("Alasan pengembalian", ["Alasan", "Kali"], [[str(why), n] for why, n in told.reasons()])


def _corrections(told: Contents) -> workbooks.Sheet:
    head = ["Periode", "Nomor laporan", "Jenis izin", "Angka", "Semula", "Menjadi", "Berkas"]
    rows = [
        [
            str(one.period.label),
            one.number,
            told.permit(each.permit) if each.permit else "Semua izin",
            words.NAMES[each.code],
            counted(each.code, each.old),
            counted(each.code, each.new),
            text(", ".join(number for _id, number in one.cases)),
        ]
        for one in told.corrected
        for each in one.differences
    ]
    return workbooks.Sheet("Koreksi", head, rows)
