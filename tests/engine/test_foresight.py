"""Broken promises foretold from finished files: repeatable, from the office's own spans, silent with too few."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from engine.foresight import LEAST, History, Hits, Outlook, Place, Trail, hits, outlook


def history(*spans, permit="IMB", times=LEAST):
    return History([Trail(permit, (("periksa", a), ("tanda_tangan", b))) for a, b in spans for _ in range(times)])


def test_a_step_that_always_takes_as_long_ends_when_the_rest_has_passed():
    found = outlook("IMB", [Place("periksa", 40)], history((100, 50)), "x")
    assert set(found.runs) == {110}
    assert (found.chance(109), found.chance(110)) == (1, 0)


def test_of_a_step_that_has_lasted_long_only_longer_spans_are_drawn():
    found = outlook("IMB", [Place("periksa", 150)], history((100, 0), (200, 0)), "x")
    assert set(found.runs) == {50}


def test_a_step_that_has_lasted_longer_than_ever_takes_once_more_what_it_took():
    assert set(outlook("IMB", [Place("periksa", 999)], history((100, 0)), "x").runs) == {100}


def test_files_that_lie_at_a_step_make_it_as_slow_as_it_is():
    finished, lying = [Trail("IMB", (("periksa", 10),))] * LEAST, [Place("periksa", 900)] * LEAST
    found = outlook("IMB", [Place("periksa", 0)], History(finished, lying), "x")
    assert set(found.runs) == {10, 910}
    assert found.chance(899) > Fraction(1, 4)


def test_a_step_that_was_only_just_opened_says_nothing_of_how_long_it_takes():
    finished, fresh = [Trail("IMB", (("periksa", 10),))] * LEAST, [Place("periksa", 0)] * LEAST
    assert set(outlook("IMB", [Place("periksa", 0)], History(finished, fresh), "x").runs) == {10}


def test_nothing_is_said_with_too_little_history_or_of_a_file_at_no_step():
    assert outlook("IMB", [Place("periksa", 0)], history((100, 50), times=LEAST - 1), "x") is None
    assert outlook("IMB", [Place("lain", 0)], history((100, 50)), "x") is None
    assert outlook("IMB", [], history((100, 50)), "x") is None


def test_a_permit_with_too_few_files_goes_the_ways_of_all():
    assert outlook("SIPB", [Place("periksa", 0)], history((100, 50)), "x") is not None


def test_a_file_at_two_steps_is_through_when_the_slower_is():
    both = outlook("IMB", [Place("periksa", 0), Place("tanda_tangan", 0)], history((100, 50)), "x")
    assert set(both.runs) == {150}


SPANS = st.lists(st.tuples(st.integers(1, 500), st.integers(1, 500)), min_size=1, max_size=6)


@given(SPANS, st.integers(0, 600), st.text(max_size=5))
def test_the_same_history_and_seed_foretell_the_same(spans, waited, seed):
    first, second = (outlook("IMB", [Place("periksa", waited)], history(*spans), seed) for _ in range(2))
    assert first == second
    assert first.runs == tuple(sorted(first.runs))
    assert min(first.runs) > 0


@given(SPANS, st.integers(0, 1200), st.integers(0, 1200))
def test_the_more_time_is_left_the_smaller_is_the_chance_of_being_late(spans, a, b):
    found = outlook("IMB", [Place("periksa", 0)], history(*spans), "x")
    assert 0 <= found.chance(max(a, b)) <= found.chance(min(a, b)) <= 1


@given(st.lists(st.integers(1, 99), min_size=1).map(sorted), st.fractions(Fraction(1, 100), 1))
def test_a_share_of_the_courses_is_through_by_the_instant_that_is_told(runs, share):
    found = Outlook(tuple(runs))
    assert 1 - found.chance(found.at_most(share)) >= share


def test_a_hit_rate_counts_what_was_foretold_against_what_came():
    found = hits([(True, True), (True, False), (False, False), (False, False), (False, True)])
    assert found == Hits(late_foretold=1, late_missed=1, timely_foretold=2, false_alarms=1)
    assert (found.all, found.right, found.late, found.alarms) == (5, 3, 2, 2)
