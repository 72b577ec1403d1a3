"""Two versions of a release in words: each difference is named where a person would point at it."""

import json

import pytest

from app.cli import release_files
from engine import differences
from engine.bpmn.calling import Names
from engine.bpmn.elements import Element, Flow
from engine.differences import Change, order

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
    assert told["berubah", "b", "serviceTaskOperator.parameter.cause"] == ("X", "Y")
    assert told["berubah", "c", "timerEventDefinition.timeDuration"] == ("1 hari", "2 hari")
    assert told["berubah", "f", "syarat"] == ("x adalah 1", "x adalah 2")
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


def test_a_flow_that_changed_is_told_with_what_it_joins_where_its_name_says_nothing():
    old = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" isExecutable="true">
      <startEvent id="a" name="Mulai"/><endEvent id="b" name="Selesai"/><endEvent id="c" name="Lain"/>
      <sequenceFlow id="f" name="ya" sourceRef="a" targetRef="b"><conditionExpression>x == 1</conditionExpression>
      </sequenceFlow><sequenceFlow id="g" name="ya" sourceRef="a" targetRef="c"/></process></definitions>"""
    alone = old.replace('id="g" name="ya"', 'id="g" name="tidak"')
    for drawn, name in ((old, "ya (Mulai → Selesai)"), (alone, "ya")):
        files = [{"processes/a.bpmn": one.encode()} for one in (drawn, drawn.replace("x == 1", "x == 2"))]
        [changed] = differences.compare(*files)[0].changes
        assert (changed.act, changed.what, changed.name) == ("berubah", "syarat", name)


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
    assert told["dihapus", "exclusiveGateway", ""][0] == "sesudah ‹Mulai›"
    assert told["baru", "sequenceFlow", ""][0] == "gerbang sesudah ‹Mulai› → Selesai"
    assert told["berubah", "sequenceFlow", "dari"][1:] == ("gerbang sesudah ‹Mulai›", "gerbang sesudah ‹Mulai›")


def test_what_stands_before_the_first_named_step_is_told_by_that_step():
    names = Names(
        {"a": Element("a", "", "startEvent", "", "", {}), "b": Element("b", "Periksa", "userTask", "", "", {})},
        [Flow("f", "a", "b", "p")],
    )
    assert (names.of("a"), names.way("f"), names.of("tidak_ada")) == (
        "awal sebelum ‹Periksa›",
        "awal sebelum ‹Periksa› → Periksa",
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


def plays(change):
    """What differs in a scenario, by the part it is about."""
    files = release_files()
    path = "processes/scenarios/belum_lengkap.json"
    raw = json.loads(files[path])
    change(raw)
    [file] = differences.compare(files, {**files, path: json.dumps(raw).encode()})
    assert {one.id for one in file.changes} <= differences.places(path, files[path]) | {"langkah 16"}
    return file.changes


def test_clocks_that_end_otherwise_are_told_one_by_one_in_instants_and_working_time():
    def change(raw):
        raw["expect"]["clocks"] |= {
            "L": "janji 2026-08-06T10:00:00+07:00, terpakai 5/2 hk",
            "P_BAYAR": "berhenti 2026-08-03T03:20:00+00:00, terpakai 3 hk",
            "H": "janji -, terpakai 1/2 hk",
        }
        del raw["expect"]["clocks"]["P_SKM"]

    found = plays(change)
    told = {(one.act, one.name): (one.before, one.after) for one in found}
    was = "berhenti 03/08/2026 10.00 WIB, terpakai 1 jam 20 menit"
    assert told == {
        ("berubah", "Jam Layanan"): (was, "janji 06/08/2026 10.00 WIB, terpakai 2 hari kerja 3 jam 45 menit"),
        ("berubah", "Batas Hukum"): (was, "tanpa janji, terpakai 3 jam 45 menit"),
        ("dihapus", "Tenggat mengisi survei kepuasan"): ("berhenti 03/08/2026 10.20 WIB, terpakai 10 menit", ""),
        ("baru", "Tenggat membayar retribusi"): ("", "berhenti 03/08/2026 10.20 WIB, terpakai 3 hari kerja"),
    }
    assert next(one for one in found if one.act == "baru").after.values["at"].at.isoformat().startswith("2026-08-03T03")


def test_clocks_that_took_nearly_the_same_time_are_still_told_apart():
    def change(raw):
        raw["expect"]["clocks"]["L"] = "berhenti 2026-08-03T10:00:00+07:00, terpakai 8001/45000 hk"

    [found] = plays(change)
    assert found.before != found.after


def test_a_play_that_begins_otherwise_is_told_in_the_words_of_the_office():
    def change(raw):
        raw["start"] |= {
            "permit": "IMB", "at": "2026-08-04T09:30:00+07:00", "process": "verifikasi", "kind": "perpanjangan",
            "category": "badan", "channel": "loket",
        }  # fmt: skip

    assert {one.id: (one.before, one.after) for one in plays(change)} == {
        "permit": ("Surat Izin Praktik Bidan", "Izin Mendirikan Bangunan"),
        "at": ("03/08/2026 08.00 WIB", "04/08/2026 09.30 WIB"),
        "process": ("proses izinnya sendiri", "Verifikasi keabsahan"),
        "kind": ("baru", "perpanjangan"),
        "category": ("perorangan", "badan usaha"),
        "channel": ("daring", "loket"),
    }


def test_what_a_step_hands_on_is_told_by_its_labels_as_a_whole():
    long = "Alasan yang panjang. " * 60

    def change(raw):
        at = next(n for n, one in enumerate(raw["moves"]) if one.get("do") == "tentukan_jalur")
        values = {"butuh_kajian": True, "perangkat": ["PUPR", "DINKES"], "kelas_kerumitan": "rumit", "catatan": long}
        raw["moves"][at] |= {"values": values, "at": "2026-08-03T09:30:00+07:00"}

    [found] = plays(change)
    assert found.before == (
        "Telaah dan tentukan jalur: Teruskan, Perlu tinjauan lapangan: tidak, Perlu kajian teknis di meja: tidak, "
        "Perlu rekomendasi perangkat daerah: ya"
    )
    assert found.after == (
        "Telaah dan tentukan jalur: Teruskan, Perlu kajian teknis di meja: ya, Perangkat daerah yang mengkaji: "
        "Dinas Pekerjaan Umum dan Tata Ruang; Dinas Kesehatan, Kerumitan: Rumit, "
        f"Catatan telaah: {long}, 03/08/2026 09.30 WIB"
    )


def test_letters_and_tasks_that_come_or_go_are_told_one_by_one_and_another_order_as_a_whole():
    def change(raw):
        raw["expect"]["letters"].remove("bast")
        raw["expect"]["open"] = ["rekomendasi_opd DINKES"]
        raw["expect"]["notices"].reverse()

    open, letters, notices = plays(change)
    assert (open.act, open.id, open.after) == ("baru", "open", "Rekomendasi tanpa tinjauan (Dinas Kesehatan)")
    assert (letters.act, letters.before) == ("dihapus", "Berita Acara Serah Terima")
    assert notices.act == "berubah"
    assert sorted(notices.before.split(", ")) == sorted(notices.after.split(", "))
    assert "{" not in notices.before
    assert "(jenis izin)" in notices.before


def test_a_step_that_the_newer_version_has_no_longer_keeps_its_name():
    files = release_files()
    path = "processes/scenarios/belum_lengkap.json"
    raw = json.loads(files[path])
    gone = raw["moves"].pop(4)
    diagram = "processes/bersama/verifikasi.bpmn"
    without = files[diagram].replace(gone["do"].encode(), b"lain_sekali").replace(b'name="Verifikasi keabs', b'name="X')
    after = {**files, path: json.dumps(raw).encode(), diagram: without}
    [file] = [one for one in differences.compare(files, after) if one.path == path]
    assert file.changes[0].before == "Verifikasi keabsahan: Absah, teruskan"


def diagrams(*changes, path="processes/bersama/verifikasi.bpmn"):
    """What differs in a diagram in which some texts are others."""

    def rewritten(text):
        for was, now in changes:
            assert was in text
            text = text.replace(was, now, 1)
        return text

    return {(one.id, one.what): (one.before, one.after) for one in compared(path, rewritten).changes}


def test_roles_forms_states_processes_and_times_of_a_diagram_are_told_by_their_names():
    step = "verifikasi_keabsahan"
    found = diagrams(
        ("(VB)", "(FO)"), ('value="4 jam"', 'value="2 hk"'), ('value="TERDAFTAR"', 'value="DITOLAK"'),
        (f'value="{step}"', 'value="kajian"'), ('calledElement="ronde_perbaikan"', 'calledElement="pendaftaran"'),
        ("&quot;lanjut&quot;", "&quot;tidak_lanjut&quot;"),
    )  # fmt: skip
    assert found[step, "peran"] == ("Verifikator (Back Office)", "Petugas Loket (Front Office)")
    assert found[step, "sifat.standard"] == ("4 jam", "2 hari kerja")
    assert found[step, "sifat.state"] == ("Terdaftar", "Ditolak")
    assert found[step, "sifat.formKey"] == ("Verifikasi keabsahan", "Kajian teknis di meja")
    assert found["minta_perbaikan", "memanggil"] == ("Ronde perbaikan oleh pemohon", "Pendaftaran permohonan")
    assert found["catat_absah", "serviceTaskOperator.parameter.value"] == ("lanjut", "tidak lanjut")


def test_conditions_of_a_diagram_are_told_in_words_and_what_is_more_than_words_as_it_is_written():
    old = 'verifikasi_keabsahan.keputusan == "sah"'
    for now, words in (
        (
            'verifikasi_keabsahan.keputusan != "sah" and (hasil_x.hasil in ["lanjut"] or not permohonan.mendesak)',
            "keputusan pada Verifikasi keabsahan bukan Absah, teruskan dan (hasil x salah satu dari lanjut atau "
            "tidak berlaku: permohonan, mendesak)",
        ),
        ('get("verifikasi_keabsahan.usul_penolakan", null) == null',
         "Alasan penolakan (Verifikasi keabsahan) adalah kosong"),
        ("ronde.ke &lt;= 2", "ronde, ke paling banyak 2"),
        ("len(ronde) * 2 == 4", "len(ronde) * 2 == 4"),
    ):  # fmt: skip
        [(was, said)] = [pair for key, pair in diagrams((old, now)).items() if key[1] == "syarat"]
        assert was == "keputusan pada Verifikasi keabsahan adalah Absah, teruskan"
        assert said == words


def test_words_that_would_be_the_same_give_way_to_what_was_written():
    found = diagrams(("&quot;lanjut&quot;", "&quot;lanjut_&quot;"))
    assert found["catat_absah", "serviceTaskOperator.parameter.value"] == ('"lanjut"', '"lanjut_"')


def test_messages_clocks_letters_and_waiting_of_a_diagram_are_told_by_their_names():
    path = "processes/bersama/pendaftaran.bpmn"
    told = {key[1]: pair for key, pair in diagrams(
        ("&quot;tanda_terima&quot;", "&quot;skrd&quot;"), ("&quot;L&quot;", "&quot;H&quot;"),
        ('messageRef="pesan_p_draf_lewat"', 'messageRef="pesan_p_kelengkapan_lewat"'), path=path,
    ).items()}  # fmt: skip
    assert told["serviceTaskOperator.parameter.letter"] == (
        "Tanda Terima Permohonan", "Surat Ketetapan Retribusi Daerah",
    )  # fmt: skip
    assert told["serviceTaskOperator.parameter.clock"] == ("Jam Layanan", "Batas Hukum")
    assert told["messageEventDefinition.messageRef"] == (
        "Tenggat mengirim rancangan lewat", "Tenggat melengkapi berkas lewat",
    )  # fmt: skip
    files = release_files()
    path = next(name for name, text in files.items() if b"P30D" in text)
    [(_key, waits)] = diagrams(("P30D", "P10D"), path=path).items()
    assert waits == ("30 hari", "10 hari")


def test_choices_and_conditions_of_a_form_are_told_by_their_labels():
    def change(raw):
        fields = raw["sections"][0]["fields"]
        fields[3]["visible_if"] = {"field": "kelas_kerumitan", "in": ["rumit", "sedang"]}
        fields[4]["options"].insert(0, ["lain", "Lain sekali"])
        fields[4]["options"][1][1] = "Mudah"

    found = compared("forms/tentukan_jalur.json", as_json(change)).changes
    assert {(one.id, one.what): (one.before, one.after, one.called[-1]) for one in found} == {
        ("isian perangkat", "visible_if.field"): ("Perlu kajian teknis di meja", "Kerumitan", ""),
        ("isian perangkat", "visible_if.is"): ("ya", "", ""),
        ("isian perangkat", "visible_if.in"): ("", "Rumit, Sedang", ""),
        ("isian kelas_kerumitan", "options.sederhana"): ("Sederhana", "Mudah", "Mudah"),
        ("isian kelas_kerumitan", "options.lain"): ("", "Lain sekali", "Lain sekali"),
    }


def test_codes_in_the_laws_data_are_told_by_their_names():
    def change(raw):
        raw["IMB"]["agencies"] = ["DINKES"]
        raw["IMB"]["process"] = "verifikasi"
        raw["IMB"]["kinds"] = ["baru"]
        raw["IMB"]["requirements"] = [*raw["IMB"]["requirements"][1:], "pas_foto"]

    found = {(one.act, one.what, one.before, one.after) for one in compared(PERMITS, as_json(change)).changes}
    assert found == {
        ("dihapus", "agencies", "Dinas Pekerjaan Umum dan Tata Ruang", ""),
        ("dihapus", "agencies", "Dinas Perumahan dan Kawasan Permukiman", ""),
        ("baru", "agencies", "", "Dinas Kesehatan"),
        ("berubah", "process", "Alur Izin Retribusi", "Verifikasi keabsahan"),
        ("dihapus", "kinds", "perpanjangan", ""),
        ("dihapus", "requirements", "Surat permohonan kepada Kepala Dinas", ""),
        ("baru", "requirements", "", "Pas foto berwarna terbaru"),
    }


def test_another_order_of_a_list_is_told_as_a_whole():
    [change] = compared(PERMITS, as_json(lambda raw: raw["IMB"]["agencies"].reverse())).changes
    assert change.before.split(", ") == change.after.split(", ")[::-1]


def test_settings_that_name_steps_decisions_and_shares_are_told_in_words():
    def change(raw):
        audit = raw["pola_audit"]
        found = json.dumps(audit)
        assert '"3/2"' in found
        raw["pola_audit"] = json.loads(found.replace('"3/2"', '"5/2"').replace('"tidak_lengkap"', '"lengkap"'))
        raw["kahar_akibat"]["boleh"]["a"] = ["SUSPEND"]

    found = [(one.before, one.after) for one in compared("processes/catalogue/settings.json", as_json(change)).changes]
    assert ("1,5", "2,5") in found
    assert ("jam ditangguhkan, hari terakhir bergeser", "jam ditangguhkan") in found
    assert all("_" not in f"{before}{after}" for before, after in found)


def test_holidays_of_one_name_and_the_hours_of_a_week_are_told_each_by_themselves():
    path = "processes/catalogue/calendar.json"

    def change(raw):
        [first, *_rest] = [one for one in raw["days"] if one["label"] == "Tahun Baru Masehi"]
        first["decree"] = "SKB lain"
        raw["weeks"][0]["hours"]["4"][0][1] = "11:00"
        raw["weeks"][0]["recorded_at"] = "2024-10-14T03:30:00+00:00"

    twice = [one for one in json.loads(release_files()[path])["days"] if one["label"] == "Tahun Baru Masehi"]
    assert len(twice) > 1
    found = {one.what: (one.before, one.after) for one in compared(path, as_json(change)).changes}
    assert found == {
        f"Tahun Baru Masehi {twice[0]['since']}.decree": (twice[0]["decree"], "SKB lain"),
        "0.hours.4": ("07.30–11.30, 13.00–16.30", "07.30–11.00, 13.00–16.30"),
        "0.recorded_at": ("14/10/2024 10.00 WIB", "14/10/2024 10.30 WIB"),
    }


def test_a_file_of_no_known_sort_is_told_line_by_line():
    [found] = differences.compare({"processes/README.md": b"satu\ndua\n"}, {"processes/README.md": b"satu\ntiga\n"})
    assert found.sort == "lain"
    assert [(one.act, one.id, one.before, one.after) for one in found.changes] == [("berubah", "2", "dua", "tiga")]


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
        ("berubah", "SIPB", "name"),
        ("baru", "SIPB", "standards.2027-01-01"),
    ]
    assert found[-1].after == "5 hari kerja; SK 7"
    before = release_files()
    both = {**before, PERMITS: as_json(more)(before[PERMITS].decode()).encode()}
    [gone] = [one for one in differences.compare(both, before)[0].changes if one.what.startswith("standards")]
    assert (gone.act, gone.what, gone.before) == ("dihapus", "standards.2027-01-01", "5 hari kerja; SK 7")


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


def _moved(change):
    return [(one.kind, one.id) for one in compared(FORM, as_json(change)).changes if one.act == "digeser"]


def test_what_is_put_in_or_taken_out_moves_nothing_and_what_changes_its_order_alone_is_told_as_moved():
    names = ["catatan", "bukti"]

    def insert(raw):
        assert [one["name"] for one in raw["sections"][0]["fields"]] == names
        raw["sections"][0]["fields"].insert(0, {"name": "tempat", "label": "Tempat", "type": "text"})
        raw["sections"].insert(0, {"title": "Sebelum itu", "fields": []})
        raw["outcomes"].insert(0, {"value": "tunda", "label": "Tunda"})

    def turned(raw):
        insert(raw)
        raw["sections"][1]["fields"].append(raw["sections"][1]["fields"].pop(1))

    assert _moved(insert) == []
    [moved] = _moved(turned)
    assert moved in [("isian", f"isian {name}") for name in names]


@pytest.mark.parametrize(
    ("was", "now", "kept"),
    [
        ("abcd", "xaybcdz", "abcd"),
        ("abcd", "bcda", "bcd"),
        ("abcdef", "fabcde", "abcde"),
        ("abcdef", "acdbf", "acdf"),
        ("abc", "", ""),
        ("", "abc", ""),
    ],
)
def test_the_longest_common_order_is_what_did_not_move(was, now, kept):
    assert order.kept(was, now) == frozenset(kept)


def test_a_new_standard_of_the_law_says_that_it_is_an_example():
    def change(raw, example):
        raw["SIPB"]["standards"].append(
            {"budget": "9 hk", "valid_from": "2027-01-01", "basis": "Rancangan", "example": example}
        )

    for example, said in ((True, True), (False, False)):
        found = compared(PERMITS, as_json(lambda raw, example=example: change(raw, example)))
        [told] = [one.after for one in found.changes if one.what == "standards.2027-01-01"]
        assert told.startswith("9 hari kerja")
        assert ("contoh" in told) is said


def test_the_catalogue_is_told_entry_by_entry_with_the_version_that_changed():
    def change(raw):
        raw["SIPB"]["standards"][0]["budget"] = "9 hk"
        raw["SIPB"]["requirements"].append("KTP2")
        raw["BARU"] = raw.pop("PEN")

    found = compared(PERMITS, as_json(change))
    told = {(one.act, one.id, one.what): (one.before, one.after) for one in found.changes}
    [(_act, _id, what)] = [key for key in told if key[2].endswith("budget")]
    assert what.startswith("standards.")
    assert told["berubah", "SIPB", what][1] == "9 hari kerja"
    assert told["baru", "SIPB", "requirements"] == ("", "KTP2")
    assert ("baru", "BARU", "") in told
    assert ("dihapus", "PEN", "") in told


def test_a_table_is_told_row_by_row_and_a_row_that_changes_its_place_as_moved():
    found = compared(TABLE, lambda text: text.replace('"tinjauan"', '"kajian"', 1))
    [change] = [one for one in found.changes if one.what]
    assert (change.kind, change.what, change.before, change.after) == (
        "rule", "output.Jalur yang diusulkan", "tinjauan", "kajian",
    )  # fmt: skip
    dropped = compared(TABLE, lambda text: _without_first_row(text))
    assert ("dihapus", "rule") in {(one.act, one.kind) for one in dropped.changes}
    assert {one.act for one in dropped.changes} == {"dihapus"}
    first = compared(TABLE, _with_the_first_row_last)
    assert [(one.act, one.kind, one.id) for one in first.changes] == [
        ("digeser", "rule", next(one.id for one in dropped.changes))
    ]


def _with_the_first_row_last(text):
    row = text[text.index("<rule ") : text.index("</rule>") + len("</rule>")]
    return text.replace(row, "", 1).replace("</decisionTable>", f"{row}</decisionTable>", 1)


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
