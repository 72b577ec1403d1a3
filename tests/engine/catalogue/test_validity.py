"""Until when a permit is good."""

import json
from datetime import date
from pathlib import Path

import pytest

from engine.catalogue import load
from engine.catalogue.validity import valid_until

FOLDER = Path(__file__).resolve().parents[3] / "processes" / "catalogue"
FILES = {one.name: one.read_bytes() for one in FOLDER.glob("*.json")}
CATALOGUE, _PROBLEMS = load(FILES)
START = date(2018, 2, 8)


@pytest.mark.parametrize(
    ("permit", "applied", "end"),
    [
        ("TRY", {}, date(2023, 2, 8)),
        ("HO", {}, date(2021, 2, 8)),
        ("IMB", {}, None),
        ("SIPB", {"str_berlaku_sampai": "2020-05-01"}, date(2020, 5, 1)),
        ("SIPB", {"str_berlaku_sampai": "2040-05-01"}, date(2023, 2, 8)),
        ("SIPB", {"str_seumur_hidup": True}, date(2023, 2, 8)),
        ("RKL", {"tanggal_bongkar": "2018-02-20"}, date(2018, 2, 20)),
        ("PEN", {"selesai_penelitian": "bukan tanggal"}, date(2019, 2, 8)),
    ],
)
def test_a_permit_is_good_for_its_length_and_never_beyond_what_it_rests_on(permit, applied, end):
    assert valid_until(CATALOGUE.permits[permit], START, applied) == end


def test_a_permit_that_begins_on_a_leap_day_ends_on_the_last_of_february():
    assert valid_until(CATALOGUE.permits["MB"], date(2024, 2, 29), {}) == date(2025, 2, 28)


def test_each_length_agrees_with_the_sentence_people_read():
    for one in CATALOGUE.permits.values():
        months = {"1 tahun": "12 bulan", "3 tahun": "36 bulan", "5 tahun": "60 bulan", "30 hari": "30 hari"}
        wanted = next((length for words, length in months.items() if words in one.validity.split(";")[0]), "")
        assert one.valid_for == wanted, one.code


@pytest.mark.parametrize("length", ["5 tahun", "selamanya", "0 bulan", "1 hk", "\u0661 bulan"])
def test_a_length_that_cannot_be_counted_is_refused(length):
    rows = json.loads(FILES["permits.json"])
    rows["HO"]["valid_for"] = length
    _catalogue, problems = load({**FILES, "permits.json": json.dumps(rows).encode()})
    assert any("Masa berlaku" in one.message for one in problems)
