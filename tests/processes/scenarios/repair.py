"""Verification and the rounds of correction: domain R3-R3a, ruling 40."""

from fractions import Fraction

from tests.processes.registry import BOTH, FREE, scenario
from tests.processes.walking import Walk, wib

REPAIR = "MENUNGGU_PERBAIKAN"


def repaired(walk, asks, outcome):
    """One round: asked for, and answered at once."""
    return walk.do(asks, outcome).do("perbaikan")


def registered(permit, at="2026-08-03 08:00"):
    """A file found complete at that instant."""
    return Walk(permit, "2026-08-01 08:00").do("ajukan").do("periksa_kelengkapan", "lengkap", at)


@scenario(FREE)
def a_repair_pauses_from_the_return_to_the_arrival(permit):
    walk = registered(permit, "2026-08-03 08:00")
    assert walk.reading("L").promised_at == wib("2026-08-12 16:00")
    walk.do("verifikasi_keabsahan", "perbaikan", "2026-08-03 10:00")
    assert (walk.case.state, walk.reading("L").paused_by) == ("MENUNGGU_PERBAIKAN", (REPAIR,))
    assert walk.reading("L", "2026-08-05 10:00").elapsed_minutes == 120
    assert walk.reading("L").no_promise_because == "OPEN_PAUSE"
    assert walk.reading("H", "2026-08-04 10:00").elapsed_minutes == 120 + 450
    assert walk.reading("P_PERBAIKAN").promised_at == wib("2026-08-12 16:00")
    walk.do("perbaikan", at="2026-08-05 21:00")
    # The answer came at night; the verifier opens it two days later, on the office's own time.
    assert walk.reading("L", "2026-08-07 10:00").elapsed_minutes == 120 + 450 + 150
    assert walk.reading("L").promised_at == wib("2026-08-14 16:30")
    assert not walk.case.clock("P_PERBAIKAN").running
    walk.do("verifikasi_keabsahan", "sah", "2026-08-07 10:00")
    assert (walk.letters, walk.notices) == (["tanda_terima", "lembar_perbaikan"], ["terdaftar", "perlu_perbaikan"])
    return walk.carry_out()


@scenario(*BOTH)
def two_rounds_need_nobodys_leave(permit):
    walk = registered(permit)
    for _ in range(2):
        repaired(walk, "verifikasi_keabsahan", "perbaikan")
    return walk.do("verifikasi_keabsahan", "sah").carry_to("tentukan_jalur")


@scenario(*BOTH)
def a_third_round_is_the_kabids_to_grant(permit):
    walk = registered(permit)
    for _ in range(2):
        repaired(walk, "verifikasi_keabsahan", "perbaikan")
    walk.do("verifikasi_keabsahan", "perbaikan")
    assert (walk.open, walk.case.state) == (["putusan_ronde"], "TELAAH")
    assert walk.reading("L").state == "RUNNING"
    walk.do("putusan_ronde", "beri_satu_lagi")
    assert walk.reading("L").paused_by == (REPAIR,)
    return walk.do("perbaikan").do("verifikasi_keabsahan", "sah").carry_out()


@scenario(*BOTH)
def a_third_round_not_granted_is_proposed_for_refusal(permit):
    walk = registered(permit)
    for _ in range(2):
        repaired(walk, "verifikasi_keabsahan", "perbaikan")
    walk.do("verifikasi_keabsahan", "perbaikan").do("putusan_ronde", "usul_penolakan")
    assert walk.open == ["telaah_penolakan"]
    return walk.carry_out()


@scenario(*BOTH)
def an_invalid_paper_leads_to_a_signed_refusal_that_stops_both_clocks(permit):
    walk = registered(permit, "2026-08-03 08:00").do("verifikasi_keabsahan", "tidak_sah", "2026-08-03 09:00")
    walk.do("telaah_penolakan", "teruskan", "2026-08-04 09:00")
    walk.do("tanda_tangan_penolakan", "kembalikan", "2026-08-04 10:00").do("telaah_penolakan", "teruskan")
    walk.do("tanda_tangan_penolakan", "kembalikan").do("telaah_penolakan", "teruskan")
    assert walk.reading("L").state == "RUNNING"
    walk.do("tanda_tangan_penolakan", "ditandatangani", "2026-08-05 08:00")
    for name in ("L", "H"):
        assert walk.reading(name).stopped_at == wib("2026-08-05 08:00")
        assert walk.reading(name, "2026-09-01 08:00").elapsed == Fraction(2)
    assert (walk.case.state, walk.open) == ("DITOLAK", ["sampaikan_penolakan"])
    assert walk.letters[-1] == "surat_penolakan"
    assert walk.notices[-1] == "ditolak"
    assert "pencabutan" not in walk.case.waiting
    walk.carry_out()
    assert (walk.case.state, walk.refunds) == ("DITOLAK", [])
    return walk


@scenario(*BOTH)
def an_unanswered_repair_closes_the_file_and_reopening_goes_on_with_the_same_count(permit):
    walk = registered(permit, "2026-08-03 08:00").do("verifikasi_keabsahan", "perbaikan", "2026-08-03 10:00")
    walk.wake("2026-08-12 15:59")
    assert walk.open == ["perbaikan"]
    walk.wake("2026-08-12 16:01")
    assert (walk.case.state, walk.open) == ("DITUTUP", [])
    assert walk.reading("L").state == walk.reading("H").state == "STOPPED"
    assert walk.reading("L", "2026-08-20 09:00").elapsed_minutes == 120
    walk.reopen("2026-08-20 09:00")
    assert walk.open == ["verifikasi_keabsahan"]
    assert walk.reading("L").state == walk.reading("H").state == "RUNNING"
    assert sum(one.name == "L" for one in walk.case.clocks) == 1
    assert walk.reading("L", "2026-08-20 10:00").elapsed_minutes == 180
    # The second round counts on; the file closes again and may be opened again.
    walk.do("verifikasi_keabsahan", "perbaikan").let_lapse()
    assert walk.case.state == "DITUTUP"
    walk.reopen()
    assert walk.reading("L").state == "RUNNING"
    return walk.carry_out()


@scenario(*BOTH)
def the_kasi_sends_a_file_back_to_the_verifier(permit):
    walk = registered(permit).carry_to("tentukan_jalur").do("tentukan_jalur", "kembalikan")
    assert walk.open == ["verifikasi_keabsahan"]
    walk.do("verifikasi_keabsahan", "sah").do("tentukan_jalur", "kembalikan")
    return walk.carry_to("tentukan_jalur").do("tentukan_jalur", "lanjut").carry_to("susun_naskah")
