"""Where a case whose step is gone may be taken: what that passes over, does again, and would lack."""

import random
import re

import pytest

from engine import bpmn
from engine.bpmn.moving import CHOICE, CHOSEN, MOVES, SAME, STAYS, rehearse
from engine.bpmn.needs import Standing
from engine.bpmn.versions import Versions
from engine.services import Answer, service
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_random_diagrams import LIST, Sketch, any_act, perform
from tests.engine.bpmn.walking import Walk, one_file, roled


@service("catat", leaves={"nilai": "number"})
def write_down(call):
    return Answer({"nilai": 1})


@service("levy.assess", leaves={}, kind=("SKRD", "STRD"))
def assess(call, *, kind="SKRD"):
    return Answer({})


@service("letter.issue", leaves={})
def issue(call, *, letter):
    return Answer({})


SERVICES = (write_down, assess, issue)
KNOWN = d.catalogue(SERVICES)


def drawn(*parts, ways, tasks, role="Petugas Loket (FO)"):
    lane = d.lanes(d.lane("jalur", role, *tasks))
    return one_file(d.message("batal"), d.process("izin", lane, d.start(), *parts, d.end(), *ways))


def line(*ids, services=(), more=(), ways=()):
    """Steps one after the other; those of `services` are done by the system."""
    steps = [d.service(one, "catat") if one in services else d.user(one, name=one.title()) for one in ids]
    tasks = [one for one in ids if one not in services]
    return drawn(*steps, *more, ways=(d.chain("mulai", *ids, "selesai"), *ways), tasks=tasks)


def rehearsed(walk, files, chosen="", papers=None):
    versions = Versions(walk.definition, bpmn.parse(files, KNOWN), "izin", papers)
    choices = {one.id: chosen for one in walk.position.tasks} if chosen else {}
    return rehearse(versions, walk.position.snapshot, walk.context, choices)


def places(walk, files, papers=None):
    found = rehearsed(walk, files, papers=papers).places
    return {one.id: one for there in found.values() for one in there}


def walked(files, **more):
    return Walk(files, services=SERVICES, **more)


def test_a_place_right_behind_a_step_that_is_gone_passes_nothing_over():
    walk = walked(line("a", "b", "c")).complete("a")
    found = places(walk, line("a", "c"))["c"]
    assert (found.skipped, found.perhaps, found.again, found.refused) == ((), (), (), "")


def test_a_place_further_on_names_the_steps_and_services_it_passes_over():
    walk = walked(line("a", "b", "c", "s", "e")).complete("a")
    new = line("a", "c", "s", "e", services=("s",))
    assert places(walk, new)["e"].skipped == ("C", "tugas tanpa nama sesudah ‹C›")
    found = rehearsed(walk, new, "e")
    assert (found.verdict, found.leaps[0].skipped) == (CHOSEN, ("C", "tugas tanpa nama sesudah ‹C›"))


def test_a_step_that_takes_the_place_of_the_one_that_is_gone_passes_nothing_over():
    walk = walked(line("a", "b", "c")).complete("a")
    found = places(walk, line("a", "x", "c"))
    assert (found["x"].skipped, found["c"].skipped) == ((), ("X",))


def test_a_place_behind_names_what_is_done_again():
    walk = walked(line("a", "b", "c", "e")).complete("a").complete("b")
    found = places(walk, line("a", "b", "e"))
    assert (found["a"].again, found["b"].again, found["a"].skipped) == (("A", "B"), ("B",), ())


def wrapped(*ids, inside):
    """Steps one after the other, one of them in a sub-process by itself."""
    body = d.sub("badan", d.start("s"), d.user(inside), d.end("e"), d.chain("s", inside, "e"))
    body = body.replace('id="badan"', 'id="badan" name="Pemeriksaan"')
    steps = [d.user(one, name=one.title()) for one in ids if one != inside]
    way = d.chain("mulai", *("badan" if one == inside else one for one in ids), "selesai")
    return drawn(*steps, body, ways=(way,), tasks=[*(one for one in ids if one != inside), "badan"])


def test_a_step_drawn_into_a_sub_process_asks_where_its_case_goes_on_in_the_flow_it_stands_in():
    walk = walked(line("a", "b", "c", "akhir")).complete("a")
    new = wrapped("a", "b", "c", "akhir", inside="b")
    found = rehearsed(walk, new)
    assert (found.verdict, [str(one.reason) for one in found.obstacles]) == (
        CHOICE, ["B kini ada di dalam Pemeriksaan"],
    )  # fmt: skip
    there = places(walk, new)
    assert list(there) == ["b", "a", "c", "akhir"]
    assert (there["b"].skipped, there["b"].again) == ((), ())
    assert (there["a"].again, there["c"].skipped) == (("A",), ("Pemeriksaan",))
    moved = rehearsed(walk, new, "a")
    assert (moved.verdict, [one.element for one in moved.position.tasks]) == (CHOSEN, ["a"])


def test_a_step_drawn_out_of_its_sub_process_asks_where_its_case_goes_on():
    walk = walked(wrapped("a", "b", "c", inside="b")).complete("a")
    found = rehearsed(walk, line("a", "b", "c"))
    assert (found.verdict, [one.element for one in found.obstacles]) == (CHOICE, ["b"])
    assert set(places(walk, line("a", "b", "c"))) == {"a", "b", "c"}


