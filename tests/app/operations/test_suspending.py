"""A file or a whole process stands still until it is resumed; the office's clocks run on all the while."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.operations import auditing, background, cases, recalling, suspending, tasks
from app.store import transaction
from engine.case import read_clock
from engine.errors import CaseClosed, CaseSuspended, NotAllowed, NotFound, Refused, SubmissionInvalid
from tests.hammer.audit import case_faults

WHY = "Diagram sedang diperbaiki"
FREE = "izin_non_retribusi"


@pytest.fixture
def running(office):
    return office.registered("SIPB")


def suspend(office, case_id):
    suspending.suspend(case_id, WHY, office.people["proses"], office.at)


def resume(office, case_id):
    suspending.resume(case_id, "Selesai diperbaiki", office.people["proses"], office.at)


def reading(office, case_id, name):
    with transaction() as store:
        case = store.cases.see(case_id).case
        return read_clock(case, case.clock(name), store.calendars.world(), office.at)


def promise(office, case_id, name):
    return reading(office, case_id, name).promised_at


def sound(office, *files):
    for case_id in files:
        with transaction() as store:
            found = {name: bad for name, bad in case_faults(store, case_id, office.at).items() if bad}
        assert found == {}
        assert auditing.verify(case_id).faults == ()


def test_while_a_file_is_suspended_its_task_is_neither_taken_nor_done_nor_given_out(office, running):
    suspend(office, running)
    task = UUID(office.task(running, "verifikasi_keabsahan").id)
    with pytest.raises(CaseSuspended):
        tasks.claim_task(task, office.people["verifikator"], office.at)
    with pytest.raises(CaseSuspended):
        office.do(running, "verifikasi_keabsahan", "verifikator")
    assert tasks.next_task(office.people["verifikator"], office.at) is None
    with pytest.raises(CaseSuspended):
        cases.withdraw(running, office.people["pemohon"], office.at)
    resume(office, running)
    office.do(running, "verifikasi_keabsahan", "verifikator")
    sound(office, running)


def test_a_step_done_before_a_suspension_is_taken_back_after_it(office, running):
    office.do(running, "verifikasi_keabsahan", "verifikator")
    suspend(office, running)
    with pytest.raises(CaseSuspended):
        recalling.recall(running, office.people["verifikator"], office.at)
    resume(office, running)
    recalling.recall(running, office.people["verifikator"], office.at)
    assert office.task(running, "verifikasi_keabsahan")
    sound(office, running)


def test_what_was_due_when_a_file_was_suspended_comes_when_it_is_resumed(office):
    draft = office.open("SIPB")
    office.later(days=40)  # past the draft's term, but nobody has looked
    suspend(office, draft)
    assert background.wake_one(office.at) is None
    sound(office, draft)
    resume(office, draft)
    assert background.wake_one(office.at) == draft
    assert office.case(draft).case.state == "DITUTUP"
    sound(office, draft)


def test_an_application_does_not_lapse_while_the_office_lets_nobody_act_on_it(office):
    draft = office.open("SIPB")
    before = promise(office, draft, "P_DRAF")
    suspend(office, draft)
    office.later(days=40)
    assert promise(office, draft, "P_DRAF") is None
    assert background.wake_one(office.at) is None
    resume(office, draft)
    assert background.wake_one(office.at) is None
    assert office.case(draft).case.state != "DITUTUP"
    assert promise(office, draft, "P_DRAF").date() == (before + timedelta(days=40)).date()
    sound(office, draft)


def test_the_time_of_a_suspension_is_the_offices_in_the_account_of_a_term(office):
    draft = office.open("SIPB")
    suspend(office, draft)
    office.later(days=4)
    resume(office, draft)
    office.later(days=1)
    split = reading(office, draft, "P_DRAF").split
    assert split.applicant == 0
    assert split.office + split.kahar + split.closed == split.gross


def test_a_suspension_stops_no_clock_of_the_law(office, running):
    other = office.registered("SIPB")
    suspend(office, running)
    office.later(days=3)
    with transaction() as store:
        world = store.calendars.world()
        shown = [
            {one.name: read_clock(case, one, world, office.at).state for one in case.clocks if one.kind in ("L", "H")}
            for case in (store.cases.see(running).case, store.cases.see(other).case)
        ]
    assert shown[0] == shown[1]
    assert set(shown[0].values()) == {"RUNNING"}
    resume(office, running)
    sound(office, running)


def test_warnings_of_a_suspended_file_are_still_given(office, running):
    suspend(office, running)
    office.later(days=30)
    background.warn_due(office.at)
    with transaction() as store:
        assert store.readings.fired(running)


def test_the_history_tells_who_suspended_and_resumed_and_why(office, running):
    suspend(office, running)
    office.later(hours=1)
    resume(office, running)
    with transaction() as store:
        told = [one for one in store.cases.events(running) if one.kind in ("case_suspended", "case_resumed")]
        assert [store.steps.reasons(running)[one.seq] for one in told] == [WHY, "Selesai diperbaiki"]
    assert {one.by for one in told} == {office.people["proses"]}


def test_only_a_process_administrator_suspends_and_only_with_a_reason(office, running):
    for login in ("kasi", "kadis", "admin"):
        with pytest.raises(NotAllowed):
            suspending.suspend(running, WHY, office.people[login], office.at)
    with pytest.raises(SubmissionInvalid):
        suspending.suspend(running, "", office.people["proses"], office.at)
    with pytest.raises(Refused):
        resume(office, running)
    suspend(office, running)
    with pytest.raises(Refused):
        suspend(office, running)


def test_a_closed_file_cannot_be_suspended(office):
    draft = office.registered("SIPB")
    cases.withdraw(draft, office.people["pemohon"], office.at)
    with pytest.raises(CaseClosed):
        suspend(office, draft)


def test_a_process_is_suspended_with_all_its_files_and_opens_none(office, running):
    levied, mine = office.registered("TRY"), office.registered("SIPB")
    suspend(office, mine)
    assert suspending.suspend_process(1, FREE, WHY, office.people["proses"], office.at) == 1
    assert office.case(running).case.suspended == "process"
    assert not office.case(levied).case.suspended
    with pytest.raises(Refused, match="ditangguhkan sementara"):
        office.open("SIPB")
    office.open("TRY")
    with pytest.raises(Refused, match="lanjutkan prosesnya"):
        resume(office, running)
    assert suspending.suspend_process(1, FREE, WHY, office.people["proses"], office.at) == 0


def test_a_process_is_resumed_without_the_files_that_were_suspended_by_themselves(office, running):
    mine = office.registered("SIPB")
    suspend(office, mine)
    suspending.suspend_process(1, FREE, WHY, office.people["proses"], office.at)
    office.later(days=1)
    assert suspending.resume_process(1, FREE, WHY, office.people["proses"], office.at) == 1
    assert not office.case(running).case.suspended
    assert office.case(mine).case.suspended
    office.open("SIPB")
    with pytest.raises(Refused):
        suspending.resume_process(1, FREE, WHY, office.people["proses"], office.at)
    sound(office, running, mine)


def test_a_process_that_the_release_does_not_have_cannot_be_suspended(office):
    for number, process in ((1, "tidak_ada"), (9, FREE)):
        with pytest.raises(NotFound):
            suspending.suspend_process(number, process, WHY, office.people["proses"], office.at)


def test_a_stoppage_decided_meanwhile_wakes_no_suspended_file(office, running):
    """The worker looks at suspended files no more, whatever else moves their clocks."""
    suspend(office, running)
    office.later(days=1)
    background.record_incident(running, CaseFault, "wake", office.at)
    assert background.wake_one(office.at + timedelta(days=9)) is None


class CaseFault:
    element, reason = "x", "rusak"
