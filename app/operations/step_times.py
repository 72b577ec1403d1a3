"""How long each step of a file was open, in service time of the office, and whose step it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from app.operations.case_diagram import around
from app.operations.known_money import PAYING
from app.operations.whose_time import OFFICE
from app.store.task_lists import TaskRow
from engine.access import APPLICANT
from engine.bpmn import Element
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


@dataclass(frozen=True)
class Spent:
    """`minutes`: service minutes in which work stood open at an element of a diagram, `whose`: in whose hands."""

    minutes: int
    whose: tuple[str, ...]


def spent(tasks: Iterable[TaskRow], scope: Mapping[str, Element], odometer: Odometer, at: datetime) -> dict[str, Spent]:
    """By element, also of the calls and sub-processes around a step; what was open twice at once is counted once."""
    gathered: dict[str, list[TaskRow]] = {}
    for one in sorted(tasks, key=lambda row: row.opened_at):
        for element in around(scope, {one.element}):
            gathered.setdefault(element, []).append(one)
    return {element: _spent(rows, odometer, at) for element, rows in gathered.items()}


def _spent(rows: list[TaskRow], odometer: Odometer, at: datetime) -> Spent:
    minutes, reached = Fraction(0), rows[0].opened_at
    for one in rows:
        since, until = max(one.opened_at, reached), one.closed_at or at
        if until > since:
            minutes += odometer.minutes_between(since, until)
        reached = max(reached, until)
    return Spent(int(minutes), tuple(dict.fromkeys(map(_whose, rows))))


def _whose(one: TaskRow) -> str:
    """In the words of `whose_time`: pemohon, pembayaran, tim_teknis or kantor."""
    if one.role == APPLICANT:
        return "pembayaran" if one.element == PAYING else "pemohon"
    return "tim_teknis" if one.unit else OFFICE


def _summed(rows: list[TaskRow], odometer: Odometer, at: datetime) -> StepTime:
    last = rows[-1]
    minutes = sum((odometer.minutes_between(one.opened_at, one.closed_at or at) for one in rows), Fraction(0))
    still = any(one.status == "open" for one in rows)
    return StepTime(last.element, last.name, last.role, last.unit, len(rows), int(minutes), still)
