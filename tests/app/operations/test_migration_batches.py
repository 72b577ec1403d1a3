"""Cases moved together: begun after the effect was seen, one by one, never lost or done twice, taken back."""

from uuid import UUID, uuid4

import pytest

from app.operations import (
    auditing,
    batch_page,
    impact,
    impact_page,
    migration_batches,
    officials,
    processes,
    publishing,
    tasks,
)
from app.operations.impact import Subject
from app.store import transaction
from engine.errors import NotAllowed, Refused, SubmissionInvalid
from tests.app.operations.flowing import decided, handed_over, to_signature
from tests.app.operations.test_concurrency import at_once
from tests.app.operations.test_impact import counted
from tests.app.operations.test_leaps import DRAFTING, NO_INITIAL, TWICE, choose, dates_of, move, to_the_initials
from tests.app.operations.test_migrating import REASON, release, renamed, replaced


@pytest.fixture
def running(office):
    """Files at their verifiers, an application, another permit."""
    return [office.registered("SIPB"), office.registered("PEN"), office.open("SIPB")]


@pytest.fixture
def target(office, running):
    """A release in effect whose effect was counted."""
    id = release(office, renamed)
    counted(office, Subject(id))
    return id


def start(office, target, because=REASON, key=None):
    return migration_batches.start(target, because, office.people["proses"], office.at, key)


def work(office):
    done = 0
    while migration_batches.work_one(office.at):
        done += 1
    return done


def page(office, batch, state=""):
    return batch_page.page(batch, state, None, office.people["pengawas"], office.at)


def say(office, batch, act):
    migration_batches.say(batch, act, office.people["proses"], office.at)


def on(office, target, cases):
    return [one for one in cases if office.case(one).case.deployment.id == target]


def test_a_batch_moves_every_file_that_can_and_tells_of_each(office, running, target):
    batch = start(office, target)
    assert on(office, target, running) == []
    work(office)
    found = page(office, batch)
    assert (found.row.status, found.counts["moved"], found.total) == ("done", 3, 3)
    assert on(office, target, running) == running
    assert {one.case_id for one in found.items} == set(running)
    assert all(auditing.verify(one).faults == () for one in running)
    told = [one.kind for one in office_events() if one.kind.startswith("migration_")]
    assert told == ["migration_started", "migration_ended"]


def office_events():
    with transaction() as store:
        return store.calendars.office_chain()


def test_what_needs_a_choice_or_stays_is_left_with_its_reason(office):
    left, moves = office.registered("SIPB"), office.open("SIPB")
    target = release(office, replaced)
    counted(office, Subject(target))
    batch = start(office, target)
    work(office)
    found = {one.case_id: one for one in page(office, batch).items}
    assert (found[left].state, found[moves].state) == ("left", "moved")
    assert "tidak ada lagi" in found[left].reasons[0]


def test_choices_made_for_a_group_are_carried_out(office):
    case_id = office.registered("SIPB")
    task = office.task(case_id, "verifikasi_keabsahan").id
    target = release(office, replaced)
    counted(office, Subject(target))
    process = office.case(case_id).case.process
    impact.choose(
        Subject(target), process, "verifikasi_keabsahan", "verifikasi_ulang", office.people["proses"], office.at
    )
    counted(office, Subject(target))
    batch = start(office, target)
    work(office)
    assert page(office, batch).counts["moved"] == 1
    assert page(office, batch).items[0].reasons == ("Dari Verifikasi keabsahan ke Verifikasi keabsahan",)
    assert office.task(case_id, "verifikasi_ulang").id != task


def test_a_batch_that_is_cut_off_loses_nothing_and_repeats_nothing(office, running, target, monkeypatch):
    batch = start(office, target)
    migration_batches.work_one(office.at)
    with monkeypatch.context() as broken:
        broken.setattr("app.store.batches.BatchStore.mark", _dies)
        with pytest.raises(KeyboardInterrupt):
            migration_batches.work_one(office.at)
    assert len(on(office, target, running)) == 1
    work(office)
    assert page(office, batch).counts["moved"] == 3
    with transaction() as store:
        moves = [one for case in running for one in store.cases.events(case) if one.kind == "case_migrated"]
    assert len(moves) == 3


def _dies(*_given, **_named):
    raise KeyboardInterrupt


def test_two_workers_at_once_move_each_file_once(office, application, running, target):
    batch = start(office, target)

    def working():
        while migration_batches.work_one(office.at):
            pass

    assert at_once(application, working, working) == [None, None]
    assert page(office, batch).counts["moved"] == 3
    with transaction() as store:
        kinds = [one.kind for case in running for one in store.cases.events(case)]
    assert kinds.count("case_migrated") == 3


