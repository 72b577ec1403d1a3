"""Conditions that decide nothing: always true, never true, or true only where an earlier flow is taken."""

from dataclasses import replace

import pytest

from engine.bpmn.checking import covering
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_meaning import KNOWN, asked, quoted, told
from tests.engine.bpmn.walking import Walk, one_file, roled

AT = "f_x_lain"
SETTLED = {  # a condition that decides nothing, what is told, and one that decides
    "a constant": ("1 == 1", "always-true", "a.luas == 1"),
    "a word for yes": ("true", "always-true", "a.setuju"),
    "two texts that differ": ('"ya" == "tidak"', "never-true", 'a.keputusan == "tidak"'),
    "a figure that is never so large": ("0.5 + 0.5 > 1", "never-true", "a.luas + 0.5 > 1"),
    "yes and no at once": ("a.setuju and not a.setuju", "never-true", "a.setuju and not (a.luas > 3)"),
    "yes or no": ("a.setuju or not a.setuju", "always-true", "a.setuju or not (a.luas > 3)"),
    "above and not above": ("a.luas > 3 and a.luas <= 3", "never-true", "a.luas > 3 and a.luas <= 5"),
    "two outcomes at once": (
        'a.keputusan == "ya" and a.keputusan == "tidak"', "never-true", 'a.keputusan == "ya" and a.luas > 3',
    ),
    "none of the outcomes": (
        'a.keputusan not in ["ya", "tidak"]', "never-true", 'a.keputusan not in ["ya"]',
    ),
    "every outcome": ('a.keputusan in ["ya", "tidak"]', "always-true", 'a.keputusan in ["ya"]'),
    "two words at once": (
        'a.catatan == "x" and a.catatan == "y"', "never-true", 'a.catatan == "x" or a.catatan == "y"',
    ),
    "other than two words": (
        'a.catatan != "x" or a.catatan != "y"', "always-true", 'a.catatan != "x" and a.catatan != "y"',
    ),
    "a no that settles all": ("a.setuju and false", "never-true", "a.setuju and true"),
}  # fmt: skip


@pytest.mark.parametrize("name", SETTLED)
def test_a_condition_that_decides_nothing_is_told_at_its_flow(name):
    wrong, code, right = SETTLED[name]
    assert told(asked(wrong)) == [(code, AT)]
    assert told(asked(right)) == []


def chosen(*conditions, kind="exclusiveGateway", default="d"):
    """A choice after `a` with as many ways as conditions, tried in their order, and a default."""
    ends = "".join(d.end(f"e{at}") for at in range(len(conditions)))
    ways = "".join(d.flow("x", f"e{at}", quoted(one), id=f"c{at}") for at, one in enumerate(conditions))
    gate = f'<{kind} id="x" default="{default}"/>' if default else f'<{kind} id="x"/>'
    last = d.flow("x", "selesai", id="d") + d.end() if default else ""
    return one_file(
        roled("izin", d.start(), d.user("a"), gate, ends, ways, last, d.chain("mulai", "a", "x"), tasks=("a",))
    )


