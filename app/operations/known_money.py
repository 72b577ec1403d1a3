"""Money of a case as it was known at an instant: what was assessed, and how each payment was judged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from app.operations.paying import VERDICTS
from app.store.case_rows import SubmissionRow

PAYING, JUDGING = "bayar", "validasi_bayar"


def assessments(rows: Iterable[Any], letters: tuple[Any, ...], at: datetime) -> tuple[Any, ...]:
    """Assessments made by then, with their number once its letter was issued."""
    numbers = {one.number for one in letters}
    there = (one for one in rows if one.assessed_at <= at)
    return tuple(SimpleNamespace(**{**one._mapping, **_assessment(one, numbers, at)}) for one in there)


def _assessment(row: Any, numbers: set[str], at: datetime) -> dict[str, Any]:
    superseded = row.superseded_at if (row.superseded_at or at) <= at else None
    return {"number": row.number if row.number in numbers else "", "superseded_at": superseded}


def payments(
    rows: tuple[Any, ...], known: tuple[SubmissionRow, ...], later: tuple[SubmissionRow, ...], at: datetime
) -> tuple[Any, ...]:
    """Payments claimed by then, each as it was last judged; giving back writes over a verdict, its step keeps it.

    `known` and `later`: what was handed in by then, and what was handed in afterwards, though it tell of before.
    """
    unheard = {_reference(one) for one in later if one.element == PAYING} - {""}
    there = [one for one in rows if one.arrived_at <= at and one.reference not in unheard]
    begun = [_claimed_at(one, known) for one in there]
    spans = zip(there, begun, [*begun, None][1:], strict=True)
    return tuple(
        one
        if (one.decided_at or at) <= at and not _judging(later, since, until)
        else _judged(one, _judging(known, since, until))
        for one, since, until in spans
    )


def _reference(claim: SubmissionRow) -> str:
    return str(claim.values.get("referensi", ""))


def _claimed_at(row: Any, known: tuple[SubmissionRow, ...]) -> datetime:
    """When the office heard of a payment; one entered afterwards arrived earlier."""
    heard = (one.at for one in known if one.element == PAYING and _reference(one) == row.reference)
    return next(heard, None) or row.arrived_at


def _judging(handed_in: tuple[SubmissionRow, ...], since: datetime, until: datetime | None) -> list[SubmissionRow]:
    """The verdicts given between this claim and the next: a verdict is always about the last one."""
    judged = (one for one in handed_in if one.element == JUDGING and one.outcome in VERDICTS)
    return [one for one in judged if one.at >= since and (until is None or one.at < until)]


def _judged(row: Any, own: list[SubmissionRow]) -> Any:
    last = own[-1] if own else None
    verdict = {"status": VERDICTS[last.outcome], "decided_by": last.by, "decided_at": last.at} if last else {}
    unjudged = {"status": "claimed", "decided_by": None, "decided_at": None}
    return SimpleNamespace(**{**row._mapping, **unjudged, **verdict})
