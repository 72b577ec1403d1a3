"""The legal limit nears by working days, not by shares of it, and no stop holds it back."""

from engine.clocks import World, latest_limit, raising
from engine.clocks.policy import Policy
from tests.engine.clocks.office import METRO, at, clock, declared, event, world


def legal(budget="5 hk", begun="2026-08-03 10.00", *more):
    return clock(budget, event(1, "START", begun), *more, name="H", pausable=False)


def steps(when, one=None, where=None):
    return sorted(raising(one or legal(), where or world(), at(when))[0])


def test_two_working_days_before_the_limit_and_one_and_past_it_are_three_steps():
    # complete on Monday the 3rd at ten, five working days: Monday the 10th at four
    assert steps("2026-08-05 16.00") == []
    assert steps("2026-08-06 07.29") == []
    assert steps("2026-08-06 07.30") == [2]
    assert steps("2026-08-07 07.30") == [1, 2]
    assert steps("2026-08-10 16.00") == [1, 2]
    assert steps("2026-08-10 16.01") == [0, 1, 2]


def test_holidays_are_no_working_days_before_the_limit():
    late = legal(begun="2026-08-12 10.00")  # the 17th is a holiday: due on the 20th
    assert steps("2026-08-17 12.00", late) == []
    assert steps("2026-08-18 07.30", late) == [2]


def test_no_force_majeure_holds_the_limit_back():
    assert steps("2026-08-06 08.00", None, world(declared("KAHAR-1", "2026-08-04 08.00", "2026-08-07 16.00"))) == [2]


def test_nothing_nears_on_the_day_the_clock_began_and_a_short_limit_nears_on_the_next():
    short = legal("1 hk")  # due on Tuesday the 4th
    assert steps("2026-08-03 15.00", short) == []
    assert steps("2026-08-04 07.30", short) == [1, 2]


def test_a_limit_that_was_met_nears_no_more_and_one_that_was_missed_stays_passed():
    met = legal("5 hk", "2026-08-03 10.00", event(2, "STOP", "2026-08-07 10.00"))
    missed = legal("5 hk", "2026-08-03 10.00", event(2, "STOP", "2026-08-11 10.00"))
    assert steps("2026-08-20 10.00", met) == []
    assert steps("2026-08-20 10.00", missed) == [0, 1, 2]


def test_the_office_chooses_its_own_days_before_the_limit():
    chosen = World(METRO, (), (Policy(limit_days=(3,)),))
    assert steps("2026-08-05 07.30", None, chosen) == [3]
    assert steps("2026-08-05 07.29", None, chosen) == []


def test_no_limit_beyond_the_one_named_can_have_reached_a_step():
    odometer = METRO.as_known()
    assert latest_limit(odometer, at("2026-08-06 09.00"), 2) == at("2026-08-11 00.00")
    assert latest_limit(odometer, at("2026-08-14 09.00"), 1) == at("2026-08-19 00.00")
    assert latest_limit(odometer, at("2026-08-06 09.00"), 0) == at("2026-08-06 09.00")