def test_what_waits_in_a_sub_process_that_is_gone_keeps_its_case_with_the_reason():
    body = d.sub("badan", d.start("s"), d.catch("kabar", d.by_message("batal")), d.end("e"), d.chain("s", "kabar", "e"))
    body = body.replace('id="badan"', 'id="badan" name="Pemeriksaan"')
    walk = walked(drawn(body, ways=(d.chain("mulai", "badan", "selesai"),), tasks=("badan",)))
    found = rehearsed(walk, line("a"))
    assert found.verdict == STAYS
    assert "Pemeriksaan tidak ada lagi" in [str(one.reason) for one in found.obstacles]


def branched(*gone, default="y"):
    """a, then the step that may be gone, then x or y, then z."""
    before = [one for one in ("b",) if one not in gone]
    return drawn(
        *(d.user(one, name=one.title()) for one in ("a", *before, "x", "y", "z")),
        d.exclusive("pilih", "ke_y"),
        d.exclusive("temu"),
        ways=(
            d.chain("mulai", "a", *before, "pilih"),
            d.flow("pilih", "x", "a.nilai == 1"),
            d.flow("pilih", "y", id="ke_y"),
            d.chain("x", "temu"),
            d.chain("y", "temu", "z", "selesai"),
        ),
        tasks=("a", *before, "x", "y", "z"),
    )


def test_what_only_some_ways_go_through_is_passed_over_perhaps():
    walk = walked(branched()).complete("a", nilai=1)
    found = places(walk, branched("b"))["z"]
    assert (found.skipped, found.perhaps) == ((), ("X", "Y"))


def looped(*gone):
    """A loop: checked work goes on to be initialled and signed, or back to be reckoned again."""
    ids = [one for one in ("hitung", "cek", "paraf", "tetapkan", "sampaikan") if one not in gone]
    after = ids[ids.index("hitung") + 1]
    return drawn(
        *(d.user(one, name=one.title()) for one in ids),
        d.exclusive("setuju", "ulangi"),
        ways=(
            d.chain("mulai", "hitung", after),
            d.chain(*ids[1 : ids.index("paraf") + 1], "setuju"),
            d.flow("setuju", "tetapkan", "paraf.ya == 1"),
            d.flow("setuju", "hitung", id="ulangi"),
            d.chain("tetapkan", "sampaikan", "selesai"),
        ),
        tasks=ids,
    )


def test_a_loop_back_is_not_taken_for_a_way_onward():
    walk = walked(looped()).complete("hitung")
    found = places(walk, looped("cek"))
    assert found["sampaikan"].skipped == ("Paraf", "Tetapkan")
    assert found["sampaikan"].perhaps == ()
    assert found["hitung"].again == ("Hitung",)


def test_what_was_done_in_an_earlier_round_is_passed_over_in_this_one():
    walk = walked(looped()).complete("hitung").complete("cek").complete("paraf", ya=0).complete("hitung")
    assert walk.open == ["cek"]
    assert places(walk, looped("cek"))["tetapkan"].skipped == ("Paraf",)


def deciding(*gone, needed="c.nilai == 1"):
    ids = [one for one in ("a", "b", "c", "e") if one not in gone]
    return drawn(
        *(d.user(one, name=one.title()) for one in (*ids, "x", "y")),
        d.exclusive("pilih", "ke_y"),
        ways=(
            d.chain("mulai", *ids, "pilih"),
            d.flow("pilih", "x", needed),
            d.flow("pilih", "y", id="ke_y"),
            d.chain("x", "selesai"),
            d.chain("y", "selesai"),
        ),
        tasks=(*ids, "x", "y"),
    )


def test_a_place_from_which_a_choice_asks_what_was_passed_over_is_refused_with_the_reason():
    walk = walked(deciding()).complete("a")
    found = places(walk, deciding("b"))
    assert found["e"].refused == "Belum ada pada berkas: hasil C, yang dipakai gerbang sesudah ‹E›"
    assert (found["c"].refused, found["x"].refused) == ("", "")
    told = rehearsed(walk, deciding("b"), "e")
    assert (told.verdict, told.obstacles[0].kind, told.position) == (CHOICE, CHOICE, None)


def test_what_a_case_has_from_an_earlier_round_or_another_step_is_not_missing():
    walk = walked(deciding(), data={"c": {"nilai": 1}}).complete("a")
    assert places(walk, deciding("b"))["e"].refused == ""
    walk = walked(deciding(needed="a.nilai == 1")).complete("a", nilai=1)
    assert places(walk, deciding("b", needed="a.nilai == 1"))["e"].refused == ""


def test_the_caller_of_a_process_may_need_what_was_passed_over_within_it():
    def calling(*ids):
        inner = roled("lain", d.start("l1"), *map(d.user, ids), d.end("l2"), d.chain("l1", *ids, "l2"), tasks=ids)
        outer = roled(
            "izin", d.start(), d.call("panggil", "lain"), d.exclusive("g", "ke_y"), d.user("x"), d.user("y"), d.end(),
            d.chain("mulai", "panggil", "g"), d.flow("g", "x", "b.nilai == 1"), d.flow("g", "y", id="ke_y"),
            d.chain("x", "selesai"), d.chain("y", "selesai"), tasks=("x", "y"),
        )  # fmt: skip
        return {**one_file(outer), "lain.bpmn": d.file(inner)}

    walk = walked(calling("a", "b", "c"))
    found = places(walk, calling("b", "c"))
    assert (found["b"].refused, found["c"].refused) == (
        "",
        "Belum ada pada berkas: hasil b, yang dipakai gerbang sebelum ‹x›",
    )


