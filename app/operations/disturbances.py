"""Gangguan sistem pusat, which is no keadaan kahar: a system of others failed.  Recorded and shown; it stops no clock.

Whether such a failure may be *proposed* as keadaan kahar is a line of the catalogue's settings; only a declaration
with its second person (Pasal 16) ever stops a clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, heartbeat, idempotency, office_settings
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.encoding import parse
from app.store.ids import uuid7
from engine import access
from engine.errors import NotFound, Refused, Sentence, SubmissionInvalid
from engine.forms.values import clean

OLDEST = timedelta(days=366)
SHORTEST, LONGEST = 10, 2000  # letters of a cause or note
MOST_EVIDENCE, LONGEST_EVIDENCE = 20, 200
CORRECTIONS = ("END", "CORRECT", "WITHDRAW")


@dataclass(frozen=True)
class System:
    """A system of others, as the catalogue lists it; `may_declare`: whether policy lets its failure be proposed."""

    code: str
    name: str
    may_declare: bool


@dataclass(frozen=True)
class Wanted:
    """What somebody records; `outages`: ids of the office's own outage log, named among the evidence."""

    system: str
    since: datetime
    until: datetime | None
    cause: str
    evidence: tuple[str, ...] = ()
    outages: tuple[UUID, ...] = ()
    note: str = ""

    def printed(self) -> str:
        return repr(self)


@dataclass(frozen=True)
class Record:
    """One record with its versions, newest first; `row` is the newest; `withdrawn`: it does not stand."""

    id: UUID
    code: str
    system: System
    row: Any
    versions: tuple[Any, ...]
    evidence: tuple[str, ...]

    @property
    def withdrawn(self) -> bool:
        return bool(self.row.kind == "WITHDRAW")

    def lasts(self, at: datetime) -> bool:
        return not self.withdrawn and self.row.since <= at and (self.row.until is None or at < self.row.until)


@dataclass(frozen=True)
class Register:
    """Records, newest first; `source`: where the list of systems and the policy come from."""

    records: tuple[Record, ...]
    names: Mapping[UUID, str]
    may_record: bool
    systems: tuple[System, ...] = ()
    source: str = ""
    outages: tuple[heartbeat.Outage, ...] = field(default=())


def systems(settings: Mapping[str, Any]) -> dict[str, System]:
    """The catalogue's list; a failure may be proposed as kahar only where it says so."""
    listed = settings.get("gangguan_pusat", {}).get("sistem", ())
    return {
        str(one["kode"]): System(str(one["kode"]), str(one["nama"]), one.get("dapat_diusulkan_kahar") is True)
        for one in listed
    }


def settings_of(store: Store) -> Mapping[str, Any]:
    return office_settings.effective(store, store.deployments.active().catalogue)


@retried
def register(by: UUID, at: datetime) -> Register:
    """Every record, for officials; with the outage log for whoever may attach it.  Raises NotFound for others."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        _officials_only(who)
        settings = settings_of(store)
        records = _records(store, systems(settings))
        people = {one.recorded_by for record in records for one in record.versions}
        log = tuple(map(heartbeat.told, store.outages.newest(20))) if access.may(who, "see_outages") else ()
        may = access.may(who, "record_disturbance")
        source = str(settings.get("gangguan_pusat", {}).get("sumber", ""))
        return Register(records, store.people.names(people), may, tuple(systems(settings).values()), source, log)


def _officials_only(who: access.Actor) -> None:
    if who.kind != "official":
        raise NotFound("Halaman tidak ditemukan.")


def _records(store: Store, known: Mapping[str, System], id: UUID | None = None) -> tuple[Record, ...]:
    together: dict[UUID, list[Any]] = {}
    for row in store.disturbances.versions(id):
        together.setdefault(row.disturbance_id, []).append(row)
    return tuple(_record(rows, known) for rows in together.values())


def _record(rows: Sequence[Any], known: Mapping[str, System]) -> Record:
    newest = rows[0]
    system = known.get(newest.system) or System(newest.system, newest.system, False)
    evidence = tuple(str(one["nama"]) for one in parse(newest.evidence))
    return Record(newest.disturbance_id, newest.code, system, newest, tuple(rows), evidence)


@retried
def record(wanted: Wanted, by: UUID, at: datetime, key: UUID | None = None) -> UUID:
    """Write down that a system failed; returns the record.  Raises SubmissionInvalid, NotAllowed."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "record_disturbance")
        before = idempotency.begin(store, key, by, idempotency.fingerprint("disturbance", wanted.printed()), at)
        if before is not None:
            return UUID(before["disturbance"])
        evidence = _checked(store, wanted, at)
        id = uuid7()
        store.disturbances.add(id, at, at.astimezone(WIB).year)
        _add(store, id, 1, "RECORD", wanted, evidence, by, at)
        idempotency.answer(store, key, {"disturbance": str(id)})
        return id


