"""Risiko fiktif positif: raised for those who supervise as the legal limit nears, answered by them, never granted."""

import threading
from datetime import timedelta

import pytest

from app.operations import background, calendar_changes, cases, limit_risks, limit_watch
from app.operations.calendar_changes import Change
from app.store import transaction
from engine.case import read_clock
from engine.errors import NotAllowed, Refused, SubmissionInvalid


@pytest.fixture
def running(office):
    """A file complete on Monday at ten: its legal limit runs."""
    return office.registered("SIPB")


def limit_of(case_id, at):
    with transaction() as store:
        held, world = store.cases.see(case_id), store.calendars.world()
        return read_clock(held.case, held.case.clock("H"), world, at).promised_at


def before_limit(case_id, days, at):
    """When the office opens so many working days before the limit."""
    with transaction() as store:
        odometer = store.calendars.world().calendar.as_known(at)
    day = limit_of(case_id, at).date()
    while days:
        day -= timedelta(days=1)
        days -= 1 if odometer.windows(day) else 0
    return odometer.windows(day)[0][0]


def raised(ask, case_id):
    return ask(
        "select step, notified, annotation <> '', answered_at is not null, outcome from limit_risks "
        "where case_id = %s order by raised_at, step desc",
        (str(case_id),),
    )


def told(ask, case_id):
    rows = ask(
        "select payload::json ->> 'subject' from outbox where case_id = %s and payload::json ->> 'notice' = %s",
        (str(case_id), limit_watch.NOTICE),
    )
    return [one.partition(":")[0] for (one,) in rows]


def happened(ask, case_id):
    rows = ask("select kind from events where case_id = %s and kind like 'risk%%' order by seq", (str(case_id),))
    return [one for (one,) in rows]


def waiting(office, by="kabid"):
    return limit_risks.page(office.people[by], office.at).waiting


def test_two_days_one_day_and_the_passing_each_raise_one_task_and_tell_the_supervisors(
    office, running, database_superuser
):
    near = before_limit(running, 2, office.at)
    assert background.watch_limits(near - timedelta(minutes=1)) == 0
    for later in (0, 1, 3600):
        background.watch_limits(near + timedelta(seconds=later))
    assert raised(database_superuser, running) == [(2, True, False, False, "")]
    background.watch_limits(before_limit(running, 1, office.at))
    background.watch_limits(limit_of(running, office.at) + timedelta(days=3))
    past = limit_of(running, office.at).replace(hour=9) + timedelta(days=7)
    background.watch_limits(past)
    assert [one[0] for one in raised(database_superuser, running)] == [2, 1, 0]
    assert set(told(database_superuser, running)) == {
        "Risiko fiktif positif (H-2)", "Risiko fiktif positif (H-1)", "Risiko fiktif positif (batas hukum lewat)"
    }  # fmt: skip
    assert happened(database_superuser, running) == ["risk_raised"] * 3
    assert office.case(running).case.state not in ("TERBIT", "SELESAI"), "nothing is ever granted"


def test_steps_found_together_tell_of_the_nearest_only(office, running, database_superuser):
    background.watch_limits(before_limit(running, 1, office.at))
    assert [one[:2] for one in raised(database_superuser, running)] == [(2, False), (1, True)]
    assert set(told(database_superuser, running)) == {"Risiko fiktif positif (H-1)"}


def test_nobody_is_told_while_the_office_is_closed(office, running, database_superuser):
    night = before_limit(running, 2, office.at).replace(hour=22)
    assert background.watch_limits(night) == 0
    assert raised(database_superuser, running) == []


def test_two_workers_raise_a_step_once(office, running, application, database_superuser):
    near = before_limit(running, 2, office.at)

    def work():
        with application.app_context():
            limit_watch.look(running, near)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert raised(database_superuser, running) == [(2, True, False, False, "")]


