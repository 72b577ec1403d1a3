"""The law's data of a draft under the hands of their editor: what codes may be chosen, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import draft_drawing, draft_files
from engine import authoring
from engine.catalogue import Catalogue
from engine.deployment import CATALOGUE, Surroundings
from engine.errors import Refused

NO_LAW = "Berkas ini bukan data hukum terbitan."


def law_drawing(draft: UUID, path: str, by: UUID, at: datetime) -> draft_drawing.Drawing:
    """A file of the catalogue with what its words may be.  Raises NotAllowed, NotFound, Refused for another file."""
    row, files = draft_drawing.files_of(draft, by, at)
    if not (path.startswith(CATALOGUE) and path.endswith(".json")):
        raise Refused(NO_LAW)
    file = draft_files.opened(draft, path, by, at)
    return draft_drawing.Drawing(row, file, {"choices": choices(draft_drawing.around(files, "")), "labels": {}})


def choices(around: Surroundings) -> dict[str, list[list[str]]]:
    """`<file>.<word>` -> codes with titles, for words that name something of the release."""
    law = around.catalogue
    return {
        **_permits(law, around),
        "letters.register": _named(law.registers),
        "letters.signatory": _named(law.roles),
        "letters.template": [[name, title] for name, title in sorted(_templates(law).items())],
        "terms.role": _named(law.roles),
        "notices.to": [["pemohon", "Pemohon"], *_named(law.roles)],
    }


def _permits(law: Catalogue, around: Surroundings) -> dict[str, list[list[str]]]:
    return {
        "permits.process": [[one["key"], one["name"]] for one in authoring.processes(around.library)],
        "permits.technical_form": [[one.key, one.title] for one in around.forms.values()],
        "permits.requirements": _named(law.requirements),
        "permits.agencies": _named(law.agencies),
        "permits.levy": [[levy, title] for levy, title in sorted(_levies(law).items())],
    }


def _templates(law: Catalogue) -> dict[str, str]:
    """Template -> the letters that are set with it."""
    found: dict[str, list[str]] = {}
    for one in law.letters.values():
        found.setdefault(one.template, []).append(one.title)
    return {name: ", ".join(dict.fromkeys(titles)) for name, titles in found.items()}


def _levies(law: Catalogue) -> dict[str, str]:
    """Levy -> the permits it is raised for."""
    found: dict[str, list[str]] = {one.levy: [] for one in law.tariffs}
    for permit in law.permits.values():
        if permit.levy in found:
            found[permit.levy].append(permit.name)
    return {levy: ", ".join(names) for levy, names in found.items()}


def _named(known: Mapping[str, Any]) -> list[list[str]]:
    return [[code, one.name] for code, one in known.items()]
