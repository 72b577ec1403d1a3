"""Terms in calendar days or months: deadlines of applicants, counted on the wall calendar.

The day of receipt does not count.  What stops the clock prolongs the term by
whole days, rounded up.  A last day that is closed moves to the next service
day where the term says so.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from engine.clocks.instants import DAY, day_of, midnight
from engine.clocks.spans import meet
from engine.clocks.term import Budget
from engine.clocks.walk import Begun, Due, net


class LastDay(NamedTuple):
    """The nominal last day, the days added for what stopped the clock, and where the term then ends.

    `end` is the midnight that ends the prolonged last day, before it moves forward to a service day.
    """

    nominal: date
    prolonged: int
    end: int


def last_day(begun: Begun) -> LastDay | None:
    """The last day with its prolongation; None when a stop without an end begins before it is over."""
    nominal = after(day_of(begun.start.at), begun.budget)
    prolonged = 0
    while True:
        end = midnight(nominal + timedelta(days=prolonged + 1))
        if begun.open_from is not None and begun.open_from < end:
            return None
        stopped = sum((e or end) - b for b, e in meet(begun.united, (begun.start.at, end)))
        if ceil(Fraction(stopped, DAY)) <= prolonged:
            return LastDay(nominal, prolonged, end)
        prolonged = ceil(Fraction(stopped, DAY))


def after(day: date, budget: Budget) -> date:
    """The date so many days or months after a date; a day the month lacks becomes its last."""
    if budget.unit == "days":
        return day + timedelta(days=int(budget.amount))
    months = day.year * 12 + day.month - 1 + int(budget.amount)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due(begun: Begun) -> Due:
    """When the term is over (midnight), and the closing time of the day to which that belongs."""
    last = last_day(begun)
    if last is None or last.end > begun.barrier:
        return Due(None, None, "OPEN_PAUSE" if last is None else "YEAR_NOT_OFFICIAL")
    opening = begun.table.next_open(last.end - DAY)
    on_the_day = opening is not None and opening[0] < last.end
    if not begun.budget.rolls_forward and not on_the_day:
        return Due(last.end, last.end, None)
    if opening is None or opening[0] >= begun.barrier:
        return Due(last.end, None, "YEAR_NOT_OFFICIAL")
    return Due(last.end, opening[1], None)


def share_at(begun: Begun, at: int) -> Fraction:
    """The share of the term that is over at an instant: time outside stops, of all such time in the term.

    While no end is known the nominal term is the measure.
    """
    last = last_day(begun)
    nominal = midnight(after(day_of(begun.start.at), begun.budget) + timedelta(days=1)) - begun.start.at
    return Fraction(net(begun, at), nominal if last is None else net(begun, last.end))


def reached(begun: Begun, share: Fraction) -> int | None:
    """The first instant at which a share of the term is over; None while no end is known."""
    last = last_day(begun)
    if last is None:
        return None
    wanted, cursor = ceil(net(begun, last.end) * share), begun.start.at
    for begin, end in begun.united:
        if begin - cursor >= wanted or end is None:
            break
        wanted, cursor = wanted - (begin - cursor), end
    return cursor + wanted
