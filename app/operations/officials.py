"""Officials: hired, given roles with their legal basis, stood in for, disabled; the first administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, sessions
from app.operations.carrying_out import carry_out
from app.operations.people import checked_email, checked_name, hashed, password_fault
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.ids import uuid7
from engine import access
from engine import case as engine
from engine.access import Actor
from engine.errors import NotFound, Refused, Sentence, SubmissionInvalid
from engine.forms.values import clean

ADMINISTRATOR = "AS"


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


@retried
def add_official(name: str, email: str, nip: str, rank: str, password: str, by: UUID, at: datetime) -> UUID:
    errors: dict[str, str] = {}
    email = checked_email(clean(email), errors)
    if len(clean(name)) < 3:
        errors["nama"] = "Nama wajib diisi"
    fault = password_fault(password, name)
    if fault:
        errors["sandi"] = fault
    with transaction() as store:
        access.require(acting.actor(store, by, at), "manage_people")
        if email and store.people.by_email(email) is not None:
            errors["email"] = "Surel ini sudah dipakai akun lain"
        if errors:
            raise SubmissionInvalid(errors)
        id = uuid7()
        values = _details(name, email, nip, rank) | {"kind": "official", "email_verified_at": at, "created_by": by}
        store.people.add(id, at, password_hash=hashed(password), **values)
        store.calendars.tell("official_added", {"person": str(id)}, by, at)
        return id


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
    checked_name(clean(name), errors)
    with transaction() as store:
        access.require(acting.actor(store, by, at), "manage_people")
        row = store.people.row(person)
        if row is None or row.kind != "official":
            raise NotFound("Pegawai tidak ditemukan.")
        holder = store.people.by_email(email) if email else None
        if holder is not None and holder.id != person:
            errors["email"] = "Surel ini sudah dipakai akun lain"
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
def grant_role(
    person: UUID, role: str, unit: str, kind: str, since: date, until: date | None, basis: str, by: UUID, at: datetime,
    stands_for: UUID | None = None,
) -> UUID:  # fmt: skip
    """Give a role with its legal basis, unit and days; Plt. and Plh. have an end (R-01).

    Nobody is stood in for twice on a day, nor on days that are past: what was
    done then stays done by whoever did it.  Raises SubmissionInvalid, NotAllowed, NotFound.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "manage_people")
        errors = _grant_faults(store, role, unit, kind, since, until, basis)
        if person == by:
            errors["peran"] = "Administrator tidak memberi peran kepada dirinya sendiri"
        stands_for = None if kind == "definitif" else stands_for
        if kind != "definitif":
            errors = _substitute_faults(store, person, stands_for, (role, unit), (since, until), at) | errors
        if _held_twice(store, person, role, unit, since, until):
            errors["peran"] = "Peran ini sudah dipegangnya pada hari-hari itu; cabut dahulu yang lama"
        if errors:
            raise SubmissionInvalid(errors)
        if store.people.row(person) is None:
            raise NotFound("Pegawai tidak ditemukan.")
        id = uuid7()
        values = {"role": role, "unit": unit, "kind": kind, "since": since, "until": until, "basis": clean(basis)[:200]}
        store.people.add_grant(id, at, person_id=person, granted_by=by, stands_for=stands_for, **values)
        store.calendars.tell("role_granted", {"person": str(person), "role": role, "unit": unit, "kind": kind}, by, at)
        return id


def _substitute_faults(
    store: Store,
    person: UUID,
    stands_for: UUID | None,
    role: tuple[str, str],
    days: tuple[date, date | None],
    at: datetime,
) -> dict[str, str | Sentence]:
    """What keeps somebody from standing in for another: `role` with its unit, `days` from and to."""
    errors: dict[str, str | Sentence] = {}
    if days[0] < at.astimezone(WIB).date():
        errors["mulai"] = "Plt. dan Plh. mulai paling awal hari ini; yang sudah dikerjakan tidak berubah pelakunya"
    if stands_for in (None, person):
        errors["menggantikan"] = "Pilih pejabat yang digantikan"
    elif not _holds(store, stands_for, *role, days[0]):
        errors["menggantikan"] = "Pejabat ini tidak memegang peran itu; pilih pemegangnya"
    elif other := _stood_in(store, stands_for, role, days):
        name = store.people.names({other})[other]
        errors["menggantikan"] = Sentence("Pada hari-hari itu pejabat ini sudah digantikan %(name)s", name=name)
    return errors


