"""Whether the letters of a release can be set, with an invented file's values, and show what makes them letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.letters import rendering, samples, shown
from engine import deployment
from engine.catalogue import LetterKind
from engine.deployment import LETTERS
from engine.errors import Finding, Problem, listed

Templates = tuple[tuple[str, bytes], ...]
Where = tuple[str, int, int, str]  # file, line, column; and the letter where no place is known
Kinds = tuple[tuple[str, str, str], ...]  # code, title and template of each letter
HINT = "Buka templatnya dan lihat hasil cetaknya."


@dataclass(frozen=True)
class Tried:
    """A letter set with an invented file: where and why it is `broken`, else what it shows."""

    code: str
    title: str
    template: str
    broken: tuple[Where, str] | None
    empty: bool = False
    marks: tuple[str, ...] = ()


def faults(files: Mapping[str, bytes], base: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Letters that cannot be set, are empty, or (a warning) show less than those of `base`, of files whose templates
    differ from those of `base`; it takes some seconds.

    Whatever else is wrong with the files, also with their law: a letter that they do not name or whose template they
    do not hold is told where that is checked.
    """
    templates, kinds = deployment.letters_of(files)
    before, were = deployment.letters_of(base)
    if templates == before:
        return ()
    known = _kinds(templates, kinds)
    found = _set(tuple(sorted(templates.items())), known)
    stood = {one.code: one for one in _set(tuple(sorted(before.items())), _kinds(before, were))}
    return (*_unset(found), *(told for one in found for told in _poorer(one, stood.get(one.code))))


def _kinds(templates: Mapping[str, bytes], kinds: Mapping[str, LetterKind]) -> Kinds:
    """Of the letters whose templates there are; one that holds nothing is told where that is checked."""
    some = (one for one in kinds.values() if templates.get(one.template, b"").strip())
    return tuple(sorted((one.code, one.title, one.template) for one in some))


@lru_cache(maxsize=4)
def _set(templates: Templates, kinds: Kinds) -> tuple[Tried, ...]:
    return tuple(_tried(dict(templates), *one) for one in kinds)


def _tried(templates: Mapping[str, bytes], code: str, title: str, template: str) -> Tried:
    values = samples.sample(code)
    try:
        written = shown.words(rendering.render(template, templates, values))
    except rendering.LetterFailed as fault:
        place = fault.places[0] if fault.places else (template, 0, 0)
        return Tried(code, title, template, ((*place, "" if fault.places else template), fault.reason))
    return Tried(code, title, template, None, not written, shown.marks(written, values))


def _unset(tried: tuple[Tried, ...]) -> tuple[Problem, ...]:
    found: dict[Where, list[tuple[str, str]]] = {}
    for one in tried:
        if one.broken is not None:
            found.setdefault(one.broken[0], []).append((one.title, one.broken[1]))
    return tuple(_told(file, told) for (file, *_), told in found.items())


def _poorer(one: Tried, before: Tried | None) -> Iterator[Problem]:
    """What a letter that can be set lost: everything, or some of what its predecessor was known by."""
    gone = [mark for mark in before.marks if mark not in one.marks] if before is not None else []
    if one.empty:
        told = Finding("Surat “%(name)s” kosong: tidak ada tulisan di dalamnya.", name=one.title)
        yield Problem(LETTERS + one.template, "", 0, "error", "empty-letter", told, HINT)
    elif gone and one.broken is None:
        told = Finding(
            "Surat “%(name)s” tidak memuat lagi yang dimuatnya pada terbitan berlaku: %(missing)s.",
            name=one.title, missing=listed(map(Finding, gone)),
        )  # fmt: skip
        yield Problem(LETTERS + one.template, "", 0, "warning", "poorer-letter", told, HINT)


def _told(file: str, broken: list[tuple[str, str]]) -> Problem:
    """One place, however many letters are broken by it: a part that they share is mended once."""
    (name, reason), many = broken[0], len(broken)
    told = Finding("Surat “%(name)s” tidak dapat dibuat: %(reason)s", name=name, reason=reason)
    if many > 1:
        shared = "%(many)s surat tidak dapat dibuat, antara lain “%(name)s”: %(reason)s"
        told = Finding(shared, many=many, name=name, reason=reason)
    return Problem(LETTERS + file, "", 0, "error", "letter", told, HINT)
