"""Tables for a spreadsheet: CSV with a BOM and semicolons, as Indonesian spreadsheets open it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response

from app.operations.report_tables import lines
from app.operations.report_tables import text as cell

__all__ = ["cell", "table"]


def table(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """A download called `name`; a text that a spreadsheet would take for a formula is shown as text."""
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(lines(head, rows), mimetype="text/csv; charset=utf-8", headers=headers)
