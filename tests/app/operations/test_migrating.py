"""Running cases on a new release: the effect shown first, moved one by one, put back until their next step."""

import json
from collections import Counter
from uuid import UUID

import pytest

from app.cli import release_files
from app.operations import auditing, drafting, migrating, processes, suspending, tasks
from app.store import transaction
from engine.case import read_clock
from engine.errors import CaseSuspended, NotAllowed, Refused, SubmissionInvalid
from engine.scenarios import FOLDER

REASON = "Alur baru menurut perubahan SOP"


def changed(change):
    """The release's own files, changed; without its scenarios, which tell of the course as it was."""
    return {
        name: change(name, content.decode()).encode() if name.endswith((".bpmn", ".json")) else content
        for name, content in release_files().items()
        if not name.startswith(FOLDER)
    }


def release(office, change):
    """Deploy the release's own files, changed; it takes effect at once."""
    return processes.deploy(changed(change), "uji", office.at, development=True, by=office.people["admin"]).id


def renamed(name, text):
    """The same diagrams; one step is called differently."""
    return (
        text.replace('name="Verifikasi keabsahan"', 'name="Verifikasi dan keabsahan"')
        if name.endswith(".bpmn")
        else text
    )


def replaced(name, text):
    """The step at which the verifier works has another id: another step as far as anybody can know."""
    if not name.endswith(".bpmn"):
        return text
    kept = text.replace('value="verifikasi_keabsahan"', 'value="@"')
    return kept.replace("verifikasi_keabsahan", "verifikasi_ulang").replace('value="@"', 'value="verifikasi_keabsahan"')


def promises(office, case_id):
    with transaction() as store:
        held, world = store.cases.see(case_id), store.calendars.world()
        return {
            one.name: read_clock(held.case, one, world, office.at).promised_at for one in held.case.clocks if one.events
        }


@pytest.fixture
def running(office):
    """A file at its verifier, who has taken it."""
    case_id = office.registered("SIPB")
    tasks.claim_task(UUID(office.task(case_id, "verifikasi_keabsahan").id), office.people["verifikator"], office.at)
    return case_id


def test_the_effect_on_every_running_file_is_shown_before_anything_is_done(office, running):
    target = release(office, renamed)
    seen = {one.case_id: one for one in migrating.foresee(target, office.people["proses"], office.at)}
    assert seen[running].verdict == "moves"
    assert seen[running].clocks
    assert all(one.before == one.after for one in seen[running].clocks)
    assert office.case(running).case.deployment.id != target


def test_a_file_moves_with_its_task_its_holder_its_draft_and_its_clocks(office, running):
    task = office.task(running, "verifikasi_keabsahan")
    drafting.save_draft(UUID(task.id), {"catatan": ["sudah separuh"]}, office.people["verifikator"], office.at, 0)
    before = promises(office, running)
    target = release(office, renamed)
    assert migrating.migrate(running, target, REASON, office.people["proses"], office.at) == "moves"
    held = office.case(running)
    moved = office.task(running, "verifikasi_keabsahan")
    assert held.case.deployment.id == target
    assert (moved.id, moved.assignee, moved.name) == (task.id, task.assignee, "Verifikasi dan keabsahan")
    assert promises(office, running) == before
    with transaction() as store:
        assert store.task_drafts.of(office.people["verifikator"], UUID(task.id))[0] == {"catatan": ["sudah separuh"]}
        assert store.cases.events(running)[-1].kind == "case_migrated"
    assert auditing.verify(running).faults == ()
    office.do(running, "verifikasi_keabsahan", "verifikator")
    assert office.task(running, "tentukan_jalur")


def test_a_move_is_undone_until_the_files_next_step(office, running):
    old = office.case(running).case.deployment.id
    target = release(office, renamed)
    migrating.migrate(running, target, REASON, office.people["proses"], office.at)
    migrating.put_back(running, office.people["proses"], office.at)
    assert office.case(running).case.deployment.id == old
    assert office.task(running, "verifikasi_keabsahan").name == "Verifikasi keabsahan"
    with pytest.raises(Refused, match="Tidak ada pemindahan"):
        migrating.put_back(running, office.people["proses"], office.at)
    migrating.migrate(running, target, REASON, office.people["proses"], office.at)
    office.do(running, "verifikasi_keabsahan", "verifikator")
    with pytest.raises(Refused, match="sudah melangkah sejak dipindahkan"):
        migrating.put_back(running, office.people["proses"], office.at)
    assert auditing.verify(running).faults == ()


