"""What is wrong with one cell of a table by itself: values of another kind, that no calendar has, empty ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from engine.bpmn.cells import Span, Unclear, literal, parts, read, spans_of
from engine.bpmn.checking.coverage import takes
from engine.errors import Finding

WORDS = {
    "text": Finding("teks"), "number": Finding("bilangan"), "boolean": Finding("ya/tidak"), "date": Finding("tanggal"),
    "time": Finding("jam"),
}  # fmt: skip
_CALLED = re.compile(r'^(date and time|date|time)\(\s*"([^"]*)"\s*\)$')
_WORD = re.compile(r"[^\W\d]\w*")
_SIGNS = re.compile(r"^(<=|>=|!=|==|=|<|>)\s*")
_SAMPLES = {
    "text": '"baru"', "number": ">= 5", "boolean": "true", "date": '>= date("2026-01-31")', "time": 'time("08:00:00")',
}  # fmt: skip


def literals(cell: str) -> Iterator[str]:
    """Every single value a cell writes: bounds of its spans and members of its lists."""
    inner = cell.strip()
    if inner.startswith("not(") and inner.endswith(")"):
        inner = inner[4:-1]
    for part in parts(inner):
        bare = _SIGNS.sub("", part)
        ends = bare[1:-1].split("..", 1) if ".." in bare and bare[:1] in ("[", "]", "(") else [bare]
        yield from (one.strip() for one in ends if one.strip() not in ("", "-"))


def kind_of(written: str) -> str:
    """The kind of a literal; "" for null and for what only data decide."""
    called = _CALLED.match(written.strip())
    if called:
        return "time" if called[1] == "time" else "date"
    try:
        value = literal(written)
    except Unclear:
        return ""
    kinds: dict[type, str] = {bool: "boolean", str: "text", Decimal: "number"}
    return kinds.get(type(value), "")


def fits(found: str, kind: str, written: str) -> bool:
    """Dates and times are texts in the data of a case, so a text of digits may stand for one; whether it is one
    is told by `impossible`."""
    if not found or not kind or found == kind:
        return True
    return found == "text" and kind in ("date", "time") and str(literal(written))[:1].isdigit()


def misfits(cell: str, kind: str, question: str) -> Iterator[tuple[str, str, str]]:
    for one in literals(cell):
        found = kind_of(one)
        if not fits(found, kind, one):
            message = Finding(
                "%(question)s berupa %(kind)s, tetapi dibandingkan dengan %(one)s, sebuah %(other)s",
                question=question,
                kind=WORDS[kind],
                one=one,
                other=WORDS[found],
            )
            yield (
                "cell-type",
                message,
                Finding("Tulis %(kind)s, misalnya %(sample)s.", kind=WORDS[kind], sample=_SAMPLES[kind]),
            )
    if any(sign in ("<", ">", "<=", ">=") for sign in _signs(cell)) and "boolean" in map(kind_of, literals(cell)):
        yield (
            "cell-type",
            Finding("%(question)s ya/tidak tidak mempunyai urutan: %(cell)s", question=question, cell=cell),
            "Tulis true atau false.",
        )


def bare(cell: str) -> Iterator[tuple[str, str, str]]:
    """A bare word among texts is the name of other data to FEEL, and seldom meant so."""
    for one in literals(cell):
        if _WORD.fullmatch(one) and one not in ("true", "false", "null"):
            yield (
                "unquoted-text",
                Finding("%(one)s tidak diberi tanda kutip", one=one),
                Finding('Tulis "%(one)s".', one=one),
            )


def _signs(cell: str) -> Iterator[str]:
    return (found[1] for found in map(_SIGNS.match, parts(cell)) if found)


def impossible(cell: str, kind: str) -> Iterator[tuple[str, str, str]]:
    """Days and hours that no calendar or clock has."""
    for one in literals(cell):
        called = _CALLED.match(one)
        what = called[1] if called else kind if kind_of(one) == "text" and kind in ("date", "time") else ""
        word = called[2] if called else one.strip('"')
        if what and (called or re.match(r"^\d", word)) and not _reads(what, word):
            hint = 'Tulis seperti date("2026-01-31"), date and time("2026-01-31T08:00:00") atau time("08:00:00").'
            yield "impossible-date", Finding("%(one)s bukan tanggal atau jam yang ada", one=one), hint


def _reads(what: str, word: str) -> bool:
    readers: dict[str, tuple[Any, ...]] = {
        "date": (date, datetime) if not word[10:] else (datetime,), "date and time": (datetime,), "time": (time,),
    }  # fmt: skip
    for reader in readers[what]:
        try:
            reader.fromisoformat(word)
        except ValueError:
            continue
        return bool(re.match(r"^\d{4}-\d\d-\d\d" if what != "time" else r"^\d\d:\d\d", word))
    return False


def backward(cell: str) -> Iterator[tuple[str, str, str]]:
    """Ranges whose end lies before their beginning, and ranges that hold nothing."""
    for part, span in spans_of(cell):
        if _empty(span):
            yield (
                "empty-range",
                Finding("rentang %(part)s tidak memuat nilai apa pun", part=part),
                "Tulis batas bawah lebih dahulu.",
            )


def _empty(span: Span) -> bool:
    low, high = span.low, span.high
    if low is None or high is None:
        return False
    if type(low) is not type(high):
        return True
    return low > high or (low == high and not (span.with_low and span.with_high))  # type: ignore[operator]


def outside(cell: str, allowed: str) -> bool:
    """Whether no value that is declared is one a cell takes; what cannot be read plainly is left alone."""
    try:
        test, limit = read(cell), read(allowed)
    except Unclear:
        return False
    if test is None or limit is None or limit.spans or limit.without:
        return False
    return not any(takes(test, one) for one in limit.values)


def same(written: str, other: str) -> bool:
    try:
        return literal(written) == literal(other)
    except Unclear:
        return written == other
