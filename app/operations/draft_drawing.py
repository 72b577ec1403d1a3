"""A diagram of a draft under the hands of its editor: what may be chosen, and what is wrong with it so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from app.operations import acting, draft_against, draft_files, examining, processes, release_drafts
from app.operations.retrying import retried
from app.store import transaction
from engine import access, authoring, blank, contracts, drafting, spots, titles
from engine.deployment import Surroundings, check_file, problems, read_forms, surroundings
from engine.errors import Problem, SubmissionInvalid
from engine.forms.values import clean

SHORTEST_NAME, LONGEST_NAME = 3, 120


@dataclass(frozen=True)
class Drawing:
    """`open`: whether the draft can still be changed; `words`: lists of `engine.authoring.offered`."""

    row: Any
    file: draft_files.Opened
    words: Mapping[str, Any]
    called: str = ""  # by another file, as letters are

    @property
    def open(self) -> bool:
        return bool(self.row.status == "open")

    @property
    def title(self) -> str:
        """What the file is called, "" where only its path tells."""
        return self.called or titles.title(self.file.path, self.file.content or self.file.base or b"")


def drawing(draft: UUID, path: str, by: UUID, at: datetime) -> Drawing:
    """A diagram or table with everything it may name.  Raises NotAllowed, NotFound."""
    file = draft_files.opened(draft, path, by, at)
    row, files = files_of(draft, by, at)
    fixed = spots.steps(begun(draft, by, at))
    return Drawing(row, file, {**authoring.offered(around(files, path)), "fixed": sorted(fixed)})


def faults(draft: UUID, path: str, content: bytes, by: UUID, at: datetime) -> tuple[Problem, ...]:
    """Everything wrong with a file as it is now on the screen, beside the rest of the draft.

    Nothing is saved.  Raises NotAllowed, NotFound.
    """
    held = processes.held_roles(at)
    _, files = files_of(draft, by, at)
    if len(content) > drafting.LARGEST:
        return (drafting.too_large(path),)
    if unread := drafting.unread(path, content):
        return unread
    if path.startswith("forms/"):
        return _of_form(path, content, files)
    if not path.endswith((".bpmn", ".dmn")):
        return _of_data(path, content, files, begun(draft, by, at), at)
    base = begun(draft, by, at)
    # Who calls a process and what it hands over is known by it as it was: that stays the same while it is drawn.
    beside, gone = around(_as_it_was(files, path, base), ""), spots.gone({**files, path: content}, base)
    known = replace(beside.known, held=held if held != {access.APPLICANT} else None, gone=gone)
    return check_file(path, content, replace(beside, known=known))


def _of_data(
    path: str, content: bytes, files: Mapping[str, bytes], base: Mapping[str, bytes], at: datetime
) -> tuple[Problem, ...]:
    """Problems of a file of the law, a letter or a scenario, also beside the release that the draft began with."""
    now = {**files, path: content}
    beside = draft_against.problems(base, now, draft_against.staff(at), at)
    return tuple(one for one in (*problems(now), *beside) if one.file == path)


def _of_form(path: str, content: bytes, files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Problems of a form, also of what the office's code reads of it by name."""
    forms, told = read_forms({path: content})
    drawn = {name: text for name, text in files.items() if name.endswith(".bpmn")}
    owed = contracts.problems(forms, around(files, "").catalogue, drawn)
    return (*told, *(one for one in owed if one.file == path))


@dataclass(frozen=True)
class Beyond:
    """What a file does to others: `titles`: path -> what a file is called."""

    row: Any
    problems: tuple[Problem, ...]
    titles: Mapping[str, str]


def beyond(draft: UUID, path: str, content: bytes, by: UUID, at: datetime) -> Beyond:
    """What is wrong in other files of the draft with a file as it is now on the screen, and is not with it as it was.

    Nothing is saved; nothing is found of a file that cannot be read.  Raises NotAllowed, NotFound.
    """
    row, files = files_of(draft, by, at)
    base, now = begun(draft, by, at), {**files, path: content}
    if len(content) > drafting.LARGEST or drafting.unread(path, content) or base.get(path) == content:
        return Beyond(row, (), {})
    held = processes.held_roles(at)
    known, gone = held if held != {access.APPLICANT} else None, spots.gone(now, base)
    before = {_mark(one) for one in examining.examined(_as_it_was(files, path, base), known)[0]}
    found = (one for one in examining.examined(now, known, gone)[0] if one.file != path)
    new = tuple(one for one in found if _mark(one) not in before)
    return Beyond(row, spots.told(new, now, gone), titles.titles(now))


def _as_it_was(files: Mapping[str, bytes], path: str, base: Mapping[str, bytes]) -> dict[str, bytes]:
    """A draft with one of its files as in the release it began with."""
    return {**files, path: base[path]} if path in base else {one: files[one] for one in files if one != path}


def _mark(one: Problem) -> tuple[str, ...]:
    """What a problem is known by though lines above it changed."""
    return one.file, one.element, one.code, one.message


def row_of(draft: UUID, by: UUID, at: datetime) -> Any:
    """The draft itself.  Raises NotAllowed, NotFound."""
    return files_of(draft, by, at)[0]


@retried
def files_of(draft: UUID, by: UUID, at: datetime) -> tuple[Any, dict[str, bytes]]:
    """A draft and the whole release as it has it.  Raises NotAllowed, NotFound."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        row = release_drafts.found(store, draft)
        return row, release_drafts.files_of(store, row)


@retried
def begun(draft: UUID, by: UUID, at: datetime) -> dict[str, bytes]:
    """The files of the release that a draft began with.  Raises NotAllowed, NotFound."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        return dict(store.deployments.files(release_drafts.found(store, draft).base_id))


def around(files: Mapping[str, bytes], path: str) -> Surroundings:
    """What a file of a release refers to, itself left out: read once, for that stays the same while it is drawn."""
    return _read(tuple(sorted((name, content) for name, content in files.items() if name != path)))


@lru_cache(maxsize=3)  # some megabytes each
def _read(files: tuple[tuple[str, bytes], ...]) -> Surroundings:
    return surroundings(dict(files))


def draw_new(draft: UUID, path: str, name: str, by: UUID, at: datetime) -> int:
    """A diagram with a pool, a lane and a start event, called after its file; its version.

    Raises SubmissionInvalid at `nama_baru` (file) or `judul_baru` (process), Refused once the draft is closed.
    """
    draft_files.changeable(draft, by, at)
    called = clean(name)
    if not SHORTEST_NAME <= len(called) <= LONGEST_NAME:
        raise SubmissionInvalid({"judul_baru": "Nama proses 3 sampai 120 huruf"})
    if not drafting.allowed(path) or not path.endswith(".bpmn"):
        raise SubmissionInvalid({"nama_baru": "Tulis seperti processes/bersama/nama_proses.bpmn, dengan huruf kecil"})
    _, files = files_of(draft, by, at)
    key = path.rpartition("/")[2].removesuffix(".bpmn")
    taken = {one["key"]: one["file"] for one in authoring.offered(around(files, ""))["processes"]}
    if path in files or key in taken:
        raise SubmissionInvalid({"nama_baru": "Nama ini sudah dipakai proses lain dalam rancangan"})
    return draft_files.save(draft, path, blank.diagram(key, called), 0, by, at)
