"""A task that somebody does not take stays with the group; who and why is kept, and he is not offered it again."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from flask import current_app

from app.operations import auditing, declining, desk, handing_on, inbox, tasks
from app.store import transaction
from engine.errors import NotAllowed, NotFound, SubmissionInvalid, TaskTaken

WHY = "Pemohon ini kerabat saya."


@pytest.fixture
def waiting(office):
    """A file whose verification waits for its group."""
    case_id = office.registered()
    return case_id, UUID(office.task(case_id, "verifikasi_keabsahan").id)


def refusals(office, task, login="verifikator2"):
    return [(one.name, one.reason) for one in desk.task_page(task, office.people[login], office.at).refusals]


def kinds(case_id):
    with transaction() as store:
        return [one.kind for one in store.cases.events(case_id)]


def test_who_does_not_take_a_task_says_why_and_his_colleagues_read_it(office, waiting):
    case_id, task = waiting
    declining.decline_task(task, f" {WHY} ", office.people["verifikator"], office.at)
    with transaction() as store:
        name = store.people.names({office.people["verifikator"]})[office.people["verifikator"]]
        assert store.steps.reasons(case_id) == {store.cases.events(case_id)[-1].seq: WHY}
    assert refusals(office, task) == [(name, WHY)]
    assert office.task(case_id, "verifikasi_keabsahan").assignee is None
    assert kinds(case_id)[-1] == "task_declined"
    assert auditing.verify(case_id).faults == ()


def test_the_next_task_is_not_one_that_was_refused_but_a_colleague_gets_it(office, waiting):
    _, task = waiting
    other = office.registered()
    declining.decline_task(task, WHY, office.people["verifikator"], office.at)
    found = tasks.next_task(office.people["verifikator"], office.at)
    assert found == UUID(office.task(other, "verifikasi_keabsahan").id)
    assert tasks.next_task(office.people["verifikator"], office.at) == found  # his own, and no other
    assert tasks.next_task(office.people["verifikator2"], office.at) == task


def test_a_refusal_sent_twice_at_once_stands_once(office, waiting):
    case_id, task = waiting
    app = current_app._get_current_object()

    def send(_):
        with app.app_context():
            return declining.decline_task(task, WHY, office.people["verifikator"], office.at)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(send, range(2))) == [case_id] * 2
    assert kinds(case_id).count("task_declined") == 1
    assert len(refusals(office, task)) == 1


def test_a_task_that_was_handed_to_somebody_goes_back_to_the_group(office, waiting):
    case_id, task = waiting
    handing_on.hand_on(task, office.people["verifikator"], "Sedang di lapangan", office.people["kasi"], office.at)
    declining.decline_task(task, "Sedang cuti sampai Jumat", office.people["verifikator"], office.at)
    assert office.task(case_id, "verifikasi_keabsahan").assignee is None
    tasks.claim_task(task, office.people["verifikator2"], office.at)


def test_only_who_may_do_a_task_refuses_it_and_says_something(office, waiting):
    case_id, task = waiting
    for login in ("loket", "kadis", "pengawas", "admin", "pemohon2"):
        with pytest.raises((NotAllowed, NotFound)):
            declining.decline_task(task, WHY, office.people[login], office.at)
    with pytest.raises(SubmissionInvalid) as refused:
        declining.decline_task(task, " - ", office.people["verifikator"], office.at)
    assert list(refused.value.errors) == ["alasan_menolak"]
    tasks.claim_task(task, office.people["verifikator2"], office.at)
    with pytest.raises(TaskTaken):
        declining.decline_task(task, WHY, office.people["verifikator"], office.at)
    assert "task_declined" not in kinds(case_id)


def listed(office, view="kelompok", login="verifikator"):
    found = inbox.inbox(office.people[login], inbox.InboxFilter(view=view), office.at)
    return [one.row.id for one in found.lines]


def told(office, login="verifikator"):
    return inbox.pulse(office.people[login], office.at)["jumlah"]["kelompok"]


def test_a_refused_task_leaves_the_list_and_the_counts_of_who_refused_it_and_of_nobody_else(office, waiting):
    _, task = waiting
    other = UUID(office.task(office.registered(), "verifikasi_keabsahan").id)
    assert set(listed(office)) == {task, other}
    declining.decline_task(task, WHY, office.people["verifikator"], office.at)
    page = inbox.inbox(office.people["verifikator"], inbox.InboxFilter(view="kelompok"), office.at)
    assert [one.row.id for one in page.lines] == [other]
    assert (page.counts["kelompok"], told(office), page.refused) == (1, 1, 1)
    assert set(listed(office, login="verifikator2")) == {task, other}
    assert told(office, "verifikator2") == 2


def test_a_refused_task_is_found_again_in_a_list_of_its_own_with_what_was_said(office, waiting):
    _, task = waiting
    declining.decline_task(task, WHY, office.people["verifikator"], office.at)
    (line,) = inbox.inbox(office.people["verifikator"], inbox.InboxFilter(view="ditolak"), office.at).lines
    assert (line.row.id, line.refused) == (task, WHY)
    assert desk.task_page(task, office.people["verifikator"], office.at).refused.reason == WHY
    assert desk.task_page(task, office.people["verifikator2"], office.at).refused is None
    assert listed(office, "ditolak", "verifikator2") == []


def test_a_refusal_ends_when_he_takes_the_task_after_all_and_he_may_refuse_again(office, waiting):
    case_id, task = waiting
    ratna = office.people["verifikator"]
    declining.decline_task(task, WHY, ratna, office.at)
    tasks.claim_task(task, ratna, office.at)
    assert desk.task_page(task, ratna, office.at).refused is None
    tasks.release_task(task, ratna, office.at, "Keliru tekan")
    assert listed(office) == [task], "it is offered like any other"
    office.later(minutes=1)
    declining.decline_task(task, "Sudah saya tanyakan", ratna, office.at)
    assert listed(office) == []
    assert [reason for _, reason in refusals(office, task)] == [WHY, "Sudah saya tanyakan"]
    assert kinds(case_id).count("task_declined") == 2


def test_what_a_superior_hands_to_somebody_who_refused_it_is_his_until_he_refuses_again(office, waiting):
    _, task = waiting
    ratna = office.people["verifikator"]
    declining.decline_task(task, WHY, ratna, office.at)
    handing_on.hand_on(task, ratna, "Sudah diperiksa, bukan kerabat", office.people["kasi"], office.at)
    assert listed(office, "saya") == [task]
    assert listed(office, "ditolak") == []
    office.later(minutes=1)
    declining.decline_task(task, "Tetap kerabat saya", ratna, office.at)
    assert listed(office, "saya") == listed(office) == []
