"""The check: valid diagrams pass; one seeded fault is told at its element and only there."""
# ruff: noqa: E501 -- a seeded fault is one replacement, read across

import re
from dataclasses import replace

import pytest

from engine import bpmn
from engine.errors import DefinitionInvalid
from engine.services import Answer
from engine.services import service as named
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_elements import table
from tests.engine.bpmn.walking import roled


@named("surat.terbit")
def issue(call, *, letter, register=""):
    """Issue a letter."""
    return Answer()


KNOWN = d.catalogue(
    (issue,),
    forms={"formulir": (), "putusan": ("setuju", "tolak", "ulang")},
    letters=frozenset({"skrd"}),
    registers=frozenset({"SKRD"}),
    states=frozenset({"DIPERIKSA"}),
    causes=frozenset({"PERBAIKAN"}),
)
SOUND = d.file(
    d.message("bayar"),
    roled(
        "izin",
        d.start(),
        d.user("periksa", form="putusan", state="DIPERIKSA", standard="30 menit"),
        d.exclusive("pilih", "f_pilih_jalur"),
        d.rule("jalur", "jalur"),
        d.service("surat", "surat.terbit", letter="&quot;skrd&quot;", register="&quot;SKRD&quot;"),
        d.parallel("p"),
        d.user("a", notSameAs="periksa"),
        d.catch("tunggu", d.by_message("bayar")),
        d.parallel("j"),
        d.call("panggil", "lain", d.many("a.daftar", "satu", "semua", "hasil")),
        d.sub("badan", d.start("s"), d.user("dalam"), d.end("e"), d.chain("s", "dalam", "e")),
        d.boundary("batas", "badan", d.after("P10D")),
        d.end(),
        d.end("lewat"),
        d.end("ditolak"),
        d.chain("mulai", "periksa", "pilih", "jalur", "surat", "p", "a", "j", "panggil", "badan", "selesai"),
        d.chain("p", "tunggu", "j"),
        d.chain("batas", "lewat"),
        d.flow("pilih", "ditolak", "periksa.keputusan == &quot;tolak&quot;"),
        d.flow("pilih", "periksa", "periksa.keputusan in [&quot;ulang&quot;]"),
        tasks=("periksa", "a", "badan"),
    ),
).decode()
OTHER = d.file(
    roled("lain", d.start("l_m"), d.user("hasil"), d.end("l_s"), d.chain("l_m", "hasil", "l_s"), tasks=["hasil"])
)
TABLE = table(('"baru"', "-", "1", "2"), ("-", "-", "3", "4"))


def files(text=SOUND):
    return {"izin.bpmn": text.encode(), "lain.bpmn": OTHER, "jalur.dmn": TABLE}


def test_a_sound_set_has_no_problems_and_is_parsed():
    assert bpmn.check(files(), KNOWN) == ()
    definition = bpmn.parse(files(), KNOWN)
    assert definition.processes == ("izin", "lain")
    assert definition.element("dalam").parent == "badan"
    assert definition.element("batas").kind == "boundaryEvent"
    assert definition.element("periksa").line > 1
    assert {flow.id for flow in definition.flows} >= {"f_mulai_periksa", "f_s_dalam", "f_l_m_hasil"}
    with pytest.raises(KeyError):
        definition.element("tidak_ada")


