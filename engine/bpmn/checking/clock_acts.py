"""What service tasks do to clocks, as facts: which run, which stopped, which are paused and for what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from engine.bpmn.checking.saying import literal
from engine.bpmn.checking.sheets import Set
from engine.bpmn.elements import children, local, operator, repetition
from engine.clocks.naming import clock_name
from engine.clocks.wording import CAUSE_WORDS
from engine.errors import Finding, office_word

Facts = frozenset[str]  # "L runs", "L stopped", "L begun at <act>", "paused for X", "said NAME WORD"
SERVICE = "L"  # the clock that pauses hold still
ACTS = ("clock.start", "clock.stop", "clock.pause", "clock.resume", "clock.reopen")
CLOSING = "case.close"  # whatever clock still runs stops
PAUSED = "paused for "


@dataclass(frozen=True)
class Act:
    """What a service task does to a clock: `subject` is the clock, or the cause of a pause."""

    kind: str
    subject: str
    term: bool = False

    @property
    def called(self) -> str:
        """What people call the cause of a pause; a clock by its word in the diagram and by its name."""
        if self.subject in CAUSE_WORDS:
            return office_word(CAUSE_WORDS[self.subject])
        return clock_called(self.subject)


def clock_called(name: str) -> str:
    """A clock by its word in the diagram, with its name: "L (Jam Layanan)"."""
    known = clock_name(name)
    return name if known == name else Finding("%(word)s (%(name)s)", word=name, name=office_word(known))


@lru_cache(maxsize=4096)
def act_of(node: Any) -> Act | None:
    """The clock act of a service task whose subject is written in the diagram."""
    called = operator(node)
    if called is not None and called.service == CLOSING:
        return Act(CLOSING, "")
    if called is None or called.service not in ACTS:
        return None
    subject = literal(called.params.get("clock", called.params.get("cause", "")))
    return Act(called.service, subject, "term" in called.params) if subject else None


def counted(node: Any, known: Set) -> Act | None:
    act = act_of(node) if local(node) == "serviceTask" else None
    return None if act is None or act.subject in termed(known) else act


@lru_cache(maxsize=2)
def termed(known: Set) -> frozenset[str]:
    """Clocks that measure a term: they are started again as often as it is given."""
    acts = (act_of(node) for sheet in known.sheets for node in sheet.of("serviceTask"))
    own = frozenset(act.subject for act in acts if act is not None and act.term)
    return own | (termed(known.beside) if known.beside else frozenset())


def repeats(node: Any) -> bool:
    return bool(children(node, "standardLoopCharacteristics")) or repetition(node) is not None


def touched(acts: Iterable[Act]) -> frozenset[str] | None:
    """Clocks and causes to which acts do something, or of which they are judged; None: to any that there is."""
    found: set[str] = set()
    for act in acts:
        if act.kind == CLOSING or (act.kind, act.subject) == ("clock.stop", SERVICE):  # ends every pause too
            return None
        found |= {act.subject, SERVICE} if act.kind in ("clock.pause", "clock.resume") else {act.subject}
    return frozenset(found)


def apart(facts: Facts, of: frozenset[str] | None) -> tuple[Facts, Facts]:
    """Facts of some clocks and causes, and the others."""
    if of is None:
        return facts, frozenset()
    own = frozenset(one for one in facts if subject_of(one) in of)
    return own, facts - own


def subject_of(fact: str) -> str:
    """The clock or the cause that a fact is about."""
    return fact.removeprefix(PAUSED) if fact.startswith(PAUSED) else fact.split(" ", 1)[0]


def acted(act: Act, held: Facts, at: str) -> Facts:
    if act.kind == CLOSING:
        left = {one for one in held if one.endswith(" runs") or one.startswith("paused")}
        return (held - left) | {one.replace(" runs", " stopped") for one in left if one.endswith(" runs")}
    runs, stopped, paused = f"{act.subject} runs", f"{act.subject} stopped", f"paused for {act.subject}"
    if act.kind == "clock.start":  # a second start of the same clock, which is told, changes nothing
        return held | {begun(act, at)} | (set() if {runs, stopped} & held else {runs})
    if act.kind == "clock.reopen":
        return (held - {stopped}) | ({runs, reopened(act, at)} if stopped in held else set())
    if act.kind == "clock.stop":
        left = {one for one in held if act.subject == SERVICE and one.startswith("paused")}
        left |= {one for one in held if one.startswith(reopened(act, ""))}
        return (held - {runs} - left) | ({stopped} if runs in held else set())
    return held | {paused} if act.kind == "clock.pause" else held - {paused}


def done(act: Act, held: Facts) -> bool:
    """Whether a start or a pause finds what it does done already."""
    if act.kind == "clock.pause":
        return PAUSED + act.subject in held
    return bool({f"{act.subject} runs", f"{act.subject} stopped"} & held)


def resumed(pause: str) -> str:
    """Stands among the pauses that ended for one that was resumed, not only cut off by a stop."""
    return f"resumed, {pause}"


def reopened(act: Act, at: str) -> str:
    """The fact that a clock runs because an act let it go on."""
    return f"{act.subject} reopened at {at}"


def begun(act: Act, at: str) -> str:
    """The fact that a clock was started at an act; it lasts, for a clock starts only once."""
    return f"{act.subject} begun at {at}"
