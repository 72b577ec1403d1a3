"""Two versions of a release in words: each difference is named where a person would point at it."""

import json

import pytest

from app.cli import release_files
from engine import differences
from engine.bpmn.calling import Names
from engine.bpmn.elements import Element, Flow
from engine.differences import Change

DIAGRAM = "processes/bersama/pemeriksaan_teknis.bpmn"
TABLE = next(name for name in release_files() if name.endswith(".dmn"))
FORM, PERMITS, LETTER = "forms/tindakan.json", "processes/catalogue/permits.json", "processes/letters/tanda_terima.typ"


def compared(path, change):
    """What differs in one file that `change` rewrites as text."""
    before = release_files()
    text = change(before[path].decode())
    assert text.encode() != before[path], "the change must change something"
    [found] = differences.compare(before, {**before, path: text.encode()})
    return found


def as_json(change):
    def rewritten(text):
        raw = json.loads(text)
        change(raw)
        return json.dumps(raw)

    return rewritten


def test_the_same_files_differ_in_nothing():
    assert differences.compare(release_files(), release_files()) == ()


def test_new_and_dropped_files_are_told_as_a_whole_in_the_order_of_their_sort():
    before, after = release_files(), release_files()
    del after[LETTER]
    after["processes/baru.bpmn"] = b"<x/>"
    found = differences.compare(before, after)
    assert [(one.path, one.sort, one.change) for one in found] == [
        ("processes/baru.bpmn", "diagram", "baru"),
        (LETTER, "surat", "dihapus"),
    ]


def test_a_renamed_step_is_told_with_both_names():
    found = compared(DIAGRAM, lambda text: text.replace('name="Tinjauan lapangan"', 'name="Peninjauan"', 1))
    assert Change(
        "berubah", "userTask", found.changes[0].id, "Peninjauan", "nama", "Tinjauan lapangan", "Peninjauan"
    ) in (found.changes)


def test_properties_services_and_conditions_are_told_one_by_one():
    old = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
      xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core">
      <process id="p" isExecutable="true">
      <laneSet><lane id="l" name="Loket (FO)"><flowNodeRef>a</flowNodeRef></lane></laneSet>
      <userTask id="a" name="Periksa"><extensionElements><s:properties><s:property name="formKey" value="satu"/>
      </s:properties></extensionElements></userTask>
      <serviceTask id="b" name="Jam"><extensionElements><s:serviceTaskOperator id="clock.pause"><s:parameters>
      <s:parameter id="cause" type="str" value="X"/></s:parameters></s:serviceTaskOperator>
      </extensionElements></serviceTask>
      <intermediateCatchEvent id="c" name="Tunggu"><timerEventDefinition><timeDuration>"P1D"</timeDuration>
      </timerEventDefinition></intermediateCatchEvent><userTask id="d" name="Lama"/>
      <sequenceFlow id="f" sourceRef="a" targetRef="b"><conditionExpression>x == 1</conditionExpression></sequenceFlow>
      </process></definitions>"""
    new = old
    for was, now in (
        ('value="satu"', 'value="dua"'),
        ("clock.pause", "clock.stop"),
        ('value="X"', 'value="Y"'),
        ("P1D", "P2D"),
        ("x == 1", "x == 2"),
        ("Loket (FO)", "Verifikator (VB)"),
        ('<userTask id="d" name="Lama"/>', '<userTask id="e" name="Baru"/>'),
        ('targetRef="b"', 'targetRef="e"'),
    ):
        new = new.replace(was, now)
    [found] = differences.compare({"processes/p.bpmn": old.encode()}, {"processes/p.bpmn": new.encode()})
    told = {(one.act, one.id, one.what): (one.before, one.after) for one in found.changes}
    assert told["berubah", "a", "sifat.formKey"] == ("satu", "dua")
    assert told["berubah", "a", "peran"] == ("FO", "VB")
    assert told["berubah", "b", "serviceTaskOperator"] == ("clock.pause", "clock.stop")
    assert told["berubah", "b", "serviceTaskOperator.parameter"] == ("cause value=X", "cause value=Y")
    assert told["berubah", "c", "timerEventDefinition.timeDuration"] == ('"P1D"', '"P2D"')
    assert told["berubah", "f", "syarat"] == ("x == 1", "x == 2")
    assert told["berubah", "f", "ke"] == ("Jam", "Baru")
    assert ("dihapus", "d", "") in told
    assert ("baru", "e", "") in told


def test_a_flow_that_comes_or_goes_is_told_with_what_it_leads_from_and_to():
    old = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" isExecutable="true">
      <startEvent id="a" name="Mulai"/><endEvent id="b" name="Selesai"/>
      <sequenceFlow id="f" name="ya" sourceRef="a" targetRef="b"/></process></definitions>"""
    new = old.replace('<sequenceFlow id="f" name="ya" sourceRef="a" targetRef="b"/>', "")
    [gone] = differences.compare({"processes/a.bpmn": old.encode()}, {"processes/a.bpmn": new.encode()})[0].changes
    assert (gone.act, gone.name) == ("dihapus", "ya (Mulai → Selesai)")


