"""Open steps that were drawn into a sub-process, out of one, or into another: their cases go on there, to their end."""

from datetime import timedelta

import pytest

from engine import bpmn
from engine.bpmn.moving import CHOICE, CHOSEN, STAYS, rehearse
from engine.bpmn.versions import Versions
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_places import KNOWN, walked
from tests.engine.bpmn.walking import one_file

LATE, LATER = d.after("P5D"), d.after("P9D")


def flow(items, begin, end, around):
    """Steps one after the other; (id, *items) is a sub-process, `around`: element -> events on it, with their ends."""
    keys = [one if isinstance(one, str) else one[0] for one in items]
    parts, ways = [d.start(begin), d.end(end)], [d.chain(begin, *keys, end)]
    for one, key in zip(items, keys, strict=True):
        parts.append(d.user(one, name=one.title()) if isinstance(one, str) else inner(one[0], one[1:], around))
        for id, by, *interrupting in around.get(key, ()):
            parts += [d.boundary(id, key, by, *interrupting), d.end(f"akhir_{id}")]
            ways.append(d.chain(id, f"akhir_{id}"))
    return (*parts, *ways)


def inner(id, items, around):
    text = d.sub(id, *flow(items, f"{id}_s", f"{id}_e", around))
    return text.replace(f'id="{id}"', f'id="{id}" name="Bagian {id.upper()}"', 1)


def drawn(*items, **around):
    keys = [one if isinstance(one, str) else one[0] for one in items]
    lane = d.lanes(d.lane("jalur", "Petugas Loket (FO)", *keys))
    return one_file(d.message("batal"), d.process("izin", lane, *flow(items, "mulai", "selesai", around)))


def rehearsed(walk, files, chosen=""):
    versions = Versions(walk.definition, bpmn.parse(files, KNOWN), "izin")
    choices = {one.id: chosen for one in walk.position.tasks} if chosen else {}
    return rehearse(versions, walk.position.snapshot, walk.context, choices)


def taken(walk, files, step):
    """The walk on the new files, its step where it is drawn there."""
    asked = rehearsed(walk, files)
    assert asked.verdict == CHOICE, asked.obstacles
    found = rehearsed(walk, files, step)
    assert (found.verdict, found.obstacles) == (CHOSEN, ())
    walk.files = files
    walk.stand(found.position)
    assert walk.open == [step]
    return walk


def to_its_end(walk, *steps):
    """Every step that is left, each done on what was saved and read anew; what the case entered is all there."""
    for number, step in enumerate(steps):
        assert walk.open == [step]
        walk.complete(step, n=number)
    assert walk.position.ended
    assert {step: {"n": number} for number, step in enumerate(steps)}.items() <= walk.data.items()


PLAIN = ("a", "b", "c", "e")
WRAPPED = {
    "alone": ("a", ("s", "b"), "c", "e"),
    "with the step after it": ("a", ("s", "b", "c"), "e"),
    "with the step before it": (("s", "a", "b"), "c", "e"),
    "in one within another": ("a", ("s", ("t", "b")), "c", "e"),
    "in one within another, among steps": (("s", "a", ("t", "b"), "c"), "e"),
    "in one of three": (("s", ("t", ("u", "a", "b"), "c")), "e"),
    "all there is": (("s", "a", "b", "c", "e"),),
}
AFTER = {"a": ("a", "b", "c", "e"), "b": ("b", "c", "e"), "e": ("e",)}


@pytest.mark.parametrize("name", WRAPPED)
def test_a_step_drawn_into_a_sub_process_is_a_place_for_its_cases_which_come_to_their_end_from_there(name):
    walk = walked(drawn(*PLAIN)).complete("a", x=1)
    found = rehearsed(walk, drawn(*WRAPPED[name]))
    place = found.places["b"][0]
    assert (place.id, place.refused, place.again) == ("b", "", ())
    assert set(place.skipped) <= {"A"}
    to_its_end(taken(walk, drawn(*WRAPPED[name]), "b"), "b", "c", "e")
    assert walk.data["a"] == {"x": 1}


@pytest.mark.parametrize("name", WRAPPED)
def test_a_step_drawn_out_of_its_sub_process_is_a_place_for_its_cases_which_come_to_their_end_from_there(name):
    walk = walked(drawn(*WRAPPED[name])).complete("a", x=1)
    place = rehearsed(walk, drawn(*PLAIN)).places["b"][0]
    assert (place.id, place.skipped, place.refused) == ("b", (), "")
    to_its_end(taken(walk, drawn(*PLAIN), "b"), "b", "c", "e")
    assert walk.data["a"] == {"x": 1}


