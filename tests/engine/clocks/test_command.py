"""`python -m engine.clocks answer`: one answer a line, faults told with their place, the stream never stopped."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.clocks.cases_format import answer, answered

HERE = Path(__file__).parent
CASE = json.loads((HERE / "examples.jsonl").read_text(encoding="utf-8").splitlines()[5])


def changed(path, value):
    case = copy.deepcopy(CASE)
    *way, last = path
    place = case
    for step in way:
        place = place[step]
    place[last] = value
    return json.dumps(case).encode()


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("clock",), None, "clock"),
        (("clock", "budget"), {}, "clock.budget"),
        (("clock", "budget"), {"hk": "3", "minutes": "4"}, "clock.budget"),
        (("clock", "budget"), {"hk": 2.5}, "clock.budget.hk"),
        (("clock", "budget"), {"hk": "0"}, "clock.budget.hk"),
        (("clock", "budget"), {"hk": "1e999999999"}, "clock.budget.hk"),
        (("clock", "budget"), [], "clock"),
        (("clock", "budget"), [{"hk": "3", "valid_from": "soon"}], "clock.budget[0].valid_from"),
        (("clock", "pausable"), "yes", "clock.pausable"),
        (("facts",), "none", "facts"),
        (("calendar",), {}, "calendar"),
        (("calendar", 0, "kind"), "MONTH", "calendar[0].kind"),
        (("calendar", 0, "hours", "mon"), [["07:30"]], "calendar[0].hours.mon[0]"),
        (("calendar", 0, "hours", "mon"), [["07:30", "25:00"]], "calendar[0].hours.mon[0][1]"),
        (("calendar", 0, "hours", "mon"), [["12:00", "07:30"]], "calendar[0]"),
        (("calendar", 0, "from"), "2024-02-30", "calendar[0].from"),
        (("ledger", 0, "effective_at"), "2026-05-22T09:59:00", "ledger[0].effective_at"),
        (("ledger", 0, "effective_at"), "yesterday", "ledger[0].effective_at"),
        (("ledger", 0, "effective_at"), "0001-01-01T00:00:00+14:00", "ledger[0].effective_at"),
        (("ledger", 0, "recorded_at"), None, "ledger[0].recorded_at"),
        (("ledger", 0, "kind"), "BEGIN", "ledger[0]"),
        (("ledger", 0, "seq"), "1", "ledger[0].seq"),
        (("ledger", 1, "seq"), 1, "clock"),
        (("declarations", 0, "versions", 0, "scope"), {"areas": []}, "declarations[0].versions[0].scope"),
        (("declarations", 0, "versions", 0, "to"), "2020-01-01T00:00:00+07:00", "declarations[0].versions[0]"),
        (("declarations", 0, "versions", 0, "effect"), None, "declarations[0].versions[0].effect"),
        (("declarations", 1, "id"), "FM1", "declarations"),
        (("questions", 0, "at"), 12, "questions[0].at"),
        (("sweeps",), ["now"], "sweeps[0]"),
    ],
)
def test_a_fault_is_told_with_its_line_and_place(path, value, place):
    told = answer(changed(path, value), number=7)
    assert set(told) == {"id", "error"}
    assert told["id"] == CASE["id"]
    assert told["error"].startswith(f"baris 7: {place}: ")


@pytest.mark.parametrize(
    "line", [b"{", b"[1]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"id": "X"}', b"1" * 5_000, b'"\xed\xa0\x80"']
)
def test_a_line_that_is_no_case_gets_an_error_and_the_next_is_answered(line):
    good = json.dumps(CASE).encode()
    answers = [json.loads(told) for told in answered([line, b"  \n", good])]
    assert len(answers) == 2
    assert answers[0]["error"].startswith("baris 1: ")
    assert answers[1] == {"id": CASE["id"], **CASE["expected"]}


def test_unknown_keys_are_ignored_and_a_case_without_tasks_or_declarations_is_answered():
    plain = {key: CASE[key] for key in ("id", "clock", "calendar", "ledger", "questions")} | {"mood": "good"}
    assert len(answer(json.dumps(plain).encode())["answers"]) == len(CASE["questions"])


def test_a_suspension_until_the_end_of_time_is_an_unknown_year_and_a_question_there_an_error():
    span = CASE["declarations"][0]["versions"][0] | {"to": "9998-12-31T00:00:00+07:00"}
    told = answer(changed(("declarations", 0, "versions", 0), span))["answers"][0]
    assert (told["state"], told["no_promise_because"]) == ("PAUSED", "YEAR_NOT_OFFICIAL")
    far = answer(changed(("questions",), [{"at": "2300-01-01T00:00:00+07:00"}]), number=3)
    assert far == {"id": CASE["id"], "error": "baris 3: waktu di luar jangkauan kalender (1970-2199)"}


def test_a_case_no_budget_fits_is_an_error():
    late = [{"hk": "3", "valid_from": "2030-01-01", "recorded_at": "2024-01-01T00:00:00+07:00"}]
    assert "tidak ada jangka waktu" in answer(changed(("clock", "budget"), late))["error"]


def test_an_instant_of_any_offset_is_understood_and_echoed_as_it_was_written():
    utc, wib = "2026-06-02T04:59:00Z", "2026-06-02T11:59:00+07:00"
    one, other = (
        answer(changed(("questions",), [{"at": written, "known_at": None}]))["answers"][0] for written in (utc, wib)
    )
    assert one == other | {"at": utc}


def test_the_command_answers_standard_input_line_by_line():
    lines = (HERE / "examples.jsonl").read_bytes().splitlines()[:3]
    command = [sys.executable, "-m", "engine.clocks", "answer"]
    done = subprocess.run(command, input=b"\n".join([*lines, b"oops"]), capture_output=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [told["id"] for told in answers] == ["X001", "X002", "X003", None]
    assert done.stderr == b""


def test_a_wrong_call_of_the_command_says_how_to_call_it():
    done = subprocess.run([sys.executable, "-m", "engine.clocks", "ask"], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"answer" in done.stderr
