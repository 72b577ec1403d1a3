"""Declarations beside each other: the very same one is refused, one that meets another is said to be another event.

What two of them cover together is counted once; still, one event declared twice has two decrees to correct and to end,
so whoever proposes says which of the two it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations.force_majeure_proposal import Proposal, too_wordy, wordy
from app.store import Store
from app.store.calendars import DIMENSIONS, scope_of
from app.store.encoding import parse
from engine.clocks import DeclarationVersion, Scope
from engine.clocks.force_majeure import covers_area
from engine.errors import Sentence, SubmissionInvalid


def refuse_the_same(store: Store, proposal: Proposal) -> None:
    """One event is declared once: raises SubmissionInvalid at `sejak`, naming what waits or stands already.

    The same span, scope and kind of event; what was rejected or undone may be proposed anew.
    """
    for row in _standing_or_waiting(store, None):
        if _alike(row, proposal):
            told = "Keadaan kahar dengan rentang, cakupan, dan jenis peristiwa yang sama sudah ada: %(code)s"
            raise SubmissionInvalid({"sejak": Sentence(told, code=row.code)})


def _alike(row: Any, proposal: Proposal) -> bool:
    said = (row.since, row.until, row.event_kind, row.effect)
    wanted = (proposal.since, proposal.until, proposal.event_kind, proposal.effect)
    return said == wanted and scope_of(parse(row.scope)) == scope_of(proposal.scope)


SHORTEST = 20  # letters of a reason


@dataclass(frozen=True)
class Met:
    """Another declaration that stands or waits and meets a proposal in time and scope; `decree` "" while it waits."""

    id: UUID
    code: str
    decree: str
    event_kind: str
    event: str
    since: datetime
    until: datetime | None


def meeting(store: Store, proposal: Proposal, own: UUID | None = None) -> tuple[Met, ...]:
    """Newest first, each once; `own`: the declaration that a correction changes."""
    wanted = scope_of(proposal.scope)
    rows = (
        row
        for row in _standing_or_waiting(store, own)
        if _overlap(row, proposal.since, proposal.until) and _common(scope_of(parse(row.scope)), wanted)
    )
    found = {row.declaration_id: row for row in rows}
    return tuple(
        Met(id, row.code, row.decree, row.event_kind, row.event, row.since, row.until) for id, row in found.items()
    )


def newly_meeting(store: Store, wanted: Proposal, stands: Proposal, own: UUID) -> tuple[Met, ...]:
    """What a declaration meets only as it is corrected; of what it met before nothing new is to be said."""
    before = {one.id for one in meeting(store, stands, own)}
    return tuple(one for one in meeting(store, wanted, own) if one.id not in before)


def say_which(found: tuple[Met, ...], proposal: Proposal) -> tuple[Met, ...]:
    """The declarations that it meets, of which its author said that they are another event.

    Raises SubmissionInvalid at `tumpang`, and at `alasan_lain` where he said so without a reason that can be kept.
    """
    if found and not proposal.apart.strip():
        told = "Bertemu dengan %(codes)s dalam waktu dan cakupan: katakan apakah ini peristiwa lain, dan mengapa"
        raise SubmissionInvalid({"tumpang": Sentence(told, codes=", ".join(one.code for one in found))})
    if found and len(proposal.apart.strip()) < SHORTEST:
        told = "Tulis mengapa ini peristiwa lain, paling sedikit %(n)s huruf"
        raise SubmissionInvalid({"alasan_lain": Sentence(told, n=SHORTEST)})
    if found and too_wordy(proposal.apart):
        raise SubmissionInvalid({"alasan_lain": wordy(proposal.apart)})
    return found


def _common(one: Scope, other: Scope) -> bool:
    """Whether anything can lie in both: no dimension of which both name other values."""
    return all(_share(name, getattr(one, name), getattr(other, name)) for name in DIMENSIONS)


def _share(name: str, one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    if one is None or other is None:
        return True
    if name != "areas":
        return bool(one & other)
    return any(covers_area(a, b) or covers_area(b, a) for a in one for b in other)


def covering_it(store: Store, version: DeclarationVersion, own: UUID | None) -> Iterator[Sentence]:
    """A sentence for each other declaration that meets the version's span with the same scope or a wider one."""
    if version.kind == "REVOKE" or version.since is None:
        return
    for row in _standing_or_waiting(store, own):
        if _overlap(row, version.since, version.until) and _wider(scope_of(parse(row.scope)), version.scope):
            told = (
                "Tumpang tindih dengan %(code)s, yang cakupannya sama atau lebih luas; waktu yang sama dihitung sekali."
            )
            yield Sentence(told, code=row.code)


def _standing_or_waiting(store: Store, own: UUID | None) -> Iterator[Any]:
    """Of each other declaration the version that waits, and the one that stands unless it was undone."""
    seen: set[tuple[UUID, bool]] = set()
    for row in store.calendars.versions():  # newest first
        established = row.approved_at is not None
        if row.declaration_id == own or row.rejected_at is not None or (row.declaration_id, established) in seen:
            continue
        seen.add((row.declaration_id, established))
        if row.kind != "REVOKE":
            yield row


def _overlap(row: Any, since: datetime, until: datetime | None) -> bool:
    return bool((until is None or row.since < until) and (row.until is None or since < row.until))


def _wider(one: Scope, other: Scope) -> bool:
    return all(_holds(name, getattr(one, name), getattr(other, name)) for name in DIMENSIONS)


def _holds(name: str, wide: frozenset[str] | None, narrow: frozenset[str] | None) -> bool:
    """Whether every value of `narrow` is one of `wide`; None means all."""
    if wide is None or narrow is None:
        return wide is None
    if name != "areas":
        return narrow <= wide
    return all(any(covers_area(code, area) for code in wide) for area in narrow)
