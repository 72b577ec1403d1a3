"""Rows judged many at a time: what the button fills in, what it leaves alone, and papers that were not sent."""

import json

from engine.forms import filled, load, preset, unsent_rows

VERDICT = {"name": "hasil", "label": "Hasil", "type": "choice", "options": [["sah", "Sah"], ["tidak_perlu", "-"]]}
SOURCE = {"name": "sumber", "label": "Sumber", "type": "choice", "options": [["oss", "OSS"], ["bpn", "BPN"]]}
ROWS = {
    "name": "keabsahan",
    "label": "Persyaratan",
    "type": "rows",
    "rows_from": "all_requirements",
    "bulk": {"label": "Semua sah", "fill": {"hasil": "sah"}, "ask": ["sumber"]},
    "unsent": {"hasil": "tidak_perlu"},
    "fields": [VERDICT, SOURCE],
}
LISTS = {
    "all_requirements": (("ktp", "KTP"), ("npwp", "NPWP"), ("denah", "Denah"), ("kuasa", "Kuasa")),
    "optional_requirements": (("kuasa", "Kuasa"),),
    "unsent_requirements": (("denah", "Denah"), ("kuasa", "Kuasa")),
}
FORM, PROBLEMS = load(
    "forms/coba.json",
    json.dumps({"key": "coba", "title": "Coba", "sections": [{"title": "Isian", "fields": [ROWS]}]}),
)


def test_the_button_judges_the_rows_still_open_with_the_chosen_source():
    found = filled(FORM, {"keabsahan.*.sumber": ["oss"]}, "keabsahan", LISTS)
    assert found["keabsahan.ktp.hasil"] == found["keabsahan.npwp.hasil"] == ["sah"]
    assert found["keabsahan.ktp.sumber"] == ["oss"]


def test_the_button_leaves_what_was_judged_and_what_was_typed():
    typed = {"keabsahan.*.sumber": ["oss"], "keabsahan.ktp.hasil": ["tidak_perlu"], "keabsahan.npwp.sumber": ["bpn"]}
    found = filled(FORM, typed, "keabsahan", LISTS)
    assert found["keabsahan.ktp.hasil"] == ["tidak_perlu"]
    assert "keabsahan.ktp.sumber" not in found
    assert (found["keabsahan.npwp.hasil"], found["keabsahan.npwp.sumber"]) == (["sah"], ["bpn"])


def test_a_paper_that_was_never_sent_is_never_found_in_order_by_the_button():
    found = filled(FORM, {}, "keabsahan", LISTS)
    assert not {"keabsahan.denah.hasil", "keabsahan.kuasa.hasil"} & found.keys()


def test_an_optional_paper_that_was_not_sent_needs_no_judging():
    assert preset(FORM, {}, LISTS) == {"keabsahan.kuasa.hasil": ["tidak_perlu"]}
    assert list(unsent_rows(FORM.field("keabsahan"), LISTS)) == ["kuasa"]


def test_what_was_said_about_an_unsent_paper_stays():
    typed = {"keabsahan.kuasa.hasil": ["sah"]}
    assert preset(FORM, typed, LISTS) == typed


def test_a_button_of_another_field_changes_nothing():
    typed = {"keabsahan.*.sumber": ["oss"]}
    assert filled(FORM, typed, "lain", LISTS) == typed
