"""Templates of letters line by line."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest

from engine.differences.values import ADDED, CHANGED, REMOVED, Change

MOST_LINES = 4_000  # of one version: beyond, only that it differs is told


def changes(before: bytes, after: bytes) -> tuple[Change, ...]:
    """Lines that came, went and changed, with their number in the newer version (of one that went: in the older)."""
    old, new = (text.decode("utf-8", "replace").splitlines() for text in (before, after))
    if max(len(old), len(new)) > MOST_LINES:
        return (Change(CHANGED, "baris", "", ""),)
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for n, (was, now) in enumerate(zip_longest(old[a:b], new[c:d])):
            found.append(_line(was, now, a + n + 1, c + n + 1))
    return tuple(found)


def _line(was: str | None, now: str | None, old: int, new: int) -> Change:
    if now is None:
        return Change(REMOVED, "baris", str(old), "", "", was or "", "")
    if was is None:
        return Change(ADDED, "baris", str(new), "", "", "", now)
    return Change(CHANGED, "baris", str(new), "", "isi", was, now)
