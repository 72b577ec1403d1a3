"""The guide to drawing processes shows diagrams that the check accepts and the engine walks."""

import re
from pathlib import Path

from engine import bpmn
from engine.bpmn.elements import SUPPORTED, UNSUPPORTED
from engine.effects import StartClock, StopClock
from engine.services import Answer
from engine.services import service as named
from tests.engine.bpmn import drawing as d
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


def test_the_guide_names_every_kind_of_element():
    plain = GUIDE.lower().replace("-", "").replace(" ", "")
    for kind in (*SUPPORTED, "scriptTask", "manualTask", "sendTask", "inclusiveGateway", "complexGateway"):
        word = kind.lower().removesuffix("gateway").removesuffix("task").removesuffix("event")
        assert word.removesuffix("catch").removesuffix("throw") in plain, kind
    assert set(SUPPORTED).isdisjoint(UNSUPPORTED)
