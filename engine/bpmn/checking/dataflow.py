"""Which data are there at each element: on every path that leads to it, and on some.

A data-flow analysis over each process, forwards to its fixed point (Kildall
1973): where paths meet only what all of them wrote is sure, where branches of
a parallel gateway meet everything they wrote is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.bpmn.checking.nodes import definitions
from engine.bpmn.checking.sheets import Set, Sheet
from engine.bpmn.checking.tokens import net_of
from engine.bpmn.checking.written import written
from engine.bpmn.elements import children, data_objects, local, repetition

Names = frozenset[str]
NONE: Names = frozenset()
ANYTHING = "*"  # stands for whatever an element writes that calls what nobody knows


@dataclass(frozen=True)
class Known:
    """Data names at one place: `sure` on all paths, `some` on at least one."""

    sure: Names = NONE
    some: Names = NONE

    def plus(self, names: Iterable[str]) -> Known:
        more = frozenset(names)
        return Known(self.sure | more, self.some | more)

    def perhaps(self, names: Iterable[str]) -> Known:
        return Known(self.sure, self.some | frozenset(names))


def either(found: list[Known]) -> Known:
    """Where one of several paths is taken."""
    if not found:
        return Known()
    return Known(frozenset.intersection(*(one.sure for one in found)), frozenset().union(*(one.some for one in found)))


def both(found: list[Known]) -> Known:
    """Where all of several branches arrive."""
    return Known(frozenset().union(*(one.sure for one in found)), frozenset().union(*(one.some for one in found)))


class DataFlow:
    """What is known before each element of a set's own executable processes.

    `base`: the analysis of the diagrams that are deployed beside them already.
    """

    def __init__(self, known: Set, start: Iterable[str], base: DataFlow | None = None) -> None:
        self.known, self.base = known, base
        self.entries: dict[str, list[Known]] = {}  # process -> what its callers know where they call it
        self.start = Known(frozenset(start), frozenset(start))
        self.before: dict[tuple[str, str], Known] = {}  # (file, element) -> what is known when it begins
        self._left: dict[str, Known] = {}
        self._written: dict[Any, set[str]] = {}

    def written(self, node: Any) -> set[str]:
        """The data keys an element writes, looked up once."""
        if node not in self._written:
            self._written[node] = written(node, self.known)
        return self._written[node]

    @cached_property
    def order(self) -> list[str]:
        """Callers before what they call: of the deployed processes only those by which these are reached."""
        found: list[str] = []
        seen: set[str] = set()
        for key in self.known.processes:
            self._visit(key, seen, found)
        walked = self._walked(found)
        return [key for key in found[::-1] if key in walked]

    def _walked(self, found: list[str]) -> set[str]:
        """What is analysed, `found` being what is called before its callers: a step that is gone from a process is
        gone for whoever calls it, and so for what that one hands over in its next round."""
        walked = {key for key in found if self.known.processes[key] in self.known.sheets}
        files = {sheet.file for sheet in self.known.sheets}
        rest = {key: self.known.calls(key) for key in found if self.known.processes[key].file not in files}
        while news := {key for key, calls in rest.items() if key not in walked and calls & walked}:
            walked |= news
        return walked

    def _visit(self, key: str, seen: set[str], found: list[str]) -> None:
        stack = [(key, iter(sorted(self.known.calls(key))))] if key not in seen else []
        seen.add(key)
        while stack:
            here, rest = stack[-1]
            one = next((one for one in rest if one not in seen), None)
            if one is None:
                found.append(here)
                stack.pop()
            else:
                seen.add(one)
                stack.append((one, iter(sorted(self.known.calls(one)))))

    def run(self) -> DataFlow:
        """Called processes are looked at twice: for what they write, then with what their callers know."""
        for key in reversed(self.order):
            self._left[key] = _Pass(self, self.known.processes[key], Known()).over(self.known.process_node(key))
        self.before.clear()
        for key in self.order:
            called_with = self.entries.get(key, [])
            entry = either(called_with) if called_with else self.start
            done = _Pass(self, self.known.processes[key], entry)
            done.over(self.known.process_node(key))
            for called, at in done.calls.values():
                self.entries.setdefault(called, []).append(at)
        return self

    def left_by(self, process: str) -> Known:
        """What a called process has written when it ends."""
        if process not in self._left and self.base is not None:
            return self.base.left_by(process)
        return self._left.get(process, Known())


class _Pass:
    """One walk over a process and the sub-processes in it."""

    def __init__(self, flow: DataFlow, sheet: Sheet, entry: Known) -> None:
        self.flow, self.sheet, self.entry = flow, sheet, entry
        self.calls: dict[str, tuple[str, Known]] = {}  # call activity -> what it calls, and what is known there

    def over(self, holder: Any, entry: Known | None = None) -> Known:
        """What is known when a holder that began with `entry` ends normally."""
        entry = self.entry if entry is None else entry
        nodes = {one.get("id", ""): one for one in reversed(self.sheet.inside(holder))}
        after: dict[str, Known] = {}
        rank = net_of(self.sheet, holder).rank
        pending = {key for key, node in nodes.items() if local(node) == "startEvent"}
        while pending:
            # In the order tokens come by, so that a node is looked at once for each loop it stands in.
            key = min(pending, key=rank.__getitem__)
            pending.remove(key)
            before = self._arriving(key, nodes, after, entry)
            self.flow.before[self.sheet.file, key] = before
            left = self._after(nodes[key], before)
            if after.get(key) != left:
                after[key] = left
                pending.update(one for one in self.sheet.following(key) if one in nodes)
        return self._ended(nodes, after)

    def _ended(self, nodes: Mapping[str, Any], after: Mapping[str, Known]) -> Known:
        """What is known at the end; branches beside an activity end by themselves and are not waited for."""
        starts = [key for key, node in nodes.items() if local(node) == "startEvent"]
        beside = frozenset(key for key, node in nodes.items() if node.get("cancelActivity") == "false")
        main = self.sheet.reached(starts, beside)
        ends = [key for key, node in nodes.items() if key in after and _ends_well(node)]
        forks = [key for key in main if local(nodes[key]) == "parallelGateway" and len(self.sheet.targets(key)) > 1]
        left = (after[key].plus(self._left_beside(key, forks, starts, ends, after)) for key in ends if key in main)
        return either(list(left)).perhaps(name for key in ends for name in after[key].some)

    def _left_beside(
        self, end: str, forks: list[str], starts: list[str], ends: list[str], after: Mapping[str, Known]
    ) -> set[str]:
        """What other branches leave by the time a branch that ends by itself is all that is over: a holder is over when
        every branch of it is."""
        found: set[str] = set()
        if len(ends) == 1:
            return found  # no other branch could end
        for fork in [one for one in forks if end not in self.sheet.reached(starts, frozenset({one}))]:
            arms = [self.sheet.reached({one}, frozenset({fork})) for one in self.sheet.targets(fork)]
            for arm in [one for one in arms if end not in one]:
                sure = [after[key].sure for key in ends if key in arm]
                found |= frozenset.intersection(*map(frozenset, sure)) if sure else frozenset()
        return found

    def _arriving(self, key: str, nodes: Mapping[str, Any], after: Mapping[str, Known], entry: Known) -> Known:
        node, kind = nodes[key], local(nodes[key])
        if kind == "startEvent":
            return entry
        if kind == "boundaryEvent":
            holder = nodes.get(node.get("attachedToRef", ""))
            if holder is None:
                return entry
            before = self.flow.before.get((self.sheet.file, holder.get("id", "")), Known())
            return before.perhaps(self.flow.written(holder))
        comes = [after[one] for one in self._sources(key) if one in after]
        return both(comes) if kind == "parallelGateway" else either(comes)

    def _sources(self, key: str) -> list[str]:
        return [flow.get("sourceRef") for flow in self.sheet.incoming.get(key, [])]

    def _after(self, node: Any, before: Known) -> Known:
        if _may_be_passed(node):
            return before.perhaps(self._after_all(node, before).some)
        return self._after_all(node, before)

    def _after_all(self, node: Any, before: Known) -> Known:
        kind, known = local(node), self.flow.known
        if repetition(node) is not None:
            self._inside(node, before)
            return before.plus(self.flow.written(node))
        if kind == "subProcess":
            return both([before, self.over(node, before)])
        if kind == "callActivity" and node.get("calledElement") in known.processes:
            self.calls[node.get("id", "")] = (node.get("calledElement"), before)
            return both([before, self.flow.left_by(node.get("calledElement"))]).plus(data_objects(node))
        if kind == "callActivity":
            return before.plus([ANYTHING])
        return before.plus(self.flow.written(node))

    def _inside(self, node: Any, before: Known) -> None:
        """Each member of a repetition knows its item beside what was there."""
        found = repetition(node)
        inner = before.plus([found.item] if found else [])
        if local(node) == "subProcess":
            self.over(node, inner)
        elif local(node) == "callActivity":
            self.calls[node.get("id", "")] = (node.get("calledElement", ""), inner)


def _may_be_passed(node: Any) -> bool:
    """Whether a loop asks before its first round, so that there may be none."""
    return any(one.get("testBefore") == "true" for one in children(node, "standardLoopCharacteristics"))


def _ends_well(node: Any) -> bool:
    """Whether a holder ends as usual here: at an end, or where nothing follows, but not by an error."""
    if local(node) == "endEvent":
        return not any(local(one) == "errorEventDefinition" for one in definitions(node))
    return False
