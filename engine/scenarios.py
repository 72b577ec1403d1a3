"""Scenarios: plays kept with the processes, and what came of them, so that every check plays them again.

`processes/scenarios/<name>.json`:
`{"title", "start": {"permit", "at", …}, "moves": [{"do": "periksa", "outcome": …, "values": {…}}, …], "expect": {…}}`,
and where there is one `title_en`, the title in English.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, cast, get_args

from engine import playing, scenario_words
from engine.bpmn.calling import Names
from engine.case import read_clock
from engine.clocks import World
from engine.deployment import Deployment
from engine.effects import IssueLetter, Notify
from engine.errors import EngineError, Finding, OwnName, Problem, said_by
from engine.playing import Kind, Move, Played, Start
from engine.release_calendar import world as world_of

FOLDER = "processes/scenarios/"
LONGEST = 200_000  # characters
MOST_SAID = 120  # characters of what a reader of JSON says
AGAIN = "Mainkan lagi dan simpan kembali, bila perubahan ini memang dikehendaki."


@dataclass(frozen=True)
class Scenario:
    title: str
    start: Start
    moves: tuple[Move, ...]
    expect: Mapping[str, Any]
    title_en: str = ""


@dataclass(frozen=True)
class Result:
    """`passed`: ids of elements and flows, of the moves that could be made; `problem` None: it came out as kept.

    `lacking`: its process cannot be played, for want of files that are free of errors; `scenario` None: it cannot be
    read; `made`: how many of its moves could be made.
    """

    file: str
    title: str
    problem: Problem | None
    passed: frozenset[str]
    lacking: bool = False
    scenario: Scenario | None = None
    made: int = 0


class Unplayable(Exception):
    """What is no scenario; holds the sentence that says why."""


def read(text: str) -> Scenario:
    """A scenario of its JSON; raises Unplayable."""
    if len(text) > LONGEST:
        raise Unplayable(Finding("Skenario ini terlalu panjang."))
    try:
        raw = json.loads(text)
        start, moves = start_of(raw["start"]), tuple(move_of(one) for one in raw["moves"])
        title, expect = str(raw["title"])[:200], dict(raw.get("expect", {}))
        english = _word(raw.get("title_en", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ArithmeticError) as fault:
        why = said_by(fault, MOST_SAID)
        raise Unplayable(Finding("Skenario ini tidak dapat dibaca: %(why)s", why=why)) from fault
    if len(moves) > playing.MOST_MOVES:
        raise Unplayable(Finding("Skenario memuat paling banyak %(most)s langkah.", most=playing.MOST_MOVES))
    return Scenario(title, start, moves, expect, english)


def start_of(raw: Mapping[str, Any]) -> Start:
    """Raises ValueError, KeyError, TypeError for what is none."""
    known = {name: _word(raw[name]) for name in ("process", "kind", "category", "channel") if name in raw}
    return Start(_word(raw["permit"]), _instant(raw["at"]), **known)


def move_of(raw: Mapping[str, Any]) -> Move:
    """Raises ValueError, TypeError for what is none."""
    kind = next((one for one in get_args(Kind) if one in raw), None)
    if kind is None:
        raise ValueError(Finding("langkah tanpa do, receive, lapse, atau wait"))
    values = {str(name): _value(one) for name, one in dict(raw.get("values", {})).items()}
    at = _instant(raw["at"]) if raw.get("at") else None
    said = {name: _word(raw.get(name, "")) for name in ("unit", "outcome")}
    return Move(
        cast(Kind, kind), _word(raw[kind] or ""), values=values, at=at, which=_count(raw.get("which", 0)), **said
    )


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= playing.MOST_MOVES:
        raise TypeError(Finding("bukan nomor"))
    return value


def _word(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise TypeError(Finding("bukan teks"))
    return value


def _instant(value: Any) -> datetime:
    found = datetime.fromisoformat(_word(value))
    if found.tzinfo is None or not 2000 <= found.year <= 2100:
        raise ValueError(Finding("waktu tanpa zona, atau di luar tahun 2000 sampai 2100"))
    return found


def _value(value: Any) -> Any:
    """Exact numbers travel as `{"angka": "2.5"}`; JSON has none of its own."""
    if isinstance(value, dict) and set(value) == {"angka"}:
        return Decimal(_word(value["angka"]))
    if isinstance(value, float):
        raise TypeError(Finding('pecahan ditulis {"angka": "2.5"}'))
    if isinstance(value, list):
        return [_value(one) for one in value]
    return {str(name): _value(one) for name, one in value.items()} if isinstance(value, dict) else value


# --- written


def as_json(scenario: Scenario) -> dict[str, Any]:
    """As `read` reads it, empty words left out."""
    start = {name: one for name, one in vars(scenario.start).items() if one != ""} | {
        "at": scenario.start.at.isoformat()
    }
    moves = [move_as_json(one) for one in scenario.moves]
    english = {"title_en": scenario.title_en} if scenario.title_en else {}
    return {"title": scenario.title, **english, "start": start, "moves": moves, "expect": dict(scenario.expect)}


def move_as_json(move: Move) -> dict[str, Any]:
    more: dict[str, Any] = {"unit": move.unit, "which": move.which, "outcome": move.outcome}
    more["values"] = _plain(dict(move.values))
    at = {"at": move.at.isoformat()} if move.at else {}
    return {move.kind: move.element, **{name: one for name, one in more.items() if one}, **at}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"angka": str(value)}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return {name: _plain(one) for name, one in value.items()} if isinstance(value, dict) else value


def written(scenario: Scenario) -> bytes:
    return (json.dumps(as_json(scenario), ensure_ascii=False, indent=2) + "\n").encode()


def outcome(played: Played, world: World) -> dict[str, Any]:
    """What a scenario expects of a play: where the file stands, its papers and messages, its clocks.

    Clocks as text: promise or stop in WIB, and the exact working days they took.
    """
    return {
        "closed": played.case.closed,
        "state": played.case.state,
        "open": sorted(f"{one.element} {one.unit}".strip() for one in played.case.tasks),
        "letters": [one.letter for _, one in played.effects if isinstance(one, IssueLetter)],
        "notices": [one.notice for _, one in played.effects if isinstance(one, Notify)],
        "clocks": dict(_clocks(played, world)),
    }


def _clocks(played: Played, world: World) -> Iterator[tuple[str, str]]:
    """The latest clock of each name but those of tasks: its promise, or when it stopped."""
    for one in played.case.clocks:
        if not one.task:
            found = read_clock(played.case, one, world, played.now)
            shown = found.stopped_at or found.promised_at
            what = "berhenti" if found.stopped_at else "janji"
            yield one.name, f"{what} {shown.isoformat() if shown else '-'}, terpakai {found.elapsed_hk} hk"


# --- played again


def results(
    files: Mapping[str, bytes], deployment: Deployment, gone: Mapping[str, str] | None = None
) -> tuple[Result, ...]:
    """Every scenario of a release, played on it by the release's own calendar, by name; `gone` as in `spots.gone`."""
    world = world_of(deployment.catalogue)
    named = sorted(path for path in files if path.startswith(FOLDER) and path.endswith(".json"))
    return tuple(_result(path, files[path], deployment, world, gone or {}) for path in named)


