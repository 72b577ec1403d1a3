"""A file whose open step is gone goes on at the step chosen for it: other work, begun anew, and back again."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.operations import auditing, case_then, cases, control_card, desk, drafting, migrating, tasks
from app.operations.work import Work
from app.store import transaction
from engine.case import Doing, Step, put_back, read_clock
from engine.clocks import PastSpells
from engine.errors import TaskNotOpen
from tests.app.operations.remembering import Diary
from tests.app.operations.test_leaps import NO_CHECK, NO_INITIAL, to_the_calculation, to_the_initials
from tests.app.operations.test_migrating import REASON, promises, release, replaced

REDRAWN = "verifikasi_ulang"


@pytest.fixture
def held(office):
    """A file at its verifier, who took it and had begun to type."""
    case_id = office.registered("SIPB")
    task = UUID(office.task(case_id, "verifikasi_keabsahan").id)
    tasks.claim_task(task, office.people["verifikator"], office.at)
    drafting.save_draft(task, {"catatan": ["sudah separuh"]}, office.people["verifikator"], office.at, 0)
    office.later(hours=2)
    return case_id


def moved(office, case_id, change, old, new):
    """The file taken from one step to another by choice; the task before and the task after."""
    target, was = release(office, change), office.task(case_id, old)
    verdict = migrating.migrate(case_id, target, REASON, office.people["proses"], office.at, {was.id: new})
    assert verdict == "chosen"
    return was, office.task(case_id, new)


def rows(office, case_id):
    with transaction() as store:
        return {str(one.id): one for one in store.task_lists.tasks_of(case_id)}


def step_clock(office, case_id, task):
    """The reading of a task's own clock."""
    with transaction() as store:
        case, world = store.cases.see(case_id).case, store.calendars.world()
        clock = next(one for one in case.clocks if one.task == task)
        return read_clock(case, clock, world, office.at), clock


def draft(office, task, by="verifikator"):
    with transaction() as store:
        found = store.task_drafts.of(office.people[by], UUID(task))
    return found and found[0]


def test_the_work_at_another_step_is_received_and_timed_from_the_move_and_the_promise_stands(office, held):
    given, begun = promises(office, held)["L"], office.task(held, "verifikasi_keabsahan").opened_at
    was, now = moved(office, held, replaced, "verifikasi_keabsahan", REDRAWN)
    assert now.id != was.id
    assert (now.opened_at, was.opened_at) == (office.at, begun)
    ended, going = rows(office, held)[was.id], rows(office, held)[now.id]
    assert (ended.status, ended.closed_at, going.status) == ("cancelled", office.at, "open")
    assert step_clock(office, held, was.id)[0].state == "STOPPED"
    reading, clock = step_clock(office, held, now.id)
    assert (reading.state, reading.started_at, clock.budget) == ("RUNNING", office.at, now.standard)
    assert promises(office, held)["L"] == given
    assert auditing.verify(held).faults == ()


def test_its_holder_keeps_it_with_what_he_typed_where_role_and_form_are_the_same(office, held):
    was, now = moved(office, held, replaced, "verifikasi_keabsahan", REDRAWN)
    assert (now.assignee, now.claimed_at) == (was.assignee, office.at)
    assert draft(office, now.id) == {"catatan": ["sudah separuh"]}
    office.do(held, REDRAWN, "verifikator")
    assert office.task(held, "tentukan_jalur")
    with pytest.raises(TaskNotOpen, match="dipindahkan ke langkah Verifikasi keabsahan oleh "):
        desk.task_page(UUID(was.id), office.people["verifikator"], office.at)


def test_work_of_another_role_waits_for_somebody_and_begins_with_an_empty_form(office):
    case_id = to_the_calculation(office)
    task = UUID(office.task(case_id, "cek_retribusi").id)
    tasks.claim_task(task, office.people["kasi"], office.at)
    drafting.save_draft(task, {"catatan": ["x"]}, office.people["kasi"], office.at, 0)
    was, now = moved(office, case_id, NO_CHECK, "cek_retribusi", "terbit_skrd")
    assert (now.role != was.role, was.assignee) == (True, office.people["kasi"])
    assert (now.assignee, now.claimed_at, draft(office, now.id, "kasi")) == (None, None, None)
    assert was.form_key != now.form_key


