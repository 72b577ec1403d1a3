"""Each supported element in a small diagram of its own, saved and restored between all steps."""

from datetime import UTC, datetime, timedelta

import pytest

from engine import bpmn
from engine.effects import StartClock
from engine.errors import Incident, NotFound, NotWaiting, TaskNotOpen
from engine.services import Answer
from engine.services import service as named
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.walking import Walk, one_file, roled


@named("clock.start")
def start_clock(call, *, clock, term=""):
    """Start a clock."""
    return Answer({"mulai": call.at}, (StartClock(clock, term),))


@named("hitung")
def reckon(call, *, luas, tarif=1):
    """Multiply."""
    return Answer({"jumlah": luas * tarif, "lihat": sorted(call.data)})


@named("gagal")
def fail(call):
    """Fail."""
    raise ValueError("tidak bisa")


SERVICES = (start_clock, reckon, fail)


def simple(*middle, tasks=("periksa",), extra=()):
    """start -> the elements in order -> end, in one process `izin`."""
    ids = [one.split('id="')[1].split('"')[0] for one in middle]
    parts = (d.start(), *middle, d.end(), d.chain("mulai", *ids, "selesai"))
    return one_file(*extra, roled("izin", *parts, tasks=tasks))


def test_a_user_task_waits_with_its_form_role_and_properties():
    walk = Walk(simple(d.user("periksa", name="Periksa berkas", standard="30 menit")))
    task = walk.task("periksa")
    assert (task.name, task.role, task.form_key, task.item) == ("Periksa berkas", "FO", "formulir", None)
    assert task.properties["standard"] == "30 menit"
    assert not walk.position.ended


def test_the_values_of_a_user_task_stand_under_its_own_id():
    walk = Walk(simple(d.user("periksa")), data={"izin": "SIP"}).complete("periksa", keputusan="lengkap")
    assert walk.data == {"izin": "SIP", "periksa": {"keputusan": "lengkap"}}
    assert walk.position.ended
    assert walk.position.ends == ("selesai",)
    assert walk.position.passed == ("periksa", "f_periksa_selesai", "selesai")


def test_a_task_keeps_its_id_while_others_are_completed():
    files = one_file(
        roled(
            "izin", d.start(), d.parallel("p"), d.user("a"), d.user("b"), d.parallel("j"), d.end(),
            d.chain("mulai", "p", "a", "j", "selesai"), d.chain("p", "b", "j"), tasks=("a", "b"),
        )
    )  # fmt: skip
    walk = Walk(files)
    before = walk.task("b").id
    assert walk.complete("a").task("b").id == before


def test_completing_twice_is_refused():
    walk = Walk(simple(d.user("periksa"), d.user("tulis"), tasks=("periksa", "tulis")))
    old = walk.task("periksa").id
    walk.complete("periksa")
    for wrong in (old, "bukan-id", ""):
        with pytest.raises(TaskNotOpen):
            bpmn.complete(walk.definition, walk.position.snapshot, wrong, {}, walk.context)


def test_completing_changes_nothing_that_was_given():
    walk = Walk(simple(d.user("periksa")))
    given, snapshot = {"daftar": ["a"]}, walk.position.snapshot
    task = walk.task("periksa").id
    first = bpmn.complete(walk.definition, snapshot, task, given, walk.context)
    first.data["periksa"]["daftar"].append("b")
    again = bpmn.complete(walk.definition, snapshot, task, given, walk.context)
    assert given == {"daftar": ["a"]}
    assert again.data["periksa"] == {"daftar": ["a"]}


def test_reading_a_position_moves_nothing():
    walk = Walk(simple(d.user("periksa")))
    read = bpmn.read(walk.definition, walk.position.snapshot)
    assert (read.snapshot, read.tasks, read.passed) == (walk.position.snapshot, walk.position.tasks, ())


