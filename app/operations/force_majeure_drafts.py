"""Draf: a proposal of keadaan kahar saved unfinished (domain 6.2); only its author sees it, and may throw it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting, idempotency
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.encoding import dump, parse
from app.store.ids import uuid7
from engine import access
from engine.errors import NotFound, Refused
from engine.forms.values import clean

Typed = Mapping[str, Sequence[str]]
MOST = 20  # of one author
LONGEST = 60_000  # letters of one draft
SHOWN = 80  # letters of its description in a list


@dataclass(frozen=True)
class Draft:
    """`typed`: name of a field -> its values, as they were typed; `version` grows with each saving."""

    id: UUID
    version: int
    saved_at: datetime
    typed: Mapping[str, list[str]]

    @property
    def about(self) -> str:
        """The first words of its description; "" while there is none."""
        return " ".join((self.typed.get("uraian") or [""])[0].split())[:SHOWN]


def _draft(row: Any) -> Draft:
    return Draft(row.id, row.version, row.saved_at, parse(row.typed))


def _author(store: Store, by: UUID, at: datetime) -> None:
    access.require(acting.actor(store, by, at), "propose_force_majeure")


@retried
def mine(by: UUID, at: datetime) -> tuple[Draft, ...]:
    """The reader's own drafts, last saved first; none for who proposes nothing."""
    with transaction() as store:
        if not access.may(acting.actor(store, by, at), "propose_force_majeure"):
            return ()
        return tuple(map(_draft, store.declaration_states.drafts(by)))


@retried
def opened(id: UUID, by: UUID, at: datetime) -> Draft:
    """The reader's own draft.  Raises NotAllowed, NotFound, for anybody else's as well."""
    with transaction() as store:
        _author(store, by, at)
        row = store.declaration_states.draft(id, by)
        if row is None:
            raise NotFound("Draf tidak ditemukan.")
        return _draft(row)


@retried
def save(
    typed: Typed, by: UUID, at: datetime, id: UUID | None = None, version: int = 0, key: UUID | None = None
) -> UUID:
    """Keep what was typed, unread: the next version of the author's draft `id`, else a new one.

    The same sent twice stands once.  Raises NotAllowed, Refused when another window has saved a newer one, and for
    more or longer drafts than are kept.
    """
    kept = {name: [clean(one) for one in values] for name, values in typed.items()}
    if len(dump(kept)) > LONGEST:
        raise Refused("Draf ini terlalu panjang untuk disimpan.")
    with transaction() as store:
        _author(store, by, at)
        before = idempotency.begin(store, key, by, idempotency.fingerprint("draft", id or "", kept), at)
        if before is not None:
            return UUID(before["draft"])
        saved = _saved(store, kept, by, at, id, version)
        idempotency.answer(store, key, {"draft": str(saved)})
        return saved


def _saved(store: Store, kept: Mapping[str, list[str]], by: UUID, at: datetime, id: UUID | None, version: int) -> UUID:
    """One that was thrown away meanwhile begins anew: what was typed is never lost."""
    if id is not None and store.declaration_states.save_draft(id, by, kept, at, version):
        return id
    row = store.declaration_states.draft(id, by) if id is not None else None
    if row is not None and parse(row.typed) != kept:
        raise Refused("Draf yang lebih baru sudah tersimpan dari jendela lain; buka draf itu dari daftar.")
    return row.id if row is not None else _begun(store, kept, by, at)


def _begun(store: Store, kept: Mapping[str, list[str]], by: UUID, at: datetime) -> UUID:
    if store.declaration_states.count_drafts(by) >= MOST:
        raise Refused("Paling banyak %(n)s draf; buang yang tidak dipakai lagi.", n=MOST)
    id = uuid7()
    store.declaration_states.add_draft(id, by, kept, at)
    return id


@retried
def discard(id: UUID, by: UUID, at: datetime) -> None:
    """Throw a draft away; one that is gone already stays gone.  Raises NotAllowed."""
    with transaction() as store:
        _author(store, by, at)
        store.declaration_states.drop_draft(id, by)