P = '<exclusiveGateway id="pilih" default="f_pilih_jalur"/>'
SEEDS = {
    "unsupported": ('<parallelGateway id="j"/>', '<complexGateway id="j"/>', "j"),
    "dangling-flow": ('id="f_j_panggil" sourceRef="j" targetRef="panggil"', 'id="f_j_panggil" sourceRef="j" targetRef="x"', "f_j_panggil"),
    "no-default": (P, '<exclusiveGateway id="pilih"/>', "pilih"),
    "no-condition": ("<conditionExpression>periksa.keputusan == &quot;tolak&quot;</conditionExpression>", "", "f_pilih_ditolak"),
    "expression": ("periksa.keputusan == &quot;tolak&quot;", "periksa.keputusan = 1", "f_pilih_ditolak"),
    "unknown-outcome": ("keputusan in [&quot;ulang&quot;]", "keputusan in [&quot;ulangi&quot;]", "f_pilih_periksa"),
    "unknown-form": ('name="dalam"><extensionElements><spiffworkflow:properties><spiffworkflow:property name="formKey" value="formulir"/>', 'name="dalam"><extensionElements><spiffworkflow:properties><spiffworkflow:property name="formKey" value="formulirr"/>', "dalam"),
    "unknown-role": ("Petugas Loket (FO)", "Petugas Loket (FOO)", "izin_lane"),
    "unknown-service": ('Operator id="surat.terbit"', 'Operator id="surat.terbitkan"', "surat"),
    "parameter": ('<spiffworkflow:parameter id="letter"', '<spiffworkflow:parameter id="leter"', "surat"),
    "unknown-letter": ("&quot;skrd&quot;", "&quot;skrdd&quot;", "surat"),
    "unknown-register": ("&quot;SKRD&quot;", "&quot;SKR&quot;", "surat"),
    "unknown-state": ('value="DIPERIKSA"', 'value="DIPERIKSAA"', "periksa"),
    "standard": ("30 menit", "30 menitan", "periksa"),
    "unknown-task": ('value="periksa"', 'value="periks"', "a"),
    "unknown-decision": (">jalur</spiff", ">jalurr</spiff", "jalur"),
    "unknown-process": ('calledElement="lain"', 'calledElement="lainn"', "panggil"),
    "no-message": ('messageRef="m_bayar"', 'messageRef="m_byr"', "tunggu"),
    "timer": ("P10D", "10 hari", "batas"),
    "boundary": ('attachedToRef="badan"', 'attachedToRef="surat"', "batas"),
    "multi-instance": ("<loopDataInputRef>a.daftar</loopDataInputRef>", "", "panggil"),
    "start": ('<startEvent id="s"/>', '<startEvent id="s"/><startEvent id="s2"/><sequenceFlow id="f2" sourceRef="s2" targetRef="dalam"/>', "s2"),
    "no-way-out": ('<sequenceFlow id="f_s_dalam"', '<userTask id="u"><extensionElements><spiffworkflow:properties><spiffworkflow:property name="formKey" value="formulir"/></spiffworkflow:properties></extensionElements></userTask><sequenceFlow id="f_s_u" sourceRef="x2" targetRef="u"><conditionExpression>1 == 2</conditionExpression></sequenceFlow><exclusiveGateway id="x2" default="f_x2_dalam"/><sequenceFlow id="f_s_x2" sourceRef="s" targetRef="x2"/><sequenceFlow id="f_x2_dalam" sourceRef="x2" targetRef="dalam"/><!--', "u"),
    "event-subprocess": ('<subProcess id="badan">', '<subProcess id="lepas" triggeredByEvent="true"><startEvent id="q"/></subProcess><subProcess id="badan">', "lepas"),
    "event-kind": ('<endEvent id="lewat">', '<endEvent id="lewat"><compensateEventDefinition/>', "lewat"),
    "uncaught-error": ('<endEvent id="lewat">', '<endEvent id="lewat"><errorEventDefinition/>', "lewat"),
    "script": ('<userTask id="dalam" name="dalam"><extensionElements>', '<userTask id="dalam" name="dalam"><extensionElements><spiffworkflow:preScript>x = 1</spiffworkflow:preScript>', "dalam"),
    "stray-condition": ('sourceRef="s" targetRef="dalam">', 'sourceRef="s" targetRef="dalam"><conditionExpression>1 == 1</conditionExpression>', "f_s_dalam"),
    "unreachable": ('<userTask id="dalam"', '<intermediateThrowEvent id="sepi"/><sequenceFlow id="f_sepi_e" sourceRef="sepi" targetRef="e"/><userTask id="dalam"', "sepi"),
    "loop": ('<userTask id="dalam" name="dalam">', '<userTask id="dalam" name="dalam"><standardLoopCharacteristics loopMaximum="x"/>', "dalam"),
    "crossing-flow": ('id="f_s_dalam" sourceRef="s" targetRef="dalam"', 'id="f_s_dalam" sourceRef="s" targetRef="a"', "f_s_dalam"),
    "duplicate-id": ('<endEvent id="e">', '<endEvent id="dalam">', "dalam"),
    "shared-output": ('<intermediateCatchEvent id="tunggu">', '<serviceTask id="kembar"><extensionElements><spiffworkflow:serviceTaskOperator id="surat.terbit" resultVariable="a"><spiffworkflow:parameters><spiffworkflow:parameter id="letter" type="str" value="1"/></spiffworkflow:parameters></spiffworkflow:serviceTaskOperator></extensionElements></serviceTask><sequenceFlow id="k1" sourceRef="p" targetRef="kembar"/><sequenceFlow id="k2" sourceRef="kembar" targetRef="j"/><intermediateCatchEvent id="tunggu">', "a"),
    "reserved-id": ('<endEvent id="ditolak">', '<endEvent id="batas.EndJoin"></endEvent><endEvent id="ditolak">', "batas.EndJoin"),
    "no-id": ('<message id="m_bayar"', '<message name="lain"/><message id="m_bayar"', "d"),
    "deadlock": ('id="f_badan_selesai" sourceRef="badan" targetRef="selesai"', 'id="f_badan_selesai" sourceRef="badan" targetRef="p"', "p"),
}  # fmt: skip

