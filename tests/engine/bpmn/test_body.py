"""A whole body in one embedded sub-process: folded and saved before every step, equal to a walk in memory.

Proves what the office's flows rely on: an interrupting message boundary around
a body with loops, a fork, a multi-instance over a called process with a loop
of its own, a sub-process in the loop, and timers.
"""

import random

import pytest

from engine import bpmn
from engine.bpmn.folding import fold
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.walking import Remembered, Walk, roled

TASKS = ("badan", "catat")


def body():
    review = d.sub(
        "telaah", d.start("t_mulai"), d.user("telaah_isi"), d.user("paraf"),
        d.exclusive("t_pilih", "f_t_pilih_t_akhir"), d.end("t_akhir"),
        d.chain("t_mulai", "telaah_isi", "paraf", "t_pilih", "t_akhir"),
        d.flow("t_pilih", "telaah_isi", "paraf.kembali"),
    )  # fmt: skip
    return d.sub(
        "badan",
        d.start("b_mulai"), d.exclusive("b_masuk"), d.user("periksa"), d.exclusive("g1", "f_g1_fork"),
        d.user("perbaiki"), d.parallel("fork"), d.user("hitung"), review,
        d.boundary("ingat", "hitung", d.after("P2D"), False),
        d.user("ingatkan"), d.end("diingatkan"), d.parallel("join"), d.user("tentukan"),
        d.call("kunjungan", "visit", d.many("tentukan.instansi", "instansi", "hasil", "tinjau")),
        d.user("simpulkan"), d.exclusive("g2", "f_g2_tunggu"),
        '<eventBasedGateway id="tunggu"/>', d.catch("bayar", d.by_message("bayar")), d.catch("lewat", d.after("P10D")),
        d.user("terbit"), d.exclusive("akhiri"), d.end("b_selesai"),
        d.chain("b_mulai", "b_masuk", "periksa", "g1", "fork", "hitung", "join", "tentukan", "kunjungan"),
        d.chain("kunjungan", "simpulkan", "g2", "tunggu", "bayar", "terbit", "akhiri", "b_selesai"),
        d.chain("fork", "telaah", "join"), d.chain("tunggu", "lewat", "akhiri"),
        d.chain("ingat", "ingatkan", "diingatkan"), d.chain("perbaiki", "b_masuk"),
        d.flow("g1", "perbaiki", "periksa.perbaiki"), d.flow("g2", "b_masuk", "simpulkan.ulang"),
    )  # fmt: skip


def files():
    main = roled(
        "izin", d.start(), body(), d.boundary("tarik", "badan", d.by_message("tarik")), d.user("catat"), d.end(),
        d.end("ditarik"), d.chain("mulai", "badan", "selesai"), d.chain("tarik", "catat", "ditarik"), tasks=TASKS,
    )  # fmt: skip
    visit = roled(
        "visit", d.start("v_mulai"), d.user("jadwal"), d.user("tinjau"), d.exclusive("hadir", "f_hadir_v_akhir"),
        d.end("v_akhir"), d.chain("v_mulai", "jadwal", "tinjau", "hadir", "v_akhir"),
        d.flow("hadir", "jadwal", "tinjau.absen"), tasks=("jadwal", "tinjau"),
    )  # fmt: skip
    return {"izin.bpmn": d.file(d.message("bayar"), d.message("tarik"), main), "visit.bpmn": d.file(visit)}


FILES = files()


def one_round(last, reminded=False):
    """The acts of one round through the body, in the office's words."""
    acts = [("complete", "periksa", None, {"perbaiki": True, "ke": number}) for number in range(2)]
    acts = [act for one in acts for act in (one, ("complete", "perbaiki", None, {"ok": True}))]
    acts.append(("complete", "periksa", None, {"perbaiki": False}))
    acts += [("wait", 2), ("complete", "ingatkan", None, {})] if reminded else []
    review = [("complete", "telaah_isi", None, {"a": 1}), ("complete", "paraf", None, {"kembali": True})]
    acts += [*review, review[0]]
    acts += [("complete", "hitung", None, {"biaya": 7})]
    acts += [("complete", "paraf", None, {"kembali": False})]
    acts += [("complete", "tentukan", None, {"instansi": ["PU", "LH", "DINKES"]})]
    for agency in ("LH", "DINKES", "PU"):
        for absent in (True, False):
            acts.append(("complete", "jadwal", agency, {"hari": agency}))
            acts.append(("complete", "tinjau", agency, {"absen": absent, "oleh": agency}))
    return [*acts, ("complete", "simpulkan", None, {"ulang": not last})]