def levied(*gone):
    ids = [one for one in ("cek", "paraf", "sampaikan") if one not in gone]
    return drawn(
        *(d.user(one, name=one.title()) for one in ids),
        d.service("tetapkan", "levy.assess", kind="&quot;SKRD&quot;"),
        d.service("sts", "letter.issue", letter="&quot;sts&quot;"),
        ways=(d.chain("mulai", *ids[:-1], "tetapkan", "sampaikan", "sts", "selesai"),),
        tasks=ids,
    )


def test_a_place_from_which_a_letter_tells_of_a_levy_that_was_never_fixed_is_refused():
    walk = walked(levied(), known=d.catalogue(SERVICES))
    papers = {"sts": frozenset({"levy.assess"})}
    found = places(walk, levied("cek"), papers)
    levy, slip = "tugas tanpa nama sesudah ‹Paraf›", "tugas tanpa nama sesudah ‹Sampaikan›"
    assert found["sampaikan"].refused == f"Belum ada pada berkas: hasil {levy}, yang dipakai {slip}"
    assert found["paraf"].refused == ""
    assert places(walk, levied("cek"), {"sts": frozenset()})["sampaikan"].refused == ""


def test_a_place_from_which_a_letter_tells_of_an_answer_that_was_never_given_is_refused():
    walk = walked(levied())
    found = places(walk, levied("cek"), {"sts": frozenset({"paraf"})})
    assert (
        found["sampaikan"].refused
        == "Belum ada pada berkas: hasil Paraf, yang dipakai tugas tanpa nama sesudah ‹Sampaikan›"
    )


FORK = (d.parallel("p"), d.parallel("j"))


def forked(*gone):
    """Two branches of two steps, one step behind both."""
    left, right = (tuple(one for one in arm if one not in gone) for arm in (("a", "b"), ("c", "e")))
    ids = (*left, *right, "akhir")
    return drawn(
        *(d.user(one, name=one.title()) for one in ids),
        *FORK,
        ways=(d.chain("mulai", "p", *left, "j", "akhir", "selesai"), d.chain("p", *right, "j")),
        tasks=ids,
    )


def test_a_branch_that_runs_beside_another_offers_only_its_own_steps():
    walk = walked(forked())
    assert sorted(walk.open) == ["a", "c"]
    assert set(places(walk, forked("a"))) == {"b"}


def heads(first, second, *, inside=()):
    """Two branches that begin with these and go on with b and e; those of `inside` in a sub-process by themselves."""
    parts = []
    for one in (first, second):
        step = d.user(one, name=one.title())
        parts.append(d.sub(f"s_{one}", d.start(f"m_{one}"), step, d.end(f"a_{one}"),
                           d.chain(f"m_{one}", one, f"a_{one}")) if one in inside else step)  # fmt: skip
    left, right = (f"s_{one}" if one in inside else one for one in (first, second))
    ways = (d.chain("mulai", "p", left, "b", "j", "selesai"), d.chain("p", right, "e", "j"))
    return drawn(d.user("b"), d.user("e"), *parts, *FORK, ways=ways, tasks=("b", "e", left, right))


@pytest.mark.parametrize("done", [False, True])
def test_of_two_branches_that_begin_anew_none_is_a_place_for_the_token_of_the_other(done):
    """Both tokens would come by one way into the join, and it would wait for the other for ever."""
    walk = walked(heads("a", "c"))
    if done:
        walk.complete("c")
    assert set(places(walk, heads("x", "c"))) == {"x", "b"}
    assert "e" not in places(walk, heads("x", "y"))
    if done:
        assert places(walk, heads("x", "y")) == {}
        assert set(places(walk, heads("x", "c", inside="c"))) == set()


def test_a_step_goes_into_a_sub_process_where_the_branch_beside_goes_into_one_too():
    walk = walked(heads("a", "c"))
    found = rehearsed(walk, heads("a", "c", inside="ac"))
    assert {key: [one.id for one in there] for key, there in found.places.items()} == {"a": ["a"], "c": ["c"]}


def test_a_branch_that_parts_and_meets_again_in_itself_is_no_place_for_a_token_that_comes_alone():
    """What meets within it is brought; the join behind it waits for the branch beside."""
    before = walked(line("a", "b", "akhir")).complete("a")
    ids = ("a", "x", "k", "l", "y", "akhir")
    inner = (d.parallel("p2"), d.parallel("j2"))
    ways = (d.chain("mulai", "a", "p", "x", "p2", "k", "j2", "j", "akhir", "selesai"), d.chain("p2", "l", "j2"))
    new = drawn(*(d.user(one) for one in ids), *FORK, *inner, ways=(*ways, d.chain("p", "y", "j")), tasks=ids)
    assert set(places(before, new)) == {"a", "akhir"}


