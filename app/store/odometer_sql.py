"""The odometer (engine.clocks.odometer) in SQL, over the tables of `counting_inputs`: expressions as text.

Everything is whole numbers; instants are microseconds as in `engine.clocks.instants`.
"""

from __future__ import annotations

from app.store.counting_inputs import Measure
from engine.clocks.instants import DAY

WIB_MICROS = 7 * 3600 * 1_000_000  # `engine.clocks.instants` counts from midnight in Metro


def micros(at: str) -> str:
    """SQL: an instant as whole microseconds; extract() gives an exact numeric."""
    return f"((extract(epoch from {at}) * 1000000)::bigint + {WIB_MICROS})"


def instant(at: str) -> str:
    """SQL: whole microseconds as an instant; exact, for a double holds them to the year 2255."""
    return f"(timestamptz '1970-01-01 00:00:00+07' + {at} * interval '1 microsecond')"


def date_of(at: str, measure: Measure) -> str:
    """SQL: the key in `days` of an instant's date; what lies beyond either end reads as that end."""
    return f"({_within(at, measure)} / {DAY})"


def _within(at: str, measure: Measure) -> str:
    return f"least(greatest({at}, {measure.since}), {measure.until})"


def reading(at: str, date: str, in_hk: str, measure: Measure) -> str:
    """SQL: the odometer at an instant, whose row of `days` is `date`, on one of its axes; flat over closed time."""
    clock = f"({_within(at, measure)} - {date}.day * {DAY})"
    windows = (f"greatest(0, least({clock}, {date}.c{n}) - {date}.o{n})" for n in range(measure.windows))
    worked = f"({' + '.join(windows)})"
    return f"(case when {in_hk} then {date}.hk + {worked} * {date}.rate else {date}.work + {worked} end)"


def number_of(due: str, in_hk: str, measure: Measure) -> str:
    """SQL: the number of the open date on which a reading of working days is reached, null for other axes.

    Each open date weighs one: a reading at its close is of that date, not of the next.
    """
    whole = f"({due} - 1) / {measure.scale}" if measure.tick == "bigint" else f"div({due} - 1, {measure.scale})::bigint"
    return f"(case when {in_hk} then {whole} end)"


def first(due: str, date: str, in_hk: str, measure: Measure) -> str:
    """SQL: the first whole second with a reading, and the end of service of its date, as an array of two.

    `date`: the row of `days` by `number_of`.  Of minutes the row is the last window whose reading is *below*: 16.00
    today rather than 07.30 tomorrow.
    """
    served = _second(measure.ceiling(f"({due} - {date}.hk)", f"{date}.rate"))
    return (
        f"case when {in_hk} then array[{date}.day * {DAY} + {_on_the_day(served, date, measure)}, {date}.day_ends] "
        f"else (select array[o.opens + {_second(f'({due} - o.work)::bigint')}, o.day_ends] "
        f"from odometer o where o.work < {due} order by o.work desc limit 1) end"
    )


def _on_the_day(served: str, date: str, measure: Measure) -> str:
    """SQL: when so much of a date has been served; windows open and close on whole seconds."""
    branches, before = "", "0"
    for n in range(measure.windows):
        width = f"({date}.c{n} - {date}.o{n})"
        branches += f" when {served} <= {before} + {width} then {date}.o{n} + {served} - ({before})"
        before += f" + {width}"
    return f"(case{branches} end)"


def _second(span: str) -> str:
    """SQL: rounded up to whole seconds."""
    return f"(({span} + 999999) / 1000000 * 1000000)"
