"""The index of public satisfaction, counted by hand beside the rule of PermenPANRB 14/2017."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from engine.satisfaction import Rule, index

SETTINGS = json.loads((Path(__file__).parents[2] / "processes/catalogue/settings.json").read_text())
RULE = Rule.read(SETTINGS)


def scores(**given):
    return {code: given.get(code, (0, 0, 0, 10)) for code in RULE.elements}


def test_nine_elements_weigh_the_same_and_the_best_of_all_is_a_hundred():
    found = index(RULE, 12, 10, scores())
    assert len(found.elements) == 9
    assert found.value == 100
    assert found.grade == ("A", "Sangat baik")


def test_an_index_is_the_mean_of_the_means_times_twenty_five():
    found = index(RULE, 10, 10, scores(skm_waktu=(10, 0, 0, 0), skm_biaya=(0, 5, 5, 0)))
    assert found.elements[2].mean == 1
    assert found.elements[3].mean == Fraction(5, 2)
    assert found.value == (7 * 4 + 1 + Fraction(5, 2)) / 9 * 25


@pytest.mark.parametrize(
    ("hundredths", "letter"),
    [(8831, "A"), (8830, "B"), (7661, "B"), (7660, "C"), (6500, "C"), (6499, "D"), (2500, "D")],
)
def test_a_grade_begins_at_the_value_of_its_interval(hundredths, letter):
    mean = Fraction(hundredths, 2500)
    # 10,000 answers of two neighbouring values whose mean is exactly this one.
    low = int(mean) if mean < 4 else 3
    high = int((mean - low) * 10_000)
    counts = [0, 0, 0, 0]
    counts[low - 1], counts[low] = 10_000 - high, high
    found = index(RULE, 10_000, 10_000, dict.fromkeys(RULE.elements, tuple(counts)))
    assert found.grade[0] == letter


def test_without_an_answer_to_every_element_there_is_no_index():
    assert index(RULE, 0, 0, {}).value is None
    assert index(RULE, 0, 0, {}).grade is None
    assert index(RULE, 3, 3, {"skm_waktu": (0, 0, 1, 2)}).value is None


def test_few_answers_say_that_they_are_few():
    assert not index(RULE, 40, RULE.least - 1, scores()).enough
    assert index(RULE, 40, RULE.least, scores()).enough


def test_a_release_from_before_the_rule_has_none():
    assert Rule.read({}) is None
