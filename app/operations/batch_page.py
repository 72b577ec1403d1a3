"""Cases moved together as pages and tables show them: how far, what was moved, what was left and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting, heartbeat, impact_told
from app.operations.impact_page import Names
from app.operations.impact_told import STEPS, Told
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.batches import MOVABLE
from app.store.encoding import parse
from engine import access
from engine.bpmn import Place
from engine.errors import NotFound

A_PAGE = 50
LISTED = 50
STATES = ("waiting", "moved", "left", "put_back", "kept")


@dataclass(frozen=True)
class Item:
    """A case of a batch; `number`: its number or the code it is followed by."""

    case_id: UUID
    number: str
    applicant: str
    permit: str
    state: str
    reasons: tuple[str, ...]
    at: datetime | None
    verdict: str = ""  # as it was counted before the move, "" where that is not known any more
    steps: tuple[str, ...] = ()  # names of its open steps then
    goes: tuple[str, ...] = ()  # where they were to go, each in its place
    leaps: tuple[Place, ...] = ()  # the places that were chosen, with what they pass over


@dataclass(frozen=True)
class Page:
    """`row`: the batch with the number of its release and who began it; `counts`: of every state; `silent`: since when
    the worker that should go on with it stands still."""

    row: Any
    counts: Mapping[str, int]
    fault: str
    undone_by: str
    items: tuple[Item, ...]
    more: UUID | None
    may: bool
    silent: datetime | None = None
    undone_because: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def open(self) -> int:
        """How many cases the worker still has to do something with."""
        return self.counts["moved" if self.row.task == "undo" else "waiting"]


@retried
def batches(by: UUID, at: datetime) -> tuple[tuple[Any, Mapping[str, int]], ...]:
    """Batches, newest first, with how many of their cases are in which state.  Raises NotAllowed."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        return tuple((row, _counts(store, row.id)) for row in store.batches.all(LISTED))


@retried
def page(batch: UUID, state: str, after: UUID | None, by: UUID, at: datetime) -> Page:
    """A batch and a page of its cases; `state`: "" for any.  Raises NotAllowed, NotFound."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_deployments")
        row = _found(store, batch)
        rows = store.batches.items(batch, state, after, A_PAGE + 1)
        names = store.people.names({row.undone_by}) if row.undone_by else {}
        return Page(
            row,
            _counts(store, batch),
            impact_told.heard(parse(row.fault)) if row.fault else "",
            names.get(row.undone_by, ""),
            _items(store, rows[:A_PAGE]),
            rows[A_PAGE - 1].case_id if len(rows) > A_PAGE else None,
            access.may(who, "migrate_cases"),
            heartbeat.silent_since(store, at) if row.status == "running" else None,
            parse(store.batches.undone(batch))["because"] if row.undone_by else "",
        )


@retried
def items(batch: UUID, by: UUID, at: datetime) -> tuple[Item, ...]:
    """Every case of a batch.  Raises NotAllowed, NotFound."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        _found(store, batch)
        return _items(store, store.batches.items(batch, "", None, None))


@retried
def progress(batch: UUID, by: UUID, at: datetime) -> tuple[int, int, bool]:
    """How many cases are through, of how many, and whether nothing goes on.  Raises NotAllowed, NotFound."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        row, counts = _found(store, batch), _counts(store, batch)
        left = counts["moved" if row.task == "undo" else "waiting"]
        return sum(counts.values()) - left, sum(counts.values()), row.status != "running"


def _found(store: Store, batch: UUID) -> Any:
    row = store.batches.one(batch)
    if row is None:
        raise NotFound("Pemindahan ini tidak ada.")
    return row


def _counts(store: Store, batch: UUID) -> dict[str, int]:
    found = store.batches.counts(batch)
    return {state: found.get(state, 0) for state in STATES}


def _items(store: Store, rows: Sequence[Any]) -> tuple[Item, ...]:
    names = Names(store, {one.before_id for one in rows if one.before_id})
    return tuple(_item(one, names) for one in rows)


def _item(row: Any, names: Names) -> Item:
    reasons = impact_told.read(row.told).reasons if row.told else ()
    number = row.number or row.tracking_code
    item = Item(row.case_id, number, row.applicant_name, row.permit, row.state, reasons, row.at)
    if not row.verdict:
        return item
    counted, steps = impact_told.read(row.counted), names.steps(row.process, row.steps)
    goes = _goes(counted, row.steps, steps) if row.verdict in MOVABLE else ()
    return replace(item, verdict=row.verdict, steps=steps, goes=goes, leaps=counted.leaps)


def _goes(counted: Told, elements: str, names: Sequence[str]) -> tuple[str, ...]:
    """Of each open step where it was to go: the place chosen for one that is gone, else where it is."""
    chosen = {one.id: one.name for one in counted.leaps}
    there = ([chosen[one.id] for one in counted.places.get(id, ()) if one.id in chosen] for id in elements.split(STEPS))
    return tuple(found[0] if found else name for found, name in zip(there, names, strict=False))
