"""Claiming, releasing, giving to a colleague, and holds on request: the process does not move."""

import pytest

from engine import case
from engine.errors import NotAllowed, Refused, TaskNotOpen, TaskTaken
from tests.processes.walking import Walk, applicant, holder, person, wib


@pytest.fixture
def walk():
    return Walk("TRY", "2026-08-01 08:00").do("ajukan").do("periksa_kelengkapan", "lengkap", "2026-08-03 08:00")


def claimed(walk, by, element="verifikasi_keabsahan"):
    walk._take(case.claim_task(walk.case, walk.task(element).id, by, walk.now))
    return walk.task(element)


def test_a_claimed_task_is_held_and_the_state_says_that_somebody_works_on_it(walk):
    assert walk.case.state == "TERDAFTAR"
    task = claimed(walk, holder("VB"))
    assert (task.assignee, task.claimed_at, walk.case.state) == (holder("VB").id, walk.now, "VERIFIKASI")
    assert [one.kind for one in walk.events[-2:]] == ["task_claimed", "state_changed"]


def test_claiming_ones_own_again_is_allowed_and_moves_no_state(walk):
    claimed(walk, holder("VB"))
    claimed(walk, holder("VB"))
    assert walk.events[-1].kind == "task_claimed"


def test_a_task_held_by_somebody_is_not_claimed(walk):
    claimed(walk, holder("VB"))
    with pytest.raises(TaskTaken):
        claimed(walk, person("Rekan", "VB"))


def test_a_task_is_claimed_by_its_role_only(walk):
    with pytest.raises(NotAllowed):
        claimed(walk, holder("PP"))
    with pytest.raises(TaskNotOpen):
        case.claim_task(walk.case, "tidak ada", holder("VB"), walk.now)


def test_claiming_moves_neither_process_nor_clock(walk):
    before = walk.case
    claimed(walk, holder("VB"))
    assert (walk.case.snapshot, walk.case.clocks) == (before.snapshot, before.clocks)


def test_the_holder_or_his_head_puts_a_task_back(walk):
    for by in (holder("VB"), holder("KS"), holder("KB"), holder("KD")):
        task = claimed(walk, holder("VB"))
        walk._take(case.release_task(walk.case, task.id, by, walk.now, "rapat"))
        assert walk.task("verifikasi_keabsahan").assignee is None
        assert walk.task("verifikasi_keabsahan").claimed_at is None
        assert walk.events[-1].body["reason"] is True


def test_a_colleague_does_not_put_back_what_another_holds(walk):
    task = claimed(walk, holder("VB"))
    with pytest.raises(NotAllowed):
        case.release_task(walk.case, task.id, person("Rekan", "VB"), walk.now)


def test_a_head_gives_a_task_to_one_who_may_do_it(walk):
    task = walk.task("verifikasi_keabsahan").id
    colleague = person("Rekan", "VB")
    walk._take(case.reassign_task(walk.case, task, colleague, holder("KB"), walk.now))
    assert walk.task("verifikasi_keabsahan").assignee == colleague.id
    with pytest.raises(TaskTaken):
        walk.do("verifikasi_keabsahan")
    assert walk.do("verifikasi_keabsahan", by=colleague).open == ["tentukan_jalur"]


def test_a_task_is_not_given_to_one_who_may_not_do_it_nor_by_one_who_may_not_give(walk):
    task = walk.task("verifikasi_keabsahan").id
    with pytest.raises(Refused):
        case.reassign_task(walk.case, task, holder("PP"), holder("KB"), walk.now)
    with pytest.raises(Refused):
        case.reassign_task(walk.case, task, applicant(), holder("KB"), walk.now)
    with pytest.raises(NotAllowed):
        case.reassign_task(walk.case, task, person("Rekan", "VB"), holder("FO"), walk.now)


def test_a_hold_is_the_kasis_to_grant_and_needs_an_end_to_come(walk):
    with pytest.raises(NotAllowed):
        case.grant_hold(walk.case, wib("2026-08-10 08:00"), holder("KB"), walk.now)
    with pytest.raises(Refused):
        case.grant_hold(walk.case, walk.now, holder("KS"), walk.now)


def test_a_hold_needs_a_running_count():
    with pytest.raises(Refused):
        Walk().hold("2026-08-10 08:00")
    with pytest.raises(Refused):
        Walk("SIPB").carry_to("serahkan").hold("2026-12-01 08:00")


def test_a_hold_is_told_with_its_end_and_both_marks(walk):
    walk.hold("2026-08-10 08:00", "2026-08-03 10:00")
    told = [one for one in walk.events if one.kind in ("hold_granted", "clock_paused", "clock_resumed")]
    assert told[0].body == {"until": "2026-08-10T08:00:00+07:00"}
    assert [(one.kind, one.at) for one in told[1:]] == [
        *[("clock_paused", wib("2026-08-03 10:00"))] * 2,
        *[("clock_resumed", wib("2026-08-10 08:00"))] * 2,
    ]
    assert {one.recorded_at for one in told} == {walk.now}


def test_a_second_hold_follows_when_the_first_is_over(walk):
    walk.hold("2026-08-04 08:00", "2026-08-03 10:00")
    with pytest.raises(Refused):
        walk.hold("2026-08-06 08:00", "2026-08-04 07:59")
    walk.hold("2026-08-06 08:00", "2026-08-04 08:00")
    assert walk.reading("L", "2026-08-06 09:00").elapsed_minutes == 120 + 60