def test_the_list_says_what_stands_in_the_way_and_how_many_days_are_left(office, running):
    office.at = before_limit(running, 2, office.at)
    background.watch_limits(office.at)
    [line] = waiting(office)
    assert (line.left, line.row.step, line.limit_at) == (2, 2, limit_of(running, office.at))
    assert any("Verifikasi" in one for one in line.why)
    assert not line.passed
    office.at = limit_of(running, office.at) + timedelta(seconds=1)
    [line] = waiting(office)
    assert (line.left, line.passed) == (0, True), "a limit that passed is told as passed before the watch looks again"


def test_an_answer_needs_its_cause_and_its_measure_and_stands_in_the_history(office, running, database_superuser):
    office.at = before_limit(running, 2, office.at)
    background.watch_limits(office.at)
    [line] = waiting(office)
    with pytest.raises(SubmissionInvalid) as invalid:
        limit_risks.answer(line.row.id, "", " x ", office.people["kabid"], office.at)
    assert set(invalid.value.errors) == {"sebab", "tindakan"}
    limit_risks.answer(line.row.id, "Verifikator sakit", "Tugas dialihkan", office.people["kabid"], office.at)
    assert waiting(office) == ()
    assert happened(database_superuser, running) == ["risk_raised", "risk_answered"]
    [(reason,)] = database_superuser("select reason from reasons where case_id = %s", (str(running),))
    assert reason == "Verifikator sakit · Tugas dialihkan"
    with pytest.raises(Refused):
        limit_risks.answer(line.row.id, "Verifikator sakit", "Tugas dialihkan", office.people["kadis"], office.at)
    background.watch_limits(before_limit(running, 1, office.at))
    assert [one.row.step for one in waiting(office)] == [1], "the next step is a task of its own"


@pytest.mark.parametrize("login", ["kasi", "verifikator", "pengawas", "pemohon"])
def test_only_those_who_supervise_answer(office, running, login):
    office.at = before_limit(running, 2, office.at)
    background.watch_limits(office.at)
    [line] = waiting(office)
    with pytest.raises(NotAllowed):
        limit_risks.answer(line.row.id, "Verifikator sakit", "Tugas dialihkan", office.people[login], office.at)


def test_the_end_of_a_file_closes_what_is_open_with_its_outcome(office, running, database_superuser):
    office.at = before_limit(running, 1, office.at)
    background.watch_limits(office.at)
    cases.withdraw(running, office.people["pemohon"], office.at)
    state = office.case(running).case.state
    assert {one[4] for one in raised(database_superuser, running)} == {state}
    assert happened(database_superuser, running)[-2:] == ["risk_closed"] * 2
    assert waiting(office) == ()


def test_a_limit_that_passed_before_anybody_looked_is_on_record_when_the_file_ends(office, running, database_superuser):
    evening = limit_of(running, office.at).replace(hour=22)
    cases.withdraw(running, office.people["pemohon"], evening)
    [(step, notified, _annotated, _answered, outcome)] = raised(database_superuser, running)
    assert (step, notified, outcome) == (0, False, office.case(running).case.state)
    assert told(database_superuser, running) == []


def adopt(office, change, at):
    made = calendar_changes.propose(change, office.people["kabid"], at)
    revision = calendar_changes.page(made, office.people["kadis"], at).impact.revision
    calendar_changes.adopt(made, revision, office.people["kadis"], at)


def test_a_holiday_that_moves_the_limit_back_annotates_the_task_and_never_raises_it_again(
    office, running, database_superuser
):
    near = before_limit(running, 2, office.at)
    background.watch_limits(near)
    days = [before_limit(running, n, near).date() for n in (4, 5)]  # days that are past: as many more are needed
    lines = "\n".join(f"libur;{one:%d/%m/%Y};;;cuti bersama tambahan" for one in days)
    adopt(office, Change(lines, "SKB uji", "Tambahan cuti"), near)
    background.watch_limits(near + timedelta(minutes=5))
    assert raised(database_superuser, running) == [(2, True, True, False, "")]
    office.at = near + timedelta(minutes=10)
    assert waiting(office) == ()
    background.watch_limits(before_limit(running, 2, office.at))
    assert raised(database_superuser, running) == [(2, True, True, False, "")]
    assert [one.row.step for one in waiting(office)] == [2], "it stands again, without another message"
    assert len(set(told(database_superuser, running))) == 1
