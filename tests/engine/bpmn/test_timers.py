"""Timers: ISO 8601 only, months clamped to the month's end, digits limited."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from engine.bpmn.expressions import ExpressionFault
from engine.bpmn.timers import TimerFault, add_duration, check_text, read_moment

WIB = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        (datetime(2026, 1, 31, tzinfo=UTC), "P1M", datetime(2026, 2, 28, tzinfo=UTC)),
        (datetime(2028, 1, 31, tzinfo=UTC), "P1M", datetime(2028, 2, 29, tzinfo=UTC)),
        (datetime(2028, 2, 29, tzinfo=UTC), "P1Y", datetime(2029, 2, 28, tzinfo=UTC)),
        (datetime(2026, 8, 31, tzinfo=UTC), "P6M", datetime(2027, 2, 28, tzinfo=UTC)),
        (datetime(2026, 12, 31, tzinfo=UTC), "P1M1D", datetime(2027, 2, 1, tzinfo=UTC)),
        (datetime(2026, 1, 31, 23, tzinfo=WIB), "P1M", datetime(2026, 2, 28, 23, tzinfo=WIB)),
        (datetime(2026, 3, 1, tzinfo=UTC), "P2W", datetime(2026, 3, 15, tzinfo=UTC)),
        (datetime(2026, 3, 1, tzinfo=UTC), "P1DT2H3M4S", datetime(2026, 3, 2, 2, 3, 4, tzinfo=UTC)),
        (datetime(2026, 3, 1, tzinfo=UTC), "PT0S", datetime(2026, 3, 1, tzinfo=UTC)),
    ],
)
def test_a_duration_is_added_on_the_calendar(start, text, end):
    assert add_duration(start, text) == end


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1DT", "-P1D", "P-1D", "P9999999Y", "P999Y", "P1.5D", "3D", "R3/P1D", "P1S", "PT1D", "p1d"]
)
def test_what_is_no_duration_or_leaves_the_calendar_is_refused(text):
    with pytest.raises(TimerFault):
        add_duration(datetime(9500, 1, 1, tzinfo=UTC), text)


@pytest.mark.parametrize("text", ["2026-13-01T00:00:00+07:00", "2026-03-02T16:00:00", "besok", "2026-03-02"])
def test_a_moment_needs_a_date_a_time_and_a_zone(text):
    with pytest.raises(TimerFault):
        read_moment(text)


def test_a_moment_is_read_into_utc():
    assert read_moment("2026-03-02T16:00:00+07:00") == datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_timer_texts_are_checked_before_they_run():
    check_text("P3D", True)
    check_text("permohonan.batas", False)
    check_text('"2026-03-02T16:00:00+07:00"', False)


@pytest.mark.parametrize(
    ("text", "duration"),
    [("P3X", True), ('"sepuluh hari"', True), ("2026-03-02", False), ("a b", True), ("R3/PT1H", True), ("-P1D", True)],
)
def test_a_timer_text_that_can_never_be_read_is_refused_before_it_runs(text, duration):
    with pytest.raises((TimerFault, ExpressionFault)):
        check_text(text, duration)
