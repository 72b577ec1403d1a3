"""What forms hand to the process: kinds, words and members of lists, with the sections that others add."""

import json

from engine.forms import handed, load

PAIRS = [["milik", "Milik"], ["sewa", "Sewa"]]


def form(key, *fields):
    fields = [{"label": one["name"], "routes": True, **one} for one in fields]
    raw = {"key": key, "title": key, "sections": [{"title": "Isi", "fields": fields}]}
    found, problems = load(f"forms/{key}.json", json.dumps(raw))
    assert problems == ()
    return found


ROW = [{"name": "nama", "label": "Nama", "type": "text"}, {"name": "saham", "label": "Saham", "type": "number"}]
FORMS = {
    "permohonan": form(
        "permohonan",
        {"name": "tempat", "type": "choice", "options": PAIRS, "required": True},
        {"name": "dinas", "type": "choices", "options_from": "agencies"},
        {"name": "pemilik", "type": "group", "fields": ROW, "repeat": {"max": 3}},
        {"name": "syarat", "type": "rows", "rows_from": "requirements", "fields": ROW},
        {"name": "denah", "type": "file"},
        {"name": "catatan", "type": "text", "routes": False},
    ),
    "teknis_umum": form("teknis_umum", {"name": "jalan", "type": "choice", "options": PAIRS}),
    "teknis_lain": form("teknis_lain", {"name": "jalan", "type": "choice", "options": [["kota", "Kota"]]}),
    "teknis_bebas": form("teknis_bebas", {"name": "tempat", "type": "text"}),
}


def but(*left_out):
    return {key: one for key, one in FORMS.items() if key not in left_out}


def test_every_field_that_is_handed_over_reaches_the_process_as_one_kind():
    assert handed.kinds("permohonan", but("teknis_bebas")) == {
        "tempat": "text", "dinas": "list", "pemilik": "list", "syarat": "data", "denah": "list", "jalan": "text",
    }  # fmt: skip


def test_a_choice_holds_the_words_of_every_form_that_asks_it_and_one_from_a_list_outside_any():
    assert handed.words("permohonan", but("teknis_bebas")) == {
        "tempat": {"milik", "sewa"}, "jalan": {"milik", "sewa", "kota"},
    }  # fmt: skip
    assert handed.words("permohonan", FORMS).keys() == {"jalan"}


def test_a_member_of_a_list_is_a_text_or_a_row_of_its_group():
    assert handed.members("permohonan", FORMS) == {
        "dinas": "text", "pemilik": {"nama": "text", "saham": "number"}, "denah": "text",
    }  # fmt: skip


def test_a_field_that_others_add_may_be_left_empty():
    assert "tempat" not in handed.left_out("permohonan", but("teknis_bebas"))
    assert {"jalan", "dinas"} <= handed.left_out("permohonan", FORMS)


def test_only_what_is_required_of_everybody_always_holds_a_word_or_yes_or_no():
    asked = {"type": "choice", "options": PAIRS, "required": True}
    forms = {
        "periksa": form(
            "periksa",
            {"name": "tempat", **asked},
            {"name": "bebas", "type": "choice", "options": PAIRS},
            {"name": "kadang", **asked, "visible_if": {"field": "tempat", "is": "sewa"}},
            {"name": "lanjutan", **asked, "kinds": ["perpanjangan"]},
            {"name": "semua", **asked, "type": "choices"},
            {"name": "setuju", "type": "yes_no", "required": True},
            {"name": "mungkin", "type": "yes_no"},
        )
    }
    assert handed.certain("periksa", forms) == {"tempat", "setuju"}


def test_a_required_field_that_is_not_asked_of_everybody_may_be_left_empty():
    asked = {"name": "sebab", "type": "text", "required": True}
    told = {**asked, "visible_if": {"field": "tempat", "is": "sewa"}}
    choice = {"name": "tempat", "type": "choice", "options": PAIRS, "required": True}
    assert handed.left_out("satu", {"satu": form("satu", choice, asked)}) == frozenset()
    assert handed.left_out("satu", {"satu": form("satu", choice, told)}) == {"sebab"}


def test_the_words_of_a_choice_in_the_rows_of_a_group_are_handed_over():
    row = [{"name": "jenis", "label": "Jenis", "type": "choice", "options": PAIRS}, *ROW]
    forms = {"satu": form("satu", {"name": "alat", "type": "group", "fields": row, "repeat": {"max": 3}})}
    assert handed.row_words("satu", forms) == {("alat", "jenis"): frozenset({"milik", "sewa"})}
    assert handed.row_words("permohonan", FORMS) == {}


def test_a_day_without_an_hour_is_known_unless_another_form_hands_an_hour_under_its_name():
    both = [
        form("teknis_satu", {"name": "mulai", "type": "date"}),
        form("teknis_dua", {"name": "mulai", "type": "text"}),
    ]
    own = form("permohonan", {"name": "lahir", "type": "date"}, {"name": "nama", "type": "text"})
    assert handed.days("permohonan", {"permohonan": own, "teknis_satu": both[0]}) == {"lahir", "mulai"}
    assert handed.days("permohonan", {"permohonan": own, "teknis_satu": both[0], "teknis_dua": both[1]}) == {"lahir"}
