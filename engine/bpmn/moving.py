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
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.util.task import TaskState

from engine.bpmn import elements, reading
from engine.bpmn.definition import Definition
from engine.bpmn.elements import Element
from engine.bpmn.instance import _guarded, _specs
from engine.bpmn.joins import OPEN, InclusiveGateway, ParallelGateway
from engine.bpmn.position import Position, Trail, _element_id, position
from engine.bpmn.snapshots import depth_first, dump, load
from engine.bpmn.stepping import Engine, StepContext
from engine.errors import Incident, Sentence

SAME, MOVES, CHOICE, STAYS = "same", "moves", "choice", "stays"
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
    """`verdict`: same | moves | choice | stays; `position`: where the case would stand, when it can move."""

    verdict: str
    obstacles: tuple[Obstacle, ...] = ()
    position: Position | None = field(default=None, compare=False)


class Versions:
    """Two versions of one process, compared once for all of its cases."""

    def __init__(self, old: Definition, new: Definition, process: str) -> None:
        self.old, self.new, self.process = old, new, process
        self.known = process in new.processes
        self.before, self.after = _drawn(old, process), _drawn(new, process) if self.known else {}

    @property
    def unchanged(self) -> bool:
        return self.before == self.after

    def changed(self, element: str) -> bool:
        return self.before.get(element) != self.after.get(element)

    def gone(self, element: str) -> bool:
        """Whether an element of the old version is not in the new one, or of another kind there."""
        known = self.old.scope(self.process).get(element)
        return known is not None and self.kind(element) != known.kind

    def places(self, element: str) -> tuple[Element, ...]:
        """The tasks of the new version that stand where this one stood: where its cases may be taken to."""
        here = self.old.scope(self.process).get(element)
        if here is None or not self.known:
            return ()
        fits = (one for one in self.new.scope(self.process).values() if one.kind in elements.HUMAN)
        return tuple(one for one in fits if (one.process, one.parent) == (here.process, here.parent))

    def kind(self, element: str) -> str:
        found = self.new.scope(self.process).get(element) if self.known else None
        return found.kind if found else ""


def _drawn(definition: Definition, process: str) -> dict[str, str]:
    """Each element of a process and of what it calls, as text: its content, and who leads to it."""
    found: dict[str, str] = {}
    names = {definition.file_of(key)[0] for key in (process, *definition.called(process))}
    for name in sorted(names):
        root = reading.read(name, definition.files[name])
        comes = _comes(root)
        for node in elements.flow_nodes(root):
            found[node.get("id", "")] = f"{_text(node)} {sorted(comes.get(node.get('id', ''), []))}"
    return found