def test_a_file_that_steps_before_its_turn_is_tried_as_it_then_stands(office, running, target):
    batch = start(office, target)
    office.do(running[0], "verifikasi_keabsahan", "verifikator")
    work(office)
    assert page(office, batch).counts["moved"] == 3
    assert office.task(running[0], "tentukan_jalur")


def test_a_batch_is_held_taken_up_again_and_stopped(office, running, target):
    batch = start(office, target)
    migration_batches.work_one(office.at)
    say(office, batch, "jeda")
    assert work(office) == 0
    assert page(office, batch).counts["waiting"] == 2
    with pytest.raises(Refused):
        say(office, batch, "jeda")
    say(office, batch, "lanjut")
    migration_batches.work_one(office.at)
    say(office, batch, "henti")
    assert work(office) == 0
    found = page(office, batch)
    assert (found.row.status, found.counts["moved"], found.counts["waiting"]) == ("stopped", 2, 1)
    with pytest.raises(Refused):
        say(office, batch, "lanjut")


def test_a_file_whose_turn_had_come_is_not_moved_once_the_batch_is_held(office, running, target, monkeypatch):
    batch = start(office, target)
    whole = migration_batches._next

    def held_meanwhile():
        found = whole()
        say(office, batch, "jeda")
        return found

    with monkeypatch.context() as between:
        between.setattr(migration_batches, "_next", held_meanwhile)
        migration_batches.work_one(office.at)
    assert on(office, target, running) == []
    assert page(office, batch).counts["waiting"] == 3


def test_a_batch_is_taken_back_as_far_as_its_files_made_no_other_step(office, running, target):
    before = [office.case(one).case.deployment.id for one in running]
    batch = start(office, target)
    work(office)
    office.do(running[0], "verifikasi_keabsahan", "verifikator")
    with pytest.raises(SubmissionInvalid):
        migration_batches.undo(batch, " ", office.people["proses2"], office.at)
    migration_batches.undo(batch, "Langkahnya keliru", office.people["proses2"], office.at)
    work(office)
    found = {one.case_id: one for one in page(office, batch).items}
    assert [found[one].state for one in running] == ["kept", "put_back", "put_back"]
    assert "sudah melangkah" in found[running[0]].reasons[0]
    assert [office.case(one).case.deployment.id for one in running] == [target, *before[1:]]
    assert page(office, batch).undone_by
    assert page(office, batch).undone_because == "Langkahnya keliru"
    assert all(auditing.verify(one).faults == () for one in running)
    with pytest.raises(Refused):
        migration_batches.undo(batch, "Sekali lagi saja", office.people["proses"], office.at)


def test_a_file_that_went_on_to_another_release_is_not_taken_back_from_there(office, running, target):
    batch = start(office, target)
    work(office)
    further = release(office, lambda name, text: renamed(name, text).replace("dan keabsahan", "serta keabsahan"))
    counted(office, Subject(further))
    start(office, further)
    work(office)
    migration_batches.undo(batch, "Langkahnya keliru", office.people["proses"], office.at)
    work(office)
    assert page(office, batch).counts["kept"] == 3
    assert on(office, further, running) == running


def test_a_batch_stands_still_when_its_release_is_not_in_effect_any_more(office, running, target):
    batch = start(office, target)
    migration_batches.work_one(office.at)
    release(office, lambda name, text: renamed(name, text).replace("dan keabsahan", "serta keabsahan"))
    work(office)
    found = page(office, batch)
    assert (found.row.status, found.counts["moved"]) == ("paused", 1)
    assert "terbitan yang berlaku" in found.fault


def test_a_batch_stands_still_when_who_began_it_may_not_any_more(office, running, target):
    batch = start(office, target)
    officials.disable(office.people["proses"], office.people["admin"], office.at)
    work(office)
    found = page(office, batch)
    assert (found.row.status, found.counts["moved"]) == ("paused", 0)
    assert "tidak berwenang lagi" in found.fault


def test_one_file_that_breaks_is_left_and_the_others_go_on(office, running, target, monkeypatch):
    whole = migration_batches.migrating.carry

    def failing(store, held, *more):
        if held.id == running[0]:
            raise ZeroDivisionError
        return whole(store, held, *more)

    monkeypatch.setattr(migration_batches.migrating, "carry", failing)
    batch = start(office, target)
    work(office)
    found = {one.case_id: one for one in page(office, batch).items}
    assert [found[one].state for one in running] == ["left", "moved", "moved"]
    assert "tidak terduga" in found[running[0]].reasons[0]


