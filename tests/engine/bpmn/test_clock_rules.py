"""Clocks in diagrams: started once, stopped on some way, every pause resumed; also through calls and interruptions."""
# ruff: noqa: E501 -- a fault and its mended twin are read across

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import bpmn
from engine.bpmn.checking import clock_walk
from engine.services import Answer
from engine.services import service as named
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.walking import one_file, roled


@named("clock.start")
def start(call, *, clock, term=""):
    """Start a clock."""
    return Answer()


@named("clock.stop")
def stop(call, *, clock):
    """Stop a clock."""
    return Answer()


@named("clock.pause")
def pause(call, *, cause):
    """Pause the service clock."""
    return Answer()


@named("clock.resume")
def resume(call, *, cause):
    """Resume the service clock."""
    return Answer()


@named("clock.reopen")
def reopen(call, *, clock):
    """Let a stopped clock go on."""
    return Answer()


KNOWN = d.catalogue((start, stop, pause, resume, reopen))
L = "&quot;L&quot;"


def act(id, what, **given):
    return d.service(id, f"clock.{what}", **{name: f"&quot;{word}&quot;" for name, word in given.items()})


BEGIN, END = act("mulai_l", "start", clock="L"), act("henti_l", "stop", clock="L")
PAUSE, RESUME = act("jeda", "pause", cause="BAYAR"), act("terus", "resume", cause="BAYAR")


def told(files):
    return [(one.code, one.element) for one in bpmn.check(files, KNOWN)]


def row(*acts, way):
    """Acts one after the other, a task among them."""
    return one_file(
        roled("izin", d.start(), d.user("a"), *acts, d.end(), d.chain("mulai", *way, "selesai"), tasks=["a"])
    )


# What is wrong -> (code, element, the acts in their order, the order that is right).
FAULTS = {
    "started twice": ("started-twice", "lagi", (BEGIN, END, act("lagi", "start", clock="L")),
                      ("mulai_l", "a", "lagi", "henti_l"),
                      (BEGIN, END, act("lagi", "reopen", clock="L"), act("akhir", "stop", clock="L")),
                      ("mulai_l", "a", "henti_l", "lagi", "akhir")),
    "started again after its end": ("started-twice", "lagi", (BEGIN, END, act("lagi", "start", clock="L"), act("akhir", "stop", clock="L")),
                                    ("mulai_l", "henti_l", "a", "lagi", "akhir"), (BEGIN, END), ("mulai_l", "a", "henti_l")),
    "stopped on no way": ("never-stopped", "mulai_l", (BEGIN,), ("mulai_l", "a"), (BEGIN, END), ("mulai_l", "a", "henti_l")),
    "never resumed": ("never-resumed", "jeda", (BEGIN, PAUSE), ("mulai_l", "jeda", "a"),
                      (BEGIN, PAUSE, RESUME, END), ("mulai_l", "jeda", "a", "terus", "henti_l")),
    "resumed for another cause": ("resumed-unpaused", "lain", (BEGIN, PAUSE, RESUME, act("lain", "resume", cause="PERBAIKAN"), END),
                                  ("mulai_l", "jeda", "a", "terus", "lain", "henti_l"),
                                  (BEGIN, PAUSE, RESUME, END), ("mulai_l", "jeda", "a", "terus", "henti_l")),
    "paused twice": ("paused-twice", "jeda2", (BEGIN, PAUSE, act("jeda2", "pause", cause="BAYAR"), RESUME, END),
                     ("mulai_l", "jeda", "a", "jeda2", "terus", "henti_l"),
                     (BEGIN, PAUSE, act("jeda2", "pause", cause="PERBAIKAN"), RESUME, act("t2", "resume", cause="PERBAIKAN"), END),
                     ("mulai_l", "jeda", "a", "jeda2", "terus", "t2", "henti_l")),
}  # fmt: skip
ALSO = {"never resumed": {("never-stopped", "mulai_l")}}


@pytest.mark.parametrize("name", FAULTS)
def test_a_clock_fault_is_told_at_its_act_and_its_mended_twin_passes(name):
    code, element, acts, way, right, right_way = FAULTS[name]
    assert set(told(row(*acts, way=way))) - ALSO.get(name, set()) == {(code, element)}
    assert told(row(*right, way=right_way)) == []


def test_a_clock_that_measures_a_term_may_start_as_often_as_the_term_is_given():
    terms = act("p1", "start", clock="P_BAYAR", term="bayar") + act("p2", "start", clock="P_BAYAR", term="bayar")
    done = act("p3", "stop", clock="P_BAYAR")
    assert told(row(BEGIN, END, terms, done, way=("mulai_l", "p1", "a", "p2", "p3", "henti_l"))) == []


