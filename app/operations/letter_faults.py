"""Whether the letters of a release can be set at all: each with the values of an invented file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from app.letters import rendering, samples
from engine.deployment import LETTERS, Deployment
from engine.errors import Finding, Problem

Templates = tuple[tuple[str, bytes], ...]


def faults(release: Deployment, base: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Letters that cannot be set, of a release whose templates differ from those of `base`; it takes some seconds."""
    before = {name.removeprefix(LETTERS): text for name, text in base.items() if name.startswith(LETTERS)}
    if dict(release.letters) == before:
        return ()
    kinds = tuple(sorted((one.code, one.template) for one in release.catalogue.letters.values()))
    return _unset(tuple(sorted(release.letters.items())), kinds)


@lru_cache(maxsize=4)
def _unset(templates: Templates, kinds: tuple[tuple[str, str], ...]) -> tuple[Problem, ...]:
    return tuple(_each(dict(templates), kinds))


def _each(templates: Mapping[str, bytes], kinds: tuple[tuple[str, str], ...]) -> Iterator[Problem]:
    for code, template in kinds:
        try:
            rendering.render(template, templates, samples.sample(code))
        except rendering.LetterFailed as fault:
            told = Finding("Surat %(code)s tidak dapat dibuat: %(reason)s", code=code, reason=fault.reason)
            yield Problem(
                LETTERS + template, "", 0, "error", "letter", told, "Buka templatnya dan lihat hasil cetaknya."
            )
