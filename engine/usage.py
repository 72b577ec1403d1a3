"""Where things of a release are used: forms, fields, services, roles, tables, processes, letters, terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.bpmn import elements, mentions
from engine.bpmn.checking.texts import evaluated
from engine.bpmn.expressions import ExpressionFault
from engine.clocks.naming import clock_name
from engine.deployment import CATALOGUE, Surroundings
from engine.differences import conditions
from engine.differences.office import Office, ours, plain

# Parameters of services that name something, by what they name.
NAMED = {
    "letter": "letter", "notice": "notice", "register": "register", "state": "state", "term": "term", "clock": "clock",
}  # fmt: skip
STATES = ("state", "stateClaimed", "stateAgain")


@dataclass(frozen=True)
class Use:
    """`kind`: form | field | service | role | decision | process | letter | notice | register | state | term | clock |
    template | step; `element`: id in the file, "" for the file itself; `title`: what the element is called; `how`: what
    names it there, where that is not plain from the kind."""

    kind: str
    name: str
    file: str
    element: str
    title: str
    how: str = ""


def uses(around: Surroundings) -> tuple[Use, ...]:
    """Every place of a release that names something of it, in the order of files and elements."""
    found = (*_of_diagrams(around), *_of_law(around))
    return tuple(dict.fromkeys(found))


def _of_diagrams(around: Surroundings) -> Iterator[Use]:
    examined = around.library.examined
    for sheet in examined.known.sheets:
        for id, one in elements.elements(sheet.root).items():
            for kind, name in _named(one):
                yield Use(kind, name, sheet.file, id, one.name)
        for node in elements.flow_nodes(sheet.root):
            for kind, name in _asked(node):
                yield Use(kind, name, sheet.file, node.get("id", ""), node.get("name", ""))
        yield from _fields(sheet)


def _named(one: elements.Element) -> Iterator[tuple[str, str]]:
    if one.kind in elements.HUMAN:
        yield "form", one.form_key
    if one.role and one.kind in elements.HUMAN:
        yield "role", one.role
    if one.calls:
        yield "process", one.calls
    yield from (("state", one.properties[name]) for name in STATES if one.properties.get(name))


def _asked(node: Any) -> Iterator[tuple[str, str]]:
    if table := elements.decision(node):
        yield "decision", table
    called = elements.operator(node)
    if called is None:
        return
    yield "service", called.service
    for param, value in called.params.items():
        if param in NAMED and value.strip("\"'"):
            yield NAMED[param], value.strip("\"'")


def _fields(sheet: Any) -> Iterator[Use]:
    """What conditions and parameters read: `periksa.keputusan`."""
    for one in evaluated(sheet):
        try:
            read = mentions.paths(one.text)
        except ExpressionFault:
            continue
        for name, part in read:
            yield Use("field", f"{name}.{part}", sheet.file, one.node.get("id", ""), one.node.get("name", ""))


def _of_law(around: Surroundings) -> Iterator[Use]:
    law = around.catalogue
    for permit in law.permits.values():
        named = (("process", permit.process), ("form", permit.technical_form))
        yield from (
            Use(kind, name, f"{CATALOGUE}permits.json", permit.code, permit.name) for kind, name in named if name
        )
    for letter in law.letters.values():
        of = (("template", letter.template), ("register", letter.register), ("role", letter.signatory))
        yield from (Use(kind, name, f"{CATALOGUE}letters.json", letter.code, letter.title) for kind, name in of if name)


def called(kind: str, name: str, office: Office) -> str:
    """What people call the thing of a kind that has this key; "" where it has nothing but the key."""
    said = _CALLED[kind](office, name) if kind in _CALLED else ""
    return said if said != name else ""


def _row(file: str) -> Callable[[Office, str], str]:
    return lambda office, code: office.row(file, code)


_CALLED: Mapping[str, Callable[[Office, str], str]] = {
    "form": lambda office, key: office.form(key),
    "field": lambda office, path: conditions.told(path, office),
    "step": lambda office, id: office.step(id),
    "decision": lambda office, id: office.thing(id),
    "process": lambda office, id: office.thing(id),
    "role": _row("roles"),
    "letter": _row("letters"),
    "notice": _row("notices"),
    "register": _row("registers"),
    "state": _row("states"),
    "term": lambda _office, code: ours(plain(code)),
    "clock": lambda _office, code: ours(clock_name(code)),
}
