"""Payment, proof, validation, reminder, bill, objection: domain R12-R13, ruling 41."""

from engine.effects import Notify
from tests.processes.registry import LEVIED, scenario
from tests.processes.walking import Walk, wib

PAYING = "MENUNGGU_PEMBAYARAN"


def delivered(permit, at="2026-08-04 08:00"):
    """A file whose SKRD was delivered then; 420 minutes of L were used on the Monday before."""
    walk = Walk(permit, "2026-08-01 08:00").do("ajukan").do("periksa_kelengkapan", at="2026-08-03 08:00")
    return walk.carry_to("sampaikan_skrd").do("sampaikan_skrd", at=at)


@scenario(LEVIED)
def the_count_goes_on_from_the_arrival_of_the_proof(permit):
    walk = delivered(permit).do("bayar", "sudah_bayar", "2026-08-06 08:00")
    assert (walk.case.state, walk.reading("L").state) == ("VALIDASI_PEMBAYARAN", "RUNNING")
    assert walk.reading("L", "2026-08-06 09:00").elapsed_minutes == 420 + 30 + 60
    assert walk.reading("VALIDASI").promised_at == wib("2026-08-06 10:00")
    assert not walk.case.clock("P_BAYAR").running
    walk.do("validasi_bayar", "sah", "2026-08-06 09:30")
    assert walk.reading("VALIDASI").stopped_at == wib("2026-08-06 09:30")
    assert not walk.case.clock("P_ESKALASI").running
    assert (walk.letters[-1], walk.notices[-1], walk.open) == ("ssrd", "pembayaran_sah", ["susun_naskah"])
    return walk.carry_out()


@scenario(LEVIED)
def an_invalid_proof_restores_the_pause_from_its_arrival(permit):
    walk = delivered(permit).do("bayar", at="2026-08-06 08:00")
    walk.do("validasi_bayar", "tidak_sah", "2026-08-06 11:00")
    assert (walk.reading("L").paused_by, walk.case.state) == ((PAYING,), "MENUNGGU_PEMBAYARAN")
    assert walk.reading("L", "2026-08-10 08:00").elapsed_minutes == 420 + 30
    assert walk.notices[-1] == "bukti_tidak_sah"
    walk.do("bayar", at="2026-08-11 08:00")
    assert walk.reading("L", "2026-08-11 09:00").elapsed_minutes == 420 + 30 + 60
    assert [one.name for one in walk.case.clocks].count("VALIDASI") == 2
    return walk.carry_out()


@scenario(LEVIED)
def too_small_a_sum_is_told_and_paid_up(permit):
    walk = delivered(permit).do("bayar", at="2026-08-06 08:00")
    walk.do("validasi_bayar", "kurang_bayar", "2026-08-06 09:00")
    assert (walk.reading("L").paused_by, walk.notices[-1]) == ((PAYING,), "kurang_bayar")
    assert walk.reading("L", "2026-08-10 08:00").elapsed_minutes == 420 + 30 + 60
    walk.do("bayar").do("validasi_bayar", "tidak_sah").do("bayar").do("validasi_bayar", "sah")
    return walk.carry_out()


@scenario(LEVIED)
def a_sum_not_found_is_asked_of_the_bank(permit):
    walk = delivered(permit).do("bayar", at="2026-08-06 08:00").do("validasi_bayar", "tidak_ditemukan")
    assert (walk.open, walk.reading("L").state) == (["konfirmasi_bank"], "RUNNING")
    walk.do("konfirmasi_bank")
    assert walk.open == ["validasi_bayar"]
    assert walk.reading("VALIDASI").state == "RUNNING"
    return walk.do("validasi_bayar", "sah").carry_out()


@scenario(LEVIED)
def the_bank_is_asked_twice(permit):
    walk = delivered(permit).do("bayar")
    for _ in range(2):
        walk.do("validasi_bayar", "tidak_ditemukan").do("konfirmasi_bank")
    return walk.do("validasi_bayar", "sah").carry_to("susun_naskah")


