"""Whether a description itself calls an event planned: keadaan kahar cannot be foreseen (Pasal 1 number 16).

Read word by word within a clause, and only near the word for the work: what its author denies ("tidak dijadwalkan"),
what had not been done yet, and a repair that is planned for afterwards are no planned event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

WORK = frozenset(
    "pemeliharaan perawatan pembaruan pemutakhiran peremajaan migrasi pemadaman maintenance upgrade update".split()
)
PLANNED = frozenset("terjadwal terencana dijadwalkan direncanakan diagendakan jadwal rencana scheduled planned".split())
USUAL = frozenset("rutin berkala tahunan bulanan mingguan routine periodic".split())
DENIED = frozenset(
    "tidak tak bukan belum tanpa luar sebelum menunggu mendadak darurat api kebakaran not no without before".split()
)
_CLAUSES = re.compile(
    r"[.;:!?\n]|,(?!\s*yang\b)"
    r"|\b(?:setelah|sesudah|karena|akibat|sehingga|mengakibatkan|menyebabkan|saat|ketika|because|after|when)\b"
)
_WORDS = re.compile(r"\w+")
AFTER, USUALLY, BEFORE = 6, 2, 3  # words that may stand between, and before


def says_planned(text: str) -> bool:
    """Whether a description, in Indonesian or English, itself calls the event planned maintenance."""
    return any(_clause(_WORDS.findall(one)) for one in _CLAUSES.split(text.lower()))


def _clause(words: Sequence[str]) -> bool:
    return any(_planned(words, at) for at, one in enumerate(words) if one in WORK)


def _planned(words: Sequence[str], at: int) -> bool:
    before = words[max(0, at - BEFORE) : at]
    if not DENIED.isdisjoint(before):
        return False
    following = list(_undenied(words[at + 1 : at + 2 + AFTER]))
    named = not PLANNED.isdisjoint(following) or not USUAL.isdisjoint(following[: USUALLY + 1])
    return named or not (PLANNED | USUAL).isdisjoint(before[-2:])


def _undenied(words: Sequence[str]) -> Iterator[str]:
    for one in words:
        if one in DENIED:
            return
        yield one
