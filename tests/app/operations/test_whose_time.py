"""Whose time it was, and what each line of a date rests on: sums that add up, letters by their numbers."""

from fractions import Fraction

from app.operations import explaining
from app.operations.whose_time import whole_minutes, whose_time
from app.store import transaction
from engine.case import read_clock


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
