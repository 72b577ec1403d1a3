"""What a diagram says, beyond its drawing: kinds of values, parameters, results, separation, waits for each other.

Each fault is told at its element and only there; its mended twin passes.
"""
# ruff: noqa: E501 -- a fault and its mended twin are read across

from dataclasses import replace

import pytest

from engine import bpmn
from engine.services.all import SERVICES
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.walking import Walk, one_file, roled

ROUTES = {"formulir": {"luas": "number", "setuju": "boolean", "catatan": "text", "instansi": "list"}}
KNOWN = d.Catalogue(
    forms={"formulir": ("ya", "tidak")},
    services=SERVICES,
    roles=frozenset({"FO", "KASI"}),
    letters=frozenset({"SK"}),
    registers=frozenset({"skrd"}),
    states=frozenset({"diproses", "terbit"}),
    causes=frozenset({"BAYAR"}),
    notices=frozenset({"terbit"}),
    terms=frozenset({"perbaikan"}),
    routes=ROUTES,
    start={"permohonan": {"izin": "text"}},
    messages=frozenset({"pencabutan"}),
)
BESIDE = {"unread-field", "unheard-outcome", "never-stopped", "resumed-unpaused"}


def told(files, known=KNOWN):
    return [(one.code, one.element) for one in bpmn.check(files, known) if one.code not in BESIDE]


def quoted(text):
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def row(*middle, tasks=("a", "b"), also=()):
    """Elements one after the other between the start and the end, with `a` before them."""
    ids = [one.split('id="')[1].split('"')[0] for one in middle]
    way = d.chain("mulai", "a", *ids, "selesai")
    return one_file(*also, roled("izin", d.start(), d.user("a"), *middle, d.end(), way, tasks=tasks))


def asked(condition, *before):
    """`a`, then what is before, then a choice that asks the condition."""
    ids = [one.split('id="')[1].split('"')[0] for one in before]
    return one_file(
        roled(
            "izin", d.start(), d.user("a"), *before, d.exclusive("x", "f_x_selesai"), d.end(), d.end("lain"),
            d.chain("mulai", "a", *ids, "x", "selesai"), d.flow("x", "lain", quoted(condition)), tasks=("a",),
        )
    )  # fmt: skip


def serve(name, result="", **params):
    return d.service("s", name, result, **{key: quoted(one) for key, one in params.items()})


def many(loop, id="b", kind=d.user):
    inner = f"<multiInstanceLoopCharacteristics>{loop}</multiInstanceLoopCharacteristics>"
    return kind(id, inner=inner)


def over(items):
    return f'<loopDataInputRef>{items}</loopDataInputRef><loopDataOutputRef>y</loopDataOutputRef><inputDataItem id="w"/><outputDataItem id="z"/>'


AT = "f_x_lain"
RECKONED = {  # what a condition asks, wrong and right
    "a text in a sum": ("a.catatan + 1 == 2", "a.luas + 1 == 2"),
    "a text in a product": ("a.catatan * 2 > 3", "a.luas * 2 > 3"),
    "a minus before a text": ("-a.catatan > 3", "-a.luas > 3"),
    "the length of a number": ("len(a.luas) > 3", "len(a.catatan) > 3"),
    "the sum of a text": ("sum(a.catatan) > 3", "sum([a.luas, 1]) > 3"),
    "the least of a text": ("min(a.catatan, 3) > 1", "min(a.luas, 3) > 1"),
    "a rounded text": ("round(a.catatan) > 3", "round(a.luas) > 3"),
    "a number held against a text": ("a.luas == a.catatan", "a.catatan == permohonan.izin"),
    "a number ordered with a text": ("a.luas > a.catatan", "a.luas > len(a.catatan)"),
    "the order of truths": ("a.setuju > a.setuju", "a.setuju == a.setuju"),
    "a search in a number": ('"x" in a.luas', '"x" in a.catatan'),
    "a number searched in a text": ("a.luas in a.catatan", "a.luas in a.instansi"),
    "a part of a text": ("a.catatan.kota == 1", "a.catatan == permohonan.izin"),
    "a member of a number": ("a.luas[0] == 1", "a.instansi[0] == 1"),
    "a sum that is no yes or no": ("a.luas + 1", "a.luas + 1 > 0"),
    "a list that is no yes or no": ("a.instansi", "len(a.instansi) > 0"),
    "a field asked for with get": ('get("a.catatan", "") == 3', 'get("a.catatan", "") == "3"'),
    "the length of a field asked for with get": ('len(get("a.luas", 0)) > 1', 'len(get("a.catatan", "")) > 1'),
}