def test_a_pause_in_a_called_process_is_ended_by_its_caller():
    inner = d.file(roled("lain", d.start("l1"), PAUSE, d.end("l2"), d.chain("l1", "jeda", "l2")))
    way = ("mulai_l", "panggil", "a", "terus", "henti_l")
    assert told({**row(BEGIN, END, RESUME, d.call("panggil", "lain"), way=way), "lain.bpmn": inner}) == []
    way = ("mulai_l", "panggil", "a")
    found = told({**row(BEGIN, d.call("panggil", "lain"), way=way), "lain.bpmn": inner})
    assert ("never-resumed", "jeda") in found


DONE = [("start", "clock", "L"), ("stop", "clock", "L"), ("reopen", "clock", "L"), ("start", "clock", "H")]
DONE += [
    ("stop", "clock", "H"),
    ("pause", "cause", "BAYAR"),
    ("resume", "cause", "BAYAR"),
    ("pause", "cause", "TUNGGU"),
]
some_acts = st.lists(st.sampled_from(DONE), max_size=4)


def acts_in_a_row(letter, done):
    """Acts one after another, and their ids."""
    ids = [f"{letter}{place}" for place in range(len(done))]
    return "".join(act(id, what, **{of: word}) for id, (what, of, word) in zip(ids, done, strict=True)), ids


@given(before=some_acts, inside=some_acts, behind=some_acts, twice=st.booleans())
@settings(max_examples=150, deadline=None)
def test_what_passes_through_a_called_process_untouched_is_judged_as_if_it_had_been_followed(
    before, inside, behind, twice
):
    first, one = acts_in_a_row("a", before)
    held, two = acts_in_a_row("b", inside)
    last, three = acts_in_a_row("c", behind)
    inner = d.file(roled("lain", d.start("l1"), held, d.end("l2"), d.chain("l1", *two, "l2")))
    calls = ["panggil", "lagi"] if twice else ["panggil"]
    called = "".join(d.call(id, "lain") for id in calls)
    files = {**row(first, called, last, way=(*one, calls[0], "a", *calls[1:], *three)), "lain.bpmn": inner}
    quick = told(files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock_walk._Walk, "_touched", lambda walk, node: None)
        assert told(files) == quick


def test_an_interruption_may_find_the_clock_paused_and_stops_it():
    """A withdrawal while the payment is awaited: what stops the clock ends the pause too."""
    inside = d.sub("badan", d.start("s"), PAUSE, d.user("b"), d.end("e"), d.chain("s", "jeda", "b", "e"))
    files = one_file(
        d.message("cabut"),
        roled(
            "izin", d.start(), BEGIN, inside, d.boundary("dicabut", "badan", d.by_message("cabut")), END,
            act("henti_cabut", "stop", clock="L"), RESUME, d.end(), d.end("akhir_cabut"),
            d.chain("mulai", "mulai_l", "badan", "terus", "henti_l", "selesai"),
            d.chain("dicabut", "henti_cabut", "akhir_cabut"), tasks=("badan",),
        ),
    )  # fmt: skip
    assert told(files) == []


@pytest.mark.parametrize(
    ("given", "told_of"),
    [
        ({"clock": "TIDAKADA"}, [("unknown-clock", "aneh")]),
        ({"clock": "P_BAYAR"}, []),
        ({"clock": "L"}, []),
        ({"clock": "SENDIRI", "term": "P_BAYAR"}, []),
    ],
)
def test_a_clock_that_nobody_gives_a_budget_is_told_at_the_act_that_starts_it(given, told_of):
    known = replace(KNOWN, terms=frozenset({"P_BAYAR"}))
    files = row(act("aneh", "start", **given), act("henti", "stop", clock=given["clock"]), way=("aneh", "a", "henti"))
    assert [(one.code, one.element) for one in bpmn.check(files, known) if one.code == "unknown-clock"] == told_of


AGAIN = 'a.keputusan == "ulang"'.replace('"', "&quot;")
RING = (
    d.exclusive("ulang") + d.user("a") + d.exclusive("lagi", default="keluar") + d.flow("lagi", "ulang", AGAIN)
    + d.flow("lagi", "henti_l", id="keluar") + d.chain("henti_l", "selesai")
)  # fmt: skip


def looped(*parts):
    """A task that a person may ask for once more, and the acts before or inside its loop."""
    return one_file(roled("izin", d.start(), BEGIN, END, RING, d.end(), *parts, tasks=["a"]))


def test_a_loop_that_starts_a_clock_in_every_round_is_told_and_its_twin_that_starts_before_passes():
    assert told(looped(d.chain("mulai", "ulang", "mulai_l", "a", "lagi"))) == [("started-twice", "mulai_l")]
    assert told(looped(d.chain("mulai", "mulai_l", "ulang", "a", "lagi"))) == []


def test_a_loop_that_can_go_round_past_the_start_is_left_to_its_data():
    past = d.exclusive("sudah", default="belum") + d.exclusive("lanjut")
    first = d.flow("sudah", "lanjut", "get(&quot;a&quot;, null) != null") + d.flow("sudah", "mulai_l", id="belum")
    assert (
        told(looped(past, first, d.chain("mulai", "ulang", "sudah"), d.chain("mulai_l", "lanjut", "a", "lagi"))) == []
    )


