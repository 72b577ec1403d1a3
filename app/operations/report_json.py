"""A report as JSON: every figure exactly as it was frozen, for whoever computes it again."""

from __future__ import annotations

import json
from typing import Any

from app.operations import report_disruption_json as disrupted
from app.operations.report_told import Contents, Corrected
from engine.reporting import Value, as_json, written
from engine.reporting.tables import tables_as_json

MEDIA = "application/json"


def report(told: Contents, sha256: str) -> bytes:
    """UTF-8; fractions as "7/2", instants in UTC, what nobody has as null; `sha256`: of what was frozen (hex)."""
    found = {
        "period": told.code,
        "sha256": sha256,
        "figures": written(told.figures),
        "disruptions": disrupted.as_json(told),
        "tables": tables_as_json(told.tables),
        "corrections": [_corrected(one) for one in told.corrected],
        "files": [as_json(one) for one in told.facts],
    }
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _corrected(one: Corrected) -> dict[str, Any]:
    rows = [{"permit": a.permit, "figure": a.code, "old": _plain(a.old), "new": _plain(a.new)} for a in one.differences]
    found: dict[str, Any] = {
        "report": one.number,
        "period": one.period.code,
        "rows": rows,
        "files": [number for _id, number in one.cases],
    }
    found |= {"disruptions": disrupted.anew(one.disrupted)} if one.disrupted else {}
    anew = [
        {"table": a.table, "row": a.row, "column": a.column, "old": _plain(a.old), "new": _plain(a.new)}
        for a in one.retabled
    ]
    return found | ({"tables": anew} if anew else {})


def _plain(value: Value) -> str | int | None:
    return value if value is None or isinstance(value, int) else str(value)