def test_a_gateway_without_a_name_is_told_by_the_step_before_it():
    old = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" isExecutable="true">
      <startEvent id="a" name="Mulai"/><exclusiveGateway id="g"/><exclusiveGateway id="h"/>
      <endEvent id="b" name="Selesai"/><sequenceFlow id="f1" sourceRef="a" targetRef="g"/>
      <sequenceFlow id="f2" sourceRef="g" targetRef="h"/><sequenceFlow id="f3" sourceRef="h" targetRef="b"/>
      </process></definitions>"""
    new = old.replace('id="f2" sourceRef="g" targetRef="h"', 'id="f4" sourceRef="g" targetRef="b"')
    new = new.replace('<exclusiveGateway id="h"/>', "").replace('id="f3" sourceRef="h"', 'id="f3" sourceRef="g"')
    [file] = differences.compare({"processes/a.bpmn": old.encode()}, {"processes/a.bpmn": new.encode()})
    told = {(one.act, one.kind, one.what): (one.name, one.before, one.after) for one in file.changes}
    assert told["dihapus", "exclusiveGateway", ""][0] == "sesudah Mulai"
    assert told["baru", "sequenceFlow", ""][0] == "gerbang sesudah Mulai → Selesai"
    assert told["berubah", "sequenceFlow", "dari"][1:] == ("gerbang sesudah Mulai", "gerbang sesudah Mulai")


def test_what_stands_before_the_first_named_step_is_told_by_that_step():
    names = Names(
        {"a": Element("a", "", "startEvent", "", "", {}), "b": Element("b", "Periksa", "userTask", "", "", {})},
        [Flow("f", "a", "b", "p")],
    )
    assert (names.of("a"), names.way("f"), names.of("tidak_ada")) == (
        "awal sebelum Periksa",
        "awal sebelum Periksa → Periksa",
        "tidak_ada",
    )


def scenario(change):
    files = release_files()
    path = "processes/scenarios/retribusi_biasa.json"
    raw = json.loads(files[path])
    change(raw)
    [file] = differences.compare(files, {**files, path: json.dumps(raw).encode()})
    return [(one.act, one.id, one.before, one.after) for one in file.changes], differences.places(path, files[path])


def test_a_scenario_with_another_step_is_told_in_one_line_with_names():
    def change(raw):
        at = next(n for n, one in enumerate(raw["moves"]) if one.get("do") == "cek_retribusi")
        raw["moves"][at] = raw["moves"][at + 1]

    [(act, id, before, after)], there = scenario(change)
    assert (act, id) == ("berubah", "langkah 11")
    assert before == "Periksa perhitungan: Sesuai, teruskan"
    assert after.startswith("Paraf SKRD: ")
    assert id in there


def test_a_scenario_that_lost_a_step_or_ends_otherwise_tells_no_other_step():
    def change(raw):
        del raw["moves"][10]
        raw["expect"] |= {"state": "DITOLAK", "closed": False}

    found, there = scenario(change)
    assert ("dihapus", "langkah 11", "Periksa perhitungan: Sesuai, teruskan", "") in found
    assert next(one for one in found if one[1] == "state")[3] == "Ditolak"
    assert next(one for one in found if one[1] == "closed")[2:] == ("ditutup", "belum ditutup")
    assert len(found) == 3
    assert {one[1] for one in found} <= there


def test_two_tariffs_that_begin_on_one_day_are_told_apart():
    def change(raw):
        day = raw[0]["valid_from"]
        raw.append({**raw[0], "version": "lain", "valid_from": day})

    [change] = compared("processes/catalogue/tariffs.json", as_json(change)).changes
    assert (change.act, change.id) == ("baru", "lain")


def test_a_new_version_of_a_standard_and_one_that_went_are_each_told_in_one_line():
    def more(raw):
        raw["SIPB"]["standards"].append(
            {"budget": "5 hk", "valid_from": "2027-01-01", "basis": "SK 7", "example": False}
        )
        raw["SIPB"]["name"] = "Izin Bidan"

    found = compared(PERMITS, as_json(more)).changes
    assert [(one.act, one.id, one.what) for one in found] == [
        ("berubah", "SIPB", "nama"),
        ("berubah", "SIPB", "name"),
        ("baru", "SIPB", "standards.2027-01-01"),
    ]
    assert found[-1].after == "5 hk; SK 7"
    before = release_files()
    both = {**before, PERMITS: as_json(more)(before[PERMITS].decode()).encode()}
    [gone] = [one for one in differences.compare(both, before)[0].changes if one.what.startswith("standards")]
    assert (gone.act, gone.what, gone.before) == ("dihapus", "standards.2027-01-01", "5 hk; SK 7")


def test_whatever_a_difference_is_told_of_can_be_pointed_at():
    def change(raw):
        raw["SIPB"]["standards"][0]["budget"] = "9 hk"
        raw.pop("PEN")

    files = release_files()
    for path, rewritten in (
        (PERMITS, as_json(change)),
        (DIAGRAM, lambda text: text.replace('name="', 'name="X', 3)),
        (TABLE, lambda text: text.replace('label="', 'label="X')),
        (LETTER, lambda text: text + "lagi\n"),
    ):
        new = rewritten(files[path].decode()).encode()
        known = differences.places(path, files[path]) | differences.places(path, new)
        found = {one.id for one in compared(path, rewritten).changes}
        assert found
        assert found <= known, path
    assert differences.places(DIAGRAM, b"<a>") == frozenset()


def test_what_is_only_drawn_elsewhere_is_told_as_moved_and_nothing_else():
    def moved(text):
        head, mark, rest = text.partition("<dc:Bounds ")
        assert mark
        return head + mark + rest.replace('x="', 'x="9', 1)

    found = compared(DIAGRAM, moved)
    assert {one.act for one in found.changes} == {"digeser"}
    assert len(found.changes) == 1


def test_a_form_is_told_field_by_field():
    def change(raw):
        fields = raw["sections"][0]["fields"]
        fields[0]["label"] = "Apa yang dilakukan"
        fields[1]["required"] = True
        fields.append({"name": "tempat", "label": "Tempat", "type": "text"})
        raw["outcomes"][0]["label"] = "Selesai"

    told = {(one.act, one.kind, one.id, one.what): one.after for one in compared(FORM, as_json(change)).changes}
    assert told["berubah", "isian", "isian catatan", "label"] == "Apa yang dilakukan"
    assert told["berubah", "isian", "isian bukti", "required"] == "ya"
    assert ("baru", "isian", "isian tempat", "") in told
    assert told["berubah", "tombol", "tombol selesai", "label"] == "Selesai"


def test_the_catalogue_is_told_entry_by_entry_with_the_version_that_changed():
    def change(raw):
        raw["SIPB"]["standards"][0]["budget"] = "9 hk"
        raw["SIPB"]["requirements"].append("KTP2")
        raw["BARU"] = raw.pop("PEN")

    found = compared(PERMITS, as_json(change))
    told = {(one.act, one.id, one.what): (one.before, one.after) for one in found.changes}
    [(_act, _id, what)] = [key for key in told if key[2].endswith("budget")]
    assert what.startswith("standards.")
    assert told["berubah", "SIPB", what][1] == "9 hk"
    before, after = told["berubah", "SIPB", "requirements"]
    assert after == f"{before}, KTP2"
    assert ("baru", "BARU", "") in told
    assert ("dihapus", "PEN", "") in told


def test_a_table_is_told_row_by_row_and_a_row_that_changes_its_place_as_moved():
    found = compared(TABLE, lambda text: text.replace('"tinjauan"', '"kajian"', 1))
    [change] = [one for one in found.changes if one.what]
    assert (change.kind, change.what, change.before, change.after) == (
        "rule", "output.Jalur yang diusulkan", '"tinjauan"', '"kajian"',
    )  # fmt: skip
    dropped = compared(TABLE, lambda text: _without_first_row(text))
    assert ("dihapus", "rule") in {(one.act, one.kind) for one in dropped.changes}
    assert {one.act for one in dropped.changes} == {"dihapus", "digeser"}


def _without_first_row(text):
    head, _mark, rest = text.partition("<rule ")
    return head + rest.partition("</rule>")[2]


def test_a_letter_is_told_line_by_line():
    def change(text):
        lines = text.splitlines()
        return "\n".join([lines[0] + " // catatan", "baris baru", *lines[1:-1]]) + "\n"

    found = compared(LETTER, change)
    acts = [(one.act, one.id) for one in found.changes]
    assert acts[:2] == [("berubah", "1"), ("baru", "2")]
    assert acts[2][0] == "dihapus"


@pytest.mark.parametrize("path", [DIAGRAM, FORM, PERMITS, TABLE])
def test_what_cannot_be_read_is_named_without_its_content(path):
    before = release_files()
    [found] = differences.compare(before, {**before, path: b"\xff{<"})
    assert (found.path, found.readable, found.changes) == (path, False, ())


def test_every_file_of_the_release_is_the_same_as_itself_written_otherwise():
    """Spaces between the things of a file say nothing."""
    for path, content in release_files().items():
        if path.endswith(".json"):
            other = json.dumps(json.loads(content), indent=7).encode()
        elif path.endswith((".bpmn", ".dmn")):
            other = content + b"\n<!-- disimpan -->\n"
        else:
            continue
        [found] = differences.compare({path: content}, {path: other})
        assert found.changes == (), path
