"""A step that only got another id is the same step in both versions: told once by both ids, and nowhere else."""

import pytest

from app.cli import release_files
from engine import differences
from engine.renaming import renamed

DRAWN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core"><process id="p" isExecutable="true">
  <laneSet><lane id="l" name="Loket (FO)"><flowNodeRef>periksa</flowNodeRef></lane></laneSet>
  <startEvent id="mulai" name="Mulai"/>
  <userTask id="periksa" name="Periksa"><extensionElements><s:properties>
    <s:property name="formKey" value="tindakan"/><s:property name="standard" value="1 jam"/></s:properties>
  </extensionElements></userTask>
  <boundaryEvent id="lewat" name="Lewat" attachedToRef="periksa"/>
  <exclusiveGateway id="pilih" name="Sesuai?"/><endEvent id="ya" name="Selesai"/><endEvent id="tidak" name="Ditolak"/>
  <sequenceFlow id="f1" sourceRef="mulai" targetRef="periksa"/>
  <sequenceFlow id="f2" sourceRef="periksa" targetRef="pilih"/>
  <sequenceFlow id="f3" sourceRef="pilih" targetRef="ya">
    <conditionExpression>periksa.keputusan == "sesuai"</conditionExpression></sequenceFlow>
  <sequenceFlow id="f4" sourceRef="pilih" targetRef="tidak"/></process></definitions>"""
PATH = "processes/p.bpmn"
FOLLOWED = (('"periksa"', '"telaah"'), (">periksa<", ">telaah<"), ("periksa.keputusan", "telaah.keputusan"))


def told(*others, drawn=DRAWN):
    """What is told of a diagram with words of it replaced."""
    text = drawn
    for was, now in others:
        assert was in text
        text = text.replace(was, now)
    [file] = differences.compare({PATH: drawn.encode()}, {PATH: text.encode()})
    return [(one.act, one.kind, one.name, one.what, one.before, one.after) for one in file.changes]


RENAMED = ("berubah", "userTask", "Periksa", "id", "periksa", "telaah")


def test_a_step_under_another_id_is_told_in_one_line_with_its_name_and_both_ids():
    assert told(*FOLLOWED) == [RENAMED]


def test_what_else_changed_of_a_renamed_step_is_told_beside_its_id():
    assert told(*FOLLOWED, ("1 jam", "2 jam")) == [
        RENAMED,
        ("berubah", "userTask", "Periksa", "sifat.standard", "1 jam", "2 jam"),
    ]


def test_a_condition_that_was_left_under_the_old_id_is_told():
    [first, (act, kind, _name, what, _before, _after)] = told(*FOLLOWED[:2])
    assert first == RENAMED
    assert (act, kind, what) == ("berubah", "sequenceFlow", "syarat")


@pytest.mark.parametrize(
    "other",
    [
        ('name="Periksa"', 'name="Telaah"'),
        ('value="tindakan"', 'value="lain"'),
        ("Loket (FO)", "Verifikator (VB)"),
        ('<sequenceFlow id="f2"', '<sequenceFlow id="f5" name="terus"'),
    ],
    ids=["nama", "formulir", "jalur", "alur"],
)
def test_a_step_with_another_name_form_lane_or_way_is_another_step(other):
    acts = {(one[0], one[1]) for one in told(*FOLLOWED, other)}
    assert {("baru", "userTask"), ("dihapus", "userTask")} <= acts


def test_of_two_steps_alike_nobody_can_say_which_became_which():
    twice = DRAWN.replace(
        '<endEvent id="ya" name="Selesai"/>',
        '<endEvent id="ya" name="Selesai"/><endEvent id="satu"/><endEvent id="dua"/>',
    ).replace(
        "</process>",
        '<sequenceFlow id="f6" sourceRef="pilih" targetRef="satu"/>'
        '<sequenceFlow id="f7" sourceRef="pilih" targetRef="dua"/></process>',
    )
    others = (('"satu"', '"esa"'), ('"dua"', '"dwi"'), ('"f6"', '"f8"'), ('"f7"', '"f9"'))
    acts = [one[:2] for one in told(*others, drawn=twice)]
    assert acts.count(("baru", "endEvent")) == acts.count(("dihapus", "endEvent")) == 2
    assert [one[3:] for one in told(*others[:2], drawn=twice)] == [("id", "dua", "dwi"), ("id", "satu", "esa")]


def test_neighbours_and_what_stands_on_a_renamed_step_are_known_again_by_it():
    others = (*FOLLOWED, ('"lewat"', '"terlambat"'), ('"pilih"', '"sesuai"'), ('"f3"', '"f5"'))
    found = told(*others)
    ids = {one[3:] for one in found if one[3] == "id"}
    assert ids == {("id", "periksa", "telaah"), ("id", "lewat", "terlambat"), ("id", "pilih", "sesuai")}
    assert [one[:2] for one in found if one[3] != "id"] == [("baru", "sequenceFlow"), ("dihapus", "sequenceFlow")]


@pytest.mark.parametrize("step", ["tentukan_jalur", "telaah_keberatan", "hitung_ronde", "paraf_kasi", "catat_terbit"])
def test_a_renamed_step_makes_no_noise_in_any_file_that_says_it(step):
    files = release_files()
    changed = renamed(files, "step", step, "nama_baru")
    found = differences.compare(files, {**files, **changed})
    assert {one.path for one in found} == set(changed)
    lines = {(line.what, line.before, line.after) for one in found for line in one.changes}
    assert lines == {("id", step, "nama_baru")}
    assert all(one.follows for one in found if not one.changes)


def test_another_file_that_goes_on_saying_the_old_id_is_told_by_what_changed_in_it_alone():
    files = release_files()
    changed = renamed(files, "step", "paraf_kasi", "nama_baru")
    path = next(one for one in changed if one.startswith("processes/scenarios/"))
    changed[path] = files[path].replace(b'"title": "', b'"title": "Lagi: ', 1)
    [play] = [one for one in differences.compare(files, {**files, **changed}) if one.path == path]
    assert [line.what for line in play.changes] == ["judul skenario"]
