"""Definitions: diagrams and tables parsed once, checked, and shared by all cases and threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.exceptions import SpiffWorkflowException

from engine.bpmn import elements, reading
from engine.bpmn.catalogue import Catalogue
from engine.bpmn.checking import Examined, examine
from engine.bpmn.decisions import Decision, is_dmn, read_decisions
from engine.bpmn.elements import Element, Flow
from engine.bpmn.parser import build
from engine.errors import DefinitionInvalid, Finding, Problem

# A process to SpiffWorkflow's specification and those it calls or holds.
Specs = tuple[Any, Mapping[str, Any]]


@dataclass(frozen=True)
class Definition:
    """A checked set of diagrams and tables.  Immutable; nothing writes to it when cases move.

    `elements` holds every element by id; where two processes that do not call
    each other use one id, the first process's element.
    """

    files: Mapping[str, bytes]
    flows: tuple[Flow, ...]
    elements: Mapping[str, Element]
    _scopes: Mapping[str, Mapping[str, Element]]
    _specs: Mapping[str, Specs]
    _files: Mapping[str, str]
    _calls: Mapping[str, tuple[str, ...]]
    _ways: Mapping[str, Mapping[tuple[str, str], tuple[str, ...]]]
    _names: Mapping[str, str]

    @property
    def processes(self) -> tuple[str, ...]:
        """Keys of the executable processes, in the order of their files."""
        return tuple(self._specs)

    def element(self, id: str, process: str = "") -> Element:
        """The element of that id, as `process` sees it (its own files and those it calls).

        Raise KeyError when there is none.
        """
        return self._scopes[process][id] if process else self.elements[id]

    def file_of(self, process: str) -> tuple[str, bytes]:
        """Name and content of the file that holds a process; KeyError when unknown."""
        name = self._files[process]
        return name, self.files[name]

    def name_of(self, process: str) -> str:
        """The name of a process as its diagram gives it; its key when it has none."""
        return self._names[process]

    def callers(self, process: str) -> tuple[str, ...]:
        """Ids of the call activities that call a process."""
        return tuple(one.id for one in self.elements.values() if one.calls == process)

    def called(self, process: str) -> tuple[str, ...]:
        """Keys of the processes that `process` calls, directly or not."""
        return self._calls[process]

    def scope(self, process: str) -> Mapping[str, Element]:
        """The elements of a process and of those it calls, by id."""
        return self._scopes[process]

    def ways(self, process: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """(source, target) -> ids of the flows between them, for a process and those it calls."""
        return self._ways[process]

    def specs(self, process: str) -> Specs:
        """SpiffWorkflow's specifications, for this room only; KeyError when unknown."""
        return self._specs[process]


def check(files: Mapping[str, bytes], catalogue: Catalogue, beside: Library | None = None) -> tuple[Problem, ...]:
    """All problems of a set of .bpmn and .dmn files, in the order of files and lines; never raises on bad input.

    `files`: name -> content; with `beside` they may call and ask what is deployed
    already.  Severity "error" keeps a set from being deployed.
    """
    found = examine(files, catalogue, beside.examined if beside else None)
    if any(one.severity == "error" for one in found.problems):
        return found.problems
    return (*found.problems, *_built(found.roots, found.known.decisions, beside is None)[1])


@dataclass(frozen=True, eq=False)
class Library:
    """Diagrams and tables read once, for checking others beside them."""

    examined: Examined


def library(files: Mapping[str, bytes], catalogue: Catalogue) -> Library:
    """What is deployed already: name -> content of .bpmn and .dmn files."""
    return Library(examine(files, catalogue))


def executable(file: str, content: bytes) -> tuple[str, ...]:
    """Keys of the processes of a diagram that can be run; none of one that cannot be read."""
    try:
        return tuple(elements.executable(reading.read(file, content)))
    except reading.Unreadable:
        return ()


def examined(files: Mapping[str, bytes], catalogue: Catalogue) -> tuple[tuple[Problem, ...], Definition | None]:
    """What `check` tells and what `parse` makes, by one reading; no definition while there is an error."""
    found = examine(files, catalogue)
    if any(one.severity == "error" for one in found.problems):
        return found.problems, None
    specs, faults = _built(found.roots, found.known.decisions)
    return (*found.problems, *faults), None if faults else _defined(files, found.roots, specs)


def parse(files: Mapping[str, bytes], catalogue: Catalogue) -> Definition:
    """The definition of a set of files; raise DefinitionInvalid with every error when there is one."""
    problems, made = examined(files, catalogue)
    if made is None:
        raise DefinitionInvalid(tuple(one for one in problems if one.severity == "error"))
    return made


