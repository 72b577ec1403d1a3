"""Taking an open task into sub-processes of another diagram, or out of those it was in: nothing before it is run.

In the snapshot one row stands for all that is left; once that is read, the token enters from there what stands around
the step now: each sub-process begins, its start is passed over, and the step is open in it.  What it had entered, and
what its clocks know of, goes along; a timer on a boundary keeps its moment where the same one is drawn there now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.lifting import Held, Offer
from engine.bpmn.places import Place
from engine.bpmn.plain import copied
from engine.bpmn.relocating import anchor
from engine.bpmn.versions import Versions

SPLIT = ".BoundaryEventSplit"


@dataclass(frozen=True)
class Seat:
    """One open task on its way: `row` the task of the snapshot in whose place it goes on, `left` all that goes with it,
    as the snapshot writes them; `way`: the sub-processes to enter, outermost first, and the step at their end; `due`:
    timer of the new diagram -> the moment it keeps.
    """

    row: str
    left: frozenset[str]
    way: tuple[str, ...]
    data: Mapping[str, Any]
    due: Mapping[str, str]
    id: UUID = field(default_factory=uuid4)

    def written(self, parent: int, spec: int, rank: int) -> list[Any]:
        """Its row of a snapshot, until it has arrived."""
        return [parent, spec, TaskState.FUTURE, self.id.hex, rank, 0, {}, {}, []]

    def entry(self, known: Mapping[str, Any]) -> str:
        """The name of what it enters first."""
        return _entry(self.way[0], known)


def seats(versions: Versions, offered: Mapping[str, Offer], choices: Mapping[str, str]) -> dict[str, Seat]:
    """Open task -> its seat, of those that go into a sub-process or out of one."""
    found: dict[str, Seat] = {}
    for id, one in offered.items():
        place = next((each for each in one.places if each.id == choices.get(id)), None)
        if place is not None and (place.via or one.held[place.id].holders):
            found[id] = _seat(versions, one.held[place.id], place)
    return found


def _seat(versions: Versions, held: Held, place: Place) -> Seat:
    way = (*place.via, place.id)
    left = frozenset(one.id.hex for one in held.left)
    return Seat(anchor(held.outermost).id.hex, left, way, held.task.data, dict(_kept(versions, held, way)))


def _kept(versions: Versions, held: Held, way: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The timers around the step that stand around it in the new diagram too, each with its moment."""
    was = {id: what for part in held.standing.around for what, id in versions.ways.old.boundaries(part)}
    free = [one for element in reversed(way) for one in versions.ways.new.boundaries(element)]
    for event in held.events:
        name = str(event.task_spec.name)
        same = next((one for one in free if one[0] == was.get(name)), None)
        if same is not None:
            free.remove(same)
            if moment := event.internal_data.get(f"due {name}"):
                yield same[1], moment


def seated(workflow: Any, seat: Seat) -> str:
    """Enter what stands around the step; the id of the task that is open then."""
    task = next(flow.tasks[seat.id] for flow in _flows(workflow) if seat.id in flow.tasks)
    parent, known = task.parent, task.parent.data
    task.data, parent.data = {}, copied(dict(seat.data))  # what arrives takes over what stands before it
    try:
        task = _arrived(task)
    finally:
        parent.data = known
    for element in seat.way[1:]:
        task = _arrived(_inside(task, element))
    _keep(workflow, seat.due)
    return str(task.id)


def _flows(workflow: Any) -> Iterator[Any]:
    yield workflow
    yield from workflow.subprocesses.values()


def _entry(element: str, known: Mapping[str, Any]) -> str:
    """The name of the specification at which an element is entered, before the events on its boundary."""
    return element + SPLIT if element + SPLIT in known else element


def _arrived(task: Any) -> Any:
    """The activity behind an entry once the token is there; a sub-process has begun."""
    spec = task.task_spec
    spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
    spec._update(task)
    if not isinstance(spec, BoundaryEventSplit):
        return task
    task.run()
    return next(one for one in task.children if not isinstance(one.task_spec, BoundaryEvent))


def _inside(holder: Any, element: str) -> Any:
    """A token before an element of a sub-process that has just begun, in the place of the one at its start."""
    flow = holder.workflow.top_workflow.subprocesses[holder.id]
    start, known = flow.task_tree, flow.spec.task_specs
    start._drop_children(force=True)
    return start._add_child(known[_entry(element, known)], TaskState.FUTURE)


def _keep(workflow: Any, due: Mapping[str, str]) -> None:
    for one in [one for flow in _flows(workflow) for one in flow.tasks.values() if one.state == TaskState.WAITING]:
        if moment := due.get(str(one.task_spec.name)):
            one.internal_data[f"due {one.task_spec.name}"] = moment