@pytest.mark.parametrize("new", WRAPPED)
@pytest.mark.parametrize("old", WRAPPED)
def test_between_any_two_ways_of_drawing_sub_processes_around_a_step_its_cases_come_to_their_end(old, new):
    before, after = WRAPPED[old], WRAPPED[new]
    walk = walked(drawn(*before)).complete("a", x=1)
    found = rehearsed(walk, drawn(*after))
    if found.verdict == CHOICE:
        taken(walk, drawn(*after), "b")
    else:  # what holds the step is drawn as it was
        assert found.position is not None, found.obstacles
        walk.files = drawn(*after)
        walk.stand(found.position)
    to_its_end(walk, "b", "c", "e")
    assert walk.data["a"] == {"x": 1}


def test_a_step_goes_into_a_sub_process_and_out_again_and_keeps_what_was_entered():
    walk = walked(drawn(*PLAIN)).complete("a", x=1)
    for _ in range(3):
        taken(walk, drawn("a", ("s", ("t", "b")), "c", "e"), "b")
        taken(walk, drawn(*PLAIN), "b")
    to_its_end(walk, "b", "c", "e")
    assert walk.data["a"] == {"x": 1}


def test_a_step_put_in_before_the_open_one_within_its_new_sub_process_is_told_as_passed_over():
    walk = walked(drawn(*PLAIN)).complete("a")
    new = drawn("a", ("s", "baru", "b"), "c", "e")
    assert rehearsed(walk, new).places["b"][0].skipped == ("Baru",)
    to_its_end(taken(walk, new, "b"), "b", "c", "e")


def test_what_a_case_went_through_is_not_told_as_passed_over_where_it_is_all_in_a_sub_process_now():
    walk = walked(drawn("a", "b", "c", "e")).complete("a").complete("b")
    place = rehearsed(walk, drawn(("s", "a", "b"), ("t", "c"), "e")).places["c"][0]
    assert (place.id, place.skipped, place.perhaps, place.again) == ("c", (), (), ())
    added = rehearsed(walk, drawn(("s", "a", "baru", "b"), ("t", "c"), "e")).places["c"][0]
    assert added.skipped == ("Bagian S",)


def test_what_a_case_went_through_in_a_sub_process_that_is_gone_or_was_broken_off_is_not_told_as_passed_over():
    walk = walked(drawn(("s", "a", "b"), "c", "e")).complete("a").complete("b")
    place = rehearsed(walk, drawn(("t", "a", "b", "c"), "e")).places["c"][0]
    assert (place.skipped, place.perhaps) == ((), ())
    added = rehearsed(walk, drawn(("t", "a", "baru", "b", "c"), "e")).places["c"][0]
    assert added.skipped == ("Baru",)

    def lapsing(wrapped):
        late = (d.boundary("lewat", "s", LATE), inner("s", ("a",), {}), d.user("b", name="B"))
        ways = (d.chain("s", "b"), d.flow("lewat", "b"))
        body = d.sub("t", d.start("t_s"), *late, d.end("t_e"), d.chain("t_s", "s"), *ways, d.chain("b", "t_e"))
        parts = (body, d.chain("mulai", "t", "selesai")) if wrapped else (
            *late, *ways, d.chain("mulai", "s"), d.chain("b", "selesai"))  # fmt: skip
        lane = d.lanes(d.lane("jalur", "Petugas Loket (FO)", "t" if wrapped else "s", "b"))
        return one_file(d.process("izin", lane, d.start(), *parts, d.end()))

    walk = walked(lapsing(wrapped=False)).wait(days=5)
    assert walk.open == ["b"]
    assert rehearsed(walk, lapsing(wrapped=True)).places["b"][0].skipped == ()


