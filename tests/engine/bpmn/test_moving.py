"""Cases moved to another version: what is open stays open, and goes on as if the new diagram had always been theirs."""

import random

import pytest

from engine import bpmn
from engine.bpmn.moving import CHOICE, MOVES, SAME, STAYS, Versions, rehearse
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_random_diagrams import LIST, Sketch, Wide, any_act, perform
from tests.engine.bpmn.walking import Remembered, Walk, one_file, roled


def definition(files):
    return bpmn.parse(files, d.catalogue())


def line(*ids, extra=(), more="", ways=()):
    """Tasks one after the other."""
    parts = [d.user(one) for one in ids]
    return one_file(
        d.message("cabut"),
        roled("izin", d.start(), *parts, *extra, d.end(), more or d.chain("mulai", *ids, "selesai"), *ways, tasks=ids),
    )


def moved(walk, files, choices=None):
    """The walk on the new files, from where it stood."""
    found = rehearse(
        Versions(walk.definition, definition(files), "izin"), walk.position.snapshot, walk.context, choices
    )
    assert found.position is not None, found.obstacles
    walk.files = files
    walk.stand(found.position)
    return walk


def verdict(walk, files, choices=None):
    found = rehearse(
        Versions(walk.definition, definition(files), "izin"), walk.position.snapshot, walk.context, choices
    )
    return found.verdict, [(one.element, one.kind) for one in found.obstacles]


@pytest.mark.parametrize("sketch", [Sketch, Wide])
@pytest.mark.parametrize("seed", range(30))
def test_a_case_moved_at_any_step_to_the_same_diagram_walks_on_as_if_it_had_stayed(sketch, seed):
    """Everything foreseen is thrown away and foreseen anew before every step; nothing must be lost by that."""
    files, dice = sketch(seed).files(), random.Random(seed)
    kept, mover = Remembered(files, data={"daftar": LIST}), Walk(files, data={"daftar": LIST})
    versions = Versions(definition(files), definition(files), "izin")
    for number in range(40):
        if kept.position.ended:
            break
        found = rehearse(versions, mover.position.snapshot, mover.context)
        assert (found.verdict, found.obstacles) == (SAME, ())
        assert [one.id for one in found.position.tasks] == [one.id for one in mover.position.tasks]
        mover.position = found.position
        act = any_act(dice, kept.position)
        values = {"ya": dice.random() < 0.45, "ke": number}
        perform(mover, act, values)
        perform(kept, act, values)
        assert mover.history[-1] == kept.history[-1], (seed, number, act)
        assert mover.data.keys() == kept.data.keys()


def test_a_step_put_in_after_the_open_one_is_walked():
    walk = Walk(line("a", "b", "c")).complete("a", x=1)
    moved(walk, line("a", "b", "baru", "c"))
    assert walk.open == ["b"]
    walk.complete("b").complete("baru")
    assert walk.open == ["c"]
    assert walk.data["a"] == {"x": 1}


def test_a_step_put_in_before_the_open_one_is_past_and_one_taken_away_hands_its_data_on():
    walk = Walk(line("a", "b", "c")).complete("a", x=1).complete("b", y=2)
    moved(walk, line("pertama", "b", "c"))
    assert walk.open == ["c"]
    assert {key: walk.data[key] for key in ("a", "b")} == {"a": {"x": 1}, "b": {"y": 2}}
    assert walk.complete("c").position.ended


def test_what_a_step_that_was_taken_away_left_in_a_second_round_outlasts_the_wait_behind_it():
    def rounds(*ids):
        parts = (d.exclusive("m"), d.catch("tunggu", d.after("P2D")), d.exclusive("x", "f_x_z"))
        ways = (d.chain("mulai", "a", "m", *ids, "tunggu", "x", "z", "selesai"), d.flow("x", "m", "a.ya"))
        return line("a", *ids, "z", extra=parts, more="".join(ways))

    walk = Walk(rounds("b")).complete("a", ya=True).complete("b", isi=[1, {"x": 1}]).wait(days=2)
    walk.complete("b", isi=[2, {"x": 2}])
    moved(walk, rounds()).wait(days=2)
    assert walk.data["b"] == {"isi": [2, {"x": 2}]}


def test_an_open_task_keeps_its_id():
    walk = Walk(line("a", "b"))
    before = walk.position.tasks[0].id
    assert moved(walk, line("a", "baru", "b")).position.tasks[0].id == before


def test_an_open_step_that_is_gone_needs_a_choice_and_is_never_taken_for_its_neighbour():
    walk = Walk(line("a", "b", "c")).complete("a")
    new = line("a", "x", "c")
    assert verdict(walk, new) == (CHOICE, [("b", CHOICE)])
    task = walk.position.tasks[0].id
    assert verdict(walk, new, {task: "tiada"}) == (CHOICE, [("b", CHOICE)])
    moved(walk, new, {task: "x"})
    assert [one.element for one in walk.position.tasks] == ["x"]
    assert walk.position.tasks[0].id != task, "other work, not the same one under another name"
    assert walk.complete("x").open == ["c"]


def test_of_two_open_tasks_the_one_that_was_chosen_for_is_replaced_and_the_join_still_waits_for_both():
    walk = Walk(forked("a", "b", later=("c",)))
    ids = {one.element: one.id for one in walk.position.tasks}
    moved(walk, forked("x", "b", later=("c",)), {ids["a"]: "x"})
    now = {one.element: one.id for one in walk.position.tasks}
    assert now["b"] == ids["b"]
    assert now["x"] not in ids.values()
    assert walk.complete("x").open == ["b"]
    assert walk.complete("b").open == ["c"]


