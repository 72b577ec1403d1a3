"""Reports to look at: the living figures of any period, the register, one report, the files behind a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.letters import workbooks
from app.operations import acting, report_json, report_papers, scanning
from app.operations import report_tables as tables
from app.operations import report_words as words
from app.operations.documents import Download
from app.operations.report_contents import contents, sound
from app.operations.report_corrections import period_of
from app.operations.report_disruptions import disruptions_of, narrowed
from app.operations.report_told import Contents
from app.operations.reporting import facts_of
from app.operations.retrying import retried
from app.store import Store, files, transaction
from engine import access
from engine.access import Actor
from engine.errors import NotFound
from engine.reporting import FIGURES, KINDS, CaseFacts, Period, behind, changes, figures

PAGE = 50
MEDIA = {"xlsx": workbooks.MEDIA, "csv": report_papers.CSV, "json": report_json.MEDIA, "pdf": "application/pdf"}
LISTED = 18  # periods to choose from


@dataclass(frozen=True)
class Wanted:
    """What somebody looks at: a period, and which files of it."""

    period: Period
    permit: str = ""
    area: str = ""


@dataclass(frozen=True)
class Living:
    """Figures as of now; `periods`, `permits`, `areas`: to choose from."""

    wanted: Wanted
    told: Contents
    periods: tuple[Period, ...]
    permits: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ListedLine:
    case_id: UUID
    number: str
    name: str
    permit: str
    added: str


@dataclass(frozen=True)
class Listed:
    """A page of the files behind a figure; `total`: of all pages; `number` of this one, from 1."""

    code: str
    permit: str  # code, "" for all
    lines: tuple[ListedLine, ...]
    total: int
    number: int
    pages: int
    period: Period


def _reader(store: Store, by: UUID, at: datetime) -> Actor:
    who = acting.actor(store, by, at)
    access.require(who, "see_reports")
    return who


@retried
def living(wanted: Wanted, by: UUID, at: datetime) -> Living:
    """The figures of a period by all that is known now, frozen nowhere.  Raises NotAllowed."""
    with transaction(snapshot=True) as store:
        _reader(store, by, at)
        told = _living(store, wanted, at)
        catalogue = told.catalogue
        permits = tuple((one.code, one.name) for one in catalogue.permits.values())
        return Living(wanted, told, choices(at), permits, _areas(catalogue.areas))


def _living(store: Store, wanted: Wanted, at: datetime) -> Contents:
    found = narrowed(store, disruptions_of(store, wanted.period, at), wanted.permit, wanted.area)
    facts = facts_of(store, wanted.period, at, wanted.permit, wanted.area, disruptions=found)
    catalogue = store.deployments.active().catalogue
    return Contents(str(wanted.period.label), wanted.period.code, figures(facts), facts, (), catalogue, found)


def _areas(areas: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Each kecamatan followed by its kelurahan."""
    return tuple((code, one.name) for code, one in sorted(areas.items()))


