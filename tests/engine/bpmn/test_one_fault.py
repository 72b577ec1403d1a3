"""One fault, one problem: what follows from it alone is not told beside it; and what is no fault is not told at all."""

import pytest

from engine import bpmn
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.walking import Walk, one_file, roled

FORMS = {"formulir": (), "ya_tidak": ("ya", "tidak")}
KNOWN = d.catalogue(forms=FORMS, start={"permohonan": {}}, routes={"formulir": {"luas": "number"}, "ya_tidak": {}})
BESIDE = {"unread-field"}


def told(*parts, tasks=("a", "b", "c")):
    problems = bpmn.check(one_file(roled("izin", *parts, tasks=tasks)), KNOWN)
    return [(one.code, one.element) for one in problems if one.code not in BESIDE]


def three(*flows, nodes=None):
    return told(d.start(), *(nodes or (d.user("a"), d.user("b"), d.user("c"))), d.end(), *flows)


def test_a_flow_that_is_gone_is_told_where_the_way_ends():
    assert three(d.chain("mulai", "a"), d.chain("b", "c", "selesai")) == [("no-way-out", "a")]


def in_lane(*nodes):
    lane = d.lanes(d.lane("jalur", "Petugas Loket (FO)", "a", "b", "c"))
    way = d.chain("mulai", "a", "b", "c", "selesai")
    problems = bpmn.check(one_file(d.process("izin", lane, d.start(), *nodes, d.end(), way)), KNOWN)
    return [(one.code, one.element) for one in problems if one.code not in BESIDE]


def test_a_task_without_id_is_told_and_not_the_flows_that_call_it():
    nameless = d.user("b").replace('id="b" ', "")
    assert in_lane(d.user("a"), nameless, d.user("c")) == [("no-id", "b")]


def test_of_two_tasks_without_id_each_is_known_by_the_flows_it_lists():
    def listing(id):
        ways = f"<incoming>f_{'a' if id == 'b' else 'b'}_{id}</incoming>"
        return d.user(id, inner=ways).replace(f'id="{id}" ', "")

    assert in_lane(d.user("a"), listing("b"), listing("c")) == [("no-id", "b"), ("no-id", "c")]


def test_a_boundary_event_on_nothing_is_told_and_not_its_branch():
    adrift = d.boundary("batas", "entah", d.after("P1D"))
    nodes = (d.user("a"), adrift, d.user("b"), d.end("lain"))
    flows = (d.chain("mulai", "a", "selesai"), d.chain("batas", "b", "lain"))
    assert three(*flows, nodes=nodes) == [("boundary", "batas")]


def test_a_called_process_that_is_not_there_may_have_set_anything():
    nodes = (d.user("a"), d.call("panggil", "entah"), d.exclusive("x", "f_x_selesai"), d.end("lain"))
    ask = d.flow("x", "lain", "dari_sana.luas &gt; 3 and a.luas &gt; 2")
    assert three(d.chain("mulai", "a", "panggil", "x", "selesai"), ask, nodes=nodes) == [("unknown-process", "panggil")]


def forked(*more, join="j"):
    return (
        d.start(), d.parallel("p"), d.user("a"), d.user("b"), d.end(), d.chain("p", "a"), d.chain("p", "b"),
        d.chain("mulai", "p"), *more,
    )  # fmt: skip


def test_a_deadlock_is_told_beside_a_flow_that_leads_nowhere():
    way = (d.exclusive("x", "f_x_m"), d.exclusive("m"), d.parallel("j"), d.user("c"), d.end("lain"))
    flows = (d.chain("a", "x", "m", "lain"), d.flow("x", "j", "a.luas &gt; 3"), d.chain("b", "j", "c", "selesai"))
    assert ("deadlock", "j") in told(*forked(*way, *flows))
    # A second fault elsewhere does not hide the first; a token that may have gone astray makes no deadlock.
    astray = (d.exclusive("y", "f_y_c"), d.flow("y", "entah", "a.luas &gt; 9", id="sesat"))
    flows = (d.chain("a", "x", "m", "lain"), d.flow("x", "j", "a.luas &gt; 3"), d.chain("b", "j", "y", "c", "selesai"))
    found = told(*forked(*way, *astray, *flows))
    assert {("deadlock", "j"), ("dangling-flow", "sesat")} <= {*found}


