"""Running cases on a new release: the effect shown first, one case a transaction, put back until its next step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.operations import acting
from app.operations.carrying_out import carry_out
from app.operations.impact import pair_of
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from app.store.encoding import parse
from engine import access, reasons
from engine import case as engine
from engine.bpmn import MOVES, SAME, Obstacle, Versions
from engine.case import Case, Prospect, Task
from engine.case.clockwork import Doing
from engine.clocks import World
from engine.deployment import Deployment
from engine.errors import EngineError, NotFound, Refused, joined

AT_ONCE = 200
PA = "AP"


@dataclass(frozen=True)
class Promised:
    """A clock's promise before and after: a migration moves none, and this shows it.

    `known`: whether the case was moved in a rehearsal, so that there is an after.
    """

    clock: str
    before: datetime | None
    after: datetime | None
    known: bool = True


@dataclass(frozen=True)
class Outlook:
    """What the release would mean for one case."""

    case_id: UUID
    number: str  # or the tracking code, before there is one
    verdict: str  # same | moves | choice | stays
    obstacles: tuple[Obstacle, ...]
    clocks: tuple[Promised, ...] = ()


class _Comparisons:
    """Pairs of releases compared once for all of their cases."""

    def __init__(self, target: Deployment) -> None:
        self.target = target
        self._kept: dict[tuple[UUID, str], Versions] = {}

    def of(self, case: Case) -> Versions:
        key = (case.deployment.id, case.process)
        if key not in self._kept:
            self._kept[key] = engine.versions(case.deployment, self.target, case.process)
        return self._kept[key]


def foresee(target: UUID, by: UUID, at: datetime) -> Iterator[Outlook]:
    """The outlook of every open case of another release, in batches of their own; nothing is changed."""
    compared, after = _Comparisons(_release(target, by, at)), None
    while True:
        found = _foreseen(compared, after, by, at)
        yield from found
        if len(found) < AT_ONCE:
            return
        after = found[-1].case_id


@retried
def _release(target: UUID, by: UUID, at: datetime) -> Deployment:
    with transaction() as store:
        access.require(acting.actor(store, by, at), "migrate_cases")
        if store.deployments.row(target) is None:
            raise NotFound("Terbitan tidak ditemukan.")
        return store.deployments.get(target)


@retried
def _foreseen(compared: _Comparisons, after: UUID | None, by: UUID, at: datetime) -> list[Outlook]:
    with transaction() as store:
        world = store.calendars.world()
        ids = list(store.moves.elsewhere(compared.target.id, after, AT_ONCE))
        seen = [held for id in ids if (held := store.cases.see(id)) is not None]
        return [_outlook(held, compared, world, by, at) for held in seen]


@retried
def foresee_one(
    case_id: UUID, target: UUID, by: UUID, at: datetime, choices: Mapping[str, str] | None = None
) -> Outlook:
    """The outlook of one open case, with the choices made so far; nothing is changed.  Raises NotAllowed, NotFound."""
    compared = _Comparisons(_release(target, by, at))
    with transaction() as store:
        held = acting.held(store.cases.see(case_id))
        return _outlook(held, compared, store.calendars.world(), by, at, choices)


def _outlook(
    held: Held,
    compared: _Comparisons,
    world: World,
    by: UUID,
    at: datetime,
    choices: Mapping[str, str] | None = None,
) -> Outlook:
    found = engine.prospect(held.case, compared.of(held.case), compared.target, _doing(held, by, at), choices)
    promised = _promises(held.case, found, world, at)
    return Outlook(held.id, held.number or held.tracking_code, found.verdict, found.obstacles, promised)


def _promises(case: Case, found: Prospect, world: World, at: datetime) -> tuple[Promised, ...]:
    ended = found.instead.keys()  # another step's time begins with its task
    running = [one for one in case.clocks if one.running and one.task not in ended]
    if found.step is None:
        reads = (
            Promised(one.name, engine.read_clock(case, one, world, at).promised_at, None, False) for one in running
        )
        return tuple(reads)
    after = {one.id: one for one in found.step.case.clocks}
    return tuple(
        Promised(
            one.name,
            engine.read_clock(case, one, world, at).promised_at,
            engine.read_clock(found.step.case, after[one.id], world, at).promised_at,
        )
        for one in running
    )


def _doing(held: Held, by: UUID, at: datetime) -> Doing:
    return Doing(at, max(at, held.case.last_at or at), by, PA)


@retried
def migrate(
    case_id: UUID, target: UUID, reason: str, by: UUID, at: datetime, choices: Mapping[str, str] | None = None
) -> str:
    """Move one case to the release in effect; returns the verdict.

    `choices`: open task -> the element it goes to.  Raises Refused with what
    stands in the way, SubmissionInvalid without a reason.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "migrate_cases")
        held = acting.held(store.cases.lock(case_id))
        release = effective(store, target)
        reason = reasons.require(reason)
        if held.case.closed or held.case.deployment.id == target:
            raise Refused("Berkas ini sudah ditutup atau sudah memakai terbitan itu.")
        found = engine.prospect(held.case, _Comparisons(release).of(held.case), release, _doing(held, by, at), choices)
        carry(store, held, found, release, reason, by, at)
        return found.verdict