def test_what_a_case_went_around_before_its_step_is_not_told_as_perhaps_passed_over():
    """It went by its own answer; the move passes over what is new alone."""

    def chosen(step, *more):
        steps = (d.user("a"), d.user("x", name="X"), *(d.user(one, name=one.title()) for one in more))
        ways = [d.chain("mulai", "a", "pilih"), d.flow("pilih", "x", "a.ya"), d.flow("x", "m")]
        ways += [d.flow("pilih", more[0], "a.lain"), d.flow(more[0], "m")] if more else []
        ways += [d.flow("pilih", "m", id="ke_m"), d.chain("m", step, "selesai")]
        body = inner("s", ("c",), {}) if step == "s" else d.user("c", name="C")
        lane = d.lanes(d.lane("jalur", "Petugas Loket (FO)", "a", "x", step, *more))
        gates = (d.exclusive("pilih", "ke_m"), d.exclusive("m"))
        return one_file(d.process("izin", lane, d.start(), *steps, body, *gates, d.end(), *ways))

    walk = walked(chosen("c")).complete("a", ya=False, lain=False)
    assert walk.open == ["c"]
    one, added = (rehearsed(walk, chosen("s", *more)).places["c"][0] for more in ((), ("baru",)))
    assert [(one.skipped, one.perhaps) for one in (one, added)] == [((), ()), ((), ())]
    within = d.sub("s", d.start("s_s"), d.exclusive("pilih", "ke_m"), d.exclusive("m"), d.user("x", name="X"),
                   d.user("c"), d.user("baru", name="Baru"), d.end("s_e"), d.chain("s_s", "pilih"),
                   d.flow("pilih", "x", "a.ya"), d.flow("pilih", "baru", "a.lain"), d.flow("pilih", "m", id="ke_m"),
                   d.chain("x", "m", "c", "s_e"), d.flow("baru", "m"))  # fmt: skip
    lane = d.lanes(d.lane("jalur", "Petugas Loket (FO)", "a", "s"))
    new = one_file(
        d.process("izin", lane, d.start(), d.user("a"), within, d.end(), d.chain("mulai", "a", "s", "selesai"))
    )
    place = rehearsed(walk, new).places["c"][0]
    assert (place.skipped, place.perhaps) == ((), ("Baru",))


def test_what_was_changed_within_a_sub_process_is_not_lost_when_the_step_is_drawn_out_of_it():
    """The flow outside still has what it had when the sub-process began."""
    walk = walked(drawn(("s", "a", "b"), "c")).complete("a", x=1)
    taken(walk, drawn("a", "b", "c"), "b")
    assert walk.data["a"] == {"x": 1}
    walk.complete("b", y=2)
    assert (walk.data["a"], walk.data["b"]) == ({"x": 1}, {"y": 2})


TIMED = {
    "on the step within": drawn("a", ("s", "b"), "c", b=[("lewat", LATE)]),
    "on the sub-process around": drawn("a", ("s", "b"), "c", s=[("lewat", LATE)]),
    "on the outer of two": drawn("a", ("s", ("t", "b")), "c", s=[("habis", LATE)]),
    "on the inner of two, under another name": drawn("a", ("s", ("t", "b")), "c", t=[("habis", LATE)]),
    "and a new one around it": drawn("a", ("s", "b"), "c", b=[("lewat", LATE)], s=[("baru", LATER)]),
}


@pytest.mark.parametrize("name", TIMED)
def test_a_timer_on_the_boundary_keeps_its_moment_wherever_around_the_step_it_is_drawn(name):
    walk = walked(drawn("a", "b", "c", b=[("lewat", LATE)])).complete("a")
    due = walk.position.wake_at
    walk.wait(days=2)
    taken(walk, TIMED[name], "b")
    assert walk.position.wake_at == due
    assert walk.wait(days=2, hours=23).open == ["b"]
    walk.wait(hours=1)
    assert "b" not in walk.open


@pytest.mark.parametrize("name", TIMED)
def test_a_step_completed_in_time_stops_the_timer_that_came_along(name):
    walk = walked(drawn("a", "b", "c", b=[("lewat", LATE)])).complete("a").wait(days=2)
    taken(walk, TIMED[name], "b").complete("b", n=0)
    assert (walk.open, walk.position.wake_at) == (["c"], None)
    assert walk.complete("c").position.ended


@pytest.mark.parametrize("name", TIMED)
def test_a_timer_keeps_its_moment_when_the_step_is_drawn_out_of_what_it_stands_on(name):
    walk = walked(TIMED[name]).complete("a")
    due = walk.position.wake_at
    walk.wait(days=2)
    plain = drawn("a", "b", "c", b=[("lewat", LATE)])
    if "new" in name:  # a timer that nobody takes over keeps its case where it is
        assert rehearsed(walk, plain).verdict == STAYS
        return
    taken(walk, plain, "b")
    assert walk.position.wake_at == due
    assert walk.wait(days=3).position.ended


def test_a_timer_of_a_sub_process_that_is_entered_by_a_move_begins_with_the_move():
    walk = walked(drawn("a", "b", "c")).complete("a").wait(days=2)
    taken(walk, drawn("a", ("s", "b"), "c", s=[("habis", LATE)]), "b")
    assert walk.position.wake_at == walk.at + timedelta(days=5)
    assert walk.wait(days=5).position.ended


def test_a_message_that_interrupts_the_step_is_heard_around_it():
    walk = walked(drawn("a", "b", "c", b=[("cabut", d.by_message("batal"))])).complete("a")
    taken(walk, drawn("a", ("s", "b"), "c", s=[("cabut", d.by_message("batal"))]), "b")
    assert walk.position.waiting == ("batal",)
    assert walk.receive("batal").position.ended


