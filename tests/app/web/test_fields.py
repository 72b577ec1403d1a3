"""Forms of the vocabulary as controls: every kind, rows that grow and shrink, conditions, answers for reading."""

import json

import pytest
from flask import render_template_string

from app.web import fields
from app.web.answered import answers
from engine.catalogue import Requirement
from engine.forms import load

OWNER = [
    {"name": "nama", "label": "Nama", "type": "text"},
    {"name": "pangkat", "label": "Pangkat", "type": "text", "visible_if": {"field": "nama", "filled": True}},
]
CHECK = [
    {"name": "ada", "label": "Ada", "type": "yes_no"},
    {"name": "catatan", "label": "Catatan", "type": "text"},
]
CODE = {"name": "kode", "label": "Kode", "type": "text"}
FORM = {
    "key": "contoh",
    "title": "Contoh",
    "sections": [
        {
            "title": "Semua jenis",
            "fields": [
                {"name": "teks", "label": "Teks", "type": "text", "required": True, "help": "Singkat saja"},
                {"name": "panjang", "label": "Panjang", "type": "long_text"},
                {"name": "luas", "label": "Luas", "type": "number", "unit": "m²"},
                {"name": "lantai", "label": "Lantai", "type": "integer"},
                {"name": "nilai", "label": "Nilai", "type": "money"},
                {"name": "lahir", "label": "Lahir", "type": "date"},
                {"name": "waktu", "label": "Waktu", "type": "datetime"},
                {"name": "warna", "label": "Warna", "type": "choice", "options": [["m", "Merah"], ["p", "Putih"]]},
                {"name": "opd", "label": "OPD", "type": "choices", "options_from": "agencies"},
                {"name": "setuju", "label": "Setuju", "type": "yes_no"},
                {"name": "nik", "label": "NIK", "type": "nik"},
                {"name": "npwp", "label": "NPWP", "type": "npwp"},
                {"name": "rt", "label": "RT", "type": "digits", "length": [3]},
                {"name": "telepon", "label": "Telepon", "type": "phone"},
                {"name": "surel", "label": "Surel", "type": "email"},
                {"name": "berkas", "label": "Berkas", "type": "file", "max_mb": 2},
                {"name": "benar", "label": "Benar", "type": "declaration"},
                {"name": "petunjuk", "label": "Petunjuk", "type": "note", "text": "Bacalah dahulu"},
                {
                    "name": "pemilik",
                    "label": "Pemilik",
                    "type": "group",
                    "repeat": {"min": 1, "max": 3},
                    "fields": OWNER,
                },
                {"name": "syarat", "label": "Syarat", "type": "rows", "rows_from": "requirements", "fields": CHECK},
            ],
        },
        {"title": "Bila merah", "visible_if": {"field": "warna", "is": "m"}, "fields": [CODE]},
    ],
}
LISTS = {"agencies": (("PUPR", "Dinas PUPR"),), "requirements": (("ktp", "KTP"), ("nib", "NIB"))}
PAGE = '{% from "macros/fields.html" import bagian %}{% for p in semua %}{{ bagian(p) }}{% endfor %}'


@pytest.fixture(scope="module")
def form():
    found, problems = load("contoh.json", json.dumps(FORM))
    assert problems == ()
    return found


@pytest.fixture
def drawn(application, form):
    """`drawn(typed, errors)`: the form's HTML."""

    def draw(typed=None, errors=None):
        with application.test_request_context("/"):
            return render_template_string(
                PAGE, semua=fields.parts(fields.Filling(form, typed or {}, LISTS, {}, errors or {}))
            )

    return draw


def test_every_kind_of_field_has_a_control_and_a_label(drawn, form):
    page = drawn()
    for one in form.fields():
        if one.type in ("note", "group", "rows"):
            continue
        assert f'name="{one.name}"' in page, one.name
        assert f'id="f-{one.name}"' in page, one.name
    assert "Bacalah dahulu" in page
    assert 'name="syarat.ktp.catatan"' in page
    assert 'name="pemilik.0.nama"' in page


def test_dates_are_texts_with_an_example(drawn):
    page = drawn()
    assert 'type="date"' not in page
    assert "hari/bulan/tahun, misalnya 17/08/1990" in page


def test_what_was_typed_stands_in_its_control(drawn):
    page = drawn(
        {"teks": ['<b> & "kutip"'], "warna": ["p"], "opd": ["PUPR"], "benar": ["ya"], "panjang": ["dua\nbaris"]}
    )
    assert 'value="&lt;b&gt; &amp; &#34;kutip&#34;"' in page
    assert page.count(" checked") == 3
    assert "dua\nbaris</textarea>" in page


