"""From the draft to the registered file: domain R1-R2, N1-N2."""

import pytest

from engine import case
from engine.errors import CaseClosed, NotWaiting
from tests.processes.registry import BOTH, FREE, LEVIED, scenario
from tests.processes.walking import Walk, wib


@scenario(*BOTH)
def a_complete_file_starts_both_clocks_when_it_is_found_complete(permit):
    walk = Walk(permit, "2026-08-03 08:00")
    assert (walk.open, walk.case.state) == (["ajukan"], "DRAF")
    walk.do("ajukan", at="2026-08-03 08:30")
    assert [one.name for one in walk.case.clocks if one.running] == ["T"]
    walk.do("periksa_kelengkapan", "lengkap", "2026-08-04 09:00")
    assert walk.case.state == "TERDAFTAR"
    assert walk.reading("L").started_at == walk.reading("H").started_at == wib("2026-08-04 09:00")
    standard = {LEVIED: "2026-08-11 16:00", FREE: "2026-08-13 16:00"}[permit]
    assert walk.reading("L").promised_at == wib(standard)
    assert (walk.letters, walk.notices, walk.numbers) == (["tanda_terima"], ["terdaftar"], 1)
    return walk.carry_out()


@scenario(*BOTH)
def nothing_is_counted_while_a_file_is_incomplete(permit):
    walk = Walk(permit, "2026-08-03 08:00").do("ajukan")
    for day, again in (("2026-08-04", "2026-08-10"), ("2026-08-11", "2026-08-12")):
        walk.do("periksa_kelengkapan", "tidak_lengkap", f"{day} 10:00")
        assert walk.case.state == "DIKEMBALIKAN"
        assert [one.name for one in walk.case.clocks if one.running] == ["P_KELENGKAPAN"]
        walk.do("lengkapi", at=f"{again} 20:00")
        assert not walk.case.clock("P_KELENGKAPAN").running
    assert walk.case.clock("L") is None
    assert walk.letters == ["lembar_pengembalian"] * 2
    walk.do("periksa_kelengkapan", "lengkap", "2026-08-13 08:00")
    assert walk.reading("L").started_at == wib("2026-08-13 08:00")
    return walk.carry_out()


@scenario(*BOTH)
def a_file_returned_once_goes_on_when_it_is_completed(permit):
    walk = Walk(permit).do("ajukan").do("periksa_kelengkapan", "tidak_lengkap").do("lengkapi")
    return walk.do("periksa_kelengkapan", "lengkap").carry_to("verifikasi_keabsahan")


@scenario(*BOTH)
def a_draft_that_is_never_sent_is_closed_after_thirty_days(permit):
    walk = Walk(permit, "2026-08-03 08:00")
    walk.wake("2026-09-02 15:59")
    assert walk.open == ["ajukan"]
    walk.wake("2026-09-02 16:01")
    assert (walk.open, walk.case.state, walk.notices) == ([], "DITUTUP", ["ditutup"])
    assert {one.name for one in walk.case.clocks} == {"P_DRAF"}
    walk.wake("2026-10-02 16:00")
    assert not walk.case.closed
    walk.wake("2026-10-02 16:02")
    assert walk.case.closed
    with pytest.raises(NotWaiting):
        walk.reopen()
    return walk


@scenario(*BOTH)
def a_returned_file_that_is_not_completed_is_closed_and_may_begin_again(permit):
    walk = Walk(permit, "2026-08-03 08:00").do("ajukan").do("periksa_kelengkapan", "tidak_lengkap", "2026-08-04 10:00")
    walk.wake("2026-08-13 15:59")
    assert walk.open == ["lengkapi"]
    walk.wake("2026-08-13 16:01")
    assert walk.case.state == "DITUTUP"
    walk.reopen("2026-08-20 09:00")
    assert (walk.open, walk.case.state) == (["ajukan"], "DRAF")
    assert walk.case.clock("P_DRAF").running
    assert walk.case.clock("L") is None
    return walk.carry_out()


@scenario(*BOTH)
def a_double_application_is_closed_without_a_count(permit):
    walk = Walk(permit).do("ajukan").do("periksa_kelengkapan", "duplikat")
    assert (walk.case.state, walk.open, walk.notices) == ("DITUTUP", [], ["ditutup"])
    assert walk.case.clock("L") is None
    walk.let_lapse()
    assert walk.case.closed
    with pytest.raises(CaseClosed):
        case.claim_task(walk.case, "apa pun", walk.applicant, walk.now)
    return walk
