"""The page for lawyers and auditors: every table in it is what the office's clock prints, and no table is missing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.clocks import Calendar, DayEntry, YearEntry, explain, read
from tests.engine.clocks.office import LONG_AGO, METRO, at, clock, declared, event, holiday, hours, week, world

PAGE = Path(__file__).parents[3] / "docs" / "manual" / "cara-waktu-dihitung.md"

COMPLETE = event(1, "START", "2026-08-03 10.00", source="berkas lengkap")
PAID = (
    event(2, "PAUSE", "2026-08-05 09.00", "MENUNGGU_PEMBAYARAN", source="SKRD disampaikan"),
    event(3, "RESUME", "2026-08-12 11.00", "MENUNGGU_PEMBAYARAN", source="bukti bayar diterima"),
)
ISSUED = event(2, "STOP", "2026-08-07 15.00", source="izin ditandatangani")
LATER = "2026-08-12 09.00"
FLOOD = declared("K1", "2026-08-06 08.00", "2026-08-07 12.00", approved="2026-08-10 09.00", source="SK 12/2026")
BLACKOUT = declared("K2", "2026-08-11 08.00", "2026-08-13 10.00", source="SK 14/2026")
LAST_DAY = declared("K3", "2026-08-06 12.00", "2026-08-07 17.00", "ROLL_LAST_DAY", source="SK 15/2026")
HALF = DayEntry(date(2026, 8, 4), hours("07.30-11.30"), LONG_AGO, "SE Wali Kota (contoh)", "setengah hari")
COUNTER = replace(week("07.30-12.00 13.00-15.00", "07.30-11.00 13.30-15.00"), unit="LOKET")
NEXT_YEAR = Calendar([*METRO.entries, YearEntry(2027, LONG_AGO), holiday("2027-01-01", "Tahun Baru")])

# Name in the page -> clock, office, and the instant at which it is read.
EXAMPLES = {
    "1": (clock("3 hk", COMPLETE), world(), "2026-08-03 10.00"),
    "2": (clock("3 hk", event(1, "START", "2026-08-14 14.00", source="berkas lengkap")), world(), "2026-08-14 14.00"),
    "3": (clock("2 hk", event(1, "START", "2026-02-18 10.00", source="berkas lengkap")), world(), "2026-02-18 10.00"),
    "4": (clock("3 hk", COMPLETE), world(calendar=Calendar([*METRO.entries, HALF])), "2026-08-03 10.00"),
    "5": (clock("7 hk", COMPLETE, *PAID), world(), "2026-08-12 11.00"),
    "6": (clock("7 hk", COMPLETE, *PAID), world(BLACKOUT), "2026-08-13 10.00"),
    "7a": (clock("3 hk", COMPLETE, ISSUED), world(), LATER),
    "7b": (clock("3 hk", COMPLETE, ISSUED), world(FLOOD), LATER),
    "8": (clock("3 hk", COMPLETE), world(LAST_DAY), "2026-08-06 12.00"),
    "9a": (clock("3 hk", event(1, "START", "2026-12-29 10.00", source="berkas lengkap")), world(), "2026-12-29 10.00"),
    "9b": (
        clock("3 hk", event(1, "START", "2026-12-29 10.00", source="berkas lengkap")),
        world(calendar=NEXT_YEAR),
        "2026-12-29 10.00",
    ),
    "10": (
        clock("30 hari", event(1, "START", "2026-08-03 10.00", source="SKRD disampaikan"), name="P_BAYAR"),
        world(BLACKOUT),
        "2026-08-13 10.00",
    ),
    "11": (
        clock("120 menit", event(1, "START", "2026-08-03 15.00", source="bukti bayar diterima"), name="VALIDASI"),
        world(),
        "2026-08-03 15.00",
    ),
    "12": (
        clock(
            "30 menit", event(1, "START", "2026-08-03 14.45", source="berkas tiba di loket"), name="T", calendar="LOKET"
        ),
        replace(world(), hours=(COUNTER,)),
        "2026-08-03 14.45",
    ),
}


def printed(name):
    one, office, when = EXAMPLES[name]
    return explain(one, office, at(when)).text()


def tables():
    """Heading of each example -> the table that stands under it."""
    text = PAGE.read_text(encoding="utf-8")
    return dict(re.findall(r"^### Contoh (\w+)\b.*?^```text\n(.*?)\n```", text, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_table_of_the_page_for_lawyers_is_what_the_clock_prints(name):
    assert tables()[name] == printed(name)


def test_the_page_for_lawyers_shows_no_table_that_is_not_worked_out():
    assert PAGE.read_text(encoding="utf-8").count("```text") == len(EXAMPLES)
    assert tables().keys() == EXAMPLES.keys()


def test_what_the_page_says_of_late_and_on_time_holds():
    issued, office, when = EXAMPLES["7b"]
    assert not read(issued, office, at(when)).late
    assert read(issued, office, at(when), known_at=at("2026-08-07 17.00")).late
    assert not read(clock("3 hk", COMPLETE), world(), at("2026-08-06 16.00")).late
    assert read(clock("3 hk", COMPLETE), world(), at("2026-08-06 16.00.01")).late
