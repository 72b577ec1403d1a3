"""Whether the words that judge many rows at a time, `bulk` and `unsent`, fit the rows they stand at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.errors import Finding

# Lists whose rows are papers an applicant sends or does not.
PAPERS = frozenset({"optional_requirements", "all_requirements"})


def is_filling(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(isinstance(one, str) and one for one in value.values())


def is_bulk(value: Any) -> bool:
    if not isinstance(value, dict) or value.keys() - {"label", "fill", "ask"}:
        return False
    ask = value.get("ask", [])
    named = isinstance(ask, list) and all(isinstance(one, str) for one in ask)
    return named and bool(value.get("label")) and isinstance(value["label"], str) and is_filling(value.get("fill"))


def faults(raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Whether what a button or an unsent paper fills in is a choice its rows offer."""
    bulk, unsent = raw.get("bulk"), raw.get("unsent")
    if (bulk or unsent) and raw.get("type") != "rows":
        yield "form-bulk", "Hanya isian baris (rows) yang dapat dinilai sekaligus."
    if unsent and not _of_papers(raw.get("rows_from")):
        yield "form-unsent", Finding("Kata unsent hanya bagi baris dari %(lists)s.", lists=", ".join(sorted(PAPERS)))
    offered = _offered(raw.get("fields"))
    if isinstance(unsent, dict) and is_filling(unsent):
        yield from (("form-unsent", text) for text in _unknown(unsent, offered))
    if isinstance(bulk, dict) and is_bulk(bulk):
        yield from (("form-bulk", text) for text in _unknown(bulk["fill"], offered))
        strange = [one for one in bulk.get("ask", ()) if one not in offered]
        told = "Isian %(name)s tidak ada di baris ini atau bukan pilihan."
        yield from (("form-bulk", Finding(told, name=one[:60])) for one in strange)


def _of_papers(name: Any) -> bool:
    return isinstance(name, str) and name in PAPERS


def _offered(fields: Any) -> dict[str, set[str]]:
    """Choices of a row with their written options: name -> values."""
    inner = [one for one in fields if isinstance(one, dict)] if isinstance(fields, list) else []
    choices = [one for one in inner if one.get("type") == "choice" and isinstance(one.get("name"), str)]
    return {one["name"]: set(_values(one.get("options"))) for one in choices}


def _values(options: Any) -> Iterator[str]:
    for pair in options if isinstance(options, list) else ():
        if isinstance(pair, list) and pair and isinstance(pair[0], str):
            yield pair[0]


def _unknown(filling: Mapping[str, str], offered: Mapping[str, set[str]]) -> Iterator[str]:
    for name, value in filling.items():
        if value not in offered.get(name, ()):
            yield Finding(
                "Nilai %(value)s tidak ditawarkan isian %(name)s di baris ini.", value=value[:60], name=name[:60]
            )
