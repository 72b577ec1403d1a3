"""Declarations to look at: the register, and those in force at an instant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting
from app.operations.retrying import retried
from app.store import Store, transaction
from engine.access import Actor
from engine.errors import NotFound


def officials_only(store: Store, by: UUID, at: datetime) -> Actor:
    """The acting official; raises NotFound for anybody else."""
    who = acting.actor(store, by, at)
    if who.kind != "official":
        raise NotFound("Halaman tidak ditemukan.")
    return who


@retried
def register(by: UUID, at: datetime) -> tuple[tuple[Any, ...], Mapping[UUID, str]]:
    """Every declaration's versions, newest first, and the names of those who proposed and decided."""
    with transaction() as store:
        officials_only(store, by, at)
        rows = store.calendars.versions()
        people = {one for row in rows for one in (row.proposed_by, row.approved_by) if one}
        return rows, store.people.names(people)


def covering(store: Store, at: datetime) -> tuple[Any, ...]:
    """The last approved versions that cover `at` and are not revoked."""
    latest: dict[UUID, Any] = {}
    for row in store.calendars.versions():
        if row.approved_at is not None:
            latest.setdefault(row.declaration_id, row)
    return tuple(
        one
        for one in latest.values()
        if one.kind != "REVOKE" and one.since <= at and (one.until is None or at < one.until)
    )


@retried
def in_force(at: datetime) -> tuple[Any, ...]:
    """Declarations in force now, for the banner."""
    with transaction() as store:
        return covering(store, at)
