"""Late interest on an unpaid levy, by the version of the sanction in force (domain 4.3)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.catalogue import TariffVersion


@dataclass(frozen=True)
class Interest:
    """`months`: started months after the due date; `amount`: whole rupiah, rounded up."""

    months: int
    rate: Fraction
    amount: int
    version: str


def started_months(due: date, paid: date) -> int:
    """Months begun between the due date and the day of payment; part of a month counts whole."""
    if paid <= due:
        return 0
    whole = (paid.year - due.year) * 12 + paid.month - due.month
    return whole + (1 if paid.day > due.day else 0)


def interest(version: TariffVersion, principal: int, due: date, paid: date) -> Interest:
    """Interest in rupiah for `principal` rupiah due on `due` and paid on `paid`.

    `version.content`: rate_per_month as a fraction text ("2/100") and most_months (None: no limit).
    Raises ValueError when the principal is negative.
    """
    if principal < 0:
        raise ValueError("Pokok retribusi tidak boleh negatif.")
    months = started_months(due, paid)
    most = version.content.get("most_months")
    counted = months if most is None else min(months, int(most))
    rate = Fraction(str(version.content["rate_per_month"]))
    return Interest(counted, rate, math.ceil(principal * rate * counted), version.version)
