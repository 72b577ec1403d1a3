"""A report as it was frozen: put together, hashed, and read back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations.report_corrections import Correction, period_of
from app.operations.report_told import Contents, Corrected
from app.operations.report_words import value_of
from app.store import Store
from app.store.encoding import parse
from engine.events import canonical, stamp
from engine.reporting import (
    CaseFacts,
    Difference,
    Disruptions,
    Period,
    anew_as_json,
    anew_from_json,
    as_json,
    disruptions_as_json,
    disruptions_from_json,
    figures,
    from_json,
    sums,
    written,
)


def frozen(
    period: Period, note: str, facts: Sequence[CaseFacts], fixed: Sequence[Correction], disruptions: Disruptions
) -> dict[str, Any]:
    """What is kept with a report beside its course, as plain JSON."""
    return {
        "kind": period.kind,
        "since": period.since,
        "until": period.until,
        "note": note,
        "figures": written(figures(facts)),
        "differences": [_correction(one) for one in fixed],
        "disruptions": disruptions_as_json(disruptions),
    }


def _correction(one: Correction) -> dict[str, Any]:
    rows = [[each.permit, each.code, _plain(each.old), _plain(each.new)] for each in one.differences]
    found = {"about": str(one.about.id), "number": one.about.number, "period": period_of(one.about).code, "rows": rows}
    return found | ({"disruptions": anew_as_json(one.disrupted)} if one.disrupted else {})


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


def changed_files(one: Correction) -> list[tuple[UUID, Any, Any]]:
    """The files of a correction with their facts as plain JSON."""
    return [(each.case, _facts(each.before), _facts(each.after)) for each in one.changes]


def _facts(one: CaseFacts | None) -> dict[str, Any] | None:
    return as_json(one) if one else None


def digest(kept: Mapping[str, Any], known_at: datetime, facts: Iterable[Any], corrected: Iterable[Any]) -> str:
    """SHA-256 (hex) over all that a report says; `facts`, `corrected`: plain JSON of files, in order of their ids."""
    said = {name: str(kept[name]) for name in ("kind", "since", "until", "note")}
    whole = {**said, "figures": kept["figures"], "differences": kept["differences"], "known_at": stamp(known_at)}
    if kept["disruptions"] is not None:  # a report that was frozen before reports told of them keeps its hash
        whole["disruptions"] = kept["disruptions"]
    whole |= {"cases": list(facts), "corrections": list(corrected)}
    return hashlib.sha256(canonical(whole).encode()).hexdigest()


def in_order(facts: Iterable[CaseFacts]) -> list[dict[str, Any]]:
    return [as_json(one) for one in sorted(facts, key=lambda one: one.case)]


def corrected_in_order(fixed: Iterable[Correction]) -> list[list[Any]]:
    rows = [
        [str(one.about.id), str(case), before, after] for one in fixed for case, before, after in changed_files(one)
    ]
    return sorted(rows, key=lambda row: (row[0], row[1]))


def sound(store: Store, row: Any) -> bool:
    """Whether what is kept is still what was frozen."""
    facts = sorted(store.reports.facts(row.id), key=lambda one: str(one["case"]))
    kept = {"kind": row.kind, "since": row.since, "until": row.until, "note": row.note}
    kept |= {"figures": parse(row.figures), "differences": parse(row.differences)}
    kept["disruptions"] = parse(row.disruptions) if row.disruptions else None
    return digest(kept, row.known_at, facts, _kept_corrections(store, row)) == str(row.sha256)


def _kept_corrections(store: Store, row: Any) -> list[list[Any]]:
    rows = [[str(one.about_id), str(one.case_id), one.before, one.after] for one in store.reports.corrections(row.id)]
    return sorted(rows, key=lambda one: (one[0], one[1]))


def contents(store: Store, row: Any) -> Contents:
    """A frozen report as pages and papers tell it."""
    lines = {permit: {code: value_of(one) for code, one in told.items()} for permit, told in parse(row.figures).items()}
    facts = tuple(from_json(one) for one in store.reports.facts(row.id))
    period = period_of(row)
    catalogue = store.deployments.active().catalogue
    told = disruptions_from_json(parse(row.disruptions)) if row.disruptions else None
    return Contents(str(period.label), period.code, lines, facts, _corrected(store, row), catalogue, sums(facts), told)


def _corrected(store: Store, row: Any) -> tuple[Corrected, ...]:
    files: dict[str, list[tuple[str, UUID]]] = {}
    for one in store.reports.corrections(row.id):
        files.setdefault(str(one.about_id), []).append((one.number or "", one.case_id))
    return tuple(_told(one, sorted(files.get(one["about"], []))) for one in parse(row.differences))


def _told(one: Mapping[str, Any], files: list[tuple[str, UUID]]) -> Corrected:
    period = Period.read(one["period"])
    assert period is not None  # as frozen
    rows = tuple(Difference(permit, code, value_of(old), value_of(new)) for permit, code, old, new in one["rows"])
    disrupted = anew_from_json(one["disruptions"]) if "disruptions" in one else None
    return Corrected(one["number"], period, rows, tuple((case, number) for number, case in files), disrupted)
