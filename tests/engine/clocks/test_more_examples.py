"""Worked cases for what the forty leave out: years nobody adopted, rolls without an end, what is refused at entry."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from engine.clocks.cases_format import answer
from tests.engine.clocks import reference

LINES = (Path(__file__).parent / "more_examples.jsonl").read_text(encoding="utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]
BRANCHES = {"YEAR_NOT_OFFICIAL", "OPEN_ROLL", "OPEN_PAUSE", "NOT_STARTED", None}
WEEK = [["07:30", "12:00"], ["11:59", "16:00"]]


@pytest.mark.parametrize("line", LINES, ids=lambda line: json.loads(line)["id"])
def test_a_worked_case_is_answered_exactly(line):
    case = json.loads(line)
    assert answer(line.encode()) == {"id": case["id"], **case["expected"]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_slow_second_answer_says_the_same(case):
    for question, expected in zip(case["questions"], case["expected"]["answers"], strict=True):
        found = reference.answer(case, question)
        assert found | {"remaining": expected["remaining"]} == expected


def test_every_reason_for_no_promise_is_among_them():
    answers = [one for case in CASES for one in case["expected"]["answers"]]
    assert {one["no_promise_because"] for one in answers} == BRANCHES
    rolled = [one for one in answers if one["no_promise_because"] and one["rolled_by"]]
    assert {one["no_promise_because"] for one in rolled} == {"OPEN_ROLL", "OPEN_PAUSE", "YEAR_NOT_OFFICIAL"}
    assert all(one["accrual_at"] for one in rolled), "where a promise is lost while rolling its budget was spent"


def _broken(change):
    case = copy.deepcopy(CASES[4])
    del case["expected"]
    change(case)
    return answer(json.dumps(case).encode(), number=5)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda c: c["calendar"][0]["hours"].update(mon=WEEK), "calendar[0]"),
        (lambda c: c["declarations"][0]["versions"][0].update(to="2026-08-01T00:00:00+07:00"), "declarations[0]"),
        (lambda c: c["declarations"][0]["versions"][0]["scope"].update(units=[]), "declarations[0].versions[0].scope"),
        (lambda c: c["declarations"][0]["versions"][0].update(kind="STOP"), "declarations[0].versions[0]"),
        (lambda c: c["ledger"][0].pop("recorded_at"), "ledger[0].recorded_at"),
        (lambda c: c["ledger"][0].pop("effective_at"), "ledger[0]"),
        (lambda c: c["calendar"][1].update(year=3000), "calendar[1]"),
        (lambda c: c.update(tasks=[{"unit": "A", "from": "besok", "to": None}]), "tasks[0].from"),
        (lambda c: c["questions"][0].update(known_at="kemarin"), "questions[0].known_at"),
    ],
)
def test_what_is_refused_at_entry_gets_a_sentence_with_its_place_and_no_answer(change, place):
    told = _broken(change)
    assert set(told) == {"id", "error"}
    assert told["error"].startswith(f"baris 5: {place}")
