"""How much time a clock has: working days, service minutes, or calendar days and months."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

Unit = Literal["hk", "minutes", "days", "months"]

_WORDS: dict[str, tuple[Unit, int]] = {
    "hk": ("hk", 1),
    "hari kerja": ("hk", 1),
    "menit": ("minutes", 1),
    "jam": ("minutes", 60),
    "hari": ("days", 1),
    "bulan": ("months", 1),
}
_NAMES: dict[Unit, str] = {"hk": "hk", "minutes": "menit", "days": "hari", "months": "bulan"}
_MOST: dict[Unit, int] = {"days": 36_525, "months": 1_200}
_AMOUNT = re.compile(r"(\d{1,9})(?:/(\d{1,9})|[.,](\d{1,9}))?", re.ASCII)


def parse_amount(text: str) -> Fraction:
    """An exact amount above zero: `"3"`, `"5/2"`, `"2,5"`.  Raises ValueError with a sentence."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or (match[2] and not int(match[2])):
        raise ValueError(f"jumlah {text!r} bukan bilangan seperti 3, 5/2 atau 2,5")
    decimals = match[3] or ""
    return Fraction(int(match[1] + decimals), int(match[2] or 1) * 10 ** len(decimals))


@dataclass(frozen=True)
class Budget:
    """An amount of time in one unit.

    `hk` and `minutes` are service time by the calendar, any fraction.  `days`
    and `months` are whole calendar days or months: the day of receipt does not
    count, and the last day, if closed, moves to the next service day where
    `rolls_forward` says so (else it ends at midnight of that day).
    """

    unit: Unit
    amount: Fraction
    rolls_forward: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", Fraction(self.amount))
        if self.amount <= 0:
            raise ValueError("jangka waktu harus lebih dari nol")
        if self.unit in ("days", "months") and self.amount.denominator != 1:
            raise ValueError("jangka waktu hari kalender atau bulan harus bilangan bulat")
        if self.amount > _MOST.get(self.unit, self.amount):
            raise ValueError("jangka waktu lebih dari seratus tahun")

    @classmethod
    def parse(cls, text: str) -> Budget:
        """`"7 hk"`, `"30 menit"`, `"4 jam"`, `"30 hari"`, `"3 bulan"`; raises ValueError with a sentence."""
        amount, _, word = " ".join(text.split()).partition(" ")
        if word.lower() not in _WORDS:
            raise ValueError(f"jangka waktu {text!r} tidak bersatuan hk, menit, jam, hari atau bulan")
        unit, times = _WORDS[word.lower()]
        return cls(unit, parse_amount(amount) * times)

    def __str__(self) -> str:
        """The text that `parse` reads back."""
        if self.unit == "minutes" and self.amount % 60 == 0:
            return f"{self.amount / 60} jam"
        return f"{self.amount} {_NAMES[self.unit]}"

    @property
    def in_service_time(self) -> bool:
        """Whether the amount is counted on the odometer (hk, minutes) rather than on the wall calendar."""
        return self.unit in ("hk", "minutes")


@dataclass(frozen=True)
class BudgetVersion:
    """A budget as law data: in force for cases begun on or after `valid_from` and after it was recorded."""

    budget: Budget
    valid_from: date
    recorded_at: datetime
    source: str = ""


def in_force(versions: Iterable[BudgetVersion], begun_on: date, recorded_at: datetime) -> BudgetVersion | None:
    """The version for a case begun on a date and recorded then: the latest `valid_from`, then the latest record."""
    fit = [v for v in versions if v.valid_from <= begun_on and v.recorded_at <= recorded_at]
    return max(fit, key=lambda v: (v.valid_from, v.recorded_at), default=None)
