"""A change says one thing of a date: lines that contradict each other are refused at their places.

Usual hours (without an end) and passing hours inside them (with one) go together, the passing ones after the usual
ones, for of two lines that cover a date the later holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import TypeAlias

from engine.clocks import DayEntry, Entry, WeekEntry, YearEntry
from engine.errors import Sentence

Placed: TypeAlias = tuple[int, Entry]  # number of the line it was read from, from 1
Weeks: TypeAlias = Sequence[tuple[int, WeekEntry]]


def contradictions(placed: Sequence[Placed], counter: Weeks = ()) -> Iterator[Sentence]:
    """A sentence for every line that speaks of what an earlier one spoke of; `counter`: the counter's own hours."""
    yield from _dates_and_years(placed)
    yield from _weeks([(number, one) for number, one in placed if isinstance(one, WeekEntry)])
    yield from _weeks(counter)


def _dates_and_years(placed: Sequence[Placed]) -> Iterator[Sentence]:
    said: dict[date | int, int] = {}
    told: set[tuple[int, int]] = set()
    for number, one in placed:
        if isinstance(one, WeekEntry):
            continue
        key = one.year if isinstance(one, YearEntry) else one.day
        first = said.setdefault(key, number)
        if first != number and (first, number) not in told:
            told.add((first, number))
            yield _twice(first, number, f"{one.day:%d/%m/%Y}" if isinstance(one, DayEntry) else str(key))


def _weeks(placed: Weeks) -> Iterator[Sentence]:
    for (first, one), (second, other) in combinations(placed, 2):
        begin, end = max(one.since, other.since), min(one.until or date.max, other.until or date.max)
        passing = one.until is None and other.until is not None
        if begin <= end and not passing:
            yield _twice(first, second, f"{begin:%d/%m/%Y}" + ("" if end in (begin, date.max) else f"-{end:%d/%m/%Y}"))


def _twice(first: int, second: int, said: str) -> Sentence:
    return Sentence("Baris %(n)s: %(said)s disebut dua kali, juga di baris %(m)s", n=second, m=first, said=said)
