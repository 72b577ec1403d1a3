"""The worker: a fault in one file never stops the others, and no file is woken twice."""

from datetime import timedelta

import pytest

from app.operations import background
from app.store import transaction
from engine import case as engine
from engine.errors import Incident
from tests.app.operations.test_concurrency import at_once


@pytest.fixture
def broken(monkeypatch):
    """`broken(case_id)`: the definition of that file has a fault that shows when it is woken."""
    bad, sound = set(), engine.wake

    def wake(case, world, at):
        if case.id in bad:
            raise Incident("tenggat_draf", "ungkapan tidak dapat dihitung")
        return sound(case, world, at)

    monkeypatch.setattr("app.operations.background.engine.wake", wake)
    return bad.add


def test_a_fault_in_one_file_is_recorded_and_the_others_are_woken(office, broken, database_superuser):
    bad, good = office.open(), office.open(by="pemohon2")
    broken(bad)
    at = office.later(days=40)
    woken = set()
    while (found := background.wake_one(at)) is not None:
        woken.add(found)
    assert woken == {bad, good}
    assert office.case(good).case.state == "DITUTUP"
    assert office.case(bad).case.state == "DRAF"
    due = database_superuser("select wake_at from cases where id = %s", (str(bad),))
    assert due == [(at + timedelta(hours=1),)]
    with transaction() as store:
        [incident] = store.case_lists.incidents()
    assert (incident.case_id, incident.element, incident.during, incident.at) == (bad, "tenggat_draf", "wake", at)


def test_a_file_pushed_ahead_is_tried_again_after_an_hour(office, broken, monkeypatch):
    case_id = office.open()
    broken(case_id)
    at = office.later(days=40)
    assert background.wake_one(at) == case_id
    assert background.wake_one(at + timedelta(minutes=59)) is None
    monkeypatch.undo()
    assert background.wake_one(at + timedelta(hours=1)) == case_id
    assert office.case(case_id).case.state == "DITUTUP"


def test_two_workers_share_many_due_files_and_none_is_woken_twice(office, application):
    ids = [office.open() for _ in range(6)]
    at = office.later(days=40)

    def until_done():
        woken = []
        while (found := background.wake_one(at)) is not None:
            woken.append(found)
        return woken

    answers = at_once(application, until_done, until_done)
    left = until_done()  # a file that one worker held while the other looked is passed over, not lost
    assert sorted([*answers[0], *answers[1], *left]) == sorted(ids)
    assert {office.case(one).case.state for one in ids} == {"DITUTUP"}


def test_nothing_is_due_in_an_empty_office(office):
    assert background.wake_one(office.at) is None
    assert background.warn_due(office.at) == 0


def test_a_fault_nobody_foresaw_is_recorded_once_and_stops_no_other_file(office, monkeypatch):
    """Whatever breaks in one file, the sweep goes on; the same fault met again is not told again."""
    bad, good = office.open(), office.open(by="pemohon2")
    sound = engine.wake

    def wake(case, world, at):
        if case.id == bad:
            raise KeyError("harga")
        return sound(case, world, at)

    monkeypatch.setattr("app.operations.background.engine.wake", wake)
    at = office.later(days=40)
    for later in (timedelta(0), timedelta(hours=1)):
        while background.wake_one(at + later) is not None:
            pass
    assert office.case(good).case.state == "DITUTUP"
    with transaction() as store:
        [incident] = store.case_lists.incidents()
    assert (incident.case_id, incident.during) == (bad, "wake")
    assert "KeyError" in incident.reason


def test_a_fault_in_one_files_warnings_lets_the_others_be_warned_of(office, monkeypatch):
    bad, good = office.registered("SIPB"), office.registered("SIPB", by="pemohon2")
    at = office.later(days=40)
    warned, sound = [], background.warning.fire

    def fire(case_id, at):
        warned.append(case_id)
        if case_id == bad:
            raise ValueError("rusak")
        sound(case_id, at)

    monkeypatch.setattr(background.warning, "fire", fire)
    background.warn_due(at)
    assert set(warned) == {bad, good}
    warned.clear()
    background.warn_due(at + timedelta(minutes=1))
    assert bad not in warned, "it waits its hour"
    with transaction() as store:
        assert [(one.case_id, one.during) for one in store.case_lists.incidents()] == [(bad, "warn")]
