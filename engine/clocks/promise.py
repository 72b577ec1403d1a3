"""The promised instant: where the count ends, the end of service of that date, and what moves it."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import NamedTuple

from engine.clocks import calendar_term
from engine.clocks.consent import Consented, accrued, consented
from engine.clocks.force_majeure import InForce, hitting
from engine.clocks.instants import SECOND, day_of, midnight, whole_second
from engine.clocks.ledger import APPLICANT_CAUSES, FORCE_MAJEURE
from engine.clocks.policy import BREACH, SHIPPED
from engine.clocks.spans import Span, Stretch, covers
from engine.clocks.walk import Begun, Due, Reason, next_accrual, stretches, ticks

RUNGS = SHIPPED.steps


class Roll(NamedTuple):
    """A ROLL_LAST_DAY that moved the promise, and where to (None: no target is known)."""

    declared: InForce
    to: int | None


class Grace(NamedTuple):
    """A stop on the last date that moves the promise because the office reads the law so, and where to."""

    span: Span
    to: int | None


class Promise(NamedTuple):
    """Instants in microseconds; `promised` None has a `reason`.

    `worked_out`: what quota and stops alone give; `consented`: the later date
    the applicant agreed to, where it is later.
    """

    accrual: int | None
    promised: int | None
    reason: Reason | None
    rolls: tuple[Roll, ...]
    graces: tuple[Grace, ...] = ()
    worked_out: int | None = None
    consented: Consented | None = None


def promise(begun: Begun) -> Promise:
    """The promise with everything known.  A final STOP is ignored: the promise stays what it was."""
    due = _due(begun)
    target = due.at if begun.budget.unit == "minutes" else due.day_end
    if due.reason or target is None:
        return Promise(due.at, None, due.reason, ())
    moved = _graced(begun, due, _agreed(begun, due, target))
    return _whole_day(begun, moved if moved.promised is None else _rolled(begun, moved, moved.promised))


def _agreed(begun: Begun, due: Due, target: int) -> Promise:
    """The later of the date that is worked out and the one the applicant agreed to."""
    agreed = consented(begun)
    if agreed is None or (agreed.at is not None and agreed.at <= target):
        return Promise(due.at, target, None, (), worked_out=target)
    return Promise(due.at, agreed.at, agreed.reason, (), worked_out=target, consented=agreed)


def _graced(begun: Begun, due: Due, before: Promise) -> Promise:
    """Stops on the last date that begin when the quota is spent, moved by where the policy says so."""
    promised = before.promised
    graces: list[Grace] = []
    for span in sorted(_gracious(begun), key=lambda span: span.begin):
        if promised is None or due.at is None or not (due.at <= span.begin < promised):
            continue
        if span.end is None:
            return before._replace(promised=None, reason="OPEN_PAUSE", graces=(*graces, Grace(span, None)))
        found = next_accrual(begun, span.end)
        if found.day_end is None:
            return before._replace(promised=None, reason=found.reason, graces=(*graces, Grace(span, None)))
        if found.day_end > promised:
            promised = found.day_end
            graces.append(Grace(span, promised))
    return before._replace(promised=promised, graces=tuple(graces))


def _gracious(begun: Begun) -> list[Span]:
    """The stops that may move a promise though they begin after the quota is spent."""
    causes = ((FORCE_MAJEURE,) if begun.policy.afternoon else ()) + (
        APPLICANT_CAUSES if begun.policy.applicant_grace else ()
    )
    return [stop for stop in begun.stops if stop.cause in causes]


def _whole_day(begun: Begun, found: Promise) -> Promise:
    """The last second of the date instead of the end of service, for working days, where the policy says so."""
    if found.promised is None or begun.budget.unit != "hk" or not begun.policy.whole_day:
        return found
    return found._replace(promised=midnight(day_of(found.promised - 1) + timedelta(days=1)) - SECOND)


def _due(begun: Begun) -> Due:
    if begun.budget.in_service_time:
        return stretches(begun, ticks(begun))[1]
    return calendar_term.due(begun)


def _rolled(begun: Begun, before: Promise, promised: int) -> Promise:
    """Each declaration whose span holds the promise moves it past its end, so each moves it once at most."""
    candidates = hitting(begun.clock, begun.declared, "ROLL_LAST_DAY")
    rolls: list[Roll] = []
    while (declared := _holding(candidates, promised)) is not None:
        if declared.until is None:
            return before._replace(promised=None, reason="OPEN_ROLL", rolls=(*rolls, Roll(declared, None)))
        target = next_accrual(begun, declared.until)
        rolls.append(Roll(declared, target.day_end))
        if target.day_end is None:
            return before._replace(promised=None, reason=target.reason, rolls=tuple(rolls))
        promised = target.day_end
    return before._replace(promised=promised, rolls=tuple(rolls))


def _holding(candidates: list[tuple[InForce, list[Stretch]]], at: int) -> InForce | None:
    """The declaration with the smallest id that hits the case at the instant."""
    return next((d for d, spans in candidates if any(covers(span, at) for span in spans)), None)


def quota(begun: Begun, found: Promise) -> Fraction:
    """What the clock has in all, in its unit: the budget, or with an agreed date all that accrues until then."""
    if begun.budget.unit != "hk" or found.consented is None or found.promised is None:
        return begun.budget.amount
    return max(begun.budget.amount, Fraction(accrued(begun, found.promised), begun.odometer.scale))


def rungs(begun: Begun, found: Promise) -> dict[int, int | None]:
    """When each share is spent, known even where no promise is; 100 is the promise itself."""
    whole = quota(begun, found)
    shares: dict[int, int | None] = {rung: _rung(begun, rung, whole) for rung in begun.policy.rungs}
    return shares | {BREACH: found.promised}


def _rung(begun: Begun, percent: int, whole: Fraction) -> int | None:
    if begun.budget.in_service_time:
        return stretches(begun, ticks(begun, whole, percent))[1].at
    reached = calendar_term.reached(begun, Fraction(percent, 100))
    return None if reached is None else whole_second(reached)
