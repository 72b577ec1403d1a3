"""Draft, initials, number, signature, refusal and handover: domain R14-R22, N8-N13."""

from tests.processes.registry import BOTH, BOTH_VISITED, FREE, LEVIED, scenario
from tests.processes.scenarios.repair import registered
from tests.processes.walking import Walk, wib


@scenario(*BOTH_VISITED)
def each_initial_may_send_the_draft_back(permit):
    walk = Walk(permit).carry_to("paraf_kasi").do("paraf_kasi", "kembalikan")
    walk.carry_to("paraf_kabid").do("paraf_kabid", "kembalikan")
    walk.carry_to("paraf_sekretaris").do("paraf_sekretaris", "kembalikan")
    assert walk.open == ["susun_naskah"]
    return walk.carry_out()


@scenario(*BOTH)
def a_draft_returned_from_signature_keeps_its_number(permit):
    walk = Walk(permit).carry_to("tanda_tangan")
    given = walk.data["nomor_izin"]
    for _ in range(2):
        walk.do("tanda_tangan", "kembalikan").carry_to("tanda_tangan")
    assert (walk.times("penomoran"), walk.data["nomor_izin"], walk.numbers) == (1, given, 2)
    return walk.do("tanda_tangan", "ditandatangani").carry_out()


@scenario(*BOTH)
def a_draft_returned_once_is_signed(permit):
    walk = Walk(permit).carry_to("tanda_tangan").do("tanda_tangan", "kembalikan").carry_to("tanda_tangan")
    return walk.do("tanda_tangan").carry_to("serahkan")


@scenario(FREE)
def the_signature_stops_both_clocks_and_ends_the_right_to_withdraw(permit):
    walk = registered(permit, "2026-08-03 08:00").carry_to("tanda_tangan")
    assert "pencabutan" in walk.case.waiting
    walk.do("tanda_tangan", "ditandatangani", "2026-08-05 08:00")
    for name in ("L", "H"):
        assert walk.reading(name).stopped_at == wib("2026-08-05 08:00")
        assert walk.reading(name, "2026-09-01 08:00").elapsed == 2
    assert "pencabutan" not in walk.case.waiting
    assert (walk.letters[-1], walk.notices[-1], walk.case.state) == ("sk_izin", "siap_diambil", "SIAP_DIAMBIL")
    walk.do("serahkan")
    assert (walk.letters[-1], walk.case.state) == ("bast", "DISERAHKAN")
    assert not any(one.running for one in walk.case.clocks if one.name in ("P_AMBIL", "P_AMBIL_KEDUA"))
    return walk.carry_out()


@scenario(*BOTH)
def a_permit_not_collected_is_reminded_of_after_thirty_and_sixty_days(permit):
    walk = registered(permit).carry_to("tanda_tangan").do("tanda_tangan", at="2026-08-05 08:00")
    walk.wake("2026-09-04 16:29")
    assert "ingat_ambil" not in walk.notices
    walk.wake("2026-09-04 16:31")
    assert walk.notices.count("ingat_ambil") == 1
    walk.wake("2026-10-05 16:01")
    assert walk.notices.count("ingat_ambil") == 2
    walk.wake("2026-11-05 16:01")
    assert (walk.notices.count("ingat_ambil"), walk.open) == (2, ["serahkan"])
    return walk.carry_out()


@scenario(*BOTH)
def the_survey_never_holds_up_the_archive_and_may_be_left_out(permit):
    walk = registered(permit).carry_to("serahkan").do("serahkan", at="2026-08-05 08:00")
    assert walk.open == ["arsip", "skm"]
    walk.do("arsip")
    assert (walk.case.state, walk.case.closed) == ("SELESAI", False)
    walk.wake("2026-09-04 16:31")
    assert (walk.case.closed, walk.case.state) == (True, "SELESAI")
    assert ("skm", "dikirim") not in walk.outcomes
    return walk


@scenario(*BOTH)
def the_survey_may_come_before_the_archive(permit):
    walk = Walk(permit).carry_to("skm").do("skm", "dikirim")
    assert walk.open == ["arsip"]
    return walk.do("arsip")


@scenario(*BOTH)
def a_refusal_proposed_at_the_signature_may_be_signed(permit):
    walk = Walk(permit).carry_to("tanda_tangan").do("tanda_tangan", "tolak").do("telaah_penolakan", "teruskan")
    walk.do("tanda_tangan_penolakan", "kembalikan").do("telaah_penolakan", "teruskan")
    walk.do("tanda_tangan_penolakan", "ditandatangani").carry_out()
    assert walk.case.state == "DITOLAK"
    assert walk.times("proses_pengembalian") == len(walk.refunds) == (1 if permit == LEVIED else 0)
    return walk


@scenario(*BOTH)
def a_refusal_proposed_may_be_dropped(permit):
    walk = Walk(permit).carry_to("verifikasi_keabsahan").do("verifikasi_keabsahan", "tidak_sah")
    walk.do("telaah_penolakan", "teruskan").do("tanda_tangan_penolakan", "kembalikan")
    walk.do("telaah_penolakan", "lanjutkan")
    assert walk.open == ["tentukan_jalur"]
    assert walk.reading("L").state == "RUNNING"
    return walk.carry_out()
