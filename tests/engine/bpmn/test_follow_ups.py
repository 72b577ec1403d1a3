"""What follows from a flow that is drawn wrongly is not told beside it; a fault of its own still is."""

import pytest

from engine import bpmn
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_clock_rules import BEGIN, END, KNOWN, PAUSE, RESUME, act
from tests.engine.bpmn.walking import one_file, roled

TASKS = ("a", "b", "c")


def told(*parts):
    return [(one.code, one.element) for one in bpmn.check(one_file(roled("izin", *parts, tasks=TASKS)), KNOWN)]


def row(*flows):
    return told(d.start(), d.user("a"), d.user("b"), d.user("c"), d.end(), *flows)


def test_a_flow_from_an_element_that_is_not_there_is_told_and_not_the_one_it_was_meant_to_leave():
    lost = d.flow("aa", "b", id="sesat")
    assert row(d.chain("mulai", "a"), lost, d.chain("b", "c", "selesai")) == [("dangling-flow", "sesat")]
    assert row(d.chain("mulai", "a", "b", "c", "selesai")) == []
    # Of another name altogether, but the only way that is missing.
    lost = d.flow("entah", "b", id="sesat")
    assert row(d.chain("mulai", "a"), lost, d.chain("b", "c", "selesai")) == [("dangling-flow", "sesat")]
    # A second way that is missing is a fault of its own.
    found = row(d.chain("mulai", "a"), d.flow("aa", "b", id="sesat"), d.chain("c", "selesai"))
    assert set(found) >= {("dangling-flow", "sesat"), ("no-way-out", "b")}


def test_an_element_lists_the_flow_that_misnames_it():
    listing = d.user("a", inner="<outgoing>sesat</outgoing>")
    flows = (d.chain("mulai", "a"), d.flow("entah", "b", id="sesat"), d.chain("b", "selesai"))
    assert told(d.start(), listing, d.user("b"), d.end(), *flows) == [("dangling-flow", "sesat")]


def test_a_default_flow_from_nowhere_is_told_once():
    gate = (d.exclusive("x", "sesat"), d.flow("x", "b", "a.luas &gt; 3"), d.flow("xx", "c", id="sesat"))
    way = (d.chain("mulai", "a", "x"), d.chain("b", "selesai"), d.chain("c", "selesai"))
    assert row(*gate, *way) == [("dangling-flow", "sesat")]


def choosing(condition):
    gate = (d.exclusive("x", "f_x_c"), d.chain("mulai", "a", "x", "c", "selesai"), d.chain("b", "selesai"))
    empty = f'<sequenceFlow id="s" sourceRef="x" targetRef="b"><conditionExpression>{condition}</conditionExpression>'
    return row(*gate, empty + "</sequenceFlow>")


def test_an_empty_condition_is_told_as_missing_and_only_so():
    assert choosing("") == [("no-condition", "s")]
    assert choosing("a.luas &gt; 3") == []
    assert choosing("a.luas &gt;") == [("expression", "s")]


def looped(into, *acts, behind="b"):
    """A pause on one way round a loop, and the resume where the loop begins."""
    parts = (
        d.start(),
        BEGIN,
        d.exclusive("m"),
        RESUME,
        d.user("a"),
        d.exclusive("x", "f_x_henti_l"),
        PAUSE,
        d.user("b"),
    )
    flows = (
        d.chain("mulai", "mulai_l", "m", "terus", "a", "x", "henti_l", "selesai"), d.chain("jeda", "b", "m"),
        d.flow("x", into, "a.luas &gt; 3", id="ke_jeda"),
    )  # fmt: skip
    return told(*parts, END, d.end(), *acts, *flows)


def test_a_flow_that_misses_a_pause_is_told_and_not_the_resume_behind_it():
    assert looped("jedaa") == [("dangling-flow", "ke_jeda")]
    assert looped("jeda") == []


@pytest.mark.parametrize(("cause", "more"), [("PERBAIKAN", [("resumed-unpaused", "lain")]), ("BAYAR", [])])
def test_a_resume_for_another_cause_is_told_beside_a_flow_that_misses_a_pause(cause, more):
    other = act("lain", "resume", cause=cause)
    parts = (d.start(), BEGIN, d.user("a"), d.exclusive("x", "f_x_lain"), PAUSE, d.user("b"), END, d.end())
    flows = (
        d.chain("mulai", "mulai_l", "a", "x", "lain", "henti_l", "selesai"), d.chain("jeda", "b", "lain"),
        d.flow("x", "jedaa", "a.luas &gt; 3", id="sesat"),
    )  # fmt: skip
    assert sorted(told(*parts, other, *flows)) == sorted([("dangling-flow", "sesat"), *more])


@pytest.mark.parametrize(("role", "expected"), [("QQ", [("unknown-role", "lain")]), ("FO", []), ("", [])])
def test_a_lane_of_an_unknown_role_is_told_also_where_no_task_stands_in_it(role, expected):
    name = f"Entah ({role})" if role else "Sistem"
    lanes = d.lanes(d.lane("loket", "Petugas Loket (FO)", "a"), d.lane("lain", name, "x", "selesai"))
    parts = (d.start(), d.user("a"), d.exclusive("x"), d.end(), d.chain("mulai", "a", "x", "selesai"))
    found = bpmn.check(one_file(d.process("izin", lanes, *parts)), KNOWN)
    assert [(one.code, one.element) for one in found] == expected
