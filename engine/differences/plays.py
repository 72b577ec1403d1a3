"""Scenarios step by step: what came, went or became another step, in the names of the diagrams and the forms."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from engine import scenarios
from engine.bpmn import elements, reading
from engine.bpmn.calling import Names
from engine.clocks.naming import clock_name
from engine.deployment import CATALOGUE
from engine.differences.values import ADDED, CHANGED, REMOVED, Change
from engine.errors import Finding, joined, office_word
from engine.json_faults import object_of
from engine.playing import Move
from engine.scenarios import Scenario, Unplayable

STEP, START, RESULT, TITLE = "langkah", "awal permainan", "hasil", "judul skenario"
NONE = Finding("tidak ada")
WORDS = {"state": ("states", "label"), "letters": ("letters", "title"), "notices": ("notices", "subject")}


def changes(before: bytes, after: bytes, files: Mapping[str, bytes]) -> tuple[Change, ...]:
    """`files`: the newer version, whose diagrams, forms and lists say what things are called.  Raises ValueError."""
    was, now, called = _read(before), _read(after), _Called(files)
    return tuple(_changed(was, now, called))


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
    for word, value in vars(now.start).items():
        old = vars(was.start)[word]
        if old != value:
            yield Change(CHANGED, START, word, "", word, str(old), str(value))
    yield from _steps(was.moves, now.moves, called)
    for part in dict.fromkeys((*was.expect, *now.expect)):
        old, new = was.expect.get(part), now.expect.get(part)
        if old != new:
            yield Change(CHANGED, RESULT, part, "", part, called.result(part, old), called.result(part, new))


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
    """What the files of a version call elements, decisions of forms, states, letters and messages."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        found: dict[str, elements.Element] = {}
        flows: list[elements.Flow] = []
        for path, content in files.items():
            if path.endswith(".bpmn") and (root := _diagram(path, content)) is not None:
                found |= elements.elements(root)
                flows += elements.flows(root)
        self.elements, self.names = found, Names(found, flows)

    def move(self, move: Move) -> str:
        """One step: "Periksa kelengkapan (PUPR): Lengkap, butuh_kajian ya"."""
        parts = [self._act(move), *(f"{name} {_value(value)}" for name, value in move.values.items())]
        return joined([*parts, *([move.at.isoformat()] if move.at else [])], ", ")

    def _act(self, move: Move) -> str:
        if move.kind == "lapse":
            return Finding("waktu lewat sampai hal berikutnya")
        if move.kind == "wait":
            return Finding("waktu dimajukan")
        if move.kind == "receive":
            return Finding("pesan %(name)s", name=move.element)
        step = joined([self.names.of(move.element), *([f"({move.unit})"] if move.unit else [])])
        return joined([step, self._outcome(move)], ": ") if move.outcome else step

    def _outcome(self, move: Move) -> str:
        known = self.elements.get(move.element)
        form = object_of(self.files.get(f"forms/{known.form_key}.json", b"")) if known else {}
        given = form.get("outcomes")
        for one in given if isinstance(given, list) else ():
            if isinstance(one, dict) and one.get("value") == move.outcome:
                return str(one.get("label", move.outcome))
        return move.outcome

    def result(self, part: str, value: Any) -> str:
        """What a scenario expects in the end, by what people call it."""
        if isinstance(value, bool):
            return Finding("ditutup") if value else Finding("belum ditutup")
        if isinstance(value, Mapping):
            return joined([joined([office_word(clock_name(str(k))), str(v)]) for k, v in value.items()], "; ")
        given = value if isinstance(value, list) else [value] if value else []
        return joined([self._word(part, str(one)) for one in given], ", ") if given else NONE

    def _word(self, part: str, code: str) -> str:
        if part == "open":
            element, _space, unit = code.partition(" ")
            return joined([self.names.of(element), *([unit] if unit else [])])
        file, word = WORDS.get(part, ("", ""))
        row = object_of(self.files.get(f"{CATALOGUE}{file}.json", b"")).get(code)
        return office_word(str(row[word])) if isinstance(row, dict) and row.get(word) else code


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _diagram(path: str, content: bytes) -> Any:
    try:
        return reading.read(path, content)
    except reading.Unreadable:
        return None
