"""Budgets: how they are written, which version holds, odd day lengths, and terms in calendar days and months."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from engine.clocks import Budget, BudgetVersion, Calendar, Clock, YearEntry, read
from tests.engine.clocks.office import LONG_AGO, at, clock, declared, event, week, world


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("7 hk", "hk", 7),
        ("2,5 hari kerja", "hk", Fraction(5, 2)),
        ("30 menit", "minutes", 30),
        ("4 jam", "minutes", 240),
        ("30 hari", "days", 30),
        ("3 bulan", "months", 3),
        ("1/3 hk", "hk", Fraction(1, 3)),
    ],
)
def test_a_budget_is_read_as_it_is_spoken_and_written_so_that_it_can_be_read_again(text, unit, amount):
    budget = Budget.parse(text)
    assert (budget.unit, budget.amount) == (unit, amount)
    assert Budget.parse(str(budget)) == budget


@pytest.mark.parametrize(
    "text", ["", "7", "hk", "0 hk", "-1 hk", "1/0 hk", "7 minggu", "1/2 hari", "1e9 hk", "2000 bulan"]
)
def test_a_budget_that_makes_no_sense_is_refused(text):
    with pytest.raises(ValueError, match=r"jangka waktu|jumlah"):
        Budget.parse(text)


def office_of(*minutes):
    """One window a day, from 08.00, of so many minutes on Monday, Tuesday ..."""
    hours = {
        d: ((at("2026-01-01 08.00").time(), (at("2026-01-01 08.00") + timedelta(minutes=m)).time()),)
        for d, m in enumerate(minutes)
    }
    entry = week("08.00-09.00", "08.00-09.00")
    entries = [type(entry)(entry.since, None, hours, LONG_AGO), YearEntry(2026, LONG_AGO)]
    return world(calendar=Calendar(entries))


@pytest.mark.parametrize("length", [480, 375, 345, 450, 1, 7, 13, 401, 839])
def test_a_day_of_any_length_weighs_exactly_one_working_day(length):
    office = office_of(length, length, length, length, length)
    reading = read(clock("5 hk", event(1, "START", "2026-08-03 08.00")), office, at("2026-08-07 23.00"))
    assert (reading.elapsed, reading.remaining) == (5, 0)
    assert reading.elapsed_minutes == 5 * length
    assert reading.accrual_at == at("2026-08-07 08.00") + timedelta(minutes=length)


def test_days_of_lengths_without_a_common_measure_add_up_exactly():
    office = office_of(7, 11, 13, 401, 839)
    reading = read(clock("22/7 hk", event(1, "START", "2026-08-03 08.03")), office, at("2026-08-06 08.01"))
    assert reading.elapsed == Fraction(4, 7) + 1 + 1 + Fraction(1, 401)
    # 22/7 - 4/7 - 2 = 4/7 of Thursday's 401 minutes is 229 1/7 minutes: rounded up to the second.
    assert reading.accrual_at == at("2026-08-06 11.49.09")


def test_an_instant_with_parts_of_a_second_counts_exactly_and_its_promise_is_the_next_whole_second():
    start = event(1, "START", "2026-08-03 10.00.00.250000")
    reading = read(clock("1 menit", start), world(), at("2026-08-03 10.00.30"))
    assert reading.elapsed == Fraction(119, 240)
    assert reading.promised_at == at("2026-08-03 10.01.01")


def test_an_instant_of_another_zone_falls_on_metros_date():
    tokyo = datetime(2026, 8, 6, 18, 0, tzinfo=timezone(timedelta(hours=9)))
    odd = tokyo.astimezone(timezone(timedelta(hours=-3, minutes=-30, seconds=-15)))
    case = clock("3 hk", event(1, "START", "2026-08-03 10.00"))
    assert read(case, world(), odd).elapsed == read(case, world(), at("2026-08-06 16.00")).elapsed == Fraction(11, 3)


VERSIONS = (
    BudgetVersion(Budget.parse("7 hk"), date(2024, 1, 1), LONG_AGO),
    BudgetVersion(Budget.parse("3 hk"), date(2026, 8, 1), at("2026-08-03 12.00")),
)


@pytest.mark.parametrize(
    ("start", "recorded", "days"),
    [
        ("2026-08-03 10.00", "2026-08-03 10.00", 7),  # before the change was recorded
        ("2026-08-03 10.00", "2026-08-04 08.00", 3),  # entered after it
        ("2026-07-31 10.00", "2026-08-04 08.00", 7),  # begun before it was valid
        ("2026-08-03 12.00", "2026-08-03 12.00", 3),  # recorded at the same instant
        ("2026-08-03 13.00", "2026-08-03 13.00", 3),
    ],
)
def test_a_changed_duration_holds_for_cases_begun_and_recorded_after_it(start, recorded, days):
    case = Clock("L", VERSIONS, events=(event(1, "START", start, recorded=recorded),))
    assert read(case, world(), at("2026-08-05 10.00")).budget.amount == days


def test_a_case_older_than_every_duration_is_refused_with_a_sentence():
    case = Clock("L", VERSIONS, events=(event(1, "START", "2023-12-29 10.00"),))
    with pytest.raises(ValueError, match="tidak ada jangka waktu yang berlaku pada 2023-12-29"):
        read(case, world(), at("2026-08-05 10.00"))


@pytest.mark.parametrize(
    ("budget", "start", "promised"),
    [
        ("30 hari", "2026-08-03 10.00", "2026-09-02 16.00"),
        ("7 hari", "2026-08-03 10.00", "2026-08-10 16.00"),
        ("14 hari", "2026-08-03 10.00", "2026-08-18 16.00"),  # Monday 17 August is a holiday
        ("5 hari", "2026-08-03 20.00", "2026-08-10 16.00"),  # Saturday moves to Monday
        ("1 bulan", "2026-01-31 10.00", "2026-03-02 15.00"),  # 28 February is a Saturday, and Ramadan
        ("3 bulan", "2026-08-31 10.00", "2026-11-30 16.00"),  # November has no 31st
        ("4 hari", "2026-08-03 00.00", "2026-08-07 16.30"),  # a Friday closes at 16.30
    ],
)
def test_a_calendar_term_ends_with_its_last_day_or_the_service_day_after_it(budget, start, promised):
    assert read(clock(budget, event(1, "START", start)), world(), at(start)).promised_at == at(promised)


def test_a_term_that_does_not_move_forward_ends_at_midnight_of_a_closed_last_day():
    term = Clock("P", Budget("days", Fraction(5), rolls_forward=False), events=(event(1, "START", "2026-08-03 10.00"),))
    assert read(term, world(), at("2026-08-03 10.00")).promised_at == at("2026-08-09 00.00")


@pytest.mark.parametrize(
    ("since", "until", "promised"),
    [
        ("2026-08-05 09.00", "2026-08-05 10.00", "2026-08-11 16.00"),  # an hour is a day
        ("2026-08-05 09.00", "2026-08-06 09.00", "2026-08-11 16.00"),  # 24 hours are one
        ("2026-08-05 09.00", "2026-08-06 09.01", "2026-08-12 16.00"),  # a minute more is two
        ("2026-08-10 23.00", "2026-08-11 09.00", "2026-08-11 16.00"),  # begins on the last day
        ("2026-08-11 00.00", "2026-08-12 00.00", "2026-08-10 16.00"),  # after it
        ("2026-07-30 00.00", "2026-08-03 10.00", "2026-08-10 16.00"),  # before the term
    ],
)
def test_force_majeure_prolongs_a_calendar_term_by_whole_days_rounded_up(since, until, promised):
    term = clock("7 hari", event(1, "START", "2026-08-03 10.00"))
    assert read(term, world(declared("K1", since, until)), at("2026-08-04 10.00")).promised_at == at(promised)


def test_a_calendar_term_knows_its_share_and_its_rungs():
    term = clock("9 hari", event(1, "START", "2026-08-03 00.00"))
    reading = read(term, world(), at("2026-08-08 00.00"))
    assert (reading.share_used, reading.elapsed) == (Fraction(1, 2), Fraction(9, 2))
    assert reading.rungs[50] == at("2026-08-08 00.00")
    assert reading.rungs[90] == at("2026-08-12 00.00")
    assert (reading.accrual_at, reading.promised_at) == (at("2026-08-13 00.00"), at("2026-08-12 16.00"))


def test_a_calendar_term_has_no_promise_without_an_end_of_the_suspension_or_an_adopted_list():
    term = clock("7 hari", event(1, "START", "2026-08-03 10.00"))
    open_end = read(term, world(declared("K1", "2026-08-05 09.00", None)), at("2026-08-06 10.00"))
    assert (open_end.promised_at, open_end.no_promise_because) == (None, "OPEN_PAUSE")
    after = read(term, world(declared("K1", "2026-08-11 00.00", None)), at("2026-08-06 10.00"))
    assert after.promised_at == at("2026-08-10 16.00")
    last = read(clock("3 hari", event(1, "START", "2026-12-28 10.00")), world(), at("2026-12-29 10.00"))
    assert last.promised_at == at("2026-12-31 16.00")
    over = read(clock("7 hari", event(1, "START", "2026-12-28 10.00")), world(), at("2026-12-29 10.00"))
    assert (over.promised_at, over.no_promise_because) == (None, "YEAR_NOT_OFFICIAL")
