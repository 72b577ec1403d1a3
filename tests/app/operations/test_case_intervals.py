"""The time between two entries of the history is service time, and says whose it was."""

from datetime import timedelta

from app.operations import case_page, cases
from app.operations.case_intervals import intervals
from app.store import transaction
from engine.case import read_clock


def told(office, case_id):
    page = case_page.case_page(case_id, office.people["kasi"], office.at)
    rows = list(reversed(page.events))
    return page, rows, intervals(page, rows)


def test_before_the_service_clock_starts_the_time_is_theirs_who_had_work_open(office):
    case_id = office.open("SIPB")
    office.later(minutes=20)
    office.do(case_id, "ajukan", "pemohon")
    office.later(minutes=30)
    office.do(case_id, "periksa_kelengkapan", "loket")
    _page, _rows, found = told(office, case_id)
    assert [(one.minutes, one.whose) for _seq, one in sorted(found.items())] == [
        (20, ("pemohon",)),
        (30, ("kantor",)),
    ]


def test_while_it_runs_the_intervals_add_up_to_the_service_time_and_a_hold_is_the_applicants(office):
    case_id = office.registered("SIPB")
    office.later(minutes=40)
    hold = cases.ask_hold(case_id, "Sedang di luar kota", None, office.people["pemohon"], office.at)
    cases.decide_hold(hold, True, office.at + timedelta(days=1), "", office.people["kasi"], office.at)
    office.later(hours=2)
    cases.ask_hold(case_id, "Masih di luar kota", None, office.people["pemohon"], office.at)
    page, rows, found = told(office, case_id)
    assert [found[seq].whose for seq in sorted(found) if seq > 8][-2:] == [("kantor",), ("pemohon",)]
    start = next(one for one in rows if one.kind == "clock_started" and '"clock":"L"' in one.body)
    with transaction() as store:
        reading = read_clock(page.held.case, page.held.case.clock("L"), store.calendars.world(), rows[0].at)
    since = sum(one.minutes for seq, one in found.items() if seq > start.seq)
    assert since == int(reading.split.gross - reading.split.closed) == 110
