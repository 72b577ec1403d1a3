"""Numbers of registers: patterns filled in, and the span within which a book counts on."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.catalogue import Register
from engine.numbering import ROMAN, number, scope
from tests.processes.walking import shelf

DAY = date(2026, 8, 3)
PATTERN = "503/{seq:04}/{permit}/{unit}/{roman}/{year}"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (PATTERN, "503/0007/IMB/DPMPTSP/VIII/2026"),
        ("{seq}", "7"),
        ("{yy:02}{month:02}{day:02}-{seq:03}", "260803-007"),
    ],
)
def test_a_pattern_is_filled_in(pattern, expected):
    assert number(Register("A", "Buku", pattern), 7, "IMB", DAY, "DPMPTSP") == expected


def test_an_unknown_token_is_refused():
    with pytest.raises(KeyError):
        number(Register("A", "Buku", "{seq}/{nama}"), 1, "IMB", DAY, "DPMPTSP")


def test_more_numbers_than_places_are_not_cut():
    assert number(Register("A", "Buku", "{seq:03}"), 12345, "IMB", DAY, "") == "12345"


@pytest.mark.parametrize(
    ("restart", "per_permit", "permit", "expected"),
    [
        ("year", False, "IMB", "2026"),
        ("year", True, "IMB", "2026/IMB"),
        ("year", True, "", "2026"),
        ("never", False, "IMB", "selamanya"),
        ("never", True, "IMB", "selamanya/IMB"),
    ],
)
def test_a_book_counts_on_within_its_year_and_permit(restart, per_permit, permit, expected):
    assert scope(Register("A", "Buku", "{seq}", restart, per_permit), permit, DAY) == expected


def test_the_months_are_roman():
    assert [ROMAN[n - 1] for n in (1, 4, 5, 9, 10, 12)] == ["I", "IV", "V", "IX", "X", "XII"]


@pytest.mark.parametrize("code", sorted(shelf()[0].catalogue.registers))
@settings(max_examples=25, derandomize=True, deadline=None, database=None)
@given(data=st.data())
def test_no_book_of_the_office_gives_one_number_twice(code, data):
    """Two different places within one scope, or two scopes of one book, never read the same."""
    book = shelf()[0].catalogue.registers[code]
    draw = st.tuples(
        st.integers(1, 2),
        st.sampled_from(["IMB", "TRY"]),
        st.integers(0, 3).map(lambda years: DAY + timedelta(days=366 * years)),
    )
    (one, permit, day), (other, another, later) = data.draw(draw), data.draw(draw)
    same_place = (one, scope(book, permit, day)) == (other, scope(book, another, later))
    if not same_place:
        assert number(book, one, permit, day, "DPMPTSP") != number(book, other, another, later, "DPMPTSP")
