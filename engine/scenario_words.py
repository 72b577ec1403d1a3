"""What comes of a scenario, in words: states, papers, messages, steps and clocks by what people call them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from engine import notices
from engine.amounts import instant, work_time
from engine.bpmn.calling import Names
from engine.clocks.naming import clock_name
from engine.deployment import Deployment
from engine.errors import Finding, joined, listed, office_word

PARTS = {
    "closed": "Hasil skenario berbeda pada penutupan berkas: semula %(was)s, kini %(now)s",
    "state": "Hasil skenario berbeda pada keadaan berkas: semula %(was)s, kini %(now)s",
    "open": "Hasil skenario berbeda pada tugas terbuka: semula %(was)s, kini %(now)s",
    "letters": "Hasil skenario berbeda pada surat: semula %(was)s, kini %(now)s",
    "notices": "Hasil skenario berbeda pada pesan: semula %(was)s, kini %(now)s",
    "clocks": "Hasil skenario berbeda pada jam: semula %(was)s, kini %(now)s",
}
LONGEST = 300  # characters


# What a play keeps of a clock: when it was promised or stopped, and the working days it took.
_KEPT = re.compile(r"(janji|berhenti) (\S+), terpakai (\d+(?:/[1-9]\d*)?) hk")
_PATTERNS = {
    "janji": "janji %(at)s, terpakai %(time)s",
    "berhenti": "berhenti %(at)s, terpakai %(time)s",
    "": "tanpa janji, terpakai %(time)s",
}


OTHER = "Hasil skenario berbeda pada %(part)s: semula %(was)s, kini %(now)s"


def differs(part: str, wanted: Any, came: Any, deployment: Deployment) -> Finding:
    """In which part a play came out otherwise than it was kept, and how."""
    was, now = differing(part, wanted, came, deployment)
    return Finding(PARTS.get(part, OTHER), part=part, was=was, now=now)


def differing(part: str, wanted: Any, came: Any, deployment: Deployment) -> tuple[str, str]:
    """What was expected and what came, where they differ; of lists the whole, of clocks those that differ."""
    if isinstance(wanted, Mapping) and isinstance(came, Mapping):
        other = [name for name in {**wanted, **came} if wanted.get(name) != came.get(name)]
        return _clocks(wanted, other), _clocks(came, other)
    return _told(part, wanted, deployment), _told(part, came, deployment)


def _clocks(known: Mapping[str, Any], names: Iterable[str]) -> str:
    return _short([_clock(one, known.get(one)) for one in names], "; ")


def _clock(name: str, kept_: Any) -> Finding:
    clock = office_word(clock_name(name))
    if kept_ is None:
        return Finding("%(clock)s tidak ada", clock=clock)
    return joined((clock, kept(str(kept_))))


def kept(text: str) -> str:
    """What a play kept of a clock, with its instant and its working time as people tell them."""
    found = _KEPT.fullmatch(text)
    if found is None:
        return text
    at, time = instant(found[2]), work_time(Fraction(found[3]))
    return Finding(_PATTERNS[found[1] if found[2] != "-" else ""], at=at, time=time)


def _short(words: Sequence[str], between: str) -> str:
    """Words one after the other; of a list that is too long the first ones, and how many more there are."""
    told = joined(words, between)
    if len(told) <= LONGEST or len(words) < 2:
        return told
    shown = next((n for n in range(len(words) - 1, 1, -1) if len(joined(words[:n], between)) <= LONGEST), 1)
    return joined((*words[:shown], Finding("dan %(n)s lainnya", n=len(words) - shown)), between)


def _told(part: str, value: Any, deployment: Deployment) -> str:
    if isinstance(value, bool):
        return Finding("ditutup") if value else Finding("belum ditutup")
    if isinstance(value, list):
        return _short([word(part, str(one), deployment) for one in value], ", ") or Finding("tidak ada")
    return _short([word(part, str(value), deployment)], "")


def word(part: str, code: str, deployment: Deployment) -> str:
    """A state, letter, notice or open task (element and unit) by what people call it, else its code."""
    law = deployment.catalogue
    if part == "state":
        return office_word(law.states[code].label) if code in law.states else code
    if part == "letters":
        return office_word(law.letters[code].title) if code in law.letters else code
    if part == "notices":
        return notices.subject(law.notices[code].subject) if code in law.notices else code
    if part == "open":
        element, _space, unit = code.partition(" ")
        name = Names(deployment.definition.elements, deployment.definition.flows).of(element)
        return listed((name, unit), " ") if unit else name
    return code