def test_no_step_behind_an_event_beside_an_activity_is_a_place_for_a_branch_that_a_join_waits_for():
    """What follows such an event ends by itself: the join would wait for ever."""

    def reminded(*left):
        ids = (*left, "c", "ingat")
        beside = (d.boundary("lewat", "a", d.after("P2D"), False), d.end("akhir"))
        ways = (
            d.chain("mulai", "p", *left, "j", "selesai"),
            d.chain("p", "c", "j"),
            d.chain("lewat", "ingat", "akhir"),
        )
        return drawn(*map(d.user, ids), *FORK, *beside, ways=ways, tasks=ids)

    walk = walked(reminded("a", "b", "e")).complete("a")
    assert set(places(walk, reminded("a", "e"))) == {"e"}


def test_a_step_behind_an_event_beside_an_activity_offers_the_others_behind_it():
    def reminded(*steps):
        ids = ("a", "c", *steps)
        beside = (d.boundary("lewat", "a", d.after("P2D"), False), d.end("akhir"))
        ways = (d.chain("mulai", "a", "c", "selesai"), d.chain("lewat", *steps, "akhir"))
        return drawn(*map(d.user, ids), *beside, ways=ways, tasks=ids)

    walk = walked(reminded("x", "y", "z")).wait(days=2)
    assert set(places(walk, reminded("w", "z"))) == {"w", "z"}
    walk.complete("x")
    assert set(places(walk, reminded("x", "z"))) == {"x", "z"}
    assert set(places(walk, reminded("w", "z"))) == {"w", "z"}


def test_a_step_that_was_done_within_a_sub_process_that_is_gone_is_told_as_done_again():
    def inside(*, gone):
        steps = [d.user(one, name=one.title()) for one in "ab"]
        if gone:
            return line("a", "c")
        body = d.sub("s", d.start("s1"), *steps, d.end("s2"), d.chain("s1", "a", "b", "s2"))
        return drawn(body, d.user("c"), ways=(d.chain("mulai", "s", "c", "selesai"),), tasks=("s", "c"))

    walk = walked(inside(gone=False)).complete("a")
    found = places(walk, inside(gone=True))
    assert {key: one.again for key, one in found.items()} == {"a": ("A",), "c": ()}


def test_a_place_behind_branches_that_meet_passes_over_each_of_them():
    old = line("mula", "b", "akhir")
    walk = walked(old).complete("mula")
    new = drawn(
        *(d.user(one, name=one.title()) for one in ("mula", "a", "c", "akhir")),
        *FORK,
        ways=(d.chain("mulai", "mula", "p", "a", "j", "akhir", "selesai"), d.chain("p", "c", "j")),
        tasks=("mula", "a", "c", "akhir"),
    )
    assert places(walk, new)["akhir"].skipped == ("A", "C")
    assert set(places(walk, new)) == {"mula", "akhir"}


def watched(task, event="dicabut", *, interrupting=True, signal=False, late="P2D"):
    by = d.by_message("batal") if signal else d.after(late)
    return drawn(
        d.user(task, name=task.title()),
        d.user("lain", name="Lain"),
        d.boundary(event, task, by, interrupting),
        d.end("lewat"),
        ways=(d.chain("mulai", task, "lain", "selesai"), d.chain(event, "lewat")),
        tasks=(task, "lain"),
    )


def test_a_task_with_events_on_its_boundary_goes_only_to_one_with_the_same_events():
    walk = walked(watched("b"))
    assert set(places(walk, watched("x", "habis"))) == {"x"}
    found = rehearsed(walk, watched("x", "habis"), "x")
    assert (found.verdict, found.position.wake_at) == (CHOSEN, walk.position.wake_at)
    walk.files = watched("x", "habis")
    walk.stand(found.position)
    assert walk.open == ["x"]
    assert walk.wait(days=2).position.ended


def test_a_task_taken_to_one_with_the_same_events_can_still_be_completed():
    walk = walked(watched("b", signal=True))
    found = rehearsed(walk, watched("x", "habis", signal=True), "x")
    walk.files = watched("x", "habis", signal=True)
    walk.stand(found.position)
    assert walk.position.waiting == ("batal",)
    walk.complete("x")
    assert (walk.open, walk.position.waiting) == (["lain"], ())


@pytest.mark.parametrize(
    "other", [watched("x", late="P3D"), watched("x", interrupting=False), watched("x", signal=True), line("x", "lain")]
)
def test_a_task_whose_boundary_no_other_step_shares_stays_at_once_without_a_choice(other):
    walk = walked(watched("b"))
    found = rehearsed(walk, other)
    assert (found.verdict, found.places) == (STAYS, {})
    assert found.obstacles[0].reason == "Tugas dengan peristiwa batas tidak dapat dipindahkan"


def test_a_step_whose_every_place_is_refused_stays_at_once_with_its_reasons_told():
    walk = walked(levied("paraf"))
    papers = {"sts": frozenset({"levy.assess"})}
    found = rehearsed(walk, levied("paraf", "cek"), papers=papers)
    assert found.verdict == STAYS
    assert [one.refused != "" for one in found.places["cek"]] == [True]


def test_a_member_of_a_repetition_that_is_gone_stays_at_once():
    def many(task):
        loop = d.many("daftar", "satu", "semua", "hasil")
        return drawn(d.user(task, inner=loop), ways=(d.chain("mulai", task, "selesai"),), tasks=(task,))

    walk = walked(many("b"), data={"daftar": ["PUPR", "LH"]})
    found = rehearsed(walk, many("x"))
    assert (found.verdict, found.places) == (STAYS, {})


