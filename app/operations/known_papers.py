"""Papers of a case as they were known at an instant: documents, letters and messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from app.letters.signing import WET
from app.operations.signatures import STEPS
from app.store.case_rows import SubmissionRow
from engine.events import Event

UNSIGNED = {"signed": False, "signed_by": None, "signed_at": None, "signing_way": "", "signature": "",
            "signed_sha256": None}  # fmt: skip
UNTOLD = {"delivered_at": None, "told_by": None, "told_how": "", "told_note": ""}


def documents(rows: Iterable[Any], at: datetime) -> tuple[Any, ...]:
    """Documents that were there, also those that were removed later."""
    there = (one for one in rows if one.at <= at and (one.removed_at is None or one.removed_at > at))
    return tuple(SimpleNamespace(**{**one._mapping, "removed_at": None}) for one in there)


def messages(rows: Iterable[Any], at: datetime) -> tuple[Any, ...]:
    """Messages that were written, delivered and read as far as that was known."""
    return tuple(_message(one, at) for one in rows)


def _message(row: Any, at: datetime) -> Any:
    later: dict[str, Any] = {}
    if row.delivered_at is not None and row.delivered_at > at:
        later = {**UNTOLD, "fate": row.fate if row.channel == "loket" else ""}
    if row.read_at is not None and row.read_at > at:
        later["read_at"] = None
    return SimpleNamespace(**{**row._mapping, **later})


def letters(
    rows: Iterable[Any],
    known: tuple[Event, ...],
    submissions: tuple[SubmissionRow, ...],
    papers: tuple[Any, ...],
    at: datetime,
) -> tuple[Any, ...]:
    """Letters that were issued, signed and scanned as far as that was known; `papers`: every document of the case."""
    there = (one for one in rows if one.issued_at <= at)
    return tuple(SimpleNamespace(**{**one._mapping, **_letter(one, known, submissions, papers, at)}) for one in there)


def _letter(
    row: Any, known: tuple[Event, ...], submissions: tuple[SubmissionRow, ...], papers: tuple[Any, ...], at: datetime
) -> dict[str, Any]:
    later = {"withdrawn_at": None, "withdrawn_because": ""} if (row.withdrawn_at or at) > at else {}
    if row.signed_at is None or row.signed_at > at:
        return {**later, **UNSIGNED}
    scan = _scan(row, known, submissions, papers)
    at_once = row.signing_way != WET or any(one.scan for one in STEPS.values() if one.letter == row.kind)
    return {**later, "signed": at_once or scan is not None, "signed_sha256": scan}


def _scan(
    row: Any, known: tuple[Event, ...], submissions: tuple[SubmissionRow, ...], papers: tuple[Any, ...]
) -> str | None:
    """The scan that was stored by then: by itself, or handed in with a step."""
    stored = [one for one in known if one.kind == "letter_scanned" and one.body.get("id") == str(row.id)]
    if stored:
        return str(stored[-1].body["sha256"])
    handed_in = [str(one.values) for one in submissions]
    for paper in papers:
        if paper.sha256 == row.signed_sha256 and any(str(paper.id) in one for one in handed_in):
            return str(paper.sha256)
    return None
