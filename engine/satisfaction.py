"""The index of public satisfaction (SKM): PermenPANRB 14/2017, whose figures come from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Rule:
    """`elements`: fields of the survey, all of the same weight; `factor`: what makes of 1…4 a value of 25…100.

    `grades`: letter, word, least converted value; the best first.  `least`: so many answers at least.
    """

    elements: tuple[str, ...]
    factor: int
    grades: tuple[tuple[str, str, Fraction], ...]
    least: int
    source: str

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> Rule | None:
        """What a catalogue's settings say under `skm`; None in a release from before it."""
        told = settings.get("skm")
        if told is None:
            return None
        grades = tuple((letter, word, Fraction(least)) for letter, word, least in told["mutu"])
        return cls(tuple(told["unsur"]), told["konversi"], grades, told["jawaban_minimal"], told["sumber"])


@dataclass(frozen=True)
class Element:
    """`counts`: how many gave 1, 2, 3, 4; `mean` None without an answer."""

    code: str
    counts: tuple[int, int, int, int]

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> Fraction | None:
        if not self.answers:
            return None
        return Fraction(sum(value * n for value, n in enumerate(self.counts, start=1)), self.answers)


@dataclass(frozen=True)
class Index:
    """`asked`: surveys that came back, `answered`: those whose giver agreed to answer."""

    asked: int
    answered: int
    elements: tuple[Element, ...]
    rule: Rule

    @property
    def value(self) -> Fraction | None:
        """25…100: the means of all elements, each weighing the same, converted; None while an element has no answer."""
        means = [one.mean for one in self.elements]
        known = [one for one in means if one is not None]
        if not known or len(known) < len(means):
            return None
        return sum(known, Fraction(0)) / len(known) * self.rule.factor

    @property
    def grade(self) -> tuple[str, str] | None:
        """Letter and word."""
        return graded(self.rule, self.value)

    @property
    def enough(self) -> bool:
        return self.answered >= self.rule.least


def graded(rule: Rule, value: Fraction | int | None) -> tuple[str, str] | None:
    """Letter and word of an index; it is held against the intervals as it is written, with two decimals."""
    if value is None:
        return None
    written = Fraction(round(value * 100), 100)
    return next(((letter, word) for letter, word, least in rule.grades if written >= least), None)


def index(rule: Rule, asked: int, answered: int, counts: Mapping[str, Sequence[int]]) -> Index:
    """`counts`: element -> how many gave 1, 2, 3, 4."""
    none = (0, 0, 0, 0)
    elements = tuple(Element(code, tuple(counts.get(code, none))) for code in rule.elements)  # type: ignore[arg-type]
    return Index(asked, answered, elements, rule)
