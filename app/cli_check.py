"""The check of diagrams and tables from the command line: every file gets its answer."""

from __future__ import annotations

import json
import logging
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import UUID

import click

from app.clock import now
from app.operations import processes
from engine import deployment, scenarios
from engine.deployment import Surroundings
from engine.errors import Finding, Problem, said_by

log = logging.getLogger("eperizinan")
ROOT = Path(__file__).resolve().parent.parent
CHECKED = (".bpmn", ".bpmn2", ".dmn")
SUFFIXES = {".bpmn", ".dmn", ".json", ".typ", ".svg", ".png", ".ttf", ".otf"}
LARGEST = 2_000_001  # bytes: one more than the checker accepts
OURS = "checker-failed"
APART = ("file", "called")  # of a problem: said once for all of a file; for pages
Held = frozenset[str] | None
Problems = tuple[Problem, ...]


def release_files(root: Path = ROOT) -> dict[str, bytes]:
    """The files of a release: processes/ and forms/, by path."""
    found = sorted([*(root / "processes").rglob("*"), *(root / "forms").rglob("*")])
    return {str(one.relative_to(root)): one.read_bytes() for one in found if one.suffix in SUFFIXES and one.is_file()}


def say(problem: Problem) -> str:
    place = f"{problem.file}:{problem.line or '-'}"
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{place}: {problem.severity}: {problem.element or '-'}: {problem.message}{hint}"


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a file.")
@click.option("--together", is_flag=True, help="As one set: a new diagram may ask a new table, or call another.")
@click.option("--office", is_flag=True, help="Ask this office's database which roles somebody holds.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...], as_json: bool, together: bool, office: bool) -> None:
    """Check diagrams and tables, or folders of them, as if they joined this release; 1 on errors (0 with --json).

    2 when the checker itself failed at one of them: that file says so, and the others are answered all the same.
    """
    files = tuple(one for path in paths for one in _inside(path))
    held = processes.held_roles(now()) if office else None
    bad = ours = False
    for path, found in _together(files, held) if together else _each(files, held):
        ours = ours or any(one.code == OURS for one in found)
        bad = bad or any(one.severity == "error" for one in found)
        _answer(path, found, as_json)
    sys.exit(2 if ours else 1 if bad and not as_json else 0)


def _answer(path: Path, found: Problems, as_json: bool) -> None:
    if not as_json:
        click.echo("\n".join(say(one) for one in found) or f"{path}: baik")
        return
    rows = [{name: value for name, value in vars(one).items() if name not in APART} for one in found]
    good = all(one.severity != "error" for one in found)
    click.echo(json.dumps({"file": str(path), "ok": good, "problems": rows}, ensure_ascii=False))


def _inside(path: Path) -> list[Path]:
    """A file itself; of a folder all diagrams and tables below it."""
    if not os.path.isdir(path):  # which also answers for a name that no disk could hold
        return [path]
    return sorted(one for one in path.rglob("*") if one.suffix.lower() in CHECKED and one.is_file())


def _real(path: Path) -> Path:
    """Where a path leads; one that leads round in a ring stays as it is, and is told when it is read."""
    return Path(os.path.realpath(path))


def _each(files: tuple[Path, ...], held: Held) -> Iterator[tuple[Path, Problems]]:
    """Each file by itself; those of our own release are checked together, for they call and bind each other."""
    release, around = _release_problems(files, held), None
    for path in files:
        inside = release.get(_real(path))
        if inside is None:
            around = around or deployment.surroundings(release_files(), held)
        yield path, _found({path: path.name}, around)[path] if inside is None else inside


def _together(files: tuple[Path, ...], held: Held) -> Iterator[tuple[Path, Problems]]:
    """All files as one set that joins the release; each under its own path, so that two may bear one name."""
    yield from _found({path: str(path) for path in files}, deployment.surroundings(release_files(), held)).items()


def _release_problems(paths: tuple[Path, ...], held: Held) -> dict[Path, Problems]:
    files = release_files()
    own = {_real(ROOT / name) for name in files}
    if not any(_real(path) in own for path in paths):
        return {}
    found = deployment.problems(files, held)
    if not any(one.severity == "error" for one in found):
        found = (*found, *scenarios.problems(files, deployment.build(UUID(int=0), 0, files)))
    return {_real(ROOT / name): tuple(one for one in found if one.file == name) for name in files}


def _found(files: Mapping[Path, str], around: Surroundings | None) -> dict[Path, Problems]:
    """The problems of these files, each under its name; one that cannot be read keeps no other from its answer."""
    read: dict[Path, bytes] = {}
    told: dict[Path, Problems] = {}
    for path, name in files.items():
        try:
            read[path] = _content(path)
        except OSError as error:
            told[path] = (_unreadable(name, os.strerror(error.errno) if error.errno else said_by(error)),)
    try:
        found = deployment.check_set({files[path]: content for path, content in read.items()}, around)
    except Exception as fault:
        log.error("the checker failed at %s", ", ".join(files.values()), exc_info=fault)
        return told | {path: (_failed(files[path], fault),) for path in read}
    answered = {path: tuple(one for one in found if one.file == files[path]) for path in read}
    return {path: (told | answered)[path] for path in files}


def _content(path: Path) -> bytes:
    """What a file holds; one byte more than is accepted says all, so a file of any size is never read whole."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(Finding("bukan berkas biasa"))
    with path.open("rb") as file:
        return file.read(LARGEST)


def _unreadable(name: str, reason: str) -> Problem:
    message = Finding("Berkas tidak dapat dibaca: %(reason)s", reason=reason)
    return Problem(name, "", 1, "error", "unreadable", message, "Periksa alamat dan izin berkas ini.")


def _failed(name: str, fault: Exception) -> Problem:
    message = Finding("Pemeriksa gagal pada berkas ini: %(fault)s", fault=type(fault).__name__)
    return Problem(name, "", 1, "error", OURS, message, "Laporkan berkas ini kepada pengelola sistem.")
