"""A later date the applicant agreed to: one fact of the ledger, read by the one rule, never for the legal limit."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from engine.clocks import Calendar, ClockEvent, explain, read, sweep
from engine.clocks.cases_input import case
from engine.clocks.proof import differences, proof
from tests.engine.clocks.office import METRO, at, clock, declared, event, holiday, world

AGREED = ClockEvent(
    2, "EXTEND", at("2026-08-05 09.00"), at("2026-08-05 09.00"), source="persetujuan pemohon", until=date(2026, 8, 12)
)


def service(*more, budget="3 hk"):
    """Complete on Monday the 3rd, three working days: Thursday the 6th; agreed on the 5th: Wednesday the 12th."""
    return clock(budget, event(1, "START", "2026-08-03 10.00"), AGREED, *more)


def promised(one, where=None, when="2026-08-05 12.00", known=None):
    return read(one, where or world(), at(when), known and at(known)).promised_at


def test_the_agreed_date_is_the_promise_and_the_date_without_it_is_told():
    reading = read(service(), world(), at("2026-08-05 12.00"))
    assert (reading.promised_at, reading.extended_from) == (at("2026-08-12 16.00"), at("2026-08-06 16.00"))
    assert not read(service(), world(), at("2026-08-12 16.00")).late
    assert read(service(), world(), at("2026-08-12 16.01")).late


def test_as_known_before_the_consent_the_old_promise_stands():
    assert promised(service(), known="2026-08-04 12.00") == at("2026-08-06 16.00")
    assert promised(service(), known="2026-08-05 09.00") == at("2026-08-12 16.00")


def test_the_later_of_the_agreed_and_the_worked_out_date_holds_after_the_calendar_changed():
    holidays = [holiday(f"2026-08-{day:02}") for day in (4, 5, 6, 7, 10)]
    some, many = Calendar([*METRO.entries, *holidays[:2]]), Calendar([*METRO.entries, *holidays, holiday("2026-08-12")])
    assert promised(service(), world(calendar=some)) == at("2026-08-12 16.00")
    assert promised(service(), world(calendar=many)) == at("2026-08-14 16.30")
    closed = Calendar([*METRO.entries, holiday("2026-08-12")])
    assert promised(service(), world(calendar=closed)) == at("2026-08-13 16.00"), "the first service day after it"


def test_a_date_at_or_before_the_worked_out_one_changes_nothing():
    early = replace(AGREED, until=date(2026, 8, 6))
    reading = read(clock("3 hk", event(1, "START", "2026-08-03 10.00"), early), world(), at("2026-08-05 12.00"))
    assert (reading.promised_at, reading.extended_from, reading.quota) == (at("2026-08-06 16.00"), None, 3)


def test_what_stops_the_clock_after_the_consent_stops_the_agreed_time_too():
    paused = (
        event(3, "PAUSE", "2026-08-10 07.30", "MENUNGGU_PEMBAYARAN"),
        event(4, "RESUME", "2026-08-12 07.30", "MENUNGGU_PEMBAYARAN"),
    )
    assert promised(service(*paused)) == at("2026-08-14 16.30")
    waiting = read(service(paused[0]), world(), at("2026-08-11 09.00"))
    assert (waiting.promised_at, waiting.no_promise_because) == (None, "OPEN_PAUSE")


def test_a_last_day_that_force_majeure_covers_rolls_the_agreed_date_on():
    rolled = world(
        declared("KAHAR-1", "2026-08-12 13.00", "2026-08-13 10.00", "ROLL_LAST_DAY", approved="2026-08-14 08.00")
    )
    assert promised(service(), rolled) == at("2026-08-13 16.00")


def test_the_legal_limit_is_never_extended():
    legal = clock("3 hk", event(1, "START", "2026-08-03 10.00"), AGREED, name="H", pausable=False)
    assert promised(legal) == at("2026-08-06 16.00")


def test_a_year_without_its_list_holds_no_agreed_date():
    beyond = clock("3 hk", event(1, "START", "2026-08-03 10.00"), replace(AGREED, until=date(2027, 1, 5)))
    reading = read(beyond, world(), at("2026-08-05 12.00"))
    assert (reading.promised_at, reading.no_promise_because) == (None, "YEAR_NOT_OFFICIAL")


def test_what_is_left_and_the_warnings_go_by_the_agreed_date():
    reading = read(service(), world(), at("2026-08-05 10.00"))
    # from Monday 10.00 to the end of Wednesday the 12th: 300/450 and seven days
    assert reading.quota == Fraction(300, 450) + 7
    assert reading.remaining == reading.quota - 2
    assert [one.rung for one in sweep(service(), world(), at("2026-08-07 09.00"), {})] == [50]
    assert [one.rung for one in sweep(service(), world(), at("2026-08-12 16.01"), {})] == [50, 75, 90, 100]


def test_a_consent_that_did_not_happen_moves_nothing():
    undone = ClockEvent(3, "CORRECT", None, at("2026-08-05 10.00"), supersedes=2)
    assert promised(service(undone)) == at("2026-08-06 16.00")


def test_an_event_with_a_date_is_an_extension_and_no_other_is():
    for kind, until in (("EXTEND", None), ("STOP", date(2026, 8, 12))):
        with pytest.raises(ValueError, match="EXTEND"):
            replace(AGREED, kind=kind, until=until)


def test_the_derivation_names_the_consent_and_both_dates_and_still_adds_up():
    explained = explain(service(), world(), at("2026-08-05 12.00"))
    [line] = [one for one in explained.lines if one.kind == "EXTENDED"]
    assert "persetujuan pemohon" in line.note
    assert "janji semula Kam 06-08-2026" in line.note
    assert explained.promised_at == at("2026-08-12 16.00")
    assert explained.total == 3


def test_the_proof_of_an_extended_date_holds_and_no_other_consent_fits_it():
    written = proof(service(), world(), at("2026-08-05 12.00"), None, {})
    assert differences(written) == []
    document = json.loads(written)
    assert case(document).clock.events[1] == AGREED
    document["ledger"][1]["until"] = "2026-08-19"
    assert differences(json.dumps(document)) != []
