"""The ledger: what each fact does, and what changes nothing."""

from __future__ import annotations

import pytest

from engine.clocks import Clock, ClockEvent, promised_if_resumed, read, sweep
from tests.engine.clocks.office import at, clock, declared, event, world

START = event(1, "START", "2026-08-03 10.00")
NOW = at("2026-08-12 10.00")
PAY, MEND = "MENUNGGU_PEMBAYARAN", "MENUNGGU_PERBAIKAN"


def spent(*events, when=NOW, known_at=None):
    return read(clock("3 hk", START, *events), world(), when, known_at).elapsed_minutes


def test_payment_and_repair_pair_each_with_its_own_resume():
    crossed = (
        event(2, "PAUSE", "2026-08-04 08.00", PAY),
        event(3, "PAUSE", "2026-08-04 09.00", MEND),
        event(4, "RESUME", "2026-08-04 10.00", PAY),
        event(5, "RESUME", "2026-08-04 11.00", MEND),
    )
    assert spent() - spent(*crossed) == 180


def test_a_second_pause_and_a_resume_of_nothing_change_nothing():
    once = (event(2, "PAUSE", "2026-08-04 08.00", PAY), event(4, "RESUME", "2026-08-04 10.00", PAY))
    noise = (event(3, "PAUSE", "2026-08-04 09.00", PAY), event(5, "RESUME", "2026-08-04 11.00", PAY))
    assert spent(*once) == spent(*once, *noise) == spent(*once, event(6, "RESUME", "2026-08-05 11.00", MEND))


def test_a_second_start_a_second_stop_and_a_reopening_of_a_running_clock_change_nothing():
    noise = (event(2, "START", "2026-08-04 10.00"), event(3, "REOPEN", "2026-08-04 11.00"))
    stops = (event(4, "STOP", "2026-08-05 10.00"), event(5, "STOP", "2026-08-06 10.00"))
    assert spent(*noise) == spent()
    assert spent(stops[0]) == spent(*noise, *stops) == 900


def test_a_pause_begun_before_the_start_counts_from_the_start():
    early = (event(2, "PAUSE", "2026-08-01 08.00", MEND), event(3, "RESUME", "2026-08-03 11.00", MEND))
    assert spent() - spent(*early) == 60


def test_a_reopened_clock_goes_on_and_the_time_between_is_no_time_of_the_case():
    events = (event(2, "STOP", "2026-08-04 10.00"), event(3, "REOPEN", "2026-08-06 10.00"))
    case = clock("3 hk", START, *events)
    reading = read(case, world(), at("2026-08-06 11.00"))
    assert (reading.state, reading.elapsed_minutes, reading.split.gross) == ("RUNNING", 510, 1500)
    assert read(case, world(), at("2026-08-05 11.00")).state == "STOPPED"
    assert reading.promised_at == at("2026-08-10 16.00")


def test_a_correction_moves_an_event_or_takes_it_away_and_the_last_one_holds():
    moved = event(2, "CORRECT", "2026-08-03 11.00", supersedes=1, recorded="2026-08-05 08.00")
    again = event(3, "CORRECT", "2026-08-03 13.00", supersedes=1, recorded="2026-08-06 08.00")
    gone = ClockEvent(4, "CORRECT", None, at("2026-08-07 08.00"), supersedes=1)
    assert spent() - spent(moved) == 60
    assert spent() - spent(moved, again) == spent() - spent(again, moved) == 120
    assert spent() - spent(moved, again, known_at=at("2026-08-05 09.00")) == 60
    assert read(clock("3 hk", START, moved, gone), world(), NOW).state == "NOT_STARTED"


def test_a_correction_of_a_correction_speaks_of_the_event_behind_it():
    moved = event(2, "CORRECT", "2026-08-03 11.00", supersedes=1, recorded="2026-08-05 08.00")
    again = event(3, "CORRECT", "2026-08-03 13.00", supersedes=2, recorded="2026-08-06 08.00")
    assert spent() - spent(moved, again) == 120


def test_events_to_come_change_the_promise_but_not_the_state():
    repair = (event(2, "PAUSE", "2026-08-05 08.00", MEND), event(3, "RESUME", "2026-08-06 08.00", MEND))
    reading = read(clock("3 hk", START, *repair), world(), at("2026-08-04 10.00"))
    assert (reading.state, reading.promised_at) == ("RUNNING", at("2026-08-07 16.30"))


def test_a_fact_is_known_from_the_very_instant_it_was_recorded():
    case = clock("3 hk", START)
    assert read(case, world(), NOW, known_at=at("2026-08-03 10.00")).state == "RUNNING"
    assert read(case, world(), NOW, known_at=at("2026-08-03 09.59.59")).state == "NOT_STARTED"