def test_a_batch_begins_once_after_the_effect_was_counted_with_a_reason_by_the_process_administrator(office, running):
    target = release(office, renamed)
    with pytest.raises(Refused, match="Hitung dahulu"):
        start(office, target)
    counted(office, Subject(target))
    with pytest.raises(SubmissionInvalid):
        start(office, target, " ")
    with pytest.raises(NotAllowed):
        migration_batches.start(target, REASON, office.people["kadis"], office.at)
    key = uuid4()
    batch = start(office, target, key=key)
    assert start(office, target, key=key) == batch
    with pytest.raises(Refused, match="Pemindahan lain"):
        start(office, target)
    for act in ("jeda", "henti"):
        with pytest.raises(NotAllowed):
            migration_batches.say(batch, act, office.people["pengawas"], office.at)


def test_two_who_begin_at_once_begin_one_batch(office, application, running, target):
    found = at_once(application, lambda: start(office, target), lambda: start(office, target))
    assert sum(isinstance(one, Refused) for one in found) == 1
    assert sum(isinstance(one, UUID) for one in found) == 1


def test_a_task_in_somebodys_hands_stays_there(office, running, target):
    task = UUID(office.task(running[0], "verifikasi_keabsahan").id)
    tasks.claim_task(task, office.people["verifikator"], office.at)
    start(office, target)
    work(office)
    assert office.task(running[0], "verifikasi_keabsahan").assignee == office.people["verifikator"]


def test_what_a_stopped_taking_back_left_is_taken_back_later(office, running, target):
    batch = start(office, target)
    work(office)
    migration_batches.undo(batch, "Alurnya keliru", office.people["proses"], office.at)
    migration_batches.work_one(office.at)
    say(office, batch, "henti")
    assert page(office, batch).counts["moved"] == 2
    migration_batches.undo(batch, "Sisanya juga", office.people["proses2"], office.at)
    work(office)
    found = page(office, batch)
    assert (found.counts["put_back"], found.undone_because, found.row.status) == (3, "Sisanya juga", "done")
    assert on(office, target, running) == []
    with pytest.raises(Refused):
        migration_batches.undo(batch, "Sekali lagi", office.people["proses"], office.at)


def test_nobody_begins_with_choices_that_another_changed_since_he_read_them(office):
    case_id = office.registered("SIPB")
    subject = Subject(release(office, replaced))
    counted(office, subject)
    read = impact_page.page(subject, impact_page.Wanted(), None, office.people["pengawas"], office.at).choices
    choose(office, subject, "verifikasi_ulang")
    by = office.people["proses"]
    with pytest.raises(Refused, match="berubah sejak halaman ini dibuka"):
        migration_batches.start(subject.deployment, REASON, by, office.at, seen=read)
    now = impact_page.page(subject, impact_page.Wanted(), None, office.people["pengawas"], office.at).choices
    migration_batches.start(subject.deployment, REASON, by, office.at, seen=now)
    work(office)
    assert office.task(case_id, "verifikasi_ulang")


def test_everything_that_a_batch_lacks_is_told_at_once(office):
    to_the_initials(office)
    subject = Subject(release(office, NO_INITIAL))
    counted(office, subject)
    choose(office, subject, "paraf_sekretaris")
    with pytest.raises(SubmissionInvalid) as invalid:
        start(office, subject.deployment, " ")
    assert [*invalid.value.errors] == ["alasan", "sadar"]


def test_a_file_that_was_moved_twice_comes_back_by_a_release_that_is_brought_back_and_goes_on_to_its_permit(office):
    """Into a sub-process, that into another, and out of both again."""
    first, case_id = processes.active().id, decided(office, "SIPB")
    for change in (DRAFTING, TWICE):
        move(office, release(office, change), "susun_naskah")
        office.later(minutes=5)
    dates = dates_of(office, case_id)
    publishing.bring_back(first, "Kembali ke alur semula", office.people["proses"], office.at)
    processes.approve(first, office.people["proses2"], office.at, aware=True)
    move(office, first, "susun_naskah")
    assert (office.case(case_id).case.deployment.id, dates_of(office, case_id)) == (first, dates)
    to_signature(office, case_id)
    handed_over(office, case_id)
    office.do(case_id, "skm", "pemohon", "dikirim", bersedia=False)
    assert office.case(case_id).case.closed
