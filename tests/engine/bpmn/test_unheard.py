"""Waits for what only the same process throws: heard is what is thrown while somebody waits, in the same case."""

import pytest

from engine import bpmn
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.walking import roled

KNOWN = d.catalogue(messages=frozenset({"pencabutan"}))
TASKS = ("a", "b")


def told(files):
    found = bpmn.check(files if isinstance(files, dict) else {"izin.bpmn": files}, KNOWN)
    return sorted((one.code, one.element, one.severity) for one in found)


def waits(id, by=None):
    return f'<intermediateCatchEvent id="{id}">{by or d.by_message("KABAR")}</intermediateCatchEvent>'


def throws(id, by=None):
    return f'<intermediateThrowEvent id="{id}">{by or d.by_message("KABAR")}</intermediateThrowEvent>'


def office(left, right, *events, more=()):
    """Two branches side by side, each a row of ids."""
    used = [one for one in TASKS if one in (*left, *right)]
    parts = (
        d.start(),
        d.parallel("pisah"),
        d.parallel("temu"),
        d.end(),
        *(d.user(one) for one in used),
        *events,
        *more,
    )
    flows = (d.chain("mulai", "pisah", *left, "temu", "selesai"), d.chain("pisah", *right, "temu"))
    return d.file(d.message("KABAR"), d.signal("KABAR"), roled("izin", *parts, *flows, tasks=used))


def test_of_two_waits_in_a_row_the_second_needs_a_second_throw():
    pair = (waits("w"), waits("w2"))
    assert told(office(("w", "w2"), ("a", "t"), *pair, throws("t"))) == [("deadlock", "w2", "error")]
    twice = office(("w", "w2"), ("a", "t", "b", "t2"), *pair, throws("t"), throws("t2"))
    assert told(twice) == []


def test_what_is_thrown_at_once_is_over_before_somebody_waits_behind_a_task():
    assert told(office(("a", "w"), ("t",), waits("w"), throws("t"))) == [("deadlock", "w", "error")]
    assert told(office(("w",), ("a", "t"), waits("w"), throws("t"))) == []


def test_a_wait_behind_a_task_that_may_be_too_slow_is_warned_of():
    assert told(office(("a", "w"), ("b", "t"), waits("w"), throws("t"))) == [("deadlock", "w", "warning")]


@pytest.mark.parametrize("by", [d.by_message("KABAR"), d.by_signal("KABAR")])
def test_a_throw_on_one_way_only_is_warned_of_where_it_is_always_awaited(by):
    choice = (d.exclusive("x", "f_x_m"), d.exclusive("m"), d.flow("x", "t", "a.x == 1"), d.chain("t", "m"))
    found = told(office(("w",), ("a", "x", "m"), waits("w", by), throws("t", by), more=choice))
    assert found == [("deadlock", "w", "warning")]
    both = (d.exclusive("x", "f_x_t2"), d.exclusive("m"), d.flow("x", "t", "a.x == 1"), d.chain("t", "m"))
    right = office(("w",), ("a", "x", "t2", "m"), waits("w", by), throws("t", by), throws("t2", by), more=both)
    assert told(right) == []


def test_two_waits_that_nothing_answers_are_both_told_and_not_one_whose_throw_stands_behind_them():
    late = (waits("w"), throws("t"))
    other = d.by_message("LAIN")

    def drawn(right, *events):
        found = office(("a", "w", "t3"), right, *late, throws("t3", other), *events)
        return found.replace(b"<process", d.message("LAIN").encode() + b"<process", 1)

    assert told(drawn(("t", "w2"), waits("w2"))) == [("deadlock", "w", "error"), ("deadlock", "w2", "error")]
    assert told(drawn(("t", "w3"), waits("w3", other))) == [("deadlock", "w", "error")]


def test_a_signal_is_no_message_of_the_same_name():
    wrong = office(("w",), ("a", "t"), waits("w"), throws("t", d.by_signal("KABAR")))
    assert told(wrong) == [("unsent-message", "w", "error")]
    right = office(("w",), ("a", "t"), waits("w", d.by_signal("KABAR")), throws("t", d.by_signal("KABAR")))
    assert told(right) == []


def test_what_a_process_throws_that_no_case_runs_together_with_this_one_is_not_heard():
    wait = d.file(
        d.message("KABAR"), roled("izin", d.start(), waits("w"), d.end(), d.chain("mulai", "w", "selesai"), tasks=())
    )
    send = d.file(
        d.message("KABAR"),
        roled("lain", d.start("l1"), d.user("c"), throws("t"), d.end("l2"), d.chain("l1", "c", "t", "l2"), tasks=["c"]),
    )
    assert told({"izin.bpmn": wait, "lain.bpmn": send}) == [("unsent-message", "w", "warning")]
    fork = (d.parallel("p"), d.parallel("q"), d.call("satu", "izin"), d.call("dua", "lain"))
    flows = (d.chain("k1", "p", "satu", "q", "k2"), d.chain("p", "dua", "q"))
    both = d.file(roled("induk", d.start("k1"), *fork, d.end("k2"), *flows, tasks=()))
    assert told({"izin.bpmn": wait, "lain.bpmn": send, "induk.bpmn": both}) == []
