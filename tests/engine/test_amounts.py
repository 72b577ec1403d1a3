"""Instants and lengths of time within sentences, as a person of the office writes them."""

import copy
import pickle
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from engine.amounts import Instant, budget, duration, instant, share, work_time
from engine.errors import Finding


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (Fraction(0), "0 menit"),
        (Fraction(1, 45), "10 menit"),
        (Fraction(8, 45), "1 jam 20 menit"),
        (Fraction(3), "3 hari kerja"),
        (Fraction(5, 2), "2 hari kerja 3 jam 45 menit"),
        (Fraction(31, 15), "2 hari kerja 30 menit"),
    ],
)
def test_working_time_is_told_in_days_hours_and_minutes(days, words):
    assert work_time(days) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [("14 hk", "14 hari kerja"), ("1/2 hk", "3 jam 45 menit"), ("4 jam", "4 jam"), ("1/2 jam", "30 menit"),
     ("30 hari", "30 hari"), ("5 tahun", "5 tahun"), ("", ""), ("1/0 hk", "1/0 hk")],
)  # fmt: skip
def test_a_standard_is_told_in_whole_words_and_what_is_none_as_it_is(written, words):
    assert budget(written) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [('"P30D"', "30 hari"), ("PT2H30M", "2 jam 30 menit"), ("P2W", "14 hari"), ("P1M", "1 bulan"), ("P", "P"),
     ("jadwal.lama", "jadwal.lama")],
)  # fmt: skip
def test_how_long_a_diagram_waits_is_told_in_words_and_an_expression_as_it_is(written, words):
    assert duration(written) == words


@pytest.mark.parametrize(
    ("written", "words"), [("3/2", "1,5"), ("2/1", "2"), ("1/8", "0,125"), ("1/3", "1/3"), ("1/2 hk", "1/2 hk")]
)
def test_a_share_is_told_as_a_decimal_number_where_it_ends(written, words):
    assert share(written) == words


def test_an_instant_is_told_in_wib_and_keeps_what_it_is_through_a_copy():
    at = datetime(2026, 8, 3, 1, 10, tzinfo=UTC)
    told = Finding("mulai %(at)s", at=Instant(at))
    assert told == "mulai 03/08/2026 08.10 WIB"
    for other in (copy.deepcopy(told), pickle.loads(pickle.dumps(told))):
        assert other.values["at"].at == at
    assert instant("2026-08-03T08:10:00+07:00") == Instant(at)
    for none in ("2026-08-03T08:10:00", "besok", "7"):
        assert instant(none) == none
