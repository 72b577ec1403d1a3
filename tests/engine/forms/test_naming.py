"""Names of fields: what conditions cannot read, or people would take for another name, is told at the field."""

import json
import keyword

import pytest

from engine import naming, reserved
from engine.bpmn import expressions, mentions
from engine.bpmn.expressions import ExpressionFault
from engine.forms import load, restored
from engine.forms.naming import fault


def form(*names, group=()):
    fields = [{"name": one, "label": "Isian", "type": "text"} for one in names]
    inner = [{"name": one, "label": "Isian", "type": "text"} for one in group]
    fields += [{"name": "baris", "label": "Baris", "type": "group", "fields": inner}] if group else []
    return json.dumps({"key": "coba", "title": "Coba", "sections": [{"title": "Isi", "fields": fields}]})


def told(text):
    return [(one.element, one.code, one.severity, bool(one.hint)) for one in load("forms/coba.json", text)[1]]


def test_the_words_of_conditions_are_those_of_the_language_itself():
    assert set(expressions.WORDS) <= naming.OF_CONDITIONS
    for word in keyword.kwlist:
        assert word.lower() in naming.OF_CONDITIONS
        with pytest.raises(ExpressionFault):
            expressions.parse(f"periksa.{word} == 1")


@pytest.mark.parametrize(
    "name", [*"null true false and or not in if None Is _luas 2luas luas__tanah luas-tanah".split()]
)
def test_a_name_that_no_condition_can_read_is_told_at_its_field_with_what_to_do(name):
    assert told(form(name)) == [(name, "form-name", "error", True)]
    assert told(form("luas", group=[name])) == [(name, "form-name", "error", True)]


@pytest.mark.parametrize(
    ("names", "at"), [(["Keputusan"], "Keputusan"), (["luas", "Luas"], "Luas"), (["AKSI"], "AKSI")]
)
def test_a_name_that_differs_from_another_one_only_in_its_capitals_is_told(names, at):
    assert told(form(*names)) == [(at, "form-name", "error", True)]


def test_a_group_may_use_the_offices_names_in_any_letters_but_no_two_alike():
    assert told(form(group=["Keputusan", "keputusan_lain"])) == []
    assert told(form(group=["isi", "Isi"])) == [("Isi", "form-name", "error", True)]


@pytest.mark.parametrize(
    "name", ["luas_tanah", "match", "case", "type", "nomor2", "len", "date", "JumlahOrang", "a_1_b"]
)
def test_a_name_that_is_taken_is_read_by_conditions(name):
    assert fault(name, ()) is None
    assert mentions.paths(f"periksa.{name} == 1") == (("periksa", name),)


def test_every_name_of_the_office_is_its_own_in_small_letters():
    assert {one.lower() for one in reserved.NAMES} == reserved.NAMES


def test_a_form_that_was_taken_in_under_older_rules_is_read_as_it_was():
    assert [one.name for one in restored(form("null", "Keputusan")).fields()] == ["null", "Keputusan"]
