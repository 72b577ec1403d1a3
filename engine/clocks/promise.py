"""The promised instant: where the count ends, the end of service of that date, and what moves it."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from engine.clocks import calendar_term
from engine.clocks.force_majeure import InForce, hitting
from engine.clocks.instants import whole_second
from engine.clocks.spans import Stretch, covers
from engine.clocks.walk import Begun, Due, Reason, next_accrual, stretches, ticks

RUNGS = (50, 75, 90, 100)


class Roll(NamedTuple):
    """A ROLL_LAST_DAY that moved the promise, and where to (None: no target is known)."""

    declared: InForce
    to: int | None


class Promise(NamedTuple):
    """Instants in microseconds; `promised` None has a `reason`."""

    accrual: int | None
    promised: int | None
    reason: Reason | None
    rolls: tuple[Roll, ...]


def promise(begun: Begun) -> Promise:
    """The promise with everything known.  A final STOP is ignored: the promise stays what it was."""
    due = _due(begun)
    target = due.at if begun.budget.unit == "minutes" else due.day_end
    if due.reason or target is None:
        return Promise(due.at, None, due.reason, ())
    return _rolled(begun, due, target)


def _due(begun: Begun) -> Due:
    if begun.budget.in_service_time:
        return stretches(begun, ticks(begun))[1]
    return calendar_term.due(begun)


def _rolled(begun: Begun, due: Due, promised: int) -> Promise:
    """Each declaration whose span holds the promise moves it past its end, so each moves it once at most."""
    candidates = hitting(begun.clock, begun.declared, "ROLL_LAST_DAY")
    rolls: list[Roll] = []
    while (declared := _holding(candidates, promised)) is not None:
        if declared.until is None:
            return Promise(due.at, None, "OPEN_ROLL", (*rolls, Roll(declared, None)))
        target = next_accrual(begun, declared.until)
        rolls.append(Roll(declared, target.day_end))
        if target.day_end is None:
            return Promise(due.at, None, target.reason, tuple(rolls))
        promised = target.day_end
    return Promise(due.at, promised, None, tuple(rolls))


def _holding(candidates: list[tuple[InForce, list[Stretch]]], at: int) -> InForce | None:
    """The declaration with the smallest id that hits the case at the instant."""
    return next((d for d, spans in candidates if any(covers(span, at) for span in spans)), None)


def rungs(begun: Begun, promised: int | None) -> dict[int, int | None]:
    """When 50, 75 and 90 % are spent, known even where no promise is; 100 is the promise itself."""
    found: dict[int, int | None] = {rung: _rung(begun, rung) for rung in RUNGS[:-1]}
    return found | {100: promised}


def _rung(begun: Begun, percent: int) -> int | None:
    if begun.budget.in_service_time:
        return stretches(begun, ticks(begun, percent))[1].at
    reached = calendar_term.reached(begun, Fraction(percent, 100))
    return None if reached is None else whole_second(reached)
