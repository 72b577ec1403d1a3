"""Sessions: kept in PostgreSQL under the hash of a random token; their own short transactions (ruling 28)."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations.retrying import retried
from app.store import transaction
from app.store.encoding import dump, parse
from engine.access import Actor

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Visit:
    """A session as a page sees it."""

    person: UUID | None
    data: dict[str, Any] = field(default_factory=dict)


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


@retried
def find(token: str, at: datetime) -> Visit | None:
    """The live session of a token, None when unknown, idle for 30 minutes or older than 12 hours."""
    with transaction() as store:
        row = store.sessions.get(hash_of(token))
        if row is None:
            return None
        if at - row.seen_at > IDLE or at - row.created_at > LONGEST:
            store.sessions.end(row.hash)
            return None
        if at - row.seen_at > SEEN_EVERY:
            store.sessions.change(row.hash, seen_at=at)
        return Visit(row.person_id, parse(row.data))


@retried
def begin(person: UUID | None, data: dict[str, Any], address: str, agent: str, at: datetime) -> str:
    """A new session under a fresh token: at the first visit, at login, at a change of rights."""
    token = secrets.token_urlsafe(32)
    with transaction() as store:
        values = {"person_id": person, "data": dump(data), "address": address[:60], "agent": agent[:200]}
        store.sessions.add(hash_of(token), at, **values)
    return token


@retried
def keep(token: str, data: dict[str, Any]) -> None:
    with transaction() as store:
        store.sessions.change(hash_of(token), data=dump(data))


@retried
def end(token: str) -> None:
    with transaction() as store:
        store.sessions.end(hash_of(token))


@retried
def sweep(at: datetime) -> None:
    """Remove dead sessions, old throttle windows and idempotency keys."""
    with transaction() as store:
        store.sessions.end_idle(at - IDLE, at - LONGEST)
        store.people.forget_attempts(at - timedelta(days=1))
        store.requests.forget_before(at - timedelta(days=7))


@dataclass(frozen=True)
class Person:
    """Who is logged in, with how he wants his pages."""

    actor: Actor
    email: str
    language: str
    theme: str
    demonstration: bool


@retried
def person(id: UUID, at: datetime) -> Person | None:
    """The person with today's grants; None when disabled or gone: out within one request."""
    with transaction() as store:
        actor = store.people.actor(id, at.astimezone(WIB).date())
        row = store.people.row(id)
        if actor is None or row is None:
            return None
        return Person(actor, row.email or "", row.language, row.theme, row.demonstration)
