"""What changes in the law's data of a release, in the words of its editor: no way through a file, no bare code."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.web.law_editor import law_words
from app.web.rendering import typed_day
from app.web.words import translated
from engine.differences import Change

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MAIN = ("budget", "nilai")  # what a change is about where nothing else is said


def place(change: Change) -> str:
    """Which value of an entry, "standar layanan sejak 08/02/2018"; "" for the value of the entry itself."""
    steps = change.what.split(".")
    words, told = _words(), ""
    for step in steps[:-1] if steps[-1] in MAIN else steps:
        if since := day(step):
            told = str(_("%(apa)s sejak %(hari)s", apa=told, hari=since)).strip()
        else:
            told = f"{told}, {_called(step, words)}" if told else _called(step, words)
    return told


def entry(change: Change) -> str:
    """What an entry without a name of its own is called."""
    said = _words().get(change.id)
    return str(said) if said else translated(change.id.replace("_", " "))


def _words() -> dict[str, Any]:
    known: dict[str, Any] = law_words()["kata"]
    return known | {"standards": _("standar layanan"), "legal_limits": _("batas hukum")}


def _called(step: str, words: dict[str, Any]) -> str:
    if step.isdigit():
        return str(_("butir %(n)s", n=int(step) + 1))
    said = str(words.get(step, step.replace("_", " ")))
    return said if said[:2].isupper() else said[:1].lower() + said[1:]


def day(text: str) -> str:
    """A day as people type it; "" for what is none."""
    if not DAY.fullmatch(text):
        return ""
    try:
        return typed_day(date.fromisoformat(text))
    except ValueError:
        return ""
