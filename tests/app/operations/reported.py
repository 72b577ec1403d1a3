"""A month of work and its report, as tests of reports begin."""

from datetime import datetime, timedelta

from app.clock import WIB
from app.operations import reports
from app.operations.report_contents import contents
from app.store import transaction
from tests.app.operations.flowing import decided, path_decided_by_kasi, to_signature

SEPTEMBER = datetime(2026, 9, 1, 9, 0, tzinfo=WIB)  # the first working morning after August
OCTOBER = datetime(2026, 10, 1, 9, 0, tzinfo=WIB)


def issued(office, permit="PEN"):
    """A file that was registered and issued."""
    case_id = decided(office, permit)
    to_signature(office, case_id)
    return case_id


def drafted(office, code="2026-08", by="kasi", note=""):
    return reports.draft(code, note, office.people[by], office.at)


def checked(office, report_id, by="kabid"):
    office.later(minutes=10)
    reports.check(report_id, office.people[by], office.at)


def signed(office, code="2026-08"):
    """The report of a period, from its draft to its signature; its id."""
    report_id = drafted(office, code)
    checked(office, report_id)
    office.later(minutes=10)
    reports.sign(report_id, office.people["kadis"], office.at)
    return report_id


def row(report_id):
    with transaction() as store:
        return store.reports.row(report_id)


def until_next_month(office, when=SEPTEMBER):
    office.at = max(office.at + timedelta(minutes=1), when)


def late_in_august(office):
    """A file whose promise passed in August, and which was issued in time for nobody."""
    case_id = office.registered("PEN")
    with transaction() as store:
        promised = store.case_lists.case_row(case_id).promised_at
    office.at = promised + timedelta(days=2)
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    path_decided_by_kasi(office, case_id)
    to_signature(office, case_id)
    return case_id, promised


def whole(report_id):
    """A report with the facts of all its files, as its workbook is made of."""
    with transaction(snapshot=True) as store:
        return contents(store, store.reports.row(report_id))
