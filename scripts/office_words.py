"""The office's own words: what forms, diagrams and the catalogue of a release show, for the catalogue of English."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

ROOT = Path(__file__).parent.parent
FORM_WORDS = ("title", "intro", "label", "help", "unit")
# A catalogue's words by file: names of keys that reach a page.  Citations ("basis") stay in the language of the law,
# but for those of tariffs, which also say which figures are examples, and notes on where an example comes from.
CATALOGUE_WORDS = {
    "agencies": ("name",),
    "calendar": ("label",),
    "letters": ("title",),
    "notices": ("subject",),
    "permits": ("name", "product", "validity", "about", "inactive_because", "requirements_basis"),
    "registers": ("name",),
    "requirements": ("name", "help", "source", "basis"),
    "roles": ("name", "duty"),
    "settings": ("jam_layanan", "kanal", "alamat", "keberatan", "kalimat", "asal"),
    "states": ("label", "told"),
    "tariffs": ("nama", "basis"),
    "terms": ("basis",),
}
CODES = ("terms",)  # files whose keys are shown as words: "bayar_lagi" -> "bayar lagi"
UNSEEN = ("property", "inputDataItem", "outputDataItem", "dataInput", "dataOutput", "message", "definitions")


@dataclass(frozen=True)
class Word:
    """`english` is what the release itself says beside the word (`name_en`), "" when it says nothing."""

    text: str
    place: str
    english: str = ""


def words(root: Path = ROOT) -> Iterator[Word]:
    """Every text of the release under `root` that a page may show; a text may come several times."""
    for path in sorted((root / "forms").glob("*.json")):
        yield from _shown(_form(json.loads(path.read_text())), path.relative_to(root))
    for path in sorted((root / "processes").glob("*/*.[bd]*mn")):
        yield from _shown(_diagram(path), path.relative_to(root))
    for name, keys in CATALOGUE_WORDS.items():
        path = root / "processes/catalogue" / f"{name}.json"
        yield from _shown(_catalogue(json.loads(path.read_text()), keys), path.relative_to(root))
    for name in CODES:
        path = root / "processes/catalogue" / f"{name}.json"
        yield from _shown(((_spoken(code), "") for code in json.loads(path.read_text())), path.relative_to(root))
    for path in sorted((root / "processes/scenarios").glob("*.json")):
        play = json.loads(path.read_text())
        yield from _shown(iter([(play["title"], play.get("title_en", ""))]), path.relative_to(root))
    path = root / "processes/catalogue/settings.json"
    classes = json.loads(path.read_text())["temuan"]["golongan"]
    yield from _shown(((one["nama"], one["nama_en"]) for one in classes), path.relative_to(root))
    path = root / "processes/catalogue/tariffs.json"
    levies = (_spoken(one["levy"]) for one in json.loads(path.read_text()))
    yield from _shown(((levy, "") for levy in levies), path.relative_to(root))
    path = root / "processes/catalogue/permits.json"
    yield from _shown(_permits(json.loads(path.read_text())), path.relative_to(root))


def _permits(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The process a permit goes through, as pages show it, and where its example figures come from."""
    for permit in found.values():
        yield _spoken(permit["process"]), ""
        figures = (*permit.get("standards", ()), *permit.get("legal_limits", ()))
        yield from ((one["basis"], "") for one in figures if one.get("example"))


def _shown(found: Iterator[tuple[str, str]], path: Path) -> Iterator[Word]:
    for text, english in found:
        if any(one.isalpha() for one in text):
            yield Word(text, str(path), english)


def _form(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for one in value:
            yield from _form(one)
    elif isinstance(value, dict):
        yield from ((value[key], "") for key in FORM_WORDS if isinstance(value.get(key), str))
        yield from ((one[1], "") for one in value.get("options", ()))
        yield from ((_spoken(one["value"]), "") for one in value.get("outcomes", ()))
        for one in value.values():
            yield from _form(one)


def _diagram(path: Path) -> Iterator[tuple[str, str]]:
    for one in etree.parse(path).iter(etree.Element):
        if etree.QName(one).localname not in UNSEEN:
            yield from ((one.get(key), "") for key in ("name", "label") if one.get(key) and not _technical(one, key))


def _spoken(code: str) -> str:
    """A code as pages show it."""
    return code.replace("_", " ")


def _technical(one: Any, key: str) -> bool:
    """The name of a decision's output is a variable."""
    return etree.QName(one).localname == "output" and key == "name"


def _catalogue(value: Any, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _catalogue(one, keys)
    if isinstance(value, dict):
        yield from ((value[key], value.get(f"{key}_en", "")) for key in keys if isinstance(value.get(key), str))