def _checked(store: Store, wanted: Wanted, at: datetime) -> tuple[Mapping[str, str], ...]:
    """The evidence to keep; raises SubmissionInvalid with a sentence per field."""
    errors = _faults(wanted, at)
    if wanted.system not in systems(settings_of(store)):
        errors["sistem"] = "Pilih sistem yang terganggu"
    elif other := _recorded(store, wanted):
        errors["sejak"] = Sentence("Gangguan sistem ini pada waktu itu sudah dicatat sebagai %(code)s", code=other.code)
    named = tuple({"nama": found} for one in wanted.evidence if (found := clean(one)))
    evidence = (*named, *heartbeat.cited(store, wanted.outages))
    if len(named) > MOST_EVIDENCE or any(len(one["nama"]) > LONGEST_EVIDENCE for one in named):
        told = "Paling banyak %(n)s bukti, masing-masing %(letters)s huruf"
        errors["bukti"] = Sentence(told, n=MOST_EVIDENCE, letters=LONGEST_EVIDENCE)
    elif not evidence:
        errors["bukti"] = "Sebutkan paling sedikit satu bukti: pengumuman, tangkapan layar, surat, atau catatan padam"
    if errors:
        raise SubmissionInvalid(errors)
    return evidence


def _recorded(store: Store, wanted: Wanted) -> Any:
    """A record that stands of the same system over the same time; None when there is none."""
    same = (one for one in store.disturbances.standing() if one.system == wanted.system)
    begins = (one for one in same if wanted.until is None or one.since < wanted.until)
    return next((one for one in begins if one.until is None or wanted.since < one.until), None)


def _faults(wanted: Wanted, at: datetime) -> dict[str, str]:
    errors: dict[str, str] = {}
    if wanted.since > at:
        errors["sejak"] = "Gangguan tidak dapat dicatat sebelum terjadi"
    elif at - wanted.since > OLDEST:
        errors["sejak"] = Sentence("Gangguan yang mulai lebih dari %(n)s hari lalu tidak dicatat lagi", n=OLDEST.days)
    if wanted.until is not None and wanted.until <= wanted.since:
        errors["sampai"] = "Akhir harus sesudah mulai"
    elif wanted.until is not None and wanted.until > at:
        errors["sampai"] = "Akhir dicatat setelah pulih, bukan sebelumnya; kosongkan bila masih terganggu"
    if not SHORTEST <= len(clean(wanted.cause)) <= LONGEST:
        errors["sebab"] = Sentence("Tulis sebab atau gejalanya, %(a)s sampai %(b)s huruf", a=SHORTEST, b=LONGEST)
    return errors


def _add(
    store: Store,
    id: UUID,
    version: int,
    kind: str,
    wanted: Wanted,
    evidence: Sequence[Mapping[str, str]],
    by: UUID,
    at: datetime,
) -> None:
    values = {"system": wanted.system, "since": wanted.since, "until": wanted.until, "cause": clean(wanted.cause)}
    values |= {"note": clean(wanted.note), "kind": kind, "recorded_by": by}
    store.disturbances.add_version(id, version, at, evidence, **values)
    told = {"disturbance": str(id), "version": version, "kind": kind, "system": wanted.system}
    store.calendars.tell("disturbance_recorded", told, by, at)


@retried
def page(id: UUID, by: UUID, at: datetime) -> Register:
    """One record as a register of one.  Raises NotFound."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        _officials_only(who)
        known = systems(settings_of(store))
        found = _records(store, known, id)
        if not found:
            raise NotFound("Catatan gangguan tidak ditemukan.")
        names = store.people.names({one.recorded_by for one in found[0].versions})
        return Register(found, names, access.may(who, "record_disturbance"))


@retried
def amend(
    id: UUID, kind: str, since: datetime | None, until: datetime | None, note: str, by: UUID, at: datetime
) -> None:
    """Add the end ("END"), another span ("CORRECT") or the withdrawal ("WITHDRAW") of a record, each with its reason.

    `since` and `until`: None leaves them as they stand.  Raises SubmissionInvalid, Refused for a withdrawn record.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "record_disturbance")
        if kind not in CORRECTIONS:
            raise Refused("Perubahan ini tidak dikenal.")
        if not store.disturbances.lock(id):
            raise NotFound("Catatan gangguan tidak ditemukan.")
        last = store.disturbances.versions(id)[0]
        if last.kind == "WITHDRAW":
            raise Refused("Catatan ini sudah ditarik.")
        wanted = Wanted(last.system, since or last.since, until or last.until, last.cause, note=note)
        _check_amendment(kind, wanted, last, until, at)
        _add(store, id, last.version + 1, kind, wanted, parse(last.evidence), by, at)


def _check_amendment(kind: str, wanted: Wanted, last: Any, until: datetime | None, at: datetime) -> None:
    errors = {} if kind == "WITHDRAW" else _faults(wanted, at)
    if kind == "END" and until is None:
        errors["sampai"] = "Saat pulih wajib diisi"
    if kind != "END" and len(clean(wanted.note)) < SHORTEST:
        errors["catatan"] = Sentence("Tulis alasannya, paling sedikit %(n)s huruf", n=SHORTEST)
    elif len(clean(wanted.note)) > LONGEST:
        told = "Paling banyak %(most)s huruf, Anda menulis %(count)s"
        errors["catatan"] = Sentence(told, most=LONGEST, count=len(clean(wanted.note)))
    if kind == "CORRECT" and not errors and (wanted.since, wanted.until) == (last.since, last.until):
        errors["sejak"] = "Koreksi ini tidak mengubah rentang yang dicatat"
    if errors:
        raise SubmissionInvalid(errors)