def test_a_case_to_come_has_not_started():
    reading = read(clock("3 hk", START), world(), at("2026-08-03 09.59.59"))
    assert (reading.state, reading.no_promise_because, reading.remaining) == ("NOT_STARTED", "NOT_STARTED", 3)


def test_a_paused_clock_names_every_cause_in_order_and_counts_an_overlap_once():
    events = (event(2, "PAUSE", "2026-08-04 08.00", MEND), event(3, "PAUSE", "2026-08-04 09.00", PAY))
    flood = declared("K1", "2026-08-04 10.00", "2026-08-04 11.00")
    case = clock("3 hk", START, *events)
    during = read(case, world(flood), at("2026-08-04 10.30"))
    assert during.paused_by == ("FORCE_MAJEURE", PAY, MEND)
    assert read(case, world(flood), at("2026-08-04 20.00")).paused_by == (PAY, MEND)
    parts = read(case, world(flood), at("2026-08-04 12.00")).paused_minutes_by_cause
    assert parts == {"FORCE_MAJEURE": 60, PAY: 120, MEND: 60}


def test_an_open_pause_leaves_no_promise_unless_the_budget_was_spent_before_it():
    late = clock("3 hk", START, event(2, "PAUSE", "2026-08-06 10.00", MEND))
    assert read(late, world(), NOW).promised_at == at("2026-08-06 16.00")
    early = clock("3 hk", START, event(2, "PAUSE", "2026-08-06 09.59.59", MEND))
    assert read(early, world(), NOW).no_promise_because == "OPEN_PAUSE"
    assert read(early, world(), NOW).rungs[75] is not None


def test_an_open_pause_tells_what_would_be_promised_if_it_ended_now():
    paused = clock("3 hk", START, event(2, "PAUSE", "2026-08-04 10.00", MEND))
    assert promised_if_resumed(paused, world(), at("2026-08-04 10.00")) == at("2026-08-06 16.00")
    assert promised_if_resumed(paused, world(), at("2026-08-05 10.00")) == at("2026-08-07 16.30")
    assert promised_if_resumed(paused, world(), at("2026-08-03 09.00")) is None
    assert promised_if_resumed(paused, world(), at("2026-08-03 11.00")) is None  # the pause is still to come


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": "BEGIN"}, "jenis 'BEGIN' tidak dikenal"),
        ({"kind": "PAUSE"}, "sebab jeda None tidak dikenal"),
        ({"kind": "PAUSE", "cause": "HUJAN"}, "sebab jeda 'HUJAN' tidak dikenal"),
        ({"kind": "CORRECT"}, "koreksi tanpa peristiwa"),
        ({"kind": "STOP", "effective_at": None}, "tanpa waktu kejadian"),
    ],
)
def test_an_event_that_makes_no_sense_is_refused(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        ClockEvent(**({"seq": 1, "effective_at": NOW, "recorded_at": NOW} | wrong))


def test_a_clock_without_a_budget_or_with_a_number_twice_is_refused():
    with pytest.raises(ValueError, match="tanpa jangka waktu"):
        Clock("L", ())
    with pytest.raises(ValueError, match="nomor urut peristiwa berulang"):
        clock("3 hk", START, event(1, "STOP", "2026-08-04 10.00"))


def test_only_the_highest_of_several_rungs_is_notified_and_an_undone_one_is_annotated_once():
    case = clock("3 hk", START)
    week_lost = declared("K1", "2026-08-03 10.00", "2026-08-10 07.30", approved="2026-08-08 09.00")
    first = sweep(case, world(week_lost), at("2026-08-07 08.00"), {})
    assert [(f.rung, f.what, f.notify) for f in first] == [
        (50, "FIRED", False),
        (75, "FIRED", False),
        (90, "FIRED", False),
        (100, "FIRED", True),
    ]
    fired = dict.fromkeys((50, 75, 90, 100))
    undone = sweep(case, world(week_lost), at("2026-08-08 10.00"), fired)
    assert [(f.rung, f.what, f.notify) for f in undone] == [(r, "NO_LONGER", False) for r in (50, 75, 90, 100)]
    assert sweep(case, world(week_lost), at("2026-08-20 10.00"), dict.fromkeys(fired, at("2026-08-08 10.00"))) == ()


def test_a_breach_is_a_second_after_the_promise_and_a_rung_at_its_own_instant():
    case = clock("3 hk", START)
    rungs = {50: None, 75: None, 90: None}
    assert sweep(case, world(), at("2026-08-06 16.00"), rungs) == ()
    assert [f.rung for f in sweep(case, world(), at("2026-08-06 16.00.01"), rungs)] == [100]
    assert [f.rung for f in sweep(case, world(), at("2026-08-06 07.45"), {50: None, 75: None})] == [90]
    assert sweep(case, world(), at("2026-08-06 07.44.59"), {50: None, 75: None}) == ()
