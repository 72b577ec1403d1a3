"""Whether the letters of a release can be set at all: each with the values of an invented file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from app.letters import rendering, samples
from engine import deployment
from engine.deployment import LETTERS
from engine.errors import Finding, Problem

Templates = tuple[tuple[str, bytes], ...]
Where = tuple[str, int, int, str]  # file, line, column; and the letter where no place is known
Kinds = tuple[tuple[str, str, str], ...]  # code, title and template of each letter


def faults(files: Mapping[str, bytes], base: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Letters that cannot be set, of files whose templates differ from those of `base`; it takes some seconds.

    Whatever else is wrong with the files, also with their law: a letter that they do not name or whose template they
    do not hold is told where that is checked.
    """
    templates, kinds = deployment.letters_of(files)
    if templates == deployment.letters_of(base)[0]:
        return ()
    known = ((one.code, one.title, one.template) for one in kinds.values() if one.template in templates)
    return _unset(tuple(sorted(templates.items())), tuple(sorted(known)))


@lru_cache(maxsize=4)
def _unset(templates: Templates, kinds: Kinds) -> tuple[Problem, ...]:
    found: dict[Where, list[tuple[str, str]]] = {}
    for where, title, reason in _each(dict(templates), kinds):
        found.setdefault(where, []).append((title, reason))
    return tuple(_told(file, told) for (file, *_), told in found.items())


def _each(templates: Mapping[str, bytes], kinds: Kinds) -> Iterator[tuple[Where, str, str]]:
    """Where a letter is broken, which letter, why."""
    for code, title, template in kinds:
        try:
            rendering.render(template, templates, samples.sample(code))
        except rendering.LetterFailed as fault:
            place = fault.places[0] if fault.places else (template, 0, 0)
            yield (*place, "" if fault.places else template), title, fault.reason


def _told(file: str, broken: list[tuple[str, str]]) -> Problem:
    """One place, however many letters are broken by it: a part that they share is mended once."""
    (name, reason), many = broken[0], len(broken)
    told = Finding("Surat “%(name)s” tidak dapat dibuat: %(reason)s", name=name, reason=reason)
    if many > 1:
        shared = "%(many)s surat tidak dapat dibuat, antara lain “%(name)s”: %(reason)s"
        told = Finding(shared, many=many, name=name, reason=reason)
    return Problem(LETTERS + file, "", 0, "error", "letter", told, "Buka templatnya dan lihat hasil cetaknya.")
