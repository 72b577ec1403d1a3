"""How long each step of a file was open, in service time of the office, and whose step it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from app.store.task_lists import TaskRow
from engine.clocks import Odometer


@dataclass(frozen=True)
class StepTime:
    """`minutes`: service minutes the step stood open, all its `times` together; `open`: it still does."""

    element: str
    name: str
    role: str
    unit: str
    times: int
    minutes: int
    open: bool


def step_times(tasks: Iterable[TaskRow], odometer: Odometer, at: datetime) -> tuple[StepTime, ...]:
    """In the order in which the steps were first open; one line for each agency of a step."""
    gathered: dict[tuple[str, str], list[TaskRow]] = {}
    for one in sorted(tasks, key=lambda row: row.opened_at):
        gathered.setdefault((one.element, one.unit), []).append(one)
    return tuple(_summed(rows, odometer, at) for rows in gathered.values())


def _summed(rows: list[TaskRow], odometer: Odometer, at: datetime) -> StepTime:
    last = rows[-1]
    minutes = sum((odometer.minutes_between(one.opened_at, one.closed_at or at) for one in rows), Fraction(0))
    still = any(one.status == "open" for one in rows)
    return StepTime(last.element, last.name, last.role, last.unit, len(rows), int(minutes), still)
