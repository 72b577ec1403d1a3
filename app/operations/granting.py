"""Roles of officials: given with their legal basis, unit and days, stood in for, taken back (R-01)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.ids import uuid7
from engine import access
from engine.errors import NotFound, Refused, Sentence, SubmissionInvalid
from engine.forms.values import clean

ADMINISTRATOR = "AS"


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
        keep_an_administrator(store, person, at, grant)
        store.people.revoke_grant(grant, by, at)
        store.calendars.tell("role_revoked", {"grant": str(grant)}, by, at)


def keep_an_administrator(store: Store, person: UUID, at: datetime, grant: UUID | None = None) -> None:
    """Refuse what would leave nobody to manage people: ending the last one's account, or his role `grant`."""
    day = at.astimezone(WIB).date()
    ending = grant is None or any(one.id == grant and one.role == ADMINISTRATOR for one in store.people.grants(person))
    others = [one for one in store.people.holders(ADMINISTRATOR, "", day) if one.id != person]
    if ending and person in {one.id for one in store.people.holders(ADMINISTRATOR, "", day)} and not others:
        raise Refused("Ini administrator terakhir; beri peran itu kepada orang lain dahulu.")