@scenario(LEVIED)
def a_slow_validation_is_told_to_the_kabid_once(permit):
    walk = delivered(permit).do("bayar", at="2026-08-06 08:00")
    walk.wake("2026-08-06 12:00")
    assert "eskalasi_validasi" not in walk.notices
    assert walk.reading("VALIDASI").late
    walk.wake("2026-08-06 13:01")
    assert walk.effects[-1] == Notify("eskalasi_validasi", "KB")
    walk.wake("2026-08-07 13:01")
    assert walk.notices.count("eskalasi_validasi") == 1
    assert walk.open == ["validasi_bayar"]
    return walk.carry_out()


@scenario(LEVIED)
def an_accepted_objection_leads_to_a_new_sum(permit):
    walk = delivered(permit).do("bayar", "keberatan", "2026-08-06 08:00")
    assert (walk.open, walk.reading("L").state) == (["telaah_keberatan"], "RUNNING")
    walk.do("telaah_keberatan", "diterima", "2026-08-06 09:00")
    assert walk.open == ["hitung_ulang"]
    walk.carry_to("bayar")
    assert walk.assessments == ["SKRD", "SKRD"]
    walk.do("bayar").do("validasi_bayar", "sah")
    return walk.carry_out()


@scenario(LEVIED)
def a_refused_objection_leaves_the_bill(permit):
    walk = delivered(permit).do("bayar", "keberatan", "2026-08-06 08:00")
    walk.do("telaah_keberatan", "ditolak", "2026-08-06 09:00")
    assert (walk.open, walk.reading("L").paused_by) == (["bayar"], (PAYING,))
    assert (walk.assessments, walk.notices[-1]) == (["SKRD"], "keberatan_ditolak")
    assert walk.reading("L", "2026-08-10 08:00").elapsed_minutes == 420 + 30 + 60
    walk.do("bayar", "keberatan").do("telaah_keberatan", "ditolak")
    return walk.do("bayar").carry_out()


@scenario(LEVIED)
def an_unpaid_bill_is_reminded_billed_and_closed_and_may_be_paid_after_reopening(permit):
    walk = delivered(permit)
    walk.wake("2026-09-03 15:59")
    assert walk.open == ["bayar"]
    walk.wake("2026-09-03 16:01")
    assert walk.open == ["bayar", "teguran"]
    walk.do("teguran", at="2026-09-04 09:00")
    assert (walk.letters[-1], walk.notices[-1]) == ("surat_teguran", "teguran")
    walk.wake("2026-09-11 16:29")
    assert walk.open == ["bayar"]
    walk.wake("2026-09-11 16:31")
    assert walk.open == ["bayar", "strd"]
    walk.do("strd", at="2026-09-14 09:00")
    assert (walk.letters[-1], walk.assessments) == ("strd", ["SKRD", "STRD"])
    assert walk.reading("L").elapsed_minutes == 420 + 30
    walk.wake("2026-10-14 16:01")
    assert (walk.open, walk.case.state) == ([], "DITUTUP")
    walk.reopen("2026-10-20 09:00")
    assert (walk.open, walk.reading("L").paused_by) == (["bayar"], (PAYING,))
    assert walk.case.clock("P_BAYAR").running
    walk.do("bayar", at="2026-10-21 08:00")
    assert walk.reading("L", "2026-10-21 09:00").elapsed_minutes == 420 + 30 + 60
    return walk.carry_out()


@scenario(LEVIED)
def a_late_payer_after_the_reminder_is_served(permit):
    walk = delivered(permit).let_lapse().do("teguran").do("bayar")
    assert walk.open == ["validasi_bayar"]
    return walk.carry_out()


@scenario(LEVIED)
def a_late_payer_after_the_bill_is_served(permit):
    walk = delivered(permit).let_lapse().do("teguran").let_lapse().do("strd").do("bayar")
    assert walk.reading("L").state == "RUNNING"
    return walk.carry_out()


@scenario(LEVIED)
def a_reminder_not_yet_written_is_dropped_when_the_money_is_found(permit):
    walk = delivered(permit).let_lapse().do("bayar").do("validasi_bayar", "sah")
    assert walk.open == ["susun_naskah"]
    assert "surat_teguran" not in walk.letters
    return walk