def weighed(*steps, needed):
    """Steps one after the other, then a choice that reads `needed`."""
    gate = (d.exclusive("pilih", "ke_e"), d.user("x"), d.user("e"))
    ways = (d.chain("mulai", *steps, "pilih"), d.flow("pilih", "x", needed), d.flow("pilih", "e", id="ke_e"))
    tasks = (*steps, "x", "e")
    named = (d.user(one, name=one.title()) for one in steps)
    return drawn(*named, *gate, ways=(*ways, d.chain("x", "selesai"), d.chain("e", "selesai")), tasks=tasks)


MISSING = "Belum ada pada berkas: hasil Baru, yang dipakai gerbang sesudah ‹%s›"


def test_a_case_past_a_step_that_was_put_in_stays_where_something_onward_needs_that_step():
    walk = walked(weighed("a", "b", needed="a.nilai == 1")).complete("a", nilai=1)
    found = rehearsed(walk, weighed("a", "baru", "b", needed="baru.nilai == 1"))
    assert (found.verdict, [str(one.reason) for one in found.obstacles]) == (STAYS, [MISSING % "B"])
    assert rehearsed(walk, weighed("a", "baru", "b", needed="a.nilai == 1")).verdict == MOVES
    assert rehearsed(walk, weighed("a", "b", "baru", needed="baru.nilai == 1")).verdict == MOVES


def test_a_step_that_an_event_broke_off_was_not_done_and_its_answer_is_missed():
    def broken(needed):
        gate = (d.exclusive("pilih", "ke_e"), d.user("b", name="B"), d.user("x"), d.user("e"))
        late = d.boundary("lewat", "a", d.after("P2D"))
        ways = (d.chain("mulai", "a", "b", "pilih"), d.flow("lewat", "b"), d.flow("pilih", "x", needed),
                d.flow("pilih", "e", id="ke_e"), d.chain("x", "selesai"), d.chain("e", "selesai"))  # fmt: skip
        return drawn(d.user("a", name="Baru"), late, *gate, ways=ways, tasks=("a", "b", "x", "e"))

    walk = walked(broken("b.nilai == 1")).wait(days=2)
    found = rehearsed(walk, broken("a.nilai == 1"))
    assert (found.verdict, [str(one.reason) for one in found.obstacles]) == (STAYS, [MISSING % "B"])
    done = walked(broken("b.nilai == 1")).complete("a", nilai=1)
    assert rehearsed(done, broken("a.nilai == 1")).verdict == MOVES


def test_a_case_that_was_never_asked_a_new_question_stays_where_something_onward_needs_the_answer():
    walk = walked(weighed("a", "b", needed="a.nilai == 1")).complete("a", nilai=1)
    found = rehearsed(walk, weighed("a", "b", needed="a.tinggi == 1"))
    assert (found.verdict, [str(one.reason) for one in found.obstacles]) == (
        STAYS, ["Belum ada pada berkas: isian tinggi pada A, yang dipakai gerbang sesudah ‹B›"],
    )  # fmt: skip
    assert rehearsed(walk, weighed("a", "b", needed="b.tinggi == 1")).verdict == MOVES, "it is asked still"
    before = walked(weighed("a", "b", needed="a.nilai == 1"))
    assert rehearsed(before, weighed("a", "b", needed="a.tinggi == 1")).verdict == MOVES
    answered = walked(weighed("a", "b", needed="a.nilai == 1")).complete("a", nilai=1, tinggi=2)
    assert rehearsed(answered, weighed("a", "b", needed="a.tinggi == 1")).verdict == MOVES


def test_a_step_drawn_further_on_that_the_case_did_already_lacks_nothing():
    walk = walked(weighed("a", "baru", "b", needed="baru.nilai == 1")).complete("a").complete("baru", nilai=1)
    assert rehearsed(walk, weighed("a", "b", "baru", needed="baru.nilai == 1")).verdict == MOVES


def test_a_step_moved_to_before_the_open_one_is_missed_by_who_has_not_done_it():
    walk = walked(weighed("a", "b", "baru", needed="baru.nilai == 1")).complete("a")
    found = rehearsed(walk, weighed("a", "baru", "b", needed="baru.nilai == 1"))
    assert (found.verdict, [str(one.reason) for one in found.obstacles]) == (STAYS, [MISSING % "B"])


def test_a_new_step_only_some_go_through_keeps_nobody_back():
    """Whether its condition needs the step is the checker's to say: of those who never go there nothing is known."""
    walk = walked(weighed("a", "b", needed="a.nilai == 1")).complete("a", nilai=1)
    aside = (d.exclusive("lewat", "ke_b"), d.user("baru"))
    new = drawn(
        *(d.user(one) for one in ("a", "b", "x", "e")),
        *aside,
        d.exclusive("pilih", "ke_e"),
        ways=(
            d.chain("mulai", "a", "lewat"), d.flow("lewat", "b", id="ke_b"), d.flow("lewat", "baru", "a.nilai == 1"),
            d.chain("baru", "b", "pilih"), d.flow("pilih", "x", "a.nilai == 1"), d.flow("pilih", "e", id="ke_e"),
            d.chain("x", "selesai"), d.chain("e", "selesai"),
        ),
        tasks=("a", "b", "baru", "x", "e"),
    )  # fmt: skip
    assert rehearsed(walk, new).verdict == MOVES


