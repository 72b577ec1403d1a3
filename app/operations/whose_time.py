"""Whose time it was, from the start of a clock until now or its end: the parts add up exactly to the gross time."""

from __future__ import annotations

from fractions import Fraction

from engine.clocks import Reading

PAYMENT = "MENUNGGU_PEMBAYARAN"


def whose_time(reading: Reading) -> tuple[tuple[str, Fraction], ...]:
    """Parts in minutes, in the order of domain 5.2: kahar, pembayaran, pemohon, tim_teknis, kantor, tutup.

    Their sum is `reading.split.gross`; `tim_teknis` is the time in which only technical agencies had work open.
    """
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
