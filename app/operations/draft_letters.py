"""A letter's template of a draft under the hands of its editor, set with the values of an invented file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.letters import pages, rendering, samples
from app.operations import draft_drawing, draft_files
from engine import titles
from engine.deployment import LETTERS
from engine.errors import Finding, Problem, Refused

WIDTH = 900  # pixels of a page's picture
LOOKED_AT = 5  # pages
NO_TEMPLATE = "Berkas ini bukan templat surat."
HINT = "Perbaiki tulisan itu; halaman di samping tetap seperti yang terakhir dapat dicetak."


@dataclass(frozen=True)
class LetterPreview:
    """`pages`: PNG pictures; `pdf`: the whole; empty with `problems` where it cannot be set."""

    pages: tuple[bytes, ...]
    pdf: bytes
    problems: tuple[Problem, ...]


def letter_drawing(draft: UUID, path: str, by: UUID, at: datetime) -> draft_drawing.Drawing:
    """A template with the letters that are set with it, as pairs of code and title.

    A part that others bring in (head, formats) is looked at in any letter.  Raises NotAllowed, NotFound, Refused for
    what is no template.
    """
    row, files = draft_drawing.files_of(draft, by, at)
    if not (path.startswith(LETTERS) and path.endswith(".typ")):
        raise Refused(NO_TEMPLATE)
    file = draft_files.opened(draft, path, by, at)
    called = titles.titles(files).get(path, "")
    return draft_drawing.Drawing(row, file, {"letters": _shown_by(path, files)}, called)


def _shown_by(path: str, files: Mapping[str, bytes]) -> list[list[str]]:
    letters = draft_drawing.around(files, path).catalogue.letters.values()
    own = [one for one in letters if LETTERS + one.template == path]
    return [[one.code, one.title] for one in own or letters]


def letter_preview(draft: UUID, path: str, content: bytes, letter: str, by: UUID, at: datetime) -> LetterPreview:
    """The letter as it would be printed with what is on the screen; nothing is saved.  Raises NotAllowed, NotFound."""
    _, files = draft_drawing.files_of(draft, by, at)
    templates = {name.removeprefix(LETTERS): text for name, text in files.items() if name.startswith(LETTERS)}
    own = path.removeprefix(LETTERS)
    kinds = draft_drawing.around(files, path).catalogue.letters
    template = kinds[letter].template if letter in kinds else own
    try:
        made = rendering.render(template, {**templates, own: content}, samples.sample(letter or own[:-4]))
    except rendering.LetterFailed as fault:
        return LetterPreview((), b"", (_fault(path, fault),))
    return LetterPreview(tuple(pages.page_images(made, "application/pdf", WIDTH, 0, LOOKED_AT)), made, ())


def _fault(path: str, fault: rendering.LetterFailed) -> Problem:
    """At its line of this template, or with the name and line of the one that it stands in."""
    own = next((one for one in fault.places if one.file == path.removeprefix(LETTERS)), None)
    reason = fault.reason
    if own is not None and own == fault.places[0]:
        reason = Finding("%(reason)s, pada huruf ke-%(column)s", reason=fault.bare, column=own.column)
    told = Finding("Surat tidak dapat dibuat: %(reason)s", reason=reason)
    return Problem(path, "", own.line if own else 0, "error", "letter", told, HINT if fault.places else "")
