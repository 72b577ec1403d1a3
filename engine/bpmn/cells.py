"""Cells of decision tables: unary tests of FEEL as expressions of ours, and as sets of values to compare.

The subset: `-`, literals (`"baru"`, `12`, `true`, `null`, `date("2026-01-01")`), comparisons (`>= 5`),
intervals (`[1..5]`, `]1..5]`, `(1..5)`), lists of these separated by commas, and `not(…)` around them.
Dates are ISO texts, whose order is the order of time.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

Value: TypeAlias = "str | Decimal | bool | None"

ANY = ("", "-")
_SIGNS = ("<=", ">=", "!=", "==", "=", "<", ">")
_DATE = re.compile(r'(?:date|date and time|time)\(\s*("[^"]*")\s*\)')
# Numbers of FEEL (DMN 1.3, 10.3.1.2): digits and a point; nothing that Decimal would read beside them.
_NUMBER = re.compile(r"-?(\d{1,60}(\.\d{0,60})?|\.\d{1,60})", re.ASCII)
_OPEN, _CLOSED = "[](", "[])"


@dataclass(frozen=True)
class Span:
    """All values between two bounds; None is no bound."""

    low: Value = None
    high: Value = None
    with_low: bool = True
    with_high: bool = True


@dataclass(frozen=True)
class Test:
    """What a cell takes: spans and single values, or everything but these."""

    spans: tuple[Span, ...] = ()
    values: tuple[Value, ...] = ()
    without: bool = False


def parts(cell: str) -> list[str]:
    """The tests of a cell, split at commas outside quotes and brackets."""
    found, depth, quoted, begin = [], 0, False, 0
    for index, letter in enumerate(cell):
        if letter == '"' and not (quoted and _escaped(cell, index)):
            quoted = not quoted
        elif not quoted and letter == "(":
            depth += 1
        elif not quoted and letter == ")":
            depth -= 1
        elif not quoted and letter == "," and depth <= 0:
            found.append(cell[begin:index].strip())
            begin = index + 1
    return [*found, cell[begin:].strip()]


def _escaped(cell: str, index: int) -> bool:
    """Whether an odd number of backslashes stands before a letter."""
    before = cell[:index]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def cleaned(cell: str) -> str:
    """A cell or question without what is FEEL's alone: dates become texts."""
    return _DATE.sub(r"\1", cell.strip())


@lru_cache(maxsize=8192)
def condition(question: str, cell: str) -> str:
    """An input and a cell as one expression; "" when the cell takes everything."""
    cell = cleaned(cell)
    if cell in ANY:
        return ""
    if cell.startswith("not(") and cell.endswith(")"):
        return f"not ({condition(question, cell[4:-1])})"
    written = [_condition(question, one) for one in parts(cell)]
    return written[0] if len(written) == 1 else " or ".join(f"({one})" for one in written)


def _condition(question: str, test: str) -> str:
    sign = next((one for one in _SIGNS if test.startswith(one)), "")
    if sign:
        return f"({question}) {'==' if sign == '=' else sign} {test.removeprefix(sign).strip()}"
    if _is_interval(test):
        return _interval(question, test)
    return f"({question}) == ({test})"


def _is_interval(test: str) -> bool:
    return len(test) > 3 and test[0] in _OPEN and test[-1] in "[])" and ".." in test


def _interval(question: str, test: str) -> str:
    low, high = test[1:-1].split("..", 1)
    above = ">=" if test[0] == "[" else ">"
    below = "<=" if test[-1] == "]" else "<"
    return f"({question}) {above} ({low.strip()}) and ({question}) {below} ({high.strip()})"


class Unclear(Exception):
    """A cell that is no plain set of values."""


@lru_cache(maxsize=8192)
def read(cell: str) -> Test | None:
    """The values a cell takes; None for all.  Raise Unclear when they depend on other data."""
    cell = cleaned(cell)
    if cell in ANY:
        return None
    if cell.startswith("not(") and cell.endswith(")"):
        inner = read(cell[4:-1])
        if inner is None or inner.without:
            raise Unclear
        return Test(inner.spans, inner.values, without=True)
    return Test(
        tuple(one for part in parts(cell) for one in _spans(part)),
        tuple(one for part in parts(cell) for one in _single(part)),
    )


def spans_of(cell: str) -> Iterator[tuple[str, Span]]:
    """The ranges a cell writes with two bounds, each with its text; what depends on other data is left out."""
    inner = cleaned(cell)
    if inner.startswith("not(") and inner.endswith(")"):
        inner = inner[4:-1]
    for part in parts(inner):
        try:
            yield from ((part, one) for one in _spans(part) if _is_interval(part))
        except Unclear:
            continue


def _spans(test: str) -> Iterator[Span]:
    if _is_interval(test):
        low, high = test[1:-1].split("..", 1)
        yield Span(literal(low), literal(high), test[0] == "[", test[-1] == "]")
        return
    sign = next((one for one in _SIGNS if test.startswith(one)), "")
    value = literal(test.removeprefix(sign)) if sign else None
    if sign in ("<", "<="):
        yield Span(None, value, True, sign == "<=")
    elif sign in (">", ">="):
        yield Span(value, None, sign == ">=", True)
    elif sign == "!=":
        yield Span(None, value, True, False)
        yield Span(value, None, False, True)


def _single(test: str) -> Iterator[Value]:
    if _is_interval(test) or test.startswith(("<", ">", "!=")):
        return
    yield literal(test.removeprefix("==").removeprefix("="))


def literal(text: str) -> Value:
    """A literal's value; raise Unclear for anything else."""
    text = cleaned(text)
    if text in ("true", "false"):
        return text == "true"
    if text == "null":
        return None
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    if not text.startswith('"'):
        raise Unclear
    try:
        return str(ast.literal_eval(text))
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        raise Unclear from error