def test_what_a_called_flow_lacks_may_be_read_by_the_one_that_calls_it():
    def calling(*before, needed):
        inside = d.process("dalam", d.lanes(d.lane("l", "Petugas Loket (FO)", "b")), d.start("m2"), d.user("b"),
                           d.end("s2"), d.chain("m2", "b", "s2"))  # fmt: skip
        gate = (d.exclusive("pilih", "ke_e"), d.user("x"), d.user("e"))
        outer = drawn(
            *(d.user(one, name=one.title()) for one in before), d.call("panggil", "dalam"), *gate,
            ways=(d.chain("mulai", *before, "panggil", "pilih"), d.flow("pilih", "x", needed),
                  d.flow("pilih", "e", id="ke_e"), d.chain("x", "selesai"), d.chain("e", "selesai")),
            tasks=(*before, "x", "e"),
        )  # fmt: skip
        return {**outer, "dalam.bpmn": d.file(inside)}

    walk = walked(calling("a", needed="a.nilai == 1")).complete("a", nilai=1)
    found = rehearsed(walk, calling("a", "baru", needed="baru.nilai == 1"))
    assert (found.verdict, [str(one.reason) for one in found.obstacles]) == (STAYS, [MISSING % "Baru"])
    assert rehearsed(walk, calling("a", "baru", needed="a.nilai == 1")).verdict == MOVES


def called_in_rounds(*parts, ways, tasks=("b",)):
    """A called flow whose first step's answer is asked for behind the call; who is not let through comes again, by a
    step that others need not do before."""
    inside = d.process("dalam", d.lanes(d.lane("l", "Petugas Loket (FO)", *tasks)), d.start("m2"), *parts, d.end("s2"),
                       d.user("b"), *ways)  # fmt: skip
    outer = drawn(
        d.user("mula"), d.exclusive("awal", "ke_a"), d.user("a"), d.call("panggil", "dalam"),
        d.exclusive("pilih", "ke_e"), d.user("e"),
        ways=(d.chain("mulai", "mula", "awal"), d.flow("awal", "a", id="ke_a"),
              d.flow("awal", "panggil", "mula.nilai == 2"),
              d.chain("e", "a", "panggil", "pilih"), d.flow("pilih", "selesai", "b.nilai == 1"),
              d.flow("pilih", "e", id="ke_e")),
        tasks=("mula", "a", "e"),
    )  # fmt: skip
    return {**outer, "dalam.bpmn": d.file(inside)}


STRAIGHT = (d.chain("m2", "b", "s2"),)
ASIDE = (d.user("ingat"), d.end("s3"))


@pytest.mark.parametrize(
    ("tasks", "parts", "ways"),
    [
        (("b", "c", "ingat"),
         (d.user("c"), d.boundary("lama", "c", d.after("P2D"), False), *ASIDE),
         (d.chain("m2", "c", "b", "s2"), d.chain("lama", "ingat", "s3"))),
        (("b", "ingat"), (d.parallel("p"), *ASIDE), (d.chain("m2", "p", "b", "s2"), d.chain("p", "ingat", "s3"))),
        (("b", "c", "ingat"), (d.user("c"), d.parallel("p"), d.exclusive("g", "ke_s2"), *ASIDE),
         (d.chain("m2", "c", "p", "b", "g"), d.flow("g", "s2", id="ke_s2"), d.flow("g", "c", "b.nilai == 3"),
          d.chain("p", "ingat", "s3"))),
        (("b", "ingat"), (d.parallel("p"), d.parallel("j"), d.user("ingat")),
         (d.chain("m2", "p", "b", "j", "s2"), d.chain("p", "ingat", "j"))),
    ],
    ids=["a reminder beside", "a branch that ends by itself", "a round with one", "a branch that meets the other"],
)  # fmt: skip
def test_what_runs_beside_the_step_that_is_asked_for_keeps_nobody_back(tasks, parts, ways):
    walk = walked(called_in_rounds(ways=STRAIGHT)).complete("mula", nilai=1)
    assert walk.open == ["a"]
    found = rehearsed(walk, called_in_rounds(*parts, ways=ways, tasks=tasks))
    assert (found.verdict, found.obstacles) == (MOVES, ())


@pytest.mark.parametrize("order", [("b", "ingat"), ("ingat", "b")])
def test_a_flow_that_is_over_leaves_what_each_of_its_branches_wrote_whichever_ended_last(order):
    """And the checker knows it: a condition behind it may ask for what only one of them writes."""
    ways = (d.chain("m2", "p", "b", "s2"), d.chain("p", "ingat", "s3"))
    files = called_in_rounds(d.parallel("p"), *ASIDE, ways=ways, tasks=("b", "ingat"))
    assert [one.code for one in bpmn.check(files, KNOWN) if one.code == "not-always-set"] == []
    walk = walked(files).complete("mula", nilai=1).complete("a")
    for step in order:
        walk.complete(step, nilai=1)
    assert walk.open == []