@pytest.mark.parametrize("name", RECKONED)
def test_what_can_never_be_reckoned_is_told_before_a_case_stops_there(name):
    wrong, right = RECKONED[name]
    assert told(asked(wrong)) == [("wrong-type", AT)]
    assert told(asked(right)) == []


def test_a_field_that_may_be_left_empty_is_asked_about_before_it_is_reckoned_with():
    known = replace(KNOWN, optional={"formulir": frozenset({"luas"})})
    for wrong in ("a.luas > 2.5", "a.luas + 1 == 2", "round(a.luas) == 3", "a.luas > 1 or a.setuju"):
        assert told(asked(wrong), known) == [("not-always-set", AT)]
    for right in ("a.luas != null and a.luas > 2.5", "a.luas == 3", 'get("a.luas", 0) > 2.5', "a.catatan == null"):
        assert told(asked(right), known) == []
    walk = Walk(asked("a.luas != null and a.luas > 2.5"), known=known)
    assert walk.complete("a", luas=None).position.ended


def test_a_constant_that_cannot_be_reckoned_is_told():
    assert told(asked("1 / 0 > 2")) == [("expression", AT)]
    assert told(row(many("<loopCardinality>1/0</loopCardinality>"))) == [("expression", "b")]
    assert told(row(many("<loopCardinality>4/2</loopCardinality>"))) == []


def test_a_list_may_be_held_against_a_list_that_is_written_out():
    assert told(asked('a.instansi == ["PU"]')) == []
    assert told(asked('a.catatan == ["PU"]')) == [("wrong-type", AT)]
    assert told(asked('a.keputusan == ["iya"]')) == [("wrong-type", AT)]
    walk = Walk(asked('a.instansi == ["PU"]'), known=KNOWN).complete("a", instansi=["PU"])
    assert walk.position.ends == ("lain",)


def test_who_is_named_for_a_task_is_a_list_of_people():
    for wrong in ("a.setuju", "a.luas", "a.catatan"):
        assert told(row(d.user("b", namedBy=wrong))) == [("wrong-type", "b")]
    for right in ("a.instansi", "permohonan.anggota"):
        assert (
            told(
                row(d.user("b", namedBy=right)), replace(KNOWN, start={**KNOWN.start, "permohonan": {"anggota": "any"}})
            )
            == []
        )


def test_an_outcome_asked_for_with_get_is_one_that_the_form_offers():
    assert told(asked('get("a.keputusan", "") == "iya"')) == [("unknown-outcome", AT)]
    assert told(asked('get("a.keputusan", "") == "ya"')) == []
    assert told(asked('get("a.keputusan", "") == ""')) == []


REPEATED = {
    "over a text": (over("a.catatan"), over("a.instansi"), "wrong-type"),
    "over a whole task": (over("a"), over("a.instansi"), "wrong-type"),
    "as often as a text says": ("<loopCardinality>a.catatan</loopCardinality>", "<loopCardinality>a.luas</loopCardinality>", "wrong-type"),
    "as often as a list says": ("<loopCardinality>a.instansi</loopCardinality>", "<loopCardinality>len(a.instansi)</loopCardinality>", "wrong-type"),
}  # fmt: skip


@pytest.mark.parametrize("name", REPEATED)
def test_a_repetition_asks_for_a_list_or_a_number(name):
    wrong, right, code = REPEATED[name]
    assert told(row(many(wrong))) == [(code, "b")]
    assert told(row(many(right))) == []


