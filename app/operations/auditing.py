"""Verifying the ledger: every chain recomputed from its events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.operations.retrying import retried
from app.store import transaction
from app.store.encoding import parse
from engine.events import Event, canonical, link


@dataclass(frozen=True)
class Fault:
    case_id: UUID
    seq: int
    reason: str


@dataclass(frozen=True)
class Verified:
    cases: int
    events: int
    faults: tuple[Fault, ...]


@retried
def _ids() -> tuple[UUID, ...]:
    with transaction() as store:
        return store.lists.case_ids()


def verify(case_id: UUID | None = None) -> Verified:
    """Recompute the chains of all cases, or of one."""
    ids = (case_id,) if case_id else _ids()
    events, faults = 0, []
    for id in ids:
        head, rows = _chain(id)
        events += len(rows)
        faults += _faults(head, rows)
    return Verified(len(ids), events, tuple(faults))


@retried
def _chain(case_id: UUID) -> tuple[Any, tuple[Any, ...]]:
    with transaction() as store:
        return store.lists.chain(case_id)


def _faults(head: Any, rows: tuple[Any, ...]) -> list[Fault]:
    prev, found = head.genesis, []
    for expected, row in enumerate(rows, start=1):
        if row.seq != expected:
            found.append(Fault(head.id, row.seq, f"nomor urut {expected} hilang"))
        elif _hash(prev, head.id, row) != row.hash:
            found.append(Fault(head.id, row.seq, "isi tidak sesuai dengan rantainya"))
        prev = row.hash
    if len(rows) != head.seq or prev != head.head:
        found.append(Fault(head.id, len(rows), "ujung rantai tidak sesuai dengan berkas"))
    return found


def _hash(prev: str, case_id: UUID, row: Any) -> str:
    """The hash that the row should have; "" when its body is not in the one form in which it was hashed."""
    try:
        body = parse(row.body)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(body, dict) or canonical(body) != row.body:
        return ""
    event = Event(row.kind, row.at, row.recorded_at, row.by, row.role, row.element, body)
    return link(prev, case_id, row.seq, row.deployment_id, event)
