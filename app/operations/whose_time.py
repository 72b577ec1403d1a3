"""Whose time it was, from the start of a clock until now or its end: the parts add up exactly to the gross time."""

from __future__ import annotations

from fractions import Fraction

from app.operations.assessing import PAYING
from engine.case import CaseClock
from engine.catalogue import Catalogue, channels
from engine.clocks import Reading

PAYMENT = "MENUNGGU_PEMBAYARAN"
OFFICE = "kantor"
WORKING = ("tim_teknis", OFFICE)  # by the office's own clocks


def counted_for(catalogue: Catalogue, one: CaseClock) -> str:
    """Whose the counted time of a clock is: the applicant's of his own terms, payment's of terms to pay, else kantor's.

    On a term that is nobody's own, as the one before a validation is escalated, the office itself waits.
    """
    if one.kind != "P" or not channels.of_applicant(catalogue, one.name):
        return OFFICE
    return "pembayaran" if one.name in PAYING else "pemohon"


def whose_time(reading: Reading, counted: str = OFFICE) -> tuple[tuple[str, Fraction], ...]:
    """Parts in minutes, in the order of domain 5.2: kahar, pembayaran, pemohon, tim_teknis, kantor, tutup.

    Their sum is `reading.split.gross`; `tim_teknis` is the time in which only technical agencies had work open;
    `counted`: whose the counted time is (`counted_for`).
    """
    parts = _of_office(reading)
    if counted == OFFICE:
        return parts
    working = sum((minutes for name, minutes in parts if name in WORKING), Fraction(0))
    taken = dict(parts) | dict.fromkeys(WORKING, Fraction(0))
    return tuple((name, taken[name] + (working if name == counted else 0)) for name, _ in parts)


def _of_office(reading: Reading) -> tuple[tuple[str, Fraction], ...]:
    split = reading.split
    payment = reading.paused_minutes_by_cause.get(PAYMENT, Fraction(0))
    return (
        ("kahar", split.kahar),
        ("pembayaran", payment),
        ("pemohon", split.applicant - payment),
        ("tim_teknis", split.agency),
        ("kantor", split.office - split.agency),
        ("tutup", split.closed),
    )


def whole_minutes(parts: tuple[tuple[str, Fraction], ...]) -> tuple[tuple[str, int], ...]:
    """The parts as they are printed: rounded as running totals, so that the printed parts add up to the printed sum."""
    told, so_far, total = [], 0, Fraction(0)
    for name, minutes in parts:
        total += minutes
        told.append((name, int(total) - so_far))
        so_far = int(total)
    return tuple(told)
