"""Reports to look at: the register, one report, the files behind its figures, its downloads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import counted_facts, report_archive, report_papers, scanning
from app.operations.counted_facts import StillCounting
from app.operations.documents import Download
from app.operations.report_archive import Making, StillMaking
from app.operations.report_contents import contents, outline, sound
from app.operations.report_corrections import period_of
from app.operations.report_disruptions import disruptions_of
from app.operations.report_drafting import UnderWay, under_way
from app.operations.report_listing import Listed, known, lines_of, listed, reader, window
from app.operations.report_living import choices
from app.operations.report_told import Contents
from app.operations.retrying import retried
from app.store import Store, files, transaction
from engine import access
from engine.access import Actor
from engine.errors import NotFound
from engine.reporting import Disruptions, Period, changes, from_json

MEDIA = {**report_archive.MEDIA, "csv": report_papers.CSV, "pdf": "application/pdf"}
SHOWN = 100  # lines of each list of a page


@retried
def frozen_files(
    report_id: UUID, code: str, permit: str, page: int, by: UUID, at: datetime, cuts: tuple[str, ...] = ()
) -> Listed:
    """The files behind a figure of a report, as frozen; `cuts`: those of a kelurahan, or that took so long."""
    with transaction(snapshot=True) as store:
        reader(store, by, at)
        row = _row(store, report_id)
        if row.sums is None:  # frozen before its files were kept by the figures they stand behind
            return listed(store, contents(store, row).facts, code, permit, page, period_of(row), cuts)
        codes = (known(code), *cuts)
        total = store.reports.count_behind(report_id, codes, permit)
        number, pages, shown = window(total, page)
        facts = [from_json(one) for one in store.reports.facts_behind(report_id, codes, permit, shown)]
        return Listed(code, permit, lines_of(store, code, facts), total, number, pages, period_of(row))


# --- reports


@dataclass(frozen=True)
class Register:
    """All reports, latest period first; `periods`: that could be drafted, `under_way`: that the worker drafts."""

    rows: tuple[Any, ...]
    names: Mapping[UUID, str]
    labels: Mapping[UUID, str]
    may_draft: bool
    periods: tuple[Period, ...]
    under_way: tuple[UnderWay, ...] = ()


@retried
def register(by: UUID, at: datetime) -> Register:
    with transaction(snapshot=True) as store:
        who = reader(store, by, at)
        rows = store.reports.all()
        labels = {row.id: period_of(row).label for row in rows}
        taken = {(row.kind, row.since) for row in rows if row.returned_at is None}
        free = tuple(one for one in choices(at) if one.over(at) and (one.kind, one.since) not in taken)
        may = access.may(who, "draft_report")
        return Register(rows, store.people.names(_people(rows)), labels, may, free, under_way(store, at))


def _people(rows: Sequence[Any]) -> set[UUID]:
    names = ("drafted_by", "checked_by", "signed_by", "returned_by", "sent_by")
    return {one for row in rows for one in (getattr(row, name) for name in names) if one}


@dataclass(frozen=True)
class ReportPage:
    """A report with what its reader may do.

    `moved`: files of which something else is known since it was frozen, while it is not signed; None while they are
    counted.  `disturbed`: so is something of keadaan kahar or of central systems; `sound`: it is still what was frozen;
    `fixed_by`: numbers of later reports that correct it; `making`: how it stands with papers that take long.
    """

    row: Any
    label: str  # of its period
    told: Contents
    names: Mapping[UUID, str]
    letters: tuple[Any, ...]
    scannable: frozenset[UUID]
    may: frozenset[str]  # "check" | "sign" | "give_back" | "send"
    moved: int | None
    sound: bool
    fixed_by: tuple[tuple[UUID, str], ...]
    disturbed: bool = False
    making: Making | None = None


@retried
def page(report_id: UUID, by: UUID, at: datetime) -> ReportPage:
    """Raises NotFound, NotAllowed."""
    with transaction(snapshot=True) as store:
        who = reader(store, by, at)
        row = _row(store, report_id)
        told = outline(store, row, SHOWN)
        letters = store.documents.letters_of_report(report_id)
        waiting = row.signed_at is None and row.returned_at is None
        now = disruptions_of(store, period_of(row), at)
        moved = _moved(store, row, now, at) if waiting else 0
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
            waiting and told.disruptions is not None and told.disruptions.measured != now.measured,
            None if row.workbook_sha256 else report_archive.making(store, row),
        )


def _moved(store: Store, row: Any, now: Disruptions, at: datetime) -> int | None:
    """Files of which something else is known; None while they are many and not counted yet."""
    try:
        return len(changes(*counted_facts.differing(store, row.id, period_of(row), at, now)))
    except StillCounting:
        return None


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


def download(report_id: UUID, kind: str, by: UUID, at: datetime) -> Download:
    """A report as "xlsx", "csv", "json" or, while it is not signed, "pdf"; of a signed one what was archived.

    Raises NotFound, also for the draft of what is signed; StillMaking, and then the papers of a large one are on their
    way, also of one that was frozen before they were made ahead.
    """
    try:
        return _download(report_id, kind, by, at)
    except StillMaking:
        _ask(report_id, at)
        raise


@retried
def _ask(report_id: UUID, at: datetime) -> None:
    with transaction() as store:
        report_archive.ask(store, report_id, store.reports.size(report_id), at)


@retried
def _download(report_id: UUID, kind: str, by: UUID, at: datetime) -> Download:
    with transaction() as store:
        reader(store, by, at)
        row = _row(store, report_id)
        name = f"laporan-{period_of(row).code}{'' if row.signed_at else '-rancangan'}.{kind}"
        return Download(name, MEDIA[kind], _content(store, row, kind, at))


def _content(store: Store, row: Any, kind: str, at: datetime) -> bytes:
    kept = {"xlsx": row.workbook_sha256, "csv": row.table_sha256}.get(kind)
    if kept:
        return files.get(kept)
    if kind == "csv":
        return report_archive.table(store, row)
    if kind in report_archive.MEDIA:
        return report_archive.paper(store, row, kind)
    if row.signed_at is not None:
        raise NotFound("Laporan yang ditandatangani ada di antara surat-suratnya.")
    return report_papers.draft(store, row, outline(store, row, report_papers.PRINTED), at)
