"""The engine's step alone, after 5, 50 and 500 repair rounds: our snapshots against SpiffWorkflow's serializer.

Both read one row under its lock, complete the open task, write the row back and
commit; the standard serializer's text stands in one column, as its documents show.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from app import create_app
from app.clock import WIB
from app.store.database import db
from engine import bpmn
from engine.services import Services

ROUNDS = (5, 50, 500)
TIMES = 15
AT = datetime(2026, 8, 3, 9, 0, tzinfo=WIB)
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
Advance = Callable[[str], str]


class Deaf(Exception):
    """SpiffWorkflow no longer looks at tasks below depth 1000: the case cannot go on."""


def _ours() -> tuple[str, Advance]:
    known = bpmn.Catalogue(forms={bpmn.GENERAL_FORM: ()}, services=Services(()), roles=frozenset())
    definition, context = bpmn.parse({"ukur.bpmn": LOOP}, known), bpmn.StepContext(AT, Services(()))

    def advance(text: str) -> str:
        task = bpmn.read(definition, text).tasks[0]
        return bpmn.complete(definition, text, task.id, VALUES, context).snapshot

    return bpmn.start(definition, "ukur", {}, context).snapshot, advance


def _standard() -> tuple[str, Advance]:
    parser = BpmnParser()
    parser.add_bpmn_io(BytesIO(LOOP))
    serializer = BpmnWorkflowSerializer()
    workflow: Any = BpmnWorkflow(parser.get_spec("ukur"))
    workflow.do_engine_steps()

    def advance(text: str) -> str:
        found: Any = serializer.deserialize_json(text)
        ready = found.get_tasks(state=TaskState.READY, manual=True)
        if not ready:
            raise Deaf
        task = ready[0]
        task.data[task.task_spec.bpmn_id] = dict(VALUES)
        task.run()
        found.do_engine_steps()
        return str(serializer.serialize_json(found))

    return str(serializer.serialize_json(workflow)), advance


def _completion(advance: Advance, text: str) -> tuple[float, str]:
    """Seconds of one completion with its transaction."""
    began = time.perf_counter()
    raw = db.engine.raw_connection()
    try:
        with raw.cursor() as cursor:
            cursor.execute("select teks from ukur where id = 1 for update")
            (found,) = cursor.fetchone()
            cursor.execute("update ukur set teks = %s where id = 1", (advance(found),))
        raw.commit()
    finally:
        raw.close()
    return time.perf_counter() - began, text


def _table(text: str) -> None:
    raw = db.engine.raw_connection()
    with raw.cursor() as cursor:
        cursor.execute("create temp table if not exists ukur (id int primary key, teks text)")
        cursor.execute("insert into ukur values (1, %s) on conflict (id) do update set teks = excluded.teks", (text,))
    raw.commit()
    raw.close()


def _measure(way: Callable[[], tuple[str, Advance]]) -> dict[int, float]:
    """Rounds -> median seconds of a completion after them; rounds before the measured ones are not stored."""
    text, advance = way()
    found, done = {}, 0
    for rounds in ROUNDS:
        try:
            for _ in range(2 * (rounds - done)):
                text = advance(text)
        except Deaf:
            return found
        done = rounds
        took = []
        for _ in range(TIMES):
            _table(text)
            took.append(_completion(advance, text)[0])
        found[rounds] = statistics.median(took)
    return found


def _row(rounds: int, ours: float, standard: float | None) -> str:
    if standard is None:
        return f"| {rounds} | {ours * 1000:.2f} | the case no longer goes on (depth 1000) | – |\n"
    return f"| {rounds} | {ours * 1000:.2f} | {standard * 1000:.2f} | {standard / ours:.1f} |\n"


def run() -> str:
    """The section of the page."""
    with create_app().app_context():
        ours, standard = _measure(_ours), _measure(_standard)
    rows = "".join(_row(rounds, ours[rounds], standard.get(rounds)) for rounds in ROUNDS)
    growth = ours[ROUNDS[-1]] / ours[ROUNDS[0]]
    return (
        "## The engine's step after many rounds\n\n"
        "One completion with its row read under lock, written and committed; a loop of two tasks walked before. Ours: "
        "compact folded snapshot; standard: `BpmnWorkflowSerializer` in one text column. "
        f"Median of {TIMES}. Growth of ours from {ROUNDS[0]} to {ROUNDS[-1]} rounds: {growth:.2f}.\n\n"
        "| rounds before | ours ms | standard ms | standard / ours |\n|---|---|---|---|\n" + rows
    )