def test_a_step_whose_event_is_drawn_nowhere_around_it_keeps_its_cases():
    walk = walked(drawn("a", "b", "c", b=[("lewat", LATE)])).complete("a")
    found = rehearsed(walk, drawn("a", ("s", "b"), "c"))
    assert (found.verdict, found.places) == (STAYS, {})
    added = drawn("a", ("s", "b"), "c", b=[("lewat", LATE), ("lagi", LATER)])
    assert rehearsed(walk, added).verdict == STAYS


def test_a_step_beside_which_an_event_has_fired_keeps_its_cases_where_that_was():
    """What the event began may still be open, and the event would come once more."""
    walk = walked(drawn("a", "b", "c", b=[("ingat", LATE, False)])).complete("a").wait(days=5)
    assert walk.open == ["b"]
    found = rehearsed(walk, drawn("a", ("s", "b"), "c", b=[("ingat", LATE, False)]))
    assert found.verdict == STAYS


def forked(inside, *, around=""):
    """a, then b and c side by side, then e; the branches in a sub-process by themselves or together."""
    p, j = d.parallel("p"), d.parallel("j")
    users = [d.user(one, name=one.title()) for one in "bc"]
    if around == "both":
        body = d.sub("s", d.start("s_s"), p, *users, j, d.end("s_e"), d.chain("s_s", "p", "b", "j", "s_e"),
                     d.chain("p", "c", "j"))  # fmt: skip
        middle, ways, keys = [body], [d.chain("mulai", "a", "s", "e", "selesai")], ["s"]
    else:
        one = inner("s", (inside,), {}) if inside else ""
        first = "s" if inside else "b"
        middle = [p, j, one or users[0], users[1]]
        ways = [d.chain("mulai", "a", "p", first, "j", "e", "selesai"), d.chain("p", "c", "j")]
        keys = ["p", "j", first, "c"]
    steps = [d.user(one, name=one.title()) for one in "ae"]
    lane = d.lanes(d.lane("jalur", "Petugas Loket (FO)", "a", "e", *keys))
    return one_file(d.message("batal"), d.process("izin", lane, d.start(), *steps, *middle, d.end(), *ways))


def test_one_of_two_branches_goes_into_a_sub_process_and_the_join_waits_for_both():
    walk = walked(forked("")).complete("a")
    new = forked("b")
    versions = Versions(walk.definition, bpmn.parse(new, KNOWN), "izin")
    found = rehearse(versions, walk.position.snapshot, walk.context, {walk.task("b").id: "b"})
    assert (found.verdict, found.obstacles) == (CHOSEN, ())
    walk.files = new
    walk.stand(found.position)
    assert sorted(walk.open) == ["b", "c"]
    assert walk.complete("b", n=1).open == ["c"]
    assert walk.complete("c", n=2).open == ["e"]
    assert (walk.data["b"], walk.data["c"]) == ({"n": 1}, {"n": 2})
    assert walk.complete("e").position.ended


@pytest.mark.parametrize("done", [(), ("b",)])
def test_branches_that_were_drawn_into_one_sub_process_keep_their_cases(done):
    """It would begin once for each of them, and wait for the other for ever."""
    walk = walked(forked("")).complete("a")
    for one in done:
        walk.complete(one)
    assert rehearsed(walk, forked("", around="both")).verdict == STAYS


def test_branches_within_a_sub_process_that_is_gone_keep_their_cases():
    walk = walked(forked("", around="both")).complete("a").complete("b")
    assert rehearsed(walk, forked("")).verdict == STAYS


def test_a_step_taken_out_of_a_sub_process_that_is_still_there_goes_on_behind_it():
    walk = walked(drawn(("s", "a", "b"), "c")).complete("a", x=1)
    new = drawn(("s", "a"), "b", "c")
    found = rehearsed(walk, new)
    assert found.verdict == CHOICE
    assert {one.id for one in found.places["b"]} >= {"a", "b"}
    to_its_end(taken(walk, new, "b"), "b", "c")
    assert walk.data["a"] == {"x": 1}


def test_a_step_that_is_gone_with_its_sub_process_goes_where_the_sub_process_stood():
    walk = walked(drawn("a", ("s", "b"), "c", "e")).complete("a")
    found = rehearsed(walk, drawn("a", "x", "c", "e"))
    assert {one.id: one.skipped for one in found.places["b"]} == {"a": (), "x": (), "c": ("X",), "e": ("X", "C")}
    to_its_end(taken(walk, drawn("a", "x", "c", "e"), "x"), "x", "c", "e")
