"""The engine's step alone, after 5, 50 and 500 repair rounds: our snapshots against SpiffWorkflow's serializer.

Both read one row under its lock, complete the open task, write the row back and
commit; the standard serializer's text stands in one column, as its documents show.
The same table, the same driver, the same diagram and values.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable

from app.store import embedded
from benchmarks import office
from benchmarks.engines import Deaf, Way, completion, keep, ours, standard, table
from benchmarks.page import Section, ahead, at_most

ROUNDS = (5, 50, 500)
TIMES = 60
LOOP = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="ukur" targetNamespace="urn:ukur">
<process id="ukur" isExecutable="true">
<startEvent id="mulai"/><exclusiveGateway id="temu"/><userTask id="periksa" name="Periksa"/>
<exclusiveGateway id="pilih" default="ke_akhir"/><userTask id="perbaiki" name="Perbaiki"/><endEvent id="akhir"/>
<sequenceFlow id="f1" sourceRef="mulai" targetRef="temu"/><sequenceFlow id="f2" sourceRef="temu" targetRef="periksa"/>
<sequenceFlow id="f3" sourceRef="periksa" targetRef="pilih"/>
<sequenceFlow id="f4" sourceRef="pilih" targetRef="perbaiki">
<conditionExpression>periksa["lagi"]</conditionExpression></sequenceFlow>
<sequenceFlow id="f5" sourceRef="perbaiki" targetRef="temu"/>
<sequenceFlow id="ke_akhir" sourceRef="pilih" targetRef="akhir"/>
</process></definitions>"""
VALUES = {"lagi": True, "pada": "2026-08-03T09:00:00+07:00", "keputusan": "perbaikan"}


def _measure(way: Way) -> dict[int, float]:
    """Rounds walked before -> median seconds of a completion after them; the rounds before are not stored.

    Measured in a shuffled order, so that what the row's earlier versions cost the server, and the memory that is
    tidied up every so often, fall on all alike.
    """
    begin, advance = way(LOOP, "ukur", VALUES)
    texts = _walked(begin, advance)
    took: dict[int, list[float]] = {rounds: [] for rounds in texts}
    order, dice = [*texts] * TIMES, random.Random(76)
    dice.shuffle(order)
    for rounds in order:
        keep(texts[rounds])
        took[rounds].append(completion(advance))
    return {rounds: statistics.median(ones) for rounds, ones in took.items()}


def _walked(text: str, advance: Callable[[str], str]) -> dict[int, str]:
    """Rounds -> the case after them, as far as the way goes on."""
    found: dict[int, str] = {}
    done = 0
    for rounds in ROUNDS:
        try:
            for _ in range(2 * (rounds - done)):
                text = advance(text)
        except Deaf:
            return found
        found[rounds], done = text, rounds
    return found


def _row(rounds: int, ours: float, standard: float | None) -> str:
    if standard is None:
        return f"| {rounds} | {ours * 1000:.2f} | the case no longer goes on (depth 1000) | – |\n"
    return f"| {rounds} | {ours * 1000:.2f} | {standard * 1000:.2f} | {standard / ours:.1f} |\n"


def run(server: embedded.Server) -> Section:
    """The section of the page."""
    with office.opened():
        table(server)
        own, other = _measure(ours), _measure(standard)
    rows = "".join(_row(rounds, own[rounds], other.get(rounds)) for rounds in ROUNDS)
    growth = own[ROUNDS[-1]] / own[ROUNDS[0]]
    return Section(
        "## The engine's step after many rounds\n\n"
        "One completion with its row read under lock, written and committed; a loop of two tasks walked before. Ours: "
        "compact folded snapshot; standard: `BpmnWorkflowSerializer` in one text column. "
        f"Median of {TIMES}, shuffled. Growth of ours from {ROUNDS[0]} to {ROUNDS[-1]} rounds: {growth:.2f}.\n\n"
        "| rounds before | ours ms | standard ms | standard / ours |\n|---|---|---|---|\n" + rows,
        (
            at_most("the engine's step after 500 rounds, against after 5", growth, 1.1),
            ahead("(b) SpiffWorkflow's standard serializer, the step after 50 rounds", own[50], other[50]),
        ),
    )
