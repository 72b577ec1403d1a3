"""Reasons that people give: long enough to say something, and never cut off unseen."""

from __future__ import annotations

from engine.errors import Sentence, SubmissionInvalid

SHORTEST, LONGEST = 5, 2000  # letters


def fault(text: str, label: str = "Alasan") -> str:
    """The sentence why this is no reason that can be kept, "" when it is one."""
    written = len(text.strip())
    if written < SHORTEST:
        return Sentence("%(label)s wajib diisi, paling sedikit %(n)s huruf", label=label, n=SHORTEST)
    return too_long(text)


def too_long(text: str) -> str:
    """The sentence for a text that would have to be cut off, "" for others."""
    written = len(text.strip())
    if written <= LONGEST:
        return ""
    return Sentence("Paling banyak %(most)s huruf, Anda menulis %(count)s", most=LONGEST, count=written)


def require(text: str, field: str = "alasan", label: str = "Alasan") -> str:
    """The reason without the space around it.  Raises SubmissionInvalid at `field`."""
    if wrong := fault(text, label):
        raise SubmissionInvalid({field: wrong})
    return text.strip()
