"""Naming colleagues in an internal note: they find it in their inbox until they say that they have read it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from app.clock import WIB
from app.operations import acting
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from engine import access
from engine.access import Actor
from engine.errors import SubmissionInvalid

MOST = 20
EXCERPT = 200  # letters of the note in a message


@dataclass(frozen=True)
class Colleague:
    id: UUID
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    person: UUID
    name: str
    read_at: datetime | None


@retried
def colleagues(case_id: UUID, by: UUID, at: datetime) -> tuple[Colleague, ...]:
    """Officials who may read the notes of this file, by name, without the reader; empty for who may not write one."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        if not access.may(who, "add_note"):
            return ()
        held = acting.seen(store, case_id, who)
        return tuple(Colleague(one.id, one.name, tuple(sorted(one.roles))) for one in _readers(store, held, who, at))


def _readers(store: Store, held: Held, who: Actor, at: datetime) -> list[Actor]:
    officials = store.people.officials_on(at.astimezone(WIB).date())
    return [one for one in officials if one.id != who.id and one.grants and access.may_see(one, held.case)]


def keep(store: Store, held: Held, note: UUID, body: str, named: Collection[UUID], who: Actor, at: datetime) -> None:
    """Name colleagues in a note just written, and tell each; raises SubmissionInvalid at `sebut`."""
    if not named:
        return
    able = {one.id for one in _readers(store, held, who, at)}
    if len(named) > MOST or not able.issuperset(named):
        raise SubmissionInvalid({"sebut": "Pilih rekan yang boleh membaca berkas ini, paling banyak dua puluh"})
    store.mentions.name(note, named)
    subject = f"{who.name} menyebut Anda pada berkas {held.number or held.tracking_code}"
    for one in named:
        payload = {"to": str(one), "notice": "sebutan", "subject": subject, "body": body[:EXCERPT]}
        store.outbox.put(uuid5(note, str(one)), held.id, "message", payload, at)


def of_case(store: Store, case_id: UUID) -> Mapping[UUID, tuple[Mention, ...]]:
    """By note: whom it names."""
    found: dict[UUID, tuple[Mention, ...]] = {}
    for row in store.mentions.of_case(case_id):
        found[row.note_id] = (*found.get(row.note_id, ()), Mention(row.person_id, row.name, row.read_at))
    return found


def unread(store: Store, who: Actor) -> tuple[Any, ...]:
    return store.mentions.unread(who.id) if who.kind == "official" else ()


@retried
def read(case_id: UUID, by: UUID, at: datetime) -> int:
    """The reader has read every note of a file that names him; how many were new to him.  Raises NotFound."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        acting.seen(store, case_id, who)
        return store.mentions.read(case_id, who.id, at)
