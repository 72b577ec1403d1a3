"""The periodical report to the Walikota (Pasal 3 ayat 2): drafted and frozen, checked, signed and sent by others.

What was frozen never changes.  What becomes known later about a period that was reported is a correction in the next
report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting, counted_facts, idempotency, report_archive, report_papers, services_told
from app.operations.counted_facts import StillCounting, known_facts
from app.operations.report_contents import (
    changed_files,
    corrected_in_order,
    digest,
    frozen,
    in_order,
    outline,
    sound,
)
from app.operations.report_corrections import Correction, corrections
from app.operations.report_disruptions import disruptions_of
from app.operations.report_words import HOW
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.ids import uuid7
from engine import access, reasons
from engine.errors import NotAllowed, NotFound, Refused, Sentence, SubmissionInvalid
from engine.forms.values import clean
from engine.reporting import CaseFacts, Disruptions, Period
from engine.reporting.tables import Tables

LONGEST = 2000
THERE = "Laporan %(period)s sudah ada"
NOT_OWN = "Penyusun laporan tidak boleh memeriksa atau menandatanganinya."
THIRD = "Pemeriksa laporan tidak boleh menandatanganinya."


@dataclass(frozen=True)
class Known:
    """What one snapshot of the database knows of a period, and of the signed reports before it (their ids)."""

    facts: tuple[CaseFacts, ...]
    disruptions: Disruptions
    fixed: tuple[Correction, ...]
    tables: Tables
    signed: tuple[UUID, ...]


@retried
def draft(code: str, note: str, by: UUID, at: datetime, key: UUID | None = None) -> UUID:
    """Freeze what is known now of a period that is over, with the corrections of earlier reports; returns the report.

    `code`: "2026-07", "2026-T3" or "2026".  Raises SubmissionInvalid, NotAllowed.
    """
    try:
        known = _known(code, by, at)  # beforehand: a snapshot would not see what the office's chain ends with
    except StillCounting as still:
        counted_facts.advance(still.period, at)
        raise SubmissionInvalid({"periode": still.args[0]}) from still
    with transaction() as store:
        access.require(acting.actor(store, by, at), "draft_report")
        before = idempotency.begin(store, key, by, idempotency.fingerprint("report", code, {"note": [note]}), at)
        if before is not None:
            return UUID(before["report"])
        period = wanted(store, code, note, at)
        if known is None or known.signed != _signed(store, period):
            raise Refused("Laporan sebelumnya baru saja ditandatangani; susun sekali lagi.")
        id = _freeze(store, period, clean(note), known, by, at)
        idempotency.answer(store, key, {"report": str(id)})
        return id


def _known(code: str, by: UUID, at: datetime) -> Known | None:
    """Read in one snapshot; None for what is no period that is over."""
    period = Period.read(code)
    with transaction(snapshot=True) as store:
        access.require(acting.actor(store, by, at), "draft_report")
        if period is None or not period.over(at):
            return None
        disruptions = disruptions_of(store, period, at)
        facts = known_facts(store, period, at, disruptions)
        tables = services_told.tables(store, period, at)
        return Known(facts, disruptions, corrections(store, period, at), tables, _signed(store, period))


def still_counting(invalid: SubmissionInvalid) -> bool:
    """Whether nothing was wrong with what was asked but that its files are not counted yet."""
    return isinstance(invalid.__cause__, StillCounting)


def _signed(store: Store, period: Period) -> tuple[UUID, ...]:
    return tuple(one.id for one in store.reports.signed(period.kind, period.since))


def wanted(store: Store, code: str, note: str, at: datetime) -> Period:
    """The period, if it may be reported now."""
    errors: dict[str, str] = {}
    if len(note.strip()) > LONGEST:
        errors["catatan"] = Sentence("Paling banyak %(n)s huruf", n=LONGEST)
    period = Period.read(code)
    if period is None:
        errors["periode"] = "Pilih bulan, triwulan, atau tahun yang dilaporkan"
    elif not period.over(at):
        errors["periode"] = Sentence("%(period)s belum berakhir", period=period.label)
    elif store.reports.standing(period.kind, period.since) is not None:
        errors["periode"] = Sentence(THERE, period=period.label)
    elif (waiting := _unsigned(store, period)) is not None:
        told = "Laporan %(period)s belum ditandatangani; selesaikan dahulu, supaya koreksinya tidak dilaporkan dua kali"
        errors["periode"] = Sentence(told, period=waiting.label)
    if errors or period is None:
        raise SubmissionInvalid(errors)
    return period


def _unsigned(store: Store, period: Period) -> Period | None:
    """An earlier period of the same kind whose report is still on its way."""
    rows = (one for one in store.reports.all() if one.signed_at is None and one.returned_at is None)
    found = (Period(one.since, one.until, one.kind) for one in rows if one.kind == period.kind)
    return next((one for one in found if one.since < period.since), None)


def _freeze(store: Store, period: Period, note: str, known: Known, by: UUID, at: datetime) -> UUID:
    kept = frozen(period, note, known.facts, known.fixed, known.disruptions, known.tables)
    files, id = in_order(known.facts), uuid7()
    sha256 = digest(kept, at, files, corrected_in_order(known.fixed))
    if not store.reports.add(id, at, sha256=sha256, drafted_by=by, **kept):
        raise SubmissionInvalid({"periode": Sentence(THERE, period=period.label)})  # in the same moment
    codes = {one.case: counted_facts.standing_behind(one) for one in known.facts}
    store.reports.add_cases(id, ((one, codes[UUID(one["case"])]) for one in files))
    for one in known.fixed:
        store.reports.add_corrections(id, one.about.id, changed_files(one))
    told = {"report": str(id), "period": period.code, "sha256": sha256, "files": len(files)}
    told["corrected"] = [[one.about.number, len(one.changes)] for one in known.fixed]
    told["disrupted"] = [[one.about.number, len(one.disrupted.changes)] for one in known.fixed if one.disrupted]
    store.calendars.tell("report_drafted", told, by, at)
    report_archive.ask(store, id, len(files), at)
    return id


def _locked(store: Store, report_id: UUID) -> Any:
    row = store.reports.lock(report_id)
    if row is None:
        raise NotFound("Laporan tidak ditemukan.")
    return row


def _on_its_way(store: Store, report_id: UUID) -> Any:
    """A report that is neither signed nor returned, under its lock."""
    row = _locked(store, report_id)
    if row.returned_at is not None:
        raise Refused("Rancangan laporan ini sudah dikembalikan.")
    if row.signed_at is not None:
        raise Refused("Laporan ini sudah ditandatangani; kekeliruannya dikoreksi dalam laporan berikutnya.")
    return row


@retried
def check(report_id: UUID, by: UUID, at: datetime) -> None:
    """The Sekretaris or a Kabid finds the report right.  Raises NotAllowed for its author, Refused, NotFound."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "check_report")
        row = _on_its_way(store, report_id)
        if row.drafted_by == by:
            raise NotAllowed(NOT_OWN)
        if row.checked_at is not None:
            raise Refused("Laporan ini sudah diperiksa.")
        store.reports.set(report_id, checked_by=by, checked_at=at)
        store.calendars.tell("report_checked", {"report": str(report_id)}, by, at)


