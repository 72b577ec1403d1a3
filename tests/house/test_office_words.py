"""Whatever forms, diagrams and the law's data say to people is said in English too."""

import re

from babel.messages.pofile import read_po

from scripts.office_words import PO, merged, paired, words

PLACE = re.compile(r"%\(\w+\)s")


def known():
    with PO.open("rb") as file:
        return {one.id: one.string for one in read_po(file, locale="en") if one.id}


def test_every_word_of_the_release_has_an_english_one():
    spoken = known()
    assert [word for word in words() if not spoken.get(word)] == []
    assert len(spoken) > 1000


def test_the_catalogue_holds_nothing_that_nobody_says_any_more():
    assert set(known()) == {one.id for one in merged() if one.id}


def test_a_word_with_two_languages_in_the_laws_data_is_said_as_written_there():
    spoken = known()
    assert {word: spoken[word] for word in paired()} == paired()


def test_places_for_values_stay_in_the_translation():
    assert [word for word, said in known().items() if sorted(PLACE.findall(word)) != sorted(PLACE.findall(said))] == []
