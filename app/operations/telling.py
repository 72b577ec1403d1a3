"""Telling people without e-mail what the office wrote to them: who told it, when and how is kept with the message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting
from app.operations.asking import TOO_LONG
from app.operations.retrying import retried
from app.store import Store, transaction
from engine import access
from engine.errors import NotFound, Sentence, SubmissionInvalid
from engine.forms.values import clean

PAGE = 50
LONGEST_NOTE = 500
# How a message was told -> what then became of it.
WAYS = {
    "loket": "disampaikan di loket",
    "telepon": "disampaikan lewat telepon",
    "surat": "disampaikan dengan surat",
}


@dataclass(frozen=True)
class Waiting:
    """Applicants who are still to be told something: rows with id, name, phone, untold (a count), since."""

    rows: tuple[Any, ...]
    more: tuple[datetime, UUID] | None


@dataclass(frozen=True)
class Untold:
    """A message that its person has not been told yet, and the number of the file it speaks of."""

    row: Any
    number: str


@retried
def waiting(by: UUID, at: datetime, after: tuple[datetime, UUID] | None = None) -> Waiting:
    """Who waits to be told, longest first, fifty at a time; `after` is the last one seen.  Raises NotAllowed."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "tell_messages")
        rows = store.untold.people(PAGE + 1, after)
        more = (rows[PAGE - 1].since, rows[PAGE - 1].id) if len(rows) > PAGE else None
        return Waiting(rows[:PAGE], more)


@retried
def count(by: UUID, at: datetime) -> int:
    """How many people wait to be told something.  Raises NotAllowed."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "tell_messages")
        return store.untold.count()


def untold(store: Store, person: UUID) -> tuple[Untold, ...]:
    """What a person is still to be told, of all files, oldest first."""
    rows = store.untold.of(person)
    cases = store.case_lists.case_rows({one.case_id for one in rows if one.case_id})
    numbers = {one.id: one.number or one.tracking_code for one in cases}
    return tuple(Untold(one, numbers.get(one.case_id, "")) for one in rows)


@retried
def tell(person: UUID, messages: Sequence[UUID], way: str, note: str, by: UUID, at: datetime) -> int:
    """Mark messages to a person as told by `by` at `at`; returns how many nobody had told before.

    `way`: a key of WAYS.  One that was told before keeps who told it first, so
    that a second press changes nothing.  Raises NotAllowed, NotFound for a
    message of somebody else, SubmissionInvalid at `pesan`, `cara` or `catatan_penyampaian`.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "tell_messages")
        words = clean(note)
        _check(messages, way, words)
        wanted = sorted(set(messages))
        if not store.untold.belong(person, wanted):
            raise NotFound("Pesan tidak ditemukan.")
        told = store.untold.tell(wanted, at, fate=WAYS[way], told_by=by, told_how=way, told_note=words)
        if told:
            body = {"person": str(person), "messages": [str(one) for one in told], "how": way}
            store.calendars.tell("messages_told", body, by, at)
        return len(told)


def _check(messages: Sequence[UUID], way: str, note: str) -> None:
    """Raise SubmissionInvalid with every fault at once."""
    errors: dict[str, str] = {}
    if not messages:
        errors["pesan"] = "Pilih pesan yang sudah disampaikan"
    if way not in WAYS:
        errors["cara"] = "Pilih bagaimana pesan disampaikan"
    if len(note) > LONGEST_NOTE:
        errors["catatan_penyampaian"] = Sentence(TOO_LONG, label="Catatan", n=LONGEST_NOTE, written=len(note))
    if errors:
        raise SubmissionInvalid(errors)
