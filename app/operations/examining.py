"""What the checker finds in the files of a release, once for the same files, and where a running file may stop."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from app.operations import acting
from app.operations.retrying import retried
from app.store import transaction
from engine import access, deployment, spots
from engine.deployment import Deployment
from engine.errors import Finding, NotFound, Problem, Refused, Sentence, joined

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
