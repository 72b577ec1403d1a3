"""Answers that letters print by their field's name, gone from their form: a letter would leave a gap there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from engine import letter_names
from engine.bpmn import elements, reading
from engine.carried_answers import APPLICANTS, APPLYING, FORMS
from engine.deployment import CATALOGUE
from engine.errors import Finding, Problem
from engine.json_faults import object_of
from engine.titles import titles


def unprinted(base: Mapping[str, bytes], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Fields of `base` that are gone though a letter still names them beside the step that asked for them."""
    steps, called = dict(_steps(files)), titles(files)
    for path in sorted(one for one in base if one.startswith(FORMS) and base[one] != files.get(one)):
        key = PurePosixPath(path).stem
        applied = _is_applied(key, files)
        of = steps.get(key, frozenset()).union(*(steps.get(one, ()) for one in APPLYING if applied))
        others = frozenset().union(*steps.values()) - of
        for name in sorted(_gone(base[path], files.get(path, b"{}"))):
            for letter in letter_names.naming(files, letter_names.Field(name, of, applied, others, True)):
                yield _told(path if path in files else letter, name, called.get(letter, letter))


def _told(path: str, name: str, letter: str) -> Problem:
    told = Finding("Isian %(name)s tidak ada lagi, tetapi surat “%(letter)s” menyebutnya.", name=name, letter=letter)
    hint = "Kembalikan isiannya, atau ubah templat suratnya."
    return Problem(path, "", 0, "warning", "unprinted", told, hint)


def _is_applied(key: str, files: Mapping[str, bytes]) -> bool:
    """Whether a form is put into the application, by its name or by a permit that asks for it."""
    permits = (one for one in object_of(files.get(f"{CATALOGUE}permits.json", b"")).values() if isinstance(one, dict))
    return key.startswith(APPLICANTS) or any(one.get("technical_form") == key for one in permits)


def _steps(files: Mapping[str, bytes]) -> Iterator[tuple[str, frozenset[str]]]:
    """Form -> the tasks that open it."""
    found: dict[str, set[str]] = {}
    for path in (one for one in files if one.endswith(".bpmn")):
        try:
            drawn = elements.elements(reading.read(path, files[path])).values()
        except reading.Unreadable:
            continue
        for one in drawn:
            if one.kind in elements.HUMAN:
                found.setdefault(one.form_key, set()).add(one.id)
    yield from ((key, frozenset(some)) for key, some in found.items())


def _gone(before: bytes, after: bytes) -> frozenset[str]:
    """Fields that the newer file of a form has no more; none where nobody can read it."""
    return _names(before) - _names(after) if object_of(after) or after == b"{}" else frozenset()


def _names(form: bytes) -> frozenset[str]:
    """Names of the fields of a form's file, those within groups too."""
    return frozenset(_named(object_of(form).get("sections")))


def _named(parts: Any) -> Iterator[str]:
    for one in parts if isinstance(parts, list) else ():
        if isinstance(one, dict):
            if isinstance(one.get("name"), str):
                yield one["name"]
            yield from _named(one.get("fields"))
