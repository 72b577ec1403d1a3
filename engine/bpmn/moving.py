"""Moving a case at rest to another version of its diagrams: what is open stays open, only the future is foreseen anew.

SpiffWorkflow's own `migrate_workflow` aligns elements by their neighbours (an
open step quietly became another one), starts timers anew and resets what was
typed.  Here a snapshot is rewritten by element id: finished steps that the new
diagram does not hold any more leave the tree and hand their data on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.definition import Definition
from engine.bpmn.instance import _guarded, _specs
from engine.bpmn.joins import OPEN, InclusiveGateway, ParallelGateway
from engine.bpmn.lifting import Held, Offer, offer
from engine.bpmn.places import Place
from engine.bpmn.position import Position, Trail, _element_id, position
from engine.bpmn.relocating import anchor
from engine.bpmn.renamed import Renamed
from engine.bpmn.seating import seated, seats
from engine.bpmn.snapshots import depth_first, dump, load
from engine.bpmn.stepping import Engine, StepContext
from engine.bpmn.versions import Versions
from engine.errors import Incident, Sentence

SAME, MOVES, CHOSEN, CHOICE, STAYS = "same", "moves", "chosen", "choice", "stays"
Choices = Mapping[str, str]  # open task -> the element it goes to


@dataclass(frozen=True)
class Obstacle:
    """Why an open element cannot simply go on: `task` is its id ("" for what is no task), `kind` CHOICE or STAYS."""

    task: str
    element: str
    kind: str
    reason: str


@dataclass(frozen=True)
class Rehearsal:
    """`verdict`: same | moves | chosen | choice | stays; `position`: where the case would stand, when it can move.

    `places`: open step that is gone -> where it may go; `leaps`: those of them that were chosen; `instead`: open task
    that was chosen for -> the task that is open in its place.
    """

    verdict: str
    obstacles: tuple[Obstacle, ...] = ()
    position: Position | None = field(default=None, compare=False)
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict, compare=False)
    leaps: tuple[Place, ...] = ()
    instead: Mapping[str, str] = field(default_factory=dict, compare=False)


def rehearse(versions: Versions, snapshot: str, context: StepContext, choices: Choices | None = None) -> Rehearsal:
    """Try to move a case on a copy; nothing given is changed."""
    if not versions.known:
        gone = Obstacle("", versions.process, STAYS, "Proses ini tidak ada lagi")
        return Rehearsal(STAYS, (gone,))
    before = _restored(versions.old, snapshot, context)
    offered, picked = _offered(versions, before), choices or {}
    obstacles = tuple(_obstacles(versions, before, picked, offered))
    places = {_element_id(one.task.task_spec): one.places for one in offered.values() if one.places}
    if obstacles:
        stays = any(one.kind == STAYS for one in obstacles)
        return Rehearsal(STAYS if stays else CHOICE, obstacles, places=places)
    renamed = Renamed(versions, before, picked, seats(versions, offered, picked))
    try:
        after = _moved(versions, snapshot, context, renamed)
    except Incident as fault:
        return Rehearsal(STAYS, (Obstacle("", fault.element, STAYS, fault.reason),), places=places)
    leaps = tuple(each for id, one in offered.items() for each in one.places if each.id == picked.get(id))
    verdict = CHOSEN if renamed.instead else SAME if versions.unchanged else MOVES
    return Rehearsal(verdict, (), after, places, leaps, renamed.instead)


def _restored(definition: Definition, snapshot: str, context: StepContext) -> Any:
    _, workflow = _guarded(lambda: load(snapshot, definition.specs, Engine(context)))
    return workflow


def _flows(workflow: Any) -> Iterator[Any]:
    yield workflow
    yield from workflow.subprocesses.values()


def _offered(versions: Versions, workflow: Any) -> dict[str, Offer]:
    """Open task that cannot simply stay where it stands -> the places it may go to."""
    tasks = [task for flow in _flows(workflow) for task in flow.tasks.values()]
    ready = (one for one in tasks if one.state == TaskState.READY and one.task_spec.manual)
    moving = (one for one in ready if versions.displaced(_element_id(one.task_spec)))
    return {str(one.task.id): one for one in (offer(versions, task) for task in moving) if one}


def _obstacles(versions: Versions, workflow: Any, choices: Choices, offered: Mapping[str, Offer]) -> Iterator[Obstacle]:
    leaving = {one.id for id, each in offered.items() for one in each.leaves(choices.get(id, ""))}
    parts = [one for id, each in offered.items() for one in (each.task, *each.leaves(choices.get(id, "")))]
    around = {one.id for part in parts for one in anchor(part).children}
    for flow in _flows(workflow):
        for task in [one for one in flow.tasks.values() if one.has_state(OPEN)]:
            element = _element_id(task.task_spec)
            if str(task.id) in offered:
                yield from _misplaced(versions, element, choices.get(str(task.id), ""), offered[str(task.id)])
            elif element and task.id not in around | leaving:  # events on its boundary go where it goes
                yield from _obstacle(versions, task, element)


def _misplaced(versions: Versions, element: str, chosen: str, offer: Offer) -> Iterator[Obstacle]:
    """What keeps an open task whose step is gone: nowhere to go, nothing chosen, or something that does not fit."""
    places, task = {one.id: one for one in offer.places}, str(offer.task.id)
    name = versions.old.scope(versions.process)[element].name or element
    if not any(not one.refused for one in places.values()):
        yield Obstacle(task, element, STAYS, _nowhere(versions, offer.task, element, name))
    elif not chosen:
        yield Obstacle(task, element, CHOICE, _unlike(versions, element, name))
    elif chosen not in places:
        told = Sentence("%(step)s bukan tugas di tempat yang sama", step=_called(versions, chosen))
        yield Obstacle(task, element, CHOICE, told)
    elif places[chosen].refused:
        yield Obstacle(task, element, CHOICE, places[chosen].refused)


def _unlike(versions: Versions, element: str, name: str) -> Sentence:
    """Why a case cannot simply go on at an element: it is gone, another kind, in another flow, or what holds it is."""
    if not versions.gone(element):
        return Sentence("Subproses tempat %(step)s berjalan digambar lain", step=name)
    if not versions.kind(element):
        return Sentence("%(step)s tidak ada lagi", step=name)
    if holder := versions.away(element):
        return Sentence("%(step)s kini ada di dalam %(holder)s", step=name, holder=holder)
    return Sentence("%(step)s berganti jenis", step=name)


def _called(versions: Versions, element: str) -> str:
    found = versions.new.scope(versions.process).get(element)
    return found.name or element if found else element


def _nowhere(versions: Versions, task: Any, element: str, name: str) -> str:
    """Why no choice can help an open task."""
    if task.triggered:
        return Sentence("%(step)s bagian dari pengulangan dan tidak ada lagi", step=name)
    if _beside(versions.before, element):
        return "Tugas dengan peristiwa batas tidak dapat dipindahkan"
    if not versions.gone(element):
        told = "Subproses tempat %(step)s berjalan digambar lain, dan tidak ada tugas yang dapat menggantikannya"
        return Sentence(told, step=name)
    if holder := versions.away(element):
        told = "%(step)s kini ada di dalam %(holder)s, dan tidak ada tugas yang dapat menggantikannya di tempatnya"
        return Sentence(told, step=name, holder=holder)
    return Sentence("%(step)s tidak ada lagi, dan tidak ada tugas yang dapat menggantikannya", step=name)


def _obstacle(versions: Versions, task: Any, element: str) -> Iterator[Obstacle]:
    old = versions.old.scope(versions.process)[element]
    if versions.gone(element):
        yield Obstacle(str(task.id), element, STAYS, _unlike(versions, element, old.name or element))
    elif _delicate(task) and versions.changed(element):
        told = Sentence("%(step)s sedang berjalan dan digambar lain", step=old.name or element)
        yield Obstacle("", element, STAYS, told)
    elif _beside(versions.before, element) != _beside(versions.after, element):
        told = Sentence("Peristiwa batas pada %(step)s berubah selagi berjalan", step=old.name or element)
        yield Obstacle("", element, STAYS, told)
    elif not versions.unchanged and (lacking := versions.lacks(Held(task).standing)):
        yield Obstacle("", element, STAYS, lacking)


def _delicate(task: Any) -> bool:
    """In the midst of a repetition, or a join that some branch has reached."""
    return isinstance(task.task_spec, LoopTask | ParallelGateway | InclusiveGateway)


def _beside(drawn: Mapping[str, str], element: str) -> frozenset[str]:
    """Boundary events on an element."""
    mark = f'attachedToRef="{element}"'
    return frozenset(key for key, text in drawn.items() if mark in text.split(">", 1)[0])


def _moved(versions: Versions, snapshot: str, context: StepContext, renamed: Renamed) -> Position:
    engine = Engine(context)
    text = _rewritten(versions, json.loads(snapshot), renamed)
    process, workflow = _guarded(lambda: load(text, versions.new.specs, engine))
    for task, seat in renamed.seats.items():
        renamed.instead[task] = _guarded(partial(seated, workflow, seat))
    for flow in _flows(workflow):
        _foresee(flow)
    return position(versions.new, process, workflow, Trail(), (), dump(process, workflow))


def _foresee(flow: Any) -> None:
    """Predict what may follow each open task, by the new diagram."""
    for task in list(depth_first(flow.task_tree)):
        if task.has_state(OPEN) and all(one.triggered for one in task.children):
            task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)


def _rewritten(versions: Versions, state: dict[str, Any], renamed: Renamed) -> str:
    spec, inner = _specs(versions.new, versions.process)
    by_process = {versions.process: spec, **inner}
    state = {**state, "inner": [one for one in state["inner"] if one[0].replace("-", "") not in renamed.left]}
    names = _inner_names(versions, state)
    made = {
        **state,
        "top": _flow(state["top"], spec.task_specs, renamed),
        "inner": [
            [parent, _flow(flow, by_process[names[parent]].task_specs, renamed)] for parent, flow in state["inner"]
        ],
    }
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def _inner_names(versions: Versions, state: dict[str, Any]) -> dict[str, str]:
    """Task that holds an inner flow -> the name of the specification that flow runs, in the new version."""
    _, inner = _specs(versions.new, versions.process)
    every = {**inner, versions.process: _specs(versions.new, versions.process)[0]}
    holders = {
        row[3]: flow["specs"][row[1]]
        for flow in (state["top"], *(flow for _, flow in state["inner"]))
        for row in flow["rows"]
        if len(row) > 3
    }
    found: dict[str, str] = {}
    for parent, _ in state["inner"]:
        name = holders[parent.replace("-", "")]
        holder = next((one.task_specs[name] for one in every.values() if name in one.task_specs), None)
        if holder is None or getattr(holder, "spec", None) not in every:
            raise Incident(name, "Elemen ini tidak ada lagi dalam diagram")
        found[parent] = holder.spec
    return found


def _flow(flow: dict[str, Any], known: Mapping[str, Any], renamed: Renamed) -> dict[str, Any]:
    """One flow's rows by the new diagram; predicted rows are left out, they are foreseen anew."""
    rows: list[list[Any]] = []
    names: dict[str, int] = {}
    place: dict[int, int] = {-1: -1}
    handed: dict[int, tuple[dict[str, Any], list[str]]] = {-1: ({}, [])}
    for index, row in enumerate(flow["rows"]):
        if len(row) <= 3 or (row[3] in renamed.left and row[3] not in renamed.rows):
            continue
        if seat := renamed.rows.get(row[3]):
            place[index], spec = len(rows), names.setdefault(seat.entry(known), len(names))
            rows.append(seat.written(place[row[0]], spec, row[4]))
            continue
        name = renamed.specs.get(row[3], flow["specs"][row[1]])
        updates, deletions = _joined(handed.get(row[0], ({}, [])), row[7], row[8])
        if name not in known and row[2] & TaskState.FINISHED_MASK:
            place[index], handed[index] = place[row[0]], (updates, deletions)
            continue
        if name not in known:
            raise Incident(name, "Elemen ini tidak ada lagi dalam diagram")
        place[index], handed[index] = len(rows), ({}, [])
        spec = names.setdefault(name, len(names))
        own = [renamed.id(row[3]), *row[4:6], renamed.kept(row[3], row[6])]
        rows.append([place[row[0]], spec, row[2], *own, updates, deletions])
    return {**flow, "specs": list(names), "rows": rows, "last": place.get(flow["last"], -1)}


def _joined(
    handed: tuple[dict[str, Any], list[str]], updates: dict[str, Any], deletions: list[str]
) -> tuple[dict[str, Any], list[str]]:
    """What a step changed, on top of what the steps that left before it had changed."""
    kept = {key: one for key, one in handed[0].items() if key not in deletions}
    return {**kept, **updates}, [one for one in (*handed[1], *deletions) if one not in updates]
