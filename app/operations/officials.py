"""Officials: hired, put right, disabled; the first administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, sessions
from app.operations.carrying_out import carry_out
from app.operations.granting import keep_an_administrator
from app.operations.people import checked_email, checked_name, hashed, password_fault
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.ids import uuid7
from engine import access
from engine import case as engine
from engine.access import Actor
from engine.errors import NotFound, Refused, SubmissionInvalid
from engine.forms.values import clean


@retried
def create_first_admin(name: str, email: str, password: str, at: datetime) -> UUID:
    """The first account of an installation (flask create-admin); refused once an administrator exists."""
    errors: dict[str, str] = {}
    email = checked_email(email, errors)
    fault = password_fault(password, name)
    if fault:
        errors["sandi"] = fault
    if errors:
        raise SubmissionInvalid(errors)
    with transaction() as store:
        if store.people.holders("AS", "", at.astimezone(WIB).date()):
            raise Refused("Administrator sudah ada; buat akun lain dari halaman Pegawai.")
        id = uuid7()
        values = {"kind": "official", "name": clean(name), "email": email, "email_verified_at": at}
        store.people.add(id, at, password_hash=hashed(password), **values)
        store.people.add_grant(
            uuid7(), at, person_id=id, role="AS", since=at.astimezone(WIB).date(), basis="pemasangan"
        )
        return id


@retried
def by_email(email: str) -> UUID:
    """The active official of that address, for commands that act in his name; raises NotFound."""
    with transaction() as store:
        row = store.people.by_email(email.strip())
        if row is None or row.kind != "official" or row.disabled_at is not None:
            raise NotFound("Tidak ada pegawai aktif dengan surel itu.")
        return UUID(str(row.id))


UNNAMED = "Nama dengan gelar wajib diisi"


@retried
def add_official(name: str, email: str, nip: str, rank: str, password: str, by: UUID, at: datetime) -> UUID:
    errors: dict[str, str] = {}
    email = checked_email(clean(email), errors)
    if len(clean(name)) < 3:
        errors["nama"] = UNNAMED
    fault = password_fault(password, name)
    if fault:
        errors["sandi"] = fault
    with transaction() as store:
        access.require(acting.actor(store, by, at), "manage_people")
        if email and store.people.by_email(email) is not None:
            errors["email"] = "Surel ini sudah dipakai akun lain"
        _check_nip(store, nip, errors)
        if errors:
            raise SubmissionInvalid(errors)
        id = uuid7()
        values = _details(name, email, nip, rank) | {"kind": "official", "email_verified_at": at, "created_by": by}
        store.people.add(id, at, password_hash=hashed(password), **values)
        store.calendars.tell("official_added", {"person": str(id)}, by, at)
        return id


def _check_nip(store: Store, nip: str, errors: dict[str, str], person: UUID | None = None) -> None:
    """A NIP is printed on letters: eighteen digits, of one person only; officials without one leave it empty."""
    digits = "".join(clean(nip).split())
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) == 18):
        errors["nip"] = "NIP terdiri atas 18 angka; kosongkan bila tidak ada"
    elif digits and any(
        one.nip and "".join(one.nip.split()) == digits and one.id != person for one in store.people.officials()
    ):
        errors["nip"] = "NIP ini sudah dipakai pegawai lain"


def _details(name: str, email: str, nip: str, rank: str) -> dict[str, str | None]:
    known = {"nip": clean(nip)[:30] or None, "rank": clean(rank)[:60] or None}
    return {"name": clean(name)[:200], "email": email, **known}


@retried
def change_official(
    person: UUID, name: str, email: str, nip: str, rank: str, by: UUID, at: datetime, token: str = ""
) -> tuple[str, ...]:
    """Put right who an official is; the names of what changed, for the office's history (never the values).

    Another e-mail ends every session of the account but that of `token` (the
    administrator's own), and what was sent to the old address opens nothing any
    more.  Raises SubmissionInvalid, NotAllowed, NotFound for who is no official.
    """
    errors: dict[str, str] = {}
    email = checked_email(clean(email), errors)
    checked_name(clean(name), errors, UNNAMED)
    with transaction() as store:
        access.require(acting.actor(store, by, at), "manage_people")
        row = store.people.row(person)
        if row is None or row.kind != "official":
            raise NotFound("Pegawai tidak ditemukan.")
        holder = store.people.by_email(email) if email else None
        if holder is not None and holder.id != person:
            errors["email"] = "Surel ini sudah dipakai akun lain"
        _check_nip(store, nip, errors, person)
        if errors:
            raise SubmissionInvalid(errors)
        values = _details(name, email, nip, rank)
        changed = tuple(one for one, value in values.items() if value != getattr(row, one))
        if changed:
            _keep_details(store, person, values, changed, by, at)
        if "email" in changed:
            store.people.void_tokens(person, at)
            store.sessions.end_others(person, sessions.hash_of(token))
        return changed


def _keep_details(
    store: Store, person: UUID, values: dict[str, str | None], changed: tuple[str, ...], by: UUID, at: datetime
) -> None:
    store.people.change(person, **values)
    store.calendars.tell("official_changed", {"person": str(person), "changed": list(changed)}, by, at)


@retried
def disable(person: UUID, by: UUID, at: datetime) -> int:
    """End an account: sessions die at once, tasks he holds go back to their groups; returns how many."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "manage_people")
        if person == by:
            raise Refused("Anda tidak dapat menonaktifkan akun sendiri.")
        row = store.people.row(person)
        if row is None:
            raise NotFound("Pegawai tidak ditemukan.")
        keep_an_administrator(store, person, at)
        held = store.task_lists.held_by(person)
        if row.disabled_at is None:  # else a repeat: what he held when the first was cut off is still handed back
            store.people.change(person, disabled_at=at)
            store.people.end_sessions(person)
            store.calendars.tell("official_disabled", {"person": str(person), "tasks": len(held)}, by, at)
    for task in held:
        _hand_back(task, by, at)
    return len(held)


@retried
def _hand_back(task_id: UUID, by: UUID, at: datetime) -> None:
    with transaction() as store:
        found = store.cases.with_task(task_id)
        task = found.case.task(str(task_id)) if found else None
        if found is None or task is None or task.assignee is None:
            return
        # The holder himself gives it back, as far as the record goes by the administrator's order.
        holder = Actor(task.assignee, "")
        carry_out(store, found, engine.release_task(found.case, task.id, holder, at, "akun dinonaktifkan"), at)


@retried
def enable(person: UUID, by: UUID, at: datetime) -> None:
    with transaction() as store:
        access.require(acting.actor(store, by, at), "manage_people")
        if store.people.row(person) is None:
            raise NotFound("Pegawai tidak ditemukan.")
        store.people.change(person, disabled_at=None)
        store.calendars.tell("official_enabled", {"person": str(person)}, by, at)


@dataclass(frozen=True)
class Staff:
    people: tuple[Any, ...]
    grants: dict[UUID, list[Any]]


@retried
def staff(by: UUID, at: datetime) -> Staff:
    """All officials with their grants, for the administrator."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "manage_people")
        found: dict[UUID, list[Any]] = {}
        for one in store.people.grants():
            found.setdefault(one.person_id, []).append(one)
        return Staff(store.people.officials(), found)
