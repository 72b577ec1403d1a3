"""A form of the vocabulary as controls of a page: what is shown, with what was typed and what is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.web.measured_rows import Beside, beside
from app.web.words import named, translated, worded
from engine.catalogue import Requirement
from engine.forms import Choices, Form, unsent_rows
from engine.forms.reading import FALSE, row_keys
from engine.forms.vocabulary import Condition, Field, Section

YES_NO = (("ya", lazy_gettext("Ya")), ("tidak", lazy_gettext("Tidak")))
MODES = {"nik": "numeric", "npwp": "numeric", "digits": "numeric", "integer": "numeric", "money": "numeric",
         "number": "decimal", "phone": "tel", "email": "email"}  # fmt: skip
KINDS = {"phone": "tel", "email": "email"}
HINTS = {
    "date": lazy_gettext("hari/bulan/tahun, misalnya 17/08/1990"),
    "datetime": lazy_gettext("tanggal dan jam WIB, misalnya 11/08/2026 08.00"),
    "nik": lazy_gettext("16 angka sesuai KTP"),
}
FEW = 5  # so many choices stand as radio buttons
MOST_ADDED = 50


@dataclass(frozen=True)
class Shown:
    """When a part is visible: the control it hangs on (its name in the page), the test and its value as JSON."""

    name: str
    test: str
    value: str
    words: str


@dataclass(frozen=True)
class Row:
    key: str
    label: str
    controls: tuple[Control, ...]
    documents: tuple[Any, ...] = ()
    unsent: bool = False  # an optional paper that was not sent: nothing to judge
    beside: Beside | None = None  # a declared figure that is measured here

    @property
    def title(self) -> str:
        """What the row is about: "Luas tanah" rather than "Ukuran 2" where the applicant declared it."""
        return translated(self.beside.label) if self.beside and self.beside.fixed else self.label


@dataclass(frozen=True)
class Control:
    """`name`: as in the page (`pemilik.0.nama`); `values`: as typed; `error`: the sentence, "" when all is well."""

    name: str
    field: Field
    values: tuple[str, ...] = ()
    error: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    rows: tuple[Row, ...] = ()
    files: tuple[Any, ...] = ()
    shown: Shown | None = None
    growing: bool = False
    asked: tuple[Control, ...] = ()  # what is chosen once for every row its button fills
    accuracy: Control | None = None  # of a point: how exact it is
    beyond: Control | None = None  # of a point: that it really lies elsewhere, once that is asked

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def kind(self) -> str:
        """Which macro draws it: text area select radio checks check file photos place rows note."""
        if self.field.control == "camera":
            return "photos"
        if self.field.place:
            return "place"
        kinds = {"long_text": "area", "choices": "checks", "yes_no": "radio", "declaration": "check", "file": "file",
                 "group": "rows", "rows": "rows", "note": "note"}  # fmt: skip
        if self.field.type == "choice":
            return "radio" if self.field.control == "radio" or len(self.choices) <= FEW else "select"
        return kinds.get(self.field.type, "text")

    @property
    def input_type(self) -> str:
        return KINDS.get(self.field.type, "text")

    @property
    def mode(self) -> str:
        return MODES.get(self.field.type, "")

    @property
    def help(self) -> str:
        return self.field.help or str(HINTS.get(self.field.type, ""))

    @property
    def accept(self) -> str:
        return ",".join(f".{one}" for one in self.field.accept)


@dataclass(frozen=True)
class Part:
    title: str
    help: str
    controls: tuple[Control, ...]
    shown: Shown | None = None


@dataclass(frozen=True)
class Filling:
    """What a form is drawn with."""

    form: Form
    typed: Mapping[str, Sequence[str]]
    lists: Choices = field(default_factory=dict)
    files: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, Sequence[Any]] = field(default_factory=dict)  # by requirement, to be judged in a row
    requirements: Mapping[str, Requirement] = field(default_factory=dict)  # what kinds of file each one takes
    stated: frozenset[str] = frozenset()  # the labels of figures that the applicant declared


def parts(filling: Filling) -> tuple[Part, ...]:
    """The sections of a form in order, each with its controls."""
    labels = {one.name: one for one in filling.form.fields()}
    return tuple(
        Part(
            translated(section.title),
            translated(section.help),
            tuple(
                _control(one, "", filling, labels) for one in section.fields if one.name not in _beside_points(section)
            ),
            _shown(section.visible_if, "", labels),
        )
        for section in filling.form.sections
    )


def _beside_points(section: Section) -> frozenset[str]:
    """The fields that are drawn with a point."""
    return frozenset(name for one in section.fields if one.place for name in (one.place.accuracy, one.place.beyond))


def _control(one: Field, prefix: str, filling: Filling, siblings: Mapping[str, Field]) -> Control:
    name = prefix + one.name
    return Control(
        name=name,
        field=worded(_limited(one, prefix, filling)),
        values=tuple(filling.typed.get(name, ())),
        error=filling.errors.get(name, ""),
        choices=tuple(choice_names(one, filling.lists).items()),
        rows=_rows(one, name, filling) if one.type in ("group", "rows") else (),
        files=tuple(filling.files.get(name, ())),
        shown=_shown(one.visible_if, prefix, siblings),
        growing=one.type == "group",
        asked=_asked(one, filling),
        **_of_a_point(one, filling, siblings),
    )


def _of_a_point(one: Field, filling: Filling, siblings: Mapping[str, Field]) -> dict[str, Control]:
    """Whether the point really lies outside is asked only of who typed one that does."""
    if one.place is None:
        return {}
    wanted = {"accuracy": one.place.accuracy, "beyond": one.place.beyond}
    said = (filling.typed.get(one.place.beyond) or [""])[0]
    if one.name not in filling.errors and said in FALSE:
        wanted.pop("beyond")
    return {part: _control(siblings[name], "", filling, siblings) for part, name in wanted.items() if name in siblings}


def _limited(one: Field, prefix: str, filling: Filling) -> Field:
    """A file field of a requirement's row takes what the requirement takes, never more than the form."""
    wanted = filling.requirements.get(prefix.split(".")[-2]) if one.type == "file" and "." in prefix else None
    if wanted is None:
        return one
    kinds = tuple(kind for kind in one.accept if kind in wanted.accept)
    return replace(one, accept=kinds, max_mb=min(one.max_mb, wanted.max_mb), help=one.help or wanted.help)


