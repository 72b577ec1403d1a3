"""Keeping an eye on files that others work on: their open tasks stand in a view of one's own inbox."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from app.operations import acting
from app.operations.retrying import retried
from app.store import transaction
from engine.errors import NotFound


@retried
def watch(case_id: UUID, by: UUID, at: datetime) -> None:
    """Put a file among those the official watches.  Raises NotFound for what he may not see, and for applicants."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        if who.kind != "official":
            raise NotFound("Berkas tidak ditemukan.")
        acting.seen(store, case_id, who)
        store.watches.begin(who.id, case_id, at)


@retried
def unwatch(case_id: UUID, by: UUID, at: datetime) -> None:
    """Take a file from those the official watches; one that is not among them stays away."""
    with transaction() as store:
        store.watches.end(acting.actor(store, by, at).id, case_id)
