"""The release's own words in English: collects what forms, diagrams and the law's data say to people.

``python -m scripts.office_words`` brings ``processes/translations/en/LC_MESSAGES/office.po`` up to date: new words come
in untranslated, words that nothing says any more go, translations stay.  Citations of law, names of places and the
texts of letters are not collected: letters and laws are Indonesian.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "processes" / "translations" / "en" / "LC_MESSAGES" / "office.po"

FORM_WORDS = ("title", "intro", "label", "help", "unit")
LAW_WORDS = {
    "agencies.json": ("name",),
    "calendar.json": ("label",),
    "letters.json": ("title",),
    "permits.json": ("about", "product", "validity", "inactive_because"),
    "registers.json": ("name",),
    "requirements.json": ("name", "help", "source"),
    "roles.json": ("duty",),
    "settings.json": ("jam_layanan", "keberatan"),
    "tariffs.json": ("nama", "satuan", "label"),
}


def words() -> dict[str, list[str]]:
    """Word or sentence -> the files that say it, in the order of the files."""
    found: dict[str, list[str]] = {}
    for word, file in (*_forms(), *_diagrams(), *_law()):
        files = found.setdefault(" ".join(word.split()), [])
        if file not in files:
            files.append(file)
    return {word: files for word, files in found.items() if any(letter.isalpha() for letter in word)}


def _forms() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "forms").glob("*.json")):
        for word in _said(json.loads(path.read_text("utf-8")), FORM_WORDS):
            yield word, f"forms/{path.name}"


def _said(value: Any, keys: tuple[str, ...]) -> Iterator[str]:
    """Texts under the keys, and the labels of options, anywhere inside."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in keys and isinstance(inner, str):
                yield inner
            elif key == "options" and isinstance(inner, list):
                yield from (one[1] for one in inner)
            else:
                yield from _said(inner, keys)
    elif isinstance(value, list):
        for inner in value:
            yield from _said(inner, keys)


def _diagrams() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "processes").rglob("*.bpmn")):
        for node in etree.parse(str(path)).getroot().iter("{http://www.omg.org/spec/BPMN/20100524/MODEL}*"):
            kind = etree.QName(node).localname
            if node.get("name") and kind not in ("message", "signal", "error", "definitions"):
                yield node.get("name"), f"processes/{path.parent.name}/{path.name}"


def _law() -> Iterator[tuple[str, str]]:
    for name, keys in LAW_WORDS.items():
        found = json.loads((ROOT / "processes" / "catalogue" / name).read_text("utf-8"))
        yield from ((word, f"processes/catalogue/{name}") for word in _said(found, keys))


def paired() -> dict[str, str]:
    """What the law's data say in both languages themselves: `name` beside `name_en`."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "processes" / "catalogue").glob("*.json")):
        for row in _rows(json.loads(path.read_text("utf-8"))):
            pairs = ((row.get(key.removesuffix("_en")), word) for key, word in row.items() if key.endswith("_en"))
            found |= {said: word for said, word in pairs if isinstance(said, str) and "%(" not in said}
    return found


def _rows(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _rows(inner)


def merged() -> Catalog:
    """The catalogue with what is said now; what was translated stays so."""
    known = Catalog(locale="en")
    if PO.exists():
        with PO.open("rb") as file:
            known = read_po(file, locale="en")
    made = Catalog(locale="en", project="e-Perizinan", version="kata kantor", fuzzy=False)
    both = paired()
    said = {word: ["processes/catalogue"] for word in both} | words()
    for word, files in sorted(said.items()):
        before = known.get(word)
        made.add(word, both.get(word) or (before.string if before else ""), locations=[(one, None) for one in files])
    return made


def main() -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    catalogue = merged()
    with PO.open("wb") as file:
        write_po(file, catalogue, width=120, omit_header=False, sort_output=True)
    missing = [one.id for one in catalogue if one.id and not one.string]
    sys.stdout.write(f"{len(catalogue)} kata kantor, {len(missing)} belum diterjemahkan\n")


if __name__ == "__main__":
    main()
