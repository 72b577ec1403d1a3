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
from app.operations.services_told import labels
from app.store import Store
from app.store.encoding import parse
from engine.events import canonical, stamp
from engine.reporting import (
    CaseFacts,
    Difference,
    Disruptions,
    Period,
    Sums,
    anew_as_json,
    anew_from_json,
    as_json,
    disruptions_as_json,
    disruptions_from_json,
    figures,
    from_json,
    sums,
    sums_as_json,
    sums_from_json,
    written,
)
from engine.reporting.tables import Retabled, Tables, of_charts, read_value, tables_as_json, tables_from_json

LATER = ("disruptions", "tables", "sums")  # what reports began to tell one after the other
LATE = ("terlambat_berjalan", "terlambat_selesai")  # figures behind which a file with a broken promise stands
NULL = "null"


def frozen(
    period: Period,
    note: str,
    facts: Sequence[CaseFacts],
    fixed: Sequence[Correction],
    disruptions: Disruptions,
    tables: Tables,
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
        "tables": tables_as_json(tables),
        "sums": sums_as_json(sums(facts)),
    }


def _correction(one: Correction) -> dict[str, Any]:
    rows = [[each.permit, each.code, _plain(each.old), _plain(each.new)] for each in one.differences]
    found = {"about": str(one.about.id), "number": one.about.number, "period": period_of(one.about).code, "rows": rows}
    found |= {"disruptions": anew_as_json(one.disrupted)} if one.disrupted else {}
    told_anew = [[each.table, each.row, each.column, _plain(each.old), _plain(each.new)] for each in one.retabled]
    return found | ({"tables": told_anew} if told_anew else {})


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


def changed_files(one: Correction) -> list[tuple[UUID, Any, Any]]:
    """The files of a correction with their facts as plain JSON."""
    return [(each.case, _facts(each.before), _facts(each.after)) for each in one.changes]


def _facts(one: CaseFacts | None) -> dict[str, Any] | None:
    return as_json(one) if one else None


def digest(kept: Mapping[str, Any], known_at: datetime, facts: Iterable[Any], corrected: Iterable[Any]) -> str:
    """SHA-256 (hex) over all that a report says; `facts`, `corrected`: plain JSON of files, in order of their ids."""
    whole = {**_said(kept, known_at), "cases": list(facts), "corrections": list(corrected)}
    return hashlib.sha256(canonical(whole).encode()).hexdigest()


def _said(kept: Mapping[str, Any], known_at: datetime) -> dict[str, Any]:
    """All but the files: what a report that was frozen earlier did not tell is no part of its hash."""
    said = {name: str(kept[name]) for name in ("kind", "since", "until", "note")}
    told = {name: kept[name] for name in ("figures", "differences")}
    later = {name: kept[name] for name in LATER if kept[name] is not None}
    return {**said, **told, **later, "known_at": stamp(known_at)}


def in_order(facts: Iterable[CaseFacts]) -> list[dict[str, Any]]:
    return [as_json(one) for one in sorted(facts, key=lambda one: one.case)]


def corrected_in_order(fixed: Iterable[Correction]) -> list[list[Any]]:
    rows = [
        [str(one.about.id), str(case), before, after] for one in fixed for case, before, after in changed_files(one)
    ]
    return sorted(rows, key=lambda row: (row[0], row[1]))


def sound(store: Store, row: Any) -> bool:
    """Whether what is kept is still what was frozen.

    Facts are kept as the canonical text that was hashed, so they are hashed where they lie, unread.
    """
    kept = {name: getattr(row, name) for name in ("kind", "since", "until", "note")}
    kept |= {name: parse(getattr(row, name)) for name in ("figures", "differences", *LATER)}
    rest = canonical(_said(kept, row.known_at))[1:]
    return store.reports.sha256(row.id, f'"corrections":{_kept_corrections(store, row)},{rest}') == str(row.sha256)


def _kept_corrections(store: Store, row: Any) -> str:
    texts = store.reports.correction_texts(row.id)
    rows = (f'["{about}","{case}",{old or NULL},{new or NULL}]' for about, case, old, new in texts)
    return f"[{','.join(rows)}]"


def contents(store: Store, row: Any) -> Contents:
    """A frozen report with the facts of all its files."""
    facts = tuple(from_json(one) for one in store.reports.facts(row.id))
    return _contents(store, row, facts, sums_from_json(parse(row.sums)) if row.sums else sums(facts), None)


def outline(store: Store, row: Any, most: int) -> Contents:
    """A frozen report with the facts of those files only of which a line is shown: at most `most` of each list.

    One that was frozen before its sums were kept is read whole.
    """
    if row.sums is None:
        return contents(store, row)
    late = tuple(from_json(one) for one in store.reports.first_behind(row.id, LATE, most))
    return _contents(store, row, late, sums_from_json(parse(row.sums)), most)


def _contents(store: Store, row: Any, facts: tuple[CaseFacts, ...], summed: Sums, most: int | None) -> Contents:
    lines = {permit: {code: value_of(one) for code, one in told.items()} for permit, told in parse(row.figures).items()}
    period, deployment = period_of(row), store.deployments.active()
    return Contents(
        str(period.label),
        period.code,
        lines,
        facts,
        _corrected(store, row, most),
        deployment.catalogue,
        summed,
        disruptions_from_json(parse(row.disruptions)) if row.disruptions else None,
        {**(tables_from_json(parse(row.tables)) if row.tables else {}), **of_charts(summed)},
        labels(deployment),
    )


def _corrected(store: Store, row: Any, most: int | None) -> tuple[Corrected, ...]:
    files: dict[str, list[tuple[str, UUID]]] = {}
    for about, case, number in store.reports.corrected_files(row.id):
        files.setdefault(str(about), []).append((number, case))
    return tuple(_told(one, sorted(files.get(one["about"], [])), most) for one in parse(row.differences))


def _told(one: Mapping[str, Any], files: list[tuple[str, UUID]], most: int | None) -> Corrected:
    period = Period.read(one["period"])
    assert period is not None  # as frozen
    rows = tuple(Difference(permit, code, value_of(old), value_of(new)) for permit, code, old, new in one["rows"])
    disrupted = anew_from_json(one["disruptions"]) if "disruptions" in one else None
    named = tuple((case, number) for number, case in files[:most])
    retabled = (Retabled(*each[:3], *map(read_value, each[3:])) for each in one.get("tables", ()))
    return Corrected(one["number"], period, rows, named, disrupted, tuple(retabled), len(files))
