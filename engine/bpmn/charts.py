"""The diagrams of a process as a map: what follows what, what each element reads, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from lxml import etree

from engine.bpmn import mentions, reading
from engine.bpmn.catalogue import Catalogue
from engine.bpmn.checking.called import called_so
from engine.bpmn.checking.sheets import Set, Sheet
from engine.bpmn.checking.texts import evaluated
from engine.bpmn.checking.written import written
from engine.bpmn.decisions import Decision, is_dmn, read_decisions
from engine.bpmn.definition import Definition
from engine.bpmn.elements import Element, children, decision, local, operator, result_of
from engine.bpmn.expressions import ExpressionFault
from engine.services import Services

Papers = Mapping[str, frozenset[str]]  # letter -> the answers and records that its template reads
LEVY = "levy.assess"  # a record beside the data: the levy as it was fixed
DEEPEST = 8  # calls within calls that are followed; the checker refuses calls in a circle
_NO_WORDS = Catalogue(forms={}, services=Services(()), roles=frozenset())
_UNLIKE = ("id", "attachedToRef", "name")  # what two events of the same kind may differ in


def decisions(definition: Definition) -> dict[str, Decision]:
    """The decision tables of a definition by id."""
    roots = {name: reading.read(name, text) for name, text in definition.files.items() if name.endswith(".dmn")}
    return {one.id: one for name, root in roots.items() if is_dmn(root) for one in read_decisions(root, name)}


class Chart:
    """The diagrams that a process runs on: its own and those it calls, directly or not."""

    def __init__(self, definition: Definition, process: str, papers: Papers | None = None) -> None:
        names = dict.fromkeys(definition.file_of(key)[0] for key in (process, *definition.called(process)))
        sheets = tuple(Sheet(name, reading.read(name, definition.files[name])) for name in names)
        self.set = Set(sheets, _NO_WORDS, decisions(definition))
        self.elements: Mapping[str, Element] = definition.scope(process)
        self.papers = papers or {}
        self._left: dict[str, frozenset[str]] = {}
        self.sheets = {key: sheet for sheet in reversed(sheets) for key in sheet.by_id}

    def __contains__(self, key: str) -> bool:
        return key in self.sheets

    def node(self, key: str) -> Any:
        return self.sheets[key].by_id[key]

    def name(self, key: str) -> str:
        return called_so(self.node(key))

    def kind(self, key: str) -> str:
        return local(self.node(key)) if key in self else ""

    def form(self, key: str) -> str:
        """The form of a task, "" for what has none."""
        return self.elements[key].form_key if key in self.elements else ""

    def holder(self, key: str) -> tuple[str, str]:
        """The process and the sub-process that an element stands in, "" for none."""
        found = self.elements[key]
        return found.process, found.parent

    def following(self, key: str) -> tuple[str, ...]:
        """What may come right after an element, through the events on its boundary too."""
        return tuple(self.sheets[key].following(key)) if key in self else ()

    @cached_property
    def _leading(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for key in self.sheets:
            for one in self.following(key):
                found[one] = (*found.get(one, ()), key)
        return found

    def leading(self, key: str) -> tuple[str, ...]:
        """What may come right before an element."""
        return self._leading.get(key, ())

    def starts(self, holder: tuple[str, str]) -> tuple[str, ...]:
        return self._starts.get(holder, ())

    @cached_property
    def _starts(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for key in (one for one in self.sheets if self.kind(one) == "startEvent"):
            found[self.holder(key)] = (*found.get(self.holder(key), ()), key)
        return found

    def inner(self, key: str) -> tuple[str, ...]:
        """Where what an element holds or calls begins; none for what holds nothing that is known."""
        found = self.elements[key]
        if found.kind == "subProcess":
            return self.starts((found.process, key))
        return self.starts((found.calls, "")) if found.kind == "callActivity" else ()

    # --- data

    def writes(self, key: str) -> frozenset[str]:
        """The data and records an element leaves, those of its inside left aside where that is known."""
        if self.inner(key) and not children(self.node(key), "multiInstanceLoopCharacteristics"):
            return frozenset()
        return self.leaves(key)

    def leaves(self, key: str) -> frozenset[str]:
        """The data and records an element leaves, those of all that it holds or calls among them."""
        if key not in self._left:
            record = {LEVY} if self._fixes_levy(key) else set[str]()
            self._left[key] = frozenset(written(self.node(key), self.set) | record)
        return self._left[key]

    def _fixes_levy(self, key: str, depth: int = 0) -> bool:
        inside = (one for begin in self.inner(key) if depth < DEEPEST for one in self.reached((begin,)))
        return self._service(key) == LEVY or any(self._fixes_levy(one, depth + 1) for one in inside)

    def _service(self, key: str) -> str:
        called = operator(self.node(key))
        return called.service if called else ""

    @cached_property
    def reads(self) -> Mapping[str, frozenset[str]]:
        """Element -> the data, and the parts `name.part`, that it and the choice right after it cannot do without."""
        found: dict[str, frozenset[str]] = {}
        for sheet in self.set.sheets:
            for one in evaluated(sheet):
                own = self.leaves(one.at) if one.after and one.at in self else frozenset[str]()
                found[one.at] = found.get(one.at, frozenset()) | _firm(one.text, own | one.also)
            for node in sheet.of("businessRuleTask"):
                asked = (_firm(text) for text in self._inputs(node))
                found[node.get("id", "")] = found.get(node.get("id", ""), frozenset()).union(*asked)
        return found

    def _inputs(self, node: Any) -> tuple[str, ...]:
        table = self.set.decisions.get(decision(node))
        return table.inputs if table else ()

    def reads_in_papers(self, key: str) -> frozenset[str]:
        """What the letter that an element issues tells of the case's answers and records."""
        called = operator(self.node(key))
        if called is None:
            return frozenset()
        if called.service == LEVY and "STRD" in called.params.get("kind", ""):
            return frozenset({LEVY})
        return self.papers.get(called.params.get("letter", "").strip("\"' "), frozenset())

    def records(self, data: Iterable[str]) -> frozenset[str]:
        """The records a case has, told by the data that the services which made them left."""
        return frozenset({LEVY}) if self._levies & set(data) else frozenset()

    @cached_property
    def _levies(self) -> frozenset[str]:
        """The data in which services that fix the levy leave it."""
        return frozenset(result_of(self.node(key)) for key in self.sheets if self._service(key) == LEVY)

    # --- ways

    def reached(self, begins: Iterable[str], without: Iterable[str] = ()) -> set[str]:
        """What can be come to from some elements, within what holds them, without entering others."""
        seen: set[str] = set()
        pending, shut = list(begins), frozenset(without)
        while pending:
            key = pending.pop()
            if key not in seen and key not in shut and key in self:
                seen.add(key)
                pending.extend(self.following(key))
        return seen

    @cached_property
    def beside(self) -> frozenset[str]:
        """Events beside activities that these are not interrupted by: what follows them ends by itself."""
        return frozenset(key for key in self.sheets if self.node(key).get("cancelActivity") == "false")

    def forks(self, key: str) -> bool:
        """Whether an element begins branches that all run."""
        return self.kind(key) == "parallelGateway" and len(self.following(key)) > 1

    def boundaries(self, key: str) -> tuple[tuple[str, str], ...]:
        """The events on an element's boundary: what they catch, and their ids; sorted."""
        if key not in self:
            return ()
        return tuple(sorted((_caught(one), one.get("id", "")) for one in self.sheets[key].boundaries.get(key, [])))


def _firm(text: str, known: frozenset[str] = frozenset()) -> frozenset[str]:
    try:
        found = mentions.firm_names(text) | mentions.firm_parts(text)
    except ExpressionFault:
        return frozenset()
    return frozenset(one for one in found if one.partition(".")[0] not in known)


def _caught(node: Any) -> str:
    """What an event catches, whatever it is called and wherever it leads, as canonical text."""
    copy = etree.fromstring(etree.tostring(node, with_tail=False))
    for one in [one for one in copy if local(one) in ("incoming", "outgoing", "documentation")]:
        copy.remove(one)
    for one in _elements(copy):
        for name in _UNLIKE:
            one.attrib.pop(name, None)
    return str(etree.canonicalize(etree.tostring(copy, encoding="unicode"), strip_text=True))


def _elements(node: Any) -> Iterator[Any]:
    return (one for one in node.iter() if isinstance(one.tag, str))
