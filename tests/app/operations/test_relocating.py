"""A token is moved by the process administrator: shown first, with a reason, and put back until the next step."""

from uuid import UUID

import pytest

from app.operations import auditing, recalling, relocating, suspending, tasks
from app.store import transaction
from engine.errors import NotAllowed, Refused, SubmissionInvalid, TaskNotOpen
from tests.app.operations import flowing
from tests.hammer.audit import case_faults

WHY = "Salah jalur, Kasi meminta verifikasi ulang"


@pytest.fixture
def drafted(office):
    """A file whose permit the Kasi is to initial."""
    case_id = flowing.decided(office, "SIPB")
    office.do(case_id, "susun_naskah", "pengolahan")
    office.later(hours=1)
    return case_id


def task(office, case_id):
    return UUID(office.case(case_id).case.tasks[0].id)


def move(office, case_id, to):
    return relocating.move(case_id, task(office, case_id), to, WHY, office.people["proses"], office.at)


def sound(office, case_id):
    with transaction() as store:
        found = {name: bad for name, bad in case_faults(store, case_id, office.at).items() if bad}
    assert found == {}
    assert auditing.verify(case_id).faults == ()


def everything(case):
    return case.snapshot, case.state, case.tasks, case.waiting, case.timer_at, case.done


def test_what_a_move_would_do_is_shown_and_nothing_is_done(office, drafted):
    before = office.case(drafted)
    seen = relocating.foresee(drafted, task(office, drafted), "susun_naskah", office.people["proses"], office.at)
    assert [one.element for one in seen.closed] == ["paraf_kasi"]
    assert [one.element for one in seen.opened] == ["susun_naskah"]
    service = next(one for one in seen.clocks if one.name == "L")
    assert service.state == ("RUNNING", "RUNNING")
    assert service.promised_at[0] == service.promised_at[1] is not None
    assert ("NOT_STARTED", "RUNNING") in [one.state for one in seen.clocks if one.name == "T"]
    assert seen.effects == ()
    assert office.case(drafted) == before


def test_a_moved_token_opens_the_new_task_and_the_file_goes_on_to_its_end(office, drafted):
    assert move(office, drafted, "susun_naskah") == ("susun_naskah",)
    sound(office, drafted)
    flowing.to_signature(office, drafted)
    flowing.handed_over(office, drafted)
    sound(office, drafted)
    assert office.case(drafted).case.state == "SELESAI"


def test_a_move_is_put_back_until_the_files_next_step(office, drafted):
    held = UUID(office.task(drafted, "paraf_kasi").id)
    tasks.claim_task(held, office.people["kasi"], office.at)
    before = everything(office.case(drafted).case)
    move(office, drafted, "susun_naskah")
    office.later(minutes=20)
    relocating.undo(drafted, "Ternyata benar", office.people["proses"], office.at)
    assert everything(office.case(drafted).case) == before
    sound(office, drafted)
    with pytest.raises(Refused):
        relocating.undo(drafted, "Ternyata benar", office.people["proses"], office.at)
    move(office, drafted, "susun_naskah")
    office.do(drafted, "susun_naskah", "pengolahan")
    with pytest.raises(Refused):
        relocating.undo(drafted, "Ternyata benar", office.people["proses"], office.at)


def test_a_suspended_file_is_moved_and_stays_suspended(office, drafted):
    suspending.suspend(drafted, WHY, office.people["proses"], office.at)
    move(office, drafted, "susun_naskah")
    assert office.case(drafted).case.suspended
    sound(office, drafted)
    suspending.resume(drafted, WHY, office.people["proses"], office.at)
    relocating.undo(drafted, WHY, office.people["proses"], office.at)
    sound(office, drafted)


def test_a_move_is_no_step_that_its_official_takes_back(office, drafted):
    move(office, drafted, "susun_naskah")
    with pytest.raises(Refused):
        recalling.recall(drafted, office.people["proses"], office.at, WHY)


def test_the_history_tells_from_where_to_where_by_whom_and_why(office, drafted):
    move(office, drafted, "susun_naskah")
    with transaction() as store:
        told = next(one for one in store.cases.events(drafted) if one.kind == "token_moved")
        assert store.steps.reasons(drafted) == {told.seq: WHY}
    assert (told.element, told.by, told.role) == ("paraf_kasi", office.people["proses"], "AP")
    assert '"to":"susun_naskah"' in told.body


def test_only_a_process_administrator_moves_with_a_reason_and_only_within_the_flow(office, drafted):
    here, at = task(office, drafted), office.at
    for login in ("kasi", "kadis", "admin"):
        with pytest.raises(NotAllowed):
            relocating.move(drafted, here, "susun_naskah", WHY, office.people[login], at)
    with pytest.raises(SubmissionInvalid):
        relocating.move(drafted, here, "susun_naskah", " ", office.people["proses"], at)
    for elsewhere in ("verifikasi_keabsahan", "tidak_ada"):
        with pytest.raises(Refused):
            relocating.move(drafted, here, elsewhere, WHY, office.people["proses"], at)
    with pytest.raises(TaskNotOpen):
        relocating.move(drafted, drafted, "susun_naskah", WHY, office.people["proses"], at)


def test_where_the_file_could_not_go_on_from_it_is_not_moved(office, drafted):
    """Beyond the signature's gateway nobody has decided yet what it asks."""
    with pytest.raises(Refused, match="tidak dapat berjalan"):
        move(office, drafted, "ditandatangani")
    assert office.task(drafted, "paraf_kasi")
