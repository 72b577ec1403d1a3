"""What was answered in a form, as label and text for reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.web.fields import FEW, choice_names, row_title
from app.web.rendering import money_answered
from app.web.words import named, translated
from engine.forms import Choices, Form, refill
from engine.forms.vocabulary import Field


@dataclass(frozen=True)
class Answer:
    label: str
    text: str
    files: tuple[Any, ...] = ()
    name: str = ""  # of the field, of a row that of all its fields


def answers(
    form: Form, values: Mapping[str, Any], lists: Choices, documents: Mapping[str, Any]
) -> tuple[tuple[str, tuple[Answer, ...]], ...]:
    """Sections with label and text of what was submitted; numbers of identity are masked."""
    typed = refill(form, values)
    found = []
    for section in form.sections:
        told = [one for field in section.fields for one in _answered(field, field.name, typed, lists, documents)]
        if told:
            found.append((translated(section.title), tuple(told)))
    return tuple(found)


def _answered(
    one: Field,
    name: str,
    typed: Mapping[str, list[str]],
    lists: Choices,
    documents: Mapping[str, Any],
) -> list[Answer]:
    if one.type in ("group", "rows"):
        order = {code: place for place, (code, _title) in enumerate(one.rows(lists))}
        keys = sorted(_keys(name, typed), key=lambda key: order.get(key, len(order)))
        return [_row_answer(one, f"{name}.{key}", key, typed, lists, documents) for key in keys]
    if not typed.get(name):
        return []
    if one.type == "file":
        files = tuple(documents[id] for id in typed[name] if id in documents)
        return [Answer(translated(one.label), "", files, name)]
    return [Answer(translated(one.label), _text(one, typed[name], lists), (), name)]


@dataclass(frozen=True)
class Single:
    """One field with the label of its row; `text` as it is read, `given` as it was handed in: masks and names hide."""

    label: str
    text: str
    given: tuple[str, ...]


def each(form: Form, values: Mapping[str, Any], lists: Choices, documents: Mapping[str, Any]) -> dict[str, Single]:
    """Every single field that was answered, by its name."""
    typed = refill(form, values)
    found = (one for field in form.fields() for one in _singly(field, field.name, "", typed, lists, documents))
    return {answer.name: Single(label, _read(answer), tuple(typed[answer.name])) for label, answer in found}


def _read(answer: Answer) -> str:
    """An answer in one line; a paper that was taken away has no name any more."""
    return answer.text or ", ".join(one.name for one in answer.files) or str(_("dokumen yang sudah diganti"))


def _singly(
    one: Field,
    name: str,
    row: str,
    typed: Mapping[str, list[str]],
    lists: Choices,
    documents: Mapping[str, Any],
) -> Iterator[tuple[str, Answer]]:
    if one.type not in ("group", "rows"):
        yield from ((row + answer.label, answer) for answer in _answered(one, name, typed, lists, documents))
        return
    titles = named(one.rows(lists))
    for key in _keys(name, typed):
        title = f"{row}{row_title(one, key, titles)}: "
        for inner in one.fields:
            yield from _singly(inner, f"{name}.{key}.{inner.name}", title, typed, lists, documents)


def _keys(name: str, typed: Mapping[str, list[str]]) -> list[str]:
    """Keys of the rows that were answered, as they were kept."""
    inside = (key.removeprefix(f"{name}.") for key in typed if key.startswith(f"{name}."))
    return [key for key in dict.fromkeys(one.partition(".")[0] for one in inside) if key != "n"]


def _row_answer(
    one: Field, name: str, key: str, typed: Mapping[str, list[str]], lists: Choices, documents: Mapping[str, Any]
) -> Answer:
    """A row as one answer: what its fields say, side by side."""
    inner = [a for each in one.fields for a in _answered(each, f"{name}.{each.name}", typed, lists, documents)]
    few = len(one.fields) < FEW
    words = (a.text if few else f"{a.label}: {a.text}" for a in inner if a.text)
    files = tuple(file for a in inner for file in a.files)
    return Answer(row_title(one, key, named(one.rows(lists))), " · ".join(words), files, name)


def _text(one: Field, values: list[str], lists: Choices) -> str:
    if one.type in ("nik", "npwp"):
        return f"{values[0][:4]}••••••••{values[0][-4:]}"
    names = choice_names(one, lists)
    text = ", ".join(names.get(value, value) for value in values)
    if one.type == "money":
        return money_answered(text)
    return f"{text} {translated(one.unit)}" if one.unit else text
