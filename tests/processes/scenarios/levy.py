"""Calculation, check and SKRD: domain R8-R11."""

from tests.processes.registry import LEVIED, LEVIED_VISIT, scenario
from tests.processes.walking import Walk, wib

PAYING = "MENUNGGU_PEMBAYARAN"


@scenario(LEVIED)
def the_count_stands_still_from_the_delivery_of_the_skrd(permit):
    walk = Walk(permit, "2026-08-01 08:00").do("ajukan").do("periksa_kelengkapan", at="2026-08-03 08:00")
    walk.carry_to("cek_retribusi").do("cek_retribusi", at="2026-08-03 13:30").do("paraf_skrd", at="2026-08-03 14:00")
    walk.do("terbit_skrd", "ditetapkan", "2026-08-03 15:00")
    assert (walk.assessments, walk.letters[-1]) == (["SKRD"], "skrd")
    assert walk.reading("L").state == "RUNNING"
    walk.do("sampaikan_skrd", at="2026-08-04 08:30")
    assert (walk.case.state, walk.reading("L").paused_by) == ("MENUNGGU_PEMBAYARAN", (PAYING,))
    assert walk.reading("L", "2026-08-20 08:00").elapsed_minutes == 420 + 60
    assert walk.reading("H", "2026-08-05 08:30").elapsed_minutes == 420 + 60 + 450
    assert walk.reading("P_BAYAR").promised_at == wib("2026-09-03 16:00")
    assert (walk.letters[-1], walk.notices[-1]) == ("sts", "skrd_terbit")
    return walk.carry_out()


@scenario(LEVIED, LEVIED_VISIT)
def calculation_and_recommendation_wait_for_each_other(permit):
    walk = Walk(permit).carry_to("hitung_retribusi")
    assert len(walk.open) == 2
    walk.do("hitung_retribusi")
    assert walk.open in (["rekomendasi"], ["rekomendasi_opd"])
    walk.do(walk.open[0])
    assert walk.open == ["cek_retribusi"]
    return walk.carry_out()


@scenario(LEVIED)
def a_wrong_sum_is_calculated_again(permit):
    walk = Walk(permit).carry_to("cek_retribusi").do("cek_retribusi", "tidak_sesuai")
    assert walk.open == ["hitung_ulang"]
    walk.do("hitung_ulang").do("cek_retribusi", "sesuai")
    return walk.carry_to("bayar")


@scenario(LEVIED)
def the_skrd_comes_back_from_each_desk_and_is_fixed_once(permit):
    walk = Walk(permit).carry_to("cek_retribusi").do("cek_retribusi", "tidak_sesuai").do("hitung_ulang")
    walk.do("cek_retribusi").do("paraf_skrd", "kembalikan").do("hitung_ulang")
    walk.do("cek_retribusi").do("paraf_skrd").do("terbit_skrd", "kembalikan")
    assert walk.assessments == []
    walk.do("hitung_ulang").carry_to("bayar")
    assert walk.assessments == ["SKRD"]
    return walk


@scenario(LEVIED)
def two_corrections_of_the_sum(permit):
    walk = Walk(permit).carry_to("paraf_skrd").do("paraf_skrd", "kembalikan").do("hitung_ulang")
    return walk.do("cek_retribusi", "tidak_sesuai").do("hitung_ulang").carry_to("bayar")


@scenario("IMTA")
def a_levied_permit_without_recommendation_is_only_calculated(permit):
    walk = Walk(permit).carry_to("hitung_retribusi")
    assert walk.open == ["hitung_retribusi"]
    return walk.carry_out()
