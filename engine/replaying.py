"""Past files carried once more by another release: their people decide as they did, when they did.

Played on the file's own release as well, for what a play cannot know (a hold, a step set back) falls out of the
comparison that way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from engine import playing
from engine.case import read_clock
from engine.clocks import World
from engine.deployment import Deployment
from engine.errors import EngineError, said_by
from engine.playing import Move, Played, Start

MOST_LAPSES = 50  # between two decisions
SERVICE = "L"


@dataclass(frozen=True)
class Past:
    """A file that was served: how it began, and what people decided, in the order of time, each with its instant."""

    start: Start
    decisions: tuple[Move, ...]
    until: datetime


@dataclass(frozen=True)
class Departure:
    """Where a release does not let people decide as they did: the step, when, and why not."""

    element: str
    at: datetime | None
    why: str


@dataclass(frozen=True)
class Replayed:
    """`played` None: the file cannot even be opened; `net`: working days of the service clock, None without one;
    `lacking`: its process is not there, or not free of errors, so that nothing is known of how it would go."""

    played: Played | None
    departures: tuple[Departure, ...]
    net: Fraction | None = None
    lacking: bool = False

    @property
    def passed(self) -> frozenset[str]:
        return self.played.passed if self.played else frozenset()

    @property
    def state(self) -> str:
        return self.played.case.state if self.played else ""


@dataclass(frozen=True)
class Difference:
    """A past file on two releases: elements that only one of them passes, the state each ends in, the service time."""

    before: Replayed
    after: Replayed
    lost: tuple[str, ...]
    gained: tuple[str, ...]

    @property
    def lacking(self) -> bool:
        """Whether the other release cannot say how the file would go: neither the same nor different."""
        return self.after.lacking

    @property
    def same(self) -> bool:
        """Whether everything goes as it went."""
        ended = (self.before.state, self.before.net) == (self.after.state, self.after.net)
        return ended and not (self.lost or self.gained or self.new_departures)

    @property
    def new_departures(self) -> tuple[Departure, ...]:
        """Those that its own release does not have."""
        return tuple(one for one in self.after.departures if one not in self.before.departures)


def replay(release: Deployment, past: Past, world: World) -> Replayed:
    """The decisions of a past file on a release; what is due in between happens by itself."""
    departures: list[Departure] = []
    try:
        played = playing.begin(release, past.start)
    except EngineError as fault:
        told = (Departure("", past.start.at, said_by(fault)),)
        return Replayed(None, told, lacking=not playing.serves(release, past.start))
    for move in past.decisions:
        played = _until(played, move.at or played.now, world)
        try:
            played = playing.step(played, replace(move, at=max(move.at or played.now, played.now)), world)
        except EngineError as fault:
            departures.append(Departure(move.element, move.at, said_by(fault)))
    played = _until(played, past.until, world)
    return Replayed(played, tuple(departures), _net(played, world))


def _until(played: Played, at: datetime, world: World) -> Played:
    """What happens by itself before an instant."""
    for _ in range(MOST_LAPSES):
        due = played.due(world)
        if due is None or due > at or played.case.closed:
            break
        try:
            played = playing.step(played, Move("lapse"), world)
        except EngineError:
            break
    return played


def _net(played: Played, world: World) -> Fraction | None:
    clock = played.case.clock(SERVICE)
    return read_clock(played.case, clock, world, played.now).elapsed_hk if clock else None


def compare(own: Deployment, other: Deployment, past: Past, world: World) -> Difference:
    """A past file on its own release and on another one; steps are compared only where both can play it."""
    before, after = replay(own, past, world), replay(other, past, world)
    if after.lacking:
        return Difference(before, after, (), ())
    known = own.definition.elements.keys() | other.definition.elements.keys()
    lost, gained = (before.passed - after.passed) & known, (after.passed - before.passed) & known
    return Difference(before, after, tuple(sorted(lost)), tuple(sorted(gained)))
