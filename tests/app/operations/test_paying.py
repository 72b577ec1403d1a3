"""Paying a levy: one sum, one day until when, for the applicant and the treasurer alike."""

from uuid import UUID

from app.operations import applications, background, desk, inbox, tasks
from app.store import transaction
from tests.app.operations.flowing import billed, owed, pay


def days_read(office, case_id):
    """The day until when the levy is to be paid, as the applicant and the treasurer read it."""
    pages = (
        applications.page(case_id, office.people["pemohon"], office.at),
        desk.case_page(case_id, office.people["bendahara"], office.at),
    )
    return [one.pay_by for one in pages]


def term(office, case_id):
    page = applications.page(case_id, office.people["pemohon"], office.at)
    return next(one.promised_at for one in page.clocks if one.name == "P_BAYAR")


def overdue_with_proof(office):
    """A file that nobody paid in time, whose proof of payment has arrived in the meantime."""
    case_id = billed(office)
    office.later(days=32)
    while background.wake_one(office.at):
        pass
    pay(office, case_id, owed(case_id))
    return case_id


def test_a_reminder_that_waits_for_a_verdict_says_so_where_tasks_are_looked_for(office):
    case_id = overdue_with_proof(office)
    treasurer, task = office.people["bendahara"], office.task(case_id, "teguran")
    lines = inbox.inbox(treasurer, inbox.InboxFilter(view="kelompok"), office.at).lines
    waiting = {one.row.element: one.waiting for one in lines}
    assert "sedang divalidasi" in waiting["teguran"]
    assert waiting["validasi_bayar"] == ""
    page = desk.task_page(UUID(task.id), treasurer, office.at)
    assert "sedang divalidasi" in page.waiting
    assert not page.may_work
    taken = [tasks.next_task(treasurer, office.at) for _ in range(2)]
    assert taken == [UUID(office.task(case_id, "validasi_bayar").id)] * 2
    office.do(case_id, "validasi_bayar", "bendahara", "tidak_sah")
    assert desk.task_page(UUID(task.id), treasurer, office.at).may_work


def test_who_paid_too_little_reads_the_one_day_that_holds_now(office):
    case_id = billed(office)
    with transaction() as store:
        first = store.payments.assessment(case_id, "SKRD").due_at
    assert [one.date() for one in days_read(office, case_id)] == [first.date()] * 2
    pay(office, case_id, owed(case_id) - 1)
    office.do(case_id, "validasi_bayar", "bendahara", "kurang_bayar")
    assert days_read(office, case_id) == [term(office, case_id)] * 2
    assert term(office, case_id).date() != first.date()
