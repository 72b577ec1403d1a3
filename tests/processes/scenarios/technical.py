"""Visit, study, record: domain R4-R7, N6, ruling 37."""

from tests.processes.registry import BOTH, BOTH_VISITED, FREE, FREE_VISIT, LEVIED, LEVIED_VISIT, scenario
from tests.processes.scenarios.repair import registered
from tests.processes.walking import Walk, wib

ABSENT = "KETIDAKHADIRAN_PEMOHON"


def scheduled(walk, visit, at=None):
    return walk.carry_to("jadwalkan").do("jadwalkan", at=at, waktu=wib(visit).isoformat())


@scenario(*BOTH_VISITED)
def two_agencies_inspect_side_by_side_under_one_surat_tugas(permit):
    walk = scheduled(Walk(permit), "2026-08-05 09:00")
    assert walk.open == ["tinjauan", "tinjauan"]
    assert len({one.unit for one in walk.case.tasks}) == 2
    assert walk.letters.count("surat_tugas") == 1
    walk.each("tinjauan", "sesuai_catatan", "2026-08-05 11:00")
    assert walk.open == ["bap"]
    return walk.carry_out()


@scenario(LEVIED_VISIT)
def a_no_show_pauses_from_the_appointment_to_the_new_one(permit):
    walk = scheduled(registered(permit, "2026-08-03 08:00"), "2026-08-05 09:00", at="2026-08-03 10:00")
    walk.do("tinjauan", "tidak_hadir", "2026-08-05 09:30", unit="PUPR")
    assert walk.reading("L").state == "RUNNING"
    walk.do("tinjauan", "tidak_hadir", "2026-08-05 09:40", unit="PERKIM")
    assert walk.reading("L").paused_by == (ABSENT,)
    # Monday 480-30 min = 420, Tuesday 450, Wednesday 07.30-09.00 = 90.
    assert walk.reading("L").elapsed_minutes == 420 + 450 + 90
    walk.do("jadwalkan", at="2026-08-05 11:00", waktu=wib("2026-08-07 09:00").isoformat())
    assert walk.reading("L", "2026-08-06 11:00").elapsed_minutes == 960
    assert walk.reading("L", "2026-08-07 10:00").elapsed_minutes == 960 + 60
    assert walk.notices.count("jadwal_tinjauan") == 2
    return walk.each("tinjauan", "sesuai", "2026-08-07 10:00").carry_out()


@scenario(FREE_VISIT)
def the_other_agencys_inspection_keeps_the_count_running(permit):
    walk = scheduled(registered(permit, "2026-08-03 08:00"), "2026-08-05 09:00", at="2026-08-03 10:00")
    first, second = (one.unit for one in walk.case.tasks)
    walk.do("tinjauan", "tidak_hadir", "2026-08-05 09:10", unit=first)
    walk.do("tinjauan", "sesuai", "2026-08-05 11:00", unit=second)
    assert walk.reading("L").paused_by == (ABSENT,)
    assert walk.reading("L").elapsed_minutes == 420 + 450 + 210
    return walk.do("jadwalkan").each("tinjauan").carry_out()


@scenario(LEVIED_VISIT)
def an_appointment_brought_forward_leaves_no_pause(permit):
    walk = scheduled(registered(permit, "2026-08-03 08:00"), "2026-08-06 09:00", at="2026-08-03 10:00")
    walk.each("tinjauan", "tidak_hadir", "2026-08-04 10:00")
    walk.do("jadwalkan", at="2026-08-04 11:00", waktu=wib("2026-08-05 09:00").isoformat())
    assert walk.reading("L", "2026-08-07 08:00").elapsed_minutes == 420 + 3 * 450 + 30
    return walk.each("tinjauan", "sesuai", "2026-08-05 10:00").carry_to("susun_naskah")


@scenario(*BOTH_VISITED)
def two_no_shows_need_three_appointments(permit):
    walk = Walk(permit).carry_to("tinjauan")
    for _ in range(2):
        walk.each("tinjauan", "tidak_hadir").do("jadwalkan")
    assert walk.letters.count("surat_tugas") == 3
    walk.each("tinjauan", "sesuai")
    assert len(walk.data["hasil_tinjauan"]) == 2
    return walk.carry_to("susun_naskah")


@scenario(*BOTH_VISITED)
def an_unfit_place_is_proposed_for_refusal_in_the_record(permit):
    walk = Walk(permit).carry_to("tinjauan").each("tinjauan", "tidak_sesuai").do("bap", "tidak_sesuai")
    assert walk.open == ["telaah_penolakan"]
    return walk.carry_out()


@scenario(*BOTH_VISITED)
def a_technical_repair_goes_back_to_the_record(permit):
    walk = Walk(permit).carry_to("bap")
    for _ in range(2):
        walk.do("bap", "perbaikan_teknis").do("perbaikan")
    walk.do("bap", "perbaikan_teknis").do("putusan_ronde", "beri_satu_lagi").do("perbaikan")
    walk.do("bap", "perbaikan_teknis").do("putusan_ronde", "usul_penolakan")
    assert walk.open == ["telaah_penolakan"]
    return walk


@scenario(*BOTH_VISITED)
def a_technical_repair_is_recorded_anew(permit):
    walk = Walk(permit).carry_to("bap").do("bap", "perbaikan_teknis").do("perbaikan").do("bap", "lengkap")
    assert walk.letters.count("bap") == 2
    return walk.carry_out()


@scenario(*BOTH_VISITED)
def a_technical_repair_that_lapses_closes_the_file(permit):
    walk = Walk(permit).carry_to("bap").do("bap", "perbaikan_teknis").let_lapse()
    assert walk.case.state == "DITUTUP"
    return walk


@scenario(*BOTH)
def agencies_study_at_the_desk(permit):
    walk = Walk(permit).carry_to("tentukan_jalur")
    walk.do("tentukan_jalur", butuh_kajian=True, perangkat=["DINKES", "DISHUB", "PUPR"])
    assert walk.open == ["kajian"] * 3
    walk.do("kajian", "sesuai", unit="PUPR").do("kajian", "sesuai_catatan", unit="DINKES")
    assert walk.open == ["kajian"]
    walk.do("kajian", "tidak_sesuai", unit="DISHUB").do("bap", "lengkap")
    assert walk.letters[-1] == "bap"
    return walk.carry_out()


@scenario(LEVIED, FREE)
def the_table_only_proposes_and_the_kasi_decides(permit):
    walk = Walk(permit).carry_to("tentukan_jalur")
    assert walk.data["usul_jalur"] == {"jalur_usulan": "rekomendasi"}
    walk.do("tentukan_jalur", butuh_rekomendasi=False)
    return walk.carry_out()
