"""What an administrator looks at and turns: number books, health, the ledger's verification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import current_app

from app.clock import WIB
from app.operations import acting, auditing
from app.operations.retrying import retried
from app.store import transaction
from engine import access
from engine.catalogue import Catalogue, Register
from engine.errors import NotFound, Sentence, SubmissionInvalid
from engine.numbering import number, scope

LARGEST = 99_999


# --- number books


@dataclass(frozen=True)
class Book:
    register: Register
    scope: str
    next: int
    example: str  # how the next number will read


@dataclass(frozen=True)
class Books:
    open: tuple[Book, ...]
    registers: tuple[Register, ...]
    permits: tuple[tuple[str, str], ...]
    may_set: bool


@retried
def books(by: UUID, at: datetime) -> Books:
    """The books that hold a number already, and the registers that may be given a start value."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_settings")
        catalogue = store.deployments.active().catalogue
        rows = (one for one in store.numbers.books() if one[0] in catalogue.registers)
        return Books(
            tuple(_book(catalogue, *row, at) for row in rows),
            tuple(catalogue.registers.values()),
            tuple((one.code, one.name) for one in catalogue.permits.values() if one.active),
            access.may(who, "manage_settings"),
        )


def _book(catalogue: Catalogue, code: str, span: str, following: int, at: datetime) -> Book:
    register, permit = catalogue.registers[code], span.partition("/")[2] or "IMB"
    unit = str(catalogue.settings.get("unit_code", "DPMPTSP"))
    return Book(register, span, following, number(register, following, permit, at.astimezone(WIB).date(), unit))


@retried
def start_book(register: str, permit: str, year: str, first: str, by: UUID, at: datetime) -> str:
    """Let a book begin at `first` (an office that had paper books); returns its scope.

    Only before its first number, and until then as often as it takes: a gap-free book is never turned back.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "manage_settings")
        catalogue = store.deployments.active().catalogue
        errors = _book_faults(catalogue, register, permit, year, first)
        if errors:
            raise SubmissionInvalid(errors)
        book = catalogue.registers[register]
        span = scope(book, permit if book.per_permit else "", date(int(year), 1, 1))
        if store.numbers.given(register, span):
            raise SubmissionInvalid({"register": "Buku ini sudah dipakai; nomornya tidak dapat diatur lagi"})
        store.numbers.start_at(register, span, int(first))
        store.calendars.tell("book_started", {"register": register, "scope": span, "next": int(first)}, by, at)
        return span


def _book_faults(catalogue: Catalogue, register: str, permit: str, year: str, first: str) -> dict[str, str]:
    errors = {}
    if register not in catalogue.registers:
        errors["register"] = "Pilih buku"
    elif catalogue.registers[register].per_permit and permit not in catalogue.permits:
        errors["izin"] = "Buku ini dipisahkan menurut izin; pilih izinnya"
    if not (_plain(year, 4) and 2000 <= int(year) <= 2100):
        errors["tahun"] = "Tahun ditulis dengan empat angka"
    if not (_plain(first, 5) and 1 <= int(first) <= LARGEST):
        errors["mulai"] = Sentence("Nomor pertama antara 1 dan %(n)s", n=LARGEST)
    return errors


def _plain(text: str, longest: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= longest


# --- health


@dataclass(frozen=True)
class Health:
    """What the operator must know: incidents, waiting and given-up effects, cases by state."""

    incidents: tuple[Any, ...]
    waiting: int
    oldest_waiting: datetime | None
    given_up: tuple[Any, ...]
    states: Mapping[str, int]
    labels: Mapping[str, str]
    office_events: tuple[Any, ...]
    names: Mapping[UUID, str]
    may_retry: bool
    wake_due: datetime | None  # when the case was due that has waited longest to be woken
    suspended: int
    own_rights: bool  # the application's database role may not rewrite what was recorded (ruling 18)


@retried
def health(by: UUID, at: datetime) -> Health:
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_incidents")
        told = store.calendars.told(30)
        return Health(
            store.case_lists.incidents(),
            store.outbox.waiting(),
            store.outbox.oldest_waiting(),
            store.outbox.given_up(),
            store.case_lists.counts_by_state(),
            {one.code: one.label for one in store.deployments.active().catalogue.states.values()},
            told,
            store.people.names({one.by for one in told if one.by}),
            access.may(who, "retry_incident"),
            store.case_lists.most_overdue_wake(),
            store.steps.standing_still(),
            _own_rights(),
        )


def _own_rights() -> bool:
    settings = current_app.extensions["settings"]
    return bool(settings.owner_url != settings.database_url)


@retried
def retry_effect(id: UUID, by: UUID, at: datetime) -> None:
    """Try an effect again that was given up; raises NotFound for any other."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "retry_incident")
        if all(one.id != id for one in store.outbox.given_up()):
            raise NotFound("Kiriman ini tidak menunggu diulang.")
        store.outbox.retry(id, at)


@retried
def resolve_incident(id: UUID, by: UUID, at: datetime) -> None:
    """Mark an incident as dealt with; a case that could not be woken is woken again.  Raises NotFound."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "retry_incident")
        found = store.cases.resolve_incident(id, by, at)
        if found is None:
            raise NotFound("Gangguan ini sudah ditangani.")
        if found.during == "wake":
            store.cases.push_back(found.case_id, at)


def verify_ledger(by: UUID, at: datetime) -> auditing.Verified:
    """Recompute the chains of all cases, for those who may see incidents."""
    _may_see(by, at)
    return auditing.verify()


@retried
def _may_see(by: UUID, at: datetime) -> None:
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_incidents")