START = ("clock.start", {"clock": '"perbaikan"'})
PARAMETERS = {  # a service with a parameter, wrong and right, and what is told
    "a clock that is a number": ("clock.start", {"clock": "7"}, {"clock": '"L"'}, "wrong-type"),
    "a state that is a number": ("case.state", {"state": "5"}, {"state": '"terbit"'}, "wrong-type"),
    "a state from a number": ("case.state", {"state": "a.luas"}, {"state": "a.catatan"}, "wrong-type"),
    "a state nobody knows": ("case.state", {"state": '"terbt"'}, {"state": '"terbit"'}, "unknown-state"),
    "an outcome nobody knows": ("case.close", {"outcome": '"terbt"'}, {"outcome": '"terbit"'}, "unknown-outcome"),
    "a notice to nobody": ("notice.send", {"notice": '"terbit"', "to": '"BOS"'}, {"notice": '"terbit"', "to": '"KASI"'}, "unknown-to"),
    "a notice to the applicant": ("notice.send", {"notice": '"terbit"', "to": '"pemohn"'}, {"notice": '"terbit"', "to": '"pemohon"'}, "unknown-to"),
    "a levy of no kind": ("levy.assess", {"kind": '"SKRDD"'}, {"kind": '"STRD"'}, "unknown-kind"),
    "a moment without zone": ("clock.start", {"clock": '"L"', "since": '"2026-03-02T08:00:00"'}, {"clock": '"L"', "since": '"2026-03-02T08:00:00+07:00"'}, "parameter"),
    "a moment that is none": ("clock.start", {"clock": '"L"', "since": '"besok"'}, {"clock": '"L"', "since": "a.pada"}, "parameter"),
    "a clock nobody starts": ("clock.stop", {"clock": '"entah"'}, {"clock": '"L"'}, "unknown-clock"),
    "a clock nobody starts that goes on": ("clock.reopen", {"clock": '"entah"'}, {"clock": '"L"'}, "unknown-clock"),
    "a list that is a number": ("visit.outcome", {"visits": "a.luas", "scheduled": "a.pada"}, {"visits": "a.instansi", "scheduled": "a.pada"}, "wrong-type"),
    "a round so far that is a text": ("round.next", {"so_far": "a.catatan"}, {"so_far": 'get("a", null)'}, "wrong-type"),
}  # fmt: skip


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_is_of_the_kind_and_with_a_word_that_the_service_takes(name):
    service, wrong, right, code = PARAMETERS[name]
    clock = (
        d.service("mulai_l", "clock.start", clock="&quot;L&quot;") if "clock" in name and "start" not in service else ""
    )
    before = (clock,) if clock else ()
    assert told(row(*before, serve(service, **wrong))) == [(code, "s")]
    assert told(row(*before, serve(service, **right))) == []


def test_what_a_service_answers_is_read_by_its_names_and_kinds():
    count = serve("round.next", "ronde")
    assert told(asked("ronde.ke > 2", count)) == []
    assert told(asked("ronde.kee > 2", count)) == [("unknown-field", AT)]
    assert told(asked('ronde.ke == "2"', count)) == [("wrong-type", AT)]
    silent = serve("case.state", "status", state='"terbit"')
    assert told(asked("status.apa == 1", silent)) == [("unknown-field", AT)]


def test_a_parameter_that_is_misnamed_is_told_once():
    assert told(row(serve("case.state", stat='"terbit"'))) == [("parameter", "s")]
    assert told(row(serve("clock.start", clock='"perbaikan"', trem='"perbaikan"'))) == [("parameter", "s")]
    both = row(serve("letter.issue", surat='"SK"', kepada='"KASI"'))
    assert told(both) == [("parameter", "s")] * 3


def test_a_result_that_no_step_says_is_told():
    say = serve("outcome.set", "akhir", value='"lulus"')
    assert told(asked('akhir.hasil == "lulus"', say)) == []
    assert told(asked('akhir.hasil == "lulu"', say)) == [("unknown-outcome", AT)]
    free = serve("outcome.set", "akhir", value="a.catatan")
    assert told(asked('akhir.hasil == "lulu"', free)) == []


def test_a_name_that_several_services_answer_under_has_the_parts_of_all():
    files = asked(
        'ronde.ke > 2 and get("ronde.hasil", "") == "x"', serve("round.next", "ronde"),
        d.service("t", "outcome.set", "ronde", value="&quot;x&quot;"),
    )  # fmt: skip
    assert told(files) == []


