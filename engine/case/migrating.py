"""A case on another release: tried on a copy, moved in one step, put back until its next step.

Clocks of the case never restart: their ledgers and budgets go along as they are,
so that no promise moves by a migration.  A task whose step is gone ends, and the
one that was chosen for it begins (`engine.case.replacing`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from engine import bpmn
from engine.bpmn import (
    CHOICE,
    CHOSEN,
    MOVES,
    SAME,
    STAYS,
    Obstacle,
    OpenTask,
    Place,
    Position,
    Rehearsal,
    StepContext,
    Versions,
)
from engine.case.clockwork import Doing
from engine.case.moves import set_state
from engine.case.papers import papers
from engine.case.replacing import begun, replaced, restored
from engine.case.tasks import state_of
from engine.case.values import Case, Step, Task
from engine.deployment import Deployment
from engine.errors import Refused, Sentence
from engine.events import Event
from engine.services.all import SERVICES

__all__ = ["CHOICE", "CHOSEN", "MOVES", "SAME", "STAYS", "Prospect", "prospect", "put_back"]


FROZEN = ("named",)  # properties that were settled when the task was opened


@dataclass(frozen=True)
class Prospect:
    """What a release would mean for a case: the verdict, what stands in the way, the step when nothing does."""

    verdict: str  # same | moves | chosen | choice | stays
    obstacles: tuple[Obstacle, ...] = ()
    step: Step | None = None
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)  # open step that is gone -> where it may go
    leaps: tuple[Place, ...] = ()  # those of them that were chosen
    instead: Mapping[str, str] = field(default_factory=dict)  # open task -> the one that begins in its place


def versions(old: Deployment, new: Deployment, process: str) -> Versions:
    """The diagrams of two releases compared for a process, with what the letters of the new one tell of."""
    fields = ((key, one) for key, form in new.forms.items() for one in form.fields())
    labels = {(key, one.name): one.label for key, one in fields}
    return Versions(old.definition, new.definition, process, papers(new), labels)


def prospect(
    case: Case, versions: Versions, target: Deployment, doing: Doing, choices: Mapping[str, str] | None = None
) -> Prospect:
    """Try to move an open case to `target`; `choices`: open task -> the element it goes to."""
    chosen = dict(choices or {})
    if lacking := _lacking(case, target):
        return Prospect(STAYS, (Obstacle("", case.process, STAYS, lacking),))
    found = bpmn.rehearse(versions, case.snapshot, StepContext(doing.at, SERVICES), chosen)
    if found.position is None:
        return Prospect(found.verdict, found.obstacles, places=found.places)
    if {one.id for one in found.position.tasks} != {found.instead.get(one.id, one.id) for one in case.tasks}:
        lost = Obstacle("", case.process, STAYS, "Tugas yang terbuka akan berubah")
        return Prospect(STAYS, (lost,))
    step = _moved(case, target, found, doing)
    return Prospect(found.verdict, (), step, found.places, found.leaps, found.instead)


def _moved(case: Case, target: Deployment, found: Rehearsal, doing: Doing) -> Step:
    position = found.position
    assert position is not None
    by_id, on = {one.id: one for one in position.tasks}, replace(case, deployment=target)
    now = [by_id[found.instead.get(one.id, one.id)] for one in case.tasks]
    tasks = (
        _task(was, one) if was.id == one.id else begun(was, one, on, doing)
        for was, one in zip(case.tasks, now, strict=True)
    )
    after = _placed(case, target, position, tuple(tasks), doing)
    told: dict[str, object] = {"before": case.deployment.number, "after": target.number}
    if skipped := [name for one in found.leaps for name in (*one.skipped, *one.perhaps)]:
        told["skipped"] = skipped
    return _step(case, after, doing, doing.event("case_migrated", "", None, **told), replaced)


def _lacking(case: Case, target: Deployment) -> str:
    """What a release must hold for a case to be read on it, and does not; "" for nothing."""
    law = case.deployment.catalogue
    if (permit := case.facts.permit) not in target.catalogue.permits:
        called = law.permits[permit].name if permit in law.permits else permit
        return Sentence("Jenis izin %(permit)s tidak ada lagi", permit=called)
    if (state := case.state) not in target.catalogue.states:
        called = law.states[state].label if state in law.states else state
        return Sentence("Keadaan berkas %(state)s tidak ada lagi", state=called)
    return ""


def put_back(
    case: Case, before: Deployment, snapshot: str, doing: Doing, lost: Mapping[str, Task] | None = None
) -> Step:
    """The case as it stood before it was moved; raises Refused when its tasks are no longer the same.

    `lost`: open task -> the one that ended when it began, as it was held.
    """
    position, was = bpmn.read(before.definition, snapshot), lost or {}
    by_id, tasks = {one.id: one for one in position.tasks}, [was.get(one.id, one) for one in case.tasks]
    if by_id.keys() != {one.id for one in tasks}:
        raise Refused("Berkas ini sudah melangkah sejak dipindahkan; pemindahannya tidak dapat dibatalkan lagi.")
    after = _placed(case, before, position, tuple(_task(one, by_id[one.id]) for one in tasks), doing)
    told = {"before": case.deployment.number, "after": before.number}
    return _step(case, after, doing, doing.event("migration_undone", "", None, **told), restored)


def _placed(case: Case, target: Deployment, position: Position, tasks: tuple[Task, ...], doing: Doing) -> Case:
    return replace(
        case,
        deployment=target,
        snapshot=position.snapshot,
        waiting=position.waiting,
        timer_at=position.wake_at,
        tasks=tasks,
        last_at=doing.recorded_at,
    )


Ends = Callable[[Case, Case, Doing], tuple[Case, tuple[Event, ...]]]


def _step(case: Case, after: Case, doing: Doing, told: Event, ends: Ends) -> Step:
    """The whole of a move: its own event, who holds what no longer, tasks that end and begin, the state."""
    released = tuple(
        doing.event("task_released", now.element, None, task=now.id, reason=True)
        for was, now in zip(case.tasks, after.tasks, strict=True)
        if was.id == now.id and was.assignee and not now.assignee
    )
    standing, ended = ends(case, after, doing)
    final, state = _in_state(case, standing, doing)
    return Step(final, (told, *released, *ended, *state))


def _in_state(case: Case, after: Case, doing: Doing) -> tuple[Case, tuple[Event, ...]]:
    """The case in the state of where it stands now: as if its tasks had been opened and taken there."""
    events: tuple[Event, ...] = ()
    for was, now in zip(case.tasks, after.tasks, strict=True):
        state = _state(now, after)
        if state and state != _state(was, case):
            after, told = set_state(after, state, doing)
            events = (*events, *told)
    return after, events


def _state(task: Task, case: Case) -> str:
    """What an open task makes of its case, once somebody has taken it too."""
    taken = task.properties.get("stateClaimed", "") if task.assignee else ""
    return taken or state_of(task, case)


def _task(task: Task, found: OpenTask) -> Task:
    """The open task as the release describes it; whoever holds it keeps it unless its role is another's now."""
    names = found.properties.get("notSameAs", "")
    kept = task if found.role == task.role else replace(task, assignee=None, claimed_at=None)
    return replace(
        kept,
        element=found.element,
        name=found.name,
        role=found.role,
        form_key=found.form_key,
        not_same_as=tuple(one.strip() for one in names.split(",") if one.strip()),
        properties={**found.properties, **{key: task.properties[key] for key in FROZEN if key in task.properties}},
    )
