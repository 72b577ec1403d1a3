"""Clock effects on a case's ledger: what each adds, and what it leaves alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.case import clockwork
from engine.case.clockwork import Doing
from engine.effects import Notify, PauseClock, ReopenClock, ResumeClock, StartClock, StopClock
from engine.errors import Incident
from tests.processes.order import well_formed
from tests.processes.walking import Walk, wib

AT = wib("2026-08-03 08:00")
REPAIR, PAYING, HOLD = "MENUNGGU_PERBAIKAN", "MENUNGGU_PEMBAYARAN", "PENUNDAAN_PERMINTAAN_PEMOHON"


def after(held, *effects, hours=0):
    """The case after these effects, an hour apart, and the kinds of the events they told."""
    told = []
    for number, effect in enumerate(effects):
        at = AT + timedelta(hours=hours + number)
        held, events = clockwork.apply(held, effect, Doing(at, at))
        told += [(one.kind, one.body["clock"]) for one in events]
        for clock in held.clocks:
            well_formed(clock)
    return held, told


@pytest.fixture
def held():
    return replace(Walk("SIPB", "2026-08-03 07:00").case, clocks=())


def kinds(held, name):
    return [one.kind for one in held.clock(name).events]


def test_the_service_clock_takes_its_budget_from_the_standard_and_the_limit_from_the_law(held):
    held, _ = after(held, StartClock("L"), StartClock("H"))
    assert [(one.name, one.kind, one.budget, one.pausable) for one in held.clocks] == [
        ("L", "L", "7 hk", True),
        ("H", "H", "45 hk", False),
    ]
    assert all(one.basis for one in held.clocks)


def test_a_term_takes_its_budget_from_the_catalogue(held):
    held, _ = after(held, StartClock("P_BAYAR", "pembayaran"), StartClock("VALIDASI", "validasi"))
    assert [(one.name, one.kind, one.budget) for one in held.clocks] == [
        ("P_BAYAR", "P", "30 hari"),
        ("VALIDASI", "V", "2 jam"),
    ]


def test_a_term_nobody_wrote_down_and_a_day_before_any_standard_are_incidents(held):
    with pytest.raises(Incident) as found:
        after(held, StartClock("P_LAIN"))
    assert found.value.element == "P_LAIN"
    old = wib("2010-01-04 08:00")
    with pytest.raises(Incident):
        clockwork.apply(held, StartClock("L"), Doing(old, old))


def test_a_running_service_clock_is_not_started_again(held):
    held, told = after(held, StartClock("L"), StartClock("L"))
    assert told == [("clock_started", "L")]
    assert len(held.clocks) == 1


def test_a_term_started_again_ends_the_one_before(held):
    held, told = after(held, StartClock("P_BAYAR", "pembayaran"), StartClock("P_BAYAR", "pembayaran"))
    assert told == [("clock_started", "P_BAYAR"), ("clock_stopped", "P_BAYAR"), ("clock_started", "P_BAYAR")]
    assert [one.running for one in held.clocks] == [False, True]
    assert held.clocks[0].id != held.clocks[1].id


def test_waiting_pauses_the_service_clock_alone(held):
    held, told = after(held, StartClock("L"), StartClock("H"), StartClock("P_BAYAR", "pembayaran"), PauseClock(REPAIR))
    assert told[-1] == ("clock_paused", "L")
    assert kinds(held, "H") == kinds(held, "P_BAYAR") == ["START"]


def test_two_causes_pause_side_by_side_and_each_ends_its_own(held):
    start = (StartClock("L"), PauseClock(REPAIR), PauseClock(PAYING), PauseClock(REPAIR), ResumeClock(REPAIR))
    held, _ = after(held, *start)
    assert [one.cause for one in held.clock("L").events] == [None, REPAIR, PAYING, REPAIR]
    assert held.clock("L").paused_for(PAYING)
    assert not held.clock("L").paused_for(REPAIR)


def test_resuming_what_does_not_stand_still_and_pausing_what_does_not_run_change_nothing(held):
    held, told = after(held, ResumeClock(REPAIR), PauseClock(REPAIR), StartClock("L"), ResumeClock(REPAIR))
    assert told == [("clock_started", "L")]
    held, told = after(held, StopClock("L"), PauseClock(REPAIR), StopClock("L"), hours=9)
    assert told == [("clock_stopped", "L")]


def test_since_says_when_it_happened_and_the_step_when_it_was_learned(held):
    early = wib("2026-08-03 07:45")
    held, _ = after(held, StartClock("L", since=early), PauseClock(PAYING, AT))
    assert [(one.effective_at, one.recorded_at) for one in held.clock("L").events] == [
        (early, AT),
        (AT, AT + timedelta(hours=1)),
    ]


def test_a_reopened_clock_goes_on_with_its_count_and_no_longer_stands_still(held):
    held, told = after(held, StartClock("L"), PauseClock(REPAIR), StopClock("L"), ReopenClock("L"))
    assert kinds(held, "L") == ["START", "PAUSE", "STOP", "REOPEN", "RESUME"]
    assert told[-2:] == [("clock_reopened", "L"), ("clock_resumed", "L")]
    assert len(held.clocks) == 1


def test_a_pause_does_not_end_before_it_began(held):
    absent = "KETIDAKHADIRAN_PEMOHON"
    appointment, earlier = AT + timedelta(days=2), AT + timedelta(days=1)
    held, told = after(held, StartClock("L"), PauseClock(absent, appointment), ResumeClock(absent, earlier))
    assert held.clock("L").events[-1].effective_at == appointment
    assert told[-1] == ("clock_resumed", "L")


def test_a_pause_does_not_begin_before_the_last_of_its_cause_was_over(held):
    absent = "KETIDAKHADIRAN_PEMOHON"
    over, earlier = AT + timedelta(days=2), AT + timedelta(days=1)
    held, _ = after(held, StartClock("L"), PauseClock(absent), ResumeClock(absent, over), PauseClock(absent, earlier))
    assert held.clock("L").events[-1].effective_at == over


def test_a_clock_does_not_stop_before_it_started_though_the_machines_clock_went_back(held):
    held, _ = after(held, StartClock("L"))
    for effect in (StopClock("L"), ReopenClock("L"), StopClock("L")):
        early = AT - timedelta(hours=1)
        held, events = clockwork.apply(held, effect, Doing(early, AT))
        assert events[0].at == AT
    assert [one.effective_at for one in held.clock("L").events] == [AT] * 4


def test_only_a_stopped_clock_is_reopened(held):
    held, told = after(held, ReopenClock("L"), StartClock("L"), ReopenClock("L"), StopClock("L"), ReopenClock("L"))
    assert [kind for kind, _ in told] == ["clock_started", "clock_stopped", "clock_reopened"]


def test_an_effect_that_is_not_about_clocks_is_left_to_others(held):
    assert clockwork.apply(held, Notify("ditutup"), Doing(AT, AT)) is None


def test_a_hold_is_in_force_until_its_end(held):
    held, _ = after(held, StartClock("L"), PauseClock(HOLD), ResumeClock(HOLD, AT + timedelta(days=2)))
    assert clockwork.held_until(held, AT + timedelta(days=1)) == AT + timedelta(days=2)
    assert clockwork.held_until(held, AT + timedelta(days=2)) is None
    assert clockwork.held_until(replace(held, clocks=()), AT) is None


def test_closing_stops_whatever_runs():
    walk = Walk("TRY").carry_to("bayar")
    running = {one.name for one in walk.case.clocks if one.running}
    assert running == {"L", "H", "P_BAYAR"}
    held, events = clockwork.stop_all(walk.case, Doing(walk.now, walk.now))
    assert {one.body["clock"] for one in events} == running
    assert not any(one.running for one in held.clocks)


def with_channel(held, role, channel):
    """The same case under a law in which a role needs another channel."""
    law = held.deployment.catalogue
    roles = {**law.roles, role: replace(law.roles[role], channel=channel)}
    return replace(held, deployment=replace(held.deployment, catalogue=replace(law, roles=roles)))


def test_a_step_at_the_counter_keeps_the_counters_hours_and_its_beginning_says_so():
    walk = Walk("SIPB", "2026-08-03 07:00", channel="loket").do("ajukan")
    (counted,) = (one for one in walk.case.clocks if one.kind == "T")
    assert counted.calendar == "LOKET"
    told = [one.body for one in walk.events if one.kind == "clock_started" and one.body["clock"] == "T"]
    assert [one["calendar"] for one in told] == ["LOKET"]
    walk.do("periksa_kelengkapan")
    assert {one.calendar for one in walk.case.clocks if one.running} == {""}


def test_the_validation_of_payments_keeps_the_hours_of_whoever_does_it_and_no_promise_ever_does(held):
    start = (StartClock("L"), StartClock("H"), StartClock("VALIDASI", "validasi"), StartClock("P_BAYAR", "pembayaran"))
    usual, _ = after(held, *start)
    assert {one.calendar for one in usual.clocks} == {""}, "the treasurer sits at the bank's desk"
    there, _ = after(with_channel(held, "BP", "loket"), *start)
    assert {one.name: one.calendar for one in there.clocks} == {"L": "", "H": "", "VALIDASI": "LOKET", "P_BAYAR": ""}


def test_an_agencys_step_is_no_step_at_the_offices_counter(held):
    held = with_channel(held, "TT", "loket")
    task = replace(Walk("SIPB", "2026-08-03 07:00").do("ajukan").case.tasks[0], role="TT", standard="1 hk")
    for unit, calendar in (("DPUTR", ""), ("", "LOKET")):
        begun, _ = clockwork.start_task_clock(held, replace(task, unit=unit), Doing(AT, AT))
        assert begun.clocks[-1].calendar == calendar