def test_a_position_tells_where_the_case_stands_in_the_diagram():
    inner = d.sub("badan", d.start("s"), d.user("nilai"), d.end("e"), d.chain("s", "nilai", "e"))
    files = simple(inner, d.user("periksa"), tasks=("badan", "periksa"))
    walk = Walk(files)
    assert walk.position.active == ("badan", "nilai")
    assert walk.complete("nilai").position.active == ("periksa",)
    assert walk.definition.name_of("izin") == "izin"
    named_files = {"izin.bpmn": files["izin.bpmn"].replace(b'<process id="izin"', b'<process id="izin" name="Izin A"')}
    assert bpmn.parse(named_files, walk.known).name_of("izin") == "Izin A"


def test_a_process_that_is_not_there_is_not_found():
    walk = Walk(simple(d.user("periksa")))
    with pytest.raises(NotFound):
        bpmn.start(walk.definition, "lain", {}, walk.context)


def test_a_service_gets_its_parameters_and_leaves_value_and_effects():
    files = simple(
        d.service("mulai_jam", "clock.start", clock="&quot;L&quot;", term="permohonan.jangka"), d.user("periksa")
    )
    walk = Walk(files, data={"permohonan": {"jangka": "14"}}, services=SERVICES)
    assert walk.position.effects == (StartClock("L", "14"),)
    assert walk.data["mulai_jam"] == {"mulai": d.AT.isoformat()}
    assert walk.position.passed[:3] == ("mulai", "f_mulai_mulai_jam", "mulai_jam")


def test_a_service_answers_under_its_result_variable():
    walk = Walk(
        simple(d.service("hitung_biaya", "hitung", result="biaya", luas="12", tarif="250"), d.user("periksa")),
        services=SERVICES,
    )
    assert walk.data["biaya"] == {"jumlah": 3000, "lihat": []}


def test_a_failing_service_is_an_incident_of_its_task():
    with pytest.raises(Incident) as raised:
        Walk(simple(d.service("coba", "gagal"), d.user("periksa")), services=SERVICES)
    assert raised.value.element == "coba"
    assert "tidak bisa" in raised.value.reason


def gateway(condition="periksa.keputusan == &quot;ulang&quot;"):
    return one_file(
        roled(
            "izin", d.start(), d.user("periksa"), d.exclusive("pilih", "f_pilih_selesai"), d.end(),
            d.end("batal"), d.chain("mulai", "periksa", "pilih", "selesai"), d.flow("pilih", "periksa", condition),
            d.flow("pilih", "batal", "periksa.keputusan == &quot;batal&quot;"), tasks=("periksa",),
        )
    )  # fmt: skip


@pytest.mark.parametrize(("word", "end"), [("lengkap", "selesai"), ("batal", "batal"), (None, "selesai")])
def test_an_exclusive_gateway_takes_the_first_true_way_or_its_default(word, end):
    assert Walk(gateway()).complete("periksa", keputusan=word).position.ends == (end,)


def test_a_loop_opens_the_task_again_with_a_new_id():
    walk = Walk(gateway())
    first = walk.task("periksa").id
    walk.complete("periksa", keputusan="ulang")
    assert walk.task("periksa").id != first
    assert walk.position.passed == ("periksa", "f_periksa_pilih", "pilih", "f_pilih_periksa")


def test_a_condition_on_unknown_data_is_an_incident_of_its_gateway():
    with pytest.raises(Incident) as raised:
        Walk(gateway("tidak_ada == 1")).complete("periksa")
    assert raised.value.element == "pilih"
    assert "tidak_ada" in raised.value.reason


def test_a_failed_step_leaves_the_old_snapshot_usable():
    walk = Walk(gateway("tidak_ada == 1"))
    with pytest.raises(Incident):
        walk.complete("periksa", keputusan="x")
    assert bpmn.read(walk.definition, walk.position.snapshot).tasks == walk.position.tasks


def waiting(event, *more):
    extra = (d.message("bayar"), d.signal("tutup"))
    return simple(event, d.user("periksa"), *more, extra=extra)


def test_a_message_catch_waits_and_keeps_its_payload_under_its_id():
    walk = Walk(waiting(d.catch("bukti", d.by_message("bayar"))))
    assert walk.position.waiting == ("bayar",)
    walk.receive("bayar", ntpn="A1", jumlah=5)
    assert walk.data == {"bukti": {"ntpn": "A1", "jumlah": 5}}
    assert walk.open == ["periksa"]