def test_a_fault_stands_at_its_control(drawn):
    page = drawn({}, {"teks": "Teks wajib diisi", "pemilik.0.nama": "Nama wajib diisi", "warna": "Warna wajib dipilih"})
    assert 'aria-describedby="b-teks s-teks" aria-invalid="true"' in page
    assert 'id="s-pemilik.0.nama"' in page
    assert 'id="s-warna"' in page


def test_the_number_of_rows_travels_with_the_form(drawn):
    assert 'name="pemilik.n" value="1"' in drawn()
    assert 'name="pemilik.n" value="3"' in drawn({"pemilik.n": ["9"]})


@pytest.mark.parametrize("count", ["", "-1", "banyak", "99999999999999999999"])
def test_a_broken_number_of_rows_is_the_least(drawn, count):
    assert 'name="pemilik.n" value="1"' in drawn({"pemilik.n": [count]})


def test_a_full_group_has_no_button_for_more(drawn):
    assert 'value="tambah:pemilik"' in drawn({"pemilik.n": ["2"]})
    assert 'value="tambah:pemilik"' not in drawn({"pemilik.n": ["3"]})


def test_a_row_more_keeps_the_others(form):
    found = fields.grown(form, {"pemilik.n": ["1"], "pemilik.0.nama": ["Ani"]}, "pemilik")
    assert found == {"pemilik.n": ["2"], "pemilik.0.nama": ["Ani"]}


def test_a_row_less_moves_the_later_ones_up(form):
    typed = {
        "pemilik.n": ["3"],
        "pemilik.0.nama": ["Ani"],
        "pemilik.1.nama": ["Budi"],
        "pemilik.2.nama": ["Cici"],
        "teks": ["x"],
    }
    found = fields.shrunk(form, typed, "pemilik", "1")
    assert found == {"pemilik.n": ["2"], "pemilik.0.nama": ["Ani"], "pemilik.1.nama": ["Cici"], "teks": ["x"]}


@pytest.mark.parametrize(("name", "row"), [("teks", "0"), ("tidak_ada", "0"), ("pemilik", "x"), ("pemilik", "")])
def test_what_is_no_group_cannot_shrink(form, name, row):
    assert fields.shrunk(form, {"teks": ["x"]}, name, row) == {"teks": ["x"]}
    assert fields.grown(form, {"teks": ["x"]}, "teks") == {"teks": ["x"]}


def test_a_condition_is_told_in_words_for_those_without_script(drawn):
    page = drawn()
    assert "isi bila Warna: Merah" in page
    assert 'data-bila="warna" data-uji="is" data-nilai="&#34;m&#34;"' in page
    assert 'data-bila="pemilik.0.nama" data-uji="filled"' in page


def test_answers_read_like_sentences_and_mask_identity(application, form):
    values = {"nik": "1872010101900001", "nilai": 187625, "luas": "120.5", "warna": "m", "lahir": "1990-08-17",
              "syarat": {"ktp": {"ada": True, "catatan": "jelas"}}, "pemilik": [{"nama": "Ani"}]}  # fmt: skip
    with application.test_request_context("/"):
        found = {one.label: one.text for _title, part in answers(form, values, LISTS, {}) for one in part}
    assert found["NIK"] == "1872••••••••0001"
    assert found["Nilai"] == "Rp187.625"
    assert found["Luas"] == "120,5 m²"
    assert (found["Warna"], found["Lahir"]) == ("Merah", "17/08/1990")
    assert (found["KTP"], found["Pemilik 1"]) == ("Ya · jelas", "Ani")


def test_a_requirement_limits_the_kinds_and_size_of_its_file(application):
    rows = {"name": "berkas", "label": "Berkas", "type": "rows", "rows_from": "requirements"}
    rows["fields"] = [
        {"name": "unggahan", "label": "Dokumen", "type": "file", "accept": ["pdf", "jpg", "png"], "max_mb": 20}
    ]
    form, problems = load(
        "x.json",
        json.dumps({"key": "x", "title": "X", "version": 1, "sections": [{"title": "Berkas", "fields": [rows]}]}),
    )
    assert problems == ()
    wanted = {"ktp": Requirement("ktp", "KTP", accept=("pdf",), max_mb=2)}
    with application.test_request_context("/"):
        part = fields.parts(fields.Filling(form, {}, LISTS, requirements=wanted))[0]
    limited, free = (row.controls[0] for row in part.controls[0].rows)
    assert (limited.accept, limited.field.max_mb) == (".pdf", 2)
    assert (free.accept, free.field.max_mb) == (".pdf,.jpg,.png", 20)
