"""Number books: no gap, no twin, never turned back."""

from datetime import datetime

import pytest
from sqlalchemy.exc import IntegrityError

from app.clock import WIB
from app.store import transaction
from app.store.ids import ALPHABET, code, is_code

AT = datetime(2026, 8, 3, 10, 0, tzinfo=WIB)


def test_a_book_counts_from_one_without_a_gap_and_books_do_not_mix(app):
    with app.app_context(), transaction() as store:
        assert [store.numbers.take("SKRD", "2026") for _ in range(3)] == [1, 2, 3]
        assert store.numbers.take("SKRD", "2027") == 1
        assert store.numbers.take("STRD", "2026") == 1
        assert store.numbers.books() == (("SKRD", "2026", 4), ("SKRD", "2027", 2), ("STRD", "2026", 2))


def test_a_number_taken_in_vain_is_given_to_the_next(app):
    with app.app_context():
        with pytest.raises(ZeroDivisionError), transaction() as store:
            store.numbers.take("SKRD", "2026") / 0
        with transaction() as store:
            assert store.numbers.take("SKRD", "2026") == 1


def test_a_book_that_begins_later_goes_on_from_there(app):
    with app.app_context(), transaction() as store:
        store.numbers.start_at("SKRD", "2026", 13)
        store.numbers.start_at("SKRD", "2026", 113)
        assert [store.numbers.take("SKRD", "2026") for _ in range(2)] == [113, 114]


def test_a_book_says_whether_it_has_given_a_number(app):
    with app.app_context(), transaction() as store:
        store.numbers.start_at("SKRD", "2026", 113)
        assert not store.numbers.given("SKRD", "2026")
        store.numbers.record("SKRD", "2026", 113, "113/SKRD/2026", None, AT)
        assert store.numbers.given("SKRD", "2026")
        assert not store.numbers.given("SKRD", "2027")


def test_one_number_of_a_book_is_recorded_once(app):
    with app.app_context():
        with transaction() as store:
            store.numbers.record("SKRD", "2026", 1, "001/SKRD/2026", None, AT)
        with pytest.raises(IntegrityError), transaction() as store:
            store.numbers.record("SKRD", "2026", 1, "001/SKRD/2026-bis", None, AT)


def test_a_public_code_shows_one_wrong_and_two_swapped_letters():
    text = code(10)
    assert is_code(text)
    assert is_code(f"{text[:5]}-{text[5:]}".lower())
    wrong = {
        text[:place] + other + text[place + 1 :] for place in range(10) for other in ALPHABET if other != text[place]
    }
    assert not [one for one in wrong if is_code(one)]
    swapped = {text[:place] + text[place + 1] + text[place] + text[place + 2 :] for place in range(8)} - {text}
    assert not [one for one in swapped if is_code(one)]
