"""`not_before`: a day or an instant that may not lie before the one another field of the form holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from engine.errors import Finding, Sentence

ORDERED = frozenset({"date", "datetime"})


def faults(raw: Mapping[str, Any], seen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Whether `not_before` names a field above of the same kind; `seen`: kinds of the fields above by name."""
    named, kind = raw.get("not_before"), raw.get("type")
    if not isinstance(named, str):
        return
    if not isinstance(kind, str) or kind not in ORDERED:
        yield "form-not_before", "Kata not_before hanya bagi isian date dan datetime."
    elif named not in seen:
        told = Finding("not_before menunjuk isian %(name)s yang belum ada di atasnya.", name=named[:60])
        yield "form-not_before", told
    elif seen[named] != kind:
        told = Finding("Isian %(name)s yang ditunjuk not_before bukan %(kind)s.", name=named[:60], kind=kind)
        yield "form-not_before", told


def early(label: str, value: Any, first_label: str, first: Any) -> Sentence | None:
    """The refusal of a value before `first` (ISO texts), None when it may stand or either is empty."""
    if not (value and first) or datetime.fromisoformat(value) >= datetime.fromisoformat(first):
        return None
    return Sentence("%(label)s tidak boleh sebelum “%(awal)s”", label=label, awal=first_label)
