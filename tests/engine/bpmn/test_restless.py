"""Loops in which nobody is waited for: back by an event on a boundary, or past a task that is skipped."""

import pytest

from engine import bpmn
from engine.services import Answer
from engine.services import service as named
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.walking import roled


@named("uji.coba")
def attempt(call):
    """Answer with an error at times."""
    return Answer()


KNOWN = d.catalogue((attempt,))
ERROR = '<error id="g1" errorCode="G1"/>'
ESCALATION = '<escalation id="n1" escalationCode="N1"/>'
BY = {"error": '<errorEventDefinition errorRef="g1"/>', "escalation": '<escalationEventDefinition escalationRef="n1"/>'}


def told(*parts, tasks=("a", "b")):
    files = {"izin.bpmn": d.file(ERROR, ESCALATION, roled("izin", *parts, tasks=tasks))}
    return [(one.code, one.element, one.severity) for one in bpmn.check(files, KNOWN)]


def around(activity, event, *between):
    """An activity whose boundary event leads back to before it, past these."""
    ids = [one.split('id="')[1].split('"')[0] for one in between]
    way = (d.chain("mulai", "a", "m", "inti", "selesai"), d.chain("batas", *ids, "m"))
    return d.start(), d.user("a"), d.exclusive("m"), activity, event, *between, d.end(), *way


def test_a_service_that_is_tried_again_at_once_when_it_fails_is_told_unless_somebody_looks_first():
    event = d.boundary("batas", "inti", "<errorEventDefinition/>")
    service = d.service("inti", "uji.coba")
    assert told(*around(service, event)) == [("restless-loop", "m", "error")]
    assert told(*around(service, event, d.user("b"))) == []


@pytest.mark.parametrize("kind", BY)
def test_a_sub_process_that_breaks_off_at_once_and_begins_again_is_told_unless_a_task_comes_before_its_end(kind):
    def drawn(*first):
        ids = ["b"] if first else []
        inside = (
            d.start("s"), *first, d.exclusive("x", "f_x_e"), d.end("e"), d.end("putus", BY[kind]),
            d.chain("s", *ids, "x", "e"), d.flow("x", "putus", "a.x == 1"),
        )  # fmt: skip
        lane = ("a", "inti") if first else ("a",)
        return told(*around(d.sub("inti", *inside), d.boundary("batas", "inti", BY[kind])), tasks=lane)

    assert drawn() == [("restless-loop", "m", "error")]
    assert drawn(d.user("b")) == []


def test_a_repetition_that_may_have_no_round_does_not_wait():
    def drawn(first):
        loop = (
            f'<standardLoopCharacteristics testBefore="{first}" loopMaximum="3"><loopCondition>a.x == 1</loopCondition>'
        )
        again = d.user("b", inner=loop + "</standardLoopCharacteristics>")
        flows = (d.chain("mulai", "a", "m", "b", "g", "selesai"), d.flow("g", "m", "a.y == 2"))
        gates = (d.exclusive("m"), d.exclusive("g", "f_g_selesai"))
        return told(d.start(), d.user("a"), *gates, again, d.end(), *flows)

    assert drawn("true") == [("restless-loop", "m", "error")]
    assert drawn("false") == []


def test_two_loops_of_which_one_leads_back_by_a_boundary_are_both_told():
    other = (d.exclusive("p"), d.exclusive("q", "f_q_a"), d.flow("q", "p", "1 == 2"), d.chain("mulai", "p", "q", "a"))
    way = (d.chain("a", "m", "inti", "selesai"), d.chain("batas", "m"))
    event = d.boundary("batas", "inti", "<errorEventDefinition/>")
    parts = (d.start(), d.user("a"), d.exclusive("m"), d.service("inti", "uji.coba"), event, d.end())
    found = told(*parts, *other, *way)
    assert [one for one in found if one[0] == "restless-loop"] == [
        ("restless-loop", "m", "error"),
        ("restless-loop", "p", "error"),
    ]
