"""Reasons: at least five letters, at most what is kept whole."""

import pytest

from engine import reasons
from engine.errors import SubmissionInvalid


def test_a_reason_is_kept_as_it_was_given_without_the_space_around_it():
    assert reasons.require("  Berkas tertukar \n") == "Berkas tertukar"
    assert reasons.require("a" * reasons.LONGEST) == "a" * reasons.LONGEST
    assert reasons.fault("lima5") == ""


@pytest.mark.parametrize(("typed", "said"), [("", "sedikit 5"), ("  ya  ", "sedikit 5"), ("a" * 2001, "2001")])
def test_too_short_or_too_long_a_reason_says_how_much_it_may_be(typed, said):
    with pytest.raises(SubmissionInvalid) as refused:
        reasons.require(typed, "jawaban")
    assert said in str(refused.value.errors["jawaban"])
