"""Forms as data: `forms/<key>.json` becomes a frozen `Form`.

The vocabulary is closed: a word that is not listed here is a Problem at
deployment, so that a form an administrator writes cannot be half understood.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from engine.errors import Problem

TYPES = frozenset(
    (
        "text long_text number integer money date datetime choice choices yes_no nik npwp digits "
        "phone email file declaration group rows note"
    ).split()
)
FIELD_WORDS = frozenset(
    (
        "name label type required min max length pattern visible_if repeat options options_from "
        "rows_from fields control width help unit autocomplete accept max_mb prefill personal routes "
        "decimals text"
    ).split()
)
PATTERNS = frozenset({"plate", "str_number", "bank_reference", "decree_number", "postcode"})

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
class Field:
    name: str
    label: str
    type: str
    required: bool = False
    min: Decimal | None = None
    max: Decimal | None = None
    length: tuple[int, ...] = ()
    pattern: str = ""
    visible_if: Condition | None = None
    repeat: tuple[int, int] | None = None  # least and most rows of a group
    options: tuple[tuple[str, str], ...] = ()
    options_from: str = ""
    rows_from: str = ""
    fields: tuple[Field, ...] = ()
    accept: tuple[str, ...] = ("pdf", "jpg", "png")
    max_mb: int = 5
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

    def extended(self, other: Form, before: str) -> Form:
        """This form with the sections of `other` put before the section titled `before`."""
        at = next((i for i, s in enumerate(self.sections) if s.title == before), len(self.sections))
        return replace(self, sections=(*self.sections[:at], *other.sections, *self.sections[at:]))


@dataclass
class _Faults:
    """Collects problems while a form file is read."""

    file: str
    key: str = ""
    found: list[Problem] = field(default_factory=list)

    def say(self, element: str, code: str, message: str, hint: str = "") -> None:
        self.found.append(Problem(self.file, element, 0, "error", code, message, hint))


def load(file: str, text: str) -> tuple[Form | None, tuple[Problem, ...]]:
    """Read a form file; a form with faults is None and every fault is told."""
    faults = _Faults(file)
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        faults.say("", "form-json", f"Berkas bukan JSON yang sah: {error}")
        return None, tuple(faults.found)
    if not isinstance(raw, dict):
        faults.say("", "form-json", "Berkas formulir harus berupa satu objek JSON.")
        return None, tuple(faults.found)
    form = _form(raw, faults)
    return (None if faults.found else form), tuple(faults.found)


def _form(raw: dict[str, Any], faults: _Faults) -> Form:
    for word in sorted(raw.keys() - {"key", "version", "title", "intro", "sections", "outcomes"}):
        faults.say(word, "form-word", f"Kata {word} tidak dikenal dalam berkas formulir.")
    for word in ("key", "title", "sections"):
        if not raw.get(word):
            faults.say(word, "form-missing", f"Kata {word} belum diisi.")
    sections = tuple(_section(one, faults) for one in raw.get("sections", []))
    outcomes = raw.get("outcomes", [])
    form = Form(
        key=str(raw.get("key", "")),
        version=int(raw.get("version", 1)),
        title=str(raw.get("title", "")),
        intro=str(raw.get("intro", "")),
        sections=sections,
        outcomes=tuple((str(one["value"]), str(one["label"])) for one in outcomes),
        reasons=frozenset(str(one["value"]) for one in outcomes if one.get("reason")),
    )
    _check_names(form, faults)
    return form


def _check_names(form: Form, faults: _Faults) -> None:
    seen: set[str] = set()
    for one in form.fields():
        if one.name in seen:
            faults.say(one.name, "form-twice", f"Nama isian {one.name} dipakai dua kali.")
        for condition in (one.visible_if,):
            if condition and condition.field not in seen:
                faults.say(
                    one.name,
                    "form-condition",
                    f"visible_if menunjuk isian {condition.field} yang belum ada di atasnya.",
                )
        seen.add(one.name)


def _section(raw: dict[str, Any], faults: _Faults) -> Section:
    fields = tuple(_field(one, faults) for one in raw.get("fields", []))
    condition = _condition(raw.get("visible_if"))
    return Section(str(raw.get("title", "")), fields, condition, str(raw.get("help", "")))


def _condition(raw: Any) -> Condition | None:
    if not raw:
        return None
    test = next((one for one in ("is", "in", "filled") if one in raw), "filled")
    value = raw.get(test, True)
    return Condition(str(raw.get("field", "")), test, tuple(value) if isinstance(value, list) else value)


def _number(raw: Any) -> Decimal | None:
    try:
        return None if raw is None else Decimal(str(raw))
    except InvalidOperation:
        return None


def _field(raw: dict[str, Any], faults: _Faults) -> Field:
    name = str(raw.get("name", ""))
    kind = str(raw.get("type", ""))
    if kind not in TYPES:
        faults.say(
            name,
            "form-type",
            f"Jenis isian {kind or '(kosong)'} tidak dikenal.",
            "Pilih salah satu: " + ", ".join(sorted(TYPES)),
        )
    for word in sorted(raw.keys() - FIELD_WORDS):
        faults.say(name, "form-word", f"Kata {word} tidak dikenal pada isian {name}.")
    if not name.isidentifier():
        faults.say(name, "form-name", "Nama isian harus huruf, angka, atau garis bawah.")
    if kind in ("choice", "choices") and not (raw.get("options") or raw.get("options_from")):
        faults.say(name, "form-options", f"Isian pilihan {name} belum punya pilihan.")
    if raw.get("pattern") and raw["pattern"] not in PATTERNS:
        faults.say(name, "form-pattern", f"Pola {raw['pattern']} tidak ada dalam daftar pola.")
    repeat = raw.get("repeat")
    return Field(
        name=name,
        label=str(raw.get("label", "")),
        type=kind,
        required=bool(raw.get("required")),
        min=_number(raw.get("min")),
        max=_number(raw.get("max")),
        length=tuple(int(one) for one in raw.get("length", [])),
        pattern=str(raw.get("pattern", "")),
        visible_if=_condition(raw.get("visible_if")),
        repeat=(int(repeat.get("min", 0)), int(repeat.get("max", 20))) if repeat else None,
        options=tuple((str(one[0]), str(one[1])) for one in raw.get("options", [])),
        options_from=str(raw.get("options_from", "")),
        rows_from=str(raw.get("rows_from", "")),
        fields=tuple(_field(one, faults) for one in raw.get("fields", [])),
        accept=tuple(raw.get("accept", ("pdf", "jpg", "png"))),
        max_mb=int(raw.get("max_mb", 5)),
        decimals=int(raw.get("decimals", 2)),
        unit=str(raw.get("unit", "")),
        help=str(raw.get("help", "")),
        control=str(raw.get("control", "")),
        width=str(raw.get("width", "")),
        autocomplete=str(raw.get("autocomplete", "")),
        prefill=str(raw.get("prefill", "")),
        text=str(raw.get("text", "")),
        personal=bool(raw.get("personal")),
        routes=bool(raw.get("routes")),
    )
