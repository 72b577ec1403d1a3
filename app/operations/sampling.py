"""Sampel: cases drawn by a written seed, for whoever audits; the same seed and filters draw the same cases for ever.

Nothing of a case is touched: the answers to the checklist stand beside the record (domain 2.2, SV).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, idempotency
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.ids import uuid7
from app.store.samples import Drawing
from engine import access, reasons
from engine.errors import NotFound, Sentence, SubmissionInvalid
from engine.forms.values import clean

SETTING = "daftar_periksa_audit"
MOST, LONGEST_SEED, LISTED = 200, 60, 100
WRONG = "tidak_sesuai"
VERDICTS = ("sesuai", WRONG, "tidak_berlaku")


@dataclass(frozen=True)
class Lot:
    """What is to be drawn: `since` and `until` are the first and the last day of the period, in WIB."""

    seed: str
    closed: bool
    since: date
    until: date
    state: str
    permit: str
    wanted: int


@dataclass(frozen=True)
class Item:
    code: str
    sentence: str


@dataclass(frozen=True)
class Checklist:
    """`version` and `source` are law as data; `example` where nobody adopted it."""

    version: int
    source: str
    example: bool
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Room:
    samples: tuple[Any, ...]
    names: Mapping[UUID, str]
    counts: Mapping[UUID, int]
    permits: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]
    may_draw: bool


@dataclass(frozen=True)
class Drawn:
    """A sample; `latest`: by case and item the answer that counts, `answers` all of them."""

    row: Any
    checklist: Checklist
    cases: tuple[Any, ...]
    latest: Mapping[UUID, Mapping[str, Any]]
    answers: tuple[Any, ...]
    names: Mapping[UUID, str]
    permits: Mapping[str, str]
    states: Mapping[str, str]
    may_answer: bool

    def case(self, case_id: UUID) -> Any:
        """One of its cases; raises NotFound for any other."""
        found = next((one for one in self.cases if one.id == case_id), None)
        if found is None:
            raise NotFound("Berkas ini tidak ada dalam sampel.")
        return found


@retried
def room(by: UUID, at: datetime) -> Room:
    """The samples that were drawn, newest first, and what one may draw among."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_ledger")
        samples = store.samples.newest(LISTED)
        catalogue = store.deployments.active().catalogue
        return Room(
            samples,
            store.people.names({one.by for one in samples}),
            store.samples.counts([one.id for one in samples]),
            tuple((one.code, one.name) for one in catalogue.permits.values()),
            tuple((one.code, one.label) for one in catalogue.states.values()),
            access.may(who, "sample_cases"),
        )


