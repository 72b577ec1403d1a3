"""The queue of a step: who was overtaken by a file that was complete later, and what is on record for it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from engine.fairness import REASONS, REFUSED, STANDARD, UNRECORDED, Stop, Visit, in_order, overtakings

DAWN = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)


def hour(number):
    return DAWN + timedelta(hours=number)


def visit(case, complete, opened, served=None, **more):
    return Visit(UUID(int=case), hour(complete), hour(opened), None if served is None else hour(served), **more)


def told(*visits):
    return [(one.case.int, one.by.int, one.reasons) for one in overtakings(visits)]


def test_who_is_served_in_the_order_of_completeness_is_not_overtaken():
    assert told(visit(1, 0, 1, 3), visit(2, 1, 2, 4)) == []


def test_a_file_that_waits_while_a_later_one_is_served_was_overtaken_without_a_recorded_reason():
    assert told(visit(1, 0, 1), visit(2, 1, 2, 4)) == [(1, 2, (UNRECORDED,))]


def test_a_file_that_had_not_come_to_the_step_yet_was_overtaken_elsewhere():
    assert told(visit(1, 0, 5, 6), visit(2, 1, 2, 4)) == []


def test_each_cause_that_stopped_the_file_while_it_waited_is_a_reason():
    for cause, reason in REASONS.items():
        stopped = visit(1, 0, 1, stops=(Stop(cause, hour(2), hour(3)),))
        assert told(stopped, visit(2, 1, 2, 4)) == [(1, 2, (reason,))]


def test_a_stop_before_the_file_came_to_the_step_excuses_nothing_there():
    early = visit(1, 0, 2, stops=(Stop("MENUNGGU_PERBAIKAN", hour(0), hour(2)),))
    late = visit(1, 0, 2, stops=(Stop("MENUNGGU_PERBAIKAN", hour(4), None),))
    assert told(early, visit(2, 1, 3, 4)) == told(late, visit(2, 1, 3, 4)) == [(1, 2, (UNRECORDED,))]


def test_a_declaration_that_stopped_both_alike_lets_nobody_pass():
    both = (Stop("FORCE_MAJEURE", hour(2), hour(3)),)
    assert told(visit(1, 0, 1, stops=both), visit(2, 1, 2, 4, stops=both)) == [(1, 2, (UNRECORDED,))]
    assert told(visit(1, 0, 1, stops=both), visit(2, 1, 2, 4)) == [(1, 2, ("kahar",))]


def test_a_refusal_to_take_the_task_and_another_standard_are_reasons():
    slow, quick = visit(1, 0, 1, standard="7 hk", refused=(hour(2),)), visit(2, 1, 2, 4, standard="2 hk")
    assert told(slow, quick) == [(1, 2, (REFUSED, STANDARD))]
    after = visit(1, 0, 1, standard="2 hk", refused=(hour(5),))
    assert told(after, quick) == [(1, 2, (UNRECORDED,))]


def test_only_those_who_passed_nobody_are_counted_as_served_in_order():
    assert in_order([visit(1, 0, 1), visit(2, 1, 2, 4), visit(3, 0, 0, 1)]) == 1


SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30), st.one_of(st.none(), st.integers(0, 30)))
QUEUES = st.lists(SPANS, max_size=12).map(
    lambda spans: [
        visit(number, done, done + wait, None if more is None else done + wait + more)
        for number, (done, wait, more) in enumerate(spans, 1)
    ]
)


@given(QUEUES)
def test_every_overtaking_and_no_other_is_found(queue):
    expected = {
        (one.case, other.case)
        for one in queue
        for other in queue
        if other.served_at is not None
        and one.complete_at < other.complete_at
        and one.opened_at <= other.served_at
        and (one.served_at is None or other.served_at < one.served_at)
    }
    found = overtakings(queue)
    assert {(one.case, one.by) for one in found} == expected
    assert len(found) == len(expected)
    assert all(one.reasons for one in found)


@given(QUEUES, st.randoms())
def test_the_order_in_which_a_queue_is_read_changes_nothing(queue, random):
    mixed = list(queue)
    random.shuffle(mixed)
    assert overtakings(mixed) == overtakings(queue)


@given(QUEUES)
def test_a_queue_served_strictly_by_completeness_has_no_overtaking(queue):
    ordered = sorted(queue, key=lambda one: (one.complete_at, one.case))
    fair = [Visit(one.case, one.complete_at, one.complete_at, hour(100 + place)) for place, one in enumerate(ordered)]
    assert overtakings(fair) == ()
    assert in_order(fair) == len(fair)
