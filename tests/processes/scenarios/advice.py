"""The agency's recommendation: domain R9, N5, ruling 39."""

from tests.processes.registry import BOTH, BOTH_VISITED, FREE, LEVIED, LEVIED_VISIT, scenario
from tests.processes.scenarios.repair import registered
from tests.processes.walking import Walk, wib

ALONE = {LEVIED: "rekomendasi_opd", FREE: "rekomendasi_opd", LEVIED_VISIT: "rekomendasi", "IUTM": "rekomendasi"}


def asked(permit):
    """A file whose recommendation is open; after a record where the permit is visited."""
    walk = Walk(permit).carry_to("tentukan_jalur").do("tentukan_jalur", butuh_rekomendasi=True)
    return walk.carry_to(ALONE[permit])


@scenario(*BOTH, *BOTH_VISITED)
def a_conditional_yes_is_a_yes(permit):
    walk = asked(permit).do(ALONE[permit], "bersyarat")
    assert walk.letters[-1] == "rekomendasi"
    return walk.carry_out()


@scenario(*BOTH, *BOTH_VISITED)
def an_agency_may_ask_for_corrections_twice_and_once_more(permit):
    walk = asked(permit)
    for _ in range(2):
        walk.do(ALONE[permit], "perbaikan").do("perbaikan")
    walk.do(ALONE[permit], "perbaikan").do("putusan_ronde").do("perbaikan").do(ALONE[permit], "disetujui")
    return walk.carry_to("susun_naskah")


@scenario(*BOTH, *BOTH_VISITED)
def a_no_of_the_agency_cancels_a_calculation_still_open(permit):
    walk = asked(permit)
    calculating = "hitung_retribusi" in walk.open
    walk.do(ALONE[permit], "ditolak")
    assert walk.open == ["telaah_penolakan"]
    assert ("hitung_retribusi" in [one.element for one in walk.events if one.kind == "task_cancelled"]) == calculating
    assert walk.assessments == []
    walk.carry_out()
    assert (walk.case.state, walk.assessments) == ("DITOLAK", [])
    return walk


@scenario(LEVIED)
def a_no_after_the_calculation_still_lets_no_skrd_follow(permit):
    walk = asked(permit).do("hitung_retribusi").do("rekomendasi_opd", "ditolak")
    assert walk.open == ["telaah_penolakan"]
    walk.carry_out()
    assert (walk.assessments, walk.refunds) == ([], [])
    return walk


@scenario(*BOTH)
def corrections_not_granted_are_proposed_for_refusal(permit):
    walk = asked(permit)
    for _ in range(2):
        walk.do(ALONE[permit], "perbaikan").do("perbaikan")
    walk.do(ALONE[permit], "perbaikan").do("putusan_ronde", "usul_penolakan")
    assert walk.open == ["telaah_penolakan"]
    return walk


@scenario(*BOTH)
def an_agencys_question_that_lapses_closes_the_file(permit):
    walk = asked(permit).do(ALONE[permit], "perbaikan").let_lapse()
    assert walk.case.state == "DITUTUP"
    return walk


@scenario(FREE)
def waiting_for_an_agency_is_the_offices_own_time(permit):
    walk = registered(permit, "2026-08-03 08:00").do("verifikasi_keabsahan", at="2026-08-03 09:00")
    walk.do("tentukan_jalur", at="2026-08-03 10:00")
    assert walk.reading("L", "2026-08-06 08:00").state == "RUNNING"
    assert walk.reading("L", "2026-08-06 08:00").elapsed == 3
    assert walk.task_reading("rekomendasi_opd").promised_at == wib("2026-08-06 16:00")
    walk.do("rekomendasi_opd", at="2026-08-06 10:00")
    assert walk.task_reading("susun_naskah").started_at == wib("2026-08-06 10:00")
    return walk.carry_out()


@scenario(LEVIED)
def rounds_are_counted_over_the_whole_file_also_beside_a_calculation(permit):
    walk = Walk(permit).carry_to("verifikasi_keabsahan").do("verifikasi_keabsahan", "perbaikan").do("perbaikan")
    walk.carry_to("rekomendasi_opd").do("rekomendasi_opd", "perbaikan").do("perbaikan").do("rekomendasi_opd")
    walk.carry_to("tanda_tangan").do("tanda_tangan", "tolak").do("telaah_penolakan", "lanjutkan")
    walk.do("tentukan_jalur", "kembalikan").do("verifikasi_keabsahan", "perbaikan")
    assert walk.open == ["putusan_ronde"]
    return walk
