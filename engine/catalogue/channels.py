"""The ways by which the office and applicants reach each other: what the scope "channel" of a declaration is held to.

An official's task needs the channel of its role, or none: a verifier works on while the portal is down.  An
applicant's term needs the channel of his file, a payment the bank as well, and any of them that is hit suffices
(domain 6.2).  A clock of the engine knows one system for each task, so what needs several bears their joint name
("daring+bank"), and a declared channel reaches every name that it is part of.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

from engine.catalogue.values import Catalogue
from engine.errors import Finding

CHANNELS = ("daring", "loket", "bank")
CHANNEL_WORDS = {
    "daring": Finding("daring"),
    "loket": Finding("loket"),
    "bank": Finding("bank"),
    "berkas": Finding("saluran berkasnya sendiri"),
}
AT_COUNTER, COUNTER = "loket", "LOKET"  # the channel of roles at the counter, and the unit whose hours they keep
OF_FILE = "berkas"  # among the needs of a term: whichever channel its file came by


def joint(needed: Collection[str]) -> str:
    """The one name of what needs these channels; "" for none."""
    return "+".join(one for one in CHANNELS if one in needed)


def reached(declared: Collection[str]) -> frozenset[str]:
    """The declared channels and every joint name that one of them is part of."""
    several = (some for count in range(2, len(CHANNELS) + 1) for some in combinations(CHANNELS, count))
    return frozenset(declared) | {joint(some) for some in several if set(some) & set(declared)}


def of_role(catalogue: Catalogue, role: str) -> str | None:
    """The channel that the tasks of a role need; None for those that no channel stops."""
    found = catalogue.roles.get(role)
    return found.channel or None if found else None


def hours_of(catalogue: Catalogue, role: str) -> str:
    """The unit in whose hours a role of the office works: COUNTER for those who receive people there, else "".

    Direct-service units arrange their own hours (Perpres 21/2023 Pasal 7); a counter without any keeps the office's.
    """
    return COUNTER if of_role(catalogue, role) == AT_COUNTER else ""


def of_term(catalogue: Catalogue, clock: str, of_file: str) -> str:
    """The channels that an applicant needs to keep a term: `clock` its name, `of_file` the channel of its file."""
    return joint([of_file if one == OF_FILE else one for one in _needs(catalogue, clock)])


def of_applicant(catalogue: Catalogue, clock: str) -> bool:
    """Whether a term is the applicant's own; the office's terms need nothing of his."""
    return OF_FILE in _needs(catalogue, clock)


def _needs(catalogue: Catalogue, clock: str) -> tuple[str, ...]:
    return next((one.needs for one in catalogue.terms.values() if clock in one.clocks), (OF_FILE,))
