"""Findings as pages show them: the register of supervisors, one's own, a finding with its entries, the empty form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting
from app.operations.findings import SETTING, late, opened, stands, term
from app.operations.force_majeure_register import officials_only
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.findings import PAGE, STATES, Sieve
from engine import access
from engine.access import Actor

LATE = "lewat"
STATED = (*STATES, LATE)


@dataclass(frozen=True)
class Line:
    """`entries`, `files`: of a finding about a file, where that file is shown."""

    row: Any
    state: str  # "terbuka" | "dijawab" | "ditutup"
    late: bool
    entries: tuple[Any, ...] = ()
    files: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Register:
    """`all`: whether these are everybody's findings, or only those put to the reader; `more`: where it goes on."""

    lines: tuple[Line, ...]
    more: tuple[datetime, UUID] | None
    names: Mapping[UUID, str]
    categories: tuple[tuple[str, str], ...]
    officials: tuple[tuple[UUID, str], ...]
    all: bool
    may_record: bool


@dataclass(frozen=True)
class Opened:
    line: Line
    entries: tuple[Any, ...]
    names: Mapping[UUID, str]
    categories: Mapping[str, str]
    may_answer: bool
    may_decide: bool

    def files(self, place: int) -> tuple[Any, ...]:
        """What was put with an entry, with the finding itself under 0."""
        return tuple(one for one in self.line.files if one.place == place)


@dataclass(frozen=True)
class Offered:
    """What a new finding is made of; `due_on`: the day that is proposed, None without an adopted calendar."""

    categories: tuple[tuple[str, str], ...]
    officials: tuple[tuple[UUID, str], ...]
    due_on: date | None
    version: int
    source: str
    example: bool


@dataclass(frozen=True)
class Wanted:
    """What is listed, empty means all; `state`: one of STATED.  `after`: behind which finding the list goes on."""

    state: str = ""
    category: str = ""
    person: UUID | None = None
    after: tuple[datetime, UUID] | None = None


@retried
def register(wanted: Wanted, by: UUID, at: datetime) -> Register:
    """Fifty findings, newest first; for anybody but supervisors those put to him.  Raises NotFound for applicants."""
    return _register(wanted, PAGE, by, at)


@retried
def table(wanted: Wanted, by: UUID, at: datetime) -> Register:
    """Likewise all of them, for a spreadsheet."""
    return _register(wanted, None, by, at)


def _register(wanted: Wanted, limit: int | None, by: UUID, at: datetime) -> Register:
    with transaction() as store:
        who, today = officials_only(store, by, at), at.astimezone(WIB).date()
        everybodys = access.may(who, "see_ledger")
        person = wanted.person if everybodys else who.id
        state, owed = ("", today) if wanted.state == LATE else (wanted.state if wanted.state in STATES else "", None)
        found = store.findings.listed(Sieve(person, state, wanted.category, owed, None, wanted.after, limit))
        lines = tuple(Line(one, stands(one), late(one, today)) for one in (found[:limit] if limit else found))
        more = (lines[-1].row.at, lines[-1].row.id) if limit and len(found) > limit else None
        names = store.people.names({one for line in lines for one in (line.row.by, line.row.to_person)})
        may = access.may(who, "record_finding")
        return Register(lines, more, names, _categories(store), _officials(store, who), everybodys, may)


def _categories(store: Store) -> tuple[tuple[str, str], ...]:
    listed = store.deployments.active().catalogue.settings[SETTING]["golongan"]
    return tuple((one["kode"], one["nama"]) for one in listed)


def _officials(store: Store, who: Actor) -> tuple[tuple[UUID, str], ...]:
    return tuple((one.id, one.name) for one in store.people.officials() if one.id != who.id)


@retried
def page(id: UUID, by: UUID, at: datetime) -> Opened:
    """A finding with all that was written to it.  Raises NotFound for whoever may not read it."""
    with transaction() as store:
        who = officials_only(store, by, at)
        row, today = opened(store, id, who), at.astimezone(WIB).date()
        entries, state = store.findings.entries(id), stands(row)
        names = store.people.names({row.by, row.to_person} | {one.by for one in entries})
        may = access.may(who, "record_finding") and state != "ditutup"
        own = row.to_person == who.id and state == "terbuka"
        line = Line(row, state, late(row, today), entries, store.findings.files(id))
        return Opened(line, entries, names, dict(_categories(store)), own, may)


@retried
def offered(by: UUID, at: datetime) -> Offered:
    """The empty form of a finding.  Raises NotAllowed."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "record_finding")
        catalogue = store.deployments.active().catalogue
        told, day = catalogue.settings[SETTING], term(catalogue, store.calendars.world(), at)
        people = _officials(store, who)
        return Offered(_categories(store), people, day, int(told["versi"]), told["asal"], bool(told["contoh"]))


def of_case(store: Store, case_id: UUID, who: Actor, at: datetime) -> tuple[Line, ...]:
    """Findings about a file, of those that one may read."""
    if who.kind != "official":
        return ()
    person = None if access.may(who, "see_ledger") else who.id
    today = at.astimezone(WIB).date()
    found = store.findings.listed(Sieve(person=person, case_id=case_id, limit=None))
    return tuple(_whole(store, one, today) for one in found)


def _whole(store: Store, row: Any, today: date) -> Line:
    return Line(row, stands(row), late(row, today), store.findings.entries(row.id), store.findings.files(row.id))
