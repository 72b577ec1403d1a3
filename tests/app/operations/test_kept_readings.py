"""What is kept of every clock, running or stopped, is what the one rule says of it, whatever was decided."""

from datetime import timedelta

from app.operations import recounting
from tests.app.operations import year_end
from tests.app.operations.test_calendar_changes import adopt, propose
from tests.app.operations.test_force_majeure import declare, proposal, undo

YEAR = "libur;01/01/2027;;;Tahun Baru Masehi\ntahun;2027"


def agree(office):
    found, number = year_end.differing(office.at)
    assert number > 40
    assert found == []


def test_every_clock_is_kept_as_the_rule_reads_it_after_a_year_a_holiday_and_declarations_and_none_is_recounted(
    office_after,
):
    office = office_after(year_end.stock)
    office.at = year_end.BEGIN + timedelta(days=7)
    agree(office)
    unknown = {id for id, row in year_end.rows().items() if not row["running"] and row["promised_at"] is None}
    assert unknown, "some were through before anybody could say until when they would have had to be"
    adopt(office, propose(office, YEAR))
    agree(office)
    kept = year_end.rows()
    assert {id for id in unknown if kept[id]["promised_at"] is not None}
    adopt(office, propose(office, "libur;30/12/2026;;;Keputusan kota", decree="SK Walikota 10/2026"))
    agree(office)
    struck = year_end.BEGIN.replace(day=21, hour=8, minute=0)
    first = declare(office, proposal(struck, struck + timedelta(days=2)), "010/KEP")
    agree(office)
    declare(office, proposal(struck + timedelta(hours=30), None, effect="ROLL_LAST_DAY"), "011/KEP")
    agree(office)
    undo(office, first)
    agree(office)
    kept, register = year_end.rows(), year_end.register()
    revision = recounting.recount_all(office.at)
    while recounting.recount_one(office.at):
        pass
    counted, moved = recounting.counted(revision)
    assert (counted, moved) == (len(kept), 0)
    assert year_end.rows() == kept
    assert year_end.register() == register
