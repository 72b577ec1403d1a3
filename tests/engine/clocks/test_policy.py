"""Open points of the law: each choice gives another date, holds from its day on, and travels with the proof."""

import json
from dataclasses import replace
from datetime import date, time
from fractions import Fraction

import pytest

from engine.clocks import Calendar, DayEntry, Policy, World, explain, read, sweep
from engine.clocks.cases_input import case
from engine.clocks.proof import differences, proof
from tests.engine.clocks.office import METRO, at, clock, declared, event, world

START = event(1, "START", "2026-08-03 10.00")  # three working days: Thursday the 6th, the quota spent at ten
ADOPTED = {"valid_from": date(2026, 8, 1), "recorded_at": at("2026-07-31 10.00"), "source": "SK 3/2026"}


def chosen(where=None, **policy):
    return replace(where or world(), policies=(Policy(**ADOPTED, **policy),))


def promised(where, *more, when="2026-08-03 11.00", budget="3 hk"):
    return read(clock(budget, START, *more), where, at(when)).promised_at


def test_closing_time_or_the_whole_day():
    signed = clock("3 hk", START, event(2, "STOP", "2026-08-06 20.00"))
    strict, mild = (
        read(signed, world(), at("2026-08-07 08.00")),
        read(signed, chosen(whole_day=True), at("2026-08-07 08.00")),
    )
    assert (strict.late, mild.late) == (True, False)
    assert mild.promised_at == at("2026-08-06 23.59").replace(second=59)
    assert "akhir hari" in explain(signed, chosen(whole_day=True), at("2026-08-07 08.00")).lines[-1].note


def test_force_majeure_on_the_last_afternoon_moves_the_promise_where_the_office_reads_the_law_so():
    storm = declared("KAHAR-1", "2026-08-06 13.00", "2026-08-06 16.00")
    assert promised(world(storm)) == at("2026-08-06 16.00")
    assert promised(chosen(world(storm), afternoon=True)) == at("2026-08-07 16.30")
    assert promised(chosen(world(storm), applicant_grace=True)) == at("2026-08-06 16.00")
    before = declared("KAHAR-1", "2026-08-06 09.00", "2026-08-06 16.00")
    assert promised(world(before)) == promised(chosen(world(before), afternoon=True)), "the quota was not spent yet"


def test_force_majeure_on_the_last_afternoon_without_an_end_leaves_no_promise():
    storm = declared("KAHAR-1", "2026-08-06 13.00", None)
    reading = read(clock("3 hk", START), chosen(world(storm), afternoon=True), at("2026-08-06 14.00"))
    assert (reading.promised_at, reading.no_promise_because) == (None, "OPEN_PAUSE")


def test_a_pause_for_the_applicant_on_the_last_day_gives_grace_where_the_office_reads_the_law_so():
    pause = (
        event(2, "PAUSE", "2026-08-06 11.00", "MENUNGGU_PEMBAYARAN"),
        event(3, "RESUME", "2026-08-10 11.00", "MENUNGGU_PEMBAYARAN"),
    )
    assert promised(world(), *pause) == at("2026-08-06 16.00")
    assert promised(chosen(applicant_grace=True), *pause) == at("2026-08-10 16.00")
    explained = explain(clock("3 hk", START, *pause), chosen(applicant_grace=True), at("2026-08-10 12.00"))
    [line] = [one for one in explained.lines if one.kind == "MOVED"]
    assert "menunggu pembayaran" in line.note


def test_a_file_that_is_opened_again_goes_on_with_its_count_or_begins_anew():
    again = (event(2, "STOP", "2026-08-05 10.00"), event(3, "REOPEN", "2026-08-10 10.00"))
    assert promised(world(), *again, when="2026-08-10 11.00") == at("2026-08-11 16.00")
    fresh = chosen(fresh_quota=True)
    assert promised(fresh, *again, when="2026-08-10 11.00") == at("2026-08-13 16.00")
    reading = read(clock("3 hk", START, *again), fresh, at("2026-08-11 10.00"))
    assert (reading.elapsed, reading.started_at) == (1, at("2026-08-10 10.00"))
    before = read(clock("3 hk", START, *again), fresh, at("2026-08-04 10.00"))
    assert before.started_at == at("2026-08-03 10.00"), "before it was opened again the first count was read"


def test_a_half_day_weighs_one_or_as_many_minutes_as_it_has():
    half = DayEntry(date(2026, 8, 5), ((time(7, 30), time(12)),), at("2026-07-01 10.00"), "SE 5", "setengah hari")
    short = World(Calendar([*METRO.entries, half]))
    assert promised(short) == at("2026-08-06 16.00")
    by_length = chosen(short, by_length=True)
    reading = read(clock("3 hk", START), by_length, at("2026-08-05 12.00"))
    assert reading.elapsed == Fraction(300, 450) + 1 + Fraction(270, 450)
    assert reading.accrual_at == at("2026-08-06 14.00")
    explained = explain(clock("3 hk", START), by_length, at("2026-08-05 12.00"))
    assert explained.total == 3
    assert differences(proof(clock("3 hk", START), by_length, at("2026-08-05 12.00"), None, {})) == []


def test_a_longer_day_than_usual_never_weighs_more_than_one():
    long = DayEntry(
        date(2026, 8, 5), ((time(7, 30), time(12)), (time(13), time(18))), at("2026-07-01 10.00"), "SE 5", "lembur"
    )
    longer = World(Calendar([*METRO.entries, long]))
    assert promised(chosen(longer, by_length=True)) == promised(longer)


def test_the_office_chooses_its_warnings_and_its_colour():
    own = chosen(rungs=(40, 80), near=50)
    reading = read(clock("3 hk", START), own, at("2026-08-05 10.00"))
    assert set(reading.rungs) == {40, 80, 100}
    assert reading.near
    assert not read(clock("3 hk", START), world(), at("2026-08-05 10.00")).near
    assert [one.rung for one in sweep(clock("3 hk", START), own, at("2026-08-05 10.00"), {})] == [40]


@pytest.mark.parametrize("late", ["valid_from", "recorded_at"])
def test_a_reading_of_the_law_holds_for_clocks_begun_on_its_day_and_after_its_adoption_only(late):
    when = {"valid_from": date(2026, 8, 4), "recorded_at": at("2026-08-03 10.01")}[late]
    policy = Policy(**ADOPTED | {late: when}, whole_day=True)
    reading = read(clock("3 hk", START), replace(world(), policies=(policy,)), at("2026-08-04 10.00"))
    assert reading.promised_at == at("2026-08-06 16.00")


def test_the_proof_holds_the_readings_it_was_made_by():
    where = chosen(whole_day=True, rungs=(40,))
    document = json.loads(proof(clock("3 hk", START), where, at("2026-08-04 10.00"), None, {}))
    assert case(document).world.policies == where.policies
    assert differences(json.dumps(document)) == []
    del document["policies"]
    assert differences(json.dumps(document)) != []


@pytest.mark.parametrize("wrong", [{"rungs": (0,)}, {"rungs": (101,)}, {"limit_days": (31,)}, {"near": 0}])
def test_numbers_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match="harus"):
        Policy(**wrong)
