"""Hours of a unit of its own: the counter's steps are counted in them, everything else in the office's."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.clocks import Budget, Calendar, DayEntry, World, explain, read, sweep
from engine.clocks.cases_input import case
from engine.clocks.cases_output import facts
from engine.clocks.located import CaseFault
from engine.clocks.proof import FORMAT, FORMAT_OF_UNIT, differences, proof
from tests.engine.clocks.office import LONG_AGO, METRO, at, clock, declared, event, holiday, hours, week, world

# Mon-Thu 300 minutes, Friday 180; the office has 450.
SHORT = replace(week("08.00-11.30 12.30-14.00", "08.00-11.00", source="SK Loket 3/2026 (contoh)"), unit="LOKET")
EARLIER = sorted(Path(__file__).parent.glob("proof_of_an_earlier_release_*.json"))


def counter(*own, calendar=METRO, declarations=()):
    return World(calendar, declarations, hours=own or (SHORT,))


def step(budget, when, *events, unit="LOKET"):
    return clock(budget, event(1, "START", when), *events, name="T", calendar=unit)


def due(one, office, now="2026-08-31 12.00", known_at=None):
    return read(one, office, at(now), known_at).promised_at


def test_a_step_at_the_counter_ends_in_the_counters_hours_and_any_other_in_the_offices():
    office = counter()
    assert due(step("2 jam", "2026-08-03 13.00"), office) == at("2026-08-04 09.00")
    assert due(step("2 jam", "2026-08-03 13.00", unit=""), office) == at("2026-08-03 15.00")
    assert due(step("1 hk", "2026-08-06 12.30"), office) == at("2026-08-07 11.00"), "Friday's closing of the counter"
    assert due(step("1 hk", "2026-08-06 12.30", unit=""), office) == at("2026-08-07 16.30")


def test_a_unit_without_hours_of_its_own_keeps_the_offices_whoever_else_has_some():
    one = step("2 jam", "2026-08-03 13.00", unit="BALAI")
    assert due(one, counter()) == due(one, world()) == at("2026-08-03 15.00")
    assert counter().calendar_of("BALAI") is METRO


def test_the_counters_hours_hold_whichever_was_recorded_first_and_end_where_they_say():
    later = replace(week("07.30-15.00", "07.30-11.00"), recorded_at=at("2026-07-31 09.00"))
    newer = Calendar([*METRO.entries, later])
    one = step("2 jam", "2026-08-03 13.00")
    assert due(one, counter(calendar=newer)) == at("2026-08-04 09.00"), "the office's new week is not the counter's"
    until = replace(SHORT, until=date(2026, 8, 3))
    assert due(one, counter(until)) == at("2026-08-04 08.30"), "from Tuesday on the office's hours hold again"


def test_a_holiday_a_half_day_and_a_year_are_the_offices_for_the_counter_too():
    half = DayEntry(date(2026, 8, 4), hours("07.30-10.30"), LONG_AGO, "SE (contoh)", "setengah hari")
    one = step("5 jam", "2026-08-03 13.00")
    assert due(one, counter(calendar=Calendar([*METRO.entries, half]))) == at("2026-08-05 09.00")
    closed = Calendar([*METRO.entries, holiday("2026-08-04")])
    assert due(one, counter(calendar=closed)) == at("2026-08-05 13.00")
    nowhere = read(step("5 jam", "2026-12-31 13.30"), counter(), at("2026-12-31 13.30"))
    assert nowhere.no_promise_because == "YEAR_NOT_OFFICIAL"


def test_in_ramadan_the_counter_keeps_its_own_hours_unless_it_is_told_others():
    """Units that serve people directly go on serving (SE Walikota Metro 07/SE/SETDA/07/2023)."""
    one = step("2 jam", "2026-02-19 13.00")
    assert due(one, counter()) == at("2026-02-20 09.00")
    fasting = replace(week("09.00-12.00", "09.00-11.00", "2026-02-19", "2026-03-20"), unit="LOKET")
    assert due(one, counter(SHORT, fasting)) == at("2026-02-20 11.00")


def test_what_the_office_learned_later_of_the_counters_hours_was_not_known():
    learned = replace(SHORT, recorded_at=at("2026-08-10 09.00"))
    one, office = step("2 jam", "2026-08-03 13.00"), counter(learned)
    assert due(one, office, known_at=at("2026-08-10 08.59")) == at("2026-08-03 15.00")
    assert due(one, office, known_at=at("2026-08-10 09.00")) == at("2026-08-04 09.00")
    assert "menurut jam" not in explain(one, office, at("2026-08-10 08.00"), at("2026-08-10 08.00")).text()


def test_whose_time_it_was_is_measured_in_the_counters_hours_and_adds_up():
    pause = (
        event(2, "PAUSE", "2026-08-03 09.00", "PENUNDAAN_PERMINTAAN_PEMOHON"),
        event(3, "RESUME", "2026-08-04 09.00", "PENUNDAAN_PERMINTAAN_PEMOHON"),
    )
    kahar = declared("K1", "2026-08-04 08.30", "2026-08-04 10.00")
    found = read(step("8 jam", "2026-08-03 08.00", *pause), counter(declarations=(kahar,)), at("2026-08-05 08.00"))
    assert found.split.office == 60 + 90 + 90
    assert found.split.kahar == 90
    assert found.split.applicant == 240 + 30
    assert found.split.office + found.split.kahar + found.split.applicant + found.split.closed == found.split.gross
    assert (found.elapsed_minutes, found.remaining) == (240, 240)


def test_warnings_of_a_step_at_the_counter_fall_due_in_its_hours():
    one, office = step("2 jam", "2026-08-03 13.00"), counter()
    assert sweep(one, office, at("2026-08-03 13.59"), {}) == ()
    assert [firing.rung for firing in sweep(one, office, at("2026-08-03 16.00"), {})] == [50]
    assert [firing.rung for firing in sweep(one, office, at("2026-08-04 09.00.01"), {})] == [50, 75, 90, 100]


def test_the_derivation_names_the_counters_hours_and_their_decree():
    told = explain(step("2 jam", "2026-08-03 13.00"), counter(), at("2026-08-03 13.00"))
    assert told.text().splitlines()[1:] == [
        "Sen 03-08-2026 13.00 | – | mulai; jangka waktu 2 jam; menurut jam loket | 0 | 0,0000",
        "Sen 03-08-2026 | 13.00–14.00 |  | 60/300 | 60,0000",
        "Sel 04-08-2026 | 08.00–09.00 | kuota habis pukul 09.00 | 60/300 | 120,0000",
        "Sel 04-08-2026 09.00 | – | tanggal janji Sel 04-08-2026: kuota habis 09.00 | 0 | 120,0000",
    ]
    assert told.lines[1].sources == (("CALENDAR", "WEEK 2024-01-01 LOKET", "SK Loket 3/2026 (contoh)"),)


def test_the_proof_of_a_step_at_the_counter_carries_its_hours_and_can_be_checked():
    one, balai = step("2 jam", "2026-08-03 13.00"), replace(SHORT, unit="BALAI")
    text = proof(one, counter(SHORT, balai), at("2026-08-05 08.00"), None, {"jam": "Waktu tugas"})
    document = json.loads(text)
    assert (document["format"], document["clock"]["calendar"]) == (FORMAT_OF_UNIT, "LOKET")
    assert [entry["unit"] for entry in document["hours"]] == ["LOKET"], "the hours of others are no fact of it"
    assert differences(text) == []
    document["hours"][0]["hours"]["tue"] = [["07:00", "14:00"]]
    assert any("promised_at" in one for one in differences(json.dumps(document)))
    again = case({**facts(one, counter()), "questions": []})
    assert (again.clock, again.world.hours) == (one, (SHORT,))


def test_a_clock_of_the_office_says_nothing_of_any_counter():
    text = proof(step("2 jam", "2026-08-03 13.00", unit=""), counter(), at("2026-08-05 08.00"), None, {})
    document = json.loads(text)
    assert document["format"] == FORMAT
    assert "hours" not in document
    assert "calendar" not in document["clock"]
    without = proof(step("2 jam", "2026-08-03 13.00", unit=""), world(), at("2026-08-05 08.00"), None, {})
    assert text == without


@pytest.mark.parametrize("path", EARLIER, ids=[one.stem for one in EARLIER])
def test_a_proof_that_an_earlier_release_gave_out_holds_as_before(path):
    text = path.read_text("utf-8")
    assert differences(text) == []
    asked = case(json.loads(text))
    assert asked.clock.calendar == ""
    question = asked.questions[0]
    with_hours = replace(asked.world, hours=(SHORT,))
    assert read(asked.clock, with_hours, question.at) == read(asked.clock, asked.world, question.at)


def test_there_is_a_proof_of_an_earlier_release_to_check():
    assert [path.stem[-1] for path in EARLIER] == ["l", "t"]


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ([{"kind": "WEEK", "from": "2026-01-01", "recorded_at": "2026-01-01T00:00:00+07:00"}], "hours[0].unit"),
        ([{"kind": "WEEK", "unit": "", "recorded_at": "2026-01-01T00:00:00+07:00"}], "hours[0].unit: jam unit harus"),
        ([{"kind": "DAY", "unit": "LOKET"}], "hours[0].kind: jam unit harus WEEK"),
        ([{"kind": "WEEK", "unit": "LOKET", "from": "kapan"}], "hours[0].from: bukan tanggal"),
    ],
)
def test_hours_of_a_unit_that_cannot_be_read_are_told_at_their_place(hours, told):
    one = step("2 jam", "2026-08-03 13.00")
    with pytest.raises(CaseFault) as refused:
        case({**facts(one, world()), "hours": hours, "questions": []})
    assert told in str(refused.value)


def test_a_world_refuses_hours_of_no_unit():
    with pytest.raises(ValueError, match="tanpa nama unitnya"):
        counter(replace(SHORT, unit=""))


def test_a_working_day_of_the_counter_weighs_one_whatever_its_length():
    office = counter()
    found = read(step("3 hk", "2026-08-03 08.00"), office, at("2026-08-04 12.30"))
    assert found.budget == Budget.parse("3 hk")
    assert found.elapsed_hk * 10 == 17
    assert due(step("3 hk", "2026-08-03 08.00"), office) == at("2026-08-05 14.00")
