"""Clocks where branches go on beside one another, and where one way is gone twice: what can be is not refused, what
is certain is told."""
# ruff: noqa: E501 -- a fault and its mended twin are read across

import pytest

from engine import bpmn
from engine.bpmn.checking import clock_walk
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_clock_rules import BEGIN, END, KNOWN, PAUSE, RESUME, act
from tests.engine.bpmn.walking import one_file, roled

TASKS = ("a", "b", "c")


def told(files):
    found = bpmn.check(files, KNOWN)
    return sorted((one.code, one.element, one.severity) for one in found if one.code != "shared-output")


def forked(left, right, *acts, before=(), behind=(), fork=d.parallel):
    """Two branches of a fork, each a row of ids; acts before it and behind its join."""
    ids = {*left, *right, *before, *behind}
    tasks = [d.user(one) for one in TASKS if one in ids]
    way = d.chain("mulai", *before, "pisah", *left, "temu", *behind, "selesai")
    parts = (d.start(), d.parallel("pisah"), d.parallel("temu"), d.end(), *tasks, *acts)
    return one_file(roled("izin", *parts, way, d.chain("pisah", *right, "temu"), tasks=[t for t in TASKS if t in ids]))


def test_a_pause_that_a_task_of_the_other_branch_ends_is_no_fault():
    """The branch that pauses goes on by itself; the other waits for a person first."""
    acts = (BEGIN, END, PAUSE, RESUME)
    rest = {"before": ("mulai_l",), "behind": ("henti_l",)}
    assert told(forked(("jeda", "a"), ("b", "terus"), *acts, **rest)) == []
    assert told(forked(("a", "jeda"), ("b", "terus"), *acts, **rest)) == []
    # Without the pause there is nothing to resume, in whatever order.
    found = told(forked(("a",), ("b", "terus"), BEGIN, END, RESUME, **rest))
    assert found == [("resumed-unpaused", "terus", "error")]


def test_a_clock_that_a_task_of_the_other_branch_stops_is_stopped():
    assert told(forked(("mulai_l", "a"), ("b", "henti_l"), BEGIN, END)) == []
    assert told(forked(("mulai_l", "a"), ("b",), BEGIN)) == [("never-stopped", "mulai_l", "error")]


def test_a_stop_that_may_come_before_the_start_is_warned_of_where_the_clock_starts():
    found = told(forked(("a", "mulai_l"), ("b", "henti_l"), BEGIN, END))
    assert found == [("never-stopped", "mulai_l", "warning")]


def test_two_branches_that_both_start_a_clock_are_told_whatever_their_order():
    second = act("lagi", "start", clock="L")
    found = told(forked(("a", "mulai_l"), ("b", "lagi"), BEGIN, second, END, behind=("henti_l",)))
    assert [code for code, _, _ in found] == ["started-twice"]
    assert told(forked(("a", "mulai_l"), ("b",), BEGIN, END, behind=("henti_l",))) == []


def calling(inner, *calls, acts, way):
    called = d.file(roled("lain", d.start("l1"), inner, d.user("c"), d.end("l2"), way, tasks=["c"]))
    begun = "mulai_l" in acts
    parts = (*([BEGIN] if begun else []), END, RESUME, *(d.call(one, "lain") for one in calls))
    row = d.chain("mulai", *acts[: acts.index("a")], "a", *acts[acts.index("a") + 1 :], "selesai")
    return {**one_file(roled("izin", d.start(), d.user("a"), d.end(), *parts, row, tasks=["a"])), "lain.bpmn": called}


def test_a_process_that_starts_a_clock_and_is_called_twice_is_told_at_its_second_call():
    way = d.chain("l1", "mulai_l", "c", "l2")
    once = [("resumed-unpaused", "terus", "error")]  # every diagram here has the act, called or not
    first = told(calling(BEGIN, "satu", acts=["satu", "a", "terus", "henti_l"], way=way))
    twice = told(calling(BEGIN, "satu", "dua", acts=["satu", "a", "dua", "terus", "henti_l"], way=way))
    assert first == once
    assert twice == [*once, ("started-twice", "dua", "error")]


def test_a_process_that_pauses_and_is_called_twice_is_told_at_its_second_call_unless_it_resumes():
    way = d.chain("l1", "jeda", "c", "l2")
    acts = ["mulai_l", "satu", "a", "dua", "terus", "henti_l"]
    assert told(calling(PAUSE, "satu", "dua", acts=acts, way=way)) == [("paused-twice", "dua", "warning")]
    inner = PAUSE + act("t2", "resume", cause="BAYAR")
    resumed = told(calling(inner, "satu", "dua", acts=acts, way=d.chain("l1", "jeda", "c", "t2", "l2")))
    assert "paused-twice" not in [code for code, _, _ in resumed]


