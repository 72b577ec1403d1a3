"""Draf: a change of the calendar whose effect its author looks at; nobody else sees it, and he may throw it away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting
from app.operations.calendar_ready import Change
from app.operations.calendar_rows import COLUMNS
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.ids import uuid7
from engine import access
from engine.errors import NotFound, Refused
from engine.forms.values import clean

MOST = 20  # of one author


@dataclass(frozen=True)
class Draft:
    """`repeated`: how many lines said what stands already, and were left out; `version` grows with each saving."""

    id: UUID
    version: int
    saved_at: datetime
    change: Change
    repeated: int

    @property
    def about(self) -> str:
        """Its first line that is no heading."""
        return next((one for one in self.change.text.split("\n") if not one.lower().startswith(COLUMNS[0])), "")


def _draft(row: Any) -> Draft:
    return Draft(row.id, row.version, row.saved_at, Change(row.text, row.decree, row.reason), row.repeated)


def _author(store: Store, by: UUID, at: datetime) -> None:
    access.require(acting.actor(store, by, at), "propose_calendar")


@retried
def mine(by: UUID, at: datetime) -> tuple[Draft, ...]:
    """The reader's own drafts, last saved first.  Raises NotAllowed."""
    with transaction() as store:
        _author(store, by, at)
        return tuple(map(_draft, store.calendar_drafts.of(by)))


@retried
def opened(id: UUID, by: UUID, at: datetime) -> Draft:
    """The reader's own draft.  Raises NotAllowed, NotFound, for anybody else's as well."""
    with transaction() as store:
        _author(store, by, at)
        row = store.calendar_drafts.one(id, by)
        if row is None:
            raise NotFound("Draf tidak ditemukan.")
        return _draft(row)


@retried
def save(change: Change, repeated: int, by: UUID, at: datetime, id: UUID | None = None, version: int = 0) -> UUID:
    """Keep a change that was found sound: the next version of the author's draft `id`, else a new one.

    The same sent twice stands once.  Raises NotAllowed, Refused when another window has saved a newer one, and for
    more drafts than are kept.
    """
    told = {"text": clean(change.text), "decree": clean(change.decree), "reason": clean(change.reason)}
    typed = {**told, "repeated": repeated}
    with transaction() as store:
        _author(store, by, at)
        return _saved(store, typed, by, at, id, version)


def _saved(store: Store, typed: Mapping[str, Any], by: UUID, at: datetime, id: UUID | None, version: int) -> UUID:
    """One that was thrown away meanwhile begins anew: what was typed is never lost."""
    rows = store.calendar_drafts.of(by)
    same = next((row.id for row in rows if all(getattr(row, name) == told for name, told in typed.items())), None)
    if same is not None and id in (None, same):
        return UUID(str(same))
    if id is not None and store.calendar_drafts.save(id, by, at, version, **typed):
        return id
    if any(row.id == id for row in rows):
        raise Refused("Draf yang lebih baru sudah tersimpan dari jendela lain; buka draf itu dari daftar.")
    if len(rows) >= MOST:
        raise Refused("Paling banyak %(n)s draf; buang yang tidak dipakai lagi.", n=MOST)
    store.calendar_drafts.add(made := uuid7(), by, at, **typed)
    return made


@retried
def discard(id: UUID, by: UUID, at: datetime) -> None:
    """Throw a draft away; one that is gone already stays gone.  Raises NotAllowed."""
    with transaction() as store:
        _author(store, by, at)
        store.calendar_drafts.drop(id, by)
