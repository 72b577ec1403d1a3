"""Playing a draft: its processes carried by the real engine, kept as scenarios, covered, held against the law."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from app.operations import draft_drawing, draft_files
from app.operations.demo.answers import fill
from app.operations.draft_forms import samples
from app.operations.examining import NOBODY
from app.operations.release_drafts import playable
from engine import playing, scenarios, spots
from engine.case import Task, read_clock
from engine.catalogue import Permit
from engine.clocks import Reading
from engine.deployment import Deployment
from engine.errors import DefinitionInvalid, Incident, NotAllowed, Problem, Refused, SubmissionInvalid, said_by
from engine.forms import Choices, Form
from engine.forms.reading import read as read_form
from engine.forms.values import clean
from engine.json_faults import object_of
from engine.playing import Move, Played, Start
from engine.release_calendar import world
from engine.scenarios import Covered, Result, Scenario
from engine.titles import titles

AGENCIES = ("agencies", "all_agencies")
Broken = tuple[tuple[str, str], ...]  # files with errors: path, what it is called
THERE = "Skenario bernama ini sudah ada; centang ganti, atau pilih nama lain"
NAME = re.compile(r"[a-z][a-z0-9_]{0,60}", re.ASCII)
SHORTEST_TITLE, LONGEST_TITLE = 5, 120


@dataclass(frozen=True)
class Table:
    """A play as it stands: `told` of a move that could not be made; `readings`: the clocks, tasks' left out;
    `broken`: files that have errors, with what they are called; `made`: how many moves could be made."""

    row: Any
    release: Deployment
    played: Played
    readings: tuple[tuple[str, Reading], ...]
    due: datetime | None
    broken: Broken
    told: str = ""
    made: int = 0


@dataclass(frozen=True)
class Stage:
    """A draft as far as it can be played; `problems`: every error in it, `release` None where nothing can be played.

    `titles`: path -> what the file is called.
    """

    row: Any
    files: Mapping[str, bytes]
    release: Deployment | None
    problems: tuple[Problem, ...]
    broken: Broken
    titles: Mapping[str, str]

    @property
    def permits(self) -> tuple[Permit, ...]:
        """Permits whose process can be played."""
        if self.release is None:
            return ()
        known, law = self.release.definition.processes, self.release.catalogue
        return tuple(one for one in law.permits.values() if one.process in known)


def stage(draft: UUID, by: UUID, at: datetime) -> Stage:
    """What of the draft cases could run on.  Raises NotAllowed, NotFound."""
    row, files = draft_drawing.files_of(draft, by, at)
    found, called = playable(files), titles(files)
    broken = tuple((path, called.get(path, "")) for path in found.broken)
    return Stage(row, files, found.deployment, spots.told(found.problems, files), broken, called)


def _playing(draft: UUID, by: UUID, at: datetime) -> tuple[Stage, Deployment]:
    """Raises DefinitionInvalid where nothing can be played."""
    found = stage(draft, by, at)
    if found.release is None:
        raise DefinitionInvalid(found.problems)
    return found, found.release


def table(draft: UUID, start: Start, moves: tuple[Move, ...], by: UUID, at: datetime) -> Table:
    """A play carried out; a move that cannot be made is told, and the play stands before it.

    Raises NotAllowed, NotFound, DefinitionInvalid where nothing can be played for errors, Refused where no file can be
    opened, also for errors of the process that was asked for.
    """
    found, release = _playing(draft, by, at)
    known = world(release.catalogue)
    played, told, made = playing.begin(release, start), "", 0
    for move in moves:
        try:
            played = playing.step(played, move, known)
            made += 1
        except (Refused, NotAllowed, Incident) as fault:
            told = said_by(fault)
            break
    readings = tuple(
        (one.name, read_clock(played.case, one, known, played.now)) for one in played.case.clocks if not one.task
    )
    return Table(found.row, release, played, readings, played.due(known), found.broken, told, made)


def asked(form: Form) -> Form:
    """What of a form decides the way of the process: the rest is not asked in a play."""
    sections = (
        type(one)(one.title, tuple(f for f in one.fields if f.routes and f.type != "file"), one.visible_if, one.help)
        for one in form.sections
    )
    return type(form)(form.key, form.version, form.title, tuple(one for one in sections if one.fields), form.outcomes)


def form_of(release: Deployment, task: Task, start: Start) -> Form:
    return asked(release.form(task.form_key, start.permit, start.category).asked_of(start.kind))


def lists_of(release: Deployment) -> Choices:
    """Samples of what forms draw from; members of a team are people whom the process can name."""
    members = tuple((str(uuid5(NOBODY, f"anggota {n}")), f"Anggota tim (contoh) {n}") for n in (1, 2, 3))
    offices = tuple((one.code, one.name) for one in release.catalogue.agencies.values())
    return {**samples(release.catalogue), "team_members": members} | dict.fromkeys(AGENCIES, offices)


def filled(form: Form, release: Deployment, start: Start, now: datetime) -> Mapping[str, list[str]]:
    """What somebody might have typed, needs of the permit as its law has them; the same every time."""
    from random import Random

    law = release.catalogue.permits[start.permit]
    given: dict[str, Any] = dict(law.flags)
    members = [id for id, _ in lists_of(release)["team_members"]]
    for one in form.fields():
        if one.options_from in AGENCIES and one.type == "choices":
            given[one.name] = list(law.agencies) or [code for code, _ in lists_of(release)[AGENCIES[0]][:1]]
        if one.options_from == "team_members":
            given[one.name] = members if one.type == "choices" else members[0]
    return fill(form, lists_of(release), Random(0), now, given).typed


def answered(form: Form, release: Deployment, raw: Mapping[str, list[str]], outcome: str) -> Mapping[str, Any]:
    """What the form hands on to the process of what was typed.  Raises SubmissionInvalid by field."""
    return read_form(form, raw, lists_of(release), None, outcome).routes


# --- scenarios


def keep(
    draft: UUID,
    name: str,
    title: str,
    start: Start,
    moves: tuple[Move, ...],
    by: UUID,
    at: datetime,
    again: bool = False,
) -> str:
    """A play as a scenario of the draft, with what came of it; its path.

    `again`: in the place of one of that name.  Raises NotAllowed, SubmissionInvalid at `nama_skenario` or
    `judul_skenario`, Refused for a play that stops before
    its end, or once the draft is closed.
    """
    draft_files.changeable(draft, by, at)
    called = clean(title)
    if not NAME.fullmatch(name):
        raise SubmissionInvalid({"nama_skenario": "Nama berkas berupa huruf kecil, angka, dan garis bawah"})
    if not SHORTEST_TITLE <= len(called) <= LONGEST_TITLE:
        raise SubmissionInvalid({"judul_skenario": "Apa yang dimainkan: 5 sampai 120 huruf"})
    found = table(draft, start, moves, by, at)
    if found.told:
        raise Refused(found.told)
    expected = scenarios.outcome(found.played, world(found.release.catalogue))
    path = f"{scenarios.FOLDER}{name}.json"
    if not again and path in draft_drawing.files_of(draft, by, at)[1]:
        raise SubmissionInvalid(
            {"nama_skenario": "Skenario bernama ini sudah ada; centang ganti, atau pilih nama lain"}
        )
    english = _english(draft_drawing.files_of(draft, by, at)[1].get(path, b""), called)
    made = Scenario(called, start, moves, expected, english)
    draft_files.take_in(draft, path, scenarios.written(made), by, at)
    return path


def _english(before: bytes, title: str) -> str:
    """The English title of the scenario in whose place another one is kept, while it is called the same."""
    found = object_of(before)
    english = found.get("title_en")
    return english if isinstance(english, str) and found.get("title") == title else ""


@dataclass(frozen=True)
class Proven:
    """`covered`: each process by all scenarios together; `articles`: what rests on which, and whether it was played."""

    row: Any
    results: tuple[Result, ...]
    covered: tuple[Covered, ...]
    articles: tuple[Article, ...]
    release: Deployment
    broken: Broken


@dataclass(frozen=True)
class Article:
    """A legal basis with the steps that name it: (element, name, form, process) and the scenarios that pass them."""

    basis: str
    steps: tuple[tuple[str, str, str, str], ...]
    scenarios: tuple[Result, ...]
    unplayed: tuple[str, ...]


def proven(draft: UUID, by: UUID, at: datetime) -> Proven:
    """Every scenario played again, what they cover, and the articles behind the steps.

    Raises NotAllowed, NotFound, DefinitionInvalid where nothing can be played for errors.
    """
    found, release = _playing(draft, by, at)
    gone = spots.gone(found.files, draft_drawing.begun(draft, by, at))
    results = scenarios.results(found.files, release, gone)
    passed = frozenset(one for result in results for one in result.passed)
    covered = scenarios.coverage(release, passed)
    return Proven(found.row, results, covered, _articles(release, results), release, found.broken)


def _articles(release: Deployment, results: tuple[Result, ...]) -> tuple[Article, ...]:
    found: dict[str, dict[str, tuple[str, str, str, str]]] = {}
    for process in release.definition.processes:
        for one in release.definition.scope(process).values():
            if basis := one.properties.get("legalBasis", ""):
                found.setdefault(basis, {})[one.id] = (one.id, one.name, one.form_key, one.process)
    return tuple(_article(basis, steps, results) for basis, steps in sorted(found.items()))


def _article(basis: str, steps: Mapping[str, tuple[str, str, str, str]], results: tuple[Result, ...]) -> Article:
    by = tuple(one for one in results if one.passed & steps.keys())
    seen = frozenset(one for result in results for one in result.passed)
    return Article(basis, tuple(steps.values()), by, tuple(name for id, name, _, _ in steps.values() if id not in seen))
