"""What a repairer types is read as the kind of value that stands there, and nothing else."""

from decimal import Decimal

import pytest

from engine.case.repairing import read_value, told
from engine.errors import SubmissionInvalid


@pytest.mark.parametrize(
    ("typed", "like", "read"),
    [
        ("ya", False, True),
        ("12", 3, 12),
        ("2,5", Decimal("1.5"), Decimal("2.5")),
        ("2.50", 3, Decimal("2.5")),
        ("3,0", Decimal("1.5"), 3),
        ("lengkap", "kurang", "lengkap"),
    ],
)
def test_a_value_is_read_as_its_kind(typed, like, read):
    assert read_value(typed, like) == read
    assert type(read_value(typed, like)) is type(read)


@pytest.mark.parametrize(
    ("typed", "like"), [("lima", 3), ("1e3", Decimal(1)), ("NaN", Decimal(1)), ("12", True), ("dua kata", "satu")]
)
def test_a_value_of_another_kind_is_refused(typed, like):
    with pytest.raises(SubmissionInvalid):
        read_value(typed, like)


def test_the_history_tells_numbers_and_codes_but_nobodys_words():
    assert [told(one) for one in (True, 3, Decimal("2.5"), "lengkap", "Budi Santoso")] == [
        "ya", "3", "2.5", "lengkap", "(teks)",
    ]  # fmt: skip
