"""Warnings at 50, 75, 90 and 100 per cent: each fires once per clock, ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.clocks.force_majeure import World
from engine.clocks.ledger import Clock
from engine.clocks.reading import Reading, read


@dataclass(frozen=True)
class Firing:
    """FIRED: the rung was crossed for the first time; NO_LONGER: a later fact undid it (an annotation, once).

    Of several rungs fired together only the highest has `notify`.
    """

    at: datetime
    rung: int
    what: Literal["FIRED", "NO_LONGER"]
    notify: bool


def sweep(clock: Clock, world: World, at: datetime, fired: Mapping[int, datetime | None]) -> tuple[Firing, ...]:
    """What a sweep at `at` adds, with what is known at `at`.

    `fired`: the rungs on record, each with the instant of its annotation (None
    while it has none).  FIRED in ascending order, then NO_LONGER ascending.
    """
    reading = read(clock, world, at, at)
    crossed = {rung for rung in reading.rungs if _crossed(reading, rung)}
    new = sorted(crossed - set(fired))
    undone = sorted(rung for rung, annotated in fired.items() if annotated is None and rung not in crossed)
    firings = [Firing(at, rung, "FIRED", rung == new[-1]) for rung in new]
    return (*firings, *(Firing(at, rung, "NO_LONGER", False) for rung in undone))


def again(clock: Clock, world: World, at: datetime, fired: Mapping[int, datetime | None]) -> tuple[int, ...]:
    """Rungs that a later fact had undone and that are crossed after all: their annotation holds no longer."""
    annotated = sorted(rung for rung, when in fired.items() if when is not None)
    reading = read(clock, world, at, at) if annotated else None
    return tuple(rung for rung in annotated if reading is not None and _crossed(reading, rung))


def _crossed(reading: Reading, rung: int) -> bool:
    """Below 100 at the instant itself; 100, a breach, strictly after the promise."""
    when, end = reading.rungs.get(rung), reading.stopped_at or reading.at
    if when is None:
        return False
    return when < end if rung == 100 else when <= end
