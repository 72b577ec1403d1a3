"""The mailbox: every message the office sent, and what became of it; an applicant sees his own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app

from app.operations import acting
from app.operations.retrying import retried
from app.store import Store, transaction
from engine import access
from engine.access import Actor
from engine.errors import NotFound

PAGE = 50
# These carry a key to the addressee's account: once letters really travel nobody else reads it, and in the
# demonstration, where letters end here, only whoever governs all accounts anyhow.
KEYS = ("verifikasi", "reset")


@dataclass(frozen=True)
class Mailbox:
    rows: tuple[Any, ...]
    names: Mapping[UUID, str]
    more: tuple[datetime, UUID] | None
    everybody: bool  # the office's own mailbox, else the person's
    demonstration: bool  # letters end here instead of travelling


@dataclass(frozen=True)
class Message:
    row: Any
    to: str
    body: str
    withheld: bool
    told_by: str  # who told it to a person without e-mail, "" while nobody has


def demonstration() -> bool:
    """No mail server is configured outside production: the mailbox is where letters end."""
    settings = current_app.extensions["settings"]
    return not settings.smtp_url and not settings.production


@retried
def page(by: UUID, at: datetime, before: tuple[datetime, UUID] | None = None) -> Mailbox:
    """Newest first, fifty at a time; `before` is the last one seen, by its instant and name."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        everybody = access.may(who, "see_messages")
        rows = store.outbox.messages(person=None if everybody else who.id, limit=PAGE + 1, before=before)
        names = store.people.names({who for one in rows for who in (one.to_person, one.told_by) if who})
        more = (rows[PAGE - 1].created_at, rows[PAGE - 1].id) if len(rows) > PAGE else None
        return Mailbox(rows[:PAGE], names, more, everybody, demonstration())


@retried
def message(id: UUID, by: UUID, at: datetime) -> Message:
    """Raises NotFound for a message of somebody else."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        row = store.outbox.message(id)
        if row is None or (row.to_person != who.id and not access.may(who, "see_messages")):
            raise NotFound("Pesan tidak ditemukan.")
        return _message(store, row, who)


def _message(store: Store, row: Any, who: Actor) -> Message:
    withheld = row.notice in KEYS and row.to_person != who.id and not _holds_all_keys(who)
    body = "Isi pesan ini kunci akun penerimanya, jadi tidak diperlihatkan." if withheld else row.body
    names = store.people.names({row.to_person, row.told_by} - {None})
    return Message(row, names.get(row.to_person, ""), body, withheld, names.get(row.told_by, ""))


def _holds_all_keys(who: Actor) -> bool:
    return demonstration() and access.may(who, "manage_people")