def choices(at: datetime) -> tuple[Period, ...]:
    """Months and quarters, that of today and those before, newest first."""
    found: list[Period] = []
    for kind, months in KINDS.items():
        period = Period.around(kind, at.astimezone(WIB).date())
        for _ in range(LISTED // months):
            found.append(period)
            period = period.before()
    return tuple(found)


def usual(at: datetime) -> Period:
    """The month that ended last: what is asked for most."""
    return Period.around("bulanan", at.astimezone(WIB).date()).before()


@retried
def living_files(wanted: Wanted, code: str, page: int, by: UUID, at: datetime) -> Listed:
    """The files behind a living figure.  Raises NotFound for a figure that is none."""
    with transaction(snapshot=True) as store:
        _reader(store, by, at)
        facts = facts_of(store, wanted.period, at, wanted.permit, wanted.area)
        return _listed(store, facts, code, wanted.permit, page, wanted.period)


@retried
def frozen_files(report_id: UUID, code: str, permit: str, page: int, by: UUID, at: datetime) -> Listed:
    """The files behind a figure of a report, as frozen."""
    with transaction(snapshot=True) as store:
        _reader(store, by, at)
        row = _row(store, report_id)
        told = contents(store, row)
        return _listed(store, told.facts, code, permit, page, period_of(row))


def _listed(store: Store, facts: Sequence[CaseFacts], code: str, permit: str, page: int, period: Period) -> Listed:
    if code not in FIGURES:
        raise NotFound("Angka laporan tidak ditemukan.")
    found = behind(facts, code, permit)
    pages = max(1, -(-len(found) // PAGE))
    number = min(max(page, 1), pages)
    shown = found[(number - 1) * PAGE : number * PAGE]
    rows = {row.id: row for row in store.case_lists.case_rows(one.case for one, _part in shown)}
    permits = store.deployments.active().catalogue.permits
    lines = tuple(
        ListedLine(
            one.case,
            one.number,
            rows[one.case].applicant_name if one.case in rows else "",
            permits[one.permit].name if one.permit in permits else one.permit,
            words.added(code, part),
        )
        for one, part in shown
    )
    return Listed(code, permit, lines, len(found), number, pages, period)


# --- reports


@dataclass(frozen=True)
class Register:
    """All reports, latest period first; `periods`: those that could be drafted."""

    rows: tuple[Any, ...]
    names: Mapping[UUID, str]
    labels: Mapping[UUID, str]
    may_draft: bool
    periods: tuple[Period, ...]


@retried
def register(by: UUID, at: datetime) -> Register:
    with transaction(snapshot=True) as store:
        who = _reader(store, by, at)
        rows = store.reports.all()
        labels = {row.id: period_of(row).label for row in rows}
        taken = {(row.kind, row.since) for row in rows if row.returned_at is None}
        free = tuple(one for one in choices(at) if one.over(at) and (one.kind, one.since) not in taken)
        may = access.may(who, "draft_report")
        return Register(rows, store.people.names(_people(rows)), labels, may, free)


def _people(rows: Sequence[Any]) -> set[UUID]:
    names = ("drafted_by", "checked_by", "signed_by", "returned_by", "sent_by")
    return {one for row in rows for one in (getattr(row, name) for name in names) if one}


@dataclass(frozen=True)
class ReportPage:
    """A report with what its reader may do.

    `moved`: files of which something else is known since it was frozen, while it is not signed; `disturbed`: so is
    something of keadaan kahar or of central systems; `sound`: it is still what was frozen; `fixed_by`: numbers of
    later reports that correct it.
    """

    row: Any
    label: str  # of its period
    told: Contents
    names: Mapping[UUID, str]
    letters: tuple[Any, ...]
    scannable: frozenset[UUID]
    may: frozenset[str]  # "check" | "sign" | "give_back" | "send"
    moved: int
    sound: bool
    fixed_by: tuple[tuple[UUID, str], ...]
    disturbed: bool = False


@retried
def page(report_id: UUID, by: UUID, at: datetime) -> ReportPage:
    """Raises NotFound, NotAllowed."""
    with transaction(snapshot=True) as store:
        who = _reader(store, by, at)
        row = _row(store, report_id)
        told = contents(store, row)
        letters = store.documents.letters_of_report(report_id)
        waiting = row.signed_at is None and row.returned_at is None
        moved = len(changes(told.facts, facts_of(store, period_of(row), at))) if waiting else 0
        names = store.people.names(_people((row,)))
        scans = scanning.scannable(store, letters, who)
        return ReportPage(
            row,
            period_of(row).label,
            told,
            names,
            letters,
            scans,
            _may(who, row),
            moved,
            sound(store, row),
            _fixed_by(store, row),
            waiting and _disturbed(store, row, told, at),
        )


def _disturbed(store: Store, row: Any, told: Contents, at: datetime) -> bool:
    """Whether a report that tells of disruptions would tell of others now."""
    now = disruptions_of(store, period_of(row), at)
    return told.disruptions is not None and told.disruptions.measured != now.measured


def _row(store: Store, report_id: UUID) -> Any:
    row = store.reports.row(report_id)
    if row is None:
        raise NotFound("Laporan tidak ditemukan.")
    return row


def _may(who: Actor, row: Any) -> frozenset[str]:
    if row.returned_at is not None:
        return frozenset()
    if row.signed_at is not None:
        return frozenset({"send"} if row.sent_at is None and access.may(who, "send_report") else ())
    checks, signs = (access.may(who, act) for act in ("check_report", "sign_report"))
    found = {
        "check": checks and row.checked_at is None and row.drafted_by != who.id,
        "give_back": checks or signs,
        "sign": signs and row.checked_at is not None and who.id not in (row.drafted_by, row.checked_by),
    }
    return frozenset(act for act, may in found.items() if may)


def _fixed_by(store: Store, row: Any) -> tuple[tuple[UUID, str], ...]:
    if row.signed_at is None:
        return ()
    return tuple((one.id, one.number) for one in store.reports.correcting(row.id))


@retried
def download(report_id: UUID, kind: str, by: UUID, at: datetime) -> Download:
    """A report as "xlsx", "csv", "json" or, while it is not signed, "pdf"; of a signed one what was archived.

    Raises NotFound, also for the draft of what is signed.
    """
    with transaction() as store:
        _reader(store, by, at)
        row = _row(store, report_id)
        told = contents(store, row)
        content, media = _made(store, row, told, kind, at)
        name = f"laporan-{told.code}{'' if row.signed_at else '-rancangan'}.{kind}"
        return Download(name, media, content)


def _made(store: Store, row: Any, told: Contents, kind: str, at: datetime) -> tuple[bytes, str]:
    kept = {"xlsx": row.workbook_sha256, "csv": row.table_sha256}.get(kind)
    media = MEDIA[kind]
    if kept:
        return files.get(kept), media
    if kind == "pdf" and row.signed_at is not None:
        raise NotFound("Laporan yang ditandatangani ada di antara surat-suratnya.")
    if kind == "pdf":
        return report_papers.draft(store, row, told, at), media
    if kind == "json":
        return report_json.report(told, row.sha256), media
    return (tables.as_workbook if kind == "xlsx" else tables.as_csv)(told), media


@retried
def living_table(wanted: Wanted, by: UUID, at: datetime) -> Download:
    """The living figures as CSV."""
    told = living(wanted, by, at).told
    return Download(f"angka-{told.code}.csv", report_papers.CSV, tables.as_csv(told))
