"""What the checker finds in the files of a release, once for the same files, and where a running file may stop."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from engine import deployment, spots
from engine.deployment import Deployment
from engine.errors import Finding, Problem, joined

NOBODY = UUID(int=0)
STOPS = "not-always-set"
NAMED = 8  # places that a sentence names
Files = tuple[tuple[str, bytes], ...]
Gone = tuple[tuple[str, str], ...]


def examined(
    files: Mapping[str, bytes], held: frozenset[str] | None, gone: Mapping[str, str] | None = None
) -> tuple[tuple[Problem, ...], Deployment | None]:
    """`engine.deployment.examined`, once for the same files."""
    return _examined(tuple(sorted(files.items())), held, tuple((gone or {}).items()))


@lru_cache(maxsize=3)  # some megabytes each
def _examined(files: Files, held: frozenset[str] | None, gone: Gone) -> tuple[tuple[Problem, ...], Deployment | None]:
    return deployment.examined(NOBODY, 0, dict(files), held, dict(gone))


def stops(active: Mapping[str, bytes], files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Where a file may stop with an incident under these files and not under the active ones.

    There something is read that is missing on some way.  Whether a file comes by that way is decided by conditions
    that nobody can weigh against each other, so it is a warning; a person has to answer for it.
    """
    if _drawn(active) == _drawn(files):
        return ()
    found = _stopping(files, active)
    known = {(one.element, one.message) for one in _stopping(active, active)} if found else set()
    return tuple(one for one in found if (one.element, one.message) not in known)


def _drawn(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: one for path, one in files.items() if path.endswith((".bpmn", ".dmn")) or path.startswith("forms/")}


def _stopping(files: Mapping[str, bytes], active: Mapping[str, bytes]) -> list[Problem]:
    return [one for one in examined(files, None, spots.gone(files, active))[0] if one.code == STOPS]


def said(found: tuple[Problem, ...]) -> Finding:
    """These places one after the other; of many the first ones, and how many more there are."""
    told = [one.message for one in found[:NAMED]]
    more = [Finding("dan %(n)s lainnya", n=len(found) - NAMED)] if len(found) > NAMED else []
    return joined([*told, *more], "; ")
