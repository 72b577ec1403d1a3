"""Figures measured beside figures declared: what a form file says of such rows, and their difference in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.errors import Finding, Sentence

PATH = re.compile(r"[a-z][a-z0-9_]{0,60}(\.[a-z][a-z0-9_]{0,60})?")
ROLES = {"what": "text", "declared": "number", "measured": "number", "unit_field": "text", "remark": "long_text"}
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Measured:
    """`measured` of a group: what each inner field of a row is, and which declared figures the rows begin with.

    `of`: fields of the application in order ("luas_bangunan", "prasarana_bangunan.volume" of each row of a group).
    """

    what: str
    declared: str
    measured: str
    unit_field: str
    remark: str
    of: tuple[str, ...]


def measured(raw: Any) -> Measured | None:
    return Measured(**{role: raw[role] for role in ROLES}, of=tuple(raw["of"])) if raw else None


def is_measured(value: Any) -> bool:
    if not isinstance(value, Mapping) or value.keys() != {*ROLES, "of"}:
        return False
    named = all(isinstance(value[role], str) and value[role] for role in ROLES)
    listed = isinstance(value["of"], list) and bool(value["of"])
    return named and listed and all(isinstance(one, str) and PATH.fullmatch(one) for one in value["of"])


def faults(raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Whether the words of `measured` fit the group they stand at."""
    said = raw.get("measured")
    if not is_measured(said) or not isinstance(said, Mapping):
        return
    if raw.get("type") != "group":
        yield "form-measured", "Kata measured hanya bagi kelompok isian (group)."
    inner = [one for one in raw.get("fields") or () if isinstance(one, dict)]
    kinds = {str(one.get("name")): one.get("type") for one in inner}
    for role, kind in ROLES.items():
        if kinds.get(said[role]) != kind:
            told = "Kata measured menunjuk isian %(name)s, yang bukan %(kind)s kelompok ini."
            yield "form-measured", Finding(told, name=said[role][:60], kind=kind)


def difference(declared: Decimal, found: Decimal, unit: str, show: Any) -> Sentence:
    """ "lebih kecil 10 m² (8,3 %)", or "sama"; `show`: how the office writes a number."""
    gap = found - declared
    if gap == 0:
        return Sentence("sama dengan yang dinyatakan")
    amount = f"{show(abs(gap))} {unit}".strip()
    if declared == 0:
        return Sentence("lebih besar %(jumlah)s" if gap > 0 else "lebih kecil %(jumlah)s", jumlah=amount)
    share = (abs(gap) * 100 / abs(declared)).quantize(TENTH, ROUND_HALF_UP)
    words = "lebih besar %(jumlah)s (%(persen)s %%)" if gap > 0 else "lebih kecil %(jumlah)s (%(persen)s %%)"
    return Sentence(words, jumlah=amount, persen=show(share))


def unexplained(rule: Measured, row: Mapping[str, Any], show: Any) -> Sentence | None:
    """What is asked of a row whose figures differ and that says nothing about it; `row`: its values as read."""
    if row.get(rule.declared) is None or row.get(rule.measured) is None or row.get(rule.remark):
        return None
    declared, found = Decimal(str(row[rule.declared])), Decimal(str(row[rule.measured]))
    if declared == found:
        return None
    told = difference(declared, found, str(row.get(rule.unit_field, "")), show)
    return Sentence("%(uraian)s terukur %(beda)s; tulis keterangannya", uraian=str(row.get(rule.what, "")), beda=told)
