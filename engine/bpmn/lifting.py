"""How an open task is held: by itself where it stands, or with the sub-processes around it that are left with it.

A sub-process that a new diagram holds no more is left with what is open in it, and so is one that the step was taken
out of.  Both only as a whole: where one step is all that is open, and no event around it has fired.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.joins import OPEN
from engine.bpmn.needs import Standing
from engine.bpmn.places import Place
from engine.bpmn.position import _element_id
from engine.bpmn.relocating import anchor
from engine.bpmn.snapshots import FORESEEN, depth_first
from engine.bpmn.versions import Versions


@dataclass(frozen=True)
class Held:
    """An open task, and `holders`: the tasks of the sub-processes that are left with it, inmost first."""

    task: Any
    holders: tuple[Any, ...] = ()

    @property
    def outermost(self) -> Any:
        return self.holders[-1] if self.holders else self.task

    @property
    def whole(self) -> bool:
        """Whether nothing but this task is open in what is left with it, nor has any event there fired."""
        parts = (self.task, *self.holders)
        return all(_quiet(one) for one in parts) and not any(_others(one) for one in parts[:-1])

    @property
    def events(self) -> tuple[Any, ...]:
        """The events that wait on the boundaries of what is left."""
        around = (one for part in (self.task, *self.holders) for one in anchor(part).children)
        return tuple(one for one in around if isinstance(one.task_spec, BoundaryEvent))

    @property
    def left(self) -> Iterator[Any]:
        """Every task that goes with it, of inner flows too."""
        yield from _below(anchor(self.outermost))

    @property
    def standing(self) -> Standing:
        last, parts = self.outermost, (self.task, *self.holders)
        seen = [one for part in parts for one in part.workflow.tasks.values() if one.has_state(TaskState.COMPLETED)]
        begun = frozenset(_element_id(one.task_spec) for one in seen) - {_element_id(one.task_spec) for one in parts}
        done = {_element_id(one.task_spec) for one in seen if not isinstance(one.task_spec, BoundaryEventSplit)}
        return Standing(
            element=_element_id(last.task_spec),
            done=begun - {""},
            broken=begun - done,
            data={
                name: frozenset(one) if isinstance(one, dict) else frozenset() for name, one in self.task.data.items()
            },
            callers=tuple(_element_id(one.task_spec) for one in holding(last)),
            beside=frozenset(_element_id(one.task_spec) for one in _others(last)) - {""},
            within=tuple(_element_id(one.task_spec) for one in parts) if self.holders else (),
        )


@dataclass(frozen=True)
class Offer:
    """Where an open task may go; `held`: place -> what is left when it goes there."""

    task: Any
    places: tuple[Place, ...]
    held: Mapping[str, Held]

    def leaves(self, place: str) -> tuple[Any, ...]:
        """The sub-processes that are left with it for a place, or for any while none was chosen."""
        ways = [self.held[place]] if place in self.held else [*self.held.values()]
        return min((one.holders for one in ways), key=len, default=())


def holding(task: Any) -> Iterator[Any]:
    """The tasks that hold or call the flow of a task, inmost first."""
    while holder := getattr(task.workflow, "parent_task_id", None):
        task = task.workflow.top_workflow.get_task_from_id(holder)
        yield task


def offer(versions: Versions, task: Any) -> Offer | None:
    """The places for an open task that cannot simply stay; None where it can, or where what holds it tells why not."""
    element = _element_id(task.task_spec)
    ways = [one for one in _ways(versions, task) if not one.holders or one.whole]
    if not versions.gone(element) and not any(one.holders for one in ways):
        return None
    held: dict[str, Held] = {}
    places: dict[str, Place] = {}
    for way in ways if not task.triggered else ():  # a member of a repetition goes nowhere by itself
        for place in versions.places(way.standing):
            if place.id not in places and (way.whole or not place.via):
                places[place.id], held[place.id] = place, way
    return Offer(task, tuple(places.values()), held)


def _ways(versions: Versions, task: Any) -> Iterator[Held]:
    """By itself, unless a sub-process around it is gone; and with those that it was taken out of."""
    around = [*holding(task)]
    gone = [number for number, one in enumerate(around, 1) if versions.gone(_element_id(one.task_spec))]
    least = gone[-1] if gone else 0
    for most in dict.fromkeys((least, max(least, _taken_out(versions, task, around)))):
        if all(_embedded(versions, one) for one in around[:most]):
            yield Held(task, tuple(around[:most]))


def _taken_out(versions: Versions, task: Any, around: list[Any]) -> int:
    """Out of how many of the sub-processes around it a step was taken, 0 for none."""
    now = versions.holders(_element_id(task.task_spec))
    levels = (versions.stood_in(_element_id(one.task_spec)) for one in (task, *around))
    return next((number for number, level in enumerate(levels) if level in now), 0)


def _embedded(versions: Versions, task: Any) -> bool:
    known = versions.old.scope(versions.process).get(_element_id(task.task_spec))
    return known is not None and known.kind == "subProcess"


def _quiet(part: Any) -> bool:
    """Whether a task, and what waits on its boundary, is all that there is of it."""
    around = anchor(part)
    seen = [one for one in depth_first(around) if not one.has_state(FORESEEN) and one is not around and one is not part]
    waits = (isinstance(one.task_spec, BoundaryEvent) and one.state == TaskState.WAITING for one in seen)
    return not part.triggered and all(waits)


def _others(part: Any) -> list[Any]:
    """What is open in the same flow and does not end with a task."""
    mine = {one.id for one in depth_first(anchor(part))}
    return [one for one in part.workflow.tasks.values() if one.has_state(OPEN) and one.id not in mine]


def _below(task: Any) -> Iterator[Any]:
    for one in depth_first(task):
        yield one
        inner = one.workflow.top_workflow.subprocesses.get(one.id)
        if inner is not None:
            yield from _below(inner.task_tree)
