"""The clocks agree with a slow second answer that cuts time at every boundary."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings

from engine.clocks.cases_format import answer
from tests.depth import examples
from tests.engine.clocks import reference
from tests.engine.clocks.generated import cases

QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large)


@settings(max_examples=examples(800), derandomize=True, deadline=None, suppress_health_check=QUIET, database=None)
@given(cases())
def test_every_field_of_every_answer_equals_the_slow_answer(case):
    given_answers = answer(json.dumps(case).encode())
    assert "error" not in given_answers
    for got, question in zip(given_answers["answers"], case["questions"], strict=True):
        expected = reference.answer(case, question)
        if expected["remaining"] is None:  # not begun, and the budget depends on when it will
            expected["remaining"] = got["remaining"]
        assert got == expected


@settings(max_examples=examples(120), derandomize=True, deadline=None, suppress_health_check=QUIET, database=None)
@given(cases(sweeps=True))
def test_every_sweep_logs_what_the_slow_answer_logs(case):
    assert answer(json.dumps(case | {"questions": []}).encode())["sweep_log"] == reference.sweep_log(case)
