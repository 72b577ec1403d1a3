"""What a release would mean for the running cases, before it is in effect: counted by the worker, read by pages.

A round is kept by what the release's files are: a draft and the release it becomes share it, and a draft that is
changed begins another.  Each slice is a transaction of its own, so a worker that dies leaves a beginning for the next.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from app.operations import acting, impact_rounds, impact_told, release_drafts
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from app.store.deployments import DeploymentRow
from app.store.encoding import dump
from app.store.ids import uuid7
from app.store.impact import Counted
from engine import access
from engine import case as engine
from engine.bpmn import Place
from engine.case import Pair
from engine.case.clockwork import Doing
from engine.clocks import World
from engine.deployment import Deployment, build, checksum
from engine.errors import DefinitionInvalid, EngineError, NotFound, Refused, Sentence, SubmissionInvalid, said_by

log = logging.getLogger("eperizinan")
A_SLICE = 100  # cases of one transaction of the worker
PA = "AP"


class Subject(NamedTuple):
    """A release, or a draft of one: one of the two."""

    deployment: UUID | None = None
    draft: UUID | None = None


@dataclass(frozen=True)
class Target:
    """What is looked at: its files' checksum, the release it is (None for a draft of its own), the draft."""

    checksum: str
    release: DeploymentRow | None
    draft: Any
    files: dict[str, bytes] | None = None  # of a draft that is no release

    @property
    def id(self) -> UUID | None:
        return self.release.id if self.release else None


def target_of(store: Store, subject: Subject) -> Target:
    """Raises NotFound."""
    if subject.deployment:
        row = store.deployments.row(subject.deployment)
        if row is None:
            raise NotFound("Terbitan tidak ditemukan.")
        return Target(row.checksum, row, None)
    draft = release_drafts.found(store, subject.draft or UUID(int=0))
    if draft.deployment_id and draft.status == "proposed":
        row = store.deployments.row(draft.deployment_id)
        return Target(row.checksum if row else "", row, draft)
    files = release_drafts.files_of(store, draft)
    sum = checksum(files)
    return Target(sum, store.deployments.by_checksum(sum), draft, files)


@retried
def ask(subject: Subject, by: UUID, at: datetime) -> None:
    """Have the effect counted, or what is missing and what has stepped since.  Raises NotAllowed, NotFound, Refused."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "migrate_cases")
        target = target_of(store, subject)
        if target.draft is not None and target.draft.status == "dropped":
            raise Refused("Rancangan ini sudah dibuang; tidak ada yang dihitung.")
        draft = target.draft.id if target.draft is not None else None
        impact_rounds.begin(store, target.checksum, target.id, draft, by, at)


@retried
def choose(subject: Subject, process: str, element: str, chosen: str, by: UUID, at: datetime) -> None:
    """Where the files of an open step go that the release does not hold; "" takes the choice back.

    Its files are counted anew.  Raises SubmissionInvalid at `ke` for a step they cannot go to, Refused before the
    effect was asked for.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "migrate_cases")
        target = target_of(store, subject)
        round = store.impact.of(target.checksum, lock=True)
        if round is None:
            raise Refused(CHANGED if target.draft is not None else "Hitung dahulu dampaknya.")
        known = places(store, round.id).get((process, element))
        if known is None or (chosen and chosen not in {one.id for one in known}):
            raise SubmissionInvalid({"ke": "Pilih salah satu langkah dari daftarnya"})
        if refused := next((one.refused for one in known if one.id == chosen), ""):
            raise SubmissionInvalid({"ke": refused})
        if chosen:
            store.impact.choose(round.id, process, element, chosen, by, at)
        else:
            store.impact.unchoose(round.id, process, element)
        store.impact.drop(round.id, process, element, target.id)
        store.impact.reopen(round.id)


CHANGED = "Rancangan ini berubah sejak dampaknya dihitung, dan pilihan ini belum dicatat; hitung lagi, lalu pilih."


def places(store: Store, round: UUID) -> dict[tuple[str, str], tuple[Place, ...]]:
    """(Process, open step that is gone) -> the steps its files may go to, those that are refused among them.

    Files of several releases may stand at a step of one name: what one of them may do is offered, and told of it what
    it is for any; the others are told why not.
    """
    found: dict[tuple[str, str], dict[str, Place]] = {}
    for process, told in store.impact.samples(round):
        for element, there in impact_told.read(told).places.items():
            known = found.setdefault((process, element), {})
            known |= {one.id: _either(known.get(one.id, one), one) for one in there}
    return {step: tuple(there.values()) for step, there in found.items()}


