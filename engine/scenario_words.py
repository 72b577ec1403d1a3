"""What comes of a scenario, in words: states, papers, messages, steps and clocks by what people call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.clocks.naming import clock_name
from engine.deployment import Deployment

PARTS = {
    "closed": "penutupan berkas",
    "state": "keadaan berkas",
    "open": "tugas terbuka",
    "letters": "surat",
    "notices": "pesan",
    "clocks": "jam",
}
LONGEST = 300  # characters


def called(part: str) -> str:
    return PARTS.get(part, part)


def differing(part: str, wanted: Any, came: Any, deployment: Deployment) -> tuple[str, str]:
    """What was expected and what came, where they differ; of lists the whole, of clocks those that differ."""
    if isinstance(wanted, Mapping) and isinstance(came, Mapping):
        other = [name for name in {**wanted, **came} if wanted.get(name) != came.get(name)]
        return _clocks(wanted, other), _clocks(came, other)
    return _told(part, wanted, deployment), _told(part, came, deployment)


def _clocks(known: Mapping[str, Any], names: Iterable[str]) -> str:
    return "; ".join(f"{clock_name(one)} {known.get(one, 'tidak ada')}" for one in names)[:LONGEST]


def _told(part: str, value: Any, deployment: Deployment) -> str:
    if isinstance(value, bool):
        return "ditutup" if value else "belum ditutup"
    if isinstance(value, list):
        return ", ".join(word(part, str(one), deployment) for one in value)[:LONGEST] or "tidak ada"
    return word(part, str(value), deployment)[:LONGEST]


def word(part: str, code: str, deployment: Deployment) -> str:
    """A state, letter, notice or open task (element and unit) by what people call it, else its code."""
    law = deployment.catalogue
    if part == "state":
        return law.states[code].label if code in law.states else code
    if part == "letters":
        return law.letters[code].title if code in law.letters else code
    if part == "notices":
        return law.notices[code].subject if code in law.notices else code
    if part == "open":
        element, _space, unit = code.partition(" ")
        known = deployment.definition.elements.get(element)
        return f"{(known.name if known else '') or element} {unit}".strip()
    return code
