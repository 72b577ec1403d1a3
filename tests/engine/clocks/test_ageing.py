"""How near promises are: spans of exact working time around an instant."""

from fractions import Fraction

from engine.clocks.ageing import OVER, SPANS, after_service, cuts, span_of, working_days_between, working_days_from
from tests.engine.clocks.office import METRO, at

ODOMETER = METRO.as_known(None)
MORNING = at("2026-08-05 09.30")  # a Wednesday


def test_a_working_day_ahead_is_the_same_moment_of_the_next_working_day():
    assert working_days_from(ODOMETER, MORNING, 1) == at("2026-08-06 09.30")
    assert working_days_from(ODOMETER, MORNING, 5) == at("2026-08-12 09.30")
    assert working_days_from(ODOMETER, MORNING, -3) == at("2026-07-31 09.30")


def test_so_many_working_days_ahead_lie_exactly_so_many_working_days_away():
    for days in (-7, -1, 1, 4, 20):
        found = working_days_from(ODOMETER, MORNING, days)
        assert working_days_between(ODOMETER, MORNING, found) == days


def test_a_promise_lies_in_the_span_of_its_working_time():
    found = cuts(ODOMETER, MORNING)
    assert [name for name, _ in found] == list(SPANS)
    told = {
        moment: span_of(found, at(moment))
        for moment in ("2026-07-20 16.00", "2026-08-03 16.00", "2026-08-05 09.29", "2026-08-05 16.00")
    }
    assert list(told.values()) == [*OVER, "sisa_jam"]
    assert span_of(found, at("2026-08-07 16.30")) == "sisa_hari"
    assert span_of(found, at("2026-08-11 16.00")) == "sisa_pekan"
    assert span_of(found, at("2026-09-11 16.30")) == "sisa_lama"


def test_on_a_closed_day_a_promise_of_the_evening_before_has_passed():
    assert span_of(cuts(ODOMETER, at("2026-08-08 10.00")), at("2026-08-07 16.30")) == "lewat_jam"


def test_service_time_runs_out_within_opening_hours():
    assert after_service(ODOMETER, at("2026-08-05 15.30"), 3600) == at("2026-08-06 08.00")
    assert working_days_between(ODOMETER, at("2026-08-05 07.30"), at("2026-08-05 12.00")) == Fraction(270, 450)