def test_a_join_that_waits_for_a_flow_that_leads_nowhere_is_no_deadlock_of_its_own():
    found = told(*forked(d.parallel("j"), d.flow("a", "entah", id="sesat"), d.chain("b", "j", "selesai")))
    assert found == [("dangling-flow", "sesat")]


def test_the_first_of_two_branches_may_end_everything():
    stop = d.end("cukup", "<terminateEventDefinition/>")
    parts = (d.start(), d.parallel("p"), d.user("a"), d.user("b"), d.exclusive("m"), stop)
    way = (d.chain("mulai", "p", "a", "m", "cukup"), d.chain("p", "b", "m"))
    assert told(*parts, *way) == []
    walk = Walk(one_file(roled("izin", *parts, *way, tasks=("a", "b")))).complete("b")
    assert walk.position.ended
    plain = (*parts[:-1], d.end("cukup"))
    assert ("runs-twice", "m") in told(*plain, *way) or ("runs-twice", "cukup") in told(*plain, *way)


def test_two_reminders_of_one_task_may_share_what_they_do():
    events = [
        d.boundary(id, "a", d.after(after), interrupting=False) for id, after in (("satu", "P1D"), ("dua", "P2D"))
    ]
    flows = (d.chain("mulai", "a", "selesai"), d.chain("satu", "b", "lain"), d.chain("dua", "b"))
    assert three(*flows, nodes=(d.user("a"), *events, d.user("b"), d.end("lain"))) == []


COVERING = [
    ("a.keputusan == &quot;ya&quot;", "a.keputusan == &quot;tidak&quot;"),
    ("a.keputusan == &quot;ya&quot;", "a.keputusan != &quot;ya&quot;"),
    ("a.luas &gt; 3", "a.luas &lt;= 3"),
    ("a.luas &gt; 3", "not (a.luas &gt; 3)"),
    ("a.luas &gt; 3", "3 &gt;= a.luas"),
    ("a.keputusan in [&quot;ya&quot;]", "a.keputusan not in [&quot;ya&quot;]"),
    ("a.keputusan in [&quot;ya&quot;]", "a.luas &gt; 3 or a.keputusan == &quot;tidak&quot;"),
    ("a.luas &gt; 3 or a.luas &lt; 1", "not (a.luas &gt; 3) and not (a.luas &lt; 1)"),
]
OPEN = [
    ("a.luas &gt; 3 and a.keputusan == &quot;ya&quot;", "a.keputusan == &quot;tidak&quot;"),
    ("a.setuju == true", "a.setuju == false"),
    ("a.keputusan == &quot;ya&quot;", "a.luas &gt; 3"),
    ("a.luas &gt; 3", "a.luas &lt; 3"),
    ("a.keputusan == &quot;ya&quot;", "a.keputusan == &quot;ya&quot;"),
]


def choosing(first, second, form="ya_tidak"):
    parts = (d.start(), d.user("a", form=form), d.exclusive("x"), d.end(), d.end("lain"))
    flows = (d.chain("mulai", "a", "x"), d.flow("x", "selesai", first), d.flow("x", "lain", second))
    return one_file(roled("izin", *parts, *flows, tasks=("a",)))


@pytest.mark.parametrize("pair", COVERING)
def test_conditions_that_leave_no_case_out_need_no_default(pair):
    known = d.catalogue(forms=FORMS)
    assert {one.code for one in bpmn.check(choosing(*pair), known)} <= {"unheard-outcome"}
    walk = Walk(choosing(*pair), known=known).complete("a", keputusan="tidak", luas=1)
    assert walk.position.ended


@pytest.mark.parametrize("pair", OPEN)
def test_conditions_that_leave_a_case_out_need_a_default(pair):
    known = d.catalogue(forms=FORMS)
    assert "no-default" in [one.code for one in bpmn.check(choosing(*pair), known)]


def test_a_flow_into_a_boundary_event_is_told_and_not_the_step_it_leaves():
    event = d.boundary("batas", "a", d.after("P1D"))
    nodes = (d.user("a"), event, d.user("b"), d.user("c"), d.end("lain"))
    ways = (d.chain("mulai", "a", "b", "selesai"), d.chain("batas", "c", "lain"))
    back = d.flow("b", "batas", id="balik")
    assert three(*ways, back, nodes=nodes) == [("wrong-flow", "balik")]
    only = (d.chain("mulai", "a", "selesai"), d.chain("batas", "c", "b"), back)
    assert three(*only, nodes=nodes[:-1]) == [("wrong-flow", "balik")]


