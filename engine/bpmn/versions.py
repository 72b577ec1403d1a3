"""Two versions of one process, compared once for all of its cases: what differs in running, what is gone, where to go.

Labels and the drawing's positions aside, everything counts that decides how a case goes on: what stands on the
elements, conditions and default ways, whose lane a step is in, decision tables, names of messages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from lxml import etree

from engine.bpmn import announced, elements, reading
from engine.bpmn.charts import Chart, Papers, decisions
from engine.bpmn.definition import Definition
from engine.bpmn.needs import Needs, Standing
from engine.bpmn.places import Place, Places

Labels = Mapping[tuple[str, str], str]


class Versions:
    """`papers`: what the letters of the new version tell of a case's answers and records; `labels`: (form, field) of it
    -> what the field is called."""

    def __init__(
        self, old: Definition, new: Definition, process: str, papers: Papers | None = None, labels: Labels | None = None
    ) -> None:
        self.old, self.new, self.process, self.papers, self.labels = old, new, process, papers, labels or {}
        self.known = process in new.processes
        self.before, self.after = _drawn(old, process), _drawn(new, process) if self.known else {}

    @cached_property
    def unchanged(self) -> bool:
        """Whether a case goes on in the new version just as in the old one."""
        return (
            self.known
            and self.before == self.after
            and _ruled(self.old, self.process) == _ruled(self.new, self.process)
        )

    def changed(self, element: str) -> bool:
        return self.before.get(element) != self.after.get(element)

    def gone(self, element: str) -> bool:
        """Whether an element of the old version is not in the new one, or of another kind or in another flow there."""
        known = self.old.scope(self.process).get(element)
        return known is not None and (self.kind(element) != known.kind or bool(self.away(element)))

    def displaced(self, element: str) -> bool:
        """Whether an element cannot simply stay where it is: it is gone, or a sub-process around it is."""
        known = self.old.scope(self.process)
        while element in known:
            if self.gone(element):
                return True
            element = known[element].parent
        return False

    def stood_in(self, element: str) -> tuple[str, str]:
        """The process and the sub-process that an element stood in, "" for none."""
        found = self.old.scope(self.process)[element]
        return found.process, found.parent

    def holders(self, element: str) -> tuple[tuple[str, str], ...]:
        """The same of the new version, inmost first: also what that stands in; none for what is not there."""
        found, known = [], self.new.scope(self.process) if self.known else {}
        while element in known:
            found.append((known[element].process, known[element].parent))
            element = known[element].parent
        return tuple(found)

    def away(self, element: str) -> str:
        """What an element stands in now, where that is another process or sub-process than it stood in; "" else."""
        was, now = (one.scope(self.process).get(element) for one in (self.old, self.new))
        if not was or not now or (was.process, was.parent) == (now.process, now.parent):
            return ""
        holder = self.new.scope(self.process).get(now.parent)
        return (holder.name or holder.id) if holder else self.new.name_of(now.process)

    @cached_property
    def ways(self) -> Places:
        old, new = Chart(self.old, self.process), Chart(self.new, self.process, self.papers)
        return Places(old, new, Needs(old, new, self.labels))

    def places(self, here: Standing) -> tuple[Place, ...]:
        """The tasks of the new version to which a case may be taken, those that are refused among them."""
        return self.ways.of(here) if self.known else ()

    def lacks(self, here: Standing) -> str:
        """Why a case cannot go on at its own step in the new version, "" where it can."""
        return self.ways.needs.lacks(here)

    def kind(self, element: str) -> str:
        found = self.new.scope(self.process).get(element) if self.known else None
        return found.kind if found else ""


def _names(definition: Definition, process: str) -> list[str]:
    return sorted({definition.file_of(key)[0] for key in (process, *definition.called(process))})


def _drawn(definition: Definition, process: str) -> dict[str, str]:
    """Each element of a process and of what it calls, as text: its content, and who leads to it."""
    found: dict[str, str] = {}
    for name in _names(definition, process):
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


def _ruled(definition: Definition, process: str) -> dict[tuple[str, str], object]:
    """What decides how a case goes on beside its elements: conditions, roles, tables, names of events."""
    found: dict[tuple[str, str], object] = {}
    for name in _names(definition, process):
        root = reading.read(name, definition.files[name])
        found |= {("flow", one.id): (one.source, one.target, one.condition) for one in elements.flows(root)}
        found |= {
            ("event", key): one for key, one in (*announced.event_names(root).items(), *announced.codes(root).items())
        }
    scope = definition.scope(process)
    found |= {("role", key): one.role for key, one in scope.items() if one.kind in elements.HUMAN}
    return {**found, **dict(_tables(definition, process))}


def _tables(definition: Definition, process: str) -> Iterator[tuple[tuple[str, str], object]]:
    """The decision tables that a process asks, and those that these rest on."""
    known = decisions(definition)
    roots = (reading.read(name, definition.files[name]) for name in _names(definition, process))
    pending = [elements.decision(node) for root in roots for node in elements.inside(root, "businessRuleTask")]
    seen = set[str]()
    while pending:
        key = pending.pop()
        if key in known and key not in seen:
            seen.add(key)
            pending.extend(known[key].requires)
            yield ("table", key), _rules(known[key])


def _rules(table: Any) -> object:
    """A table without where it stands and how its parts are called."""
    rows = tuple((one.conditions, one.values) for one in table.rules)
    given = (table.policy, table.inputs, table.outputs, table.aggregation, table.allowed, table.ranked)
    return (*given, table.defaults, table.requires, table.input_types, table.output_types, rows)