def test_a_receive_task_is_a_message_catch():
    walk = Walk(waiting('<receiveTask id="bukti" messageRef="m_bayar"/>')).receive("bayar", ntpn="A1")
    assert walk.data == {"bukti": {"ntpn": "A1"}}


def test_a_signal_catch_is_received_by_name():
    walk = Walk(waiting(d.catch("tutup_kantor", d.by_signal("tutup")))).receive("tutup")
    assert walk.data == {"tutup_kantor": {}}


def test_a_message_nobody_waits_for_is_refused():
    walk = Walk(waiting(d.catch("bukti", d.by_message("bayar"))))
    for name in ("lain", "tutup"):
        with pytest.raises(NotWaiting):
            walk.receive(name)


def test_an_intermediate_throw_without_event_is_a_milestone():
    walk = Walk(simple('<intermediateThrowEvent id="tonggak"/>', d.user("periksa")))
    assert "tonggak" in walk.position.passed


def test_a_thrown_signal_reaches_another_branch_of_the_case():
    throw = f'<intermediateThrowEvent id="beri_tahu">{d.by_signal("tutup")}</intermediateThrowEvent>'
    files = one_file(
        d.signal("tutup"),
        roled(
            "izin", d.start(), d.parallel("p"), d.catch("dengar", d.by_signal("tutup")), d.user("a"), throw,
            d.parallel("j"), d.end(), d.chain("mulai", "p", "dengar", "j", "selesai"),
            d.chain("p", "a", "beri_tahu", "j"), tasks=("a",),
        ),
    )  # fmt: skip
    walk = Walk(files)
    assert walk.position.waiting == ("tutup",)
    assert walk.complete("a").position.ended


@pytest.mark.parametrize("text", ["P10D", "&quot;P10D&quot;", "lama"])
def test_a_duration_timer_is_due_after_exactly_its_time(text):
    walk = Walk(waiting(d.catch("tunggu", d.after(text))), data={"lama": "P10D"})
    assert walk.position.wake_at == d.AT + timedelta(days=10)
    assert walk.wait(days=9, hours=23, minutes=59).open == []
    assert walk.wait(minutes=1).open == ["periksa"]
    assert walk.position.wake_at is None


def test_a_date_timer_is_due_at_its_moment():
    walk = Walk(waiting(d.catch("tunggu", d.at("2026-03-02T16:00:00+07:00"))))
    assert walk.position.wake_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert walk.wait(hours=7).open == []
    assert walk.wait(hours=1).open == ["periksa"]


def test_a_timer_text_that_is_no_time_is_an_incident():
    with pytest.raises(Incident) as raised:
        Walk(waiting(d.catch("tunggu", d.after("lama"))), data={"lama": "sebentar"})
    assert raised.value.element == "tunggu"


def test_waking_too_early_passes_nothing():
    walk = Walk(waiting(d.catch("tunggu", d.after("P1D"))))
    assert walk.wait(hours=1).position.passed == ()


def with_boundary(event):
    return one_file(
        d.message("tarik"),
        roled(
            "izin", d.start(), d.user("periksa"), event, d.user("catat"), d.end(), d.end("ditarik"),
            d.chain("mulai", "periksa", "selesai"), d.chain("batas", "catat", "ditarik"), tasks=("periksa", "catat"),
        ),
    )  # fmt: skip


def test_an_interrupting_message_boundary_takes_the_task_away():
    walk = Walk(with_boundary(d.boundary("batas", "periksa", d.by_message("tarik")))).receive("tarik", alasan="pindah")
    assert walk.open == ["catat"]
    assert walk.data == {"batas": {"alasan": "pindah"}}
    assert walk.complete("catat").position.ends == ("ditarik",)


def test_completing_the_task_ends_the_wait_of_its_boundary():
    walk = Walk(with_boundary(d.boundary("batas", "periksa", d.by_message("tarik")))).complete("periksa")
    assert walk.position.ended
    assert walk.position.waiting == ()