def test_a_way_around_the_step_that_is_asked_for_keeps_back_who_may_take_it():
    walk = walked(called_in_rounds(ways=STRAIGHT)).complete("mula", nilai=1)
    around = (d.exclusive("g", "ke_s2"), d.flow("g", "s2", id="ke_s2"), d.flow("g", "b", "a.nilai == 1"))
    found = rehearsed(walk, called_in_rounds(around[0], ways=(d.chain("m2", "g"), *around[1:], d.chain("b", "s2"))))
    assert found.verdict == STAYS


def reckoned(*fresh, needed, key="izin", end="selesai"):
    """A calculation, checked and, where it is not right or was objected to, made anew; then a choice."""
    steps = ("hitung", *fresh, "ulang", "cek", "paraf", "x", "e")
    return d.process(
        key,
        d.lanes(d.lane(f"jalur_{key}", "Petugas Loket (FO)", *steps)),
        d.start(f"mulai_{key}"),
        *(d.user(one, name=one.title()) for one in steps),
        d.exclusive("keberatan", "ke_hitung"), d.exclusive("sesuai", "ke_paraf"), d.exclusive("pilih", "ke_e"),
        d.end(end),
        d.chain(f"mulai_{key}", "keberatan"), d.flow("keberatan", "hitung", id="ke_hitung"),
        d.flow("keberatan", "ulang", 'get("izin.keberatan", false)'), d.chain("hitung", *fresh, "cek", "sesuai"),
        d.chain("ulang", "cek"), d.flow("sesuai", "paraf", id="ke_paraf"), d.flow("sesuai", "ulang", "cek.salah"),
        d.chain("paraf", "pilih"), d.flow("pilih", "x", needed), d.flow("pilih", "e", id="ke_e"),
        d.chain("x", end), d.chain("e", end),
    )  # fmt: skip


@pytest.mark.parametrize("at", ["cek", "paraf"])
def test_a_case_past_a_new_step_is_kept_back_though_another_way_leads_around_that_step(at):
    walk = walked(one_file(reckoned(needed="cek.salah"))).complete("hitung", nilai=1)
    walk = walk.complete("cek", salah=False) if at == "paraf" else walk
    assert walk.open == [at]
    found = rehearsed(walk, one_file(reckoned("baru", needed="baru.nilai == 1")))
    assert (found.verdict, [str(one.reason) for one in found.obstacles]) == (STAYS, [MISSING % "Paraf"])
    assert rehearsed(walk, one_file(reckoned("baru", needed="cek.salah"))).verdict == MOVES


def test_a_case_that_may_come_through_again_is_kept_back_only_where_a_way_leads_around_the_new_step():
    def reopened(inner):
        outer = drawn(
            d.call("panggil", "dalam"), d.user("buka"), d.exclusive("lagi", "ke_habis"),
            ways=(d.chain("mulai", "panggil", "buka", "lagi"), d.flow("lagi", "panggil", "buka.lagi"),
                  d.flow("lagi", "selesai", id="ke_habis")),
            tasks=("buka",),
        )  # fmt: skip
        return {**outer, "dalam.bpmn": d.file(inner)}

    def again(*fresh, needed):
        return reopened(reckoned(*fresh, needed=needed, key="dalam", end="usai"))

    walk = walked(again(needed="cek.salah")).complete("hitung", nilai=1).complete("cek", salah=False)
    inside = rehearsed(walk, again("baru", needed="baru.nilai == 1"))
    assert (inside.verdict, [str(one.reason) for one in inside.obstacles]) == (STAYS, [MISSING % "Paraf"])
    walk = walk.complete("paraf").complete("e")
    assert walk.open == ["buka"]
    found = rehearsed(walk, again("baru", needed="baru.nilai == 1"))
    assert (found.verdict, [str(one.reason) for one in found.obstacles]) == (STAYS, [MISSING % "Paraf"])
    straight = reckoned("baru", needed="baru.nilai == 1", key="dalam", end="usai")
    straight = straight.replace(d.flow("keberatan", "ulang", 'get("izin.keberatan", false)'), "")
    straight = straight.replace(d.flow("sesuai", "ulang", "cek.salah"), d.flow("sesuai", "hitung", "cek.salah"))
    for gone in (d.user("ulang", name="Ulang"), d.chain("ulang", "cek")):
        straight = straight.replace(gone, "")
    straight = straight.replace("<flowNodeRef>ulang</flowNodeRef>", "")
    assert rehearsed(walk, reopened(straight)).verdict == MOVES, "whoever comes through again does the new step"


def test_a_way_back_passes_nothing_over_where_the_case_comes_through_again():
    walk = walked(one_file(reckoned(needed="cek.salah"))).complete("hitung", nilai=1).complete("cek", salah=False)
    short = reckoned(needed="cek.salah").replace(d.chain("paraf", "pilih"), "")
    short = short.replace(d.flow("sesuai", "paraf", id="ke_paraf"), d.flow("sesuai", "tetap", id="ke_paraf"))
    again = d.exclusive("benar", "ke_pilih") + d.flow("benar", "ulang", "tetap.salah")
    drawn_anew = short.replace('id="paraf" name="Paraf"', 'id="tetap" name="Tetap"').replace(">paraf<", ">tetap<")
    ways = again + d.chain("tetap", "benar") + d.flow("benar", "pilih", id="ke_pilih")
    drawn_anew = drawn_anew.replace("</process>", f"{ways}</process>")
    found = places(walk, one_file(drawn_anew))
    assert (found["ulang"].skipped, found["ulang"].again) == ((), ("Cek",))
    assert found["tetap"].skipped == ()