def inclusive(one, other, *acts, asks=("a.x", "a.y")):
    """Two ways of an inclusive gateway, taken together where both of their conditions hold."""
    gate = '<inclusiveGateway id="{}"{}/>'
    parts = (
        d.start(),
        d.user("a"),
        gate.format("pisah", ' default="baku"'),
        gate.format("temu", ""),
        d.user("b"),
        d.end(),
    )
    flows = (d.chain("mulai", *(["mulai_l"] if "jeda" in one else []), "a", "pisah"), d.flow("pisah", one, f"{asks[0]} == &quot;satu&quot;"),
             d.flow("pisah", other, f"{asks[1]} == &quot;dua&quot;"), d.flow("pisah", "b", id="baku"), d.chain(one, "temu"), d.chain(other, "temu"),
             d.chain("b", "temu", *(["terus"] if "jeda" in one else []), "henti_l", "selesai"))  # fmt: skip
    return one_file(roled("izin", *parts, *acts, *flows, tasks=["a", "b"]))


def twice(files):
    return [one for one in told(files) if one[0].endswith("twice")]


def test_two_ways_that_may_be_taken_together_do_not_both_start_a_clock():
    second = act("lagi", "start", clock="L")
    assert twice(inclusive("mulai_l", "lagi", BEGIN, second, END)) == [("started-twice", "lagi", "error")]
    other = act("lagi", "start", clock="H")
    assert twice(inclusive("mulai_l", "lagi", BEGIN, other, END)) == []
    # One field is never two words at once; of two figures of one field that is not known, and only warned of.
    assert twice(inclusive("mulai_l", "lagi", BEGIN, second, END, asks=("a.x", "a.x"))) == []
    numbers = inclusive("mulai_l", "lagi", BEGIN, second, END, asks=("a.luas &gt; 3 and a.x", "a.luas &lt; 9 and a.y"))
    assert twice(numbers) == [("started-twice", "lagi", "warning")]


def test_two_ways_that_may_be_taken_together_and_both_pause_are_warned_of():
    second = act("jeda2", "pause", cause="BAYAR")
    assert twice(inclusive("jeda", "jeda2", BEGIN, PAUSE, second, RESUME, END)) == [
        ("paused-twice", "jeda2", "warning")
    ]
    other = act("jeda2", "pause", cause="PERBAIKAN")
    assert twice(inclusive("jeda", "jeda2", BEGIN, PAUSE, other, RESUME, END)) == []


@pytest.mark.parametrize(("again", "expected"), [(True, [("started-twice", "mulai_l", "error")]), (False, [])])
def test_an_event_that_is_sent_twice_starts_its_clock_twice(again, expected):
    throw = '<intermediateThrowEvent id="{}">{}</intermediateThrowEvent>'
    beside = d.boundary("kabar", "a", d.by_message("kabar"), interrupting=False)
    sends = [throw.format(one, d.by_message("kabar")) for one in ("t1", "t2")[: 2 if again else 1]]
    right = ("b", "t1", "c", *(("t2",) if again else ()))
    files = forked(
        ("a",), right, beside, d.end("e2"), d.chain("kabar", "mulai_l", "e2"), *sends, BEGIN, END, behind=("henti_l",)
    )
    named = {"izin.bpmn": next(iter(files.values())).replace(b"<process", d.message("kabar").encode() + b"<process", 1)}
    assert twice(named) == expected


def test_the_clock_of_a_term_that_only_another_kind_of_case_stops_is_told():
    term = act("tenggat", "start", clock="VALIDASI", term="validasi")
    mine = forked(("tenggat", "a"), ("b",), term)
    stop = act("henti", "stop", clock="VALIDASI")
    other = d.file(
        roled("lain", d.start("l1"), d.user("c"), stop, d.end("l2"), d.chain("l1", "c", "henti", "l2"), tasks=["c"])
    )
    assert told({**mine, "lain.bpmn": other}) == [("never-stopped", "tenggat", "warning")]
    calls = forked(("tenggat", "a"), ("panggil",), term, d.call("panggil", "lain"))
    assert told({**calls, "lain.bpmn": other}) == []


def test_of_branches_with_too_many_orders_nothing_is_said_to_be_missing(monkeypatch):
    acts, rest = (BEGIN, END, PAUSE, RESUME), {"before": ("mulai_l",), "behind": ("henti_l",)}
    missing = act("lain", "resume", cause="PERBAIKAN")
    drawn = forked(("a", "jeda"), ("b", "terus", "lain"), *acts, missing, **rest)
    assert told(drawn) == [("resumed-unpaused", "lain", "error")]
    monkeypatch.setattr(clock_walk, "MOST_STATES", 12)
    assert told(drawn) == []