def test_a_non_interrupting_boundary_opens_a_branch_as_often_as_it_happens():
    walk = Walk(with_boundary(d.boundary("batas", "periksa", d.by_message("tarik"), interrupting=False)))
    assert sorted(walk.receive("tarik").open) == ["catat", "periksa"]
    for number in range(2, 5):
        assert sorted(walk.receive("tarik").open) == ["catat"] * number + ["periksa"]
    walk.complete("periksa", a=1)
    with pytest.raises(NotWaiting):
        walk.receive("tarik")
    for number in range(1, 5):
        assert not walk.position.ended
        walk.complete("catat", b=number)
    assert walk.position.ended
    assert walk.data == {"batas": {}, "periksa": {"a": 1}, "catat": {"b": 4}}


def test_a_timer_boundary_interrupts_when_due():
    walk = Walk(with_boundary(d.boundary("batas", "periksa", d.after("PT4H"))))
    assert walk.wait(hours=3).open == ["periksa"]
    assert walk.wait(hours=1).open == ["catat"]


def test_a_timer_that_came_due_while_somebody_works_fires_in_that_step():
    files = one_file(
        roled(
            "izin", d.start(), d.parallel("p"), d.user("a"), d.catch("tunggu", d.after("P1D")), d.user("b"),
            d.parallel("j"), d.end(), d.chain("mulai", "p", "a", "j", "selesai"),
            d.chain("p", "tunggu", "b", "j"), tasks=("a", "b"),
        )
    )  # fmt: skip
    walk = Walk(files)
    walk.at += timedelta(days=2)
    assert walk.complete("a").open == ["b"]


PROOF = d.catch("bukti", d.by_message("bayar"))


def first_of(proof=PROOF):
    return one_file(
        d.message("bayar"),
        roled(
            "izin", d.start(), '<eventBasedGateway id="tunggu"/>', proof,
            d.catch("lewat", d.after("P30D")), d.catch("lama", d.after("P60D")), d.user("validasi"), d.end(),
            d.end("kedaluwarsa"), d.chain("mulai", "tunggu", "bukti", "validasi", "selesai"),
            d.chain("tunggu", "lewat", "kedaluwarsa"), d.chain("tunggu", "lama", "kedaluwarsa"), tasks=("validasi",),
        ),
    )  # fmt: skip


def test_a_receive_task_after_an_event_gateway_is_one_of_the_events_that_decide():
    files = first_of('<receiveTask id="bukti" messageRef="m_bayar"/>')
    paid = Walk(files).receive("bayar", nomor="STS-1")
    assert (paid.open, paid.data["bukti"], paid.position.waiting, paid.position.wake_at) == (
        ["validasi"], {"nomor": "STS-1"}, (), None,
    )  # fmt: skip
    assert Walk(files).wait(days=31).position.ended


def test_an_event_gateway_takes_the_message_with_its_payload():
    walk = Walk(first_of())
    assert walk.position.waiting == ("bayar",)
    walk.receive("bayar", ntpn="9")
    assert walk.data == {"bukti": {"ntpn": "9"}}
    assert walk.position.wake_at is None
    assert walk.position.passed == ("tunggu", "f_tunggu_bukti", "bukti", "f_bukti_validasi")


def test_an_event_gateway_takes_the_timer_that_comes_first():
    walk = Walk(first_of())
    assert walk.position.wake_at == d.AT + timedelta(days=30)
    assert walk.wait(days=30).position.ends == ("kedaluwarsa",)
    assert "lewat" in walk.position.passed


def test_an_embedded_subprocess_hands_its_data_up():
    inner = d.sub(
        "badan", d.lanes(d.lane("dalam", "Kepala Seksi (KASI)", "nilai")),
        d.start("b_mulai"), d.user("nilai"), d.end("b_selesai"), d.chain("b_mulai", "nilai", "b_selesai"),
    )  # fmt: skip
    walk = Walk(simple(inner, d.user("periksa")))
    assert walk.task("nilai").role == "KASI"
    walk.complete("nilai", skor=5)
    assert walk.open == ["periksa"]
    assert walk.data == {"nilai": {"skor": 5}}


def test_a_lane_around_a_subprocess_counts_for_what_has_none_inside():
    inner = d.sub("badan", d.start("a"), d.user("nilai"), d.end("z"), d.chain("a", "nilai", "z"))
    assert Walk(simple(inner, tasks=("badan",))).task("nilai").role == "FO"


