"""A change that touches more clocks than one transaction takes: right for every reader at once, in the lists soon."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from app.clock import WIB
from app.operations import board, explaining, inbox, recounting, refreshing, warning
from app.store import transaction
from engine.case import read_clock
from tests.app.operations.test_force_majeure import AFTERWARDS, TUESDAY, WEDNESDAY, declare, kept, proposal, undo
from tests.browser.stocked import undisturbed

SLICE = 7


@pytest.fixture
def large(office_after, monkeypatch):
    """An office of thirty running clocks to which that is many."""
    office = office_after(undisturbed)
    office.at = AFTERWARDS - timedelta(minutes=30)
    monkeypatch.setattr(refreshing, "MOST_WITHIN", 3)
    monkeypatch.setattr(recounting, "AT_ONCE", SLICE)
    return office


def wrong():
    """Clocks whose kept promise is not what a reading says."""
    written, read = kept()
    return {id for id, row in written.items() if row.promised_at != read[id].promised_at}


def ask(statement):
    with transaction() as store:
        return [tuple(row) for row in store.session.execute(text(statement))]


def work_on(office):
    slices = 0
    while recounting.recount_one(office.at):
        slices += 1
    return slices


def test_a_large_change_is_counted_after_its_commit_in_slices_until_every_kept_reading_is_right(large):
    declare(large, proposal(TUESDAY, WEDNESDAY))
    assert len(wrong()) > SLICE, "the lists still say what they said before"
    assert work_on(large) > 2
    assert wrong() == set()
    [(counted, moved, done)] = ask("select counted, moved, done_at is not null from recounts")
    assert done
    assert moved == ask("select count(*) from promises where because like 'kahar:%'")[0][0] > 0
    assert counted >= moved


def test_from_the_commit_on_a_page_reads_right_and_its_list_says_that_it_is_being_counted(large):
    def promised():
        lines = board.board(large.people["kasi"], large.at).lines
        return {one.row.id: one.clock.promised_at for one in lines}

    assert board.board(large.people["kasi"], large.at).recounting == frozenset()
    before = promised()
    declare(large, proposal(TUESDAY, WEDNESDAY))
    told, marked = promised(), board.board(large.people["kasi"], large.at).recounting
    late = {case for case in told if told[case] != before[case]}
    assert late
    assert late <= marked
    assert board.find(large.people["kasi"], large.at).recounting >= late & set(told)
    page = explaining.page(next(iter(late)), _service_clock(next(iter(late))), large.people["kasi"], large.at)
    assert page.recounting
    assert page.clock.promised_at == told[next(iter(late))]
    assert inbox.inbox(large.people["verifikator"], inbox.InboxFilter(view="kelompok"), large.at).recounting
    work_on(large)
    assert promised() == told
    assert board.board(large.people["kasi"], large.at).recounting == frozenset()


def _service_clock(case_id):
    with transaction() as store:
        return store.cases.see(case_id).case.clock("L").id


def test_a_worker_that_died_between_two_slices_is_followed_by_one_that_goes_on_where_it_was(large, monkeypatch):
    declare(large, proposal(TUESDAY, WEDNESDAY))
    assert recounting.recount_one(large.at)
    left = wrong()

    def dies(*told):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("app.store.counted_rows.wake", dies)
        with pytest.raises(KeyboardInterrupt):
            recounting.recount_one(large.at)
    assert wrong() == left, "half a slice leaves nothing"
    work_on(large)
    assert wrong() == set()
    twice = "select clock_id, promised_at from promises where because like 'kahar:%' group by 1, 2 having count(*) > 1"
    assert ask(twice) == []


def test_what_the_lists_kept_otherwise_is_right_after_every_clock_was_counted_anew(large, application):
    with transaction() as store:
        store.session.execute(
            text("update clock_readings set promised_at = promised_at - interval '5 days', late = true")
        )
    assert len(wrong()) > SLICE
    ran = application.test_cli_runner().invoke(args=["recount"])
    assert ran.exit_code == 0, ran.output
    assert wrong() == set()
    [(clocks, counted, moved)] = ask(
        "select (select count(*) from clock_readings), counted, moved from recounts where because = 'hitung ulang'"
    )
    assert counted == clocks
    assert f"{counted} jam dihitung ulang; {moved} janji" in ran.output
    assert ask("select count(*) from promises where because = 'hitung ulang'") == [(moved,)]


def test_counting_anew_what_is_right_changes_nothing_that_anybody_reads(large):
    written = {id: (row.promised_at, row.running, row.started_at) for id, row in kept()[0].items()}
    recounting.recount_all(large.at)
    work_on(large)
    assert {id: (row.promised_at, row.running, row.started_at) for id, row in kept()[0].items()} == written
    assert ask("select moved from recounts where because = 'hitung ulang'") == [(0,)]


def test_a_change_undone_while_its_slices_are_under_way_leaves_what_was_before(large):
    before = {id: row.promised_at for id, row in kept()[0].items()}
    id = declare(large, proposal(TUESDAY, WEDNESDAY))
    recounting.recount_one(large.at)
    undo(large, id)
    large.at = AFTERWARDS - timedelta(minutes=10)
    work_on(large)
    assert {id: row.promised_at for id, row in kept()[0].items()} == before
    assert ask("select count(*) from recounts where done_at is null") == [(0,)]


def test_a_warning_is_fired_by_what_is_read_not_by_what_the_list_still_says(large):
    """The stop takes the time away in which the file would have come to its end."""
    [(case_id, due)] = ask(
        "select r.case_id, r.promised_at from clock_readings r join clocks c on c.id = r.clock_id "
        f"where c.kind = 'L' and r.promised_at > '{large.at.isoformat()}' order by r.promised_at limit 1"
    )
    declare(large, proposal(TUESDAY, None))
    warning.fire(case_id, due + timedelta(minutes=1))
    fired = f"select count(*) from rungs_fired f join clocks c on c.id = f.clock_id where f.case_id = '{case_id}' "
    assert ask(fired + "and c.kind = 'L' and f.rung = 100") == [(0,)]


def test_a_step_meanwhile_reads_by_the_new_world_and_its_case_is_not_counted_back(large):
    large.at -= timedelta(hours=1)
    case_id = large.registered("SIPB")
    declare(large, proposal(TUESDAY, WEDNESDAY))
    large.do(case_id, "verifikasi_keabsahan", "verifikator")
    work_on(large)
    with transaction() as store:
        held, row = store.cases.see(case_id), store.case_lists.case_row(case_id)
        now = read_clock(held.case, held.case.clock("L"), store.calendars.world(), large.at)
    assert row.promised_at == now.promised_at
    assert wrong() == set()


def test_a_small_change_is_counted_in_its_own_transaction(office):
    office.registered("SIPB")
    office.at = datetime(2026, 8, 7, 9, 0, tzinfo=WIB)
    declare(office, proposal(TUESDAY, WEDNESDAY))
    assert ask("select count(*) from recounts") == [(0,)]
    assert wrong() == set()
