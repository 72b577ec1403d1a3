"""What the files of a version call things: steps, decisions, fields, forms, states, letters, roles and the like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from engine import notices
from engine.bpmn import elements, reading
from engine.bpmn.calling import Names
from engine.clocks.naming import clock_name
from engine.deployment import CATALOGUE
from engine.errors import Finding, Sentence, office_word
from engine.json_faults import object_of
from engine.titles import title

# By the file of the catalogue: the property that says what an entry is called.
WORDS = {
    "agencies": "name",
    "letters": "title",
    "notices": "subject",
    "permits": "name",
    "registers": "name",
    "requirements": "name",
    "roles": "name",
    "states": "label",
}


def plain(code: str) -> str:
    """A code as a person reads it where nobody gave it a name: "hasil_ronde" without its line."""
    return " ".join(code.replace("_", " ").split())


def ours(said: str) -> str:
    """What is said of the office's own diagrams and forms: the names in it have their English, too."""
    if not isinstance(said, Sentence):
        return office_word(said) if said else ""
    values = {name: ours(one) if isinstance(one, str) else one for name, one in said.values.items()}
    made = type(said) if isinstance(said, Finding) else Finding
    return made(said.pattern, **values) if values else said


class Office:
    """Of a version, and for what it has no longer of the one before; what neither names keeps its code."""

    def __init__(self, now: Mapping[str, bytes], was: Mapping[str, bytes] | None = None) -> None:
        self._versions = (now, was or {})
        self._read: dict[str, tuple[Mapping[str, Any], ...]] = {}

    @cached_property
    def _drawn(self) -> list[Any]:
        """The older version first: what both have is called as in the newer one."""
        files = dict.fromkeys((*self._versions[1].items(), *self._versions[0].items()))
        named = (each for each in files if each[0].endswith((".bpmn", ".dmn")))
        return [root for path, content in named if (root := _diagram(path, content)) is not None]

    @cached_property
    def _elements(self) -> Mapping[str, elements.Element]:
        return {id: one for root in self._drawn for id, one in elements.elements(root).items()}

    @cached_property
    def _names(self) -> Names:
        flows = {one.id: one for root in self._drawn for one in elements.flows(root)}
        return Names(self._elements, flows.values())

    @cached_property
    def _called(self) -> Mapping[str, str]:
        """Id of a process, a decision, a message or another thing beside the flow -> its name."""
        tags = ("process", "decision", "message", "error", "escalation", "signal")
        nodes = (one for root in self._drawn for one in root.iter() if elements.local(one) in tags)
        return {one.get("id", ""): one.get("name", "") for one in nodes}

    def _json(self, path: str) -> tuple[Mapping[str, Any], ...]:
        if path not in self._read:
            self._read[path] = tuple(object_of(files[path]) for files in self._versions if path in files)
        return self._read[path]

    def step(self, id: str) -> str:
        """An element by its name or its place, a flow by what it leads from and to."""
        return ours(self._names.way(id) or self._names.of(id))

    def knows(self, id: str) -> bool:
        """Whether it is an element of a diagram."""
        return id in self._elements

    def thing(self, id: str) -> str:
        """A process, decision or message."""
        name = self._called.get(id, "")
        return message(name) if name and id in self._called else id

    def row(self, file: str, code: str) -> str:
        """An entry of a file of the catalogue."""
        rows = (one.get(code) for one in self._json(f"{CATALOGUE}{file}.json"))
        said = next((row.get(WORDS[file]) for row in rows if isinstance(row, dict)), None)
        if not isinstance(said, str) or not said:
            return code
        return notices.subject(said) if file == "notices" else office_word(said)

    def form(self, key: str) -> str:
        path = f"forms/{key}.json"
        said = next((title(path, files[path]) for files in self._versions if path in files), "")
        return office_word(said) if said else key

    def outcome(self, element: str, value: str) -> str:
        """The label of the button of a step's form."""
        given = [one for form in self._forms_of(element) for one in _members(form.get("outcomes"))]
        label = next((one.get("label") for one in given if one.get("value") == value), None)
        return office_word(str(label) if label else plain(value))

    def field(self, element: str, name: str) -> str:
        """The label of a field of a step's form."""
        label = self._field(element, name).get("label")
        return office_word(label) if isinstance(label, str) and label else plain(name)

    def choice(self, element: str, name: str, value: str) -> str:
        """What a choice of a field says; another text as it is."""
        found = choices(self._field(element, name).get("options"))
        if value in found:
            return ours(found[value])
        agency = self.row("agencies", value)
        return agency if agency != value else value

    def _field(self, element: str, name: str) -> Mapping[str, Any]:
        found = (one for form in self._forms_of(element) for one in fields(form))
        return next((one for one in found if one.get("name") == name), {})

    def _forms_of(self, element: str) -> tuple[Mapping[str, Any], ...]:
        known = self._elements.get(element)
        return self._json(f"forms/{known.form_key}.json") if known else ()


def message(name: str) -> str:
    """What a message of a diagram is called: of one that a clock sends, that clock."""
    clock, dot, what = name.partition(".")
    if dot and what == "lewat" and clock_name(clock) != clock:
        return Finding("%(clock)s lewat", clock=office_word(clock_name(clock)))
    if dot and clock == "nomor":
        return Finding("nomor dari buku %(register)s", register=plain(what))
    return plain(name)


def fields(form: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every field of a form, those of its groups too."""
    waiting = [each for one in _members(form.get("sections")) for each in _members(one.get("fields"))]
    for one in waiting:
        yield one
        waiting += _members(one.get("fields"))


def choices(options: Any) -> dict[str, str]:
    """Value -> what it says, of the options of a field."""
    pairs = options if isinstance(options, list) else []
    return {str(one[0]): str(one[1]) for one in pairs if isinstance(one, list) and len(one) == 2}


def _members(raw: Any) -> list[Mapping[str, Any]]:
    return [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []


def _diagram(path: str, content: bytes) -> Any:
    try:
        return reading.read(path, content)
    except reading.Unreadable:
        return None