def _result(path: str, content: bytes, deployment: Deployment, world: World, gone: Mapping[str, str]) -> Result:
    try:
        scenario = read(content.decode("utf-8", "replace"))
    except Unplayable as fault:
        return Result(path, path, _problem(path, "", said_by(fault)), frozenset())
    played, made, problem = _replayed(path, scenario, deployment, world, gone)
    if problem is None and played is not None:
        problem = _compared(path, scenario.expect, outcome(played, world), deployment)
    passed = played.passed if played else frozenset()
    lacking = not playing.serves(deployment, scenario.start)
    return Result(path, scenario.title, problem, passed, lacking, scenario, made)


def _replayed(
    path: str, scenario: Scenario, deployment: Deployment, world: World, gone: Mapping[str, str]
) -> tuple[Played | None, int, Problem | None]:
    """How far it goes: the play, how many moves were made, and what stopped it."""
    try:
        played = playing.begin(deployment, scenario.start)
    except EngineError as fault:
        told = Finding("Skenario %(title)s: %(fault)s", title=OwnName(scenario.title), fault=said_by(fault))
        return None, 0, _problem(path, "", told)
    for made, move in enumerate(scenario.moves):
        try:
            played = playing.step(played, move, world)
        except EngineError as fault:
            said = _stopped(OwnName(scenario.title), made + 1, _step(move, deployment, gone), fault)
            return played, made, _problem(path, move.element, said)
    return played, len(scenario.moves), None


def _stopped(title: str, number: int, step: str, fault: EngineError) -> Finding:
    """That a move could not be made, which one, and why."""
    told = {"title": title, "number": number, "fault": said_by(fault)}
    if not step:
        return Finding("Skenario %(title)s, langkah %(number)s: %(fault)s", **told)
    return Finding("Skenario %(title)s, langkah %(number)s (%(step)s): %(fault)s", step=step, **told)


def _step(move: Move, deployment: Deployment, gone: Mapping[str, str]) -> str:
    """What the step of a move is called, its id where nobody knows a name; "" for a move at no step."""
    if move.element in deployment.definition.elements:
        return Names(deployment.definition.elements, deployment.definition.flows).of(move.element)
    if move.element in gone:
        return Finding("%(step)s, sudah dihapus", step=gone[move.element])
    return move.element


def _compared(
    path: str, expected: Mapping[str, Any], came: Mapping[str, Any], deployment: Deployment
) -> Problem | None:
    for name, wanted in expected.items():
        if name in came and came[name] != wanted:
            return _problem(path, "", scenario_words.differs(name, wanted, came[name], deployment))
    return None


def _problem(path: str, element: str, message: str) -> Problem:
    return Problem(path, element, 0, "error", "scenario", message, AGAIN)


def problems(
    files: Mapping[str, bytes], deployment: Deployment, gone: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    """What does not come out as it was kept; `gone` as in `spots.gone`."""
    return tuple(one.problem for one in results(files, deployment, gone) if one.problem is not None)


# --- coverage


@dataclass(frozen=True)
class Covered:
    """Of a process: its elements, those that no scenario passes, and its ways likewise, in the order of the diagram."""

    process: str
    name: str
    elements: tuple[str, ...]
    missed: tuple[str, ...]
    ways: tuple[str, ...]
    missed_ways: tuple[str, ...]


def coverage(deployment: Deployment, passed: Iterable[str]) -> tuple[Covered, ...]:
    """How far the processes of a release are passed by plays that passed these elements and flows."""
    seen = frozenset(passed)
    return tuple(_covered(deployment, process, seen) for process in deployment.definition.processes)


def _covered(deployment: Deployment, process: str, seen: frozenset[str]) -> Covered:
    definition = deployment.definition
    inside = [one.id for one in definition.scope(process).values() if one.process == process]
    ways = [one.id for one in definition.flows if one.process == process]
    missed, missed_ways = (tuple(one for one in some if one not in seen) for some in (inside, ways))
    return Covered(process, definition.name_of(process), tuple(inside), missed, tuple(ways), missed_ways)
