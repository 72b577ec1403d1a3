"""Refresh both catalogues of English: the pages' own sentences (messages) and the office's words (office).

What is known keeps its English; what is new gets an empty entry, and a house test names it until it is filled in.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from scripts.office_words import ROOT, Word, words

MESSAGES = ROOT / "app/translations/en/LC_MESSAGES/messages.po"
OFFICE = ROOT / "processes/translations/en/LC_MESSAGES/office.po"
BEGUN = datetime(2026, 11, 1, tzinfo=UTC)
HEADER = "# English of the office's own words; `make translations` refreshes it, people fill it in."
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "counted": (1, 1), "several": (1, 1)}


def read(path: Path) -> Catalog:
    """The catalogue at `path`; an empty one when there is none."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as opened:
        return read_po(opened, locale="en")


def refreshed_messages(known: Catalog) -> Catalog:
    """`known` with the sentences that code and templates gained; sentences of the engine are written in by hand."""
    for _file, _line, text, _comments, _context in extract_from_dir(ROOT / "app", METHODS, keywords=KEYWORDS):
        if text not in known:
            known.add(text)
    return known


def refreshed_office(found: Iterable[Word], known: Catalog, messages: Catalog) -> Catalog:
    """The words found, in their order; English from the release itself, else from the pages, else as it was.

    Words that left the release stay: cases of an older deployment still show them.
    """
    places: dict[str, dict[str, None]] = {one.id: {} for one in known if isinstance(one.id, str) and one.id}
    said: dict[str, str] = {}
    for word in found:
        places.setdefault(word.text, {})[word.place] = None
        said[word.text] = said.get(word.text) or word.english
    # A fixed date: refreshing changes a line only where a word changed.
    made = Catalog(
        locale="en", project="e-Perizinan", version="0.1", fuzzy=False, header_comment=HEADER, creation_date=BEGUN
    )
    for text, where in places.items():
        english = said.get(text) or _english(messages, text) or _english(known, text)
        made.add(text, english, locations=[(place, None) for place in where])
    return made


def _english(catalogue: Catalog, text: str) -> str:
    found = catalogue.get(text)
    return str(found.string) if found and isinstance(found.string, str) else ""


def write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(target, catalogue, width=120, sort_output=False, omit_header=False)


def main() -> None:
    messages = refreshed_messages(read(MESSAGES))
    office = refreshed_office(words(), read(OFFICE), messages)
    write(OFFICE, office)
    missing = [one.id for part in (messages, office) for one in part if one.id and not one.string]
    sys.stdout.writelines(f"no English yet: {text}\n" for text in missing)


if __name__ == "__main__":
    main()
