"""Gaps and overlaps of decision tables, found by trying a value of every kind that the cells tell apart."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from engine.bpmn.cells import Span, Test, Unclear, Value, read
from engine.bpmn.decisions import Decision
from engine.errors import Finding, joined

MOST_CASES = 20_000


@dataclass(frozen=True)
class Kind:
    """One kind of value of an input that its cells tell apart: a sample, how to say it, and how to write it.

    `cell`: "" where it is written as it is said; `compared`: what is said holds it against a bound by itself.
    """

    sample: Value
    word: str
    cell: str = ""
    compared: bool = False

    @property
    def said(self) -> str:
        """What is said after the name of its column."""
        return self.word if self.compared else joined(("=", self.word))


WHOLE = ("integer", "int", "long")
NAMED: dict[bool | None, str] = {
    True: "ya",
    False: "tidak",
    None: "kosong",
}  # how people say what FEEL writes in English


def kinds(tests: list[Test | None], allowed: Test | None, whole: bool = False) -> list[Kind]:
    """Every kind of value that the cells of one column tell apart; `whole`: of whole numbers only.

    `allowed` are the values the input is declared to have; without them there
    are always others.
    """
    known = [one for one in (*tests, allowed) if one is not None]
    marks = {_keyed(one) for test in known for one in _marks(test)}
    ordered = any(isinstance(one.low or one.high, str) for test in known for one in test.spans)
    others = _before(marks) if ordered else _others(marks)
    found = [*_points(marks), *_between(marks, whole), *others, *(_after(marks) if ordered else ())]
    return [one for one in found if allowed is None or takes(allowed, one.sample)]


def _keyed(value: Value) -> tuple[str, Value]:
    return (type(value).__name__, value)


def _marks(test: Test) -> Iterator[Value]:
    yield from test.values
    for span in test.spans:
        yield from (one for one in (span.low, span.high) if one is not None)


def _points(marks: set[tuple[str, Value]]) -> list[Kind]:
    return [_point(value) for _, value in sorted(marks, key=str)]


def _point(value: Value) -> Kind:
    if value is None or isinstance(value, bool):
        return Kind(value, Finding(NAMED[value]), _say(value))
    return Kind(value, _say(value))


def _between(marks: set[tuple[str, Value]], whole: bool) -> Iterator[Kind]:
    """Numbers between and beyond the bounds."""
    numbers = sorted(value for _, value in marks if isinstance(value, Decimal))
    if not numbers:
        return
    yield Kind(numbers[0] - 1, f"< {numbers[0]}", compared=True)
    for low, high in itertools.pairwise(numbers):
        inside = low // 1 + 1 if whole else low + (high - low) / 2
        if inside < high:
            between = Finding("antara %(low)s dan %(high)s", low=low, high=high)
            yield Kind(inside, between, f"]{low}..{high}[", compared=True)
    yield Kind(numbers[-1] + 1, f"> {numbers[-1]}", compared=True)


def _others(marks: set[tuple[str, Value]]) -> Iterator[Kind]:
    """Texts and truth values that no cell names."""
    types = {name for name, _ in marks}
    texts = [value for _, value in marks if isinstance(value, str)]
    if "bool" in types:
        yield from (_point(one) for one in (True, False) if ("bool", one) not in marks)
    if texts:
        yield Kind(_unlike(texts), Finding("teks lain"), f"not({', '.join(map(_say, sorted(texts)))})")
    if not types - {"NoneType"}:
        yield Kind("", Finding("nilai lain"), "not(null)" if types else "-")


def _before(marks: set[tuple[str, Value]]) -> Iterator[Kind]:
    """A text before every bound, for columns that compare their order; before the empty one there is none."""
    first = min(value for _, value in marks if isinstance(value, str))
    if first:
        yield Kind("", Finding("sebelum %(text)s", text=_say(first)), f"< {_say(first)}", compared=True)


def _unlike(texts: list[str]) -> str:
    """A text that is none of these: the empty one, where no cell names it."""
    return "" if "" not in texts else max(texts) + "\0"


def _after(marks: set[tuple[str, Value]]) -> Iterator[Kind]:
    """Texts that come right after a bound, for columns that compare their order, as with dates."""
    texts = sorted(value for _, value in marks if isinstance(value, str))
    for at, value in enumerate(texts):
        last = at == len(texts) - 1
        cell = f"> {_say(value)}" if last else f"]{_say(value)}..{_say(texts[at + 1])}["
        yield Kind(value + "\0", Finding("sesudah %(text)s", text=_say(value)), cell, compared=True)


def _say(value: Value) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return f'"{value}"' if isinstance(value, str) else str(value)


def takes(test: Test | None, value: Value) -> bool:
    """Whether a cell takes a value."""
    if test is None:
        return True
    inside = any(_keyed(one) == _keyed(value) for one in test.values) or any(_holds(one, value) for one in test.spans)
    return inside is not test.without


def _holds(span: Span, value: Value) -> bool:
    for bound, closed, above in ((span.low, span.with_low, True), (span.high, span.with_high, False)):
        if bound is not None:
            if type(bound) is not type(value) or isinstance(value, bool):
                return False
            if not (value == bound and closed) and not (value > bound if above else value < bound):  # type: ignore[operator]
                return False
    return True


@dataclass(frozen=True)
class Case:
    """A combination of kinds of values, and the rows that take it (by index)."""

    rows: tuple[int, ...]
    kinds: tuple[Kind, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a row that takes just this combination."""
        return tuple(one.cell or one.word for one in self.kinds)


def readable(table: Decision) -> bool:
    """Whether every cell is a plain set of values."""
    try:
        for rule in table.rules:
            for cell in rule.conditions:
                read(cell)
    except Unclear:
        return False
    return True


def cases(table: Decision) -> list[Case] | None:
    """All combinations that the table tells apart; None when it is too large or cells depend on other data."""
    try:
        columns = [[read(rule.conditions[index]) for rule in table.rules] for index in range(len(table.inputs))]
        allowed = [read(one) for one in table.allowed]
    except Unclear:
        return None
    whole = [one.rpartition(":")[2].lower() in WHOLE for one in table.input_types] or [False] * len(columns)
    found = [kinds(*three) for three in zip(columns, allowed, whole, strict=True)]
    size = len(table.rules) + 1
    for one in found:
        size *= max(len(one), 1)
    if size > MOST_CASES * 10:
        return None
    return [_case(columns, chosen) for chosen in itertools.product(*found)]


def _case(columns: list[list[Test | None]], chosen: tuple[Kind, ...]) -> Case:
    rows = range(len(columns[0]) if columns else 0)
    taken = [
        row
        for row in rows
        if all(takes(column[row], kind.sample) for column, kind in zip(columns, chosen, strict=True))
    ]
    return Case(tuple(taken), chosen)
