"""Answers taken up by name elsewhere: forms that begin with what an application states, letters that print a step's."""

import json

from engine.deployment import problems
from engine.printed import unprinted
from engine.renaming import renamed
from tests.engine.test_contracts import with_form, without
from tests.engine.test_renaming import FILES, after


def warned(files, code):
    return [(one.file, one.element, str(one.message)) for one in problems(files) if one.code == code]


def test_a_form_that_begins_with_what_no_application_asks_is_told_at_its_field():
    assert warned(FILES, "unstated") == []
    found = warned(with_form("teknis_bangunan", without("luas_bangunan")), "unstated")
    assert {(file, element) for file, element, _ in found} == {
        ("forms/hitung_imb.json", "luas"), ("forms/tinjauan.json", "ukuran"),
    }  # fmt: skip
    assert all("application" not in message and "luas_bangunan" in message for *_, message in found)


def test_what_begins_with_an_answer_of_the_application_follows_its_new_name():
    changed = renamed(FILES, "field", "teknis_bangunan.luas_bangunan", "luas_gedung")
    assert {"forms/teknis_bangunan.json", "forms/hitung_imb.json", "forms/tinjauan.json"} <= set(changed)
    assert b'"application.luas_gedung"' in changed["forms/hitung_imb.json"]
    assert "luas_gedung" in json.dumps(json.loads(changed["forms/tinjauan.json"]))
    assert warned(after(changed), "unstated") == []


def test_an_answer_that_several_forms_of_the_application_ask_keeps_its_readers():
    changed = renamed(FILES, "field", "pemohon_badan.alamat", "alamat_pengurus")
    assert set(changed) == {"forms/pemohon_badan.json"}


def test_a_field_that_a_letter_still_names_is_told_when_it_is_gone():
    files = with_form("susun_naskah", without("ketentuan"))
    [told] = unprinted(FILES, files)
    assert (told.file, told.severity) == ("forms/susun_naskah.json", "warning")
    assert str(told.message).startswith("Isian ketentuan tidak ada lagi, tetapi surat “")
    assert list(unprinted(FILES, FILES)) == []
    assert list(unprinted(FILES, with_form("arsip", without("catatan")))) == []