def _comes(root: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for flow in elements.flows(root):
        found.setdefault(flow.target, []).append(flow.source)
    return found


def _text(node: Any) -> str:
    """Canonical XML without what only the drawing needs; a sub-process includes what is in it."""
    return str(etree.canonicalize(etree.tostring(node, encoding="unicode", with_tail=False), strip_text=True))


def rehearse(versions: Versions, snapshot: str, context: StepContext, choices: Choices | None = None) -> Rehearsal:
    """Try to move a case on a copy; nothing given is changed."""
    if not versions.known:
        gone = Obstacle("", versions.process, STAYS, "Proses ini tidak ada lagi")
        return Rehearsal(STAYS, (gone,))
    before = _restored(versions.old, snapshot, context)
    obstacles = tuple(_obstacles(versions, before, choices or {}))
    if obstacles:
        stays = any(one.kind == STAYS for one in obstacles)
        return Rehearsal(STAYS if stays else CHOICE, obstacles)
    try:
        after = _moved(versions, snapshot, context, choices or {})
    except Incident as fault:
        return Rehearsal(STAYS, (Obstacle("", fault.element, STAYS, fault.reason),))
    return Rehearsal(SAME if versions.unchanged else MOVES, (), after)


def _restored(definition: Definition, snapshot: str, context: StepContext) -> Any:
    _, workflow = _guarded(lambda: load(snapshot, definition.specs, Engine(context)))
    return workflow


def _flows(workflow: Any) -> Iterator[Any]:
    yield workflow
    yield from workflow.subprocesses.values()


def _obstacles(versions: Versions, workflow: Any, choices: Choices) -> Iterator[Obstacle]:
    for flow in _flows(workflow):
        for task in [one for one in flow.tasks.values() if one.has_state(OPEN)]:
            element = _element_id(task.task_spec)
            if element:
                yield from _obstacle(versions, task, element, choices.get(str(task.id), ""))


def _obstacle(versions: Versions, task: Any, element: str, chosen: str) -> Iterator[Obstacle]:
    old = versions.old.scope(versions.process)[element]
    if chosen:
        yield from _unfit(versions, task, element, chosen)
    elif versions.kind(element) != old.kind:
        kind = CHOICE if task.task_spec.manual and task.state == TaskState.READY else STAYS
        what = "%(step)s tidak ada lagi" if not versions.kind(element) else "%(step)s berganti jenis"
        yield Obstacle(str(task.id), element, kind, Sentence(what, step=old.name or element))
    elif _delicate(task) and versions.changed(element):
        told = Sentence("%(step)s sedang berjalan dan digambar lain", step=old.name or element)
        yield Obstacle("", element, STAYS, told)
    elif _beside(versions.before, element) != _beside(versions.after, element):
        told = Sentence("Peristiwa batas pada %(step)s berubah selagi berjalan", step=old.name or element)
        yield Obstacle("", element, STAYS, told)


def _unfit(versions: Versions, task: Any, element: str, chosen: str) -> Iterator[Obstacle]:
    target = versions.new.scope(versions.process).get(chosen)
    here = versions.old.scope(versions.process)[element]
    holder = versions.new.scope(versions.process).get(here.parent)
    if (
        target is None
        or target.kind not in elements.HUMAN
        or (target.process, target.parent)
        != (
            here.process,
            here.parent,
        )
    ):
        told = Sentence("%(step)s bukan tugas di tempat yang sama", step=chosen)
        yield Obstacle(str(task.id), element, CHOICE, told)
    elif _beside(versions.before, element) or _beside(versions.after, chosen) or (here.parent and holder is None):
        yield Obstacle(str(task.id), element, STAYS, "Tugas dengan peristiwa batas tidak dapat dipindahkan")


def _delicate(task: Any) -> bool:
    """In the midst of a repetition, or a join that some branch has reached."""
    return isinstance(task.task_spec, LoopTask | ParallelGateway | InclusiveGateway)


def _beside(drawn: Mapping[str, str], element: str) -> frozenset[str]:
    """Boundary events on an element."""
    mark = f'attachedToRef="{element}"'
    return frozenset(key for key, text in drawn.items() if mark in text.split(">", 1)[0])


def _moved(versions: Versions, snapshot: str, context: StepContext, choices: Choices) -> Position:
    engine = Engine(context)
    text = _rewritten(versions, json.loads(snapshot), choices)
    process, workflow = _guarded(lambda: load(text, versions.new.specs, engine))
    for flow in _flows(workflow):
        _foresee(flow)
    return position(versions.new, process, workflow, Trail(), (), dump(process, workflow))


def _foresee(flow: Any) -> None:
    """Predict what may follow each open task, by the new diagram."""
    for task in list(depth_first(flow.task_tree)):
        if task.has_state(OPEN) and all(one.triggered for one in task.children):
            task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)


def _rewritten(versions: Versions, state: dict[str, Any], choices: Choices) -> str:
    spec, inner = _specs(versions.new, versions.process)
    by_process = {versions.process: spec, **inner}
    names = _inner_names(versions, state)
    made = {
        **state,
        "top": _flow(state["top"], spec.task_specs, choices),
        "inner": [
            [parent, _flow(flow, by_process[names[parent]].task_specs, choices)] for parent, flow in state["inner"]
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


def _flow(flow: dict[str, Any], known: Mapping[str, Any], choices: Choices) -> dict[str, Any]:
    """One flow's rows by the new diagram; predicted rows are left out, they are foreseen anew."""
    wanted = {key.replace("-", ""): element for key, element in choices.items()}
    rows: list[list[Any]] = []
    names: dict[str, int] = {}
    place: dict[int, int] = {-1: -1}
    handed: dict[int, tuple[dict[str, Any], list[str]]] = {-1: ({}, [])}
    for index, row in enumerate(flow["rows"]):
        if len(row) <= 3:
            continue
        name = wanted.get(row[3], flow["specs"][row[1]])
        updates, deletions = _joined(handed.get(row[0], ({}, [])), row[7], row[8])
        if name not in known and row[2] & TaskState.FINISHED_MASK:
            place[index], handed[index] = place[row[0]], (updates, deletions)
            continue
        if name not in known:
            raise Incident(name, "Elemen ini tidak ada lagi dalam diagram")
        place[index], handed[index] = len(rows), ({}, [])
        spec = names.setdefault(name, len(names))
        rows.append([place[row[0]], spec, *row[2:7], updates, deletions])
    return {**flow, "specs": list(names), "rows": rows, "last": place.get(flow["last"], -1)}


def _joined(
    handed: tuple[dict[str, Any], list[str]], updates: dict[str, Any], deletions: list[str]
) -> tuple[dict[str, Any], list[str]]:
    """What a step changed, on top of what the steps that left before it had changed."""
    kept = {key: one for key, one in handed[0].items() if key not in deletions}
    return {**kept, **updates}, [one for one in (*handed[1], *deletions) if one not in updates]
