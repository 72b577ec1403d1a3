"""Whether a case is in order: what must hold of every case after every step, whatever was done."""

from collections import Counter
from datetime import timedelta

from engine import case
from engine.clocks import APPLICANT_CAUSES
from engine.events import KINDS


def in_order(before, after, events, world, at):
    """Look at a case after a step; `events`: all of its events so far."""
    someone_waits(after)
    told_in_order(events)
    tasks_and_clocks_agree(after)
    spells_agree(after)
    for clock in after.clocks:
        if before is None or clock not in before.clocks:
            well_formed(clock)
            read_as_marked(after, clock, world, at)
    if before is not None:
        nothing_was_rewritten(before, after)
    looked_at_again(after, world, at)


def someone_waits(after):
    assert after.closed or after.tasks or after.waiting or after.timer_at, "nobody waits for anything"
    assert not (after.closed and (after.tasks or after.timer_at)), "closed, yet something is open"


def told_in_order(events):
    recorded = [one.recorded_at for one in events]
    assert recorded == sorted(recorded), "recorded time went back"
    assert {one.kind for one in events} <= KINDS


def tasks_and_clocks_agree(after):
    open_tasks = {one.id for one in after.tasks}
    for clock in after.clocks:
        if clock.kind == "T":
            assert clock.running == (clock.task in open_tasks), f"task clock of {clock.task}"
        if clock.kind == "P" and clock.running:
            assert f"{clock.name}.lewat" in after.waiting, f"{clock.name} runs, nobody waits for it"
        assert not (after.closed and clock.running), f"{clock.name} runs in a closed file"
    counted = {one.id for one in after.tasks if one.standard}
    assert counted == {one.task for one in after.clocks if one.kind == "T" and one.running}


def spells_agree(after):
    official = Counter((one.unit or "DPMPTSP", one.element) for one in after.tasks if one.role != "PM")
    assert official == Counter((one.unit, one.step) for one in after.spells if one.until is None)


def well_formed(clock):
    """One START, then STOP and REOPEN by turns; PAUSE and RESUME of a cause by turns; numbered, never back-recorded.

    Of a clock whose beginning was taken back nothing holds.
    """
    assert [one.seq for one in clock.events] == list(range(1, len(clock.events) + 1))
    recorded = [one.recorded_at for one in clock.events]
    assert recorded == sorted(recorded)
    if not clock.standing:
        return
    life = [one.kind for one in clock.standing if one.kind in ("START", "STOP", "REOPEN")]
    assert life == ["START", *("STOP" if n % 2 == 0 else "REOPEN" for n in range(len(life) - 1))], life
    for cause in {one.cause for one in clock.standing if one.cause}:
        marks = [one.kind for one in clock.standing if one.cause == cause]
        assert marks == ["PAUSE" if n % 2 == 0 else "RESUME" for n in range(len(marks))], (clock.name, cause, marks)


def read_as_marked(after, clock, world, at):
    """The reading of a later day shows nothing but what was marked: no pause without an end, no end passed over."""
    case.read_clock(after, clock, world, at)
    later = case.read_clock(after, clock, world, at + timedelta(days=70))
    if clock.standing:
        assert (later.state == "STOPPED") != clock.running
    if clock.running and clock.pausable:
        assert set(later.paused_by) == {one for one in APPLICANT_CAUSES if clock.paused_for(one)}


def nothing_was_rewritten(before, after):
    assert after.done[: len(before.done)] == before.done
    grown = {one.id: one for one in after.clocks}
    for clock in before.clocks:
        assert grown[clock.id].events[: len(clock.events)] == clock.events


def looked_at_again(after, world, at):
    """An awaited term or timer that can be promised is on the worker's list."""
    if after.timer_at:
        due = case.wake_at(after, world, at)
        assert due is not None
        assert due <= after.timer_at
