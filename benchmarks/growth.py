"""Whole completions of one and the same case after 5, 50 and 500 repair rounds through the office.

The applicant hands in, the counter sends back, again and again, each time by
`complete_task` with everything it does; nothing is left out of the rounds in
between.  Fair, for the rounds measured follow those walked in the same case: what
grows with its past (tasks done, events, submissions, its snapshot) has grown.
"""

from __future__ import annotations

import json
import statistics
from datetime import timedelta
from time import perf_counter
from uuid import UUID, uuid4

from app.operations import cases, processes, tasks
from app.store import embedded
from benchmarks import office
from benchmarks.office import milliseconds
from benchmarks.page import Section, at_most

ROUNDS = (5, 50, 500)
MEASURED = 30
STEPS = (("minta", "pemohon", "selesai"), ("periksa", "loket", "lagi"))
LOOP = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" id="putar" targetNamespace="urn:ukur">
<process id="putaran" name="Putaran" isExecutable="true">
<laneSet id="lajur">
<lane id="lajur_pm" name="Pemohon (PM)"><flowNodeRef>mulai</flowNodeRef><flowNodeRef>temu</flowNodeRef>
<flowNodeRef>minta</flowNodeRef></lane>
<lane id="lajur_fo" name="Petugas Loket (FO)"><flowNodeRef>periksa</flowNodeRef><flowNodeRef>pilih</flowNodeRef>
<flowNodeRef>selesai</flowNodeRef></lane>
</laneSet>
<startEvent id="mulai"/><exclusiveGateway id="temu"/><userTask id="minta" name="Minta"/>
<userTask id="periksa" name="Periksa"><extensionElements><spiffworkflow:properties>
<spiffworkflow:property name="formKey" value="putaran"/></spiffworkflow:properties></extensionElements></userTask>
<exclusiveGateway id="pilih" default="ke_selesai"/><endEvent id="selesai"/>
<sequenceFlow id="f1" sourceRef="mulai" targetRef="temu"/><sequenceFlow id="f2" sourceRef="temu" targetRef="minta"/>
<sequenceFlow id="f3" sourceRef="minta" targetRef="periksa"/>
<sequenceFlow id="f4" sourceRef="periksa" targetRef="pilih"/>
<sequenceFlow id="kembali" sourceRef="pilih" targetRef="temu">
<conditionExpression>periksa["keputusan"] == "lagi"</conditionExpression></sequenceFlow>
<sequenceFlow id="ke_selesai" sourceRef="pilih" targetRef="selesai"/>
</process></definitions>"""


def release() -> dict[str, bytes]:
    """The release with a permit whose course is the loop, and the counter's form with two buttons."""
    files = office.release("PUTAR", "putaran", LOOP)
    form = json.loads(files["forms/tindakan.json"])
    outcomes = [{"value": "lagi", "label": "Kembalikan"}, {"value": "selesai", "label": "Selesai"}]
    files["forms/putaran.json"] = json.dumps(form | {"key": "putaran", "outcomes": outcomes}).encode()
    return files


def walk(case_id: UUID, people: dict[str, UUID]) -> list[float]:
    took = []
    for element, who, outcome in STEPS:
        id = office.open_task(case_id, element)
        began = perf_counter()
        tasks.complete_task(id, {"catatan": ["Belum lengkap."]}, outcome, people[who], office.MONDAY, uuid4())
        took.append(perf_counter() - began)
    return took


def measure() -> dict[int, list[float]]:
    """Rounds walked before -> seconds of the completions that followed."""
    found, done = {}, 0
    with office.opened() as people:
        processes.deploy(release(), "putaran", office.MONDAY - timedelta(days=2), development=True)
        case_id = cases.open_case("PUTAR", "baru", "perorangan", people["pemohon"], office.MONDAY).case_id
        for rounds in ROUNDS:
            while done < rounds:
                walk(case_id, people)
                done += 1
            found[rounds] = [one for _ in range(MEASURED) for one in walk(case_id, people)]
            done += MEASURED
    return found


def run(server: embedded.Server) -> Section:
    """The section of the page."""
    found = measure()
    first = statistics.median(found[ROUNDS[0]])
    growth = statistics.median(found[ROUNDS[-1]]) / first
    rows = "".join(
        f"| {rounds} | {milliseconds(values)} | {statistics.median(values) / first:.2f} |\n"
        for rounds, values in found.items()
    )
    return Section(
        "## A whole completion after many rounds\n\n"
        "One case sent back and handed in again through `complete_task`; after so many rounds the next "
        f"{2 * MEASURED} completions are measured.\n\n"
        f"| rounds before | median ms | 90th percentile ms | × after {ROUNDS[0]} |\n|---|---|---|---|\n" + rows,
        (at_most("a whole completion after 500 rounds, against after 5", growth, 1.1),),
    )
