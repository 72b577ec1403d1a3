"""A step taken back leaves the file as if it had never been done, and time that passed counts."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import case
from engine.case.clockwork import Doing
from tests.engine.case.test_properties import FREE, LEVIED, STEPS, WANDERING, to_the_end, wander
from tests.processes.order import in_order
from tests.processes.walking import A_WHILE, Walk, world


def taken_back(walk, was, before, told):
    """The file after its last step, of which that was `told`, was taken back; the tasks as they were held."""
    completed = next((one.body["task"] for one in told if one.kind == "task_completed"), "")
    lost = [one for one in was.tasks if one.id in case.reopening(walk.case, before)]
    doing = Doing(walk.now, case.present(walk.case, walk.now), None, "AP")
    return case.take_back(walk.case, before, lost, doing, doing.event("step_recalled"), completed)


def standing(one):
    """What holds of a file: all of it but what was only told."""
    clocks = {clock.id: clock.standing for clock in one.clocks if clock.standing}
    spells = sorted(((s.unit, s.step, s.since) for s in one.spells if s.until is None), key=repr)
    tasks = frozenset((task.id, task.element, task.assignee, task.opened_at) for task in one.tasks)
    return one.snapshot, one.state, tasks, one.waiting, one.timer_at, one.done, clocks, spells


class Hesitating(Walk):
    """Every step is done, taken back after a while, and done again: as if by somebody who could not decide."""

    def _take(self, step):
        was, told = self.case, len(self.events)
        super()._take(step)
        if was is None or self.case.closed or self.case.snapshot == was.snapshot:
            return
        after, clocks = self.case, case.before(was)
        self.now += A_WHILE
        back = taken_back(self, was, clocks, step.events)
        assert standing(back.case) == standing(was)
        self.case = back.case
        in_order(None, self.case, [*self.events[: told + 1], *back.events], world(), self.now)
        assert readings(self.case, self.now) == readings(was, self.now)
        self.case = after


def readings(one, at):
    """What every clock that began shows at an instant."""
    return {
        clock.id: (read.state, read.elapsed, read.promised_at, read.paused_by, read.rungs)
        for clock in one.clocks
        if clock.standing and (read := case.read_clock(one, clock, world(), at))
    }


@pytest.mark.parametrize("permits", [LEVIED, FREE], ids=["levied", "free"])
@WANDERING
@given(seed=st.integers(0, 2**32))
def test_whatever_step_is_taken_back_the_file_stands_where_it_stood(permits, seed):
    random = Random(seed)
    walk = Hesitating(random.choice(permits), "2026-03-02 08:00", channel=random.choice(["daring", "loket"]))
    for _ in range(STEPS):
        if walk.case.closed:
            break
        wander(walk, random)


def last(walk):
    """What was told of the last step that somebody completed."""
    place = max(n for n, one in enumerate(walk.events) if one.kind == "task_completed")
    return walk.events[place:]


def verified():
    """A file whose verifier has just found it valid."""
    walk = Walk("SIPB", "2026-08-03 08:00").carry_to("verifikasi_keabsahan")
    was, before = walk.case, case.before(walk.case)
    walk.do("verifikasi_keabsahan", "sah")
    return walk, was, before


def test_a_step_taken_back_can_be_done_again_otherwise_and_the_file_comes_to_its_end():
    walk, was, before = verified()
    walk.now += timedelta(hours=1)
    walk.case = taken_back(walk, was, before, last(walk)).case
    walk.do("verifikasi_keabsahan", "perbaikan")
    assert walk.open == ["perbaikan"]
    to_the_end(walk)
    assert walk.case.closed


def test_the_clock_of_a_step_taken_back_ran_all_the_while():
    walk, was, before = verified()
    at = walk.now + timedelta(hours=1)
    untouched = [case.read_clock(was, one, world(), at).elapsed for one in was.clocks]
    walk.now = at
    back = taken_back(walk, was, before, last(walk)).case
    assert [case.read_clock(back, one, world(), at).elapsed for one in back.clocks[: len(was.clocks)]] == untouched


def test_whoever_took_a_step_back_did_not_do_it():
    walk, was, before = verified()
    back = taken_back(walk, was, before, last(walk)).case
    assert "verifikasi_keabsahan" not in {one.element for one in back.done}


def test_the_history_keeps_the_step_and_tells_that_it_was_taken_back():
    walk, was, before = verified()
    told = [one.kind for one in taken_back(walk, was, before, last(walk)).events]
    assert told[:3] == ["step_recalled", "task_cancelled", "task_reopened"]
    assert "clock_corrected" in told


def test_a_task_of_which_nobody_knows_any_more_is_not_opened_again():
    walk, _was, before = verified()
    doing = Doing(walk.now, walk.now, None, "AP")
    with pytest.raises(ValueError, match="tasks unknown"):
        case.take_back(replace(walk.case), before, [], doing, doing.event("step_recalled"))


@pytest.mark.parametrize(
    ("done", "after", "said"),
    [
        (["task_completed"], [], ""),
        (["task_completed", "task_opened"], ["notice_sent", "hold_asked"], ""),
        (["task_completed", "number_reserved"], [], "nomor"),
        (["task_completed", "letter_issued"], [], "surat"),
        (["task_completed"], ["task_claimed"], "diambil"),
        (["task_completed"], ["task_claimed", "task_completed"], "diambil"),
        (["task_completed"], ["hold_granted"], "melangkah"),
        (["task_completed"], ["step_recalled"], "sudah ditarik kembali"),
    ],
)
def test_a_step_that_cannot_be_taken_back_says_why(done, after, said):
    why = case.lasting(done, after)
    assert bool(why) == bool(said)
    assert said in why