def test_a_boundary_event_of_another_place_is_told_and_not_its_branch():
    event = d.boundary("batas", "b", d.after("P1D"))
    inside = d.sub("sp", d.start("s"), d.user("a"), event, d.user("c"), d.end("e"), d.chain("s", "a", "e"),
                   d.chain("batas", "c", "e"))  # fmt: skip
    assert three(d.chain("mulai", "sp", "b", "selesai"), nodes=(inside, d.user("b"))) == [("boundary", "batas")]


def test_the_steps_of_an_ad_hoc_sub_process_need_no_flows_beside_its_refusal():
    free = f'<adHocSubProcess id="bebas">{d.user("a")}{d.user("b")}</adHocSubProcess>'
    assert three(d.chain("mulai", "bebas", "selesai"), nodes=(free,)) == [("unsupported", "bebas")]


def failing(*inside):
    """A sub-process whose error an event on its boundary awaits, with a step behind it."""
    body = d.sub("badan", d.start("s"), d.user("a", form="ya_tidak"), *inside)
    event = d.boundary("gagal", "badan", '<errorEventDefinition errorRef="G"/>')
    parts = (d.start(), body, event, d.user("b"), d.user("c"), d.end(), d.end("lain"))
    process = roled("izin", *parts, d.chain("mulai", "badan", "b", "selesai"), d.chain("gagal", "c", "lain"),
                    tasks=("b", "c", "badan"))  # fmt: skip
    files = one_file('<error id="G" errorCode="G"/>', process)
    return [(one.code, one.element) for one in bpmn.check(files, KNOWN) if one.code not in (*BESIDE, "unheard-outcome")]


def test_nobody_comes_behind_a_sub_process_that_ends_only_by_errors():
    error = d.end("e", '<errorEventDefinition errorRef="G"/>')
    assert failing(error, d.chain("s", "a", "e")) == [("unreachable", "b")]
    choice = (d.exclusive("x", "f_x_baik"), d.end("baik"), d.flow("x", "e", "a.keputusan == &quot;ya&quot;"))
    assert failing(error, *choice, d.chain("s", "a", "x", "baik")) == []


def breaking_off(kind, inner):
    """A sub-process in another: what breaks the inner one off is awaited around the outer one, or around itself."""
    thrown = d.end("e", f'<{kind}EventDefinition {kind}Ref="G"/>')
    deep = d.sub("dalam", d.start("s2"), d.user("a"), thrown, d.chain("s2", "a", "e"))
    event = d.boundary("gagal", "dalam" if inner else "badan", f'<{kind}EventDefinition {kind}Ref="G"/>')
    within = (event, d.end("lain"), d.chain("gagal", "lain")) if inner else ()
    body = d.sub("badan", d.start("s"), deep, d.user("b"), d.end("usai"), d.chain("s", "dalam", "b", "usai"), *within)
    outside = () if inner else (event, d.end("lain"), d.chain("gagal", "lain"))
    parts = (d.start(), body, d.user("c"), d.end(), *outside, d.chain("mulai", "badan", "c", "selesai"))
    files = one_file(f'<{kind} id="G" {kind}Code="G"/>', roled("izin", *parts, tasks=("badan", "c")))
    return [(one.code, one.element) for one in bpmn.check(files, KNOWN) if one.code not in BESIDE]


def test_what_breaks_off_around_two_sub_processes_leaves_nothing_behind_either():
    assert breaking_off("error", inner=False) == [("unreachable", "b"), ("unreachable", "c")]
    assert breaking_off("error", inner=True) == [("unreachable", "b")]
    assert breaking_off("escalation", inner=True) == [("unreachable", "b")]
    assert breaking_off("escalation", inner=False) == []


def test_two_events_of_one_gateway_that_hear_the_same_are_told():
    def first(second):
        events = (d.catch("satu", d.by_message("m")), d.catch("dua", d.by_message(second)))
        parts = (d.start(), '<eventBasedGateway id="g"/>', *events, d.user("a"), d.user("b"), d.end(), d.end("lain"))
        ways = (d.chain("mulai", "g", "satu", "a", "selesai"), d.chain("g", "dua", "b", "lain"))
        files = one_file(d.message("m"), d.message("n"), roled("izin", *parts, *ways, tasks=("a", "b")))
        return [(one.code, one.element) for one in bpmn.check(files, KNOWN) if one.code not in BESIDE]

    assert first("m") == [("event-gateway", "dua")]
    assert first("n") == []


