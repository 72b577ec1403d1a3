"""Values of a form in its own words, for a letter: labels of fields and of choices, never codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine.forms.values import show
from engine.forms.vocabulary import Choices, Field, Form


def told(form: Form, values: Mapping[str, Any], lists: Choices) -> tuple[tuple[str, str], ...]:
    """(label, text) of every filled field in the form's order; files, notes and long texts are left out."""
    found = ((one.label, _text(one, values[one.name], lists)) for one in form.fields() if one.name in values)
    return tuple((label, text) for label, text in found if text)


def _text(one: Field, value: Any, lists: Choices) -> str:
    if one.type in ("file", "note", "long_text"):
        return ""
    if one.type in ("group", "rows"):
        rows = value.values() if isinstance(value, Mapping) else value
        return "; ".join(text for row in rows if (text := ", ".join(_inner(one, row, lists))))
    if one.type in ("choice", "choices"):
        names = dict(one.choices(lists))
        return ", ".join(names.get(code, str(code)) for code in (value if isinstance(value, list) else [value]))
    if one.type in ("yes_no", "declaration"):
        return "Ya" if value else "Tidak"
    if one.type in ("number", "integer", "money"):
        figure = show(Decimal(str(value)))
        return f"Rp{figure}" if one.type == "money" else f"{figure} {one.unit}".rstrip()
    return str(value)


def _inner(one: Field, row: Mapping[str, Any], lists: Choices) -> Iterator[str]:
    for each in one.fields:
        if each.name in row and (text := _text(each, row[each.name], lists)):
            yield text
