"""A process played by itself: the real engine, invented people, a present that moves when it is told to.

A play is its beginning and its moves; it is played anew from these each time, so nothing of it is kept anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from engine import case as cases
from engine.access import APPLICANT, Actor, Grant
from engine.case import Case, Facts, Step, Task
from engine.clocks import World
from engine.deployment import Deployment
from engine.effects import Effect, IssueLetter, ReserveNumber
from engine.errors import Refused
from engine.events import Event
from engine.forms import Submission

A_WHILE = timedelta(minutes=10)  # a step takes so long where nobody says when it happens
MOST_MOVES = 300
FILE = uuid5(NAMESPACE_URL, "permainan")
Kind = Literal["do", "receive", "lapse", "wait"]


@dataclass(frozen=True)
class Start:
    """How a file is opened; `process` "": the permit's own, else another one with the permit's facts."""

    permit: str
    at: datetime
    process: str = ""
    kind: str = "baru"
    category: str = "perorangan"
    channel: str = "daring"


@dataclass(frozen=True)
class Move:
    """`do`: complete the open task of `element` (of `unit`) with `outcome` and what the form hands on (`values`), of
    several such tasks the one before which `which` others stand; `receive`: the message `element` with `values`;
    `lapse`: let the next thing that is due happen; `wait`: until `at`.

    `at` None: ten minutes after what was before.
    """

    kind: Kind
    element: str = ""
    unit: str = ""
    outcome: str = ""
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)
    at: datetime | None = None
    which: int = 0


@dataclass(frozen=True)
class Played:
    """Where the play stands: `told` and `effects` with when they happened, `data` of the process."""

    case: Case
    now: datetime
    told: tuple[Event, ...] = ()
    effects: tuple[tuple[datetime, Effect], ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)
    numbers: int = 0

    @property
    def passed(self) -> frozenset[str]:
        """Ids of elements and flows that were passed."""
        return frozenset(one for event in self.told for one in event.body.get("passed", ()))

    def due(self, world: World) -> datetime | None:
        """When the next thing happens by itself; None when nothing is awaited."""
        return cases.wake_at(self.case, world, self.now)


def serves(deployment: Deployment, start: Start) -> bool:
    """Whether the release has the process of a file, free of errors: without it nothing of the file can be played."""
    permit = deployment.catalogue.permits.get(start.permit)
    return (start.process or (permit.process if permit else "")) in deployment.definition.processes


def begin(deployment: Deployment, start: Start) -> Played:
    """A file opened; raises Refused for a permit or process that is not of the release, Incident."""
    served = _serving(deployment, start)
    applicant = _applicant()
    facts = Facts(start.permit, start.kind, applicant.id, start.category, channel=start.channel)
    return _taken(None, cases.open_case(FILE, served, facts, applicant, start.at), start.at)


def _serving(deployment: Deployment, start: Start) -> Deployment:
    law = deployment.catalogue
    if start.permit not in law.permits:
        raise Refused("Izin ini tidak ada dalam rancangan.")
    if start.process and start.process not in deployment.definition.processes:
        raise Refused("Proses ini tidak ada dalam rancangan, atau masih mempunyai galat.")
    if not start.process:
        if law.permits[start.permit].process not in deployment.definition.processes:
            raise Refused("Proses izin ini tidak ada dalam rancangan, atau masih mempunyai galat.")
        return deployment
    permit = replace(law.permits[start.permit], process=start.process)
    return replace(deployment, catalogue=replace(law, permits={**law.permits, start.permit: permit}))


def _applicant() -> Actor:
    return Actor(uuid5(NAMESPACE_URL, "pemohon"), "Pemohon (contoh)", "applicant")


def step(played: Played, move: Move, world: World) -> Played:
    """One move further; raises Refused, NotWaiting, NotAllowed, Incident."""
    now = _when(played, move, world)
    if now < played.now:
        raise Refused("Waktu langkah ini lebih awal daripada langkah sebelumnya.")
    acts = {"do": _done, "receive": _received, "lapse": _woken, "wait": _woken}
    return _taken(played, acts[move.kind](played, move, now, world), now)


def _when(played: Played, move: Move, world: World) -> datetime:
    if move.kind == "lapse":
        due = played.due(world)
        if due is None:
            raise Refused("Tidak ada yang ditunggu: tidak ada waktu yang akan lewat dengan sendirinya.")
        return max(due, played.now)
    return move.at or played.now + A_WHILE


def _done(played: Played, move: Move, now: datetime, world: World) -> Step:
    same = [one for one in played.case.tasks if (one.element, one.unit) == (move.element, move.unit)]
    task = same[move.which] if move.which < len(same) else None
    if task is None:
        raise Refused("Tugas ini tidak sedang terbuka.")
    form = played.case.deployment.forms[task.form_key]
    if form.outcomes and move.outcome not in dict(form.outcomes):
        raise Refused("Keputusan ini tidak ada pada formulirnya.")
    submission = Submission(form.key, form.version, {}, dict(move.values), frozenset(), move.outcome)
    return cases.complete_task(played.case, task.id, submission, doer(task), now)


def doer(task: Task) -> Actor:
    """Somebody who may do a task: one person for each step, or whom the process names."""
    if task.role == APPLICANT:
        return _applicant()
    named = sorted(task.named)
    id = UUID(named[0]) if named else uuid5(NAMESPACE_URL, f"{task.element} {task.unit}")
    return Actor(id, f"{task.role} (contoh)", "official", (Grant(task.role, task.unit),))


def _received(played: Played, move: Move, now: datetime, world: World) -> Step:
    return cases.receive(played.case, move.element, dict(move.values), None, now)


def _woken(played: Played, move: Move, now: datetime, world: World) -> Step:
    return cases.wake(played.case, world, now)


def _taken(played: Played | None, step: Step, now: datetime) -> Played:
    """With what the operations of the office would do at once: numbers that were asked for come back."""
    before = played or Played(step.case, now)
    effects = (*before.effects, *((now, one) for one in step.effects))
    taken = Played(step.case, now, (*before.told, *step.events), effects, step.data, before.numbers)
    for effect in step.effects:
        if isinstance(effect, ReserveNumber | IssueLetter) and effect.reply:
            number = taken.numbers + 1
            answer = {"nomor": f"{number:03}", "tanggal": now.date().isoformat()}
            told = cases.receive(taken.case, effect.reply, answer, None, now)
            taken = _taken(replace(taken, numbers=number), told, now)
    return taken


def play(deployment: Deployment, start: Start, moves: Iterable[Move], world: World) -> Played:
    """A whole play; raises as `step`, with `about` the place of the move that could not be made."""
    played = begin(deployment, start)
    for move in moves:
        played = step(played, move, world)
    return played
