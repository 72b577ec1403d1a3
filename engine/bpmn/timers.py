"""Timers that compare with the time of the step, never with the machine's clock.

Supported: an ISO 8601 date and time with offset (`2026-01-31T09:00:00+07:00`)
and an ISO 8601 duration (`P10D`, `PT4H`, `P1M`).  Texts of the diagram are read
as ISO first and as an expression second, since editors write `P3D` unquoted.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

from engine.bpmn import expressions, mentions
from engine.errors import TextFault

DURATION = re.compile(
    r"P(?!$)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?"
    r"(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?"
)

# What is meant as ISO, rightly written or not; everything else is an expression.
_ISO = re.compile(r"[-+]?P[\dT]|R\d*/|\d{4}-\d\d-\d\d")


def is_iso(text: str) -> bool:
    """Whether a timer's text is meant as a moment or a duration, not as an expression."""
    return _ISO.match(text.strip()) is not None


class TimerFault(TextFault):
    """A timer text that is no ISO 8601 duration or moment."""


def read_moment(text: str) -> datetime:
    """An aware moment in UTC of an ISO 8601 text; raise TimerFault without an offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise TimerFault("%(text)s bukan tanggal dan jam ISO 8601", text=text[:40]) from error
    if moment.tzinfo is None:
        raise TimerFault("%(text)s tidak menyebut zona waktu, misalnya +07:00", text=text[:40])
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise TimerFault("%(text)s melampaui kalender", text=text[:40]) from error


def add_duration(start: datetime, text: str) -> datetime:
    """`start` plus an ISO 8601 duration; months keep the day or end on the month's last day.

    The months are counted on the calendar of `start`'s own offset.  Raise
    TimerFault when the text is no duration or leaves the calendar.
    """
    match = DURATION.fullmatch(text)
    if match is None:
        raise TimerFault("%(text)s bukan lama waktu ISO 8601 seperti P10D atau PT4H", text=text[:40])
    years, months, weeks, days, hours, minutes, seconds = (int(one or 0) for one in match.groups())
    try:
        moved = _add_months(start, years * 12 + months)
        return moved + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except (ValueError, OverflowError) as error:
        raise TimerFault("%(text)s melampaui kalender", text=text) from error


def _add_months(start: datetime, months: int) -> datetime:
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    return start.replace(year=year, month=month, day=day)


def looks_iso(text: str) -> bool:
    """Whether a timer text is meant as ISO 8601, rightly written or not."""
    return bool(_ISO.match(text))


def check_text(text: str, duration: bool) -> None:
    """Raise TimerFault or ExpressionFault when a diagram's timer text can never be read."""
    if not looks_iso(text):
        if mentions.names(text):
            return
        text = str(expressions.evaluate(text, {}))
    if duration:
        add_duration(datetime(2026, 1, 31, tzinfo=UTC), text)
    else:
        read_moment(text)


class StepTimer(TimerEventDefinition):  # type: ignore[misc]
    """A timer of a step: due at or after its moment."""

    duration = False

    def __init__(self, element: str, expression: str) -> None:
        super().__init__(element, expression)
        self.element = element

    def has_fired(self, my_task: Any) -> bool:
        return bool(self.due(my_task) <= my_task.workflow.script_engine.at)

    def due(self, my_task: Any) -> datetime:
        """The moment, fixed when the token arrives and kept with the task."""
        key = f"due {self.element}"
        if key not in my_task.internal_data:
            moment = self.reckon(my_task, my_task.workflow.script_engine)
            my_task.internal_data[key] = moment.astimezone(UTC).isoformat()
        return datetime.fromisoformat(my_task.internal_data[key])

    def reckon(self, my_task: Any, engine: Any) -> datetime:
        text = self.expression.strip()
        if not looks_iso(text):
            text = str(engine.evaluate(my_task, text))
        return engine.timer(my_task, text, self.duration)  # type: ignore[no-any-return]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StepTimer) and self.element == other.element

    def __hash__(self) -> int:
        return hash(self.element)


class MomentTimer(StepTimer):
    """`timeDate`."""


class DurationTimer(StepTimer):
    """`timeDuration`, counted from the token's arrival."""

    duration = True
