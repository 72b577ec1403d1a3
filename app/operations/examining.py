"""What the checker finds in the files of a release, once for the same files, and where a running file may stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from app.operations import acting
from app.operations.retrying import retried
from app.store import transaction
from engine import access, deployment, spots
from engine.deployment import Deployment
from engine.errors import Finding, NotFound, OwnName, Problem, Refused, Sentence, joined

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

    There something is read that is missing on some way; `called` is the step, of a condition the one behind which it is
    asked.  Whether a file comes by that way is decided by conditions that nobody can weigh against each
    other, so it is a warning; a person has to answer for it.
    """
    if _drawn(active) == _drawn(files):
        return ()
    found = _stopping(files, active)
    known = _stopping(active, active) if found else []
    fresh = dict.fromkeys(one for one in found if not _known(one, known, active, files))
    return tuple(replace(one, called=spots.step(one.file, one.element, files)) for one in fresh)


def _known(one: Problem, known: list[Problem], active: Mapping[str, bytes], files: Mapping[str, bytes]) -> bool:
    """Whether the release in effect has it too: in the same diagram, or in one that is under another name now."""
    same = [each.file for each in known if (each.element, each.message) == (one.element, one.message)]
    return one.file in same or (one.file not in active and any(each not in files for each in same))


def _drawn(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: one for path, one in files.items() if path.endswith((".bpmn", ".dmn")) or path.startswith("forms/")}


def _stopping(files: Mapping[str, bytes], active: Mapping[str, bytes]) -> list[Problem]:
    return [one for one in examined(files, None, spots.gone(files, active))[0] if one.code == STOPS]


def said(found: tuple[Problem, ...], called: Mapping[str, str]) -> Finding:
    """These places one after the other; of many the first ones, and how many more there are.

    `called`: path -> what the file is called.
    """
    told = [_placed(one, OwnName(called.get(one.file, "") or one.file)) for one in found[:NAMED]]
    more = [Finding("dan %(n)s lainnya", n=len(found) - NAMED)] if len(found) > NAMED else []
    return joined([*told, *more], "; ")


def _placed(one: Problem, diagram: str) -> Finding:
    where = Finding("%(diagram)s, %(step)s", diagram=diagram, step=one.called) if one.called else diagram
    return Finding("%(where)s: %(told)s", where=where, told=one.message)


MAY_STOP = "Berkas dapat berhenti dengan gangguan (%(syarat)s): perbaiki, atau nyatakan bahwa Anda tahu"


@retried
def may_stop(deployment: UUID, by: UUID, at: datetime) -> tuple[Problem, ...]:
    """Where files may stop under a release and do not under the one in effect.

    Raises NotAllowed, NotFound, Refused where the checker finds an error today: the release was taken in by the rules
    of then, and new files would begin on what is known to break.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        if store.deployments.row(deployment) is None:
            raise NotFound("Terbitan tidak ditemukan.")
        active, files = (store.deployments.files(one) for one in (store.deployments.active().id, deployment))
    # A second or two: no transaction waits for it.
    wrong = sum(one.severity == "error" for one in examined(files, None, spots.gone(files, active))[0])
    if wrong:
        raise Refused(Sentence(NO_LONGER, n=wrong))
    return stops(active, files)


NO_LONGER = "Pemeriksa kini menemukan %(n)s galat dalam terbitan ini; perbaiki lewat rancangan, lalu usulkan lagi."
