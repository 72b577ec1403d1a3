"""The second language: catalogues compiled at start, sentences of the operations, and the words of clocks."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask_babel import get_locale, gettext

log = logging.getLogger("eperizinan")

# What clocks say (app.operations.clock_views), piece by piece: pattern -> English.
CLOCK_WORDS = (
    (r"^sisa (.+)$", r"\1 left"),
    (r"^lewat (.+)$", r"\1 late"),
    (r"^ditangguhkan, (.+) tersisa$", r"on hold, \1 left"),
    (r"^terlambat, kini ditangguhkan$", "late, now on hold"),
    (r"^selesai, terlambat$", "done, late"),
    (r"^selesai tepat waktu$", "done on time"),
    (r"^belum mulai$", "not started"),
    (r"^tanpa janji: kalender belum ditetapkan$", "no promise: the calendar is not adopted yet"),
    (r"^tanpa janji: menunggu$", "no promise: waiting"),
    (r"\bhari kerja\b", "working days"),
    (r"\bhk\b", "working days"),
    (r"\bhari\b", "days"),
    (r"\bbulan\b", "months"),
    (r"\bjam\b", "h"),
    (r"\bmenit\b", "min"),
)


def compile_catalogues(folder: Path) -> None:
    """Make each `messages.mo` that is missing or older than its `messages.po`; a read-only folder keeps what it has."""
    for source in folder.glob("*/LC_MESSAGES/messages.po"):
        made = source.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            _compile(source, made)
        except OSError as fault:
            log.warning("translations of %s not compiled: %s", source, fault)


def _compile(source: Path, made: Path) -> None:
    """Written aside and moved into place: several processes may start at once."""
    with source.open("rb") as opened:
        catalogue = read_po(opened, locale=source.parent.parent.name)
    aside = made.with_suffix(f".{os.getpid()}")
    with aside.open("wb") as target:
        write_mo(target, catalogue)
    aside.replace(made)


def translated(sentence: str) -> str:
    """A sentence that comes from an operation, in the reader's language; itself when nobody translated it."""
    return str(gettext(sentence)) if sentence else ""


def clock_words(text: str) -> str:
    """ "sisa 2,8 hari kerja" in the reader's language."""
    if str(get_locale() or "id") != "en":
        return text
    for pattern, word in CLOCK_WORDS:
        text = re.sub(pattern, word, text)
    return text
