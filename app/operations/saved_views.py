"""Ways of looking at the inbox that an official keeps under a name of his own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.ids import uuid7
from engine.errors import NotFound, Refused, Sentence, SubmissionInvalid
from engine.forms.values import clean

LONGEST_NAME = 60
MOST = 20
KEPT = ("daftar", "izin", "tahap", "jam", "cari", "instansi", "wilayah", "status")


@dataclass(frozen=True)
class SavedView:
    id: UUID
    name: str
    query: Mapping[str, str]


def of(store: Store, person: UUID) -> tuple[SavedView, ...]:
    """The ways a person keeps, by name."""
    return tuple(SavedView(one.id, one.name, _sound(json.loads(one.query))) for one in store.saved_views.of(person))


@retried
def keep(name: str, query: Mapping[str, str], by: UUID, at: datetime) -> None:
    """Keep a way of looking; under a name that is kept already it takes the old one's place.

    `query`: what the list is sifted by, other words are left out.  Raises SubmissionInvalid at `nama`, Refused beyond
    the twentieth, NotFound for applicants.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        if who.kind != "official":
            raise NotFound("Halaman tidak ditemukan.")
        word = _named(name)
        names = {one.name for one in store.saved_views.of(by)}
        if word not in names and len(names) >= MOST:
            raise Refused("Paling banyak %(most)s tampilan dapat disimpan; hapus dahulu salah satunya.", most=MOST)
        store.saved_views.keep(uuid7(), by, word, json.dumps(_sound(query), sort_keys=True), at)


@retried
def drop(id: UUID, by: UUID, at: datetime) -> None:
    """Forget a way of looking; one that is not his stays."""
    with transaction() as store:
        store.saved_views.drop(acting.actor(store, by, at).id, id)


def _named(name: str) -> str:
    word = clean(name)
    if not word:
        raise SubmissionInvalid({"nama": Sentence("%(label)s wajib diisi", label="Nama tampilan")})
    if len(word) > LONGEST_NAME:
        count = len(word)
        raise SubmissionInvalid(
            {"nama": Sentence("Paling banyak %(most)s huruf, Anda menulis %(count)s", most=LONGEST_NAME, count=count)}
        )
    return word


def _sound(query: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(query[key])[:100] for key in KEPT if query.get(key)}
