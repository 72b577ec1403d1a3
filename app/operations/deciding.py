"""A change of law in two hands: what one person proposes with its decree, another adopts or refuses.

The same act whatever it is that changes; what the change itself does is its own module's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting
from app.operations.notifying import day_words
from app.store import Store
from app.store.proposals import ProposalStore
from engine import access, reasons
from engine.access import Actor
from engine.errors import NotAllowed, NotFound, Refused, Sentence
from engine.forms.values import clean

LONGEST_DECREE, LONGEST_REASON = 200, 2000
SHORTEST_DECREE = 3


@dataclass(frozen=True)
class Matter:
    """What is decided: where its proposals are kept, whose permission it takes, how the office's chain calls it.

    `name`: the proposal's key in an event's body.  The rest are sentences: there is none, it was decided, the
    proposer may not, no decree is named, the decree bears another proposal (of `%(day)s`; `%(typed)s` is `about` it).
    """

    kept: Callable[[Store], ProposalStore]
    permission: str
    event: str
    name: str
    unknown: str
    decided: str
    own: str
    undecreed: str
    taken: str
    about: Callable[[Any], str] = lambda row: ""


def waits(row: Any) -> bool:
    """Whether a proposal is neither adopted nor refused."""
    return row.approved_at is None and row.rejected_at is None


def found(store: Store, matter: Matter, id: UUID) -> Any:
    """A proposal to look at.  Raises NotFound."""
    row = matter.kept(store).row(id)
    if row is None:
        raise NotFound(matter.unknown)
    return row


def may_decide(who: Actor, matter: Matter, row: Any) -> bool:
    return waits(row) and access.may(who, matter.permission) and row.proposed_by != who.id


def names(store: Store, rows: Iterable[Any]) -> dict[UUID, str]:
    """Who proposed, adopted and refused these."""
    people = {one for row in rows for one in (row.proposed_by, row.approved_by, row.rejected_by) if one}
    return store.people.names(people)


def decree_fault(matter: Matter, decree: str) -> dict[str, str]:
    """A sentence at `keputusan` where no decree was typed, or a whole text in its place."""
    if len(clean(decree)) > LONGEST_DECREE:
        return {"keputusan": _wordy(decree, LONGEST_DECREE)}
    return {} if len(clean(decree)) >= SHORTEST_DECREE else {"keputusan": matter.undecreed}


def decree_taken(store: Store, matter: Matter, decree: str) -> dict[str, str]:
    """A sentence at `keputusan` where another proposal rests on this decree; a refused one gives it back."""
    other = matter.kept(store).resting_on(decree)
    if other is None:
        return {}
    return {"keputusan": Sentence(matter.taken, day=day_words(other.recorded_at), typed=matter.about(other))}


def note_fault(text: str) -> dict[str, str]:
    """A sentence at `sebab` where the note to the second person is longer than is kept; nothing is cut off unseen."""
    return {"sebab": _wordy(text)} if len(clean(text)) > LONGEST_REASON else {}


def _wordy(text: str, most: int = LONGEST_REASON) -> Sentence:
    return Sentence("Paling banyak %(most)s huruf, Anda menulis %(count)s", most=most, count=len(clean(text)))


def second(store: Store, matter: Matter, id: UUID, by: UUID, at: datetime) -> Any:
    """The waiting proposal under its lock, for the other person who adopts it, while no case moves.

    Raises NotAllowed, for the proposer himself as well, NotFound, Refused when it was decided.
    """
    access.require(acting.actor(store, by, at), matter.permission)
    store.calendars.move()
    row = _waiting(store, matter, id)
    if row.proposed_by == by:
        raise NotAllowed(matter.own)
    return row


def adopt(store: Store, matter: Matter, row: Any, told: Mapping[str, Any], by: UUID, at: datetime) -> None:
    """Write the adoption down; `told`: what the office's chain says of it beside the decree."""
    matter.kept(store).decide(row.id, approved_by=by, approved_at=at)
    store.calendars.tell(f"{matter.event}_adopted", {matter.name: str(row.id), "decree": row.decree, **told}, by, at)


def reject(store: Store, matter: Matter, id: UUID, because: str, by: UUID, at: datetime) -> None:
    """Refuse a proposal with a reason; nothing of the law moves.

    Raises NotAllowed, NotFound, Refused when it was decided, SubmissionInvalid at `alasan`.
    """
    access.require(acting.actor(store, by, at), matter.permission)
    row = _waiting(store, matter, id)
    values = {"rejected_by": by, "rejected_at": at, "rejected_because": reason(because)}
    matter.kept(store).decide(row.id, **values)
    store.calendars.tell(f"{matter.event}_rejected", {matter.name: str(row.id)}, by, at)


def reason(because: str, label: str = "Alasan menolak") -> str:
    """Why something is refused, cleaned.  Raises SubmissionInvalid at `alasan`."""
    return reasons.require(clean(because), label=label)


def _waiting(store: Store, matter: Matter, id: UUID) -> Any:
    row = matter.kept(store).lock(id)
    if row is None:
        raise NotFound(matter.unknown)
    if not waits(row):
        raise Refused(matter.decided)
    return row