@retried
def sample(sample_id: UUID, by: UUID, at: datetime) -> Drawn:
    """A sample with its cases and answers.  Raises NotAllowed, NotFound."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_ledger")
        return _drawn(store, sample_id, access.may(who, "sample_cases"))


def _drawn(store: Store, sample_id: UUID, may_answer: bool) -> Drawn:
    row = store.samples.one(sample_id)
    if row is None:
        raise NotFound("Sampel tidak ditemukan.")
    answers = store.samples.answers(sample_id)
    latest: dict[UUID, dict[str, Any]] = {}
    for one in answers:
        latest.setdefault(one.case_id, {})[one.item] = one
    catalogue = store.deployments.active().catalogue
    return Drawn(
        row,
        _checklist(json.loads(row.checklist)),
        store.samples.drawn(sample_id),
        latest,
        answers,
        store.people.names({row.by} | {one.by for one in answers}),
        {one.code: one.name for one in catalogue.permits.values()},
        {one.code: one.label for one in catalogue.states.values()},
        may_answer,
    )


def _checklist(told: Mapping[str, Any]) -> Checklist:
    items = tuple(Item(one["kode"], one["kalimat"]) for one in told["butir"])
    return Checklist(int(told["versi"]), told["asal"], bool(told["contoh"]), items)


@retried
def draw(lot: Lot, by: UUID, at: datetime, key: UUID | None = None) -> UUID:
    """Draw a sample and keep it; its id.

    Raises NotAllowed, SubmissionInvalid at `benih`, `jumlah`, `sampai`, `keadaan`, `izin`, and "" where nothing is
    found.  Only a period that is over can be drawn from: what it holds no longer changes.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "sample_cases")
        print_ = idempotency.fingerprint("sampling.draw", lot)
        if before := idempotency.begin(store, key, by, print_, at):
            return UUID(str(before))
        seed, catalogue = clean(lot.seed), store.deployments.active().catalogue
        if errors := _faults(lot, seed, catalogue, at.astimezone(WIB).date()):
            raise SubmissionInvalid(errors)
        first, after = (datetime.combine(day, time.min, WIB) for day in (lot.since, lot.until + timedelta(days=1)))
        found, population = store.samples.draw(
            Drawing(seed, lot.closed, first, after, lot.state, lot.permit, lot.wanted)
        )
        if not found:
            raise SubmissionInvalid({"": "Tidak ada berkas dengan saringan ini pada periode itu."})
        made = uuid7()
        store.samples.keep(
            made, found, seed=seed, closed=lot.closed, since=lot.since, until=lot.until, state=lot.state,
            permit=lot.permit, wanted=lot.wanted, population=population, by=by, at=at,
            checklist=json.dumps(catalogue.settings[SETTING], ensure_ascii=False),
        )  # fmt: skip
        idempotency.answer(store, key, str(made))
        return made


def _faults(lot: Lot, seed: str, catalogue: Any, today: date) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not 1 <= len(seed) <= LONGEST_SEED:
        errors["benih"] = Sentence("Benih wajib diisi, paling banyak %(most)s huruf", most=LONGEST_SEED)
    if not 1 <= lot.wanted <= MOST:
        errors["jumlah"] = Sentence("Jumlah berkas 1 sampai %(most)s", most=MOST)
    if lot.until < lot.since:
        errors["sampai"] = "Sampai tidak boleh sebelum dari"
    elif lot.until >= today:
        errors["sampai"] = "Periode harus sudah lewat; hari terakhirnya paling akhir kemarin"
    if lot.state and lot.state not in catalogue.states:
        errors["keadaan"] = "Pilih salah satu dari daftar"
    if lot.permit and lot.permit not in catalogue.permits:
        errors["izin"] = "Pilih salah satu dari daftar"
    return errors


@retried
def answer(sample_id: UUID, case_id: UUID, given: Mapping[str, tuple[str, str]], by: UUID, at: datetime) -> int:
    """Answer items of the checklist about a case; how many answers are new.

    `given`: by item the verdict, "" for none, and a note, which `tidak_sesuai` must have.  Raises NotAllowed, NotFound,
    SubmissionInvalid at `putusan-` or `catatan-` and the item.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "sample_cases")
        found = _drawn(store, sample_id, True)
        found.case(case_id)
        known = found.latest.get(case_id, {})
        wanted = {one.code: given[one.code] for one in found.checklist.items if given.get(one.code, ("", ""))[0]}
        if errors := _wrong(wanted):
            raise SubmissionInvalid(errors)
        about = {"sample_id": sample_id, "case_id": case_id, "by": by, "at": at}
        rows = [
            {"id": uuid7(), "item": code, "verdict": verdict, "note": clean(note), **about}
            for code, (verdict, note) in wanted.items()
            if code not in known or (known[code].verdict, known[code].note) != (verdict, clean(note))
        ]
        if rows:
            store.samples.answer(rows)
        return len(rows)


def _wrong(wanted: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    errors: dict[str, str] = {}
    for code, (verdict, note) in wanted.items():
        if verdict not in VERDICTS:
            errors[f"putusan-{code}"] = "Pilih salah satu dari daftar"
        fault = reasons.fault(clean(note), "Catatan") if verdict == WRONG else reasons.too_long(clean(note))
        if fault:
            errors[f"catatan-{code}"] = fault
    return errors
