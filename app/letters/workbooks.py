"""Workbooks for spreadsheet programs: tables of text and exact numbers, the same bytes for the same tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MADE = datetime(1980, 1, 1)  # noqa: DTZ001 -- a workbook's own time has no zone, and is no time of the office
FOR_EVER = (1980, 1, 1, 0, 0, 0)
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
PLACES = Decimal("0.0001")
WIDEST = 60


@dataclass(frozen=True)
class Sheet:
    """`rows`: texts (none of them a formula), whole numbers, Fractions, None for an empty cell."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]


def workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """An XLSX file; numbers stand as numbers, rounded to four places where they have more.

    Written row by row: of a year's files all cells at once would take a gigabyte.
    """
    made = Workbook(write_only=True)
    made.properties.title, made.properties.creator = title, "e-Perizinan"
    made.properties.created = made.properties.modified = MADE
    for one in sheets:
        _write(made.create_sheet(one.title), one)
    target = io.BytesIO()
    made.save(target)
    return _settled(target.getvalue())


def _write(page: Any, sheet: Sheet) -> None:
    page.freeze_panes = "B2"
    for place, name in enumerate(sheet.head):
        widest = max((len(row[place]) for row in sheet.rows if isinstance(row[place], str)), default=0)
        width = min(WIDEST, max(widest, len(str(name)[:20])) + 3)
        page.column_dimensions[get_column_letter(place + 1)].width = width
    page.append([_headed(page, name) for name in sheet.head])
    for row in sheet.rows:
        page.append([_cell(one) for one in row])


def _headed(page: Any, name: str) -> Any:
    cell = WriteOnlyCell(page, name)
    cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(value: Any) -> Any:
    if isinstance(value, Fraction):
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES)
    return value


def _settled(content: bytes) -> bytes:
    """The same zip without the times at which its parts were written and packed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, FOR_EVER)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", source.read(name)))
    return target.getvalue()
