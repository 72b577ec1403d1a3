"""Cari jejak: who did what when, over the events of all cases and the record of access; every search is recorded.

Reading only (domain 2.2, SV): nothing of what is found is changed, and no typed value is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, personal
from app.operations.retrying import retried
from app.operations.trail_lines import Line as Line
from app.operations.trail_lines import lines
from app.store import Store, transaction
from app.store.ids import uuid7
from app.store.trail import Place, Sought
from engine import access
from engine.access import Actor
from engine.errors import SubmissionInvalid

PAGE = 50
MOST = 10_000  # lines of a table for a spreadsheet
EVENTS, ACCESSES = "peristiwa", "akses"  # every kind of the one record, or of the other
MACHINE = "sistem"


@dataclass(frozen=True)
class Wanted:
    """What is looked for, read but not checked; `who`: the id of an official, MACHINE or ""."""

    who: str = ""
    role: str = ""
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None
    case: str = ""  # registration number or tracking code
    address: str = ""

    @property
    def of_case(self) -> bool:
        """Whether only events of cases can answer: a machine and a role leave no record of access."""
        return bool(self.role) or self.who == MACHINE


@dataclass(frozen=True)
class Trail:
    lines: tuple[Line, ...]
    more: Place | None
    officials: tuple[tuple[UUID | None, str], ...]
    roles: tuple[str, ...]
    substitutions: tuple[Any, ...]


@retried
def page(
    wanted: Wanted, kinds: Iterable[str], before: Place | None, by: UUID, at: datetime, address: str = ""
) -> Trail:
    """Fifty lines, newest first, and where the list goes on; recorded as a look at the trail.

    `kinds`: those there are.  Raises NotAllowed without the right, SubmissionInvalid at `siapa`, `peran`, `jenis`,
    `berkas`, `alamat`, `sampai` for what cannot be looked for.
    """
    return _searched(wanted, kinds, before, PAGE, by, at, personal.SEARCHED, address)


@retried
def table(wanted: Wanted, kinds: Iterable[str], by: UUID, at: datetime, address: str = "") -> Trail:
    """Likewise up to MOST lines, to be taken away; recorded as such."""
    return _searched(wanted, kinds, None, MOST, by, at, personal.TAKEN, address)


@retried
def choices(by: UUID, at: datetime) -> Trail:
    """No lines, only what one may choose from: for a search that was refused."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_ledger")
        return _trail(store, [], PAGE)


def _searched(
    wanted: Wanted,
    kinds: Iterable[str],
    before: Place | None,
    limit: int,
    by: UUID,
    at: datetime,
    what: str,
    address: str,
) -> Trail:
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_ledger")
        sought = _sought(store, wanted, frozenset(kinds))
        found = _trail(store, _rows(store, wanted, sought, who, before, limit), limit)
        about = {"what": what, "subject_id": sought.person, "case_id": sought.case_id}
        why = _told(wanted, dict(found.officials).get(sought.person, wanted.who))
        store.people.log_access(uuid7(), at, person_id=by, why=why, address=address, **about)
        return found


def _told(wanted: Wanted, who: str) -> str:
    """What was looked for, as the record of access keeps it; "" for everything."""
    parts = {
        "siapa": who,
        "peran": wanted.role,
        "jenis": wanted.kind,
        "dari": _minute(wanted.since),
        "sampai": _minute(wanted.until),
        "berkas": wanted.case,
        "alamat": wanted.address,
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items() if value)[:400]


def _minute(at: datetime | None) -> str:
    return at.astimezone(WIB).strftime("%d/%m/%Y %H.%M") if at else ""


# --- what is looked for


def _sought(store: Store, wanted: Wanted, kinds: frozenset[str]) -> Sought:
    errors: dict[str, str] = {}
    person = _person(store, wanted.who, errors)
    if wanted.role and wanted.role not in _roles(store):
        errors["peran"] = "Pilih salah satu dari daftar"
    if wanted.kind and wanted.kind not in {*kinds, EVENTS, ACCESSES}:
        errors["jenis"] = "Pilih salah satu dari daftar"
    if wanted.since and wanted.until and wanted.since > wanted.until:
        errors["sampai"] = "Sampai tidak boleh sebelum dari"
    if wanted.address and wanted.who == MACHINE:
        errors["alamat"] = "Yang dilakukan sistem tidak mempunyai alamat; kosongkan alamat atau pilih pelaku lain"
    case_id = _case(store, wanted.case, errors)
    if errors:
        raise SubmissionInvalid(errors)
    kind = "" if wanted.kind in (EVENTS, ACCESSES) else wanted.kind
    return Sought(person, wanted.who == MACHINE, wanted.role, kind, wanted.since, wanted.until, case_id, wanted.address)


def _may_be_access(kind: str) -> bool:
    return kind in ("", ACCESSES, *personal.ACCESSES)


def _may_be_event(kind: str) -> bool:
    return kind != ACCESSES and kind not in personal.ACCESSES


def _person(store: Store, who: str, errors: dict[str, str]) -> UUID | None:
    if who in ("", MACHINE):
        return None
    found = next((one.id for one in store.people.officials() if str(one.id) == who), None)
    if found is None:
        errors["siapa"] = "Pilih salah satu dari daftar"
    return found


def _case(store: Store, written: str, errors: dict[str, str]) -> UUID | None:
    if not written:
        return None
    found = store.cases.named(written, None) or store.cases.by_tracking(written.replace("-", "").upper())
    if found is None:
        errors["berkas"] = "Tidak ada berkas dengan nomor pendaftaran atau kode lacak ini"
    return found


def _roles(store: Store) -> tuple[str, ...]:
    return tuple(store.deployments.active().catalogue.roles)


# --- what is found


def _rows(
    store: Store, wanted: Wanted, sought: Sought, who: Actor, before: Place | None, limit: int
) -> list[tuple[Place, Any]]:
    """The newest of both records with their places, one more than `limit` where there is more."""
    found: list[tuple[Place, Any]] = []
    if _may_be_event(wanted.kind):
        told = store.trail.events(sought, before, limit + 1)
        found += [((row.at, row.case_id, row.seq), row) for row in told]
    if not wanted.of_case and _may_be_access(wanted.kind):
        # Whoever pages through the trail would else find little but his own pages at its top.
        but = None if wanted.kind else (who.id, personal.SEARCHED)
        looks = store.trail.accesses(sought, but, before, limit + 1)
        found += [((row.at, row.id, 0), row) for row in looks]
    return sorted(found, key=lambda one: one[0], reverse=True)[: limit + 1]


def _trail(store: Store, found: list[tuple[Place, Any]], limit: int) -> Trail:
    shown = found[:limit]
    officials = tuple((one.id, one.name) for one in store.people.officials())
    acting_people = {row.by for (_at, _id, seq), row in shown if seq and row.by}
    return Trail(
        lines(store, shown),
        shown[-1][0] if len(found) > limit else None,
        officials,
        _roles(store),
        store.people.substitutions(acting_people) if acting_people else (),
    )
