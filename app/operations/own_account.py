"""What a person does with the own account: change the password, see and end sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting, sessions
from app.operations.people import MOST_WRONG, count_attempt, hashed, matches, password_fault
from app.operations.retrying import retried
from app.store import transaction
from engine.access import Grant
from engine.errors import Refused, SubmissionInvalid


@dataclass(frozen=True)
class OpenSession:
    seen_at: datetime
    created_at: datetime
    address: str
    agent: str
    this_one: bool


@dataclass(frozen=True)
class Account:
    row: Any
    grants: tuple[Grant, ...]
    sessions: tuple[OpenSession, ...]


@retried
def page(by: UUID, token: str, at: datetime) -> Account:
    """The account with the grants valid today and its sessions, the newest first."""
    with transaction() as store:
        who, mine = acting.actor(store, by, at), sessions.hash_of(token)
        rows = store.sessions.of(by)
        found = (OpenSession(one.seen_at, one.created_at, one.address, one.agent, one.hash == mine) for one in rows)
        return Account(store.people.row(by), who.grants, tuple(found))


def same_twice(password: str, again: str) -> None:
    """Raise SubmissionInvalid unless the new password was typed twice alike."""
    if password != again:
        raise SubmissionInvalid({"ulang": "Kata sandi baru tidak sama; tulis dua kali yang sama"})


@retried
def change_password(by: UUID, old: str, new: str, at: datetime) -> None:
    """Another password; ends every session of the account, so that the page begins a new one."""
    if count_attempt("password", str(by), at) > MOST_WRONG:
        raise Refused("Terlalu banyak percobaan. Coba lagi dalam 15 menit.")
    with transaction() as store:
        acting.actor(store, by, at)
        row = store.people.row(by)
    errors = {} if matches(row.password_hash or "", old) else {"lama": "Kata sandi lama tidak cocok"}
    fault = password_fault(new, row.name, (row.email or "").partition("@")[0])
    if fault:
        errors["sandi"] = fault
    if errors:
        raise SubmissionInvalid(errors)
    secret = hashed(new)
    with transaction() as store:
        store.people.change(by, password_hash=secret)
        store.people.end_sessions(by)


@retried
def end_other_sessions(by: UUID, token: str, at: datetime) -> None:
    with transaction() as store:
        acting.actor(store, by, at)
        store.sessions.end_others(by, sessions.hash_of(token))