def visit(key="kunjungan"):
    return roled(
        key, d.start("v_mulai"), d.user("jadwal"), d.user("tinjau"), d.exclusive("hadir", "f_hadir_v_selesai"),
        d.end("v_selesai"), d.chain("v_mulai", "jadwal", "tinjau", "hadir", "v_selesai"),
        d.flow("hadir", "jadwal", "tinjau.hadir == false"), tasks=("jadwal", "tinjau"),
    )  # fmt: skip


def test_a_call_activity_runs_the_called_process_with_all_data():
    files = simple(d.call("panggil", "kunjungan"), d.user("periksa"))
    files["kunjungan.bpmn"] = d.file(visit())
    walk = Walk(files, data={"izin": "SIP"}).complete("jadwal", hari="Senin").complete("tinjau", hadir=True)
    assert walk.open == ["periksa"]
    assert walk.data == {"izin": "SIP", "jadwal": {"hari": "Senin"}, "tinjau": {"hadir": True}}
    assert walk.definition.called("izin") == ("kunjungan",)
    assert walk.definition.callers("kunjungan") == ("panggil",)
    assert walk.definition.file_of("kunjungan")[0] == "kunjungan.bpmn"


def agencies(**more):
    return d.many("tentukan.instansi", "instansi", "tinjauan", "tinjau", **more)


def by_agency(**more):
    return simple(
        d.user("tentukan"), d.user("tinjauan", inner=agencies(**more)), d.user("periksa"),
        tasks=("tentukan", "tinjauan", "periksa"),
    )  # fmt: skip


def test_a_parallel_multi_instance_opens_one_task_per_member_and_keeps_their_order():
    walk = Walk(by_agency()).complete("tentukan", instansi=["PU", "LH", "DINKES"])
    assert [one.item for one in walk.position.tasks] == ["PU", "LH", "DINKES"]
    assert walk.task("tinjauan", "LH").form_key == "formulir"
    walk.complete("tinjauan", "DINKES", nilai=3).complete("tinjauan", "PU", nilai=1)
    assert walk.open == ["tinjauan"]
    walk.complete("tinjauan", "LH", nilai=2)
    assert walk.data["tinjauan"] == [{"nilai": 1}, {"nilai": 2}, {"nilai": 3}]
    assert walk.open == ["periksa"]


def test_a_sequential_multi_instance_opens_one_task_after_the_other():
    walk = Walk(by_agency(sequential=True)).complete("tentukan", instansi=["PU", "LH"])
    assert [one.item for one in walk.position.tasks] == ["PU"]
    walk.complete("tinjauan", nilai=1)
    assert [one.item for one in walk.position.tasks] == ["LH"]
    assert walk.complete("tinjauan", nilai=2).data["tinjauan"] == [{"nilai": 1}, {"nilai": 2}]


def test_a_completion_condition_takes_the_other_members_away():
    walk = Walk(by_agency(until="tinjau.nilai == 9")).complete("tentukan", instansi=["PU", "LH", "X"])
    walk.complete("tinjauan", "PU", nilai=1).complete("tinjauan", "LH", nilai=9)
    assert walk.open == ["periksa"]
    assert walk.data["tinjauan"] == [{"nilai": 1}, {"nilai": 9}]


def test_an_empty_list_is_passed_at_once():
    walk = Walk(by_agency()).complete("tentukan", instansi=[])
    assert walk.open == ["periksa"]
    assert walk.data["tinjauan"] == []
    assert "f_tinjauan_periksa" in walk.position.passed


def test_a_missing_list_is_an_incident_of_its_task():
    with pytest.raises(Incident) as raised:
        Walk(by_agency()).complete("tentukan", lain=1)
    assert raised.value.element == "tinjauan"


