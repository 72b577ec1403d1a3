"""What a form file says of points, photographs and measured figures: understood wholly, or refused with a reason."""

import json
from decimal import Decimal

import pytest

from engine.forms import attempt, load
from engine.forms.measuring import difference
from engine.forms.placing import plain, point_of
from engine.forms.values import show

POINT = {"name": "titik", "label": "Koordinat", "type": "text", "pattern": "coordinates"}
METRES = {"name": "teliti", "label": "Ketelitian", "type": "number"}
OUTSIDE = {"name": "luar", "label": "Memang di luar", "type": "declaration"}
ROLES = {"what": "uraian", "declared": "kata", "measured": "ukur", "unit_field": "satuan", "remark": "catat"}
INNER = [
    {"name": "uraian", "label": "Uraian", "type": "text"},
    {"name": "kata", "label": "Dinyatakan", "type": "number"},
    {"name": "ukur", "label": "Terukur", "type": "number"},
    {"name": "satuan", "label": "Satuan", "type": "text"},
    {"name": "catat", "label": "Keterangan", "type": "long_text"},
]
ROWS = {"name": "baris", "label": "Ukuran", "type": "group", "repeat": {"min": 0, "max": 5}, "fields": INNER}
MEASURED = {**ROLES, "of": ["luas", "kendaraan.muatan"]}


def made(*fields):
    return load("t.json", json.dumps({"key": "t", "title": "T", "sections": [{"title": "S", "fields": list(fields)}]}))


def form(*fields):
    found, problems = made(*fields)
    assert problems == ()
    return found


def codes(*fields):
    found, problems = made(*fields)
    assert found is None
    return {one.code for one in problems}


# --- points


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("-5.1131, 105.3067", "-5.1131, 105.3067"),
        ("-5,1131; 105,3067", "-5.1131, 105.3067"),
        ("-5,1131, 105,3067", "-5.1131, 105.3067"),
        ("-5,1131 105,3067", "-5.1131, 105.3067"),
        ("-5,1131,105,3067", "-5.1131, 105.3067"),
        ("-5,105", "-5, 105"),
        ("\u22125.1131 ,  105.3067", "-5.1131, 105.3067"),
        ("90;180", "90, 180"),
        ("91;105", None),
        ("-5;181", None),
        ("-5.1131", None),
        ("5 LS 105 BT", None),
        ("", None),
    ],
)
def test_a_point_is_read_however_its_decimals_are_written(typed, read):
    assert plain(typed) == read


def test_a_point_that_was_read_gives_back_its_two_numbers():
    assert point_of("-5.1131, 105.3067") == (Decimal("-5.1131"), Decimal("105.3067"))


@pytest.mark.parametrize(
    ("said", "ticked", "told"),
    [
        ({}, "", "periksa lintang dan bujurnya"),
        ({"accuracy": "teliti"}, "ya", "periksa lintang dan bujurnya"),
        ({"beyond": "luar"}, "", "atau centang"),
        ({"beyond": "luar"}, "ya", None),
    ],
)
def test_a_point_far_away_is_asked_about_where_the_form_has_a_field_for_the_answer(said, ticked, told):
    fields = form(POINT | ({"place": said} if said else {}), METRES, OUTSIDE)
    raw = {"titik": ["3,59; 98,67"], "luar": [ticked]}
    _found, errors = attempt(fields, raw, inside=lambda latitude, longitude: latitude < 0)
    assert (told is None) is (errors == {})
    assert told is None or told in errors["titik"]


@pytest.mark.parametrize(
    "fields",
    [
        [{**POINT, "place": {"accuracy": "luar"}}, OUTSIDE],
        [{**POINT, "place": {"beyond": "tiada"}}],
        [{**POINT, "place": {"beyond": 3}}],
        [{**POINT, "place": {"besar": "teliti"}}, METRES],
        [{**METRES, "name": "lain", "place": {}}],
    ],
)
def test_a_place_that_points_at_nothing_of_its_kind_is_refused(fields):
    assert codes(*fields) == {"form-place"}


# --- photographs


def test_only_files_stand_beside_each_other_and_come_from_a_camera():
    photos = {"name": "foto", "label": "Foto", "type": "file", "accept": ["jpg"], "many": 20, "control": "camera"}
    field = form(photos).field("foto")
    assert (field.many, field.control) == (20, "camera")
    assert codes({**METRES, "many": 2}) == {"form-many"}
    assert codes({**METRES, "control": "camera"}) == {"form-many"}
    assert codes({**photos, "many": 41}) == {"form-many"}


# --- measured figures


@pytest.mark.parametrize(
    ("declared", "found", "told"),
    [
        ("120", "110", "lebih kecil 10 m² (8,3 %)"),
        ("120", "120.00", "sama dengan yang dinyatakan"),
        ("3", "4", "lebih besar 1 m² (33,3 %)"),
        ("0", "4", "lebih besar 4 m²"),
        ("1000", "2500.5", "lebih besar 1.500,5 m² (150,1 %)"),
        ("3.1", "3.0", "lebih kecil 0,1 m² (3,2 %)"),
    ],
)
def test_a_difference_is_said_in_words_with_its_share(declared, found, told):
    assert difference(Decimal(declared), Decimal(found), "m²", show) == told


def test_a_difference_without_a_unit_ends_with_its_number():
    assert difference(Decimal(2), Decimal(1), "", show) == "lebih kecil 1 (50 %)"
    assert difference(Decimal(0), Decimal(-1), "", show) == "lebih kecil 1"


def row(**given):
    return {"baris.n": ["1"], **{f"baris.0.{name}": [text] for name, text in given.items()}}


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"uraian": "Luas", "kata": "120", "ukur": "110", "satuan": "m²"}, True),
        ({"uraian": "Luas", "kata": "120", "ukur": "110", "catat": "Dapur dibongkar"}, False),
        ({"uraian": "Luas", "kata": "120", "ukur": "120,0"}, False),
        ({"uraian": "Luas", "kata": "120"}, False),
        ({"uraian": "Luas", "ukur": "120"}, False),
    ],
)
def test_a_remark_is_asked_where_two_figures_differ_and_nowhere_else(given, asked):
    _found, errors = attempt(form({**ROWS, "measured": MEASURED}), row(**given))
    assert set(errors) == ({"baris.0.catat"} if asked else set())


def test_rows_of_a_group_without_the_word_may_differ_as_they_like():
    assert attempt(form(ROWS), row(uraian="Luas", kata="120", ukur="110"))[1] == {}


@pytest.mark.parametrize(
    "measured",
    [
        {**MEASURED, "of": []},
        {**MEASURED, "of": ["a.b.c"]},
        {**MEASURED, "remark": ""},
        {name: word for name, word in MEASURED.items() if name != "of"},
        {**MEASURED, "measured": "uraian"},
        {**MEASURED, "remark": "tiada"},
        [],
    ],
)
def test_measured_names_fields_of_its_rows_and_figures_of_the_application(measured):
    assert codes({**ROWS, "measured": measured}) == {"form-measured"}


def test_only_a_group_is_measured():
    assert "form-measured" in codes({**ROWS, "type": "rows", "rows_from": "areas", "measured": MEASURED})