def _either(one: Place, other: Place) -> Place:
    """A place as it is for two files: refused where it is for both, and all that it is for either."""
    if one.refused or other.refused:
        return other if one.refused else one
    skipped, perhaps, again = (
        tuple(dict.fromkeys((*getattr(one, name), *getattr(other, name)))) for name in impact_told.LISTS
    )
    return replace(one, skipped=skipped, perhaps=perhaps, again=again)


# --- the worker


@dataclass(frozen=True)
class _Waiting:
    round: Any
    target: Target
    built: Deployment | None


@retried
def _waiting() -> _Waiting | None:
    with transaction() as store:
        round = store.impact.waits()
        if round is None:
            return None
        release = store.deployments.by_checksum(round.checksum)
        if release is not None:
            return _Waiting(round, Target(round.checksum, release, None), store.deployments.get(release.id))
        target = target_of(store, Subject(draft=round.draft_id))
        return _Waiting(round, target, store.deployments.known(round.checksum))


def count_one(at: datetime) -> bool:
    """The next slice of the round that waits longest; False when none waits."""
    waiting = _waiting()
    if waiting is None:
        return False
    if waiting.target.checksum != waiting.round.checksum:
        _fail(waiting.round.id, "Rancangan ini berubah sejak dampaknya diminta; hitung lagi.")
        return True
    try:
        built = waiting.built or _built(waiting.target.files or {})
    except DefinitionInvalid as invalid:
        told = "Rancangan ini masih mempunyai %(n)s galat; perbaiki dahulu, lalu hitung lagi."
        _fail(waiting.round.id, Sentence(told, n=len(invalid.problems)))
        return True
    _slice(waiting.round.id, built, waiting.target.id, at)
    return True


def _built(files: dict[str, bytes]) -> Deployment:
    """A draft as a release that is nobody's yet; seconds on a busy machine, so no transaction waits for it."""
    return build(uuid7(), 0, files)


@retried
def _fail(round: UUID, because: str) -> None:
    with transaction() as store:
        if store.impact.take(round) is not None:
            store.impact.fail(round, dump(impact_told.said(because)))


@retried
def _slice(round: UUID, built: Deployment, target: UUID | None, at: datetime) -> None:
    with transaction() as store:
        row = store.impact.take(round)
        if row is None:
            return
        store.deployments.keep(built)
        ids = store.impact.uncounted(round, target, A_SLICE)
        if not ids:
            store.impact.end(round, at)
            return
        world, choices = store.calendars.world(), store.impact.choices(round)
        seen = (held for id in ids if (held := store.cases.see(id)) is not None)
        store.impact.keep(round, [_counted(one, built, choices, world, row.asked_by, at) for one in seen], at)


def _counted(
    held: Held, built: Deployment, choices: dict[str, dict[str, str]], world: World, by: UUID | None, at: datetime
) -> Counted:
    case = held.case
    try:
        pair = pair_of(case.deployment, built, case.process)
        doing = Doing(at, max(at, case.last_at or at), by, PA)
        found = engine.impact(case, pair, choices.get(case.process, {}), doing, world)
        return impact_told.counted(case, held.seq, found)
    except EngineError as fault:
        return impact_told.unmovable(case, held.seq, said_by(fault))
    except Exception as fault:  # whatever breaks in one file is told of it, the others are counted
        log.error("impact of a release case=%s", case.id, exc_info=fault)
        told = Sentence("Kesalahan yang tidak terduga: %(kind)s", kind=type(fault).__name__)
        return impact_told.unmovable(case, held.seq, told)


MOST_PAIRS = 64
_pairs: OrderedDict[tuple[str, str, str], Pair] = OrderedDict()  # two releases never change, so they are compared once


def pair_of(old: Deployment, new: Deployment, process: str) -> Pair:
    """Two releases compared for a process."""
    key = (old.checksum, new.checksum, process)
    found = _pairs.get(key)
    if found is None or found.new.id != new.id or found.old.id != old.id:
        found = _pairs[key] = Pair(old, new, process)
        while len(_pairs) > MOST_PAIRS:
            _pairs.popitem(last=False)
    return found
