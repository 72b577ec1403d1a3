"""A token moved by hand: the open task is given up, the case goes on from elsewhere, and comes to its end."""

import random

import pytest

from engine import bpmn
from engine.errors import Incident, Refused, TaskNotOpen
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_random_diagrams import LIST, Sketch, any_act, perform
from tests.engine.bpmn.walking import Walk, one_file, roled


def relocated(walk, element, to):
    """The walk gone on from another element."""
    found = bpmn.relocate(walk.definition, walk.position.snapshot, walk.task(element).id, to, walk.context)
    walk.stand(found)
    return walk


def line(*ids, extra=(), ways=()):
    parts = [d.user(one) for one in ids]
    return one_file(
        d.message("cabut"),
        roled("izin", d.start(), *parts, *extra, d.end(), d.chain("mulai", *ids, "selesai"), *ways, tasks=ids),
    )


def forked():
    """a, then b1 b2 beside c, then z."""
    ids = ("a", "b1", "b2", "c", "z")
    ways = (d.chain("mulai", "a", "fork", "b1", "b2", "join", "z", "selesai"), d.chain("fork", "c", "join"))
    parts = [*map(d.user, ids), d.parallel("fork"), d.parallel("join")]
    return one_file(roled("izin", d.start(), *parts, d.end(), *ways, tasks=ids))


def test_a_token_goes_back_and_forth_and_keeps_what_was_entered():
    walk = Walk(line("a", "b", "c")).complete("a", x=1)
    relocated(walk, "b", "a")
    assert walk.open == ["a"]
    assert walk.data["a"] == {"x": 1}
    relocated(walk, "a", "c").complete("c")
    assert walk.position.ended


def test_nothing_of_the_case_that_was_given_is_changed():
    walk = Walk(line("a", "b", "c"))
    before = walk.position.snapshot
    bpmn.relocate(walk.definition, before, walk.task("a").id, "c", walk.context)
    assert bpmn.read(walk.definition, before) == bpmn.read(walk.definition, walk.position.snapshot)
    assert walk.complete("a").open == ["b"]


def test_no_token_of_a_branch_is_moved_behind_an_event_beside_an_activity_where_the_join_would_wait_for_it():
    ids = ("a", "b", "c", "ingat")
    ways = (d.chain("mulai", "fork", "a", "b", "join", "selesai"), d.chain("fork", "c", "join"))
    beside = (d.boundary("lewat", "a", d.after("P2D"), False), d.end("akhir"), d.chain("lewat", "ingat", "akhir"))
    parts = [*map(d.user, ids), d.parallel("fork"), d.parallel("join"), *beside]
    walk = Walk(one_file(roled("izin", d.start(), *parts, d.end(), *ways, tasks=ids))).complete("a")
    with pytest.raises(Refused):
        relocated(walk, "b", "ingat")
    walk = relocated(walk, "b", "a").complete("a").complete("b").complete("c")
    assert walk.position.ended


def test_what_waits_on_the_boundary_of_the_task_ends_with_it_and_that_of_the_new_place_begins():
    lapse = d.boundary("batas", "b", d.by_message("cabut"))
    files = line("a", "b", "c", extra=(lapse, d.end("gugur")), ways=(d.flow("batas", "gugur"),))
    walk = relocated(Walk(files), "a", "b")
    assert (walk.open, walk.position.waiting) == (["b"], ("cabut",))
    relocated(walk, "b", "a")
    assert (walk.open, walk.position.waiting) == (["a"], ())
    relocated(walk, "a", "b").receive("cabut")
    assert walk.position.ended


def test_within_its_branch_a_token_moves_and_the_branches_still_meet():
    walk = Walk(forked()).complete("a")
    relocated(walk, "b1", "b2")
    assert sorted(walk.open) == ["b2", "c"]
    walk.complete("b2").complete("c")
    assert walk.open == ["z"]
    relocated(walk, "z", "a")
    assert walk.open == ["a"]
    walk.complete("a").complete("b1").complete("b2").complete("c").complete("z")
    assert walk.position.ended


@pytest.mark.parametrize(("done", "task", "to"), [(("a",), "b1", "c"), (("a",), "b1", "z"), ((), "a", "b1")])
def test_into_or_out_of_a_branch_beside_others_no_token_is_moved(done, task, to):
    walk = Walk(forked())
    for one in done:
        walk.complete(one)
    with pytest.raises(Refused, match="berdampingan"):
        relocated(walk, task, to)


@pytest.mark.parametrize("to", ["mulai", "tidak_ada", "b"])
def test_a_token_goes_to_no_start_to_nothing_unknown_and_not_where_it_stands(to):
    walk = Walk(line("a", "b", "c")).complete("a")
    with pytest.raises(Refused):
        relocated(walk, "b", to)


def test_a_task_that_is_not_open_cannot_be_moved():
    walk = Walk(line("a", "b"))
    done = walk.task("a").id
    walk.complete("a")
    with pytest.raises(TaskNotOpen):
        bpmn.relocate(walk.definition, walk.position.snapshot, done, "b", walk.context)


def test_a_member_of_a_repetition_stays_and_none_is_a_place_to_go_to():
    many = d.user("m", inner=d.many("daftar", "satu", "hasil", "semua"))
    ids = ("a", "m", "z")
    files = one_file(
        roled("izin", d.start(), d.user("a"), many, d.user("z"), d.end(), d.chain("mulai", *ids, "selesai"), tasks=ids)
    )
    walk = Walk(files, data={"daftar": LIST})
    with pytest.raises(Refused):
        relocated(walk, "a", "m")
    walk.complete("a")
    with pytest.raises(Refused):
        relocated(walk, "m", "z")


@pytest.mark.parametrize("seed", range(60))
def test_wherever_a_token_is_moved_the_others_stay_and_the_case_still_comes_to_its_end(seed):
    dice = random.Random(seed)
    walk = Walk(Sketch(seed).files(), data={"daftar": LIST})
    elements = sorted(walk.definition.scope("izin"))
    for _ in range(25):
        if walk.position.ended:
            return
        if walk.position.tasks and dice.random() < 0.5:
            _try_moving(walk, dice.choice(walk.position.tasks), dice.choice(elements))
        else:
            perform(walk, any_act(dice, walk.position), {"ya": dice.random() < 0.3, "ke": 1})
    for _ in range(200):
        if walk.position.ended:
            return
        perform(walk, any_act(dice, walk.position), {"ya": False, "ke": 1})
    raise AssertionError(f"never ends: {walk.open}, {walk.position.waiting}")


def _try_moving(walk, task, to):
    others = {one.id for one in walk.position.tasks} - {task.id}
    try:
        found = bpmn.relocate(walk.definition, walk.position.snapshot, task.id, to, walk.context)
    except (Refused, Incident):
        return
    assert task.id not in {one.id for one in found.tasks}
    assert others <= {one.id for one in found.tasks}
    walk.stand(found)