# What keeps nobody from deploying, and is told all the same.
WARNINGS = {
    "no-form": ('name="a"><extensionElements><spiffworkflow:properties><spiffworkflow:property name="formKey" value="formulir"/>', 'name="a"><extensionElements><spiffworkflow:properties>', "a"),
    "no-role": ("<flowNodeRef>periksa</flowNodeRef>", "", "periksa"),
    "untyped-task": ('<userTask id="a" name="a">', '<task id="a" name="a">', "a"),
    "not-collected": ('<outputDataItem id="hasil"/>', "", "panggil"),
}  # fmt: skip


def seeded(*codes):
    text = SOUND
    for code in codes:
        old, new, _ = {**SEEDS, **WARNINGS}[code]
        assert text.count(old) == 1, code
        text = text.replace(old, new)
        if code == "untyped-task":
            text = re.sub(r'(<task id="a".*?)</userTask>', r"\1</task>", text, count=1, flags=re.S)
        if code == "no-way-out":
            start = text.index("<!--")
            text = text[:start] + text[text.index("</sequenceFlow>", start) + len("</sequenceFlow>") :]
    return files(text)


def errors(given):
    return [(one.file, one.element, one.code) for one in bpmn.check(given, KNOWN) if one.severity == "error"]


# A fault that takes a way off the drawing honestly leaves what hung on it unreached.
FOLLOW = {
    "duplicate-id": {("f_dalam_e", "dangling-flow")},
    "deadlock": {("selesai", "unreachable")},
    "reserved-id": {("batas.EndJoin", "unreachable")},
}


@pytest.mark.parametrize("code", SEEDS)
def test_one_seeded_fault_is_told_at_its_element_and_only_there(code):
    element = SEEDS[code][2]
    found = errors(seeded(code))
    assert ("izin.bpmn", element, code) in found
    assert {(one, other) for _, one, other in found} - FOLLOW.get(code, set()) == {(element, code)}


@pytest.mark.parametrize("code", WARNINGS)
def test_a_thing_to_think_about_is_told_at_its_element_and_keeps_nobody_from_deploying(code):
    (found,) = bpmn.check(seeded(code), KNOWN)
    assert (found.element, found.code, found.severity) == (WARNINGS[code][2], code, "warning")
    assert found.hint
    assert bpmn.parse(seeded(code), KNOWN).processes == ("izin", "lain")


@pytest.mark.parametrize("pair", [("timer", "unknown-form"), ("no-default", "parameter"), ("standard", "no-message")])
def test_two_seeded_faults_are_both_told(pair):
    assert {code for _, _, code in errors(seeded(*pair))} == set(pair)


def test_problems_carry_line_sentence_and_hint():
    (problem,) = bpmn.check(seeded("unknown-form"), KNOWN)
    lines = seeded("unknown-form")["izin.bpmn"].decode().splitlines()
    assert 'id="dalam"' in lines[problem.line - 1]
    assert problem.message == "Formulir formulirr pada tugas dalam tidak ada"
    assert problem.hint


def test_where_nothing_can_be_chosen_nothing_is_offered():
    found = [
        one for one in bpmn.check(files(SOUND), replace(KNOWN, letters=frozenset())) if one.code == "unknown-letter"
    ]
    assert [one.element for one in found] == ["surat"]
    assert found[0].hint == "Belum ada yang dapat dipilih; tambahkan dahulu."


def test_a_set_with_errors_is_not_parsed_and_tells_all_of_them():
    with pytest.raises(DefinitionInvalid) as raised:
        bpmn.parse(seeded("timer", "unknown-form"), KNOWN)
    assert {one.code for one in raised.value.problems} == {"timer", "unknown-form"}


def test_outcomes_that_no_condition_names_are_a_warning_that_does_not_hinder():
    text = SOUND.replace("periksa.keputusan in [&quot;ulang&quot;]", "periksa.luas &gt; 3")
    (problem,) = bpmn.check(files(text), KNOWN)
    assert (problem.element, problem.code, problem.severity) == ("periksa", "unheard-outcome", "warning")
    assert bpmn.parse(files(text), KNOWN).processes == ("izin", "lain")


