"""What the rules look at: one diagram file with its graph, and the set it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from engine.bpmn import announced, elements
from engine.bpmn.catalogue import Catalogue
from engine.bpmn.checking.failing import never_ends_well
from engine.bpmn.checking.nodes import backward, by_event, in_event_subprocess
from engine.bpmn.checking.unnamed import named_again
from engine.bpmn.decisions import Decision
from engine.bpmn.elements import Element, local
from engine.errors import Problem, office_word


class Sheet:
    """A diagram file: its flow nodes, its flows, and who follows whom."""

    def __init__(self, file: str, root: Any) -> None:
        self.file = file
        self.root = root
        self._following: dict[str, list[str]] = {}
        self._of_kinds: dict[tuple[str, ...], list[Any]] = {}
        self._failing: dict[str, bool] = {}
        self.known: Set | None = None  # the set it is looked at in
        self.unnamed = named_again(root)
        self.nets: dict[Any, Any] = {}  # how tokens move in its processes and sub-processes: see `tokens.net_of`

    @cached_property
    def processes(self) -> list[Any]:
        return list(elements.inside(self.root, "process"))

    @cached_property
    def holders(self) -> list[Any]:
        """Processes and embedded sub-processes, but nothing inside an event sub-process."""
        subs = [node for node in self.nodes if local(node) == "subProcess" and not by_event(node)]
        return [*self.processes, *subs]

    @cached_property
    def nodes(self) -> list[Any]:
        """Flow nodes in document order, doubled ids included."""
        return [node for node in elements.flow_nodes(self.root) if not in_event_subprocess(node)]

    @cached_property
    def flows(self) -> list[Any]:
        found = (flow for process in self.processes for flow in elements.inside(process, "sequenceFlow"))
        return [flow for flow in found if not in_event_subprocess(flow)]

    @cached_property
    def by_id(self) -> dict[str, Any]:
        known: dict[str, Any] = {}
        for node in self.nodes:
            known.setdefault(node.get("id", ""), node)
        known.pop("", None)
        return known

    @cached_property
    def elements(self) -> dict[str, Element]:
        return elements.elements(self.root)

    @cached_property
    def sound_flows(self) -> list[Any]:
        """Flows that lead on between two known nodes of one holder."""
        return [flow for flow in self.flows if self.sound(flow)]

    @cached_property
    def flows_of(self) -> dict[Any, list[Any]]:
        """The sound flows of each process and sub-process."""
        found: dict[Any, list[Any]] = {}
        for flow in self.sound_flows:
            found.setdefault(flow.getparent(), []).append(flow)
        return found

    def sound(self, flow: Any) -> bool:
        ends = [self.by_id.get(flow.get(one, "")) for one in ("sourceRef", "targetRef")]
        at_home = all(one is not None and one.getparent() is flow.getparent() for one in ends)
        return at_home and not backward(*ends)

    @cached_property
    def outgoing(self) -> dict[str, list[Any]]:
        return _grouped(self.sound_flows, "sourceRef")

    @cached_property
    def incoming(self) -> dict[str, list[Any]]:
        return _grouped(self.sound_flows, "targetRef")

    @cached_property
    def boundaries(self) -> dict[str, list[Any]]:
        return _grouped([node for node in self.nodes if local(node) == "boundaryEvent"], "attachedToRef")

    @cached_property
    def names(self) -> dict[str, str]:
        return announced.event_names(self.root)

    def of(self, *kinds: str) -> list[Any]:
        """The flow nodes of these kinds, in document order."""
        if len(kinds) == 1:
            return self._by_kind.get(kinds[0], [])
        if kinds not in self._of_kinds:
            there = self._by_kind.keys() & set(kinds)
            self._of_kinds[kinds] = [node for node in self.nodes if local(node) in kinds] if there else []
        return self._of_kinds[kinds]

    @cached_property
    def _by_kind(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for node in self.nodes:
            found.setdefault(local(node), []).append(node)
        return found

    def inside(self, holder: Any) -> list[Any]:
        """The flow nodes that stand directly in a process or sub-process."""
        return self._members.get(holder, [])

    @cached_property
    def _members(self) -> dict[Any, list[Any]]:
        found: dict[Any, list[Any]] = {}
        for node in self.nodes:
            found.setdefault(node.getparent(), []).append(node)
        return found

    @cached_property
    def broken(self) -> set[Any]:
        """Processes and sub-processes with a flow that leads nowhere."""
        return {flow.getparent() for flow in self.flows if not self.sound(flow)}

    @cached_property
    def drawn_outgoing(self) -> dict[str, list[Any]]:
        """Outgoing flows as drawn, those that lead nowhere included."""
        return _grouped(self.flows, "sourceRef")

    def targets(self, key: str) -> list[str]:
        return [flow.get("targetRef") for flow in self.outgoing.get(key, [])]

    def following(self, key: str) -> list[str]:
        """Nodes that may come after a node, through its boundary events too."""
        if key not in self._following:
            beside = (one.get("id", "") for one in self.boundaries.get(key, []))
            self._following[key] = [*(() if self.fails(key) else self.targets(key)), *beside]
        return self._following[key]

    def fails(self, key: str) -> bool:
        """Whether an activity never ends well, so that nothing follows it by its flows."""
        if key not in self._failing:
            self._failing[key] = False  # should it call itself
            self._failing[key] = key in self.by_id and never_ends_well(self, self.by_id[key])
        return self._failing[key]

    def reached(self, starts: Iterable[str], stop: frozenset[str] = frozenset()) -> set[str]:
        """Ids reachable from `starts`; `stop` is neither entered nor crossed."""
        seen: set[str] = set()
        pending = [one for one in starts if one not in stop]
        while pending:
            key = pending.pop()
            if key not in seen and key in self.by_id:
                seen.add(key)
                pending.extend(one for one in self.following(key) if one not in stop)
        return seen


class Set:
    """The diagrams under check with the names they may use; `beside` are those that are deployed already.

    A process of the diagrams takes the place of the deployed one of the same key.  `faulty`: files of which an error
    keeps a process or a table from being read.
    """

    def __init__(
        self,
        sheets: tuple[Sheet, ...],
        catalogue: Catalogue,
        decisions: Mapping[str, Decision],
        beside: Set | None = None,
        faulty: Mapping[str, bytes] | None = None,
    ) -> None:
        self.sheets = sheets
        self.catalogue = catalogue
        self.decisions: Mapping[str, Decision] = {**beside.decisions, **decisions} if beside else decisions
        self.beside = beside
        self.faulty = faulty or {}
        self.walks: dict[Any, Any] = {}  # what was seen on all ways from a root: see `clock_walk`
        for sheet in sheets:
            sheet.known = self

    @cached_property
    def processes(self) -> dict[str, Sheet]:
        """Executable processes -> the sheet that holds them; the first of a doubled key counts."""
        found: dict[str, Sheet] = {}
        for sheet in self.sheets:
            for key in elements.executable(sheet.root):
                found.setdefault(key, sheet)
        found.pop("", None)
        return {**self.beside.processes, **found} if self.beside else found

    @cached_property
    def nodes_of(self) -> dict[str, Any]:
        """Process key -> its XML node, for the executable processes."""
        own = {one.get("id", ""): one for sheet in self.sheets for one in reversed(sheet.processes)}
        return {**self.beside.nodes_of, **own} if self.beside else own

    def process_node(self, key: str) -> Any:
        return self.nodes_of[key]

    @cached_property
    def replaced(self) -> frozenset[str]:
        """Ids of what stands in deployed diagrams in whose place these stand, and in these no more."""
        files = {sheet.file for sheet in self.sheets}
        old = (
            {id for sheet in self.beside.sheets if sheet.file in files for id in sheet.by_id} if self.beside else set()
        )
        return frozenset(old.difference(*(sheet.by_id for sheet in self.sheets)))

    @cached_property
    def offers(self) -> dict[str, tuple[str, ...]]:
        """Task -> the outcomes of its form."""
        tasks = [node for sheet in self.sheets for node in sheet.of(*elements.HUMAN)]
        keys = {node.get("id", ""): elements.properties(node).get("formKey", "") for node in tasks}
        forms = self.catalogue.forms
        own = {task: tuple(forms[key]) for task, key in keys.items() if key in forms}
        under = self.beside.offers if self.beside else {}
        return {**{task: some for task, some in under.items() if task not in self.replaced}, **own}

    def label(self, task: Any, word: str) -> str:
        """How the form of a task calls one of its fields or outcomes; the word itself where that is not known."""
        key = elements.properties(task).get("formKey", "")
        known = self.catalogue.labels.get(key, {})
        return office_word(known[word]) if word in known else word

    def named(self, kind: str, key: str) -> str:
        """What people call a form, letter or role of this key; the key itself where none is there."""
        return self.catalogue.names.get((kind, key), key)

    @cached_property
    def tasks(self) -> frozenset[str]:
        """Ids of all work for persons."""
        own = {node.get("id", "") for sheet in self.sheets for node in sheet.of(*elements.HUMAN)}
        return frozenset(own | (self.beside.tasks - self.replaced if self.beside else frozenset()))

    @cached_property
    def callers(self) -> dict[str, list[tuple[Sheet, Any]]]:
        """Process key -> the call activities that call it, each with its sheet."""
        files = {sheet.file for sheet in self.sheets}
        found: dict[str, list[tuple[Sheet, Any]]] = {}
        for key, ones in self.beside.callers.items() if self.beside else ():
            if still := [one for one in ones if one[0].file not in files]:
                found[key] = still
        for sheet in self.sheets:
            for node in sheet.of("callActivity"):
                found.setdefault(node.get("calledElement", ""), []).append((sheet, node))
        return found

    def calls(self, process: str) -> set[str]:
        """The known processes that a process calls directly."""
        found = elements.inside(self.process_node(process), "callActivity")
        return {one.get("calledElement", "") for one in found} & set(self.processes)

    def called(self, process: str) -> set[str]:
        """All processes that `process` calls, directly or not; itself when it calls in a circle."""
        seen: set[str] = set()
        pending = [process] if process in self.processes else []
        while pending:
            news = self.calls(pending.pop()) - seen
            seen |= news
            pending.extend(news)
        return seen


def _grouped(nodes: Iterable[Any], attribute: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for node in nodes:
        found.setdefault(node.get(attribute, ""), []).append(node)
    return found


def problem(sheet: Sheet, node: Any, code: str, message: str, hint: str = "", severity: str = "error") -> Problem:
    """A problem at an XML node; nodes without id are located by the nearest one that has one."""
    owner = next((one for one in (node, *node.iterancestors()) if one.get("id")), node)
    return Problem(sheet.file, owner.get("id", ""), node.sourceline or 0, severity, code, message, hint)
