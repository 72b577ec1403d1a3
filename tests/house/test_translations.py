"""English is complete: everything the office says has its English, and both say it about the same values."""

import re

import pytest

from scripts import translations
from scripts.office_words import Word, words

PLACE = re.compile(r"%\(\w+\)s")


def english(catalogue, text):
    found = catalogue.get(text)
    return found.string if found else ""


def test_every_word_of_forms_diagrams_and_catalogue_has_its_english():
    office = translations.read(translations.OFFICE)
    missing = {f"{one.place}: {one.text}" for one in words() if not english(office, one.text)}
    assert not missing, "make translations, then fill in " + translations.OFFICE.name


def test_every_sentence_of_pages_and_code_has_its_english():
    known = translations.read(translations.MESSAGES)
    missing = [one.id for one in translations.refreshed_messages(known) if one.id and not all(_forms(one.string))]
    assert not missing, "make translations, then fill in " + translations.MESSAGES.name


def _forms(string):
    return string if isinstance(string, (tuple, list)) else (string,)


@pytest.mark.parametrize("path", [translations.MESSAGES, translations.OFFICE], ids=lambda path: path.stem)
def test_english_and_indonesian_speak_of_the_same_values(path):
    for one in translations.read(path):
        for text in _forms(one.string):
            wanted = _forms(one.id)[0]
            assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(wanted)), wanted


def test_pages_and_office_agree_on_the_english_of_a_shared_word():
    messages, office = translations.read(translations.MESSAGES), translations.read(translations.OFFICE)
    apart = {one.id for one in office if english(messages, one.id) not in ("", one.string)}
    assert not apart


def test_a_new_word_is_named_and_an_old_one_keeps_its_english():
    known = translations.Catalog(locale="en")
    known.add("Berkas lama", "Old file")
    empty = translations.Catalog(locale="en")
    found = [Word("Berkas baru", "forms/baru.json"), Word("Izin", "permits.json", "Permit")]
    made = translations.refreshed_office(found, known, empty)
    assert [english(made, one) for one in ("Berkas lama", "Berkas baru", "Izin")] == ["Old file", "", "Permit"]
