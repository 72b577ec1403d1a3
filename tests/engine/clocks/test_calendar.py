"""The calendar: which entry holds, what was known when, and what it refuses."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction

import pytest

from engine.clocks import Calendar, DayEntry, WeekEntry, YearEntry, read
from tests.engine.clocks.office import LONG_AGO, METRO, NORMAL, at, clock, event, holiday, hours, week, world

DAY = date(2026, 8, 5)


def calendar(*entries):
    return Calendar([NORMAL, YearEntry(2026, LONG_AGO), *entries])


def closing(*entries, known_at=None):
    windows = calendar(*entries).as_known(known_at).windows(DAY)
    return windows[-1][1].strftime("%H.%M") if windows else "tutup"


def exception(text, recorded="2026-01-02 00.00"):
    return DayEntry(DAY, None if text is None else hours(text), at(recorded))


def test_an_exception_beats_every_week_and_its_withdrawal_brings_the_week_back():
    later_week = WeekEntry(DAY, DAY, {2: hours("08.00-15.00")}, at("2026-07-01 00.00"))
    assert closing() == "16.00"
    assert closing(later_week) == "15.00"
    assert closing(later_week, exception("")) == "tutup"
    assert closing(later_week, exception("07.30-11.30")) == "11.30"
    assert closing(later_week, exception(""), exception(None, "2026-01-03 00.00")) == "15.00"


def test_the_entry_recorded_last_holds_and_of_equal_ones_the_later_in_the_list():
    assert closing(exception("", "2026-02-01 00.00"), exception("07.30-11.30", "2026-01-01 00.00")) == "tutup"
    assert closing(exception(""), exception("07.30-11.30")) == "11.30"
    assert closing(exception("07.30-11.30"), exception("")) == "tutup"


def test_what_was_recorded_later_was_not_known():
    revised = exception("", "2026-03-01 00.00")
    assert closing(revised, known_at=at("2026-02-28 23.59.59")) == "16.00"
    assert closing(revised, known_at=at("2026-03-01 00.00")) == "tutup"


def test_a_revision_is_worked_out_once():
    office = calendar(exception("", "2026-03-01 00.00"))
    assert office.as_known(at("2026-03-05 00.00")) is office.as_known(None)
    assert office.as_known(at("2026-02-05 00.00")) is not office.as_known(None)


def test_service_minutes_openings_and_the_minutes_between():
    odometer = METRO.as_known()
    assert odometer.service_minutes(DAY) == 450
    assert odometer.service_minutes(date(2026, 2, 20)) == 390
    assert odometer.service_minutes(date(2026, 8, 17)) == 0
    assert odometer.next_opening(at("2026-08-14 16.30")) == at("2026-08-18 07.30")
    assert odometer.next_opening(at("2026-08-14 16.29")) == at("2026-08-14 16.29")
    assert odometer.minutes_between(at("2026-08-14 16.00"), at("2026-08-18 08.00.30")) == Fraction(121, 2)
    assert odometer.minutes_between(at("2026-08-18 08.00"), at("2026-08-14 16.00")) == -60
    assert (odometer.is_official(2026), odometer.is_official(2027)) == (True, False)
    assert Calendar([]).as_known().next_opening(at("2026-08-14 16.00")) is None


def test_a_day_that_closes_at_midnight_ends_its_promise_with_the_date():
    late = Calendar(
        [WeekEntry(date(2024, 1, 1), None, [hours("16.00-00.00")] * 7, LONG_AGO), YearEntry(2026, LONG_AGO)]
    )
    case = clock("1 hk", event(1, "START", "2026-08-03 16.00"))
    assert read(case, world(calendar=late), at("2026-08-03 20.00")).promised_at == at("2026-08-04 00.00")
    assert read(case, world(calendar=late), at("2026-08-04 00.00")).elapsed == 1


def test_a_list_not_yet_adopted_gives_no_promise_but_counts_the_time():
    case = clock("5 hk", event(1, "START", "2026-12-29 10.00"))
    reading = read(case, world(), at("2027-01-04 16.00"))
    assert (reading.promised_at, reading.accrual_at, reading.no_promise_because) == (None, None, "YEAR_NOT_OFFICIAL")
    assert reading.missing_year == 2027
    assert reading.rungs[50] == at("2026-12-31 14.45")
    assert reading.elapsed == Fraction(2, 3) + 4  # 1 January is a Friday and not yet a holiday here


def test_a_budget_spent_on_the_last_day_of_the_last_adopted_year_is_promised():
    spent = clock("3 hk", event(1, "START", "2026-12-29 07.30"))
    promised = read(spent, world(), at("2026-12-29 10.00"))
    assert (promised.promised_at, promised.missing_year) == (at("2026-12-31 16.00"), None)
    over = clock("3 hk", event(1, "START", "2026-12-29 07.31"))
    assert read(over, world(), at("2026-12-29 10.00")).no_promise_because == "YEAR_NOT_OFFICIAL"


@pytest.mark.parametrize(
    ("pause", "reason"), [("2026-12-31 16.00", "OPEN_PAUSE"), ("2027-01-02 10.00", "YEAR_NOT_OFFICIAL")]
)
def test_of_an_open_pause_and_an_unknown_year_the_one_met_first_is_named(pause, reason):
    case = clock("9 hk", event(1, "START", "2026-12-29 10.00"), event(2, "PAUSE", pause, "MENUNGGU_PERBAIKAN"))
    assert read(case, world(), at("2026-12-30 10.00")).no_promise_because == reason


def test_a_cuti_bersama_taken_back_moves_the_promise_and_both_stay_readable():
    revised = Calendar(
        [*METRO.entries, holiday("2026-08-05", "cuti bersama"), DayEntry(DAY, None, at("2026-08-04 09.00"))]
    )
    case = clock("3 hk", event(1, "START", "2026-08-03 10.00"))
    assert read(case, world(calendar=revised), at("2026-08-04 10.00"), at("2026-08-04 08.00")).promised_at == at(
        "2026-08-07 16.30"
    )
    assert read(case, world(calendar=revised), at("2026-08-04 10.00")).promised_at == at("2026-08-06 16.00")


@pytest.mark.parametrize("wrong", ["07.30-07.30", "12.00-07.30", "07.30-12.00 11.59-16.00", "00.00-00.00 08.00-09.00"])
def test_hours_that_are_empty_or_overlap_are_refused(wrong):
    with pytest.raises(ValueError, match="kosong atau tumpang tindih"):
        exception(wrong)


def test_entries_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="berakhir sebelum mulai"):
        week("08.00-09.00", "08.00-09.00", "2026-03-01", "2026-02-01")
    with pytest.raises(ValueError, match="hari di luar"):
        WeekEntry(DAY, None, {7: hours("08.00-09.00")}, LONG_AGO)
    with pytest.raises(ValueError, match="di luar jangkauan"):
        YearEntry(20270, LONG_AGO)
    with pytest.raises(ValueError, match="hanya sampai detik"):
        DayEntry(DAY, ((time(8), time(9, 0, 0, 5)),), LONG_AGO)


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="zona waktunya"):
        read(clock("1 hk", event(1, "START", "2026-08-03 10.00")), world(), at("2026-08-03 10.00").replace(tzinfo=None))