@pytest.mark.parametrize(("handed", "told"), [("semua", set()), ("lain", {"unheard-outcome"})])
def test_outcomes_of_a_repeated_task_are_heard_by_the_service_that_gets_all_its_answers(handed, told):
    repeated = d.user("tinjau", form="putusan", inner=d.many("anggota", "satu", "semua", "jawaban"))
    summed = d.service("simpulkan", "surat.terbit", letter=handed)
    flow = d.chain("mulai", "tinjau", "simpulkan", "selesai")
    text = d.file(roled("izin", d.start(), repeated, summed, d.end(), flow, tasks=("tinjau",)))
    found = {one.code for one in bpmn.check({"izin.bpmn": text}, KNOWN)}
    assert found & {"unheard-outcome"} == told


def test_a_caller_and_its_called_process_must_not_share_ids():
    given = files()
    given["lain.bpmn"] = given["lain.bpmn"].replace(b'"hasil"', b'"periksa"').replace(b">hasil<", b">periksa<")
    assert ("lain.bpmn", "periksa", "duplicate-id") in errors(given)


def test_processes_that_do_not_call_each_other_may_share_ids():
    given = {}
    for name in ("satu", "dua"):
        inner = d.sub("badan", d.start("s"), d.user("periksa", name=name), d.end("e"), d.chain("s", "periksa", "e"))
        flow = d.chain("mulai", "badan", "selesai")
        given[f"{name}.bpmn"] = d.file(roled(name, d.start(), inner, d.end(), flow, tasks=("badan",)))
    definition = bpmn.parse(given, KNOWN)
    for name in ("satu", "dua"):
        assert definition.element("periksa", name).name == name
        assert bpmn.start(definition, name, {}, d.context()).tasks[0].name == name


def test_a_process_that_calls_itself_is_refused():
    given = files()
    given["lain.bpmn"] = given["lain.bpmn"].replace(
        b'<userTask id="hasil"', b'<callActivity calledElement="lain" id="hasil"'
    )
    given["lain.bpmn"] = given["lain.bpmn"].replace(b"</userTask>", b"</callActivity>")
    assert ("lain.bpmn", "hasil", "circle") in errors(given)


def test_a_lane_whose_role_nobody_holds_is_named_where_the_office_is_known():
    assert bpmn.check(files(), replace(KNOWN, held=frozenset({"FO"}))) == ()
    found = bpmn.check(files(), replace(KNOWN, held=frozenset({"KASI"})))
    assert {(one.code, one.severity) for one in found} == {("nobody-holds", "warning")}
    assert [one.file for one in found] == ["izin.bpmn", "lain.bpmn"]


def test_data_objects_and_annotations_are_drawn_for_readers_only():
    drawn = (
        '<dataObject id="dobj"/><dataObjectReference id="dref" dataObjectRef="dobj"/><textAnnotation id="t"/>'
        '<userTask id="dalam" name="dalam"><dataOutputAssociation id="doa"><targetRef>dref</targetRef>'
        "</dataOutputAssociation>"
    )
    assert bpmn.check(files(SOUND.replace('<userTask id="dalam" name="dalam">', drawn)), KNOWN) == ()


def test_a_set_without_executable_process_is_refused():
    text = d.file(d.process("izin", d.start(), d.end(), d.chain("mulai", "selesai"), executable=False))
    assert errors({"izin.bpmn": text}) == [("izin.bpmn", "izin", "not-executable")]


@pytest.mark.parametrize(
    ("code", "rows", "policy"),
    [
        ("table-empty", [], "FIRST"),
        ("table-overlap", [("-", "-", "1", "2"), ('"baru"', "-", "1", "2"), ("-", "-", "1", "2")], "FIRST"),
        ("table-overlap", [('"a"', "-", "1", "2"), ('"a"', "-", "3", "4"), ("-", "-", "5", "6")], "UNIQUE"),
        ("table-output", [("-", "-", "1", "2")], "PRIORITY"),
        ("hit-policy", [("-", "-", "1", "2")], "LAST"),
        ("expression", [("&lt; open('x')", "-", "1", "2"), ("-", "-", "1", "2")], "UNIQUE"),
        ("expression", [("-", "-", "baru x", "2")], "UNIQUE"),
        ("table-row", [("-", "-", "1"), ("-", "-", "1", "2")], "COLLECT"),
    ],
)
def test_a_faulty_table_is_told_at_its_row_or_table(code, rows, policy):
    found = errors({**files(), "jalur.dmn": table(*rows, policy=policy)})
    assert [one[0] for one in found] == ["jalur.dmn"] * len(found)
    assert code in [one[2] for one in found]