TAKEN = {  # conditions of one choice, of which the last is never taken, and mended
    "the same twice": (["a.setuju", "a.setuju"], ["a.setuju", "not a.setuju and a.luas > 3"]),
    "the same, said otherwise": (["a.luas > 3", "3 < a.luas"], ["a.luas > 3", "3 >= a.luas and a.setuju"]),
    "the same words in a list": (
        ['a.keputusan == "ya"', 'a.keputusan in ["ya"]'], ['a.keputusan == "ya" and a.setuju', 'a.keputusan in ["ya"]'],
    ),
    "narrower than the first": (["a.luas > 3", "a.luas > 3 and a.setuju"], ["a.luas > 3 and a.setuju", "a.luas > 3"]),
    "what the first two leave no room for": (
        ['a.catatan == "x"', 'a.catatan == "y"', 'a.catatan in ["x", "y"]'],
        ['a.catatan == "x"', 'a.catatan == "y"', 'a.catatan in ["x", "z"]'],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_a_flow_that_an_earlier_one_always_comes_before_is_told(name):
    wrong, right = TAKEN[name]
    assert told(chosen(*wrong)) == [("never-taken", f"c{len(wrong) - 1}")]
    assert told(chosen(*right)) == []


def test_the_flow_that_is_drawn_first_is_taken_and_the_second_never():
    walk = Walk(chosen("a.setuju", "a.setuju"), known=KNOWN).complete("a", setuju=True)
    assert walk.position.ends == ("e0",)


def test_ways_that_are_taken_together_may_ask_the_same():
    assert told(chosen("a.setuju", "a.setuju", "true", kind="inclusiveGateway")) == []
    assert told(chosen("a.setuju", "false", kind="inclusiveGateway")) == [("never-true", "c1")]


def test_of_a_constant_only_itself_is_told_and_of_two_faults_both():
    assert told(chosen("true", "a.setuju", "a.luas > 3")) == [("always-true", "c0")]
    assert told(chosen("1 == 2", "a.setuju", "a.setuju")) == [("never-true", "c0"), ("never-taken", "c2")]
    assert told(chosen('a.keputusan == "iya"', 'a.keputusan == "iya" and a.luas > 3')) == [
        ("unknown-outcome", "c0"), ("never-taken", "c1"), ("unknown-outcome", "c1"),
    ]  # fmt: skip


def test_what_one_gateway_settled_is_not_held_against_the_next():
    inner = (
        d.exclusive("y", "f_y_selesai"), d.end("lain"), d.end("jauh"), d.flow("y", "jauh", "a.setuju"),
    )  # fmt: skip
    files = one_file(
        roled(
            "izin", d.start(), d.user("a"), d.exclusive("x", "f_x_lain"), *inner, d.end(),
            d.chain("mulai", "a", "x", "lain"), d.flow("x", "y", "a.setuju"), d.chain("y", "selesai"), tasks=("a",),
        )
    )  # fmt: skip
    assert told(files) == []


def test_a_last_way_that_is_always_taken_needs_no_default_beside_it():
    assert told(chosen("a.setuju", "true", default="")) == [("always-true", "c1")]


def test_conditions_that_ask_too_much_to_be_tried_are_left_alone():
    many = " and ".join(f"a.luas > {number}" for number in range(12))
    assert told(asked(f"{many} and not (a.luas > 1)")) == []
    assert covering.possible([covering.read(many)], {}) is None


def test_a_form_with_many_outcomes_is_tried_whole():
    words = tuple(f"k{number}" for number in range(40))
    conditions = [f'a.keputusan == "{one}"' for one in words]
    assert covering.leave_nothing_out(conditions, {("a", "keputusan"): words})
    assert not covering.leave_nothing_out(conditions[1:], {("a", "keputusan"): words})


ANSWERED = replace(
    KNOWN,
    routes={"formulir": {**KNOWN.routes["formulir"], "status": "text", "sewa": "boolean"}},
    words={"formulir": {"status": frozenset({"milik", "sewa"})}},
    certain={"formulir": frozenset({"setuju"})},
    optional={"formulir": frozenset({"status", "sewa"})},
)
WHOLE = {  # ways that leave nothing out, and ways that leave something out
    "yes and no": (["a.setuju == true", "a.setuju == false"], ["a.sewa == true", "a.sewa == false"]),
    "yes, and no as it is written": (["a.setuju", "false == a.setuju"], ["a.sewa", "false == a.sewa"]),
    "yes, no and nothing": (
        ["a.sewa == true", "a.sewa == false", "a.sewa == null"], ["a.sewa == true", "a.sewa == null"],
    ),
    "something and nothing in a list": (
        ["len(a.instansi) > 0", "len(a.instansi) == 0"], ["len(a.instansi) > 1", "len(a.instansi) == 0"],
    ),
    "at least one and none": (
        ["len(a.instansi) >= 1", "1 > len(a.instansi)"], ["len(a.instansi) >= 1", "0 > len(a.instansi)"],
    ),
    "every word of an optional choice, and none": (
        ['a.status == "milik"', 'a.status == "sewa"', "a.status == null"],
        ['a.status == "milik"', 'a.status == "sewa"'],
    ),
    "an optional choice by get": (
        ['get("a.status", "-") == "milik"', 'get("a.status", "-") in ["sewa", "-"]'],
        ['get("a.status", "-") == "milik"', 'get("a.status", "-") == "sewa"'],
    ),
    "every outcome by get, one for nothing": (
        ['get("a.keputusan", "ya") == "ya"', 'get("a.keputusan", "ya") == "tidak"'],
        ['get("a.keputusan", "ya") == "ya"', 'get("a.keputusan", "tidak") == "tidak" and a.setuju'],
    ),
    "every outcome by get of a task that was done": (
        ['get("a.keputusan", "") == "ya"', 'get("a.keputusan", "") == "tidak"'],
        ['get("a.keputusan", "") == "ya"', 'get("a.keputusan", "") == ""'],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_ways_for_every_answer_that_can_be_need_no_default(name):
    whole, part = WHOLE[name]
    assert "no-default" not in [code for code, _ in told(chosen(*whole, default=""), ANSWERED)]
    assert ("no-default", "x") in told(chosen(*part, default=""), ANSWERED)


def test_a_way_for_yes_said_otherwise_is_never_taken():
    assert told(chosen("a.setuju", "a.setuju == true"), ANSWERED) == [("never-taken", "c1")]
    assert told(chosen("a.setuju", "a.setuju == false"), ANSWERED) == []
