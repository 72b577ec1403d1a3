"""Answers of an application that other forms begin with, by the names of their fields."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from engine.catalogue import Catalogue
from engine.errors import Finding, Problem
from engine.forms import Field, Form

APPLYING = ("permohonan", "kelengkapan")
APPLIED = "application."
APPLICANTS = "pemohon_"
FORMS = "forms/"


def of_application(forms: Iterable[str], catalogue: Catalogue) -> frozenset[str]:
    """Those forms whose fields are asked in an application."""
    technical = {one.technical_form for one in catalogue.permits.values()}
    return frozenset(one for one in forms if one in APPLYING or one in technical or one.startswith(APPLICANTS))


def unstated(forms: Mapping[str, Form], catalogue: Catalogue, unread: Collection[str] = ()) -> Iterator[Problem]:
    """Fields that are to begin with what no application asks for: they would begin empty without a word.

    `unread`: forms with an error; what an application asks is not known while one of its forms is among them.
    """
    if of_application(unread, catalogue):
        return
    applying = [forms[one] for one in of_application(forms, catalogue)]
    asked = {path for form in applying for one in form.fields() for path in _paths(one)}
    for form in forms.values() if applying else ():
        for one in form.fields():
            for path in (one for one in _taken(one) if one not in asked):
                pattern = "Isian ini dimulai dari %(path)s, yang tidak ditanyakan dalam permohonan mana pun."
                told = Finding(pattern, path=path)
                hint = "Pilih isian permohonan yang ada, atau kosongkan."
                yield Problem(f"{FORMS}{form.key}.json", one.name, 0, "warning", "unstated", told, hint)


def _paths(field: Field) -> Iterator[str]:
    yield field.name
    yield from (f"{field.name}.{inner.name}" for inner in field.fields)


def _taken(field: Field) -> Iterator[str]:
    if field.prefill.startswith(APPLIED):
        yield field.prefill.removeprefix(APPLIED)
    if field.measured:
        yield from field.measured.of


def followed(form: bytes, old: str, new: str) -> bytes:
    """A form's file in which what begins with an answer of the application follows its new name."""
    raw = json.loads(form)
    changed = _replaced(raw, lambda path: re.sub(rf"\A{re.escape(old)}(?=\Z|\.)", new, path))
    return form if changed == raw else (json.dumps(changed, ensure_ascii=False, indent=2) + "\n").encode()


def _replaced(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_replaced(one, change) for one in value]
    if not isinstance(value, dict):
        return value
    made = {word: _replaced(one, change) for word, one in value.items()}
    prefill, rule = made.get("prefill"), made.get("measured")
    if isinstance(prefill, str) and prefill.startswith(APPLIED):
        made["prefill"] = APPLIED + change(prefill.removeprefix(APPLIED))
    if isinstance(rule, dict) and isinstance(rule.get("of"), list):
        made["measured"] = rule | {"of": [change(one) if isinstance(one, str) else one for one in rule["of"]]}
    return made
