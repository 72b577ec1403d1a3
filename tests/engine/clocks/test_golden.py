"""The golden cases of the office: quota, what stood still, and the date on the receipt."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.clocks import read
from tests.engine.clocks.office import at, clock, declared, event, world

PAYMENT = (
    event(2, "PAUSE", "2026-08-05 09.00", "MENUNGGU_PEMBAYARAN"),
    event(3, "RESUME", "2026-08-12 11.00", "MENUNGGU_PEMBAYARAN"),
)
FLOOD = declared("K1", "2026-08-04 09.00", "2026-08-05 14.00")
WEEKEND = declared("K1", "2026-08-08 00.00", "2026-08-10 00.00")
BLACKOUT = declared("K1", "2026-08-11 08.00", "2026-08-13 10.00")
RETROACTIVE = declared("K1", "2026-08-06 08.00", "2026-08-07 12.00", approved="2026-08-10 09.00")

#     berkas lengkap      janji    jeda     keadaan kahar   kuota habis         tanggal janji
TABLE = {
    "G1": ("2026-08-03 10.00", "3 hk", (), (), "2026-08-06 10.00", "2026-08-06 16.00"),
    "G2 17 Agustus libur": ("2026-08-14 14.00", "3 hk", (), (), "2026-08-20 13.30", "2026-08-20 16.00"),
    "G3 Nyepi dan Idul Fitri": ("2026-03-16 10.00", "5 hk", (), (), "2026-03-30 09.48.28", "2026-03-30 16.00"),
    "G4 kahar seluruh dinas": ("2026-08-03 10.00", "5 hk", (), (FLOOD,), "2026-08-11 15.00", "2026-08-11 16.00"),
    "G5 kahar akhir pekan": ("2026-08-03 10.00", "5 hk", (), (WEEKEND,), "2026-08-10 10.00", "2026-08-10 16.00"),
    "G6a menunggu bayar": ("2026-08-03 10.00", "7 hk", PAYMENT, (), "2026-08-20 12.00", "2026-08-20 16.00"),
    "G6b bayar dan kahar": ("2026-08-03 10.00", "7 hk", PAYMENT, (BLACKOUT,), "2026-08-21 11.00", "2026-08-21 16.30"),
    "G7 Ramadan dimulai": ("2026-02-18 10.00", "2 hk", (), (), "2026-02-20 10.10", "2026-02-20 15.30"),
    "G8 kahar surut": ("2026-08-03 10.00", "3 hk", (), (RETROACTIVE,), "2026-08-07 15.00", "2026-08-07 16.30"),
}


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE.keys())
def test_the_date_on_the_receipt_is_the_one_the_rules_give(row):
    complete, quota, pauses, declarations, spent, promised = row
    reading = read(clock(quota, event(1, "START", complete), *pauses), world(*declarations), at(complete))
    assert (reading.accrual_at, reading.promised_at) == (at(spent), at(promised))


def test_a_retroactive_declaration_turns_a_late_permit_into_one_on_time_and_both_are_still_readable():
    issued = clock("3 hk", event(1, "START", "2026-08-03 10.00"), event(2, "STOP", "2026-08-07 15.00"))
    office = world(RETROACTIVE)
    then = read(issued, office, at("2026-08-12 09.00"), known_at=at("2026-08-07 17.00"))
    now = read(issued, office, at("2026-08-12 09.00"))
    assert (then.late, then.elapsed) == (True, Fraction(67, 15))
    assert (now.late, now.elapsed) == (False, Fraction(3))


def test_a_payment_and_a_blackout_that_overlap_stand_still_once():
    case = clock("7 hk", event(1, "START", "2026-08-03 10.00"), *PAYMENT)
    split = read(case, world(BLACKOUT), at("2026-08-13 10.00")).split_hk
    assert split.applicant + split.kahar == Fraction(92, 15)  # 6,1333 hk


def test_sixteen_hundred_itself_is_on_time_and_a_second_later_is_late():
    case = clock("3 hk", event(1, "START", "2026-08-03 10.00"))
    assert not read(case, world(), at("2026-08-06 16.00")).late
    assert read(case, world(), at("2026-08-06 16.00.01")).late


def test_a_clock_starts_at_the_next_opening_when_the_file_was_complete_on_a_sunday():
    sunday = read(clock("3 hk", event(1, "START", "2026-08-02 20.00")), world(), at("2026-08-03 08.30"))
    opening = read(clock("3 hk", event(1, "START", "2026-08-03 07.30")), world(), at("2026-08-03 08.30"))
    assert sunday.elapsed_minutes == opening.elapsed_minutes == 60
    assert sunday.promised_at == opening.promised_at == at("2026-08-05 16.00")
