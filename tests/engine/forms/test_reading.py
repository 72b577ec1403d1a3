"""Reading what people type: every type of field, conditions, rows, and text of any kind."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import SubmissionInvalid
from engine.forms import attempt, load, read, refill
from engine.forms.values import clean, nik_doubts
from tests.depth import examples

LISTS = {
    "areas": (("18.72.01.1001", "Metro"), ("18.72.04.1001", "Iringmulyo")),
    "requirements": (("ktp", "KTP"), ("stnk", "STNK")),
}


def form(*fields, **words):
    raw = {"key": "coba", "title": "Coba", "sections": [{"title": "Isian", "fields": list(fields)}], **words}
    made, faults = load("forms/coba.json", json.dumps(raw))
    assert faults == ()
    return made


def one(kind, **words):
    return form({"name": "isi", "label": "Isian", "type": kind, **words})


def value(made, *typed, **more):
    return read(made, {"isi": list(typed)}, LISTS, **more).values.get("isi")


def errors(made, raw, **more):
    with pytest.raises(SubmissionInvalid) as refused:
        read(made, raw, LISTS, **more)
    return refused.value.errors


def sentence(made, *typed):
    return errors(made, {"isi": list(typed)})["isi"]


@pytest.mark.parametrize(
    ("kind", "words", "typed", "expected"),
    [
        ("text", {}, "  Siti\tAminah ", "Siti\tAminah"),
        ("text", {}, "baris\nkedua", "baris kedua"),
        ("text", {"pattern": "plate"}, "be 1234 xy", "BE 1234 XY"),
        ("text", {"pattern": "postcode"}, "34111", "34111"),
        ("text", {"pattern": "coordinates"}, "-5.1131, 105.3067", "-5.1131, 105.3067"),
        ("digits", {"length": [4], "min": 1950, "max": 2099}, "1998", "1998"),
        ("long_text", {}, "satu\r\ndua\rtiga", "satu\ndua\ntiga"),
        ("number", {}, "1.250,5", "1250.5"),
        ("number", {}, "1,50", "1.5"),
        ("number", {}, "-0", "0"),
        ("number", {"min": "0", "max": "100"}, "100", "100"),
        ("integer", {}, "1.250", 1250),
        ("integer", {}, "12,0", 12),
        ("money", {}, "Rp187.625", 187_625),
        ("money", {}, "rp. 187.625,00", 187_625),
        ("money", {}, "187625,-", 187_625),
        ("date", {}, "8/2/2018", "2018-02-08"),
        ("date", {}, "08-02-2018", "2018-02-08"),
        ("date", {}, "8 2 2018", "2018-02-08"),
        ("date", {}, "29.02.2024", "2024-02-29"),
        ("datetime", {}, "11/08/2026 08.00", "2026-08-11T08:00:00+07:00"),
        ("datetime", {}, "11/08/2026, 8:05 WIB", "2026-08-11T08:05:00+07:00"),
        ("choice", {"options": [["a", "A"], ["b", "B"]]}, "b", "b"),
        ("choice", {"options_from": "areas"}, "18.72.04.1001", "18.72.04.1001"),
        ("yes_no", {}, "ya", True),
        ("yes_no", {}, "tidak", False),
        ("nik", {}, "1872 0151 0390 0001", "1872015103900001"),
        ("npwp", {}, "01.234.567.8-901.000", "012345678901000"),
        ("digits", {"length": [13]}, "1234567890123", "1234567890123"),
        ("phone", {}, "0812 3456 7890", "+6281234567890"),
        ("phone", {}, "+62 725 49638", "+6272549638"),
        ("email", {}, "Siti@Contoh.ID", "Siti@contoh.id"),
        ("declaration", {}, "on", True),
    ],
)
def test_what_is_typed_in_the_local_manner_becomes_a_plain_value(kind, words, typed, expected):
    assert value(one(kind, **words), typed) == expected


@pytest.mark.parametrize(
    ("kind", "words", "typed", "told"),
    [
        ("text", {}, "x" * 201, "paling banyak 200 huruf, Anda menulis 201"),
        ("text", {"pattern": "plate"}, "tidak ada", "contoh: BE 1234 XY"),
        ("long_text", {}, "x" * 4001, "paling banyak 4000 huruf"),
        ("number", {}, "1,250.5", "harus angka, misalnya 1.250,5"),
        ("number", {}, "NaN", "harus angka"),
        ("number", {}, "1e5", "harus angka"),
        ("number", {}, "12.50", "harus angka"),
        ("number", {"decimals": 1}, "1,25", "paling banyak 1 angka di belakang koma"),
        ("number", {"min": "0.5", "unit": "m"}, "0,1", "paling kecil 0,5 m"),
        ("number", {"max": "1000"}, "1.000,01", "paling besar 1.000"),
        ("number", {}, "9" * 5000, "terlalu besar; paling banyak 18 angka"),
        ("number", {}, "9" * 60 + ",5", "terlalu besar"),
        ("number", {}, "-" + "9" * 19, "terlalu besar"),
        ("number", {}, "1," + "3" * 60, "paling banyak 9 angka di belakang koma"),
        ("number", {}, "1.0000" + "0" * 60, "harus angka"),
        ("number", {}, "1" + ".000" * 5000, "terlalu besar"),
        ("integer", {}, "1,5", "harus bilangan bulat"),
        ("money", {}, "seribu", "harus angka"),
        ("date", {}, "31/02/2024", "bukan tanggal yang ada"),
        ("date", {}, "2024-02-08", "bukan tanggal yang ada"),
        ("date", {}, "8 Februari 2018", "tulis hari/bulan/tahun"),
        ("date", {}, "²/1/2020", "tulis hari/bulan/tahun"),
        ("date", {}, "1/1/1800", "bukan tanggal yang ada"),
        ("datetime", {}, "11/08/2026 24.00", "tulis tanggal dan jam"),
        ("datetime", {}, "11/08/2026", "tulis tanggal dan jam"),
        ("choice", {"options": [["a", "A"]]}, "c", "berisi pilihan yang tidak ada dalam daftar"),
        ("choice", {"options_from": "areas"}, "18.72.09", "berisi pilihan yang tidak ada dalam daftar"),
        ("nik", {}, "187201510", "harus 16 angka, Anda menulis 9"),
        ("nik", {}, "187201510390000x", "hanya boleh angka"),
        ("nik", {}, "١" * 16, "hanya boleh angka"),
        ("npwp", {}, "1" * 14, "harus 15 atau 16 atau 22 angka"),
        ("digits", {"length": [5]}, "1234", "harus 5 angka"),
        ("phone", {}, "tidak ada", "bukan nomor telepon"),
        ("phone", {}, "08", "bukan nomor telepon"),
        ("email", {}, "siti@", "bukan alamat surel yang sah"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_at_its_field(kind, words, typed, told):
    assert told in sentence(one(kind, **words), typed)
    assert sentence(one(kind, **words), typed).startswith("Isian ")


@pytest.mark.parametrize(
    ("kind", "words", "told"),
    [
        ("text", {}, "wajib diisi"),
        ("choice", {"options": [["a", "A"]]}, "wajib dipilih"),
        ("choices", {"options": [["a", "A"]]}, "wajib dipilih"),
        ("file", {}, "wajib diunggah"),
        ("declaration", {}, "Setujui pernyataan ini"),
        ("yes_no", {}, "wajib diisi"),
        ("group", {"fields": [{"name": "nama", "label": "Nama", "type": "text"}]}, "wajib diisi"),
    ],
)
def test_a_required_field_left_empty_is_told_in_its_own_verb(kind, words, told):
    assert told in sentence(one(kind, required=True, **words), "")


def test_an_unticked_declaration_is_not_a_declaration():
    made = one("declaration", required=True)
    assert "Setujui pernyataan ini" in errors(made, {})["isi"]
    assert "Setujui pernyataan ini" in sentence(made, "tidak")
    assert value(made, "on") is True


def test_an_answer_of_no_counts_as_an_answer():
    assert value(one("yes_no", required=True), "tidak") is False


def test_several_choices_are_kept_once_each_in_the_order_given():
    made = one("choices", options=[["a", "A"], ["b", "B"]])
    assert value(made, "b", "a", "b") == ["b", "a"]
    assert "tidak ada dalam daftar" in sentence(made, "a", "z")


def test_a_file_is_the_documents_uploaded_beforehand():
    made = one("file", required=True)
    assert value(made, files={"isi": ["d1", "d2"]}) == ["d1", "d2"]
    assert "wajib diunggah" in sentence(made, "C:\\fakepath\\ktp.pdf")


# --- conditions

KIND = {"name": "bentuk", "label": "Bentuk", "type": "choice", "options": [["orang", "Orang"], ["badan", "Badan"]]}
NIB = {"name": "nib", "label": "NIB", "type": "digits", "length": [13], "required": True}


def test_a_hidden_field_is_neither_required_nor_kept():
    made = form(KIND, {**NIB, "visible_if": {"field": "bentuk", "is": "badan"}})
    assert read(made, {"bentuk": ["orang"]}).values == {"bentuk": "orang"}
    assert read(made, {"bentuk": ["orang"], "nib": ["1234567890123"]}).values == {"bentuk": "orang"}
    assert "nib" in errors(made, {"bentuk": ["badan"]})


@pytest.mark.parametrize(
    ("condition", "typed", "shown"),
    [
        ({"is": "badan"}, "badan", True),
        ({"is": "badan"}, "", False),
        ({"in": ["orang", "badan"]}, "orang", True),
        ({"in": ["badan"]}, "orang", False),
        ({"filled": True}, "orang", True),
        ({"filled": True}, "", False),
        ({"filled": False}, "", True),
        ({"filled": False}, "badan", False),
    ],
)
def test_each_condition_shows_and_hides(condition, typed, shown):
    made = form(KIND, {**NIB, "required": False, "visible_if": {"field": "bentuk", **condition}})
    found = read(made, {"bentuk": [typed], "nib": ["1234567890123"]})
    assert ("nib" in found.values) is shown


def test_a_condition_on_yes_or_no_tells_no_from_no_answer():
    asked = {"name": "milik", "label": "Milik", "type": "yes_no"}
    made = form(asked, {**NIB, "visible_if": {"field": "milik", "is": False}})
    assert "nib" in errors(made, {"milik": ["tidak"]})
    assert read(made, {"milik": [""]}).values == {}
    assert read(made, {"milik": ["ya"]}).values == {"milik": True}


def test_a_hidden_section_asks_nothing():
    sections = [
        {"title": "Bentuk", "fields": [KIND]},
        {"title": "Badan", "visible_if": {"field": "bentuk", "is": "badan"}, "fields": [NIB]},
    ]
    made, faults = load("forms/coba.json", json.dumps({"key": "coba", "title": "Coba", "sections": sections}))
    assert faults == ()
    assert read(made, {"bentuk": ["orang"]}).values == {"bentuk": "orang"}
    assert "nib" in errors(made, {"bentuk": ["badan"]})


# --- groups and rows

OWNERS = {
    "name": "pemilik",
    "label": "Pemilik",
    "type": "group",
    "repeat": {"min": 1, "max": 3},
    "fields": [
        {"name": "nama", "label": "Nama", "type": "text", "required": True, "personal": True},
        {"name": "bagian", "label": "Bagian", "type": "number", "max": "100"},
    ],
}
PAPERS = {
    "name": "berkas",
    "label": "Berkas",
    "type": "rows",
    "rows_from": "requirements",
    "fields": [
        {
            "name": "status",
            "label": "Keadaan",
            "type": "choice",
            "required": True,
            "options": [["ada", "Ada"], ["tidak", "Tidak"]],
        },
        {
            "name": "catatan",
            "label": "Catatan",
            "type": "text",
            "required": True,
            "visible_if": {"field": "status", "is": "tidak"},
        },
    ],
}


def test_a_group_reads_as_many_rows_as_the_page_says():
    raw = {"pemilik.n": ["2"], "pemilik.0.nama": ["Ani"], "pemilik.1.nama": ["Budi"], "pemilik.1.bagian": ["50"]}
    found = read(form(OWNERS), raw)
    assert found.values["pemilik"] == [{"nama": "Ani"}, {"nama": "Budi", "bagian": "50"}]
    assert found.personal == {"pemilik"}


@pytest.mark.parametrize("count", ["", "0", "-1", "abc", "²", "1e9", "999999999999", "٣"])
def test_a_count_of_rows_that_makes_no_sense_asks_for_the_least(count):
    assert set(errors(form(OWNERS), {"pemilik.n": [count]})) == {"pemilik.0.nama"}


def test_more_rows_than_allowed_are_not_read():
    raw = {"pemilik.n": ["9"], **{f"pemilik.{i}.nama": ["Ani"] for i in range(9)}}
    assert len(read(form(OWNERS), raw).values["pemilik"]) == 3


def test_rows_of_a_list_are_read_by_its_codes_and_no_others():
    raw = {"berkas.ktp.status": ["ada"], "berkas.stnk.status": ["tidak"], "berkas.stnk.catatan": ["buram"]}
    found = read(form(PAPERS), {**raw, "berkas.asing.status": ["ada"]}, LISTS)
    assert found.values["berkas"] == {"ktp": {"status": "ada"}, "stnk": {"status": "tidak", "catatan": "buram"}}


def test_a_row_found_wanting_needs_its_note():
    raw = {"berkas.ktp.status": ["tidak"], "berkas.stnk.status": ["ada"]}
    assert set(errors(form(PAPERS), raw)) == {"berkas.ktp.catatan"}


def test_every_fault_of_a_page_is_told_at_once():
    made = form(KIND, OWNERS, NIB)
    assert set(errors(made, {"bentuk": ["x"], "nib": ["1"]})) == {"bentuk", "pemilik.0.nama", "nib"}


# --- outcomes, what is personal, what routes

OUTCOMES = [{"value": "setuju", "label": "Setujui"}, {"value": "tolak", "label": "Tolak", "reason": True}]


def test_an_outcome_that_is_not_offered_is_refused():
    made = form(KIND, outcomes=OUTCOMES)
    assert errors(made, {}, outcome="lulus") == {"keputusan": "Pilih salah satu keputusan"}
    assert errors(made, {}) == {"keputusan": "Pilih salah satu keputusan"}


def test_a_refusal_needs_its_reason():
    made = form(KIND, outcomes=OUTCOMES)
    assert "Tolak" in errors(made, {"alasan_keputusan": ["x"]}, outcome="tolak")["alasan_keputusan"]
    found = read(made, {"alasan_keputusan": ["tidak sesuai tata ruang"]}, outcome="tolak")
    assert (found.outcome, found.reason) == ("tolak", "tidak sesuai tata ruang")
    assert read(made, {}, outcome="setuju").reason == ""


def test_only_fields_that_route_reach_the_process():
    made = form({**KIND, "routes": True}, {**NIB, "personal": True})
    found = read(made, {"bentuk": ["badan"], "nib": ["1234567890123"]})
    assert found.routes == {"bentuk": "badan"}
    assert found.personal == {"nib"}


def test_a_number_reaches_the_process_as_a_number_and_is_kept_as_it_is_written():
    size = {"name": "luas", "type": "number", "label": "Luas", "decimals": 2, "routes": True}
    for typed, kept, handed in (("2,5", "2.5", Decimal("2.5")), ("1.250", "1250", 1250), ("", None, None)):
        found = read(form(size), {"luas": [typed]})
        assert (found.values.get("luas"), found.routes.get("luas")) == (kept, handed)


# --- text of any kind

EVERY = form(
    *(
        {"name": f"f_{kind}", "label": kind, "type": kind}
        for kind in "text long_text number integer money date datetime yes_no nik npwp phone email declaration".split()
    ),
    {"name": "f_digits", "label": "digits", "type": "digits", "length": [4]},
    {"name": "f_choice", "label": "choice", "type": "choice", "options_from": "areas"},
    {"name": "f_choices", "label": "choices", "type": "choices", "options_from": "areas"},
    {"name": "f_plate", "label": "plate", "type": "text", "pattern": "plate"},
    OWNERS,
    PAPERS,
)
NAMES = [one.name for one in EVERY.fields()] + ["pemilik.n", "pemilik.0.nama", "pemilik.0.bagian", "berkas.ktp.status"]
HOSTILE = [
    "\x00",
    "a\x00b",
    "\ud800",
    "NaN",
    "-Infinity",
    "1e999999999",
    "[" * 20_000,
    "(" * 20_000,
    "9" * 20_000,
    "1" + ".000" * 5_000,
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "' OR 1=1 --",
    "\u202egnp.exe",
    "²³",
    "٣",
    "१/१/२०२०",
    "+" * 300,
    "@" * 300,
    "a@" + "b" * 300 + ".id",
    "99/99/9999 99.99",
    "tel:+62;ext=" + "9" * 50,
    "0" * 249,
]


def read_or_refused(raw):
    """The values, or nothing when the submission was refused with sentences for fields that exist."""
    told: dict[str, str] = {}
    try:
        found = read(EVERY, raw, LISTS)
    except SubmissionInvalid as refused:
        told = dict(refused.errors)
    if told:
        assert all(sentence.strip() for sentence in told.values())
        return {}
    json.dumps(found.values).encode("utf-8")
    assert "\x00" not in json.dumps(found.values, ensure_ascii=False)
    return found.values


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_in_any_field_is_read_or_refused(name, typed):
    read_or_refused({name: [typed]})


TYPED = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="0123456789.,-/ :RpWIB+", max_size=24),
    st.from_regex(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}( [0-9]{1,2}\.[0-9]{2})?", fullmatch=True),
    st.from_regex(r"[a-z.]{1,10}@[a-z\u00e0-\u00ff.-]{1,12}", fullmatch=True),
    st.text(alphabet=st.characters(codec=None, categories=["Cs", "Cc", "Cf", "Nd", "No"]), max_size=12),
)


@settings(max_examples=examples(300))
@given(st.dictionaries(st.sampled_from(NAMES), st.lists(TYPED, max_size=3), max_size=6))
def test_any_page_is_read_or_refused_with_sentences(raw):
    read_or_refused(raw)


@settings(max_examples=examples(300))
@given(st.dictionaries(st.sampled_from(NAMES), TYPED.map(lambda text: [text]), max_size=4))
def test_values_shown_again_are_read_as_the_same_values(raw):
    wanted = {"pemilik.0.nama": ["Ani"], "berkas.ktp.status": ["ada"], "berkas.stnk.status": ["ada"]}
    try:
        found = read(EVERY, {**wanted, **raw}, LISTS)
    except SubmissionInvalid:
        return
    again = read(EVERY, refill(EVERY, found.values), LISTS)
    assert again.values == found.values


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("f_number", "1.250,50"),
        ("f_money", "Rp1.000.000"),
        ("f_date", "29/2/2024"),
        ("f_datetime", "31/12/2026 07.30"),
        ("f_yes_no", "tidak"),
        ("f_phone", "0725 49638"),
        ("f_npwp", "01.234.567.8-901.000"),
        ("f_choices", "18.72.01.1001"),
        ("f_long_text", "satu\n\ndua"),
    ],
)
def test_an_earlier_answer_is_offered_again_as_it_was(name, typed):
    wanted = {"pemilik.0.nama": ["Ani"], "berkas.ktp.status": ["ada"], "berkas.stnk.status": ["ada"]}
    found = read(EVERY, {**wanted, name: [typed]}, LISTS).values
    assert name in found
    assert read(EVERY, refill(EVERY, found), LISTS).values == found


@given(st.text(max_size=60))
def test_cleaned_text_stays_as_it_is(text):
    once = clean(text)
    assert clean(once) == once
    assert "\x00" not in once
    once.encode("utf-8")


def test_marks_that_turn_the_direction_of_writing_are_dropped():
    assert clean("fdp.\u202eexe") == "fdp.exe"


# --- NIK


@pytest.mark.parametrize(
    ("nik", "doubts"),
    [
        ("1872015103900001", 0),
        ("1872010103900001", 0),
        ("1872013213900001", 1),
        ("1872010113900001", 1),
        ("1872010103900000", 1),
        ("0172010103900001", 1),
        ("0072013213900000", 3),
    ],
)
def test_an_odd_nik_is_doubted_but_not_refused(nik, doubts):
    assert len(nik_doubts(nik)) == doubts
    assert value(one("nik", required=True), nik) == nik


def test_bounds_are_exact():
    made = one("number", min="0.1", max="0.3", decimals=6)
    assert Decimal(value(made, "0,1")) == Decimal("0.1")
    assert "paling besar 0,3" in sentence(made, "0,300001")


@pytest.mark.parametrize(
    ("nik", "born", "sex", "words"),
    [
        ("1872010103900001", "1990-03-01", "laki_laki", ""),
        ("1872014103900001", "1990-03-01", "perempuan", ""),
        ("1872010103900001", "1990-03-02", "laki_laki", "berbeda dari tanggal lahir yang diisi"),
        ("1872010103900001", "1991-03-01", "", "berbeda dari tanggal lahir yang diisi"),
        ("1872014103900001", "1990-03-01", "laki_laki", "Jenis kelamin menurut NIK berbeda"),
        ("1872010103900001", "", "perempuan", "Jenis kelamin menurut NIK berbeda"),
    ],
)
def test_a_nik_is_held_against_the_stated_birth_date_and_sex(nik, born, sex, words):
    doubts = nik_doubts(nik, born, sex)
    assert (len(doubts), words in "".join(doubts)) == (1 if words else 0, True)


@pytest.mark.parametrize(
    "typed", ["5 LS 105 BT", "-95.1, 105.3", "-5.1131, 181", "-5.1131", "https://peta.example/-5.1", "x, y"]
)
def test_what_are_no_coordinates_is_told_with_an_example(typed):
    assert "-5.1131, 105.3067" in sentence(one("text", pattern="coordinates"), typed)


def test_a_place_the_office_does_not_serve_is_told_at_its_field():
    made = one("text", pattern="coordinates")
    _found, told = attempt(made, {"isi": ["3.5952, 98.6722"]}, inside=lambda latitude, longitude: latitude < 0)
    assert "di luar wilayah" in told["isi"]
    assert attempt(made, {"isi": ["-5.1131, 105.3067"]}, inside=lambda latitude, longitude: longitude > 105)[1] == {}


@pytest.mark.parametrize(("typed", "told"), [("0203", "paling kecil 1950"), ("9999", "paling besar 2099")])
def test_a_year_that_cannot_be_is_told_without_thousands(typed, told):
    assert told in sentence(one("digits", length=[4], min=1950, max=2099), typed)


BEGIN = {"name": "mulai", "label": "Mulai", "type": "date"}
END = {"name": "selesai", "label": "Selesai", "type": "date", "not_before": "mulai"}


@pytest.mark.parametrize(("place", "fields"), [("", (BEGIN, END)), ("masa.0.", None)])
def test_what_ends_before_it_begins_is_refused_at_its_end(place, fields):
    made = form(*fields) if fields else form({"name": "masa", "label": "Masa", "type": "group", "fields": [BEGIN, END]})
    begin, end = f"{place}mulai", f"{place}selesai"
    told = errors(made, {begin: ["01/12/2026"], end: ["01/11/2026"]})
    assert told == {end: "Selesai tidak boleh sebelum “Mulai”"}
    for typed in ({begin: ["01/12/2026"], end: ["01/12/2026"]}, {end: ["01/11/2026"]}):
        read(made, typed, LISTS)


def test_a_visit_may_not_end_in_the_hour_before_it_begins():
    made = form(*({**one, "type": "datetime"} for one in (BEGIN, END)))
    assert set(errors(made, {"mulai": ["01/12/2026 09.00"], "selesai": ["01/12/2026 08.59"]})) == {"selesai"}
