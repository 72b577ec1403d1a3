"""What the set-based count is made against, laid out as temporary tables of the transaction.

`days`: each date of a calendar revision with its service windows and both readings at its beginning, whole numbers by
the revision's own scale (ruling 2), so that an instant is read by joining its date; open dates are numbered, for each
weighs one working day.  `odometer`: the windows by themselves, for looking up minutes and openings.  `barriers`: where
the official years end, by the year a clock began.  `budgets`: each budget's amounts in the same whole numbers.
`declared`: the declarations in force.  Instants are microseconds as in `engine.clocks.instants`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.store import scratch
from engine.catalogue import channels
from engine.clocks import RUNGS, Budget, World
from engine.clocks.force_majeure import Declaration, InForce, standing
from engine.clocks.instants import DAY, MINUTE, micros, new_year, year_of
from engine.clocks.odometer import Odometer, Table
from engine.deployment import Deployment

DeploymentOf: TypeAlias = Callable[[UUID], Deployment]

_RELEASES = text("select distinct deployment_id from chosen")
ROOM = 2**62  # a reading and an amount together stay below what eight bytes hold
AT_ONCE = 1000


@dataclass(frozen=True)
class Measure:
    """How ticks are counted and dates found.

    `tick`: eight bytes while they hold every reading and amount, else numeric.  `scale`: ticks of a working day.
    `since`, `until`: the first and last midnight of `days`; before and after them nothing changes.  `windows`: the
    most that a date has.
    """

    tick: str
    scale: int
    since: int
    until: int
    windows: int

    def ceiling(self, amount: str, rate: str) -> str:
        """SQL: an amount by a rate, rounded up to whole microseconds."""
        quotient = (
            f"({amount} + {rate} - 1) / {rate}" if self.tick == "bigint" else f"div({amount} + {rate} - 1, {rate})"
        )
        return f"({quotient})::bigint"


def budget_of(text: str) -> Budget | None:
    """A budget that is counted in service time; None for terms on the wall calendar."""
    found = Budget.parse(text)
    return found if found.in_service_time else None


def ticks(budget: Budget, odometer: Odometer) -> list[int]:
    """50, 75, 90 and 100 per cent in the units of the odometer, rounded up as a reading's are (`walk.ticks`)."""
    per_unit = odometer.scale if budget.unit == "hk" else MINUTE
    amount = budget.amount
    return [-(-amount.numerator * rung * per_unit // (amount.denominator * 100)) for rung in RUNGS]


def lay_out(session: Session, world: World, first: datetime, budgets: Iterable[str], unit: str = "") -> Measure:
    """Make the tables for clocks begun at `first` or later with these budgets (texts of service time).

    `unit`: in whose hours they are counted, "" for the office's.
    """
    odometer = world.calendar_of(unit).as_known()
    years = range(year_of(micros(first)), max([year_of(micros(first)), *odometer.years]) + 2)
    table = odometer.table(years[0], years[-1])
    amounts = {text: (budget, ticks(budget, odometer)) for text in budgets if (budget := budget_of(text))}
    dates = _dates(table)
    measure = Measure(
        tick="bigint" if _fits(table, [most for _, (*_, most) in amounts.values()]) else "numeric",
        scale=odometer.scale,
        since=new_year(years[0]),
        until=new_year(years[-1] + 1),
        windows=max((len(numbers) for numbers in dates.values()), default=1),
    )
    _odometer(session, table, measure)
    _days(session, table, dates, measure)
    _barriers(session, odometer, table, years, measure)
    scratch.lay(
        session,
        f"budgets (budget text, in_hk boolean, a50 {measure.tick}, a75 {measure.tick}, a90 {measure.tick}, "
        f"a100 {measure.tick})",
        [(text, budget.unit == "hk", *parts) for text, (budget, parts) in amounts.items()],
    )
    _declared(session, world)
    return measure


def _fits(table: Table, amounts: Sequence[int]) -> bool:
    """Whether eight bytes hold the last reading of either axis, the largest amount and a day more."""
    last = table.reading(table.closes[-1]) if table.closes else (0, 0)
    return max(last) + max(amounts, default=0) + max(table.rate, default=0) * 10**12 < ROOM


def _odometer(session: Session, table: Table, measure: Measure) -> None:
    columns = (table.opens, table.closes, table.hk, table.work, table.rate, table.day_ends)
    scratch.lay(
        session,
        f"odometer (opens bigint, closes bigint, hk {measure.tick}, work {measure.tick}, rate {measure.tick}, "
        "day_ends bigint)",
        list(zip(*columns, strict=True)),
        indexed=("closes", "work"),
    )


def _dates(table: Table) -> dict[int, list[int]]:
    """The windows of each open date, by their places in the table."""
    found: dict[int, list[int]] = {}
    for number, opens in enumerate(table.opens):
        found.setdefault(opens // DAY, []).append(number)
    return found


def _days(session: Session, table: Table, dates: dict[int, list[int]], measure: Measure) -> None:
    """Every date from the first to the day after the last, closed ones with what was read when they began."""
    rows, hk, work, number = [], 0, 0, 0
    for day in range(measure.since // DAY, measure.until // DAY + 1):
        places = dates.get(day, [])
        windows = [(table.opens[p] - day * DAY, table.closes[p] - day * DAY) for p in places]
        rate = table.rate[places[0]] if places else 0
        flat = [edge for window in [*windows, *[(0, 0)] * (measure.windows - len(windows))] for edge in window]
        rows.append(
            (day, number if places else None, hk, work, rate, table.day_ends[places[0]] if places else None, *flat)
        )
        served = sum(closes - opens for opens, closes in windows)
        hk, work, number = hk + served * rate, work + served, number + bool(places)
    edges = ", ".join(f"o{n} bigint, c{n} bigint" for n in range(measure.windows))
    columns = f"day bigint, n bigint, hk {measure.tick}, work {measure.tick}, rate {measure.tick}, day_ends bigint"
    scratch.lay(session, f"days ({columns}, {edges})", rows)


def _barriers(session: Session, odometer: Odometer, table: Table, years: range, measure: Measure) -> None:
    """By the year in which a clock began: the first instant without an adopted list, and the readings there."""
    ends = [(year, new_year(odometer.first_unofficial(year))) for year in years]
    scratch.lay(
        session,
        f"barriers (year int, barrier bigint, hk {measure.tick}, work {measure.tick})",
        [(year, end, *table.reading(end)) for year, end in ends],
    )


def _declared(session: Session, world: World) -> None:
    versions = {one.id: one for one in world.declarations}
    rows = [_declaration(number, one, versions[one.id]) for number, one in enumerate(world.in_force(None))]
    scratch.lay(
        session,
        "declared (n int, effect text, since bigint, until bigint, permits text[], areas text[], by_tasks boolean, "
        "units text[], systems text[], steps text[], known int8multirange)",
        rows,
    )


def _declaration(number: int, one: InForce, whole: Declaration) -> tuple[Any, ...]:
    scope = one.scope
    chosen = [None if values is None else sorted(values) for values in (scope.permit_types, scope.areas)]
    tasks = [None if values is None else sorted(values) for values in (scope.units, scope.systems, scope.steps)]
    known = "{" + ",".join(f"[{a},{'' if b is None else b})" for a, b in standing(whole)) + "}"
    return (number, one.effect, one.since, one.until, *chosen, scope.looks_at_tasks(), *tasks, known)


def lay_out_needs(session: Session, deployment_of: DeploymentOf) -> None:
    """Make `needs`: by release of the chosen clocks the channel of each role's tasks, where there is any."""
    releases = {id: deployment_of(id).catalogue for id in session.scalars(_RELEASES)}
    asked = ((id, role, channels.of_role(law, role)) for id, law in releases.items() for role in law.roles)
    rows = [(str(id), role, channel) for id, role, channel in asked if channel]
    scratch.lay(session, "needs (deployment_id uuid, role text, channel text)", rows)
