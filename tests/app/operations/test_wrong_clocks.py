"""Machines whose clocks are wrong: what the office records stays in order, and says when it was recorded."""

from datetime import timedelta
from uuid import UUID

from app.operations import cases, tasks
from app.store import transaction
from tests.app.operations.test_force_majeure import declare, proposal
from tests.hammer.audit import case_faults

AGREE = (
    "tasks unlike the snapshot",
    "tasks unlike the events",
    "readings unlike a fresh reading",
    "wake-ups unlike a fresh reading",
)


def test_the_record_of_a_file_never_goes_back_though_a_machines_clock_is_wrong(office):
    case_id = office.registered("SIPB")
    office.later(hours=8)  # the machine that takes the wish is ahead
    cases.ask_hold(case_id, "Sedang di luar kota", None, office.people["pemohon"], office.at)
    office.later(hours=-8)
    tasks.claim_task(UUID(office.task(case_id, "verifikasi_keabsahan").id), office.people["verifikator"], office.at)
    with transaction() as store:
        times = [one.recorded_at for one in store.cases.events(case_id)]
    assert times == sorted(times)


def test_the_record_of_a_hold_says_when_it_was_asked(office):
    case_id = office.registered("SIPB")
    office.later(hours=2)
    cases.ask_hold(case_id, "Sedang di luar kota", None, office.people["pemohon"], office.at)
    with transaction() as store:
        asked = next(one for one in store.cases.events(case_id) if one.kind == "hold_asked")
    assert asked.recorded_at == office.at


def test_the_last_promise_is_the_one_that_stands_though_the_declaring_machine_is_behind(office):
    case_id = office.registered("SIPB")
    office.later(hours=-6)
    declare(office, proposal(office.at - timedelta(hours=1), None))
    with transaction() as store:
        told, row = store.cases.promises(case_id), store.case_lists.case_row(case_id)
    assert len(told) == 2
    assert told[-1].promised_at == row.promised_at


def test_a_declaring_machine_that_is_a_day_behind_does_not_take_running_clocks_for_not_started(office):
    office.later(hours=24)  # the machine at the counter is ahead by a day
    case_id = office.registered("SIPB")
    office.later(hours=-25)
    declare(office, proposal(office.at - timedelta(hours=3), None))
    with transaction() as store:
        assert case_faults(store, case_id, office.at + timedelta(hours=40)) == dict.fromkeys(AGREE, 0)
        assert store.cases.promises(case_id)[-1].promised_at is None  # open: no promise can be given