def test_a_multi_instance_over_a_call_collects_by_member_with_a_loop_inside():
    files = simple(
        d.user("tentukan"), d.call("tinjauan", "kunjungan", inner=agencies()), d.user("periksa"),
        tasks=("tentukan", "periksa"),
    )  # fmt: skip
    files["kunjungan.bpmn"] = d.file(visit())
    walk = Walk(files).complete("tentukan", instansi=["PU", "LH"])
    walk.complete("jadwal", "LH").complete("tinjau", "LH", hadir=False).complete("jadwal", "LH")
    walk.complete("tinjau", "LH", hadir=True, oleh="LH")
    walk.complete("jadwal", "PU").complete("tinjau", "PU", hadir=True, oleh="PU")
    assert walk.open == ["periksa"]
    assert walk.data["tinjauan"] == [{"hadir": True, "oleh": "PU"}, {"hadir": True, "oleh": "LH"}]


def test_two_branches_with_ends_of_their_own_keep_both_their_data():
    files = one_file(
        roled(
            "izin", d.start(), d.parallel("p"), d.user("a"), d.user("b"), d.end("satu"), d.end("dua"),
            d.chain("mulai", "p", "a", "satu"), d.chain("p", "b", "dua"), tasks=("a", "b"),
        )
    )  # fmt: skip
    walk = Walk(files).complete("b", x=2)
    assert (walk.position.ends, walk.position.ended) == (("dua",), False)
    assert walk.complete("a", x=1).position.ended
    assert walk.data == {"a": {"x": 1}, "b": {"x": 2}}


def test_a_terminate_end_closes_what_is_still_open():
    terminate = d.end("tolak", "<terminateEventDefinition/>")
    inner = d.sub("badan", d.start("s"), d.user("c"), d.end("e"), d.chain("s", "c", "e"))
    files = one_file(
        roled(
            "izin", d.start(), d.parallel("p"), d.user("a"), inner, terminate, d.end(),
            d.chain("mulai", "p", "a", "tolak"), d.chain("p", "badan", "selesai"), tasks=("a", "badan"),
        )
    )  # fmt: skip
    walk = Walk(files).complete("a", alasan="palsu")
    assert walk.position.ended
    assert (walk.open, walk.position.ends, walk.data) == ([], ("tolak",), {"a": {"alasan": "palsu"}})


DMN = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="t" name="t" namespace="t">
<decision id="jalur" name="Jalur"><decisionTable id="dt" hitPolicy="{policy}">
<input id="i1"><inputExpression id="ie1"><text>permohonan.jenis</text></inputExpression></input>
<input id="i2"><inputExpression id="ie2"><text>permohonan.luas</text></inputExpression></input>
<output id="o1" name="jalur"/><output id="o2" name="hari"/>
{rules}</decisionTable></decision></definitions>"""


def table(*rows, policy="UNIQUE"):
    def row(index, cells):
        inputs = "".join(f"<inputEntry><text>{one}</text></inputEntry>" for one in cells[:2])
        outputs = "".join(f"<outputEntry><text>{one}</text></outputEntry>" for one in cells[2:])
        return f'<rule id="r{index}">{inputs}{outputs}</rule>'

    rules = "\n".join(row(index, cells) for index, cells in enumerate(rows, 1))
    return DMN.format(policy=policy, rules=rules).encode()


def test_a_rule_task_answers_under_its_own_id():
    files = simple(d.rule("tentukan_jalur", "jalur"), d.user("periksa"))
    files["jalur.dmn"] = table(
        ('"baru"', "&lt; 100", '"ringkas"', "3"), ('"baru"', "[100..500]", '"biasa"', "7"), ("-", "-", '"teliti"', "14")
    )
    walk = Walk(files, data={"permohonan": {"jenis": "baru", "luas": 100}})
    assert walk.data["tentukan_jalur"] == {"jalur": "biasa", "hari": 7}
    assert Walk(files, data={"permohonan": {"jenis": "x", "luas": 1}}).data["tentukan_jalur"]["jalur"] == "teliti"


def test_two_rows_that_match_at_once_are_an_incident():
    files = simple(d.rule("tentukan_jalur", "jalur"), d.user("periksa"))
    files["jalur.dmn"] = table(('"baru"', "-", "1", "1"), ("-", "&gt; batas", "2", "2"), ("-", "-", "3", "3"))
    with pytest.raises(Incident) as raised:
        Walk(files, data={"permohonan": {"jenis": "baru", "luas": 6}, "batas": 5})
    assert raised.value.element == "tentukan_jalur"
