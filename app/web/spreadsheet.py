"""Tables for a spreadsheet: CSV with a BOM and semicolons, as Indonesian spreadsheets open it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from flask import Response

FORMULA = ("=", "+", "-", "@", "\t")


def table(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """A download called `name`; a text that a spreadsheet would take for a formula is shown as text."""
    target = StringIO()
    writer = csv.writer(target, delimiter=";")
    writer.writerow(head)
    writer.writerows([cell(text) for text in row] for row in rows)
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response("\ufeff" + target.getvalue(), mimetype="text/csv; charset=utf-8", headers=headers)


def cell(text: str) -> str:
    """A text as a cell that no spreadsheet computes."""
    return f"'{text}" if text[:1] in FORMULA else text
