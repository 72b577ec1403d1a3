"""Forms as data: `forms/<key>.json` becomes a frozen `Form`.

The vocabulary is closed: a word that is not listed here is a Problem at
deployment, so that a form an administrator writes cannot be half understood.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeAlias

from engine.errors import Finding, Problem, said_by
from engine.forms import measuring, placing
from engine.forms.checking import check
from engine.forms.measuring import Measured
from engine.forms.placing import Place
from engine.forms.shapes import FIELD_WORDS, PATTERNS, TESTS, TYPES, Faults, number_of

__all__ = ["FIELD_WORDS", "PATTERNS", "TYPES", "Choices", "Condition", "Field", "Form", "Section", "load"]

MOST_SAID = 200  # letters of what a reader of JSON says

# name of a list outside the form ("requirements", "agencies") -> (value, label) pairs
Choices: TypeAlias = Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Condition:
    """`visible_if`: one earlier field of the same form is a value, in a list, or filled."""

    field: str
    test: str  # "is" | "in" | "filled"
    value: Any = None

    def holds(self, values: Mapping[str, Any]) -> bool:
        found = values.get(self.field)
        if self.test == "filled":
            return bool(self.value) is (found not in (None, "", [], {}))
        return found == self.value if self.test == "is" else found in self.value


@dataclass(frozen=True)
class Bulk:
    """`bulk`: a button that judges the rows still open; `fill`: inner field -> value, `ask`: choices given with it."""

    label: str
    fill: Mapping[str, str]
    ask: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    name: str
    label: str
    type: str
    required: bool = False
    min: Decimal | None = None
    max: Decimal | None = None
    not_before: str = ""  # a field above whose day or instant is the earliest here
    length: tuple[int, ...] = ()
    pattern: str = ""
    visible_if: Condition | None = None
    repeat: tuple[int, int] | None = None  # least and most rows of a group
    options: tuple[tuple[str, str], ...] = ()
    options_from: str = ""
    rows_from: str = ""
    fields: tuple[Field, ...] = ()
    bulk: Bulk | None = None
    unsent: Mapping[str, str] = field(default_factory=dict)  # rows of optional papers not sent are set to this
    accept: tuple[str, ...] = ("pdf", "jpg", "png")
    max_mb: int = 5
    many: int = 0  # most files that stand beside each other; 0: one, and a later one replaces it
    place: Place | None = None
    measured: Measured | None = None
    decimals: int = 2
    unit: str = ""
    help: str = ""
    control: str = ""
    width: str = ""
    autocomplete: str = ""
    prefill: str = ""
    text: str = ""
    personal: bool = False  # its value never enters events or the process snapshot
    routes: bool = False  # its value is handed to the process, gateways may read it
    kinds: tuple[str, ...] = ()  # kinds of application it is asked of; empty for all

    def choices(self, lists: Choices) -> tuple[tuple[str, str], ...]:
        return lists.get(self.options_from, ()) if self.options_from else self.options

    def rows(self, lists: Choices) -> tuple[tuple[str, str], ...]:
        return lists.get(self.rows_from, ())


@dataclass(frozen=True)
class Section:
    title: str
    fields: tuple[Field, ...]
    visible_if: Condition | None = None
    help: str = ""

    def asked_of(self, kind: str) -> Section:
        return replace(self, fields=tuple(one for one in self.fields if not one.kinds or kind in one.kinds))


@dataclass(frozen=True)
class Form:
    key: str
    version: int
    title: str
    sections: tuple[Section, ...]
    outcomes: tuple[tuple[str, str], ...] = ()  # value and button label; first one is the usual
    reasons: frozenset[str] = frozenset()  # outcomes that need a written reason
    intro: str = ""

    def fields(self) -> Iterator[Field]:
        for section in self.sections:
            yield from section.fields

    def field(self, name: str) -> Field | None:
        return next((one for one in self.fields() if one.name == name), None)

    def asked_of(self, kind: str) -> Form:
        """This form without the fields that are for other kinds of application."""
        return replace(self, sections=tuple(one.asked_of(kind) for one in self.sections))

    def extended(self, other: Form, before: str) -> Form:
        """This form with the sections of `other` put before the section titled `before`."""
        at = next((i for i, s in enumerate(self.sections) if s.title == before), len(self.sections))
        return replace(self, sections=(*self.sections[:at], *other.sections, *self.sections[at:]))


def load(file: str, text: str) -> tuple[Form | None, tuple[Problem, ...]]:
    """Read a form file; a form with faults is None and every fault is told.  Raises nothing for any text."""
    faults = Faults(file)
    try:
        raw = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        faults.say("", "form-json", Finding("Berkas bukan JSON yang sah: %(error)s", error=said_by(error, MOST_SAID)))
        return None, tuple(faults.found)
    check(raw, faults)
    return (None if faults.found else _form(raw)), tuple(faults.found)


def restored(text: str) -> Form:
    """A form as it was taken into a release, by the rules of then.  Raises ValueError, KeyError for what was none."""
    return _form(json.loads(text))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose words are written once each: of two equal ones nobody could say which is meant."""
    found: dict[str, Any] = {}
    for word, value in pairs:
        if word in found:
            raise ValueError(Finding("kata %(word)s ditulis dua kali dalam satu objek", word=word[:60]))
        found[word] = value
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(Finding("%(word)s bukan nilai JSON", word=word))


def _form(raw: dict[str, Any]) -> Form:
    outcomes = raw.get("outcomes", [])
    return Form(
        key=raw["key"],
        version=raw.get("version", 1),
        title=raw["title"],
        intro=raw.get("intro", ""),
        sections=tuple(_section(one) for one in raw["sections"]),
        outcomes=tuple((one["value"], one["label"]) for one in outcomes),
        reasons=frozenset(one["value"] for one in outcomes if one.get("reason")),
    )


def _section(raw: dict[str, Any]) -> Section:
    fields = tuple(_field(one) for one in raw["fields"])
    return Section(raw["title"], fields, _condition(raw.get("visible_if")), raw.get("help", ""))


def _condition(raw: Any) -> Condition | None:
    if not raw:
        return None
    test = next(one for one in TESTS if one in raw)
    value = raw[test]
    return Condition(raw["field"], test, tuple(value) if isinstance(value, list) else value)


def _bulk(raw: Any) -> Bulk | None:
    return Bulk(raw["label"], dict(raw["fill"]), tuple(raw.get("ask", ()))) if raw else None


# Words whose value goes into the Field as it stands.
_AS_WRITTEN = (
    "required options_from rows_from pattern max_mb many decimals unit help control width autocomplete prefill text "
    "personal routes unsent not_before"
).split()


def _field(raw: dict[str, Any]) -> Field:
    repeat = raw.get("repeat")
    made: dict[str, Any] = {word: raw[word] for word in _AS_WRITTEN if word in raw}
    return Field(
        name=raw["name"],
        label=raw["label"],
        type=raw["type"],
        min=number_of(raw.get("min")),
        max=number_of(raw.get("max")),
        length=tuple(raw.get("length", ())),
        visible_if=_condition(raw.get("visible_if")),
        repeat=(repeat.get("min", 0), repeat.get("max", 20)) if repeat else None,
        options=tuple((one[0], one[1]) for one in raw.get("options", ())),
        fields=tuple(_field(one) for one in raw.get("fields", ())),
        bulk=_bulk(raw.get("bulk")),
        place=placing.place(raw.get("place")),
        measured=measuring.measured(raw.get("measured")),
        accept=tuple(raw.get("accept", ("pdf", "jpg", "png"))),
        kinds=tuple(raw.get("kinds", ())),
        **made,
    )
