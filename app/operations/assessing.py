"""Fixing the levy: the assessment (SKRD), the bill with interest (STRD), a refund request."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations.clock_views import ClockView
from app.operations.work import Work
from app.store import Store
from app.store.ids import uuid7
from engine.case import Case
from engine.clocks import Budget
from engine.errors import Incident
from engine.levy import interest
from engine.reserved import CALCULATION

CALCULATED = ("hitung_retribusi", "hitung_ulang")
SANCTION = "bunga_keterlambatan"
PAYING = frozenset({"P_BAYAR", "P_TEGURAN", "P_STRD"})  # terms to pay in, one after the other


def latest_calculation(store: Store, case_id: UUID) -> dict[str, Any] | None:
    """The latest calculation a calculator handed in, with its `total` in rupiah and `versi_tarif`."""
    for one in reversed(store.cases.submissions(case_id)):
        if one.element in CALCULATED and CALCULATION in one.values:
            return dict(one.values[CALCULATION])
    return None


def calculation_of(work: Work) -> dict[str, Any]:
    """The latest calculation of the case; raises Incident when there is none."""
    found = latest_calculation(work.store, work.held.id)
    if found is None:
        raise Incident("tetapkan_skrd", "belum ada perhitungan retribusi")
    return found


def assess(work: Work, kind: str) -> None:
    """Freeze an SKRD from the latest calculation, or an STRD from the SKRD and the day's interest."""
    if kind == "STRD":
        _bill(work)
        return
    found = calculation_of(work)
    due = due_at(work.case, "pembayaran", work.at)
    work.store.payments.add_assessment(
        uuid7(),
        work.held.id,
        work.at,
        found,
        kind="SKRD",
        principal=int(found["total"]),
        tariff_version=str(found["versi_tarif"]),
        due_at=due,
    )
    work.tell("levy_assessed", assessment="SKRD", principal=int(found["total"]), tariff=str(found["versi_tarif"]))


def due_at(case: Case, term: str, at: datetime) -> datetime:
    """The end of the day a term of calendar days runs out (the P clock keeps the exact promise)."""
    days = Budget.parse(case.deployment.catalogue.terms[term].budget).amount
    return (at.astimezone(WIB) + timedelta(days=int(days))).replace(hour=23, minute=59, second=59)


def pay_by(clocks: Iterable[ClockView]) -> datetime | None:
    """The end of the newest term to pay, which may be another day than the assessment itself names.

    Who paid too little is given a week; interest still runs from the day on the paper.
    """
    terms = [one for one in clocks if one.name in PAYING and one.started_at and one.promised_at]
    return sorted(terms, key=_started)[-1].promised_at if terms else None


def _started(one: ClockView) -> datetime:
    return one.started_at or datetime.min.replace(tzinfo=WIB)


def sanction_on(case: Case, day: date, principal: int, due: date) -> Any:
    version = case.deployment.catalogue.tariff_on(SANCTION, day)
    if version is None:
        raise Incident("bekukan_strd", "versi bunga keterlambatan belum ada dalam katalog")
    return interest(version, principal, due, day)


def _bill(work: Work) -> None:
    skrd = work.store.payments.assessment(work.held.id, "SKRD")
    if skrd is None or skrd.due_at is None:
        raise Incident("bekukan_strd", "belum ada SKRD")
    day = work.at.astimezone(WIB).date()
    owed = sanction_on(work.case, day, skrd.principal, skrd.due_at.astimezone(WIB).date())
    work.store.payments.add_assessment(
        uuid7(),
        work.held.id,
        work.at,
        {"bulan": owed.months, "tarif": str(owed.rate), "bunga": owed.amount, "pokok": skrd.principal},
        kind="STRD",
        principal=skrd.principal,
        interest=owed.amount,
        months=owed.months,
        tariff_version=owed.version,
        due_at=due_at(work.case, "strd", work.at),
    )
    work.tell("levy_assessed", assessment="STRD", principal=skrd.principal, interest=owed.amount, months=owed.months)


def owed(work: Work, as_of: datetime | None = None) -> int:
    """What must be paid, rupiah: principal, plus interest once an STRD stands.

    `as_of`: as it stood then; a bill made after the proof had arrived does not make that payment short.
    """
    skrd = work.store.payments.assessment(work.held.id, "SKRD")
    strd = work.store.payments.assessment(work.held.id, "STRD")
    if skrd is None:
        return 0
    billed = strd is not None and (as_of is None or strd.assessed_at <= as_of)
    return int(skrd.principal) + (int(strd.interest) if billed else 0)


def open_refund(work: Work, reason: str) -> None:
    """A request over all money that came, a proof still to be judged included: the treasurer looks for it first."""
    paid = work.store.payments.counting(work.held.id)
    work.store.payments.open_refund(uuid7(), work.held.id, paid, reason, work.at)
    work.tell("refund_opened", amount=paid)
