"""The workbook, the table and the JSON of a report: made while somebody waits, or once behind the pages.

A workbook of a year's files takes half a minute; what is frozen does not change, so it is made when the report is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from app.letters import workbooks
from app.operations import counted_facts, report_json
from app.operations import report_tables as tables
from app.operations.report_contents import contents, outline
from app.operations.report_papers import CSV, PRINTED
from app.operations.report_told import Contents
from app.operations.retrying import retried
from app.store import Store, files, transaction
from app.store.outbox import REPORT_PAPERS
from engine.errors import Refused

XLSX, JSON = "xlsx", "json"
MEDIA: Mapping[str, str] = {XLSX: workbooks.MEDIA, JSON: report_json.MEDIA}
STILL = "Lembar kerja dan JSON laporan ini sedang disusun di latar belakang; tunggu sampai selesai."


@dataclass(frozen=True)
class Making:
    """Papers that the worker makes; `since` None: nobody asked for them yet, `fault`: of the last attempt."""

    since: datetime | None = None
    fault: str = ""


class StillMaking(Refused):
    """A paper of a large report that is not made yet."""

    def __init__(self) -> None:
        super().__init__(STILL)


def ask(store: Store, report_id: UUID, size: int, at: datetime) -> None:
    """Have the papers of a report made, where it is large; `size`: its files."""
    if size > counted_facts.FRESH:
        store.outbox.put(uuid5(report_id, "lembar kerja"), None, REPORT_PAPERS, {"report": str(report_id)}, at)


def making(store: Store, row: Any) -> Making | None:
    """How it stands with the papers of a large report; None for one that is not large, or where they are made."""
    if store.reports.size(row.id) <= counted_facts.FRESH or store.reports.papers(row.id):
        return None
    waits = (one for one in store.outbox.kept_waiting(REPORT_PAPERS) if one.payload["report"] == str(row.id))
    found = next(waits, None)
    return Making(found.created_at, found.fault) if found else Making()


def paper(store: Store, row: Any, kind: str) -> bytes:
    """The workbook or the JSON of a report that is not signed.  Raises StillMaking."""
    kept = store.reports.papers(row.id).get(kind)
    if kept:
        return files.get(kept)
    if making(store, row):
        raise StillMaking
    told = contents(store, row)
    return tables.as_workbook(told) if kind == XLSX else report_json.report(told, row.sha256)


def _made(store: Store, row: Any) -> dict[str, bytes]:
    return _made_of(contents(store, row), row.sha256)


def _made_of(told: Contents, sha256: str) -> dict[str, bytes]:
    return {XLSX: tables.as_workbook(told), JSON: report_json.report(told, sha256)}


def table(store: Store, row: Any) -> bytes:
    """The figures as CSV; of files it names those that keadaan kahar made timely only."""
    return tables.as_csv(outline(store, row, PRINTED))


def tables_of(store: Store, row: Any, at: datetime) -> dict[str, str]:
    """Store workbook and table of a report that is signed; the columns that name them.  Raises StillMaking."""
    workbook = _kept(store, paper(store, row, XLSX), workbooks.MEDIA, at)
    return {"workbook_sha256": workbook, "table_sha256": _kept(store, table(store, row), CSV, at)}


def _kept(store: Store, content: bytes, media: str, at: datetime) -> str:
    sha256 = files.put(content)
    store.documents.add_file(sha256, len(content), media, 1, at)
    return sha256


def carry_out(payload: Mapping[str, Any], at: datetime) -> str:
    """Make what was asked for; what became of it.  Read in one snapshot, kept in another transaction: it takes long."""
    report_id = UUID(payload["report"])
    _keep(report_id, _read(report_id), at)
    return "disusun"


@retried
def _read(report_id: UUID) -> dict[str, bytes]:
    with transaction(snapshot=True) as store:
        return _made(store, store.reports.row(report_id))


@retried
def _keep(report_id: UUID, made: Mapping[str, bytes], at: datetime) -> None:
    with transaction() as store:
        for kind, content in made.items():
            store.reports.add_paper(report_id, kind, _kept(store, content, MEDIA[kind], at), at)