def inside_again(key):
    inside = (d.start("s"), d.user(key), d.user("c"), d.end("e"), d.chain("s", key, "c", "e"))
    return three(d.chain("mulai", "a", "sp", "selesai"), nodes=(d.user("a"), d.sub("sp", *inside)))


def test_an_id_that_stands_on_two_levels_is_told_and_not_the_flows_between_them():
    assert inside_again("a") == [("duplicate-id", "a")]
    assert inside_again("b") == []


def test_a_task_without_id_that_hangs_on_nothing_is_told_once():
    loose = '<userTask name="tanpa"/>'
    assert three(d.chain("mulai", "a", "selesai"), nodes=(d.user("a"), loose)) == [("no-id", "izin")]


def test_a_sub_process_without_end_is_told_and_not_the_step_that_leads_nowhere():
    def body(*ends):
        ways = (d.chain("s", "b", "c"), *(d.flow("c", "e") for _ in ends))
        inside = d.sub("sp", d.start("s"), d.user("b"), d.user("c"), *ends, *ways)
        return three(d.chain("mulai", "a", "sp", "selesai"), nodes=(d.user("a"), inside))

    assert body() == [("no-end", "sp")]
    assert body(d.end("e")) == []


def test_a_repetition_that_counts_nothing_is_told_once():
    def counted(text):
        inner = f"<multiInstanceLoopCharacteristics>{text}</multiInstanceLoopCharacteristics>"
        nodes = (d.user("a"), d.user("b", inner=inner))
        return three(d.chain("mulai", "a", "b", "selesai"), nodes=nodes)

    assert counted("<loopCardinality></loopCardinality>") == [("multi-instance", "b")]
    assert counted("<loopCardinality>3</loopCardinality>") == []


def test_a_task_that_is_called_like_a_function_is_told_and_not_what_reads_it():
    def reading(key):
        nodes = (d.user(key), d.exclusive("x", "f_x_selesai"), d.end("lain"))
        ask = d.flow("x", "lain", f"{key}.luas &gt; 3")
        return [one for one in three(d.chain("mulai", key, "x", "selesai"), ask, nodes=nodes) if one[0] != "no-role"]

    assert reading("len") == [("reserved-id", "len")]
    for odd in ("constructor", "a" * 61):
        assert reading(odd) == [("odd-id", odd)]
    assert reading("a" * 60) == []
    assert reading("a") == []


RECKONED = ['a.keputusan - "x" == "y"', "-a.keputusan == a.keputusan", "(a.keputusan * 2) / a.keputusan > 1"]


@pytest.mark.parametrize("condition", RECKONED)
def test_a_text_that_is_reckoned_with_is_told_once(condition):
    def asked(text):
        nodes = (d.user("a"), d.exclusive("x", "f_x_selesai"), d.end("lain"))
        quoted = text.replace(">", "&gt;").replace('"', "&quot;")
        return three(d.chain("mulai", "a", "x", "selesai"), d.flow("x", "lain", quoted), nodes=nodes)

    assert asked(condition) == [("wrong-type", "f_x_lain")]
    assert asked(condition.replace("keputusan", "luas").replace('"x"', "1").replace('"y"', "2")) == []


def test_nobody_comes_behind_a_call_whose_process_ends_only_by_errors():
    def called(*ends):
        ways = (d.exclusive("x", "f_x_e"), d.chain("s", "a", "x", "e"), *ends)
        thrown = d.end("e", '<errorEventDefinition errorRef="G"/>')
        inner = roled("anak", d.start("s"), d.user("a", form="ya_tidak"), thrown, *ways, tasks=("a",))
        event = d.boundary("gagal", "panggil", '<errorEventDefinition errorRef="G"/>')
        parts = (d.start(), d.call("panggil", "anak"), event, d.user("b"), d.user("c"), d.end(), d.end("lain"))
        flows = (d.chain("mulai", "panggil", "b", "selesai"), d.chain("gagal", "c", "lain"))
        files = one_file('<error id="G" errorCode="G"/>', roled("izin", *parts, *flows, tasks=("b", "c")), inner)
        told_of = [(one.code, one.element) for one in bpmn.check(files, KNOWN)]
        return [one for one in told_of if one[0] not in (*BESIDE, "unheard-outcome")]

    asked = d.flow("x", "baik", "a.keputusan == &quot;ya&quot;")
    assert called(d.end("baik"), asked) == []
    other = d.end("baik", '<errorEventDefinition errorRef="G"/>')
    assert called(other, asked) == [("unreachable", "b")]
