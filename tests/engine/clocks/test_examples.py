"""Forty worked cases are answered to the letter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.clocks.cases_format import answer

LINES = (Path(__file__).parent / "examples.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", LINES, ids=lambda line: json.loads(line)["id"])
def test_a_worked_case_is_answered_exactly(line):
    case = json.loads(line)
    assert answer(line.encode()) == {"id": case["id"], **case["expected"]}


def test_there_are_forty_of_them():
    assert len(LINES) == 40
