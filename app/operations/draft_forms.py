"""A form of a draft under the hands of its builder: its vocabulary, and the form as people would see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting, draft_drawing, draft_files, release_drafts
from app.operations.retrying import retried
from app.store import transaction
from engine import access
from engine import forms as form_files
from engine.catalogue import Catalogue
from engine.errors import Problem, Refused
from engine.forms import Choices, Form, shapes

SAMPLE = 4  # rows that a list shows in a preview
NO_FORM = "Berkas ini bukan formulir."
TEAM = (("contoh_1", "Anggota tim (contoh) 1"), ("contoh_2", "Anggota tim (contoh) 2"))


def form_drawing(draft: UUID, path: str, by: UUID, at: datetime) -> draft_drawing.Drawing:
    """A form with the words it may use, as lists.  Raises NotAllowed, NotFound, Refused for what is no form."""
    row = draft_drawing.row_of(draft, by, at)
    if not (path.startswith("forms/") and path.endswith(".json")):
        raise Refused(NO_FORM)
    file = draft_files.opened(draft, path, by, at)
    return draft_drawing.Drawing(row, file, vocabulary())


def vocabulary() -> Mapping[str, Any]:
    """The closed lists of the form vocabulary, each in order of its names."""
    lists = {
        "types": shapes.TYPES,
        "patterns": shapes.PATTERNS,
        "lists": shapes.LISTS,
        "prefills": shapes.PREFILLS,
        "controls": shapes.CONTROLS,
        "widths": shapes.WIDTHS,
    }
    return {name: sorted(words) for name, words in lists.items()}


@dataclass(frozen=True)
class Preview:
    """`form` None: it cannot be understood, for these reasons; `lists`: samples of what it draws from."""

    form: Form | None
    problems: tuple[Problem, ...]
    lists: Choices


@retried
def preview(draft: UUID, path: str, content: bytes, by: UUID, at: datetime) -> Preview:
    """The form as it stands on the screen, to be drawn; nothing is saved.

    `content`: nothing for the form as the draft has it.  Raises NotAllowed, NotFound.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        row = release_drafts.found(store, draft)
        catalogue = store.deployments.active().catalogue
        text = content or release_drafts.files_of(store, row).get(path, b"")
    form, problems = form_files.load(path, text.decode("utf-8", "replace"))
    return Preview(form, problems, samples(catalogue))


def samples(catalogue: Catalogue) -> Choices:
    """A few members of every list that a form may name."""
    papers = _few((one.code, one.name) for one in catalogue.requirements.values())
    offices = _few((one.code, one.name) for one in catalogue.agencies.values())
    areas = _few((one.code, one.name) for one in catalogue.areas.values())
    named: dict[str, tuple[tuple[str, str], ...]] = {"areas": areas, "team_members": TEAM, "professions": ()}
    named |= dict.fromkeys(("agencies", "all_agencies"), offices)
    wanted = ("requirements", "optional_requirements", "all_requirements", "unsent_requirements", "flagged")
    return named | dict.fromkeys(wanted, papers)


def _few(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(pairs)[:SAMPLE]
