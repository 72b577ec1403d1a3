"""The walk along the odometer: what is known of a clock, and where its count comes to an amount."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal, NamedTuple

from engine.clocks.force_majeure import InForce, World, suspensions
from engine.clocks.instants import MINUTE, day_of, instant, micros, new_year, year_of
from engine.clocks.ledger import Clock, Fact, Life, life
from engine.clocks.odometer import Odometer, Table
from engine.clocks.policy import Policy
from engine.clocks.spans import Span, Stretch, meet, unite
from engine.clocks.term import Budget, BudgetVersion, in_force

Reason = Literal["NOT_STARTED", "OPEN_PAUSE", "YEAR_NOT_OFFICIAL", "OPEN_ROLL"]


@dataclass(frozen=True)
class Begun:
    """A clock that has started, as known: everything a reading needs, in microseconds.

    `stops`: all that stops the count after the start, with its cause (pauses,
    suspensions, gaps between STOP and REOPEN).  `united`: the same time,
    disjoint and in order.  `barrier`: the first instant of the first year
    without an adopted list.  `open_from`: when the earliest stop without an end begins.
    """

    clock: Clock
    budget: Budget
    version: BudgetVersion | None
    life: Life
    start: Fact
    stops: tuple[Span, ...]
    united: list[Stretch]
    declared: tuple[InForce, ...]
    odometer: Odometer
    table: Table
    barrier: int
    open_from: int | None
    policy: Policy

    @property
    def blocked_by(self) -> Reason:
        """Which of the two ends of knowledge comes first on the time axis."""
        paused_first = self.open_from is not None and self.open_from < self.barrier
        return "OPEN_PAUSE" if paused_first else "YEAR_NOT_OFFICIAL"


def begun(clock: Clock, world: World, at: datetime, known_at: datetime | None, resumed: bool = False) -> Begun | None:
    """The clock as known, or None when no START is known.  Raises ValueError when no budget was in force.

    `resumed`: as if every stop without an end that has begun by `at` ended then.
    """
    lived = life(clock.events, known_at)
    if lived.start is None:
        return None
    policy = world.policy(instant(lived.start.at).date(), lived.start.event.recorded_at)
    budget, version = budget_at(clock, lived.start)
    first = lived.start
    if policy.fresh_quota:
        lived = lived.anew(micros(at))
        first = lived.runs[0][0]
    declared = _concerning(clock, lived, world, known_at)
    stops = _stops(clock, lived, declared)
    if resumed:
        stops = _ended(stops, micros(at))
    odometer = world.calendar_of(clock.calendar).as_known(known_at, policy.by_length)
    start, now = year_of(first.at), year_of(micros(at))
    unofficial = odometer.first_unofficial(start)
    return Begun(
        clock=clock,
        budget=budget,
        version=version,
        life=lived,
        start=first,
        stops=stops,
        united=unite((s.begin, s.end) for s in stops),
        declared=declared,
        odometer=odometer,
        table=odometer.table(start, max(now, unofficial - 1)),
        barrier=max(new_year(unofficial), first.at),
        open_from=min((s.begin for s in stops if s.end is None), default=None),
        policy=policy,
    )


def _concerning(clock: Clock, lived: Life, world: World, known_at: datetime | None) -> tuple[InForce, ...]:
    """The declarations that hold for a clock; a settled one hears nothing new that began after its STOP."""
    declared = world.in_force(known_at) if clock.pausable else ()
    end = lived.runs[-1][1] if clock.settled else None
    if end is None or all(one.since < end.at for one in declared):
        return declared
    then = {one.id for one in world.in_force(end.event.recorded_at)}
    return tuple(one for one in declared if one.since < end.at or one.id in then)


def _stops(clock: Clock, lived: Life, declared: tuple[InForce, ...]) -> tuple[Span, ...]:
    spans = lived.gaps
    if clock.pausable:
        spans = spans + suspensions(clock, declared) + lived.pauses
    begin = lived.start.at if lived.start else 0
    kept = (s for s in spans if s.end is None or s.end > max(begin, s.begin))
    return tuple(s if s.begin >= begin else s._replace(begin=begin) for s in kept)


def _ended(stops: tuple[Span, ...], at: int) -> tuple[Span, ...]:
    return tuple(s._replace(end=at) if s.end is None and s.begin <= at else s for s in stops)


def budget_at(clock: Clock, start: Fact) -> tuple[Budget, BudgetVersion | None]:
    """The budget of a case begun then: by its effective date and by when its START was recorded."""
    if isinstance(clock.budgets, Budget):
        return clock.budgets, None
    version = in_force(clock.budgets, day_of(start.at), start.event.recorded_at)
    if version is None:
        raise ValueError(f"jam {clock.name}: tidak ada jangka waktu yang berlaku pada {instant(start.at):%Y-%m-%d}")
    return version.budget, version


class Due(NamedTuple):
    """Where a count comes to its amount, with the end of service of that date; or why it never does."""

    at: int | None
    day_end: int | None
    reason: Reason | None


def ticks(begun: Begun, whole: Fraction | None = None, percent: int = 100) -> int:
    """A share of the budget (or of `whole`) in the odometer's units, rounded up: a reading is always whole."""
    per_unit = begun.odometer.scale if begun.budget.unit == "hk" else MINUTE
    amount = begun.budget.amount if whole is None else whole
    return -(-amount.numerator * percent * per_unit // (amount.denominator * 100))


def stretches(begun: Begun, amount: int) -> tuple[list[tuple[int, int]], Due]:
    """The counted stretches `(begin, end)` from the start until `amount` is reached, and where that is.

    Each stop, in order, pushes the due reading by its own width.  A stop that
    begins when the amount is spent already pushes nothing.
    """
    axis = 0 if begun.budget.unit == "hk" else 1
    counted, cursor, due = _past_stops(begun, axis, amount)
    if cursor is None:
        return counted, Due(None, None, begun.blocked_by)
    found = begun.table.first(due, axis == 0) if due <= begun.table.reading(begun.barrier)[axis] else None
    if found is None:
        return [*counted, (cursor, max(cursor, begun.barrier))], Due(None, None, begun.blocked_by)
    return [*counted, (cursor, found[0])], Due(found[0], found[1], None)


def _past_stops(begun: Begun, axis: int, amount: int) -> tuple[list[tuple[int, int]], int | None, int]:
    """The stretches before the last stop that matters, where counting goes on (None: never), and the due reading."""
    reading, barrier, cursor = begun.table.reading, begun.barrier, begun.start.at
    due = reading(cursor)[axis] + amount
    counted: list[tuple[int, int]] = []
    for begin, end in begun.united:
        before = reading(begin)[axis]
        if before >= due:
            break
        counted.append((cursor, max(cursor, min(begin, barrier))))
        if end is None or begin >= barrier:
            return counted, None, due
        due, cursor = due + reading(min(end, barrier))[axis] - before, end
    return counted, cursor, due


def next_accrual(begun: Begun, at: int) -> Due:
    """The first instant at or after `at` at which the case accrues, with the end of service of its date."""
    while True:
        found = begun.table.next_open(at)
        if found is None or found[0] >= begun.barrier:
            return Due(None, None, begun.blocked_by)
        stop = next((s for s in begun.united if s[0] <= found[0] and (s[1] is None or found[0] < s[1])), None)
        if stop is None:
            return Due(found[0], found[1], None)
        if stop[1] is None:
            return Due(None, None, begun.blocked_by)
        at = stop[1]


def net(begun: Begun, until: int) -> int:
    """Wall time from the start outside every stop, in microseconds."""
    stopped = meet(begun.united, (begun.start.at, until))
    return until - begun.start.at - sum((end or until) - begin for begin, end in stopped)
