"""Beside each promise or term, what told its applicant: the message of its act, and letters that print the date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations.clock_views import NAMES
from app.operations.notifying import long_day
from app.store import Store

SAME_ACT = timedelta(seconds=1)  # a promise made in the instant of the one before it is written a moment later
MOST_MESSAGES = 500
# As the notices of declarations and calendars write it (`declaring`, `calendar_effect`).
MOVED_TERM, MOVED_PROMISE = re.compile(r"^(.+): semula .+; sekarang .+\.$", re.MULTILINE), "; janji sekarang "


@dataclass(frozen=True)
class Telling:
    """`row`: the message or letter; `names_date`: whether the promised day stands in it, and not only in the file."""

    kind: str  # "message" | "letter"
    row: Any
    at: datetime
    title: str
    names_date: bool


def tellings(
    store: Store, case_id: UUID, promises: Sequence[Any], applicant: UUID, known_at: datetime | None = None
) -> dict[UUID, tuple[Telling, ...]]:
    """By promise, oldest telling first, of those told by `known_at`; a promise that nobody told has none."""
    messages = [
        one for one in store.outbox.messages(case_id=case_id, limit=MOST_MESSAGES) if one.to_person == applicant
    ]
    letters, titles = store.documents.letters_of(case_id), _titles(store)
    found = {one.id: sorted(_of(one, messages, letters, titles), key=lambda each: each.at) for one in promises}
    return {id: tuple(one for one in told if known_at is None or one.at <= known_at) for id, told in found.items()}


def _titles(store: Store) -> Mapping[str, str]:
    return {one.code: one.title for one in store.deployments.active().catalogue.letters.values()}


def _of(promise: Any, messages: Iterable[Any], letters: Iterable[Any], titles: Mapping[str, str]) -> Iterable[Telling]:
    acted = (one for one in messages if timedelta(0) <= promise.made_at - one.created_at < SAME_ACT)
    same = [one for one in acted if _about(one.body, promise.clock)]
    # One act may tell of a promise and of a term in a message each: the one that names this date is this one's.
    naming = [one for one in same if promise.promised_at is not None and long_day(promise.promised_at) in one.body]
    for one in naming or same:
        yield Telling("message", one, one.created_at, one.subject, bool(naming))
    for one in letters:
        if promise.promised_at is not None and one.issued_at >= promise.made_at - SAME_ACT and _prints(one, promise):
            yield Telling("letter", one, one.issued_at, titles.get(one.kind, one.kind), True)


def _about(body: str, clock: str) -> bool:
    """Whether a message can tell of a clock: one that says how a term or a promise moved tells of no other."""
    if terms := MOVED_TERM.findall(body):
        return NAMES.get(clock, "") in terms
    return clock == "L" or MOVED_PROMISE not in body


def _prints(letter: Any, promise: Any) -> bool:
    return promise.promised_at.astimezone(WIB).isoformat() in letter.values