RESULTS = {  # a result variable that is wrong
    "with a space": "hasil hitung",
    "a word of the language": "true",
    "a function": "len",
    "hidden": "_x",
    "of a task": "a",
    "of every case": "permohonan",
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_has_a_readable_name_of_its_own(name):
    assert told(row(serve("round.next", RESULTS[name]))) == [("result-name", "s")]
    assert told(row(serve("round.next", "hasil_hitung"))) == []


def test_what_a_repetition_collects_is_written_inside_it():
    def body(result):
        loop = f"<multiInstanceLoopCharacteristics>{over('a.instansi').replace('z', result)}</multiInstanceLoopCharacteristics>"
        inner = (d.start("s1"), d.user("b"), d.end("s2"), d.chain("s1", "b", "s2"))
        return row(d.sub("badan", *inner, inner=loop), tasks=("a", "badan"))

    assert told(body("bb")) == [("not-collected", "badan")]
    assert told(body("b")) == []


def test_a_service_repeated_over_a_list_leaves_each_rounds_answer():
    loop = "<multiInstanceLoopCharacteristics><loopDataInputRef>a.instansi</loopDataInputRef>{}</multiInstanceLoopCharacteristics></serviceTask>"
    plain = serve("outcome.set", value="s_anggota").replace("</serviceTask>", loop.format(""))
    walk = Walk(row(plain), known=KNOWN, services=tuple(SERVICES)).complete("a", instansi=["PU", "LH"])
    assert walk.data["s"] == [{"hasil": "PU"}, {"hasil": "LH"}]
    other = '<inputDataItem id="w"/><outputDataItem id="z"/>'
    named = serve("outcome.set", "hasil", value="w").replace("</serviceTask>", loop.format(other))
    assert told(row(named)) == [("not-collected", "s")]


def test_a_property_that_nothing_reads_is_told_with_the_one_that_was_meant():
    files = row(d.user("b").replace('name="formKey"', 'name="formkey"'))
    found = {(one.code, one.element): one.hint for one in bpmn.check(files, KNOWN) if one.code not in BESIDE}
    assert found.keys() == {("unknown-property", "b"), ("no-form", "b")}
    assert "formKey" in found["unknown-property", "b"]


def test_a_lane_names_what_the_diagram_holds():
    (name, text) = next(iter(row(d.user("b")).items()))
    assert told({name: text.replace(b"<flowNodeRef>b<", b"<flowNodeRef>bb<")}) == [("unknown-element", "izin_lane")]
    assert told({name: text.replace(b"<flowNodeRef>b<", b"<flowNodeRef>b</flowNodeRef><flowNodeRef>c<")}) == [
        ("unknown-element", "izin_lane")
    ]


# A second end, so that somebody comes behind the sub-process too.
OTHERWISE = (d.exclusive("x", "f_x_gagal"), d.end("baik"), d.flow("x", "baik", "b.keputusan == &quot;ya&quot;"))


def test_an_error_and_an_escalation_are_declared_in_the_file():
    def drawn(kind, ref):
        end = d.end("gagal", f'<{kind}EventDefinition {kind}Ref="{ref}"/>')
        inner = d.sub("badan", d.start("s1"), d.user("b"), end, d.chain("s1", "b", "x", "gagal"), *OTHERWISE)
        caught = d.boundary("luput", "badan", f"<{kind}EventDefinition/>")
        return one_file(
            f'<{kind} id="e1" {kind}Code="X"/>',
            roled("izin", d.start(), inner, caught, d.end(), d.end("lain"), d.chain("mulai", "badan", "selesai"),
                  d.chain("luput", "lain"), tasks=("badan",)),
        )  # fmt: skip

    for kind in ("error", "escalation"):
        assert told(drawn(kind, "e2")) == [("no-message", "gagal")]
        assert told(drawn(kind, "e1")) == []


def separated(of, *more):
    return row(d.user("b", notSameAs=of), d.user("c"), *more, tasks=("a", "b", "c"))


def test_a_separation_names_a_task_that_somebody_can_have_done_before():
    assert told(separated("a")) == []
    assert told(separated("b")) == [("separation", "b")]
    assert told(separated("c")) == [("separation", "b")]
    assert told(separated("entah")) == [("unknown-task", "b")]


def test_a_separation_from_the_next_task_counts_where_a_loop_leads_back():
    files = one_file(
        roled(
            "izin", d.start(), d.exclusive("m"), d.user("a", notSameAs="b"), d.user("b", notSameAs="b"),
            d.exclusive("x", "f_x_selesai"), d.end(), d.chain("mulai", "m", "a", "b", "x", "selesai"),
            d.flow("x", "m", quoted('b.keputusan == "ya"')), tasks=("a", "b"),
        )
    )  # fmt: skip
    assert told(files) == []


def test_a_separation_between_parallel_tasks_counts_and_one_from_another_process_does_not():
    beside = one_file(
        roled(
            "izin", d.start(), d.parallel("p"), d.user("a", notSameAs="b"), d.user("b"), d.parallel("j"), d.end(),
            d.chain("mulai", "p", "a", "j", "selesai"), d.chain("p", "b", "j"), tasks=("a", "b"),
        )
    )  # fmt: skip
    assert told(beside) == []
    other = d.file(
        roled("lain", d.start("l1"), d.user("jauh"), d.end("l2"), d.chain("l1", "jauh", "l2"), tasks=("jauh",))
    )
    assert told({**separated("jauh"), "lain.bpmn": other}) == [("separation", "b")]
    calling = row(d.call("panggil", "lain"), d.user("b", notSameAs="jauh"))
    assert told({**calling, "lain.bpmn": other}) == []


def throw(id, name):
    return f'<intermediateThrowEvent id="{id}">{d.by_message(name)}</intermediateThrowEvent>'


def crossing(first, second):
    """Two branches, each of two elements."""
    ids = [[one.split('id="')[1].split('"')[0] for one in branch] for branch in (first, second)]
    return one_file(
        d.message("m"), d.message("n"),
        roled(
            "izin", d.start(), d.parallel("p"), *first, *second, d.parallel("j"), d.end(),
            d.chain("mulai", "p", *ids[0], "j", "selesai"), d.chain("p", *ids[1], "j"),
        ),
    )  # fmt: skip


def test_two_branches_that_wait_for_each_others_message_are_a_deadlock():
    wait_m, wait_n = d.catch("tunggu_m", d.by_message("m")), d.catch("tunggu_n", d.by_message("n"))
    wrong = crossing((wait_m, throw("kirim_n", "n")), (wait_n, throw("kirim_m", "m")))
    assert told(wrong) == [("deadlock", "tunggu_m"), ("deadlock", "tunggu_n")]
    right = crossing((wait_m, throw("kirim_n", "n")), (throw("kirim_m", "m"), wait_n))
    assert told(right) == []


def test_a_message_sent_only_behind_the_event_that_waits_for_it_never_comes():
    wait = d.catch("tunggu", d.by_message("m"))
    assert told(row(wait, throw("kirim", "m"), also=(d.message("m"),))) == [("deadlock", "tunggu")]
    office = d.catch("tunggu", d.by_message("pencabutan"))
    assert told(row(office, throw("kirim", "pencabutan"), also=(d.message("pencabutan"),))) == []


def test_a_message_sent_before_it_is_waited_for_or_on_the_other_branch_of_a_choice_is_never_heard():
    wait = d.catch("tunggu", d.by_message("m"))
    assert told(row(throw("kirim", "m"), wait, also=(d.message("m"),))) == [("deadlock", "tunggu")]
    apart = one_file(
        d.message("m"),
        roled(
            "izin", d.start(), d.user("a"), d.exclusive("x", "f_x_tunggu"), wait, throw("kirim", "m"), d.end(),
            d.end("lain"), d.chain("mulai", "a", "x", "tunggu", "selesai"),
            d.flow("x", "kirim", quoted('a.keputusan == "ya"')), d.chain("kirim", "lain"), tasks=("a",),
        ),
    )  # fmt: skip
    assert told(apart) == [("deadlock", "tunggu")]
    inside = d.sub("badan", d.start("s1"), throw("kirim", "m"), d.end("s2"), d.chain("s1", "kirim", "s2"))
    watched = one_file(
        d.message("m"),
        roled("izin", d.start(), inside, d.boundary("batas", "badan", d.by_message("m")), d.end(), d.end("lain"),
              d.chain("mulai", "badan", "selesai"), d.chain("batas", "lain")),
    )  # fmt: skip
    assert told(watched) == []


def test_a_term_that_no_diagram_stops_or_waits_for_is_told():
    begin = d.service("s", "clock.start", clock="&quot;perbaikan&quot;", term="&quot;perbaikan&quot;")
    stop = d.service("t", "clock.stop", clock="&quot;perbaikan&quot;")

    def found(files):
        return [(one.code, one.element) for one in bpmn.check(files, KNOWN) if one.code == "never-stopped"]

    assert found(row(begin)) == [("never-stopped", "s")]
    assert found(row(begin, stop)) == []
    passing = d.boundary("lewat", "b", d.by_message("perbaikan.lewat"))
    way = (d.chain("mulai", "a", "s", "b", "selesai"), d.chain("lewat", "lain"))
    parts = (d.start(), d.user("a"), begin, d.user("b"), passing, d.end(), d.end("lain"), *way)
    assert found(one_file(d.message("perbaikan.lewat"), roled("izin", *parts, tasks=("a", "b")))) == []


def guarded(caught, thrown="", kind="error"):
    end = d.end("gagal", f'<{kind}EventDefinition {kind}Ref="{thrown}"/>' if thrown else "")
    inner = d.sub("badan", d.start("s1"), d.user("b"), end, d.chain("s1", "b", "x", "gagal"), *OTHERWISE)
    event = d.boundary("luput", "badan", f'<{kind}EventDefinition {kind}Ref="{caught}"/>')
    codes = "".join(f'<{kind} id="{one}" {kind}Code="{one}"/>' for one in ("e1", "e2"))
    way = (d.chain("mulai", "badan", "selesai"), d.chain("luput", "lain"))
    return one_file(codes, roled("izin", d.start(), inner, event, d.end(), d.end("lain"), *way, tasks=("badan",)))


def test_an_error_or_escalation_that_nothing_inside_throws_is_told_where_it_is_waited_for():
    for kind in ("error", "escalation"):
        assert told(guarded("e1", "e1", kind)) == []
        assert told(guarded("e1", "", kind)) == [("never-thrown", "luput")]
    assert told(guarded("e1", "e2", "escalation")) == [("never-thrown", "luput")]


def test_two_interrupting_events_that_hear_the_same_on_one_task_are_told():
    def both(second):
        events = [d.boundary(id, "a", d.by_message(name)) for id, name in (("satu", "m"), ("dua", second))]
        way = (d.chain("mulai", "a", "selesai"), d.chain("satu", "lain"), d.chain("dua", "lain2"))
        parts = (d.start(), d.user("a"), *events, d.end(), d.end("lain"), d.end("lain2"), *way)
        return one_file(d.message("m"), d.message("n"), roled("izin", *parts, tasks=("a",)))

    def found(files):
        return [one for one in told(files) if one[0] != "unsent-message"]

    assert found(both("m")) == [("boundary", "dua")]
    assert found(both("n")) == []


def test_a_separation_between_two_branches_of_a_choice_can_never_take_effect():
    files = one_file(
        roled(
            "izin", d.start(), d.user("a"), d.exclusive("x", "f_x_b"), d.user("b"), d.user("c", notSameAs="b"),
            d.end(), d.end("lain"), d.chain("mulai", "a", "x", "b", "selesai"),
            d.flow("x", "c", quoted('a.keputusan == "ya"')), d.chain("c", "lain"), tasks=("a", "b", "c"),
        )
    )  # fmt: skip
    assert told(files) == [("separation", "c")]


def test_closing_the_case_stops_its_clocks():
    start, close = d.service("s", "clock.start", clock="&quot;L&quot;"), serve("case.close", outcome='"terbit"')
    files = row(start, close.replace('id="s"', 'id="t"'))
    assert [one.code for one in bpmn.check(files, KNOWN) if one.code == "never-stopped"] == []
    assert [one.code for one in bpmn.check(row(start), KNOWN) if one.code == "never-stopped"] == ["never-stopped"]


def test_a_loop_that_asks_first_may_have_no_round():
    loop = '<standardLoopCharacteristics testBefore="true"><loopCondition>a.setuju</loopCondition></standardLoopCharacteristics>'
    ask = asked('b.keputusan == "ya"', d.user("b", inner=loop))
    assert told(ask) == [("no-role", "b"), ("not-always-set", AT)]
    assert told(asked('b.keputusan == "ya"', d.user("b", inner=loop.replace(' testBefore="true"', "")))) == [
        ("no-role", "b")
    ]
