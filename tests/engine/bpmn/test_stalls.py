"""Joins that wait for ever inside a parallel branch: the one that is wrong is told, not the one that waits for it."""

import pytest

from engine import bpmn
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.walking import one_file, roled


def told(files):
    return sorted((one.code, one.element) for one in bpmn.check(files, d.catalogue()))


def choosing(choice, meet, one, other, kind=d.parallel):
    """A branch that chooses between two tasks and meets again, at a gateway of this kind."""
    return (
        d.exclusive(choice, f"f_{choice}_{other}"), d.user(one), d.user(other), kind(meet),
        d.flow(choice, one, "periksa.x == 1" if choice == "g" else "periksa.y == 1"),
        d.chain(choice, other, meet), d.chain(one, meet),
    )  # fmt: skip


def office(*branches, heads, ends, join="parallelGateway"):
    ways = [d.chain("pisah", one) for one in heads] + [d.chain(one, "temu") for one in ends]
    return one_file(
        roled(
            "izin", d.start(), d.user("periksa"), d.parallel("pisah"), f'<{join} id="temu"/>', d.end(),
            d.chain("mulai", "periksa", "pisah"), d.chain("temu", "selesai"), *branches, *ways,
            tasks=("periksa", "a", "b", "c", "e"),
        )
    )  # fmt: skip


OTHER = d.user("c")


@pytest.mark.parametrize("join", ["parallelGateway", "inclusiveGateway"])
def test_a_join_that_waits_for_a_join_that_waits_for_ever_is_not_told_beside_it(join):
    def drawn(kind):
        return office(*choosing("g", "m", "a", "b", kind), OTHER, heads=("g", "c"), ends=("m", "c"), join=join)

    assert told(drawn(d.parallel)) == [("deadlock", "m")]
    assert told(drawn(d.exclusive)) == []


def test_two_joins_that_wait_for_ever_side_by_side_are_both_told_and_not_the_one_behind_them():
    def drawn(first, second):
        left, right = choosing("g", "m", "a", "b", first), choosing("h", "n", "c", "e", second)
        return office(*left, *right, heads=("g", "h"), ends=("m", "n"))

    assert told(drawn(d.parallel, d.parallel)) == [("deadlock", "m"), ("deadlock", "n")]
    assert told(drawn(d.exclusive, d.parallel)) == [("deadlock", "n")]
    assert told(drawn(d.exclusive, d.exclusive)) == []


def test_a_join_that_also_waits_for_ever_by_itself_is_told_with_the_one_before_it():
    astray = (d.user("c"), d.exclusive("h", "f_h_temu"), d.end("lepas"), d.chain("c", "h"))
    gone = d.flow("h", "lepas", "periksa.y == 1")

    def drawn(*more):
        return office(*choosing("g", "m", "a", "b"), *more, heads=("g", "c"), ends=("m", "h"))

    assert told(drawn(*astray, gone)) == [("deadlock", "m"), ("deadlock", "temu")]
