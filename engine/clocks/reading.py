"""The reading of a clock at an instant, recomputed from the facts every time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal

from engine.clocks import calendar_term
from engine.clocks.attribution import Attribution, Split, SplitHk, attribution
from engine.clocks.force_majeure import World
from engine.clocks.instants import day_of, instant, micros
from engine.clocks.ledger import CAUSES, Clock, Fact
from engine.clocks.policy import Policy
from engine.clocks.promise import promise, quota, rungs
from engine.clocks.spans import covers
from engine.clocks.term import Budget, in_force
from engine.clocks.walk import Begun, Reason, begun

State = Literal["NOT_STARTED", "RUNNING", "PAUSED", "STOPPED"]


@dataclass(frozen=True)
class Reading:
    """What a clock shows.

    `elapsed`, `remaining` and `budget` are in the budget's unit, `elapsed_hk`
    in working days; all amounts are exact Fractions, all instants aware WIB.
    `promised_at` None has its reason in `no_promise_because`.  `late` is a flag
    of its own: a paused or stopped clock can be late.  `rungs`: when 50, 75, 90
    and 100 per cent are reached.  `quota`: the budget, or what accrues until a
    later date that the applicant agreed to; then `extended_from` is the promise
    without that agreement, else None.  `missing_year`: with YEAR_NOT_OFFICIAL
    the year whose holidays are not adopted.
    """

    at: datetime
    known_at: datetime | None
    state: State
    accruing: bool
    paused_by: tuple[str, ...]
    budget: Budget
    elapsed: Fraction
    elapsed_hk: Fraction
    elapsed_minutes: Fraction
    remaining: Fraction
    share_used: Fraction
    started_at: datetime | None
    stopped_at: datetime | None
    accrual_at: datetime | None
    promised_at: datetime | None
    no_promise_because: Reason | None
    rolled_by: tuple[str, ...]
    late: bool
    rungs: Mapping[int, datetime | None]
    split: Split
    split_hk: SplitHk

    paused_minutes_by_cause: Mapping[str, Fraction]
    quota: Fraction
    extended_from: datetime | None
    policy: Policy
    missing_year: int | None = None

    @property
    def near(self) -> bool:
        """Whether so much is used that the clock is shown as near its end (ruling 8)."""
        return self.share_used >= Fraction(self.policy.near, 100)


def read(clock: Clock, world: World, at: datetime, known_at: datetime | None = None) -> Reading:
    """The reading at `at` with what was known at `known_at` (None: all that is known).

    Events after `at` do not change state and elapsed time; they do count for
    the promise.  Raises ValueError for a naive instant, an instant outside the
    calendar's reach, and a clock begun when no budget was in force.
    """
    known = begun(clock, world, at, known_at)
    if known is None or known.start.at > micros(at):
        return _not_started(clock, world, known, at, known_at)
    return _reading(known, at, known_at)


def promised_if_resumed(clock: Clock, world: World, at: datetime, known_at: datetime | None = None) -> datetime | None:
    """The promise if everything that stands still without a known end went on at `at`; None when there is none even so.

    Not a promise: to be shown beside OPEN_PAUSE only, and labelled as what it is.
    """
    known = begun(clock, world, at, known_at, resumed=True)
    if known is None or known.start.at > micros(at):
        return None
    return _shown(promise(known).promised)


def _not_started(clock: Clock, world: World, known: Begun | None, at: datetime, known_at: datetime | None) -> Reading:
    policy = world.policy(day_of(micros(at)), known_at or at) if known is None else known.policy
    budget = _expected_budget(clock, at, known_at) if known is None else known.budget
    nothing = Attribution()
    return Reading(
        at=at,
        known_at=known_at,
        state="NOT_STARTED",
        accruing=False,
        paused_by=(),
        budget=budget,
        elapsed=Fraction(0),
        elapsed_hk=Fraction(0),
        elapsed_minutes=Fraction(0),
        remaining=budget.amount,
        share_used=Fraction(0),
        started_at=None,
        stopped_at=None,
        accrual_at=None,
        promised_at=None,
        no_promise_because="NOT_STARTED",
        rolled_by=(),
        late=False,
        rungs=dict.fromkeys(policy.steps),
        split=nothing.split,
        split_hk=nothing.split_hk,
        paused_minutes_by_cause={},
        quota=budget.amount,
        extended_from=None,
        policy=policy,
    )


def _expected_budget(clock: Clock, at: datetime, known_at: datetime | None) -> Budget:
    """The budget a case begun now would have; before any is in force, the first to come."""
    if isinstance(clock.budgets, Budget):
        return clock.budgets
    version = in_force(clock.budgets, day_of(micros(at)), known_at or at)
    return (version or min(clock.budgets, key=lambda v: (v.valid_from, v.recorded_at))).budget


def _reading(known: Begun, at: datetime, known_at: datetime | None) -> Reading:
    now = micros(at)
    stop = _stop(known, now)
    end = now if stop is None else stop.at
    whose, promised = attribution(known, end), promise(known)
    paused_by = () if stop else _paused_by(known, now)
    elapsed, whole = _elapsed(known, whose, end), quota(known, promised)
    return Reading(
        at=at,
        known_at=known_at,
        state="STOPPED" if stop else "PAUSED" if paused_by else "RUNNING",
        accruing=not stop and not paused_by and (known.table.is_open(now) or not known.budget.in_service_time),
        paused_by=paused_by,
        budget=known.budget,
        elapsed=elapsed,
        elapsed_hk=whose.split_hk.office,
        elapsed_minutes=whose.split.office,
        remaining=max(whole - elapsed, Fraction(0)),
        share_used=elapsed / whole,
        started_at=instant(known.start.at),
        stopped_at=instant(stop.at) if stop else None,
        accrual_at=_shown(promised.accrual),
        promised_at=_shown(promised.promised),
        no_promise_because=promised.reason,
        rolled_by=tuple(roll.declared.id for roll in promised.rolls),
        late=promised.promised is not None and end > promised.promised,
        rungs={rung: _shown(when) for rung, when in rungs(known, promised).items()},
        split=whose.split,
        split_hk=whose.split_hk,
        paused_minutes_by_cause=dict(whose.by_cause),
        quota=whole,
        extended_from=None if promised.consented is None else _shown(promised.worked_out),
        policy=known.policy,
        missing_year=instant(known.barrier).year if promised.reason == "YEAR_NOT_OFFICIAL" else None,
    )


def _shown(at: int | None) -> datetime | None:
    return None if at is None else instant(at)


def _stop(known: Begun, now: int) -> Fact | None:
    """The STOP in force at an instant: that of the last run begun by then, if it has happened."""
    last = [run for run in known.life.runs if run[0].at <= now][-1]
    return last[1] if last[1] is not None and last[1].at <= now else None


def _paused_by(known: Begun, now: int) -> tuple[str, ...]:
    standing = {stop.cause for stop in known.stops if covers((stop.begin, stop.end), now)}
    return tuple(cause for cause in CAUSES if cause in standing)


def _elapsed(known: Begun, whose: Attribution, end: int) -> Fraction:
    if known.budget.unit == "hk":
        return whose.split_hk.office
    if known.budget.unit == "minutes":
        return whose.split.office
    return known.budget.amount * calendar_term.share_at(known, end)
