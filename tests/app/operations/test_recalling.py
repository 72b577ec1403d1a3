"""A step is taken back by who did it, or by the process administrator, until the next one begins."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.operations import auditing, background, recalling, tasks
from app.store import transaction
from engine.errors import NotAllowed, Refused, SubmissionInvalid
from tests.app.operations import flowing
from tests.hammer.audit import case_faults

WHY = "Keputusan keliru, berkas tertukar"


@pytest.fixture
def verified(office):
    """A file that its verifier took, and found valid a moment ago."""
    case_id = office.registered("SIPB")
    task = UUID(office.task(case_id, "verifikasi_keabsahan").id)
    tasks.claim_task(task, office.people["verifikator"], office.at)
    office.later(minutes=5)
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.later(minutes=5)
    return case_id


def sound(office, case_id):
    """Nothing of the file contradicts anything else of it."""
    with transaction() as store:
        found = {name: bad for name, bad in case_faults(store, case_id, office.at).items() if bad}
    assert found == {}
    assert auditing.verify(case_id).faults == ()


def clocks(office, case_id):
    return {one.id: one.standing for one in office.case(case_id).case.clocks if one.standing}


def test_the_file_stands_again_where_it_stood_with_its_task_and_its_holder(office):
    case_id = office.registered("SIPB")
    task = UUID(office.task(case_id, "verifikasi_keabsahan").id)
    tasks.claim_task(task, office.people["verifikator"], office.at)
    before, ran = office.case(case_id).case, clocks(office, case_id)
    office.later(minutes=5)
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.later(minutes=5)
    assert recalling.recall(case_id, office.people["verifikator"], office.at) == task
    after = office.case(case_id).case
    same = ("snapshot", "state", "tasks", "waiting", "timer_at", "done")
    assert [getattr(after, one) for one in same] == [getattr(before, one) for one in same]
    assert clocks(office, case_id) == ran
    sound(office, case_id)


def test_a_step_taken_back_is_done_again_otherwise(office, verified):
    recalling.recall(verified, office.people["verifikator"], office.at)
    typed = {"keabsahan__ktp__hasil": "perbaikan"}
    office.do(verified, "verifikasi_keabsahan", "verifikator", "perbaikan", **typed)
    assert office.task(verified, "perbaikan")
    sound(office, verified)


def test_the_history_keeps_the_step_and_tells_who_took_it_back_and_why(office, verified):
    recalling.recall(verified, office.people["proses"], office.at, WHY)
    with transaction() as store:
        told = store.cases.events(verified)
        reasons = store.steps.reasons(verified)
    recalled = next(one for one in told if one.kind == "step_recalled")
    assert "task_completed" in [one.kind for one in told if one.seq < recalled.seq]
    assert (recalled.by, recalled.role, recalled.element) == (office.people["proses"], "AP", "verifikasi_keabsahan")
    assert reasons == {recalled.seq: WHY}
    assert WHY not in recalled.body


def test_only_who_did_the_step_takes_it_back_and_the_process_administrator_with_a_reason(office, verified):
    for login in ("verifikator2", "kasi", "admin"):
        with pytest.raises(NotAllowed):
            recalling.recall(verified, office.people[login], office.at, WHY)
    with pytest.raises(SubmissionInvalid):
        recalling.recall(verified, office.people["proses"], office.at, "  ")
    recalling.recall(verified, office.people["proses"], office.at, WHY)


def test_a_step_is_not_taken_back_twice(office, verified):
    recalling.recall(verified, office.people["verifikator"], office.at)
    with pytest.raises(Refused, match="sudah ditarik kembali"):
        recalling.recall(verified, office.people["verifikator"], office.at)


def test_once_the_next_task_is_taken_or_done_the_step_stands(office, verified):
    following = UUID(office.task(verified, "tentukan_jalur").id)
    tasks.claim_task(following, office.people["kasi"], office.at)
    with pytest.raises(Refused, match="sudah diambil"):
        recalling.recall(verified, office.people["verifikator"], office.at)
    flowing.path_decided_by_kasi(office, verified)
    with pytest.raises(Refused, match="sudah diselesaikan"):
        recalling.recall(verified, office.people["verifikator"], office.at)


def test_a_step_that_took_a_number_or_issued_a_letter_stands(office):
    case_id = office.registered("SIPB")
    with pytest.raises(Refused, match="memesan nomor"):
        recalling.recall(case_id, office.people["loket"], office.at)


def test_a_step_of_which_the_applicant_was_told_stands_once_the_message_is_out(office, verified):
    notice_at(office, verified, "pemohon")
    assert background.deliver_one(lambda *_: "dikirim", office.at, ("message",))
    with pytest.raises(Refused, match="sudah diberi tahu"):
        recalling.recall(verified, office.people["verifikator"], office.at)


def test_a_message_that_is_not_out_yet_is_taken_back_with_its_step(office, verified):
    notice_at(office, verified, "pemohon")
    recalling.recall(verified, office.people["verifikator"], office.at)
    assert not background.deliver_one(lambda *_: "dikirim", office.at, ("message",))


def notice_at(office, case_id, login):
    """The last step told somebody something: nobody else's messages are left."""
    with transaction() as store:
        last = store.steps.last(case_id)
        for one in iter(lambda: store.outbox.lease(("message",)), None):
            store.outbox.done(one.id, office.at)
        name = recalling.effects_of(case_id, last.seq_before)[0]
        payload = {"to": str(office.people[login]), "notice": "uji", "subject": "Kabar", "body": "Isi"}
        store.outbox.put(name, case_id, "message", payload, office.at - timedelta(days=900))


def test_money_that_was_judged_is_not_judged_anew_by_taking_the_step_back(office):
    case_id = flowing.billed(office)
    flowing.pay(office, case_id, flowing.owed(case_id))
    office.do(case_id, "validasi_bayar", "bendahara", "tidak_sah")
    with pytest.raises(Refused):
        recalling.recall(case_id, office.people["bendahara"], office.at)


def test_of_two_officials_working_side_by_side_one_takes_back_without_disturbing_the_other(office):
    case_id = flowing.decided(office, "TRY")
    kept = {one.element: one for one in office.case(case_id).case.tasks}
    flowing.skrd(office, case_id)
    recalling.recall(case_id, office.people["penghitung"], office.at)
    assert {one.element: one for one in office.case(case_id).case.tasks} == kept
    sound(office, case_id)
