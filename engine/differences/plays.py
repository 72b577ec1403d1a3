"""Scenarios step by step: what came, went or became another step, in the names of the diagrams and the forms."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from engine import scenario_words, scenarios
from engine.amounts import Instant, instant
from engine.clocks.naming import clock_name
from engine.differences.office import Office, message, plain
from engine.differences.said import OPENED
from engine.differences.values import ADDED, CHANGED, REMOVED, Change
from engine.errors import Finding, joined, office_word
from engine.playing import Move
from engine.scenarios import Scenario, Unplayable

STEP, START, RESULT, TITLE = "langkah", "awal permainan", "hasil", "judul skenario"
ENGLISH = "title_en"  # the title in English
NONE = Finding("tidak ada")
CLOCKS = "clocks"
ROWS = {"state": "states", "letters": "letters", "notices": "notices"}


def changes(before: bytes, after: bytes, office: Office) -> tuple[Change, ...]:
    """`office`: what the two versions call things.  Raises ValueError."""
    return tuple(_changed(_read(before), _read(after), _Called(office)))


def places(content: bytes) -> frozenset[str]:
    """Ids of what can be pointed at.  Raises ValueError."""
    scenario = _read(content)
    steps = (f"{STEP} {number}" for number in range(1, len(scenario.moves) + 1))
    return frozenset((*steps, TITLE, *vars(scenario.start), *scenario.expect))


def _read(content: bytes) -> Scenario:
    try:
        return scenarios.read(content.decode("utf-8-sig"))
    except Unplayable as fault:
        raise ValueError(str(fault)) from fault


def _changed(was: Scenario, now: Scenario, called: _Called) -> Iterator[Change]:
    if was.title != now.title:
        yield Change(CHANGED, TITLE, TITLE, "", TITLE, was.title, now.title)
    if was.title_en != now.title_en:
        yield Change(CHANGED, TITLE, TITLE, "", ENGLISH, was.title_en, now.title_en)
    for word, value in vars(now.start).items():
        old = vars(was.start)[word]
        if old != value:
            yield Change(CHANGED, START, word, "", word, called.start(word, old), called.start(word, value))
    yield from _steps(was.moves, now.moves, called)
    for part in dict.fromkeys((*was.expect, *now.expect)):
        old, new = was.expect.get(part), now.expect.get(part)
        if old != new:
            yield from _results(part, old, new, called)


def _results(part: str, old: Any, new: Any, called: _Called) -> Iterator[Change]:
    """What is expected otherwise: of clocks each by itself, of lists what came and went."""
    if isinstance(old, Mapping) or isinstance(new, Mapping):
        was, now = (one if isinstance(one, Mapping) else {} for one in (old, new))
        for name in dict.fromkeys((*was, *now)):
            if was.get(name) != now.get(name):
                yield _clock(part, str(name), was.get(name), now.get(name))
    elif isinstance(old, list) and isinstance(new, list) and (moved := _moved(old, new)):
        for act, code in moved:
            word = called.word(part, code)
            yield Change(act, RESULT, part, "", part, *((word, "") if act == REMOVED else ("", word)))
    else:
        yield Change(CHANGED, RESULT, part, "", part, called.result(part, old), called.result(part, new))


def _moved(old: list[Any], new: list[Any]) -> list[tuple[str, str]]:
    """What a list lost and gained; nothing where only the order is another."""
    was, now = (Counter(map(str, some)) for some in (old, new))
    gone, come = ((was - now).elements(), (now - was).elements())
    return [*((REMOVED, one) for one in gone), *((ADDED, one) for one in come)]


def _clock(part: str, name: str, old: Any, new: Any) -> Change:
    """One clock, called by its name: when it was promised or stopped, and how long it took."""
    act = ADDED if old is None else REMOVED if new is None else CHANGED
    was, now = ("" if one is None else scenario_words.kept(str(one)) for one in (old, new))
    if was == now:  # less than a minute apart
        was, now = str(old), str(new)
    return Change(act, RESULT, part, office_word(clock_name(name)), CLOCKS, was, now)


def _steps(was: tuple[Move, ...], now: tuple[Move, ...], called: _Called) -> Iterator[Change]:
    """Steps by their numbers in the newer scenario; of those that went in the older one."""
    before, after = ([scenarios.move_as_json(one) for one in some] for some in (was, now))
    matched = SequenceMatcher(None, [_plain(one) for one in before], [_plain(one) for one in after], autojunk=False)
    for act, start, end, first, last in matched.get_opcodes():
        pairs = min(end - start, last - first) if act == "replace" else 0
        for at in range(pairs):
            yield _step(CHANGED, first + at, called.move(was[start + at]), called.move(now[first + at]))
        for at in range(start + pairs, end) if act != "equal" else ():
            yield _step(REMOVED, at, called.move(was[at]), "")
        for at in range(first + pairs, last) if act != "equal" else ():
            yield _step(ADDED, at, "", called.move(now[at]))


def _step(act: str, at: int, before: str, after: str) -> Change:
    return Change(act, STEP, f"{STEP} {at + 1}", str(at + 1), STEP, before, after)


def _plain(move: Mapping[str, Any]) -> str:
    return json.dumps(move, sort_keys=True, ensure_ascii=False)


class _Called:
    """The moves and results of a scenario in the words of the office."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def start(self, word: str, value: Any) -> str:
        """How a file was opened: the permit, when, by whom."""
        if word == "at":
            return Instant(value)
        if word == "permit":
            return self.office.row("permits", value)
        if word == "process":
            return self.office.thing(value) if value else Finding("proses izinnya sendiri")
        return OPENED.get(str(value), plain(str(value)))

    def move(self, move: Move) -> str:
        """One step: "Periksa kelengkapan (Dinas Kesehatan): Lengkap, Perlu kajian: ya"."""
        parts = [self._act(move), *(self._given(move.element, name, value) for name, value in move.values.items())]
        return joined([*parts, *([Instant(move.at)] if move.at else [])], ", ")

    def _act(self, move: Move) -> str:
        if move.kind == "lapse":
            return Finding("waktu lewat sampai hal berikutnya")
        if move.kind == "wait":
            return Finding("waktu dimajukan")
        if move.kind == "receive":
            return Finding("pesan %(name)s", name=message(move.element))
        step = self._at(move.element, move.unit)
        return joined([step, self.office.outcome(move.element, move.outcome)], ": ") if move.outcome else step

    def _at(self, element: str, unit: str) -> str:
        """A step, of several agencies that do it with the one that does."""
        step = self.office.step(element)
        return Finding("%(step)s (%(unit)s)", step=step, unit=self.office.row("agencies", unit)) if unit else step

    def _given(self, element: str, name: str, value: Any) -> Finding:
        label = self.office.field(element, name)
        return joined([label, self._value(element, name, value)], ": ")

    def _value(self, element: str, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return Finding("ya") if value else Finding("tidak")
        if isinstance(value, Mapping):
            return joined([self._given(element, str(key), one) for key, one in value.items()], ", ") if value else NONE
        if isinstance(value, list):
            return joined([self._value(element, name, one) for one in value], "; ") if value else NONE
        return NONE if value is None else self._text(element, name, str(value))

    def _text(self, element: str, name: str, value: str) -> str:
        said = self.office.choice(element, name, value)
        return instant(value) if said == value else said

    def result(self, part: str, value: Any) -> str:
        """What a scenario expects in the end, by what people call it."""
        if isinstance(value, bool):
            return Finding("ditutup") if value else Finding("belum ditutup")
        given = value if isinstance(value, list) else [value] if value else []
        return joined([self.word(part, str(one)) for one in given], ", ") if given else NONE

    def word(self, part: str, code: str) -> str:
        """A state, a letter, a message or an open task."""
        if part == "open":
            return self._at(*code.partition(" ")[::2])
        return self.office.row(ROWS[part], code) if part in ROWS else plain(code)
