"""Lengths of bars, as SVG wants them; drawn on the server, beside the numbers they show."""

from __future__ import annotations

from fractions import Fraction

from app.operations import report_words as words
from app.operations.clock_views import decimal, grouped
from app.operations.report_beside import month, term
from app.operations.report_told import Contents
from engine.errors import Sentence

MOST_REASONS = 10


def length(part: int, whole: int) -> str:
    """A part of a whole in per cent with one decimal, "0" of nothing."""
    tenths = part * 1000 // whole if whole else 0
    return f"{tenths // 10}.{tenths % 10}"


Bar = tuple[str | Sentence, str, str, str]  # label, solid part and hatched part in per cent, in words


def on_time(told: Contents) -> list[Bar]:
    """By month of the decision: solid in time, hatched late."""
    return [_month(one.code, one.done, one.in_time) for one in told.sums.months]


def _month(code: str, done: int, in_time: int) -> Bar:
    said = f"{grouped(in_time)} / {grouped(done)} ({decimal(words.hundredth(in_time, done), 1)}%)"
    return month(code), length(in_time, done), length(done - in_time, done), said


def lasted(told: Contents) -> list[Bar]:
    """Decided files by how many working days were counted."""
    counts = told.sums.lasted
    most = max(counts, default=0)
    return [(term(place), length(n, most), "0", grouped(n)) for place, n in enumerate(counts)] if most else []


def returned(told: Contents) -> list[Bar]:
    """Why files were sent back, the most frequent first."""
    rows = told.reasons()[:MOST_REASONS]
    most = max((n for _why, n in rows), default=0)
    return [(why, length(n, most), "0", grouped(n)) for why, n in rows]


def length_of(share: Fraction | int | None) -> str:
    """A share of one in per cent."""
    found = Fraction(share or 0)
    return length(found.numerator, found.denominator)


def length_of_score(mean: Fraction) -> str:
    """A mean of 1…4 against the best there is."""
    return length_of(mean / 4)


def score(value: Fraction) -> str:
    """With two decimals, as the index is published."""
    return decimal(value, 2)
