"""Which promises will be broken by present speed: a simulation from the office's own finished files.

Pure and repeatable: the same history, file and day draw the same courses.  A course is what a finished file of the
same permit went through from the step on at which this one stands; how long each step takes is drawn from what that
step took before.  All spans are whole seconds of service time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

ROUNDS = 60  # courses drawn for one file
LEAST = 8  # finished files through a step before anything is said of it
EVEN = Fraction(1, 2)


@dataclass(frozen=True)
class Trail:
    """A finished file: its officials' steps in the order in which they were done, each with the service time since
    the one before (or since the clock began)."""

    permit: str
    steps: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Place:
    """An open step of a file and how long it has stood there."""

    step: str
    waited: int


@dataclass
class History:
    """Trails of finished files by what is asked of them, and `lying`: open steps with how long they have lasted so far.

    Steps that lie are part of how long a step takes: without them an office that lets the hard files lie would look
    quick.  Of them only the least is known; a course that draws one draws on among what took longer.
    """

    trails: Sequence[Trail]
    lying: Sequence[Place] = ()
    ways: dict[tuple[str, str], list[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(list))
    done: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    spans: dict[str, list[tuple[int, bool]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for trail in self.trails:
            names = [name for name, _span in trail.steps]
            for place, (name, span) in enumerate(trail.steps):
                self.done[name].append(span)
                self.spans[name].append((span, False))
                for permit in (trail.permit, ""):
                    self.ways[(permit, name)].append(tuple(names[place + 1 :]))
        for one in self.lying:
            self.spans[one.step].append((one.waited, True))
        for spans in self.spans.values():
            spans.sort()

    def onward(self, permit: str, step: str) -> list[tuple[str, ...]]:
        """The steps that followed on `step`: in files of that permit where there are enough, else in all."""
        own = self.ways.get((permit, step), [])
        return own if len(own) >= LEAST else self.ways.get(("", step), [])


@dataclass(frozen=True)
class Outlook:
    """Service seconds until the file is through, course by course, sorted."""

    runs: tuple[int, ...]

    def chance(self, left: int) -> Fraction:
        """The share of courses that take longer than what is left to the promise."""
        return Fraction(len(self.runs) - bisect_right(self.runs, left), len(self.runs))

    def at_most(self, share: Fraction) -> int:
        """The least span that this share of the courses does not exceed."""
        return self.runs[max(0, -(-share.numerator * len(self.runs) // share.denominator) - 1)]


def outlook(permit: str, places: Sequence[Place], history: History, seed: str, rounds: int = ROUNDS) -> Outlook | None:
    """None where the file stands at no step, or too few finished files went through one of its steps."""
    if not places or any(len(history.onward(permit, one.step)) < LEAST for one in places):
        return None
    rng = Random(seed)
    return Outlook(tuple(sorted(max(_course(permit, one, history, rng) for one in places) for _ in range(rounds))))


def _course(permit: str, place: Place, history: History, rng: Random) -> int:
    total = _span(history, place.step, place.waited, rng) - place.waited
    for step in rng.choice(history.onward(permit, place.step)):
        total += _span(history, step, -1, rng)
    return total


def _span(history: History, step: str, beyond: int, rng: Random) -> int:
    """How long a step takes that lasts longer than `beyond`; where nothing ever did, once more what it took."""
    spans = history.spans[step]
    while (longer := bisect_right(spans, (beyond, True))) < len(spans):
        beyond, still = spans[rng.randrange(longer, len(spans))]
        if not still:
            return beyond
    return beyond + rng.choice(history.done[step])


@dataclass(frozen=True)
class Hits:
    """What was foretold on past days, as known then, against what came: counts of files and days."""

    late_foretold: int = 0
    late_missed: int = 0
    timely_foretold: int = 0
    false_alarms: int = 0

    @property
    def all(self) -> int:
        return self.late_foretold + self.late_missed + self.timely_foretold + self.false_alarms

    @property
    def right(self) -> int:
        return self.late_foretold + self.timely_foretold

    @property
    def late(self) -> int:
        return self.late_foretold + self.late_missed

    @property
    def alarms(self) -> int:
        return self.late_foretold + self.false_alarms


def hits(pairs: Iterable[tuple[bool, bool]]) -> Hits:
    """`pairs`: whether lateness was foretold, and whether it came."""
    counted = dict.fromkeys(((True, True), (False, True), (False, False), (True, False)), 0)
    for pair in pairs:
        counted[pair] += 1
    return Hits(*counted.values())
