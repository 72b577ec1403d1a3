"""Withdrawal, hold, closing and re-opening: domain R23, rulings 42-43."""

import pytest

from engine.errors import NotWaiting, Refused
from tests.processes.registry import BOTH, BOTH_VISITED, FREE, LEVIED, scenario
from tests.processes.scenarios.repair import registered
from tests.processes.walking import Walk, wib

HOLD = "PENUNDAAN_PERMINTAAN_PEMOHON"


def withdrawn(walk):
    """A file withdrawn before it was paid is over at once, with nothing running."""
    walk.withdraw()
    assert (walk.case.closed, walk.case.state, walk.open, walk.refunds) == (True, "DICABUT", [], [])
    return walk


@scenario(*BOTH)
def a_draft_may_be_withdrawn(permit):
    return withdrawn(Walk(permit))


@scenario(*BOTH)
def a_file_standing_still_may_be_withdrawn(permit):
    walk = registered(permit, "2026-08-03 08:00").do("verifikasi_keabsahan", "perbaikan", "2026-08-03 10:00")
    walk.withdraw("2026-08-05 10:00")
    assert walk.reading("L").state == walk.reading("H").state == "STOPPED"
    assert walk.reading("L", "2026-09-01 10:00").elapsed_minutes == 120
    assert walk.case.state == "DICABUT"
    return walk


@scenario(*BOTH_VISITED)
def a_file_may_be_withdrawn_in_the_middle_of_a_visit(permit):
    walk = Walk(permit).carry_to("tinjauan")
    walk.do("tinjauan", unit=walk.case.tasks[0].unit)
    return withdrawn(walk)


@scenario(*BOTH)
def a_file_may_be_withdrawn_until_it_is_signed(permit):
    walk = withdrawn(Walk(permit).carry_to("verifikasi_keabsahan").carry_to("tentukan_jalur"))
    signed = Walk(permit).carry_to("tanda_tangan").do("tanda_tangan")
    with pytest.raises(NotWaiting):
        signed.withdraw()
    return walk


@scenario(LEVIED)
def a_withdrawal_beside_a_calculation_cancels_both(permit):
    walk = withdrawn(Walk(permit).carry_to("hitung_retribusi"))
    cancelled = [one.element for one in walk.events if one.kind == "task_cancelled"]
    assert sorted(cancelled) == ["hitung_retribusi", "rekomendasi_opd"]
    return walk


@scenario(LEVIED)
def an_unpaid_bill_may_be_withdrawn_from(permit):
    return withdrawn(Walk(permit).carry_to("bayar").let_lapse())


@scenario(LEVIED)
def a_withdrawal_after_payment_opens_a_refund(permit):
    walk = Walk(permit).carry_to("paraf_kasi").withdraw(paid=True)
    assert (walk.case.state, walk.open, walk.case.closed) == ("DICABUT", ["proses_pengembalian"], False)
    assert len(walk.refunds) == 1
    assert walk.reading("L").state == "STOPPED"
    walk.do("proses_pengembalian", "diproses")
    assert walk.case.closed
    return walk


@scenario(FREE)
def a_hold_on_request_stops_the_count_and_the_task_until_its_end(permit):
    walk = registered(permit, "2026-08-03 08:00").hold("2026-08-10 08:00", "2026-08-03 10:00")
    assert walk.reading("L").paused_by == walk.task_reading("verifikasi_keabsahan").paused_by == (HOLD,)
    assert walk.reading("H", "2026-08-04 08:00").elapsed == 1
    with pytest.raises(Refused):
        walk.hold("2026-08-20 08:00", "2026-08-05 10:00")
    # Work done meanwhile does not end it, and the next task stands still as well.
    walk.do("verifikasi_keabsahan", at="2026-08-05 10:00")
    assert walk.task_reading("tentukan_jalur").paused_by == (HOLD,)
    assert walk.reading("L", "2026-08-10 09:00").elapsed_minutes == 120 + 60
    assert walk.task_reading("tentukan_jalur", "2026-08-10 09:00").elapsed_minutes == 60
    assert walk.reading("L").promised_at == wib("2026-08-19 16:00")
    walk.hold("2026-08-12 08:00", "2026-08-10 10:00")
    assert walk.reading("L", "2026-08-11 10:00").paused_by == (HOLD,)
    return walk.carry_out()


@scenario(*BOTH)
def a_closed_file_may_not_be_reopened_after_thirty_days(permit):
    walk = registered(permit).do("verifikasi_keabsahan", "perbaikan").let_lapse()
    closed = walk.now
    walk.let_lapse()
    assert (walk.now - closed).days == 30
    assert walk.case.closed
    with pytest.raises(NotWaiting):
        walk.reopen()
    return walk


def dropped_refusal(permit):
    """A paid file that was to be refused, and is not: back at the choice of its way."""
    walk = Walk(permit).carry_to("tanda_tangan").do("tanda_tangan", "tolak")
    return walk.do("telaah_penolakan", "lanjutkan")


@scenario(LEVIED)
def a_paid_file_is_not_assessed_again_when_its_refusal_is_dropped(permit):
    walk = dropped_refusal(permit)
    walk.carry_to("susun_naskah")
    assert walk.assessments.count("SKRD") == 1
    return walk.carry_out()


@scenario(LEVIED)
def a_paid_file_that_lapses_for_good_opens_a_refund(permit):
    walk = dropped_refusal(permit).do("tentukan_jalur", "kembalikan")
    walk.do("verifikasi_keabsahan", "perbaikan").let_lapse()
    assert walk.case.state == "DITUTUP"
    walk.let_lapse()
    assert walk.open == ["proses_pengembalian"]
    assert len(walk.refunds) == 1
    walk.do("proses_pengembalian")
    assert walk.case.closed
    return walk


@scenario(LEVIED)
def a_paid_file_that_lapsed_goes_on_with_its_papers_and_not_with_its_payment(permit):
    walk = dropped_refusal(permit).do("tentukan_jalur", "kembalikan")
    walk.do("verifikasi_keabsahan", "perbaikan").let_lapse().reopen()
    assert walk.open == ["verifikasi_keabsahan"]
    return walk.carry_out()
