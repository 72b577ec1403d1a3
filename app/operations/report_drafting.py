"""Asking for a report: drafted at once, or by the worker where its period has more files than anybody waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from app.operations import acting, counted_facts, reports
from app.operations.counted_facts import Progress
from app.operations.report_disruptions import disruptions_of
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.outbox import REPORT
from engine import access
from engine.errors import Incident, Sentence, SubmissionInvalid
from engine.forms.values import clean
from engine.reporting import Period

DRAFTS = UUID("7a1f8f8e-5b0d-4d0e-9f7c-2f7b6f1a9c11")  # the names of drafts that wait come from it
UNDER_WAY = "Laporan %(period)s sedang disusun"


@dataclass(frozen=True)
class UnderWay:
    """A draft that the worker makes; `counted`: how far its files are; `fault`: why it was not made, "" for nothing."""

    period: Period
    since: datetime
    counted: Progress
    fault: str


@retried
def submit(code: str, note: str, by: UUID, at: datetime, key: UUID | None = None) -> UUID | None:
    """The report that was drafted; None where the worker drafts it.  Raises SubmissionInvalid, NotAllowed."""
    period = Period.read(code)
    if period is None or not period.over(at) or not _is_large(period, by, at):
        return reports.draft(code, note, by, at, key)
    counted_facts.advance(period, at)
    with transaction() as store:
        access.require(acting.actor(store, by, at), "draft_report")
        reports.wanted(store, code, note, at)
        if any(one.payload["period"] == code for one in store.outbox.kept_waiting(REPORT)):
            raise SubmissionInvalid({"periode": Sentence(UNDER_WAY, period=period.label)})
        payload = {"period": code, "note": clean(note), "by": str(by)}
        store.outbox.put(uuid5(DRAFTS, f"{code} {at.isoformat()}"), None, REPORT, payload, at)
        return None


def _is_large(period: Period, by: UUID, at: datetime) -> bool:
    with transaction(snapshot=True) as store:
        access.require(acting.actor(store, by, at), "draft_report")
        asked = counted_facts.asked_of(store, period, at, disruptions_of(store, period, at))
        return counted_facts.is_large(store, asked)


def carry_out(payload: Mapping[str, Any], at: datetime) -> str:
    """Draft what was asked for; what became of it.  Raises Incident while its files are still counted."""
    try:
        reports.draft(payload["period"], payload["note"], UUID(payload["by"]), at)
    except SubmissionInvalid as invalid:
        told = "; ".join(str(one) for one in invalid.errors.values())
        if reports.still_counting(invalid):
            raise Incident("", told) from invalid
        return told  # another was drafted meanwhile
    return "disusun"


def under_way(store: Store, at: datetime) -> tuple[UnderWay, ...]:
    """Drafts that wait for the worker, the oldest first."""
    found = ((one, Period.read(one.payload["period"])) for one in store.outbox.kept_waiting(REPORT))
    return tuple(_under_way(store, one, period, at) for one, period in found if period is not None)


def _under_way(store: Store, one: Any, period: Period, at: datetime) -> UnderWay:
    asked = counted_facts.asked_of(store, period, at, disruptions_of(store, period, at))
    return UnderWay(period, one.created_at, counted_facts.progress(store, asked), one.fault)
