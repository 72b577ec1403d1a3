"""The service time between two entries of a history, and whose time it was.

While the service clock runs its own readings tell it, exactly; before its start
and after its end it is theirs who had work open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cache
from typing import Any

from app.operations.case_page import CasePage
from app.operations.known_money import PAYING
from app.operations.whose_time import OFFICE, whose_time
from app.store.task_lists import TaskRow
from engine.access import APPLICANT
from engine.case import read_clock

CLOSED = "tutup"
Parts = tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True)
class Interval:
    """Whole service minutes since the entry before; `whose`: kantor, tim_teknis, pemohon, pembayaran, kahar."""

    minutes: int
    whose: tuple[str, ...]


def intervals(page: CasePage, rows: Sequence[Any]) -> dict[int, Interval]:
    """By number of the event, of events newest first; none where no service minute passed since the one before."""
    read = cache(lambda at: _read(page, at))
    found = {}
    for row, since, until in _stretches(rows):
        parts = [(name, minutes) for name, minutes in _between(page, read, since, until) if minutes > 0]
        minutes = int(sum((minutes for _, minutes in parts), Fraction(0)))
        if minutes:
            found[row.seq] = Interval(minutes, tuple(name for name, _ in parts))
    return found


def _stretches(rows: Sequence[Any]) -> Iterator[tuple[Any, datetime, datetime]]:
    """Each event with the stretch of time before it, none twice.

    What was recorded later than it happened lies in a stretch that was told already; what is
    recorded before it happens (the end of a hold) is told as of then.
    """
    reached: datetime | None = None
    for row in reversed(rows):
        at = min(row.at, row.recorded_at)
        if reached is not None and at > reached:
            yield row, reached, at
        reached = max(reached or at, at)


def _between(page: CasePage, read: Any, since: datetime, until: datetime) -> Parts:
    before, after = read(since), read(until)
    if before is None or after is None:
        odometer = page.world.calendar.as_known(until)
        return ((_at_work(page.tasks, since), odometer.minutes_between(since, until)),)
    gone = dict(before)
    return tuple((name, minutes - gone[name]) for name, minutes in after if name != CLOSED)


def _read(page: CasePage, at: datetime) -> Parts | None:
    """Whose time the service clock had counted by then; None while it does not run."""
    clock = page.held.case.clock("L")
    if clock is None:
        return None
    reading = read_clock(page.held.case, clock, page.world, at, page.known_at)
    ended = reading.stopped_at is not None and at > reading.stopped_at
    return None if reading.state == "NOT_STARTED" or ended else whose_time(reading)


def _at_work(tasks: Iterable[TaskRow], at: datetime) -> str:
    """Whose work was open then; the office's where nobody's was."""
    there = [one for one in tasks if one.opened_at <= at and (one.closed_at is None or one.closed_at > at)]
    if there and all(one.role == APPLICANT for one in there):
        return "pembayaran" if any(one.element == PAYING for one in there) else "pemohon"
    return "tim_teknis" if there and all(one.unit for one in there) else OFFICE
