"""Verifying the ledger: every chain recomputed from its events, and held against the anchors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from app.operations import witnessing
from app.operations.faults import OFFICE, Fault
from app.operations.retrying import retried
from app.store import transaction
from app.store.calendars import OFFICE_GENESIS, office_link
from app.store.encoding import parse
from engine.errors import NotFound
from engine.events import Event, canonical, link


@dataclass(frozen=True)
class Verified:
    cases: int
    events: int
    faults: tuple[Fault, ...]
    anchors: int = 0


def verify(case_id: UUID | None = None, anchors: Path | None = None) -> Verified:
    """Recompute the chains of all cases and the office's own and hear the anchors, or recompute that of one case.

    `anchors`: another folder than the office's, such as the copy that its inspector keeps.  Raises NotFound for a case
    that there never was, OSError for anchors that cannot be read.
    """
    if case_id:
        return _verified(case_id)
    chains, (heard, unkept) = _verified(), witnessing.hear(anchors)
    return Verified(chains.cases, chains.events, (*_office_faults(), *chains.faults, *unkept), heard)


@retried
def _verified(case_id: UUID | None = None) -> Verified:
    # One instant: a step between reading a case and its events would look like a broken end.
    with transaction(snapshot=True) as store:
        store.ledger.take_time()
        count, events, faults = 0, 0, []
        for head, rows in store.ledger.chains(case_id):
            count, events = count + 1, events + len(rows)
            faults += _faults(head, rows)
    if case_id and not count:
        raise NotFound(f"Berkas {case_id} tidak ada.")
    return Verified(count, events, tuple(faults))


def _faults(head: Any, rows: tuple[Any, ...]) -> list[Fault]:
    prev, found = head.genesis, []
    for expected, row in enumerate(rows, start=1):
        if row.seq != expected:
            found.append((row.seq, f"nomor urut {expected} hilang"))
        elif _hash(prev, head.id, row) != row.hash:
            found.append((row.seq, "isi tidak sesuai dengan rantainya"))
        prev = row.hash
    if len(rows) != head.last or prev != head.head:
        found.append((len(rows), "ujung rantai tidak sesuai dengan berkas"))
    return [Fault(head.id, seq, reason, head.number or "") for seq, reason in found]


@retried
def _office_chain() -> tuple[Any, ...]:
    with transaction() as store:
        return store.calendars.office_chain()


def _office_faults() -> list[Fault]:
    """What declared, granted and deployed: the same two faults as in a case's chain."""
    prev, found = OFFICE_GENESIS, []
    for expected, row in enumerate(_office_chain(), start=1):
        if row.seq != expected:
            found.append(Fault(OFFICE, row.seq, f"nomor urut {expected} hilang"))
        elif row.prev != prev or _office_hash(prev, row) != row.hash:
            found.append(Fault(OFFICE, row.seq, "isi tidak sesuai dengan rantainya"))
        prev = row.hash
    return found


def _office_hash(prev: str, row: Any) -> str:
    body = _body(row.body)
    return "" if body is None else office_link(prev, row.seq, row.kind, row.at, row.by, body)


def _body(text: str) -> dict[str, Any] | None:
    """A stored body; None when it is not in the one form in which it was hashed."""
    try:
        body = parse(text)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) and canonical(body) == text else None


def _hash(prev: str, case_id: UUID, row: Any) -> str:
    """The hash that the row should have; "" when its body cannot be what was hashed."""
    body = _body(row.body)
    if body is None:
        return ""
    event = Event(row.kind, row.at, row.recorded_at, row.by, row.role, row.element, body)
    return link(prev, case_id, row.seq, row.deployment_id, event)
