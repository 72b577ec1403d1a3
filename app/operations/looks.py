"""Siapa melihat data siapa: officials' looks at files and papers are recorded, and supervisors read that record.

The supervisor's own looks stand in it like everybody's (UU 27/2022); applicants looking at what is theirs do not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, personal
from app.operations.patterns import Span
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.ids import uuid7
from app.store.looks import GROUPS, Period
from app.store.looks import Sieve as Sieve
from engine import access
from engine.catalogue.patterns import law_of

MOST, TABLE = 200, 10_000


@dataclass(frozen=True)
class Looks:
    """`sums` by what `by` names, or the single looks of `sieve`; `least`: from how many files without a task on."""

    span: Span
    by: str
    sieve: Sieve | None
    sums: tuple[Any, ...]
    lines: tuple[Any, ...]
    more: bool
    about: str  # whose looks are listed, in words
    least: int
    roles: Mapping[UUID, tuple[str, ...]]


@retried
def opened(kind: str, id: UUID, by: UUID, at: datetime, address: str = "") -> None:
    """An official opened a file's card, a task, a paper or a letter: kept once a day for each.  `kind`: of KINDS."""
    with transaction() as store:
        found = KINDS[kind](store, id)
        if found is None:
            return
        case_id, what, why = found
        day = datetime.combine(at.astimezone(WIB).date(), time.min, WIB)
        store.looks.once(uuid7(), at, day, person=by, what=what, case_id=case_id, why=why, address=address)


def _case(store: Store, id: UUID) -> tuple[UUID, str, str] | None:
    return id, personal.CASE, ""


def _task(store: Store, id: UUID) -> tuple[UUID, str, str] | None:
    row = store.cases.task_row(id)
    return (row.case_id, personal.CASE, "") if row else None


def _document(store: Store, id: UUID) -> tuple[UUID, str, str] | None:
    row = store.documents.get(id)
    return (row.case_id, personal.DOCUMENT, row.name[:200]) if row else None


def _letter(store: Store, id: UUID) -> tuple[UUID, str, str] | None:
    row = store.documents.letter(id)
    if row is None or row.case_id is None:
        return None
    return row.case_id, personal.DOCUMENT, store.deployments.get(row.deployment_id).catalogue.letters[row.kind].title


# What was opened -> its file, what is recorded, and the paper's name.
KINDS: Mapping[str, Callable[[Store, UUID], tuple[UUID, str, str] | None]] = {
    "case_id": _case,
    "task_id": _task,
    "document_id": _document,
    "letter_id": _letter,
}


@retried
def page(span: Span, by: str, sieve: Sieve | None, person: UUID, at: datetime, address: str = "") -> Looks:
    """Looks of a period added up `by` one of GROUPS, or those of `sieve` one by one; recorded as a look itself.

    Raises NotAllowed, SubmissionInvalid at `sampai`.
    """
    return _looks(span, by, sieve, MOST, person, at, address)


@retried
def table(span: Span, by: str, sieve: Sieve | None, person: UUID, at: datetime, address: str = "") -> Looks:
    """Likewise up to TABLE lines, for a spreadsheet."""
    return _looks(span, by, sieve, TABLE, person, at, address)


def _looks(span: Span, by: str, sieve: Sieve | None, most: int, person: UUID, at: datetime, address: str) -> Looks:
    with transaction() as store:
        access.require(acting.actor(store, person, at), "see_ledger")
        span.require()
        by = by if by in GROUPS else GROUPS[0]
        period = Period(*span.edges, personal.OF_DATA, personal.OF_AUDIT)
        lines = store.looks.listed(period, sieve, most + 1) if sieve else ()
        sums = () if sieve else store.looks.sums(period, by, most + 1)
        law = law_of(store.deployments.active().catalogue.settings)
        _recorded(store, span, by, sieve, person, at, address)
        roles = {one[0]: _roles(store, one[0], at) for one in sums} if by == "pelihat" else {}
        more = len(lines) > most or len(sums) > most
        about = _about(store, sieve) if sieve else ""
        return Looks(span, by, sieve, sums[:most], lines[:most], more, about, law.looks_least if law else 1, roles)


def _roles(store: Store, person: UUID, at: datetime) -> tuple[str, ...]:
    day = at.astimezone(WIB).date()
    return tuple(dict.fromkeys(one.role for one in store.people.grants_on(person, day)))


def _about(store: Store, sieve: Sieve) -> str:
    names = store.people.names({one for one in (sieve.person, sieve.owner) if one})
    case = store.trail.cases([sieve.case_id]).get(sieve.case_id) if sieve.case_id else None
    number = (case.number or case.tracking_code) if case else ""
    return " · ".join(one for one in (*names.values(), number) if one)


def _recorded(store: Store, span: Span, by: str, sieve: Sieve | None, person: UUID, at: datetime, address: str) -> None:
    why = f"dari {span.since:%d/%m/%Y}; sampai {span.until:%d/%m/%Y}; menurut {by}"
    subject = (sieve.person or sieve.owner) if sieve else None
    values = {"subject_id": subject, "case_id": sieve.case_id if sieve else None, "why": why, "address": address}
    store.people.log_access(uuid7(), at, person_id=person, what=personal.LOOKS, **values)
