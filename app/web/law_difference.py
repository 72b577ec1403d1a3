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
WEEK = dict(zip("0123456", ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"), strict=True))
MAIN = ("budget", "nilai")  # what a change is about where nothing else is said


def place(change: Change) -> str:
    """Which value of an entry, "standar layanan sejak 08/02/2018"; "" for the value of the entry itself."""
    steps = change.what.split(".")
    words, told = _words(), ""
    for step in steps[:-1] if steps[-1] in MAIN else steps:
        if told.endswith(words["hours"]) and step in WEEK:
            told = f"{told}, {_(WEEK[step])}"
        elif since := day(step):
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
    return known | {
        "standards": _("standar layanan"),
        "legal_limits": _("batas hukum"),
        "decree": _("keputusan"),
        "hours": _("jam layanan"),
        "since": _("sejak"),
        "until": _("sampai"),
        "year": _("tahun"),
        "weeks": _("pekan"),
        "days": _("hari"),
        "years": _("tahun"),
        "recorded_at": _("dicatat pada"),
        "level": _("tingkat"),
        "unjudged": _("tidak dinilai"),
    }


def _called(step: str, words: dict[str, Any]) -> str:
    if step.isdigit():
        return str(_("butir %(n)s", n=int(step) + 1))
    base = step.removesuffix("_en")
    if step not in words and base != step:
        return str(_("%(apa)s dalam bahasa Inggris", apa=_called(base, words)))
    if step not in words:
        return DAY.sub(lambda found: day(found[0]) or found[0], translated(step.replace("_", " ")))
    said = str(words[step])
    return said if said[:2].isupper() else said[:1].lower() + said[1:]


def day(text: str) -> str:
    """A day as people type it; "" for what is none."""
    if not DAY.fullmatch(text):
        return ""
    try:
        return typed_day(date.fromisoformat(text))
    except ValueError:
        return ""
