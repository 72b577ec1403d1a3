"""Whether the parts of a form file fit one another: sections, fields, outcomes; each fault is told at its part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.errors import Finding
from engine.forms import judging, measuring, naming, ordering, placing
from engine.forms.shapes import (
    FIELD_WORDS,
    FORM_WORDS,
    OUTCOME_WORDS,
    SECTION_WORDS,
    Faults,
    is_condition,
    is_pairs,
    is_text,
    number_of,
)

DEEPEST = 3  # groups within groups
_BELOW = "visible_if menunjuk isian %(name)s yang belum ada di atasnya."
_SHORT_NAME = "Pakai nama lain yang pendek, misalnya luas_tanah."


def check(raw: Any, faults: Faults) -> None:
    """Tell everything that is wrong with a form file's content."""
    if not faults.words(raw, FORM_WORDS, ("key", "title", "sections"), "") and not isinstance(raw, dict):
        return
    seen: dict[str, str] = {}
    sections = raw.get("sections")
    faults.labels |= _labels(sections)
    for number, section in enumerate(sections if isinstance(sections, list) else (), 1):
        _section(section, Finding("bagian %(number)s", number=number), seen, faults)
    _outcomes(raw.get("outcomes"), faults)


def _labels(raw: Any) -> dict[str, str]:
    """Labels of the fields of sections and of those within fields, by name; the first of a doubled name counts."""
    inner = [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []
    found: dict[str, str] = {}
    for one in inner:
        own = {one["name"]: one["label"]} if is_text(one.get("name")) and is_text(one.get("label")) else {}
        found = {**_labels(one.get("fields")), **own, **found}
    return {name: label[:60] for name, label in found.items() if label}


def _section(raw: Any, element: str, seen: dict[str, str], faults: Faults) -> None:
    faults.words(raw, SECTION_WORDS, ("title", "fields"), element)
    if isinstance(raw, dict):
        _refers(raw, element, seen, faults)
        _fields(raw.get("fields"), seen, faults, 0)
        for name, code, message in placing.faults(raw.get("fields")):
            faults.say(name, code, message)


def _fields(raw: Any, seen: dict[str, str], faults: Faults, depth: int) -> None:
    for one in raw if isinstance(raw, list) else ():
        name = str(one.get("name", ""))[:80] if isinstance(one, dict) else ""
        faults.words(one, FIELD_WORDS, ("name", "label", "type"), name or Finding("isian"))
        if isinstance(one, dict):
            _field(one, name, seen, faults, depth)


def _field(raw: dict[str, Any], name: str, seen: dict[str, str], faults: Faults, depth: int) -> None:
    kind = raw.get("type")
    if name in seen:
        faults.say(name, "form-twice", "Nama isian %(name)s dipakai dua kali.", name=name)
    if name and (odd := naming.fault(str(raw["name"]), seen, depth == 0)):
        faults.say(name, "form-name", odd, _SHORT_NAME)
    _refers(raw, name, seen, faults)
    for code, message in (*_lacking(raw, kind), *ordering.faults(raw, seen)):
        faults.say(name, code, message)
    if depth >= DEEPEST:
        faults.say(name, "form-deep", "Kelompok isian bersarang terlalu dalam.")
    elif raw.get("fields"):
        _fields(raw["fields"], {}, faults, depth + 1)
    seen[name] = str(kind)


def _lacking(raw: dict[str, Any], kind: Any) -> Iterator[tuple[str, str]]:
    """What a kind of field cannot do without, and what contradicts itself."""
    if kind in ("choice", "choices") and not (raw.get("options") or raw.get("options_from")):
        yield "form-options", "Isian pilihan ini belum punya pilihan."
    if kind in ("group", "rows") and not raw.get("fields"):
        yield "form-fields", "Kelompok isian ini belum punya isian."
    if kind == "rows" and not raw.get("rows_from"):
        yield "form-rows_from", "Isian baris ini belum menyebut daftarnya (rows_from)."
    least, most = number_of(raw.get("min")), number_of(raw.get("max"))
    if least is not None and most is not None and least > most:
        yield "form-min", "Nilai terkecil melebihi nilai terbesar."
    if kind != "file" and (raw.get("many") or raw.get("control") == "camera"):
        yield "form-many", "Kata many dan kendali camera hanya bagi isian berkas (file)."
    yield from judging.faults(raw)
    yield from measuring.faults(raw)
    options = raw.get("options")
    if is_pairs(options) and len({one[0] for one in options or ()}) != len(options or ()):
        yield "form-options", "Pilihan yang sama disebut dua kali."


def _refers(raw: dict[str, Any], element: str, seen: Mapping[str, str], faults: Faults) -> None:
    condition = raw.get("visible_if")
    if condition and is_condition(condition) and condition["field"] not in seen:
        faults.say(element, "form-condition", _BELOW, name=condition["field"][:60])


def _outcomes(raw: Any, faults: Faults) -> None:
    seen: set[str] = set()
    for number, one in enumerate(raw if isinstance(raw, list) else (), 1):
        if not faults.words(one, OUTCOME_WORDS, ("value", "label"), Finding("keputusan %(number)s", number=number)):
            continue
        if one["value"] in seen:
            faults.say(one["value"], "form-twice", "Keputusan %(value)s disebut dua kali.", value=one["value"][:60])
        seen.add(one["value"])
