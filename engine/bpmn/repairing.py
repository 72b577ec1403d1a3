"""Mending a case at rest: which elements may be passed over, and changing one value of its data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.bpmn.definition import Definition
from engine.bpmn.plain import copied
from engine.bpmn.position import Position, Trail, position
from engine.bpmn.snapshots import dump, load
from engine.bpmn.specs import RuleTask, ServiceTask
from engine.errors import Refused

# Services that only reckon, or only tell somebody: without them no clock, number, letter, sum or state is lost.
PASSABLE = frozenset({"outcome.set", "outcome.first", "round.next", "visit.outcome", "notice.send"})
SILENT = frozenset({"notice.send"})  # they give nothing


def passable(definition: Definition, process: str, element: str) -> tuple[str, bool]:
    """Why a failing element cannot be passed over ("" when it can), and whether outputs must be given for it."""
    spec = next((one for one in _specs(definition, process) if one.name == element), None)
    if isinstance(spec, RuleTask):
        return "", True
    if not isinstance(spec, ServiceTask):
        return "Hanya layanan dan tabel keputusan yang dapat dilewati; yang lain dipindahkan atau diperbaiki.", False
    if spec.service not in PASSABLE:
        return "Layanan ini mengubah jam, nomor, surat, uang, atau keadaan berkas; ia tidak dapat dilewati.", False
    return "", spec.service not in SILENT


def _specs(definition: Definition, process: str) -> Iterator[Any]:
    top, inner = definition.specs(process)
    for one in (top, *inner.values()):
        yield from one.task_specs.values()


def values(definition: Definition, snapshot: str) -> dict[str, Any]:
    """Single values of a case's data by their path, `periksa.keputusan`, as they stand where the case is open."""
    _, workflow = load(snapshot, definition.specs, None)
    found: dict[str, Any] = {}
    for task in _open(workflow):
        found.update(_flat(task.data, ""))
    return dict(sorted(found.items()))


def _open(workflow: Any) -> list[Any]:
    flows = (workflow, *workflow.subprocesses.values())
    return [one for flow in flows for one in flow.tasks.values() if not one.has_state(TaskState.FINISHED_MASK)]


def _flat(data: Mapping[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        elif isinstance(value, bool | int | Decimal | str):
            yield f"{above}{key}", value


def repaired(definition: Definition, snapshot: str, name: str, value: Any) -> Position:
    """The case with another value at a path that stands in its data; raises Refused where none stands."""
    process, workflow = load(snapshot, definition.specs, None)
    *way, last = name.split(".")
    holders = [one for task in _open(workflow) if (one := _holder(task, way)) is not None and last in one]
    if not holders:
        raise Refused("Data %(nama)s tidak ada pada berkas ini.", nama=name)
    for holder in holders:
        holder[last] = value
    return position(definition, process, workflow, Trail(), (), dump(process, workflow))


def _holder(task: Any, way: list[str]) -> Any:
    """The mapping at the end of a way through a task's data, no longer shared with any other task."""
    if way and way[0] in task.data:
        task.data[way[0]] = copied(task.data[way[0]])
    found: Any = task.data
    for part in way:
        found = found.get(part) if isinstance(found, Mapping) else None
    return found if isinstance(found, dict) else None