def perform(walk, act):
    if act[0] == "wait":
        return walk.wait(days=act[1])
    if act[0] == "receive":
        return walk.receive(act[1], **act[2])
    return walk.complete(act[1], act[2], **act[3])


def whole(ending):
    return [*one_round(False), *one_round(False, reminded=True), *one_round(True), *ending]


ENDINGS = {
    "paid": [("receive", "bayar", {"ntpn": "1"}), ("complete", "terbit", None, {"nomor": 9})],
    "lapsed": [("wait", 10)],
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_saved_walk_equals_a_walk_in_memory(ending):
    saved, kept = Walk(FILES), Remembered(FILES)
    for act in whole(ENDINGS[ending]):
        assert perform(saved, act).data == perform(kept, act).data
    assert saved.history == kept.history
    assert saved.position.ended
    assert kept.position.ended
    assert saved.position.ends == kept.position.ends


def test_folding_keeps_three_rounds_as_small_as_one():
    walk, sizes = Walk(FILES), []
    for last in (False, False, True):
        for act in one_round(last):
            perform(walk, act)
        sizes.append(len(walk.position.snapshot))
    assert sizes[0] == pytest.approx(sizes[1], abs=40)
    assert sizes[2] < sizes[0] * 3


@pytest.mark.parametrize("steps", [0, 1, 3, 5, 9, 12, 15, 19, 30, 44])
def test_a_withdrawal_ends_the_body_wherever_it_stands_and_sees_its_data(steps):
    saved, kept = Walk(FILES), Remembered(FILES)
    for act in whole([])[:steps]:
        perform(saved, act)
        perform(kept, act)
    before = saved.data
    for walk in (saved, kept):
        walk.receive("tarik", alasan="pindah")
        assert walk.open == ["catat"]
        assert walk.position.waiting == ()
    assert saved.history == kept.history
    assert saved.data == kept.data == {**before, "tarik": {"alasan": "pindah"}}
    assert saved.complete("catat").position.ends == ("ditarik",)


def test_bare_boundaries_do_not_see_what_was_entered_inside():
    from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent

    from engine.bpmn.parser import Parser, full_tag

    ours = Parser.PARSER_CLASSES[full_tag("boundaryEvent")]
    try:
        Parser.PARSER_CLASSES[full_tag("boundaryEvent")] = (ours[0], BoundaryEvent)
        walk = Walk(FILES).complete("periksa", perbaiki=True).receive("tarik")
    finally:
        Parser.PARSER_CLASSES[full_tag("boundaryEvent")] = ours
    assert walk.data == {"tarik": {}}


@pytest.mark.parametrize("seed", range(6))
def test_random_walks_are_equal_in_memory_and_saved(seed):
    """Any order of the open tasks, any decision, reminders and payments in between."""
    dice = random.Random(seed)
    saved, kept = Walk(FILES), Remembered(FILES)
    for _ in range(60):
        if saved.position.ended:
            break
        act = _any_act(dice, saved.position)
        perform(saved, act)
        perform(kept, act)
    assert saved.history == kept.history
    assert saved.data == kept.data


def _any_act(dice, position):
    if not position.tasks or dice.random() < 0.1:
        if "bayar" in position.waiting:
            return ("receive", "bayar", {"ntpn": "1"})
        return ("wait", dice.choice([1, 3]))
    task = dice.choice(position.tasks)
    flags = {name: dice.random() < 0.4 for name in ("perbaiki", "kembali", "absen", "ulang")}
    return ("complete", task.element, task.item, {**flags, "instansi": ["PU", "LH"], "lempar": dice.random() < 0.5})


def test_folding_leaves_alone_what_is_still_open():
    walk = Walk(FILES)
    for act in one_round(False, reminded=True)[:6]:
        perform(walk, act)
    assert "ingatkan" in walk.open
    _, workflow = bpmn.instance.load(walk.position.snapshot, walk.definition.specs, None)
    before = sorted(str(one) for flow in (workflow, *workflow.subprocesses.values()) for one in flow.tasks)
    fold(workflow)
    after = sorted(str(one) for flow in (workflow, *workflow.subprocesses.values()) for one in flow.tasks)
    assert after == before
