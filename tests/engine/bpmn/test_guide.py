"""The guide to drawing processes shows diagrams that the check accepts and the engine walks."""

import random
import re
from contextlib import suppress
from pathlib import Path

import pytest

from engine import bpmn
from engine.bpmn.elements import SUPPORTED, UNSUPPORTED
from engine.effects import StartClock, StopClock
from engine.errors import NotWaiting
from engine.services import Answer
from engine.services import service as named
from tests.engine.bpmn import drawing as d
from tests.engine.bpmn.test_random_diagrams import any_act, perform
from tests.engine.bpmn.walking import Walk

GUIDE = (Path(__file__).parents[3] / "docs" / "modelling.md").read_text("utf-8")


@named("clock.start")
def start_clock(call, *, clock):
    """Start a clock."""
    return Answer(effects=(StartClock(clock),))


@named("clock.stop")
def stop_clock(call, *, clock):
    """Stop a clock."""
    return Answer(effects=(StopClock(clock),))


ACTS = (start_clock, stop_clock)


def test_the_first_process_of_the_guide_is_sound_and_runs():
    (text,) = re.findall(r"```xml\n(<\?xml.*?)```", GUIDE, re.S)
    forms = {"periksa_kelengkapan": ("lengkap", "kurang"), "perbaiki": (), "catat_penarikan": ()}
    known, files = d.catalogue(ACTS, forms=forms), {"contoh.bpmn": text.encode()}
    assert bpmn.check(files, known) == ()
    walk = Walk(files, "izin_contoh", services=ACTS, known=known)
    assert walk.position.effects == (StartClock("L"),)
    walk.complete("periksa_kelengkapan", keputusan="kurang").complete("perbaiki")
    withdrawn = Walk(files, "izin_contoh", services=ACTS, known=known).receive("penarikan", alasan="pindah")
    assert withdrawn.data["ditarik"] == {"alasan": "pindah"}
    assert withdrawn.position.effects == (StopClock("L"),)
    assert walk.complete("periksa_kelengkapan", keputusan="lengkap").position.ends == ("badan_selesai", "selesai")
    assert walk.position.effects == (StopClock("L"),)


SHOWN = re.findall(r"```xml\n(.*?)```", GUIDE, re.S)
EXAMPLES = [one for one in SHOWN if "<process " in one and "<?xml" not in one]
(TABLE,) = [one for one in SHOWN if "<decision " in one]
AGENCIES = ["PUPR", "DINKES", "PERKIM"]
TELLS = {"no-form", "no-role", "unread-field", "untyped-task"}  # left out, or shown as what may be drawn


@pytest.mark.parametrize("text", EXAMPLES, ids=[re.search(r'process id="(\w+)"', one)[1] for one in EXAMPLES])
def test_every_example_of_an_element_is_sound_and_is_walked_to_its_end(text):
    key = re.search(r'process id="(\w+)"', text)[1]
    files, known = drawn(text), d.catalogue(ACTS)
    assert {one.code for one in bpmn.check(files, known)} <= TELLS
    assert [one for one in bpmn.check(files, known) if one.severity == "error"] == []
    for seed in range(6):
        dice, walk = random.Random(seed), Walk(files, key, services=ACTS, known=known)
        for _ in range(40):
            if walk.position.ended:
                break
            some = {"luas": dice.choice((50, 500)), "perlu": dice.random() < 0.5, "buruk": dice.random() < 0.5}
            some |= {"lagi": dice.random() < 0.5, "instansi": AGENCIES, "kode": dice.choice(AGENCIES)}
            with suppress(NotWaiting):  # the answer of an agency that answered before
                perform(walk, any_act(dice, walk.position), some)
        assert walk.position.ended


def drawn(text):
    """The files of an example, with the table where it asks for one."""
    files = {"contoh.bpmn": d.file(text)}
    return files | {"tabel.dmn": TABLE.encode()} if "calledDecisionId" in text else files


def example(key):
    (text,) = [one for one in EXAMPLES if f'process id="{key}"' in one]
    return Walk(drawn(text), key, services=ACTS, known=d.catalogue(ACTS))


@pytest.mark.parametrize(("size", "answer", "open_"), [(500, "lapangan", ["tinjau"]), (50, "meja", [])])
def test_the_table_of_the_guide_decides_the_way(size, answer, open_):
    walk = example("bertanya").complete("ukur", luas=size)
    assert walk.data["usul_jalur"] == {"jalur": answer}
    assert [one.element for one in walk.position.tasks] == open_


def test_each_round_of_the_guide_hears_the_answer_that_is_meant_for_it():
    walk = example("tiap_dinas").complete("tentukan", instansi=AGENCIES)
    for code in reversed(AGENCIES):
        assert not walk.position.ended
        walk.receive("jawaban", kode=code, isi=f"dari {code}")
    assert walk.position.ended
    assert [one["isi"] for one in walk.data["semua_jawaban"]] == [f"dari {code}" for code in AGENCIES]


def test_the_examples_show_every_element_that_is_supported():
    shown = " ".join(EXAMPLES)
    assert [kind for kind in SUPPORTED if f"<{kind}" not in shown] == []
    definitions = ("message", "signal", "timer", "error", "escalation", "terminate")
    assert [kind for kind in definitions if f"<{kind}EventDefinition" not in shown] == []
    others = (
        "<dataObject ",
        "<lane ",
        "loopDataInputRef",
        "loopCardinality",
        "standardLoop",
        '"correlation"',
        '"payload"',
    )
    assert [one for one in others if one not in shown] == []


def test_the_guide_names_every_kind_of_element():
    plain = GUIDE.lower().replace("-", "").replace(" ", "")
    for kind in (*SUPPORTED, "scriptTask", "manualTask", "sendTask", "inclusiveGateway", "complexGateway"):
        word = kind.lower().removesuffix("gateway").removesuffix("task").removesuffix("event")
        assert word.removesuffix("catch").removesuffix("throw") in plain, kind
    assert set(SUPPORTED).isdisjoint(UNSUPPORTED)
