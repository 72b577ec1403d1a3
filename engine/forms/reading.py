"""Reading a submission: what was typed becomes values, or a sentence per field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias

from engine import reserved
from engine.errors import Sentence, SubmissionInvalid
from engine.forms import measuring, ordering, placing
from engine.forms import values as single
from engine.forms.vocabulary import Choices, Field, Form, Section

# name in the page ("pemilik.0.nama") -> texts as typed
Raw: TypeAlias = Mapping[str, Sequence[str]]
Refill: TypeAlias = dict[str, list[str]]
# whether latitude and longitude lie where the office serves
Inside: TypeAlias = Callable[[Decimal, Decimal], bool]

MOST_ROWS = 50
FALSE = ("", "tidak", "0", "false")


@dataclass(frozen=True)
class Submission:
    """Values read from a form, with what is personal and what the process may see."""

    form: str
    version: int
    values: Mapping[str, Any]
    routes: Mapping[str, Any]
    personal: frozenset[str]
    outcome: str = ""
    reason: str = ""


@dataclass
class _Reading:
    raw: Raw
    lists: Choices
    files: Mapping[str, Sequence[str]]  # field name -> ids of documents already uploaded
    inside: Inside | None = None
    errors: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)  # of the fields read so far, by name in the page

    def typed(self, name: str) -> str:
        found = self.raw.get(name) or [""]
        return single.clean(found[0])

    def outside(self, one: Field, point: str) -> str:
        """What is said of a point the office does not serve; "" when it does, or when it is meant so."""
        if self.inside is None or self.inside(*placing.point_of(point)):
            return ""
        if one.place is None or not one.place.beyond:
            return "di luar wilayah pelayanan kantor ini; periksa lintang dan bujurnya"
        if self.typed(one.place.beyond).lower() not in FALSE:
            return ""
        return "di luar wilayah pelayanan kantor ini; periksa lintang dan bujurnya, atau centang bahwa memang di luar"

    def all_typed(self, name: str) -> list[str]:
        return [one for one in (single.clean(text) for text in self.raw.get(name) or []) if one]


def read(
    form: Form,
    raw: Raw,
    lists: Choices | None = None,
    files: Mapping[str, Sequence[str]] | None = None,
    outcome: str = "",
) -> Submission:
    """Values of a submission as plain JSON.

    Hidden fields are neither required nor kept.  `files` holds the documents
    uploaded beforehand per field name.  Raises SubmissionInvalid with one
    sentence per field name as in the page.
    """
    found, errors = attempt(form, raw, lists, files, outcome)
    if errors:
        raise SubmissionInvalid(errors)
    return found


def attempt(
    form: Form,
    raw: Raw,
    lists: Choices | None = None,
    files: Mapping[str, Sequence[str]] | None = None,
    outcome: str = "",
    inside: Inside | None = None,
) -> tuple[Submission, dict[str, str]]:
    """What could be read, and a sentence for each field that could not: for rules that judge the rest all the same.

    Coordinates for which `inside` does not hold are refused at their field.
    """
    reading = _Reading(raw, lists or {}, {} if files is None else files, inside)
    values: dict[str, Any] = {}
    for section in form.sections:
        _read_section(section, reading, values)
    reason = _read_outcome(form, outcome, reading)
    fields = {one.name: one for one in form.fields()}
    found = Submission(
        form=form.key,
        version=form.version,
        values=values,
        routes={name: _handed(fields[name], value) for name, value in values.items() if fields[name].routes},
        personal=frozenset(name for name in values if _is_personal(fields[name])),
        outcome=outcome,
        reason=reason,
    )
    return found, reading.errors


def _handed(field: Field, value: Any) -> Any:
    """A value as gateways read it: a number that is kept as text is an exact number to them."""
    if field.type != "number" or value is None:
        return value
    exact = Decimal(value)
    return int(exact) if exact == exact.to_integral_value() else exact


def _is_personal(one: Field) -> bool:
    return one.personal or any(_is_personal(inner) for inner in one.fields)


def _read_outcome(form: Form, outcome: str, reading: _Reading) -> str:
    reason = reading.typed(reserved.REASON)
    if form.outcomes and outcome not in {value for value, _ in form.outcomes}:
        reading.errors[reserved.OUTCOME] = "Pilih salah satu keputusan"
    if outcome in form.reasons and len(reason) < 5:
        label = dict(form.outcomes)[outcome]
        reading.errors[reserved.REASON] = Sentence("Alasan wajib diisi untuk keputusan “%(label)s”", label=label)
    return reason[:4000]


def _read_section(section: Section, reading: _Reading, values: dict[str, Any]) -> None:
    if section.visible_if and not section.visible_if.holds(values):
        return
    for one in section.fields:
        _read_field(one, "", reading, values)


def _read_field(one: Field, prefix: str, reading: _Reading, values: dict[str, Any]) -> None:
    if one.type == "note" or (one.visible_if and not one.visible_if.holds(values)):
        return
    name = prefix + one.name
    reading.labels[name] = one.label
    try:
        value = _value(one, name, reading)
    except single.Unreadable as error:
        reading.errors[name] = Sentence("%(label)s %(fault)s", label=one.label, fault=error.sentence)
        return
    if value in (None, "", [], {}) or (one.type == "declaration" and not value):
        if one.required:
            reading.errors[name] = _missing(one)
        return
    first = reading.labels.get(prefix + one.not_before, "")
    early = ordering.early(one.label, value, first, values.get(one.not_before)) if one.not_before else None
    if early:
        reading.errors[name] = early
        return
    values[one.name] = value


def _missing(one: Field) -> str:
    if one.type == "declaration":  # its label is a whole sentence
        return Sentence("Setujui pernyataan ini: %(label)s", label=one.label)
    word = {"file": "diunggah", "choice": "dipilih", "choices": "dipilih"}
    return Sentence(f"%(label)s wajib {word.get(one.type, 'diisi')}", label=one.label)


def _value(one: Field, name: str, reading: _Reading) -> Any:
    if one.type in ("group", "rows"):
        return _rows(one, name, reading)
    if one.type == "file":
        return list(reading.files.get(name, ()))
    if one.type in ("choice", "choices"):
        return _chosen(one, name, reading)
    if one.type == "declaration":
        return reading.typed(name).lower() not in FALSE
    typed = reading.typed(name)
    if one.type == "yes_no":
        return None if not typed else typed.lower() not in FALSE
    value = single.READERS[one.type](one, typed) if typed else None
    if value and one.pattern == "coordinates" and (said := reading.outside(one, value)):
        raise single.Unreadable(said)
    return value


def _chosen(one: Field, name: str, reading: _Reading) -> Any:
    allowed = {value for value, _ in one.choices(reading.lists)}
    typed = reading.all_typed(name)
    if not set(typed) <= allowed:
        raise single.Unreadable("berisi pilihan yang tidak ada dalam daftar")
    if one.type == "choices":
        return list(dict.fromkeys(typed))
    return typed[0] if typed else None


def row_keys(one: Field, name: str, raw: Raw, lists: Choices) -> list[str]:
    """Keys of the rows of a group ("0", "1" …) or of rows from a list (its codes)."""
    if one.type == "rows":
        return [code for code, _ in one.rows(lists)]
    least, most = one.repeat or (1, 1)
    typed = single.clean((raw.get(f"{name}.n") or ["0"])[0])
    count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    return [str(i) for i in range(max(least, min(count, most, MOST_ROWS)))]


def _rows(one: Field, name: str, reading: _Reading) -> Any:
    read_rows: dict[str, dict[str, Any]] = {}
    for key in row_keys(one, name, reading.raw, reading.lists):
        row: dict[str, Any] = {}
        for inner in one.fields:
            _read_field(inner, f"{name}.{key}.", reading, row)
        if one.measured and (asked := measuring.unexplained(one.measured, row, single.show)):
            reading.errors.setdefault(f"{name}.{key}.{one.measured.remark}", asked)
        read_rows[key] = row
    if one.type == "rows":
        return read_rows
    return [row for row in read_rows.values() if row]


def refill(form: Form, values: Mapping[str, Any]) -> Refill:
    """Values back into what the page's controls hold: for editing what was submitted before."""
    filled: Refill = {}
    for one in form.fields():
        if one.name in values:
            _refill_field(one, one.name, values[one.name], filled)
    return filled


def _refill_field(one: Field, name: str, value: Any, filled: Refill) -> None:
    if one.type == "rows":
        _refill_rows(one, name, dict(value), filled)
    elif one.type == "group":
        filled[f"{name}.n"] = [str(len(value))]
        _refill_rows(one, name, {str(i): row for i, row in enumerate(value)}, filled)
    else:
        filled[name] = _shown(one, value)


def _refill_rows(one: Field, name: str, rows: Mapping[str, Mapping[str, Any]], filled: Refill) -> None:
    for key, row in rows.items():
        for inner in one.fields:
            if inner.name in row:
                _refill_field(inner, f"{name}.{key}.{inner.name}", row[inner.name], filled)


def _shown(one: Field, value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(item) for item in value]
    if isinstance(value, bool):
        return ["ya" if value else "tidak"]
    if one.type in ("number", "integer", "money"):
        return [single.show(Decimal(str(value)))]
    if one.type == "date":
        year, month, day = str(value).split("-")
        return [f"{day}/{month}/{year}"]
    if one.type == "datetime":
        moment = datetime.fromisoformat(str(value)).astimezone(single.WIB)
        return [moment.strftime("%d/%m/%Y %H.%M")]
    return [str(value)]
