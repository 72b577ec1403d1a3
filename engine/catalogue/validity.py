"""Until when a permit is good: the length its type gives it, never beyond what the application rests on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.catalogue.values import Permit
from engine.clocks import Budget
from engine.clocks.calendar_term import after


def valid_until(permit: Permit, start: date, applied: Mapping[str, Any]) -> date | None:
    """The last day of a permit issued on `start`, None when it has no end (IMB: as long as the building stands).

    `applied`: the values of the application, dates as ISO texts.  A permit of
    five years from 8 February 2018 is good through 8 February 2023; whichever
    of its length and the application's own date comes first counts.
    """
    ends = [after(start, Budget.parse(permit.valid_for))] if permit.valid_for else []
    own = day_of(applied.get(permit.valid_until_field))
    return min([*ends, own] if own else ends, default=None)


def day_of(value: Any) -> date | None:
    """An ISO date as a form keeps it, None for anything else."""
    try:
        return date.fromisoformat(str(value or "")[:10])
    except ValueError:
        return None
