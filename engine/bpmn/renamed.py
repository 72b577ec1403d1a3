"""What stands under other names once open tasks go to the places chosen: the task, and the events around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID, uuid4

from engine.bpmn.position import _element_id
from engine.bpmn.relocating import anchor
from engine.bpmn.seating import Seat
from engine.bpmn.snapshots import depth_first
from engine.bpmn.versions import Versions

AROUND = (".BoundaryEventSplit", ".BoundaryEventJoin")  # what SpiffWorkflow puts around a task with boundary events


class Renamed:
    """`specs`: task of a snapshot, as it stands there -> the name of its specification on the new diagram.

    `instead`: open task that was chosen for -> the id of the one that goes on in its place: other work, begun anew.
    `seats`: those of them that go into a sub-process or out of one, by `rows` of the snapshot too; `left`: what goes
    with them.
    """

    def __init__(
        self, versions: Versions, workflow: Any, choices: Mapping[str, str], seats: Mapping[str, Seat] | None = None
    ) -> None:
        self.seats = seats or {}
        self.rows = {one.row: one for one in self.seats.values()}
        self.left = frozenset[str]().union(*(one.left for one in self.seats.values()))
        self.specs: dict[str, str] = {}
        self.instead: dict[str, str] = {}
        self._events: dict[str, tuple[str, str]] = {}
        for task in _chosen(workflow, {id: one for id, one in choices.items() if id not in self.seats}):
            self.instead[str(task.id)] = str(uuid4())
            names = _names(versions, _element_id(task.task_spec), choices[str(task.id)])
            self._rename(anchor(task), names)

    def _rename(self, around: Any, names: Mapping[str, str]) -> None:
        for one in depth_first(around):
            name = str(one.task_spec.name)
            if name in names:
                self.specs[one.id.hex] = names[name]
                self._events[one.id.hex] = (name, names[name])

    def id(self, task: str) -> str:
        """Under which id a task of the snapshot goes on; both as the snapshot writes them, without dashes."""
        return UUID(self.instead.get(str(UUID(task)), task)).hex

    def kept(self, task: str, internal: Mapping[str, Any]) -> dict[str, Any]:
        """What a task keeps for itself; a timer that runs goes on running under its new name."""
        was, becomes = self._events.get(task, ("", ""))
        return {f"due {becomes}" if key == f"due {was}" else key: one for key, one in internal.items()}


def _chosen(workflow: Any, choices: Mapping[str, str]) -> Iterator[Any]:
    for flow in (workflow, *workflow.subprocesses.values()):
        yield from (one for one in flow.tasks.values() if choices.get(str(one.id)))


def _names(versions: Versions, old: str, new: str) -> dict[str, str]:
    """Old name -> new one; events on the boundary are matched by what they catch."""
    was, becomes = versions.ways.old.boundaries(old), versions.ways.new.boundaries(new)
    events = {mine: other for (_, mine), (_, other) in zip(was, becomes, strict=True)}
    return {old: new, **{f"{old}{part}": f"{new}{part}" for part in AROUND}, **events}