def test_a_repeated_step_that_starts_a_clock_each_time_is_told_also_when_it_is_called():
    many = '<standardLoopCharacteristics loopMaximum="3"/>'
    inner = d.file(roled("lain", d.start("l1"), BEGIN, d.end("l2"), d.chain("l1", "mulai_l", "l2")))
    once = row(END, d.call("panggil", "lain"), way=("panggil", "a", "henti_l"))
    assert told({**once, "lain.bpmn": inner}) == []
    often = row(END, d.call("panggil", "lain", many), way=("panggil", "a", "henti_l"))
    assert told({**often, "lain.bpmn": inner}) == [("started-twice", "mulai_l")]


def test_a_pause_that_only_a_stop_ends_is_warned_of_since_the_office_works_on_meanwhile():
    assert told(row(BEGIN, PAUSE, END, way=("mulai_l", "jeda", "a", "henti_l"))) == [("never-resumed", "jeda")]
    assert told(row(BEGIN, PAUSE, RESUME, END, way=("mulai_l", "jeda", "a", "terus", "henti_l"))) == []


def chosen(*ways, also=()):
    """A clock begun before a choice; `ways`: the act on the one way and on the other."""
    parts = (d.start(), BEGIN, d.user("a"), d.exclusive("x", "f_x_n"), *ways, d.end("akhir_y"), d.end("akhir_n"))
    return one_file(roled("izin", *parts, d.chain("mulai", "mulai_l", "a", "x", "n", "akhir_n"), d.chain("y", "akhir_y"),
                          d.flow("x", "y", "a.luas &gt; 3"), *also, tasks=["a", "y", "n"]))  # fmt: skip


def never_stopped(files):
    return [(one.element, one.severity) for one in bpmn.check(files, KNOWN) if one.code == "never-stopped"]


def test_a_clock_that_some_way_leaves_running_is_warned_of_where_it_starts():
    stop_y, stop_n = act("y", "stop", clock="L"), act("n", "stop", clock="L")
    assert never_stopped(chosen(stop_y, d.user("n"))) == [("mulai_l", "warning")]
    assert never_stopped(chosen(stop_y, stop_n)) == []
    told_of = next(one for one in bpmn.check(chosen(stop_y, d.user("n")), KNOWN) if one.code == "never-stopped")
    assert "akhir sesudah ‹n›" in told_of.message


def said(word_y, word_n):
    """A choice in a sub-process says a word, and the choice behind it stops the clock after one of the words."""
    says = {key: d.service(key, "outcome.set", "hasil_badan", value=f"&quot;{word}&quot;") for key, word in
            (("y", word_y), ("n", word_n))}  # fmt: skip
    inside = d.sub("badan", d.start("s"), d.user("a"), d.exclusive("x", "f_x_n"), *says.values(), d.end("e"), END,
                   d.exclusive("m"), d.chain("s", "a", "x", "n", "m", "e"), d.flow("x", "y", "a.luas &gt; 3"),
                   d.chain("y", "henti_l", "m"))  # fmt: skip
    behind = (d.exclusive("z", "f_z_selesai"), act("henti_2", "stop", clock="L"), d.end(), d.end("lain"))
    asked = d.flow("z", "henti_2", "hasil_badan.hasil == &quot;lewat&quot;")
    way = (d.chain("mulai", "mulai_l", "badan", "z", "selesai"), d.chain("henti_2", "lain"))
    return one_file(roled("izin", d.start(), BEGIN, inside, *behind, asked, *way, tasks=["badan"]))


def test_what_a_branch_says_rules_out_ways_at_the_choice_behind_it():
    assert never_stopped(said("selesai", "lewat")) == []
    assert never_stopped(said("selesai", "lain")) == [("mulai_l", "warning")]


def asking_again(clock):
    """Two choices that ask the same; the clock stops before the second one, or what stops is on its other way."""
    again = (d.exclusive("z", "f_z_akhir_n"), act("henti_2", "stop", clock=clock), d.end("akhir_z"))
    way = (d.chain("m", "z"), d.flow("z", "henti_2", "a.luas &gt; 3"), d.chain("henti_2", "akhir_z"))
    parts = (d.start(), BEGIN, d.user("a"), d.exclusive("x", "f_x_n"), act("n", "stop", clock="L"), d.user("y"),
             d.exclusive("m"), d.end("akhir_n"), *again)  # fmt: skip
    flows = (d.chain("mulai", "mulai_l", "a", "x", "n", "m"), d.flow("x", "y", "a.luas &gt; 3"), d.chain("y", "m"),
             d.chain("z", "akhir_n"))  # fmt: skip
    return one_file(roled("izin", *parts, *flows, *way, tasks=["a", "y"]))


def test_choices_that_ask_the_same_agree_and_are_warned_of_only_where_they_do():
    assert never_stopped(asking_again("L")) == []
    assert never_stopped(asking_again("H")) == [("mulai_l", "warning")]
