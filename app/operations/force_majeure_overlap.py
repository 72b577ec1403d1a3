"""Declarations beside each other: the very same one is refused, one that another covers already is pointed out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from app.operations.force_majeure_proposal import Proposal
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


def covering_it(store: Store, version: DeclarationVersion, own: UUID | None) -> Iterator[Sentence]:
    """A sentence for each other declaration that meets the version's span with the same scope or a wider one."""
    if version.kind == "REVOKE" or version.since is None:
        return
    for row in _standing_or_waiting(store, own):
        if _meet(row, version) and _wider(scope_of(parse(row.scope)), version.scope):
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


def _meet(row: Any, version: DeclarationVersion) -> bool:
    begins_before = version.until is None or row.since < version.until
    return begins_before and (row.until is None or (version.since is not None and version.since < row.until))


def _wider(one: Scope, other: Scope) -> bool:
    return all(_holds(name, getattr(one, name), getattr(other, name)) for name in DIMENSIONS)


def _holds(name: str, wide: frozenset[str] | None, narrow: frozenset[str] | None) -> bool:
    """Whether every value of `narrow` is one of `wide`; None means all."""
    if wide is None or narrow is None:
        return wide is None
    if name != "areas":
        return narrow <= wide
    return all(any(covers_area(code, area) for code in wide) for area in narrow)
