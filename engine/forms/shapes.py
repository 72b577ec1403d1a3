"""What a form file may say: every word with its kind of value, checked before a Form is made of it.

Nothing here raises for any JSON; each fault is a Problem, so that a form is understood wholly or refused wholly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from engine.errors import Finding, Problem, shortened
from engine.forms import judging, measuring, placing
from engine.forms.called import called

TYPES = frozenset(
    "text long_text number integer money date datetime choice choices yes_no nik npwp digits "
    "phone email file declaration group rows note".split()
)
PATTERNS = frozenset({"plate", "str_number", "bank_reference", "decree_number", "postcode", "coordinates"})
LISTS = frozenset(
    "requirements optional_requirements all_requirements unsent_requirements flagged agencies all_agencies areas "
    "team_members professions".split()
)
# What a field may be filled in with beforehand: a closed list that the operation resolves, never an evaluation.
PREFILLS = frozenset(
    "applicant.nama applicant.nik applicant.email applicant.telepon applicant.alamat "
    "case.butuh_tinjauan case.butuh_kajian case.butuh_rekomendasi case.declared_figures "
    "case.refusal_grounds".split()
)
# What the applicant stated: its value is copied, a group row by row.
APPLIED = re.compile(r"application\.[a-z][a-z0-9_]{0,60}")
MEDIA = frozenset({"pdf", "jpg", "png"})
KINDS = frozenset({"baru", "perpanjangan"})  # kinds of application
CONTROLS = frozenset({"radio", "select", "checkbox", "area", "camera"})
WIDTHS = frozenset({"small", "half", "full"})
TESTS = ("is", "in", "filled")
MOST_MB = 50
MOST_FILES = 40  # that one field takes
_NO_USE = "Isi “%(word)s” tidak dapat dipakai: %(value)s"
FILE = Finding("Berkas formulir")

Test: TypeAlias = Callable[[Any], bool]


def _one_of(allowed: frozenset[str]) -> Test:
    return lambda value: isinstance(value, str) and value in allowed


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _count(most: int) -> Test:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def number_of(value: Any) -> Decimal | None:
    """A bound of a form file as a finite Decimal, None when it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, str)) or len(str(value)) > 30:
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) <= 30 else None


def _bound(value: Any) -> bool:
    return number_of(value) is not None


def is_pairs(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, list) and len(one) == 2 and all(isinstance(text, str) and text for text in one) for one in value
    )


def _lengths(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(_count(4000)(one) and one > 0 for one in value)


def _media(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one in MEDIA for one in value)


def _repeat(value: Any) -> bool:
    if not isinstance(value, dict) or value.keys() - {"min", "max"}:
        return False
    least, most = value.get("min", 0), value.get("max", 20)
    return _count(50)(least) and _count(50)(most) and least <= most and most > 0


def is_condition(value: Any) -> bool:
    if not isinstance(value, dict) or not is_text(value.get("field")):
        return False
    tests = value.keys() - {"field"}
    if len(tests) != 1 or not tests <= set(TESTS):
        return False
    (test,) = tests
    kind: Any = {"is": (str, bool, int), "in": list, "filled": bool}[test]
    return isinstance(value[test], kind)


def _many(value: Any) -> bool:
    return isinstance(value, list)


def _prefill(value: Any) -> bool:
    """A path of the closed list, or a field of the application: `application.luas_bangunan`."""
    return isinstance(value, str) and (value in PREFILLS or APPLIED.fullmatch(value) is not None)


def _kinds(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(_one_of(KINDS)(one) for one in value)


FIELD_WORDS: Mapping[str, Test] = {
    "name": is_text,
    "label": is_text,
    "type": _one_of(TYPES),
    "required": _flag,
    "min": _bound,
    "max": _bound,
    "not_before": is_text,
    "length": _lengths,
    "pattern": _one_of(PATTERNS),
    "visible_if": is_condition,
    "repeat": _repeat,
    "options": is_pairs,
    "options_from": _one_of(LISTS),
    "rows_from": _one_of(LISTS),
    "fields": _many,
    "bulk": judging.is_bulk,
    "unsent": judging.is_filling,
    "control": _one_of(CONTROLS),
    "width": _one_of(WIDTHS),
    "help": is_text,
    "unit": is_text,
    "autocomplete": is_text,
    "accept": _media,
    "max_mb": _count(MOST_MB),
    "many": _count(MOST_FILES),
    "place": placing.is_place,
    "measured": measuring.is_measured,
    "prefill": _prefill,
    "personal": _flag,
    "routes": _flag,
    "decimals": _count(6),
    "kinds": _kinds,
    "text": is_text,
}
FORM_WORDS: Mapping[str, Test] = {
    "key": is_text,
    "version": _count(10**6),
    "title": is_text,
    "intro": is_text,
    "sections": _many,
    "outcomes": _many,
}
SECTION_WORDS: Mapping[str, Test] = {"title": is_text, "help": is_text, "fields": _many, "visible_if": is_condition}
OUTCOME_WORDS: Mapping[str, Test] = {"value": is_text, "label": is_text, "reason": _flag}
CLOSED: Mapping[str, frozenset[str]] = {
    "type": TYPES,
    "pattern": PATTERNS,
    "options_from": LISTS,
    "rows_from": LISTS,
    "prefill": PREFILLS,
    "control": CONTROLS,
    "width": WIDTHS,
}


# Faults that speak of another field: by its label, where it has one.
REFERRING = ("form-condition", "form-not_before", "form-measured", "form-place", "form-bulk", "form-unsent")


@dataclass
class Faults:
    """Collects problems while a form file is read."""

    file: str
    found: list[Problem] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)  # names of fields -> how people read them

    def say(self, element: str, code: str, pattern: str, hint: str = "", **values: object) -> None:
        if isinstance(pattern, Finding):
            values = dict(pattern.values)
            pattern = pattern.pattern
        if code in REFERRING and values.get("name") in self.labels:
            values["name"] = self.labels[str(values["name"])]
        message = Finding(pattern, **values) if values else pattern
        self.found.append(Problem(self.file, shortened(element, 80), 0, "error", code, message, hint))

    def words(self, raw: Any, known: Mapping[str, Test], needed: tuple[str, ...], element: str) -> bool:
        """Whether `raw` is an object of known words with values of their kind; tells what is not."""
        before = len(self.found)
        if not isinstance(raw, dict):
            self.say(element, "form-json", "%(where)s harus berupa objek JSON.", where=element or FILE)
            return False
        hint = Finding("Kata yang dikenal: %(known)s", known=", ".join(known))
        for word in sorted(raw.keys() - known.keys()):
            self.say(element, "form-word", "Kata %(word)s tidak dikenal.", hint, word=word[:60])
        for word in (one for one in needed if not raw.get(one)):
            self.say(element, "form-missing", "“%(word)s” belum diisi.", word=called(word))
        for word, value in raw.items():
            if word in known and not known[word](value) and not (word in needed and not value):
                self.say(element, f"form-{word}", _NO_USE, _hint(word), word=called(word), value=_short(value))
        return len(self.found) == before


def _short(value: Any) -> str:
    """A value in a message; lists and objects may be of any depth and are only named."""
    if isinstance(value, (str, int, float)):
        return str(value)[:60]
    return Finding("daftar") if isinstance(value, list) else Finding("objek") if isinstance(value, dict) else "null"


def _hint(word: str) -> str:
    return Finding("Pilih salah satu: %(some)s", some=", ".join(sorted(CLOSED[word]))) if word in CLOSED else ""
