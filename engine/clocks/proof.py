"""The proof of a date: facts, reading and lines of a clock in one document, and the check of such a document.

Whoever holds the document needs neither the office nor its database: the
reading and every line are worked out again from the facts, and the lines are
added up a second time by themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from engine.clocks import cases_input, cases_output
from engine.clocks.cases_format import reading_answer
from engine.clocks.explanation import Explanation, explain
from engine.clocks.force_majeure import World
from engine.clocks.ledger import Clock
from engine.clocks.located import CaseFault, Located
from engine.clocks.term import Budget
from engine.clocks.wording import UNITS

FORMAT = "e-perizinan/bukti-jam/1"
# With hours of a unit's own: whoever checks with an older checker is told so, not that the figures are wrong.
FORMAT_OF_UNIT = "e-perizinan/bukti-jam/2"
# With lines that say from when, where earlier releases gave the start: what those wrote is checked as they wrote it.
FORMAT_PLACED = "e-perizinan/bukti-jam/3"
FORMATS = (FORMAT, FORMAT_OF_UNIT, FORMAT_PLACED)
MOST_TOLD = 20  # differences told of one document
ABSENT = "(tidak ada)"


def proof(clock: Clock, world: World, at: datetime, known_at: datetime | None, about: Mapping[str, str]) -> str:
    """The document as JSON; `about`: what the reader wants to know it by (file number, permit, name of the clock).

    Raises what `read` raises.
    """
    question = {"at": at.isoformat(), "known_at": None if known_at is None else known_at.isoformat()}
    case = {**cases_output.facts(clock, world), "questions": [question]}
    asked = cases_input.case(case)
    found = _worked_out(asked, placed=True)
    form = FORMAT_OF_UNIT if "hours" in case else FORMAT
    form = form if found == _worked_out(asked, placed=False) else FORMAT_PLACED
    document = {"format": form, "about": dict(about), **case, **found}
    return json.dumps(document, ensure_ascii=False, indent=1)


def _worked_out(asked: cases_input.Case, placed: bool) -> dict[str, Any]:
    question = asked.questions[0]
    explained = explain(asked.clock, asked.world, question.at, question.known_at, placed)
    return {"answer": reading_answer(asked, question), "explanation": as_document(explained)}


def as_document(explained: Explanation) -> dict[str, Any]:
    """An explanation as plain JSON values."""
    found: dict[str, Any] = json.loads(explained.to_json())
    return found


def differences(text: str | bytes) -> list[str]:
    """What in a document does not follow from its facts, each with its place; nothing when all of it does.

    Raises CaseFault for what is no such document, or whose facts cannot be read.
    """
    document = _read(text)
    asked = cases_input.case(document)
    if len(asked.questions) != 1:
        raise CaseFault("questions: harus tepat satu pertanyaan")
    fresh = _worked_out(asked, placed=document["format"] == FORMAT_PLACED)
    told = [*_unlike("answer", document.get("answer"), fresh["answer"])]
    told += [*_unlike("explanation", document.get("explanation"), fresh["explanation"])]
    return [*told, *_added(document)][:MOST_TOLD]


def _added(document: dict[str, Any]) -> list[str]:
    try:
        return [*_added_up(document.get("explanation"))]
    except CaseFault as fault:
        return [str(fault)]


def told(text: str | bytes) -> str:
    """What a document that holds says, in one sentence."""
    document = _read(text)
    about, answer = document.get("about") or {}, document["answer"]
    named = " · ".join(str(one) for one in about.values()) if isinstance(about, dict) else ""
    promised = answer["promised_at"] or f"tanpa janji ({answer['no_promise_because']})"
    return f"{named + ': ' if named else ''}janji {promised}, {_used(document)}"


def _used(document: dict[str, Any]) -> str:
    """Service time that is used up, and what is left in the unit of the clock."""
    answer, budget = document["answer"], document["explanation"]["budget"]
    unit = UNITS[Budget.parse(budget).unit] if budget else ""
    used = ("elapsed_minutes", UNITS["minutes"]) if unit == UNITS["minutes"] else ("elapsed_hk", UNITS["hk"])
    return f"terpakai {_amount_words(answer[used[0]], used[1])}, sisa {_amount_words(answer['remaining'], unit)}"


def _amount_words(exact: object, unit: str) -> str:
    """ "≈ 29,41 hari kerja (38976525/1325183)": rounded for the eye, the exact fraction beside it."""
    word = "hari kerja" if unit == UNITS["hk"] else unit
    if not isinstance(exact, str | int):
        return f"{exact} {word}".rstrip()
    amount = Fraction(exact)
    if amount.denominator == 1:
        return f"{amount} {word}".rstrip()
    hundredths = round(abs(amount) * 100)
    sign = "-" if amount < 0 else ""
    return f"≈ {sign}{hundredths // 100},{hundredths % 100:02d} {word} ({amount})"


def _read(text: str | bytes) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as reason:
        raise CaseFault(f"bukan JSON: {reason}") from reason
    if not isinstance(document, dict) or document.get("format") not in FORMATS:
        raise CaseFault(f"bukan bukti jam: format harus salah satu dari {', '.join(FORMATS)}")
    return document


def _unlike(place: str, told: object, fresh: object) -> Iterator[str]:
    """Differences between what a document says and what follows from its facts."""
    if isinstance(told, dict) and isinstance(fresh, dict):
        for key in [*fresh, *(key for key in told if key not in fresh)]:
            yield from _unlike(f"{place}.{key}", told.get(key, ABSENT), fresh.get(key, ABSENT))
    elif isinstance(told, list) and isinstance(fresh, list):
        if len(told) != len(fresh):
            yield f"{place}: tertulis {len(told)} baris, menurut faktanya {len(fresh)}"
        for number, (one, other) in enumerate(zip(told, fresh, strict=False)):
            yield from _unlike(f"{place}[{number}]", one, other)
    elif told != fresh or type(told) is not type(fresh):
        yield f"{place}: tertulis {told!r}, menurut faktanya {fresh!r}"


def _added_up(explanation: object) -> Iterator[str]:
    """The lines added up by themselves, as with pencil and paper: no calendar, no walk."""
    root = Located(explanation, "explanation")
    running = Fraction(0)
    for line in root.get("lines").items():
        running += _amount(line.get("amount"))
        if _amount(line.get("total")) != running:
            yield f"{line.path}.total: jumlah sampai baris ini {running}"
        yield from _measured(line)
    if _amount(root.get("total")) != running:
        yield f"explanation.total: baris-barisnya berjumlah {running}"


def _measured(line: Located) -> Iterator[str]:
    """Minutes and share of a counted line against its own windows; lines of several dates give none."""
    windows = [_window(one) for one in line.get("windows").items()]
    days = {opens.date() for opens, _ in windows}
    of_minutes = _amount(line.get("of_minutes"))
    if line.get("kind").text() != "COUNTED" or len(days) != 1 or not of_minutes:
        return
    open_for = sum((Fraction((closes - opens).total_seconds()) / 60 for opens, closes in windows), Fraction(0))
    minutes, amount = _amount(line.get("minutes")), _amount(line.get("amount"))
    if not minutes <= open_for < minutes + Fraction(1, 60):  # an instant is a whole second, an amount exact
        yield f"{line.path}.minutes: jam yang tertulis {open_for} menit"
    if amount not in (minutes, minutes / of_minutes):
        yield f"{line.path}.amount: {minutes} dari {of_minutes} menit adalah {minutes / of_minutes}"


def _window(node: Located) -> tuple[datetime, datetime]:
    pair = [one.instant() for one in node.items()]
    if len(pair) != 2:
        raise node.fault("harus sepasang waktu, buka dan tutup")
    return pair[0], pair[1]


def _amount(node: Located) -> Fraction:
    try:
        return Fraction(node.text())
    except (ValueError, ZeroDivisionError) as reason:
        raise node.fault("bukan pecahan seperti 22/15") from reason
