"""Form files: what is understood, what is refused, and that nothing half understood becomes a form."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.forms import Form, load
from tests.depth import examples

NAME = {"name": "nama", "label": "Nama", "type": "text"}


def raw(*fields, **words):
    return {"key": "coba", "title": "Coba", "sections": [{"title": "Isian", "fields": list(fields)}], **words}


def faults(content):
    made, found = load("forms/coba.json", json.dumps(content))
    assert (made is None) is bool(found)
    return {(one.element, one.code) for one in found}


def test_a_whole_form_file_becomes_a_form():
    content = raw(NAME, intro="Isi", version=3, outcomes=[{"value": "ya", "label": "Ya", "reason": True}])
    made, found = load("forms/coba.json", json.dumps(content))
    assert found == ()
    assert isinstance(made, Form)
    assert (made.key, made.version, made.intro) == ("coba", 3, "Isi")
    assert made.outcomes == (("ya", "Ya"),)
    assert made.reasons == {"ya"}
    assert made.field("nama").label == "Nama"
    assert made.field("lain") is None


VERDICT = {"name": "hasil", "label": "Hasil", "type": "choice", "options": [["sah", "Sah"], ["tidak", "Tidak"]]}
JUDGED = {"type": "rows", "rows_from": "all_requirements", "fields": [VERDICT]}


FIELD_FAULTS = [
    ({"type": "skrip"}, "form-type"),
    ({"type": ["text"]}, "form-type"),
    ({"label": ""}, "form-missing"),
    ({"wajib": True}, "form-word"),
    ({"required": "ya"}, "form-required"),
    ({"name": "dua kata"}, "form-name"),
    ({"name": "a__class__"}, "form-name"),
    ({"name": "näme"}, "form-name"),
    ({"name": "constructor"}, "form-name"),
    ({"name": "toString"}, "form-name"),
    ({"name": "a" * 61}, "form-name"),
    ({"type": "choice"}, "form-options"),
    ({"type": "choice", "options": [["a", "A"], ["a", "B"]]}, "form-options"),
    ({"type": "choice", "options": [["a"]]}, "form-options"),
    ({"type": "choice", "options_from": "rahasia"}, "form-options_from"),
    ({"type": "group"}, "form-fields"),
    ({"type": "rows", "fields": [NAME]}, "form-rows_from"),
    ({"pattern": "(a+)+$"}, "form-pattern"),
    ({"prefill": "applicant.password"}, "form-prefill"),
    ({"kinds": ["salinan"]}, "form-kinds"),
    ({"type": "number", "min": "2", "max": "1"}, "form-min"),
    ({"type": "number", "max": "NaN"}, "form-max"),
    ({"type": "number", "max": "banyak"}, "form-max"),
    ({"type": "number", "max": True}, "form-max"),
    ({"type": "number", "max": "1e999999999"}, "form-max"),
    ({"decimals": 99}, "form-decimals"),
    ({"length": [0]}, "form-length"),
    ({"length": "13"}, "form-length"),
    ({"accept": ["exe"]}, "form-accept"),
    ({"max_mb": 10_000}, "form-max_mb"),
    ({"type": "group", "fields": [NAME], "repeat": {"min": 5, "max": 1}}, "form-repeat"),
    ({"type": "group", "fields": [NAME], "repeat": {"max": 1_000_000}}, "form-repeat"),
    ({"visible_if": {"field": "nanti", "is": "x"}}, "form-condition"),
    ({"visible_if": {"field": "nanti", "matches": "x"}}, "form-visible_if"),
    ({"visible_if": {"field": "nanti", "in": "x"}}, "form-visible_if"),
    ({"visible_if": "nama == 'x'"}, "form-visible_if"),
    ({"type": "date", "not_before": "mulai"}, "form-not_before"),
    ({"type": "date", "not_before": ["mulai"]}, "form-not_before"),
    ({"type": ["date"], "not_before": "mulai"}, "form-not_before"),
    ({"not_before": "nama"}, "form-not_before"),
    ({"control": "iframe"}, "form-control"),
    ({"bulk": {"label": "Semua", "fill": {"hasil": "sah"}}}, "form-bulk"),
    ({**JUDGED, "bulk": {"label": "Semua"}}, "form-bulk"),
    ({**JUDGED, "bulk": {"label": ["Semua"], "fill": {"hasil": "sah"}}}, "form-bulk"),
    ({**JUDGED, "bulk": {"label": "Semua", "fill": {"hasil": "indah"}}}, "form-bulk"),
    ({**JUDGED, "bulk": {"label": "Semua", "fill": {"lain": "sah"}}}, "form-bulk"),
    ({**JUDGED, "bulk": {"label": "Semua", "fill": {"hasil": "sah"}, "ask": ["nama"]}}, "form-bulk"),
    ({**JUDGED, "bulk": {"label": "Semua", "fill": {"hasil": "sah"}, "klik": 1}}, "form-bulk"),
    ({**JUDGED, "unsent": {"hasil": "indah"}}, "form-unsent"),
    ({**JUDGED, "unsent": {}}, "form-unsent"),
    ({**JUDGED, "rows_from": "agencies", "unsent": {"hasil": "sah"}}, "form-unsent"),
    ({**JUDGED, "rows_from": ["agencies"], "unsent": {"hasil": "sah"}}, "form-unsent"),
]


@pytest.mark.parametrize(("words", "code"), FIELD_FAULTS)
def test_a_word_that_cannot_be_used_is_told_at_its_field(words, code):
    found = faults(raw({**NAME, **words}))
    assert code in {one for _, one in found}
    assert {element for element, _ in found} <= {str(words.get("name", "nama")), "nama"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ([], "form-json"),
        ("teks", "form-json"),
        (None, "form-json"),
        ({}, "form-missing"),
        (raw(), "form-missing"),
        (raw(NAME, script="x"), "form-word"),
        (raw(NAME, version="satu"), "form-version"),
        (raw(NAME, outcomes=[{"value": "a", "label": "A"}, {"value": "a", "label": "B"}]), "form-twice"),
        (raw(NAME, outcomes=["a"]), "form-json"),
        (raw(NAME, outcomes=[{"value": "a"}]), "form-missing"),
        (raw("nama"), "form-json"),
        (raw(NAME, NAME), "form-twice"),
        ({"key": "coba", "title": "Coba", "sections": [NAME]}, "form-word"),
        ({"key": "coba", "title": "Coba", "sections": {"title": "x"}}, "form-sections"),
    ],
)
def test_a_file_of_another_shape_is_refused(content, code):
    assert code in {one for _, one in faults(content)}


def test_two_faults_are_both_told():
    found = faults(raw({**NAME, "type": "skrip"}, {"name": "b", "label": "B", "type": "choice"}))
    assert found == {("nama", "form-type"), ("b", "form-options")}


def test_a_condition_inside_a_row_points_at_the_row():
    inner = {"name": "b", "label": "B", "type": "text", "visible_if": {"field": "nama", "filled": True}}
    good = {"name": "baris", "label": "Baris", "type": "group", "fields": [NAME, inner]}
    assert faults(raw(good)) == set()
    assert faults(raw({**NAME, "name": "atas"}, {**good, "fields": [inner]})) == {("b", "form-condition")}


def test_a_day_is_not_before_a_day_that_stands_above_it():
    begin, end = ({"name": one, "label": one, "type": "date"} for one in ("mulai", "selesai"))
    bound = {**end, "not_before": "mulai"}
    assert faults(raw(begin, bound)) == set()
    assert faults(raw(bound, begin)) == {("selesai", "form-not_before")}
    assert faults(raw({**begin, "type": "datetime"}, bound)) == {("selesai", "form-not_before")}


def test_a_condition_of_a_section_points_at_an_earlier_field():
    section = {"title": "Dua", "visible_if": {"field": "nama", "is": "x"}, "fields": [{**NAME, "name": "b"}]}
    first = {"title": "Satu", "fields": [NAME]}
    assert faults({"key": "coba", "title": "Coba", "sections": [first, section]}) == set()
    assert faults({"key": "coba", "title": "Coba", "sections": [section, first]}) == {("bagian 1", "form-condition")}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 20_000,
        '{"a":' * 20_000,
        "NaN",
        '{"key": NaN}',
        '{"key": "a", "key": "b"}',
        '{"version": ' + "9" * 5_000 + "}",
        "\x00",
        '{"key": "\\ud800", "title": "x", "sections": [1]}',
    ],
    ids=range(10),
)
def test_a_file_that_is_no_form_is_told_not_raised(text):
    made, found = load("forms/coba.json", text)
    assert made is None
    assert all(one.severity == "error" for one in found)
    assert found


def test_groups_within_groups_have_an_end():
    deep = dict(NAME)
    for level in range(50):
        deep = {"name": f"g{level}", "label": "G", "type": "group", "fields": [deep]}
    assert "form-deep" in {code for _, code in faults(raw(deep))}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
WORDS = "name label type required min max length pattern visible_if repeat options fields accept rows_from".split()


@settings(max_examples=examples(300))
@given(st.dictionaries(st.sampled_from(WORDS), JSON, max_size=6), JSON, JSON)
def test_any_json_is_a_form_or_a_list_of_faults(field, outcomes, sections):
    for content in (raw({**NAME, **field}), raw(NAME, outcomes=outcomes), {**raw(NAME), "sections": sections}):
        made, found = load("forms/coba.json", json.dumps(content))
        assert (made is None) is bool(found)


def test_sections_of_another_form_are_put_before_a_titled_section():
    sections = [{"title": title, "fields": [{**NAME, "name": title}]} for title in ("satu", "dua")]
    base, _ = load("a", json.dumps({"key": "a", "title": "A", "sections": sections}))
    other, _ = load("b", json.dumps(raw({**NAME, "name": "sisipan"})))
    assert [one.name for one in base.extended(other, "dua").fields()] == ["satu", "sisipan", "dua"]
    assert [one.name for one in base.extended(other, "tidak ada").fields()] == ["satu", "dua", "sisipan"]