def tried(held: Held, release: Deployment, chosen: Mapping[str, str], by: UUID, at: datetime) -> Prospect:
    """What comes of moving a case; `chosen`: open step that the release does not hold -> where its files go."""
    versions = pair_of(held.case.deployment, release, held.case.process).versions
    choices = engine.choices_of(held.case, versions, chosen)
    return engine.prospect(held.case, versions, release, _doing(held, by, at), choices)


def carry(store: Store, held: Held, found: Prospect, release: Deployment, reason: str, by: UUID, at: datetime) -> None:
    """Do what was tried, within the transaction that holds the case.  Raises Refused with what stands in the way."""
    if found.step is None:
        raise Refused(joined([one.reason for one in found.obstacles], "; "))
    before = {"was_seq": held.seq, "before_id": held.case.deployment.id, "snapshot": held.case.snapshot}
    saved = carry_out(store, held, found.step, at)
    _carry_typed(store, held.case, saved.case, found.instead)
    store.moves.keep(held.id, saved.seq, at, by, after_id=release.id, reason=reason, **before)


def _carry_typed(store: Store, before: Case, after: Case, instead: Mapping[str, str]) -> None:
    """What somebody had begun to type goes along where the form is the same."""
    for old, new in instead.items():
        was, now = before.task(old), after.task(new)
        if was and now and was.form_key == now.form_key:
            store.task_drafts.carry(UUID(old), UUID(new))


def effective(store: Store, target: UUID) -> Deployment:
    """The release in effect, if it is that one.  Raises NotFound, Refused."""
    row = store.deployments.row(target)
    if row is None:
        raise NotFound("Terbitan tidak ditemukan.")
    if row.status != "active":
        raise Refused("Berkas hanya dipindahkan ke terbitan yang berlaku.")
    return store.deployments.get(target)


def migrate_all(
    target: UUID, reason: str, by: UUID, at: datetime, say: Callable[[Outlook, str], None] | None = None
) -> Counter[str]:
    """Move every case that moves by itself; returns how many by verdict, "refused" where it could not be after all.

    One transaction a case: what was moved stays moved when the rest is cut off,
    and a repeat goes on where it stopped.
    """
    counted: Counter[str] = Counter()
    for one in foresee(target, by, at):
        told = one.verdict
        if one.verdict in (SAME, MOVES):
            try:
                told = migrate(one.case_id, target, reason, by, at)
            except EngineError as refused:
                told, _ = "refused", refused
        counted[told] += 1
        if say:
            say(one, told)
    return counted


@retried
def put_back(case_id: UUID, by: UUID, at: datetime) -> None:
    """Undo a case's last move; possible until its next step.  Raises Refused afterwards."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "migrate_cases")
        held = acting.held(store.cases.lock(case_id))
        undo_within(store, held, by, at)


def undo_within(store: Store, held: Held, by: UUID, at: datetime, moved_to: UUID | None = None) -> None:
    """Put a case back within the transaction that holds it.

    `moved_to`: only where its last move went there.  Raises Refused after its next step.
    """
    last = store.moves.last(held.id)
    if last is None or (moved_to and last.after_id != moved_to):
        raise Refused("Tidak ada pemindahan berkas ini yang masih dapat dibatalkan.")
    if held.seq != last.seq:
        raise Refused("Berkas ini sudah melangkah sejak dipindahkan; pemindahannya tidak dapat dibatalkan lagi.")
    before, lost = store.deployments.get(last.before_id), _lost(store, held)
    saved = carry_out(store, held, engine.put_back(held.case, before, last.snapshot, _doing(held, by, at), lost), at)
    _carry_typed(store, held.case, saved.case, {new: old.id for new, old in lost.items()})
    store.moves.undone(last.id, at)
    store.impact.follow(held.id, last.was_seq, saved.seq)


def _lost(store: Store, held: Held) -> dict[str, Task]:
    """Open task -> the one that ended when it began, as it was held."""
    bodies = (parse(one.body) for one in store.cases.events(held.id) if one.kind == "task_cancelled")
    ends = {str(body["instead"]): str(body["task"]) for body in bodies if "instead" in body}
    wanted = {new: old for new, old in ends.items() if held.case.task(new)}
    known = {one.id: one for one in store.steps.tasks(wanted.values())}
    return {new: known[old] for new, old in wanted.items()}
