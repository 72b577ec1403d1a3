"""What one version of a declaration says otherwise than the one it takes the place of: old and new, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.clock import WIB
from app.operations.force_majeure_effects import EFFECTS
from app.operations.force_majeure_law import EVENT_KINDS
from app.operations.force_majeure_scope import Limit, limits
from app.store.calendars import scope_of
from app.store.encoding import parse
from engine.deployment import Deployment

# What may differ; the label of each, in the order in which it is told.
FIELDS = {
    "since": "Sejak",
    "until": "Sampai",
    "scope": "Cakupan",
    "effect": "Akibat",
    "grounds": "Dasar",
    "event_kind": "Jenis peristiwa",
    "unforeseen": "Mengapa tidak dapat diduga",
    "event_at": "Waktu peristiwa",
    "event": "Uraian peristiwa",
    "measures": "Upaya yang sudah dilakukan",
    "evidence": "Bukti",
}
OF_TIME = {"since", "until", "scope", "effect"}
WHOLE = "seluruh pelayanan"
SERVICE_LOST = "saat pelayanan terhenti"


@dataclass(frozen=True)
class Changed:
    """`old`, `new`: instants (None: no end known, or when service was lost), limits of the scope, names, else text."""

    name: str
    old: Any
    new: Any

    @property
    def label(self) -> str:
        return FIELDS[self.name]


def moves_clocks(kind: str, changes: Iterable[Changed]) -> bool:
    """Whether a version may move a clock: another account of the event, or that it lasts on, moves none."""
    return kind in ("DECLARE", "REVOKE") or any(one.name in OF_TIME for one in changes)


def replaced(rows: Sequence[Any], row: Any) -> Any:
    """The established version in whose place a version stands, or would; `rows`: newest first; None for the first."""
    return next((one for one in rows if one.approved_at is not None and one.version < row.version), None)


def withdrawn(row: Any) -> bool:
    """Whether its own author took a version back; another's no is a rejection."""
    return row.rejected_at is not None and row.rejected_by == row.proposed_by


def changed(deployment: Deployment, before: Any, row: Any) -> tuple[Changed, ...]:
    """What `row` says otherwise than `before`; an undoing says nothing of its own."""
    return () if row.kind == "REVOKE" else tuple(_changed(deployment, before, row))


def _changed(deployment: Deployment, before: Any, row: Any) -> Iterator[Changed]:
    for name in FIELDS:
        old, new = getattr(before, name), getattr(row, name)
        if _meant(name, old) != _meant(name, new):
            yield Changed(name, *(_shown(deployment, name, one) for one in (old, new)))


def _meant(name: str, kept: Any) -> Any:
    """What a kept value means: the same scope may be written in more than one way."""
    if name == "scope":
        return scope_of(parse(kept))
    return _names(kept) if name == "evidence" else kept


def _shown(deployment: Deployment, name: str, kept: Any) -> Any:
    if name == "scope":
        return limits(deployment, parse(kept))
    return _names(kept) if name == "evidence" else kept


def _names(evidence: str) -> tuple[str, ...]:
    return tuple(str(one.get("nama", "")) for one in parse(evidence))


def printed(found: Sequence[Changed]) -> list[dict[str, str]]:
    """As a decree prints it, in Indonesian; of the span it has words of its own."""
    return [
        {"hal": one.label, "semula": _words(one.name, one.old), "menjadi": _words(one.name, one.new)}
        for one in found
        if one.name not in ("since", "until")
    ]


def _words(name: str, value: Any) -> str:
    if name == "scope":
        return _scope(value)
    if name == "grounds":
        return f"huruf {', '.join(value.split(','))}"
    if name == "evidence":
        return "; ".join(value) or "–"
    if name == "event_at":
        return f"{value.astimezone(WIB):%d/%m/%Y %H.%M} WIB" if value else SERVICE_LOST
    known = {"effect": EFFECTS, "event_kind": EVENT_KINDS}.get(name, {})
    return known.get(value, value) or "–"


def _scope(found: Sequence[Limit]) -> str:
    return "; ".join(f"{label}: {', '.join(map(str, names))}" for label, names in found) or WHOLE
