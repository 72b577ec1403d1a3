"""What a draft does to standards in force: none may be left without one, and none with two of one day."""

import json
from datetime import date, timedelta

import pytest

from engine import rewriting

TODAY = date(2026, 11, 30)
PAST, LATER = "2018-02-08", "2027-06-01"


def files(*days, active=True, word="standards"):
    versions = [{"budget": "7 hk", "valid_from": day} for day in days]
    return {rewriting.PERMITS: json.dumps({"SIPP": {"name": "SIPP", "active": active, word: versions}}).encode()}


def codes(found):
    return [(one.code, one.severity, one.element) for one in found]


@pytest.mark.parametrize("word", ["standards", "legal_limits"])
def test_a_permit_in_service_has_a_version_in_force(word):
    assert rewriting.unserved(files(PAST, LATER, word=word), TODAY) == ()
    found = rewriting.unserved(files(LATER, word=word), TODAY)
    assert codes(found) == [("none-in-force", "error", "SIPP")]
    assert "sejak 01/06/2027" in found[0].message
    assert rewriting.unserved(files(LATER, word=word), date(2027, 6, 1)) == ()


def test_a_permit_out_of_service_may_wait_for_its_standard():
    assert rewriting.unserved(files(LATER, active=False), TODAY) == ()


def test_two_versions_of_one_day_are_told():
    assert codes(rewriting.unserved(files(PAST, LATER, LATER), TODAY)) == [("of-one-day", "error", "SIPP")]


def test_what_cannot_be_read_is_left_to_the_check_of_the_law():
    assert rewriting.unserved(files("kapan saja"), TODAY) == ()
    assert rewriting.unserved({rewriting.PERMITS: b"{"}, TODAY) == ()


def test_a_version_in_force_whose_date_is_moved_is_warned_of():
    found = rewriting.warnings(files(PAST), files("2018-03-01"), TODAY)
    assert codes(found) == [("taken-out", "warning", "SIPP")]
    assert rewriting.warnings(files(PAST), files(PAST, LATER), TODAY) == ()
    assert rewriting.warnings(files(PAST, LATER), files(PAST), TODAY - timedelta(days=1)) == ()


def test_a_new_version_is_warned_of_when_its_day_is_over_and_not_when_it_is_to_come():
    past, today = "2020-05-01", TODAY.isoformat()
    for day, told in ((past, ["backdated"]), (today, []), ("2099-01-01", [])):
        found = rewriting.warnings(files(PAST), files(PAST, day), TODAY)
        assert [one.code for one in found] == told, day
    assert rewriting.warnings({}, files(PAST), TODAY) == (), "a permit that is new has no versions before"