def test_a_letter_that_tells_of_a_new_step_keeps_back_who_is_past_it():
    walk = walked(line("a", "b", "surat", services=("surat",))).complete("a")
    issuing = drawn(
        d.user("a"), d.user("baru", name="Baru"), d.user("b"),
        d.service("surat", "letter.issue", letter="&quot;sts&quot;"),
        ways=(d.chain("mulai", "a", "baru", "b", "surat", "selesai"),), tasks=("a", "baru", "b"),
    )  # fmt: skip
    assert rehearsed(walk, issuing, papers={"sts": frozenset({"baru"})}).verdict == STAYS
    assert rehearsed(walk, issuing, papers={"sts": frozenset({"a"})}).verdict == MOVES


def test_a_changed_condition_is_a_change_though_no_element_is():
    walk = walked(deciding()).complete("a")
    assert rehearsed(walk, deciding()).verdict == SAME
    assert rehearsed(walk, deciding(needed="c.nilai == 2")).verdict == MOVES


def test_a_task_in_another_lane_is_a_change_though_no_element_is():
    walk = walked(line("a", "b"))
    same = line("a", "b")["izin.bpmn"]
    assert rehearsed(walk, {"izin.bpmn": same.replace(b"Petugas Loket (FO)", b"Loket (FO)")}).verdict == SAME
    assert rehearsed(walk, {"izin.bpmn": same.replace(b"(FO)", b"(KASI)")}).verdict == MOVES


TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="t" name="t" namespace="n">
<decision id="jalur" name="Jalur"><decisionTable id="jt" hitPolicy="FIRST">
<input id="i1"><inputExpression id="ie1" typeRef="number"><text>a.nilai</text></inputExpression></input>
<output id="o1" name="ke" typeRef="string"/>
<rule id="r1"><inputEntry id="r1i"><text>&gt; 3</text></inputEntry>
<outputEntry id="r1o"><text>"x"</text></outputEntry></rule>
<rule id="r2"><inputEntry id="r2i"><text>-</text></inputEntry>
<outputEntry id="r2o"><text>"y"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


def test_a_changed_decision_table_is_a_change_for_the_processes_that_ask_it():
    def asking(table):
        parts = (d.user("a"), d.rule("tanya", "jalur"), d.user("b"))
        files = drawn(*parts, ways=(d.chain("mulai", "a", "tanya", "b", "selesai"),), tasks=("a", "b"))
        return {**files, "jalur.dmn": table.encode()}

    walk = walked(asking(TABLE))
    assert rehearsed(walk, asking(TABLE.replace('name="Jalur"', 'name="Jalurnya"'))).verdict == SAME
    assert rehearsed(walk, asking(TABLE.replace("3", "4"))).verdict == MOVES


def called_otherwise(files, task, new):
    """The same diagram; one step has another id everywhere."""
    text = files["izin.bpmn"].decode()
    return {**files, "izin.bpmn": re.sub(rf"\b{task}\b", new, text).encode()}


@pytest.mark.parametrize("seed", range(80))
def test_wherever_a_choice_takes_a_case_the_others_stay_and_it_still_comes_to_its_end(seed):
    dice = random.Random(seed)
    walk = Walk(Sketch(seed).files(), data={"daftar": LIST})
    for number in range(25):
        if walk.position.ended:
            return
        if walk.position.tasks and dice.random() < 0.5:
            take_somewhere(walk, dice, number)
        else:
            perform(walk, any_act(dice, walk.position), {"ya": dice.random() < 0.3, "ke": 1})
    for _ in range(200):
        if walk.position.ended:
            return
        perform(walk, any_act(dice, walk.position), {"ya": False, "ke": 1})
    raise AssertionError(f"never ends: {walk.open}, {walk.position.waiting}")


def take_somewhere(walk, dice, number):
    """A step that is open gets another id; its case goes to any place that is offered."""
    gone = dice.choice(walk.position.tasks)
    others = {one.id for one in walk.position.tasks} - {gone.id}
    files = called_otherwise(walk.files, gone.element, f"{gone.element}_{number}")
    versions = Versions(walk.definition, bpmn.parse(files, walk.known), "izin")
    found = rehearse(versions, walk.position.snapshot, walk.context)
    assert found.verdict in (CHOICE, STAYS)
    fit = [one.id for one in found.places.get(gone.element, ()) if not one.refused]
    if found.verdict == STAYS or not fit:
        return
    moved = rehearse(versions, walk.position.snapshot, walk.context, {gone.id: dice.choice(fit)})
    if moved.position is None:
        return
    assert others <= {one.id for one in moved.position.tasks}
    walk.files = files
    walk.stand(moved.position)


def test_a_step_that_comes_again_is_passed_over_though_it_was_done_once():
    old, new = bpmn.parse(looped(), KNOWN), bpmn.parse(looped("cek"), KNOWN)
    here = Standing("cek", frozenset({"hitung", "paraf"}), {"hitung": frozenset(), "paraf": frozenset()})
    found = {one.id: one for one in Versions(old, new, "izin").places(here)}
    assert found["sampaikan"].skipped == ("Paraf", "Tetapkan")