@retried
def give_back(report_id: UUID, because: str, by: UUID, at: datetime) -> None:
    """Return a draft with a reason: it stays as it is, and the period may be drafted anew.

    Whoever may check or sign it may return it until it is signed.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        if not access.may(who, "check_report"):
            access.require(who, "sign_report")
        _on_its_way(store, report_id)
        values = {"returned_by": by, "returned_at": at, "returned_because": reasons.require(clean(because))}
        store.reports.set(report_id, **values)
        store.calendars.tell("report_returned", {"report": str(report_id)}, by, at)


@retried
def sign(report_id: UUID, by: UUID, at: datetime) -> str:
    """The Kepala Dinas signs what was checked: number, covering letter, papers and tables; returns the number.

    Raises NotAllowed for its author and its checker, Refused for what is not checked or no longer what was frozen.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "sign_report")
        row = _on_its_way(store, report_id)
        _may_sign(store, row, by)
        told = outline(store, row, report_papers.PRINTED)
        tables = report_archive.tables_of(store, row, at)
        given, cover = (
            report_papers.next_number(store, kind, at) for kind in (report_papers.REPORT, report_papers.COVER)
        )
        report_papers.issue(store, row, told, (given, cover), by, at)
        store.reports.set(report_id, signed_by=by, signed_at=at, number=given, letter_number=cover, **tables)
        said = {"report": str(report_id), "number": given, "letter": cover, "sha256": row.sha256, **tables}
        store.calendars.tell("report_signed", said, by, at)
        return given


def _may_sign(store: Store, row: Any, by: UUID) -> None:
    if row.drafted_by == by:
        raise NotAllowed(NOT_OWN)
    if row.checked_by == by:
        raise NotAllowed(THIRD)
    if row.checked_at is None:
        raise Refused("Laporan ini belum diperiksa.")
    if not {report_papers.REPORT, report_papers.COVER} <= store.deployments.active().catalogue.letters.keys():
        raise Refused("Terbitan yang berlaku belum memuat surat laporan; terbitkan dahulu terbitan yang memuatnya.")
    if not sound(store, row):
        raise Refused("Isi laporan ini tidak lagi cocok dengan sidiknya; laporkan kepada pengawas.")


@retried
def send(report_id: UUID, how: str, receipt: str, by: UUID, at: datetime) -> None:
    """Record that a signed report went to the Walikota, how, and by what its receipt is proved."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "send_report")
        row = _locked(store, report_id)
        if row.signed_at is None:
            raise Refused("Laporan ini belum ditandatangani.")
        if row.sent_at is not None:
            raise Refused("Pengiriman laporan ini sudah dicatat.")
        errors = {} if how in HOW else {"cara": "Pilih cara mengirim"}
        if not 3 <= len(clean(receipt)) <= 200:
            errors["tanda_terima"] = "Sebutkan nomor atau nama pada tanda terimanya, 3 sampai 200 huruf"
        if errors:
            raise SubmissionInvalid(errors)
        values = {"sent_by": by, "sent_at": at, "sent_how": how, "receipt": clean(receipt)}
        store.reports.set(report_id, **values)
        store.calendars.tell("report_sent", {"report": str(report_id), "how": how}, by, at)