def test_a_file_whose_open_step_is_gone_waits_for_a_choice(office, running):
    target = release(office, replaced)
    task = office.task(running, "verifikasi_keabsahan").id
    with pytest.raises(Refused) as refused:
        migrating.migrate(running, target, REASON, office.people["proses"], office.at)
    assert "tidak ada lagi" in str(refused.value)
    chosen = {task: "verifikasi_ulang"}
    migrating.migrate(running, target, REASON, office.people["proses"], office.at, chosen)
    assert office.task(running, "verifikasi_ulang").id != task
    assert auditing.verify(running).faults == ()


def test_a_file_whose_permit_a_release_no_longer_has_is_told_so_by_the_permits_name(office, running):
    def without(name, text):
        if not name.endswith("permits.json"):
            return text
        return json.dumps({code: one for code, one in json.loads(text).items() if code != "SIPB"})

    with pytest.raises(Refused) as refused:
        migrating.migrate(running, release(office, without), REASON, office.people["proses"], office.at)
    assert "Jenis izin Surat Izin Praktik Bidan tidak ada lagi" in str(refused.value)


def test_all_files_that_move_by_themselves_are_moved_and_a_repeat_finds_nothing_left(office, running):
    others = [office.registered("PEN"), office.open("SIPB")]
    target = release(office, renamed)
    said = []
    counted = migrating.migrate_all(
        target, REASON, office.people["proses"], office.at, lambda one, told: said.append(told)
    )
    assert counted["moves"] == len(said) == len({running, *others})
    assert migrating.migrate_all(target, REASON, office.people["proses"], office.at) == Counter()
    assert all(office.case(one).case.deployment.id == target for one in others)


def test_a_suspended_file_moves_and_stays_suspended_until_it_is_resumed(office, running):
    suspending.suspend(running, REASON, office.people["proses"], office.at)
    stood = promises(office, running)
    target = release(office, renamed)
    assert migrating.migrate(running, target, REASON, office.people["proses"], office.at) == "moves"
    held = office.case(running)
    assert held.case.suspended
    assert held.case.deployment.id == target
    assert promises(office, running) == stood
    with pytest.raises(CaseSuspended):
        office.do(running, "verifikasi_keabsahan", "verifikator")
    suspending.resume(running, REASON, office.people["proses"], office.at)
    office.do(running, "verifikasi_keabsahan", "verifikator")
    assert auditing.verify(running).faults == ()


def test_a_second_release_moves_the_files_of_the_first_and_of_the_second(office, running):
    first = release(office, renamed)
    migrating.migrate(running, first, REASON, office.people["proses"], office.at)
    second = release(office, lambda name, text: renamed(name, text).replace("dan keabsahan", "serta keabsahan"))
    assert migrating.migrate(running, second, REASON, office.people["proses"], office.at) == "moves"
    assert office.task(running, "verifikasi_keabsahan").name == "Verifikasi serta keabsahan"
    assert auditing.verify(running).faults == ()


def test_files_are_moved_by_the_process_administrator_with_a_reason_to_the_release_in_effect(office, running):
    first, _second = release(office, renamed), release(office, replaced)
    with pytest.raises(NotAllowed):
        migrating.migrate(running, first, REASON, office.people["verifikator"], office.at)
    with pytest.raises(Refused):
        migrating.migrate(running, first, REASON, office.people["proses"], office.at)
    with pytest.raises(SubmissionInvalid):
        migrating.migrate(running, _second, " ", office.people["proses"], office.at)


def test_the_files_of_an_earlier_release_bring_it_back_at_once_in_development_and_else_by_a_second_person(office):
    first = processes.active()
    second = release(office, renamed)
    again = processes.deploy(release_files(), "kembali", office.at, development=True)
    assert (again.id, again.status, processes.active().id) == (first.id, "active", first.id)
    waiting = processes.deploy(changed(renamed), "lagi", office.at, development=False, by=office.people["proses"])
    assert (waiting.id, waiting.status, processes.active().id) == (second, "draft", first.id)
    with pytest.raises(Refused):
        processes.approve(second, office.people["proses"], office.at)
    processes.approve(second, office.people["proses2"], office.at)
    assert processes.active().id == second