def restored(files: Mapping[str, bytes]) -> Definition:
    """The definition of files that were checked when they were deployed: no rule that came later takes it away.

    Raise DefinitionInvalid with what keeps it from running.
    """
    try:
        roots = {name: reading.read(name, text) for name, text in files.items()}
    except reading.Unreadable as error:
        raise DefinitionInvalid((error.problem,)) from error
    tables = {one.id: one for name, root in roots.items() if is_dmn(root) for one in read_decisions(root, name)}
    specs, faults = _built(roots, tables)
    if faults:
        raise DefinitionInvalid(faults)
    return _defined(files, roots, specs)


def _defined(files: Mapping[str, bytes], roots: Mapping[str, Any], specs: dict[str, Specs]) -> Definition:
    homes = _homes(roots)
    scopes = {key: _scope(roots, homes, key) for key in specs}
    return Definition(
        files=MappingProxyType(dict(files)),
        flows=tuple(flow for root in roots.values() for flow in elements.flows(root)),
        elements=MappingProxyType({key: one for scope in [*scopes.values()][::-1] for key, one in scope.items()}),
        _scopes=scopes,
        _specs=specs,
        _files=homes,
        _calls={key: _called(roots, homes, key) for key in specs},
        _ways={key: _grouped(_closure(roots, homes, key)) for key in specs},
        _names=_names(roots),
    )


def diagrams(roots: Mapping[str, Any]) -> dict[str, Any]:
    return {file: root for file, root in roots.items() if not is_dmn(root)}


def _homes(roots: Mapping[str, Any]) -> dict[str, str]:
    return {key: file for file, root in diagrams(roots).items() for key in _keys(root)}


def _keys(root: Any) -> tuple[str, ...]:
    """Keys of the processes of a diagram."""
    return tuple(one.get("id", "") for one in elements.inside(root, "process"))


def _names(roots: Mapping[str, Any]) -> dict[str, str]:
    found = (one for root in diagrams(roots).values() for one in elements.inside(root, "process"))
    return {one.get("id", ""): " ".join((one.get("name") or one.get("id", "")).split()) for one in found}


def _called(roots: Mapping[str, Any], homes: Mapping[str, str], process: str) -> tuple[str, ...]:
    found: list[str] = []
    pending = [process]
    while pending:
        key = pending.pop(0)
        node = next(one for one in elements.inside(roots[homes[key]], "process") if one.get("id") == key)
        targets = [one.get("calledElement", "") for one in elements.inside(node, "callActivity")]
        news = [one for one in dict.fromkeys(targets) if one in homes and one not in found]
        found.extend(news)
        pending.extend(news)
    return tuple(found)


def _closure(roots: Mapping[str, Any], homes: Mapping[str, str], process: str) -> dict[str, Any]:
    """The files a process needs: its own and those of the processes it calls."""
    names = dict.fromkeys(homes[key] for key in (process, *_called(roots, homes, process)))
    return {name: roots[name] for name in names}


def _scope(roots: Mapping[str, Any], homes: Mapping[str, str], process: str) -> Mapping[str, Element]:
    merged: dict[str, Element] = {}
    for root in _closure(roots, homes, process).values():
        merged.update(elements.elements(root))
    return MappingProxyType(merged)


def _grouped(roots: Mapping[str, Any]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for flow in (flow for root in roots.values() for flow in elements.flows(root)):
        found[flow.source, flow.target] = (*found.get((flow.source, flow.target), ()), flow.id)
    return MappingProxyType(found)


def _built(
    roots: Mapping[str, Any], decisions: Mapping[str, Decision], whole: bool = True
) -> tuple[dict[str, Specs], tuple[Problem, ...]]:
    """Specifications of all executable processes of `roots`, and what SpiffWorkflow still found wrong.

    `whole`: whether all they call must be among them.
    """
    specs: dict[str, Specs] = {}
    problems: list[Problem] = []
    own = _homes(roots)
    for file, root in diagrams(roots).items():
        for process in elements.executable(root):
            try:
                specs[process] = build(_closure(roots, own, process), decisions, process, whole)
            except ValidationException as error:
                problems.append(_foreseen_by_none(file, root, process, error))
    return specs, tuple(problems)


def _foreseen_by_none(file: str, root: Any, process: str, error: SpiffWorkflowException) -> Problem:
    element = getattr(error, "id", "") or process
    line = next((one.sourceline for one in root.iter() if one.get("id") == element), 1)
    message = Finding("Mesin proses menolak diagram: %(told)s", told=error.args[0])
    hint = "Periksa elemen ini dan alur di sekitarnya."
    return Problem(file, element, line or 1, "error", "engine", message, hint)
