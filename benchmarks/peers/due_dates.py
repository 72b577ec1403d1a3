"""The peers of the due date: asked once on standard input, answering with seconds for a due date and what they found.

Each does the job nearest to ours that it can express.  `businesstimedelta` knows hours, lunches and holidays, and adds
service hours, not working days; numpy's busday knows dates and holidays only.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from time import perf_counter
from typing import Any

import businesstimedelta as bt
import numpy as np

QUIET = 0.5  # seconds at least for each measurement


def _rules(holidays: list[str]) -> Any:
    closed = dict.fromkeys((dt.date.fromisoformat(one) for one in holidays), "libur")
    days, friday = [0, 1, 2, 3], [4]
    return bt.Rules(
        [
            bt.WorkDayRule(dt.time(7, 30), dt.time(16, 0), days),
            bt.LunchTimeRule(dt.time(12, 0), dt.time(13, 0), days),
            bt.WorkDayRule(dt.time(7, 30), dt.time(16, 30), friday),
            bt.LunchTimeRule(dt.time(11, 30), dt.time(13, 0), friday),
            bt.HolidayRule(closed),
        ]
    )


def _timed(act: Any, items: list[Any]) -> tuple[float, list[Any]]:
    """Seconds for one, and the answers; everything is done again until enough time has passed."""
    found: list[Any] = []
    took, times = 0.0, 0
    while took < QUIET:
        began = perf_counter()
        found = [act(one) for one in items]
        took, times = took + perf_counter() - began, times + len(items)
    return took / times, found


def main() -> None:
    asked = json.load(sys.stdin)
    starts = [dt.datetime.fromisoformat(one).replace(tzinfo=None) for one in asked["starts"]]
    holidays, days = asked["holidays"], asked["days"]
    rules = _rules(holidays)
    budget = bt.BusinessTimeDelta(rules, hours=asked["minutes"] // 60, seconds=asked["minutes"] % 60 * 60)
    hours, due = _timed(lambda start: start + budget, starts)
    calendar = np.busdaycalendar(holidays=holidays)
    dates, last = _timed(
        lambda start: np.busday_offset(start.date(), days, roll="forward", busdaycal=calendar).item(), starts
    )
    many = np.array([one.date() for one in starts] * 100, dtype="datetime64[D]")
    at_once, _ = _timed(lambda batch: np.busday_offset(batch, days, roll="forward", busdaycal=calendar), [many])
    found = {
        "businesstimedelta": {"seconds": hours, "due": [one.replace(tzinfo=None).isoformat() for one in due]},
        "numpy": {"seconds": dates, "due": [one.isoformat() for one in last], "at_once": at_once / len(many)},
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
