"""Paying a levy: one sum, one day until when, for the applicant and the treasurer alike."""

from app.operations import applications, desk
from app.store import transaction
from tests.app.operations.flowing import billed, owed, pay


def days_read(office, case_id):
    """The day until when the levy is to be paid, as the applicant and the treasurer read it."""
    pages = (
        applications.page(case_id, office.people["pemohon"], office.at),
        desk.case_page(case_id, office.people["bendahara"], office.at),
    )
    return [one.due_days[one.assessments[-1].id] for one in pages]


def term(office, case_id):
    page = applications.page(case_id, office.people["pemohon"], office.at)
    return next(one.promised_at for one in page.clocks if one.name == "P_BAYAR")


def test_who_paid_too_little_reads_the_one_day_that_holds_now(office):
    case_id = billed(office)
    with transaction() as store:
        first = store.payments.assessment(case_id, "SKRD").due_at
    assert [one.date() for one in days_read(office, case_id)] == [first.date()] * 2
    pay(office, case_id, owed(case_id) - 1)
    office.do(case_id, "validasi_bayar", "bendahara", "kurang_bayar")
    assert days_read(office, case_id) == [term(office, case_id)] * 2
    assert term(office, case_id).date() != first.date()