def test_a_step_that_became_another_kind_needs_a_choice():
    walk = Walk(line("a", "b")).complete("a")
    other = one_file(
        d.message("m"),
        roled(
            "izin",
            d.start(),
            d.user("a"),
            d.catch("b", d.by_message("m")),
            d.user("c"),
            d.end(),
            d.chain("mulai", "a", "b", "c", "selesai"),
            tasks=("a", "c"),
        ),
    )
    assert verdict(walk, other) == (CHOICE, [("b", CHOICE)])


FORK = (d.parallel("p"), d.parallel("j"))


def forked(*ids, later=()):
    """Branches of one task each, then `later`."""
    ways = "".join(d.chain("p", one, "j") for one in ids)
    return line(*ids, *later, extra=FORK, more=d.chain("mulai", "p") + ways + d.chain("j", *later, "selesai"))


def test_a_join_that_one_branch_has_reached_stays_when_it_waits_for_others_now():
    walk = Walk(forked("a", "b")).complete("a")
    assert verdict(walk, forked("a", "b", "c"))[0] == STAYS
    assert verdict(walk, forked("a", "b", later=("akhir",)))[0] == MOVES


def test_a_join_half_reached_goes_on_counting_after_the_move():
    walk = Walk(forked("a", "b")).complete("a", x=1)
    moved(walk, forked("a", "b", later=("akhir",)))
    assert walk.complete("b", y=2).open == ["akhir"]
    assert {key: walk.data[key] for key in ("a", "b")} == {"a": {"x": 1}, "b": {"y": 2}}


def listed(inner, *later):
    return one_file(
        roled(
            "izin",
            d.start(),
            d.user("b", inner=inner),
            *map(d.user, later),
            d.end(),
            d.chain("mulai", "b", *later, "selesai"),
            tasks=("b", *later),
        )
    )


def test_a_repetition_in_its_midst_goes_on_where_it_was_drawn_the_same_and_stays_where_not():
    loop = d.many("daftar", "satu", "semua", "hasil")
    walk = Walk(listed(loop), data={"daftar": ["PUPR", "LH"]}).complete("b", "PUPR", nilai=1)
    assert verdict(walk, listed(d.many("daftar", "satu", "semua", "hasil", sequential=True)))[0] == STAYS
    moved(walk, listed(loop, "akhir"))
    assert walk.complete("b", "LH", nilai=2).open == ["akhir"]
    assert walk.data["semua"] == [{"nilai": 1}, {"nilai": 2}]


def body(*ids, event=True, after=()):
    inside = d.sub("badan", d.start("s"), *map(d.user, ids), d.end("e"), d.chain("s", *ids, "e"))
    beside = (d.boundary("dicabut", "badan", d.by_message("cabut")), d.end("akhir")) if event else ()
    way = d.chain("dicabut", "akhir") if event else ""
    return one_file(
        d.message("cabut"),
        roled(
            "izin",
            d.start(),
            inside,
            *map(d.user, after),
            *beside,
            d.end(),
            d.chain("mulai", "badan", *after, "selesai"),
            way,
            tasks=("badan", *after),
        ),
    )


def test_a_case_inside_a_sub_process_moves_with_it_and_can_still_be_interrupted():
    walk = Walk(body("a", "b")).complete("a", x=1)
    moved(walk, body("a", "b", "c", after=("d",)))
    assert walk.complete("b").open == ["c"]
    moved(walk, body("a", "b", "c", "e2", after=("d",)))
    assert walk.complete("c").open == ["e2"]
    assert walk.receive("cabut").position.ended


def test_events_on_a_running_activity_are_not_added_under_it():
    walk = Walk(body("a", "b", event=False)).complete("a")
    assert verdict(walk, body("a", "b"))[0] == STAYS


def test_a_timer_keeps_its_due_time():
    def timed(*later):
        return one_file(
            roled(
                "izin",
                d.start(),
                d.catch("t", d.after("P5D")),
                *map(d.user, later),
                d.end(),
                d.chain("mulai", "t", *later, "selesai"),
                tasks=later,
            )
        )

    walk = Walk(timed("a"))
    due = walk.position.wake_at
    assert moved(walk, timed("b", "a")).position.wake_at == due
    assert walk.wait(days=5).open == ["b"]


def test_called_processes_move_with_their_caller():
    def calling(*ids):
        inner = roled("lain", d.start("l1"), *map(d.user, ids), d.end("l2"), d.chain("l1", *ids, "l2"), tasks=ids)
        outer = roled("izin", d.start(), d.call("panggil", "lain"), d.end(), d.chain("mulai", "panggil", "selesai"))
        return {**one_file(outer), "lain.bpmn": d.file(inner)}

    walk = Walk(calling("a", "b")).complete("a", x=1)
    moved(walk, calling("a", "b", "c"))
    assert walk.complete("b").open == ["c"]
    assert walk.complete("c").position.ended


def test_a_process_that_is_gone_keeps_its_cases():
    walk = Walk(line("a", "b"))
    other = one_file(roled("lain", d.start(), d.user("a"), d.end(), d.chain("mulai", "a", "selesai"), tasks=["a"]))
    assert verdict(walk, other)[0] == STAYS
