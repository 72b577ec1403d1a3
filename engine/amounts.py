"""Instants and lengths of time within sentences: each reader is told them as the pages tell theirs.

Their text is Indonesian, for whoever reads without a page; pages tell an `Instant` by its `at`, an `Amount` by the
words of clocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import Self

from engine.clocks.instants import WIB
from engine.errors import Finding

DAY = 450  # minutes of an ordinary day of service
_BUDGET = re.compile(r"(\d+(?:/[1-9]\d*)?) (hk|hari|bulan|jam|menit)")
_FRACTION = re.compile(r"\d+/[1-9]\d*")
_DURATION = re.compile(r"P(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_LASTING = (("bulan", 1), ("hari", 7), ("hari", 1), ("jam", 1), ("menit", 1))


class Instant(Finding):
    """An instant, in the text as it is typed into a form, in WIB."""

    at: datetime

    def __new__(cls, at: datetime) -> Self:
        here = at.astimezone(WIB)
        made = super().__new__(cls, " ".join((f"{here:%d/%m/%Y}", f"{here:%H.%M}", "WIB")))
        made.at = at
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[datetime], dict[str, object]]:  # type: ignore[override]
        return (self.at,), {}


class Amount(Finding):
    """A length of time in Indonesian words, "2 hari kerja 3 jam"."""


def work_time(days: Fraction) -> Amount:
    """Working days, below one as hours and minutes of an ordinary day, so that near ones are told apart."""
    whole, rest = divmod(days, 1)
    return _hours(int(rest * DAY), [(int(whole), "hari kerja")] if whole else [])


def _hours(minutes: int, before: Iterable[tuple[object, str]] = ()) -> Amount:
    hours, rest = divmod(minutes, 60)
    parts = [*before, *([(hours, "jam")] if hours else []), *([(rest, "menit")] if rest else [])]
    return _amount(parts or [(0, "menit")])


def _amount(parts: Iterable[tuple[object, str]]) -> Amount:
    return Amount(" ".join(" ".join((str(count), word)) for count, word in parts))


def budget(text: str) -> str:
    """A length of time as the release writes it, "5 hk" or "1/2 hk"; what is none as it is."""
    found = _BUDGET.fullmatch(text.strip())
    if found is None:
        return text
    count = Fraction(found[1])
    if found[2] == "hk":
        return work_time(count)
    if found[2] == "jam" and count.denominator > 1:
        return _hours(int(count * 60))
    return _amount([(found[1], found[2])])


def share(text: str) -> str:
    """A fraction as files write it, "3/2", as a decimal number; what is none, or would not end, as it is."""
    found = _FRACTION.fullmatch(text)
    value = Fraction(text) * 1000 if found else Fraction(1, 3)
    if value.denominator > 1:
        return text
    whole, rest = divmod(int(value), 1000)
    return Amount(f"{whole},{rest:03}".rstrip("0").rstrip(","))


def duration(text: str) -> str:
    """A length of time as diagrams write it, "P30D" or "PT2H"; what is none as it is."""
    found = _DURATION.fullmatch(text.strip(" \"'"))
    parts = zip(found.groups(), _LASTING, strict=True) if found else ()
    told = [(int(count) * times, word) for count, (word, times) in parts if count]
    return _amount(told) if told else text


def instant(text: str) -> str:
    """An instant as files write it, with its zone; what is none as it is."""
    try:
        at = datetime.fromisoformat(text.strip(" \"'"))
    except ValueError:
        return text
    return Instant(at) if at.tzinfo is not None else text
