"""One value of a case's data put right wherever it stands, and a failing element passed over."""

import pytest

from engine import bpmn
from engine.bpmn import StepContext
from engine.errors import Incident, Refused
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_elements import SERVICES
from tests.engine.bpmn.walking import Walk, one_file, roled


def forked():
    """a, then b beside c, then a choice by what a said: y, else z."""
    ids = ("a", "b", "c", "y", "z")
    ways = (
        d.chain("mulai", "a", "fork", "b", "join", "pilih", "z", "akhir"),
        d.chain("fork", "c", "join"), d.flow("pilih", "y", "a.ke == 2"), d.flow("y", "akhir"),
        d.flow("akhir", "selesai"),
    )  # fmt: skip
    gates = (d.parallel("fork"), d.parallel("join"), d.exclusive("pilih", "f_pilih_z"), d.exclusive("akhir"))
    return one_file(roled("izin", d.start(), *map(d.user, ids), *gates, d.end(), *ways, tasks=ids))


def repaired(walk, name, value):
    walk.stand(bpmn.repaired(walk.definition, walk.position.snapshot, name, value))
    return walk


@pytest.mark.parametrize("done", [(), ("b",), ("c",)])
def test_a_value_put_right_counts_after_branches_met_whoever_was_done_before(done):
    walk = Walk(forked()).complete("a", ke=1)
    for one in done:
        walk.complete(one, x=1)
    repaired(walk, "a.ke", 2)
    for one in ("b", "c"):
        if one in walk.open:
            walk.complete(one, x=1)
    assert walk.open == ["y"]


def test_a_value_inside_a_subprocess_is_put_right_inside_and_outside():
    inner = d.sub("dalam", d.start("awal"), d.user("b"), d.end("akhir"), d.chain("awal", "b", "akhir"))
    files = one_file(
        roled(
            "izin", d.start(), d.user("a"), inner, d.user("z"), d.end(), d.chain("mulai", "a", "dalam", "z", "selesai"),
            tasks=("a", "b", "z"),
        )
    )  # fmt: skip
    walk = repaired(Walk(files).complete("a", ke=1), "a.ke", 2)
    walk.complete("b")
    assert walk.data["a"] == {"ke": 2}


def test_nothing_else_of_the_case_changes():
    walk = Walk(forked()).complete("a", ke=1, lain="x")
    before = walk.position
    repaired(walk, "a.ke", 2)
    assert (walk.position.tasks, walk.position.waiting) == (before.tasks, before.waiting)
    assert bpmn.values(walk.definition, walk.position.snapshot) == {"a.ke": 2, "a.lain": "x"}
    assert bpmn.values(walk.definition, before.snapshot) == {"a.ke": 1, "a.lain": "x"}


@pytest.mark.parametrize("name", ["a", "a.tidak", "tidak.ada", "", ".", "a.ke.x"])
def test_where_nothing_stands_nothing_is_put(name):
    walk = Walk(forked()).complete("a", ke=1)
    if name == "a":
        assert name not in bpmn.values(walk.definition, walk.position.snapshot)
        return
    with pytest.raises(Refused):
        repaired(walk, name, 2)


def failing():
    parts = (d.user("a"), d.service("coba", "gagal", result="hasil"), d.user("z"))
    chain = d.chain("mulai", "a", "coba", "z", "selesai")
    return one_file(roled("izin", d.start(), *parts, d.end(), chain, tasks=("a", "z")))


def test_a_failing_service_is_passed_over_and_what_was_given_stands_for_its_answer():
    walk = Walk(failing(), services=SERVICES)
    with pytest.raises(Incident):
        walk.complete("a")
    context = StepContext(walk.at, walk.context.services, {"coba": {"nilai": 3}})
    found = bpmn.complete(walk.definition, walk.position.snapshot, walk.task("a").id, {}, context)
    assert [one.element for one in found.tasks] == ["z"]
    assert found.data["hasil"] == {"nilai": 3}
    assert "coba" in found.passed


def waiting(kind):
    """a, then what waits for a message or two days, then a choice by what a said: y, else z."""
    parts = {
        "event": (d.catch("kabar", d.by_message("kabar")), "kabar", "kabar"),
        "receive": ('<receiveTask id="kabar" messageRef="m_kabar"/>', "kabar", "kabar"),
        "first": (
            '<eventBasedGateway id="g"/>' + d.catch("kabar", d.by_message("kabar")) + d.catch("lewat", d.after("P2D")),
            "g", "lewat",
        ),
    }  # fmt: skip
    drawn, first, last = parts[kind]
    ways = [d.chain("mulai", "a", first), d.flow(last, "pilih"), d.flow("pilih", "z", id="baku")]
    ways += [d.flow("pilih", "y", "a.ke == 2"), d.chain("y", "akhir", "selesai"), d.flow("z", "akhir")]
    if kind == "first":
        ways += [d.flow("g", "kabar"), d.flow("g", "lewat"), d.flow("kabar", "akhir")]
    gates = (d.exclusive("pilih", "baku"), d.exclusive("akhir"))
    ids = ("a", "y", "z")
    return one_file(
        d.message("kabar"), roled("izin", d.start(), *map(d.user, ids), drawn, *gates, d.end(), *ways, tasks=ids)
    )


@pytest.mark.parametrize("kind", ["event", "receive", "first"])
def test_a_value_put_right_while_a_case_waits_for_an_event_counts_behind_it(kind):
    walk = repaired(Walk(waiting(kind)).complete("a", ke=1), "a.ke", 2)
    walk.wait(days=2)
    if kind != "first":
        walk.receive("kabar")
    assert (walk.open, walk.data["a"]) == (["y"], {"ke": 2})
