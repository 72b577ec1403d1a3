"""Whose time it was, and what each line of a date rests on: sums that add up, letters by their numbers."""

from dataclasses import replace
from fractions import Fraction

import pytest

from app.operations import explaining
from app.operations.whose_time import counted_for, whole_minutes, whose_time
from app.store import transaction
from engine.case import read_clock
from tests.app.operations.flowing import billed


def test_the_parts_add_up_exactly_to_the_gross_time_whatever_the_file_went_through(office):
    case_id = office.registered("SIPB")
    office.later(days=3, minutes=17, seconds=31)
    with transaction() as store:
        held, world = store.cases.see(case_id), store.calendars.world()
    for one in held.case.clocks:
        if one.events:
            reading = read_clock(held.case, one, world, office.at)
            parts = whose_time(reading)
            assert sum(minutes for _, minutes in parts) == reading.split.gross
            assert all(minutes >= 0 for _, minutes in parts)
            assert sum(minutes for _, minutes in whole_minutes(parts)) == int(reading.split.gross)


@pytest.mark.parametrize(
    ("name", "whose", "begun"),
    [("P_BAYAR", "pembayaran", billed), ("P_DRAF", "pemohon", lambda office: office.open("SIPB"))],
)
def test_the_counted_time_of_a_term_is_the_applicants_and_of_a_term_to_pay_payments(office, name, whose, begun):
    case_id = begun(office)
    office.later(days=3, minutes=17)
    clock = next(one for one in office.case(case_id).case.clocks if one.name == name)
    parts = dict(explaining.page(case_id, clock.id, office.people["pemohon"], office.at).whose)
    assert parts.pop(whose) > 0
    assert parts.pop("tutup") > 0
    assert set(parts.values()) == {0}


def test_the_office_waits_itself_for_a_validation_before_it_is_escalated(office):
    case_id = billed(office)
    found = office.case(case_id).case
    escalation = replace(found.clock("P_BAYAR"), name="P_ESKALASI")
    assert counted_for(found.deployment.catalogue, escalation) == "kantor"
    assert counted_for(found.deployment.catalogue, found.clock("L")) == "kantor"


def test_printed_minutes_add_up_where_each_part_has_a_fraction():
    parts = (("a", Fraction(1, 3)), ("b", Fraction(1, 3)), ("c", Fraction(4, 3)))
    assert whole_minutes(parts) == (("a", 0), ("b", 0), ("c", 2))


def test_every_line_names_what_it_rests_on_and_the_start_names_its_receipt(office):
    case_id = office.registered("SIPB")
    with transaction() as store:
        held = store.cases.see(case_id)
        receipt = store.documents.letters_of(case_id, "tanda_terima")[0].number
    found = explaining.page(case_id, held.case.clock("L").id, office.people["pemohon"], office.at)
    lines = found.grounds.lines
    assert len(lines) == len(found.explanation.lines)
    counted = [numbers for line, numbers in zip(found.explanation.lines, lines, strict=True) if line.kind == "COUNTED"]
    assert all(counted)
    papers = found.grounds.papers
    assert any(receipt in paper and "catatan jam nomor 1, mulai" in paper for paper in papers)
    assert any(paper.startswith("jam kerja sejak") for paper in papers)
    assert dict(found.whose).keys() == {"kahar", "pembayaran", "pemohon", "tim_teknis", "kantor", "tutup"}
