"""What of a sentence cannot be read in English: patterns without an entry in the catalogues, nested ones too."""

import re
from functools import cache

from engine.amounts import Amount, Instant
from engine.errors import Finding, Sentence
from scripts import translations

PLACE = re.compile(r"%\(\w+\)s|%%")
LETTER = re.compile(r"[^\W\d_]")
# Words that only a sentence in Indonesian has; a value that is nobody's name may not hold them.
INDONESIAN = re.compile(
    r"\b(yang|tidak|belum|atau|bukan|dengan|sebuah|harus|untuk|dari|pada|memerlukan|kosong|hanya|terlalu|sampai)\b"
)


@cache
def _english():
    return [translations.read(path) for path in (translations.MESSAGES, translations.OFFICE)]


@cache
def has_english(pattern):
    found = (catalogue.get(pattern) for catalogue in _english())
    return not LETTER.search(PLACE.sub("", pattern)) or any(one is not None and one.string for one in found)


def untranslated(text):
    """Patterns of a message or hint, and of the sentences within it, that have no English.

    Instants and lengths of time have none of their own: pages tell them as they tell theirs.
    """
    if isinstance(text, Amount | Instant):
        return
    if isinstance(text, Sentence):
        for value in text.values.values():
            yield from untranslated(value) if isinstance(value, Sentence) else ()
    pattern = text.pattern if isinstance(text, Sentence) else text
    if pattern and not has_english(pattern):
        yield pattern


def left_indonesian(text, theirs):
    """Plain values in a finding that are Indonesian prose and do not stand in `theirs`, what somebody wrote."""
    for value in text.values.values() if isinstance(text, Finding) else ():
        if isinstance(value, Sentence):
            yield from left_indonesian(value, theirs)
        elif isinstance(value, str) and INDONESIAN.search(value) and value not in theirs:
            yield value