def test_the_way_back_leaves_the_work_as_if_it_had_never_gone(office, held):
    was = office.task(held, "verifikasi_keabsahan")
    due = step_clock(office, held, was.id)[0].promised_at
    _, now = moved(office, held, replaced, "verifikasi_keabsahan", REDRAWN)
    office.later(hours=1)
    drafting.save_draft(UUID(now.id), {"catatan": ["hampir selesai"]}, office.people["verifikator"], office.at, 1)
    migrating.put_back(held, office.people["proses"], office.at)
    assert office.task(held, "verifikasi_keabsahan") == was
    with pytest.raises(TaskNotOpen, match="pemindahan berkasnya dibatalkan oleh "):
        desk.task_page(UUID(now.id), office.people["verifikator"], office.at)
    reading = step_clock(office, held, was.id)[0]
    assert (reading.state, reading.promised_at) == ("RUNNING", due)
    assert step_clock(office, held, now.id)[0].state == "NOT_STARTED"
    assert draft(office, was.id) == {"catatan": ["hampir selesai"]}
    assert {id: one.status for id, one in rows(office, held).items() if id in (was.id, now.id)} == {
        was.id: "open",
        now.id: "cancelled",
    }
    assert auditing.verify(held).faults == ()
    office.do(held, "verifikasi_keabsahan", "verifikator")
    assert office.task(held, "tentukan_jalur")


def test_a_file_goes_back_and_forth_and_its_page_says_of_every_instant_what_it_said_then(office, held):
    diary = Diary(office, held)
    for _ in range(2):
        moved(office, held, replaced, "verifikasi_keabsahan", REDRAWN)
        diary.note(days=1)
        migrating.put_back(held, office.people["proses"], office.at)
        diary.note()
    moved(office, held, replaced, "verifikasi_keabsahan", REDRAWN)
    diary.note()
    office.do(held, REDRAWN, "verifikator")
    diary.note()
    assert diary.differences() == {}
    assert auditing.verify(held).faults == ()


def test_what_counts_for_force_majeure_is_where_the_file_stood_at_that_time(office, held):
    moved(office, held, replaced, "verifikasi_keabsahan", REDRAWN)
    with transaction() as store:
        spells = [one for one in store.cases.see(held).case.spells if hasattr(one, "since")]
    there = {one.step: (one.since, one.until) for one in spells if one.step == REDRAWN}
    assert there == {REDRAWN: (office.at, None)}


def spells(case):
    """When officials' work was open, as sorted plain values; what was packed to be read back is over and the same."""
    found = (one for spell in case.spells for one in (spell.apart() if isinstance(spell, PastSpells) else [spell]))
    return sorted(((one.step, one.since, one.until) for one in found), key=repr)


def test_a_moved_file_is_the_same_in_hand_as_read_again_there_and_back(office, held):
    release_id, by = release(office, replaced), office.people["proses"]
    with transaction() as store:
        stands, chosen = store.cases.lock(held), {"verifikasi_keabsahan": REDRAWN}
        found = migrating.tried(stands, store.deployments.get(release_id), chosen, by, office.at)
        migrating.carry(store, stands, found, store.deployments.get(release_id), REASON, by, office.at)
    assert spells(found.step.case) == spells(office.case(held).case)
    with transaction() as store:
        now, last = store.cases.lock(held), store.moves.last(held)
        lost = {id: stands.case.task(old) for old, id in found.instead.items()}
        doing = Doing(office.at, office.at, by, "AP")
        back = put_back(now.case, store.deployments.get(last.before_id), last.snapshot, doing, lost)
        assert [one for one in spells(back.case) if one[0] != REDRAWN] == spells(stands.case)
    migrating.put_back(held, by, office.at)
    assert spells(back.case) == spells(office.case(held).case)


def test_during_a_hold_the_new_steps_time_stands_still_and_going_back_takes_that_back_too(office, held):
    hold = cases.ask_hold(held, "Sedang di luar kota", None, office.people["pemohon"], office.at)
    cases.decide_hold(hold, True, office.at + timedelta(days=3), "", office.people["kasi"], office.at)
    was, now = moved(office, held, replaced, "verifikasi_keabsahan", REDRAWN)
    assert step_clock(office, held, now.id)[0].state == "PAUSED"
    migrating.put_back(held, office.people["proses"], office.at)
    assert step_clock(office, held, now.id)[0].state == "NOT_STARTED"
    assert step_clock(office, held, was.id)[0].state == "PAUSED"
    assert auditing.verify(held).faults == ()


def test_whoever_kept_his_work_across_the_move_is_known_to_have_held_it(office, held):
    _, now = moved(office, held, replaced, "verifikasi_keabsahan", REDRAWN)
    with transaction() as store:
        then = case_then.at_instant(store, store.cases.see(held), office.at)
    assert [(one.id, one.assignee) for one in then.tasks] == [(now.id, office.people["verifikator"])]


def test_the_history_says_from_which_step_to_which(office):
    case_id = to_the_initials(office)
    moved(office, case_id, NO_INITIAL, "paraf_kasi", "paraf_kabid")
    with transaction() as store:
        found, told = store.cases.see(case_id), store.cases.events(case_id)
        card = control_card.values(Work(store, found, Step(found.case, ()), office.at, {}))["riwayat"]
    [end] = [one for one in told if one.kind == "task_cancelled" and "instead" in one.body]
    assert '"name":"Paraf Kepala Seksi"' in end.body
    said = next(one["peristiwa"] for one in card if one["no"] == str(end.seq))
    assert said == "Tugas dipindahkan: Paraf Kepala Seksi ke Paraf Kepala Bidang"
