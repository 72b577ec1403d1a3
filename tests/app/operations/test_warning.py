"""Warnings of the clocks: each rung once, the highest told, none while a clock stands still."""

from datetime import timedelta

import pytest

from app.jobs import scheduler
from app.operations import background, cases, warning
from app.operations.warning import NOTICE
from app.store import transaction
from engine.case import legal_clock
from engine.clocks import read
from tests.app.operations.test_force_majeure import declare, proposal


def rungs(database_superuser, case_id, kind="L"):
    """What fired on a clock of a file: rung, whether it was told, its annotation."""
    return database_superuser(
        "select rung, notified, annotation from rungs_fired join clocks on clocks.id = clock_id "
        "where rungs_fired.case_id = %s and clocks.kind = %s order by rung",
        (str(case_id), kind),
    )


def told(database_superuser, case_id, kind="L"):
    """Subjects of the warnings put into the outbox for a file."""
    rows = database_superuser(
        "select payload::json ->> 'subject' from outbox where case_id = %s and payload::json ->> 'notice' = %s",
        (str(case_id), NOTICE),
    )
    return [one for (one,) in rows]


@pytest.fixture
def running(office):
    """A file complete on Monday at ten whose service clock runs."""
    return office.registered("SIPB")


def day_of_rung(case_id, rung, at):
    with transaction() as store:
        held, world = store.cases.see(case_id), store.calendars.world()
        return read(legal_clock(held.case, held.case.clock("L")), world, at, at).rungs[rung]


def test_a_rung_fires_when_it_is_crossed_and_never_again(office, running, database_superuser):
    half = day_of_rung(running, 50, office.at)
    background.warn_due(half - timedelta(seconds=1))
    assert rungs(database_superuser, running) == []
    for later in (0, 1, 60, 3600):
        background.warn_due(half + timedelta(seconds=later))
    assert [one[0] for one in rungs(database_superuser, running)] == [50]
    subjects = [one for one in told(database_superuser, running) if "50%" in one]
    assert len(subjects) == len(set(addressees(database_superuser, running, "50%")))


def test_what_comes_due_while_the_office_is_closed_is_told_when_it_opens(office, running, database_superuser):
    closed = day_of_rung(running, 100, office.at).replace(hour=22, minute=0)
    with transaction() as store:
        opening = store.calendars.world().calendar.as_known(closed).next_opening(closed)
    assert opening > closed + timedelta(hours=8)
    for at in (closed, opening - timedelta(seconds=1)):
        assert background.warn_when_open(at) == 0
    assert (rungs(database_superuser, running), told(database_superuser, running)) == ([], [])
    assert background.warn_when_open(opening) > 0
    assert [one[0] for one in rungs(database_superuser, running)] == [50, 75, 90, 100]
    assert len(told(database_superuser, running)) > 0


def test_the_worker_warns_in_service_hours_only(office, running, application, database_superuser, monkeypatch):
    noon = day_of_rung(running, 50, office.at).replace(hour=10) + timedelta(days=1)
    for at, fired in ((noon.replace(hour=5), []), (noon, [50])):
        monkeypatch.setattr(scheduler, "now", lambda at=at: at)
        scheduler.look(application)
        assert [one[0] for one in rungs(database_superuser, running)][:1] == fired


def test_what_was_broken_at_the_close_and_met_in_the_evening_stays_in_the_register(office, running, database_superuser):
    kept, promise = office.registered("SIPB"), day_of_rung(running, 100, office.at)
    evening = promise.replace(hour=22, minute=0)
    for case_id, at in ((kept, promise - timedelta(minutes=1)), (running, evening)):
        cases.withdraw(case_id, office.people["pemohon"], at)
    assert background.warn_when_open(evening) == 0
    assert (rungs(database_superuser, kept), rungs(database_superuser, running)) == ([], [(100, False, "")])
    assert told(database_superuser, running) == []


def addressees(database_superuser, case_id, share):
    rows = database_superuser(
        "select payload::json ->> 'to' from outbox where case_id = %s and payload::json ->> 'subject' like %s",
        (str(case_id), f"%{share}%"),
    )
    return [one for (one,) in rows]


def test_of_several_rungs_crossed_at_once_only_the_highest_is_told(office, running, database_superuser):
    late = day_of_rung(running, 90, office.at) + timedelta(minutes=1)
    background.warn_due(late)
    assert [one[:2] for one in rungs(database_superuser, running)] == [(50, False), (75, False), (90, True)]


def test_a_warning_names_the_clock_it_is_about_in_subject_and_body(office, running, database_superuser):
    background.warn_due(day_of_rung(running, 90, office.at) + timedelta(minutes=1))
    rows = database_superuser(
        "select payload::json ->> 'subject', payload::json ->> 'body' from outbox where case_id = %s "
        "and payload::json ->> 'notice' = %s",
        (str(running), NOTICE),
    )
    named = {"Jam Layanan", "Waktu tugas Verifikasi keabsahan"}
    assert {name for name in named if any(subject.startswith(f"Peringatan {name} ") for subject, _ in rows)} == named
    for subject, body in rows:
        assert body.startswith(next(name for name in named if subject.startswith(f"Peringatan {name} ")))


def test_a_breach_is_told_to_those_who_answer_for_the_clock(office, running, database_superuser):
    late = day_of_rung(running, 100, office.at) + timedelta(minutes=1)
    background.warn_due(late)
    assert [one[:2] for one in rungs(database_superuser, running)][-1] == (100, True)
    wanted = {str(office.people[one]) for one in ("kasi", "kasi2", "kabid")}
    assert wanted <= set(addressees(database_superuser, running, "100%"))


def test_looking_again_at_the_same_moment_changes_nothing(office, running, database_superuser):
    late = day_of_rung(running, 100, office.at) + timedelta(minutes=1)
    background.warn_due(late)
    before = rungs(database_superuser, running), sorted(told(database_superuser, running))
    for _ in range(3):
        background.warn_due(late)
        warning.fire(running, late)
    assert (rungs(database_superuser, running), sorted(told(database_superuser, running))) == before
    assert background.warn_due(late) == 0, "nothing is due any more"


def test_a_clock_that_stands_still_warns_of_nothing(office, running, database_superuser):
    until = office.at + timedelta(days=60)
    hold = cases.ask_hold(running, "Sedang di luar negeri", until, office.people["pemohon"], office.at)
    cases.decide_hold(hold, True, until, "", office.people["kasi"], office.at + timedelta(minutes=5))
    for days in (1, 10, 30, 50):
        background.warn_due(office.at + timedelta(days=days))
        warning.fire(running, office.at + timedelta(days=days))
    assert rungs(database_superuser, running) == []


def test_a_breach_that_a_later_declaration_undid_is_annotated_and_stays(office, running, database_superuser):
    end = day_of_rung(running, 100, office.at)
    office.at = end + timedelta(hours=2)
    background.warn_due(office.at)
    assert [one[0] for one in rungs(database_superuser, running)] == [50, 75, 90, 100]
    since = office.at - timedelta(days=6)
    declare(office, proposal(since, office.at - timedelta(hours=1)))
    background.warn_due(office.later(minutes=1))
    found = {rung: annotation for rung, _told, annotation in rungs(database_superuser, running)}
    assert found.keys() == {50, 75, 90, 100}, "what fired is never deleted"
    assert "koreksi" in found[100]
    background.warn_due(office.later(days=30))
    again = [one[0] for one in rungs(database_superuser, running)]
    assert again == [50, 75, 90, 100], "and it does not fire twice"
