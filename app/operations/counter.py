"""The counter: find or register a person and see what he has applied for (people without e-mail exist)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting, personal, telling
from app.operations.board import BoardLine, lines_of
from app.operations.retrying import retried
from app.store import transaction
from engine import access
from engine.errors import NotFound
from engine.forms.values import clean

MOST = 20
SHORTEST = 3


@dataclass(frozen=True)
class Person:
    """An applicant as the counter sees him: the NIK masked."""

    id: UUID
    name: str
    nik: str
    phone: str
    email: str


def _person(row: Any) -> Person:
    return Person(row.id, row.name, personal.masked(row.nik), row.phone or "", row.email or "")


@retried
def find_people(text: str, by: UUID, at: datetime) -> tuple[Person, ...]:
    """Applicants by full NIK, or by part of a name of three letters and more; by name, at most twenty."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "file_for_applicant")
        wanted = clean(text)[:100]
        digits = "".join(one for one in wanted if one.isdigit())
        hmac = personal.nik_hmac(digits) if len(digits) == 16 else None
        if hmac is not None:
            return tuple(_person(row) for row in store.people.by_nik(hmac) if row.kind == "applicant")
        if len(wanted) < SHORTEST:
            return ()
        return tuple(_person(row) for row in store.people.applicants_named(wanted, MOST))


@dataclass(frozen=True)
class PersonPage:
    person: Person
    cases: tuple[BoardLine, ...]
    untold: tuple[telling.Untold, ...]


@retried
def person_page(id: UUID, by: UUID, at: datetime) -> PersonPage:
    """One applicant with the own cases, newest first, and what is still to be told, oldest first; raises NotFound."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "file_for_applicant")
        row = store.people.row(id)
        if row is None or row.kind != "applicant":
            raise NotFound("Pemohon tidak ditemukan.")
        lines = tuple(lines_of(store, store.case_lists.cases_of_applicant(id), at))
        return PersonPage(_person(row), lines, telling.untold(store, id))
