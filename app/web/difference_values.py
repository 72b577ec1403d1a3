"""How a property was or becomes, as a person of the office reads it: no code, no length of time in a fraction."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.operations.clock_views import CAUSES
from app.web import law_difference
from app.web.difference_names import HITS, KINDS
from app.web.drawing_words import editor_words
from app.web.form_words import builder_words
from app.web.words import english, translated
from engine.amounts import Amount, Instant
from engine.differences import Change
from engine.errors import Finding, Sentence

BLANK = re.compile(r"\{\w+\}")
LONGEST = 600  # characters that are told at once
LEAD, SHOWN = 40, 160  # characters of a longer one, before what differs and altogether
# By the last step of a property: what its codes are called.
CODES: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "type": lambda: builder_words()["pembangun"]["jenis"],
    "control": lambda: builder_words()["pembangun"]["control"],
    "width": lambda: builder_words()["pembangun"]["width"],
    "serviceTaskOperator": lambda: editor_words()["layanan_nama"],
    "cause": lambda: CAUSES,
    "hitPolicy": lambda: HITS,
    "aggregation": lambda: HITS,
    "jenis": lambda: KINDS,
}


def value(change: Change, text: str) -> Markup:
    """How a property was or becomes, as people write it; what somebody wrote himself is marked as Indonesian."""
    if isinstance(text, Sentence):
        return _said(text)
    return _code(change, text) or _written(text)


def said(words: str) -> Markup:
    """A name or a sentence in the reader's language; what has no English is marked as Indonesian."""
    if isinstance(words, Sentence):
        return _said(words)
    found = translated(words)
    return escape(found) if found != words else _theirs(words)


def parted(text: str, other: str) -> str:
    """Of a long value the part where it begins to differ from the other one, with a little before it."""
    pairs = enumerate(zip(text, other, strict=False))
    begin = max(0, next((n for n, (one, two) in pairs if one != two), min(len(text), len(other))) - LEAD)
    return f"{'… ' if begin else ''}{text[begin : begin + SHOWN].strip()} …"


def _said(said: str) -> Markup:
    """A sentence with the days and sentences in it in the reader's language."""
    if not isinstance(said, Finding) or isinstance(said, Amount | Instant):
        return escape(translated(said)) if isinstance(said, Sentence) else _written(said)
    if not said.values:  # a word of the office; what is filled in in a message shows as a gap
        found = BLANK.sub("…", translated(said))
        return escape(found) if found != said or not english() else _theirs(found)
    values = {name: _said(one) if isinstance(one, str) else one for name, one in said.values.items()}
    return Markup(said.told(escape(_(said.pattern)), values, said.values)) if said.pattern else Markup("")


def _code(change: Change, text: str) -> Markup | None:
    """What stands for a word of the pages: a service, a sort of field, how a table chooses."""
    words = CODES.get(change.what.rpartition(".")[2])
    found = words().get(text) if words else None
    return escape(translated(str(found))) if found else None


def _written(text: str) -> Markup:
    if not text:
        return Markup("")
    if text in ("ya", "tidak"):
        return escape(_(text))
    return escape(day) if (day := law_difference.day(text)) else _theirs(text)


def _theirs(text: str) -> Markup:
    plain = text if not english() or not any(map(str.isalpha, text)) else ""
    return escape(plain) if plain else Markup('<span lang="id">{}</span>').format(text)