def _asked(one: Field, filling: Filling) -> tuple[Control, ...]:
    inner = {each.name: each for each in one.fields}
    return tuple(_control(inner[each], f"{one.name}.*.", filling, inner) for each in one.bulk.ask) if one.bulk else ()


def _rows(one: Field, name: str, filling: Filling) -> tuple[Row, ...]:
    titles = named(one.rows(filling.lists))
    inner = {each.name: each for each in one.fields}
    unsent = frozenset(unsent_rows(one, filling.lists))
    return tuple(
        Row(
            key,
            row_title(one, key, titles),
            tuple(_control(each, f"{name}.{key}.", filling, inner) for each in one.fields),
            tuple(filling.documents.get(key, ())),
            key in unsent,
            beside(one.measured, f"{name}.{key}.", filling.typed, filling.stated),
        )
        for key in row_keys(one, name, filling.typed, filling.lists)
    )


def _shown(condition: Condition | None, prefix: str, siblings: Mapping[str, Field]) -> Shown | None:
    if condition is None:
        return None
    value = list(condition.value) if isinstance(condition.value, tuple) else condition.value
    return Shown(prefix + condition.field, condition.test, json.dumps(value), _words(condition, siblings))


def _words(condition: Condition, siblings: Mapping[str, Field]) -> str:
    """ "isi bila Kategori pemohon: Badan usaha", for those who see everything at once."""
    asked = siblings.get(condition.field)
    label = translated(asked.label) if asked else condition.field
    if condition.test == "filled":
        return str(_("isi bila %(label)s diisi", label=label))
    names: dict[Any, str] = {True: str(_("ya")), False: str(_("tidak")), **named(asked.options if asked else ())}
    wanted = condition.value if isinstance(condition.value, (tuple, list)) else (condition.value,)
    return str(
        _("isi bila %(label)s: %(words)s", label=label, words=", ".join(names.get(one, str(one)) for one in wanted))
    )


def summary(drawn: tuple[Part, ...], errors: Mapping[str, str]) -> dict[str, str]:
    """The faults for the list on top, those inside a row with the row's name in front."""
    rows = [row for part in drawn for control in part.controls for row in control.rows]
    labels = {one.name: row.label for row in rows for one in row.controls}
    return {name: f"{labels[name]}: {translated(text)}" if name in labels else text for name, text in errors.items()}


def grown(form: Form, typed: Mapping[str, Sequence[str]], name: str) -> dict[str, list[str]]:
    """What was typed with one more row in the group `name`; the number of rows travels in `<name>.n`."""
    found = {key: list(values) for key, values in typed.items()}
    group = form.field(name)
    if group is not None and group.type == "group":
        count = len(row_keys(group, name, typed, {}))
        found[f"{name}.n"] = [str(min(count + 1, (group.repeat or (1, MOST_ADDED))[1]))]
    return found


def shrunk(form: Form, typed: Mapping[str, Sequence[str]], name: str, row: str) -> dict[str, list[str]]:
    """What was typed without row `row` of the group `name`; later rows move up."""
    group = form.field(name)
    if group is None or group.type != "group" or not (row.isascii() and row.isdigit() and len(row) < 4):
        return {key: list(values) for key, values in typed.items()}
    count = len(row_keys(group, name, typed, {}))
    found = {key: list(values) for key, values in typed.items() if not key.startswith(f"{name}.")}
    kept = [str(place) for place in range(count) if place != int(row)]
    for new, old in enumerate(kept):
        before = f"{name}.{old}."
        found |= {f"{name}.{new}.{key.removeprefix(before)}": list(values)
                  for key, values in typed.items() if key.startswith(before)}  # fmt: skip
    return {**found, f"{name}.n": [str(len(kept))]}


def row_title(one: Field, key: str, titles: Mapping[str, str]) -> str:
    """ "KTP pemohon" for a requirement's row, "Kendaraan 2" for the second row of a group."""
    return titles.get(key, f"{translated(one.label)} {int(key) + 1}" if key.isdigit() else key)


def choice_names(one: Field, lists: Choices) -> dict[str, str]:
    """What the codes of a choice are called, in the reader's language."""
    if one.type in ("choice", "choices"):
        return named(one.choices(lists))
    return {code: str(word) for code, word in YES_NO} if one.type in ("yes_no", "declaration") else {}