def _stood_in(store: Store, person: UUID | None, role: tuple[str, str], days: tuple[date, date | None]) -> UUID | None:
    """Who stands in for somebody on one of those days already."""
    others = (one for one in store.people.grants() if one.stands_for == person and (one.role, one.unit) == role)
    return next((one.person_id for one in others if one.revoked_at is None and _share_a_day(one, days)), None)


def _share_a_day(grant: Any, days: tuple[date, date | None]) -> bool:
    since, until = days
    return (grant.until is None or since <= grant.until) and (until is None or grant.since <= until)


def _holds(store: Store, person: UUID | None, role: str, unit: str, day: date) -> bool:
    """Whether somebody holds a role in his own right, so that another can stand in for him."""
    held = store.people.grants_on(person, day) if person else ()
    return any((one.role, one.unit, one.kind) == (role, unit, "definitif") for one in held)


def _held_twice(store: Store, person: UUID, role: str, unit: str, since: date, until: date | None) -> bool:
    """Whether somebody would hold one role in one unit twice on a day."""
    return any(
        (one.role, one.unit) == (role, unit) and one.revoked_at is None and _share_a_day(one, (since, until))
        for one in store.people.grants(person)
    )


def _grant_faults(
    store: Store, role: str, unit: str, kind: str, since: date, until: date | None, basis: str
) -> dict[str, str | Sentence]:
    catalogue = store.deployments.active().catalogue
    errors: dict[str, str | Sentence] = {}
    if role not in catalogue.roles or role == access.APPLICANT:
        errors["peran"] = "Pilih peran"
    elif catalogue.roles[role].agency and unit not in catalogue.agencies:
        errors["unit"] = "Peran tim teknis memerlukan perangkat daerah"
    elif unit and not catalogue.roles[role].agency:
        errors["unit"] = "Peran ini bukan peran tim teknis; kosongkan perangkat daerahnya"
    if kind not in ("definitif", "plt", "plh"):
        errors["macam"] = "Pilih definitif, Plt., atau Plh."
    if kind != "definitif" and until is None:
        errors["sampai"] = "Plt. dan Plh. harus punya tanggal akhir"
    if until is not None and until < since:
        errors["sampai"] = "Akhir harus sesudah mulai"
    if len(clean(basis)) < 3:
        errors["dasar"] = "Nomor SK atau surat perintah wajib diisi"
    return errors


@retried
def revoke_role(person: UUID, grant: UUID, by: UUID, at: datetime) -> None:
    """Take a role of a person back from the next click on.

    Raises NotFound for a grant that he was not given, Refused for the last administrator's.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "manage_people")
        if grant not in {one.id for one in store.people.grants(person)}:
            raise NotFound("Pemberian peran ini tidak ditemukan.")
        _keep_an_administrator(store, person, at, grant)
        store.people.revoke_grant(grant, by, at)
        store.calendars.tell("role_revoked", {"grant": str(grant)}, by, at)


def _keep_an_administrator(store: Store, person: UUID, at: datetime, grant: UUID | None = None) -> None:
    """Refuse what would leave nobody to manage people: ending the last one's account, or his role `grant`."""
    day = at.astimezone(WIB).date()
    ending = grant is None or any(one.id == grant and one.role == ADMINISTRATOR for one in store.people.grants(person))
    others = [one for one in store.people.holders(ADMINISTRATOR, "", day) if one.id != person]
    if ending and person in {one.id for one in store.people.holders(ADMINISTRATOR, "", day)} and not others:
        raise Refused("Ini administrator terakhir; beri peran itu kepada orang lain dahulu.")


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
        _keep_an_administrator(store, person, at)
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
