"""The report to the Walikota tells of keadaan kahar and of failures of central systems, frozen like the rest of it."""

import io
import json
from datetime import date, datetime
from fractions import Fraction

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import text

from app.clock import WIB
from app.operations import disturbances, documents, force_majeure, report_living, report_pages
from app.operations.disturbances import Wanted as Failed
from app.operations.report_contents import digest
from app.operations.report_living import Wanted
from app.store import DatabaseFault, transaction
from engine.reporting import Period, Touched
from tests.app.operations.reported import OCTOBER, drafted, row, signed, until_next_month
from tests.app.operations.test_force_majeure import correct, declare, proposal, recover, undo

AUGUST = Period.read("2026-08")


def day(number, hour=0, minute=0, month=8):
    return datetime(2026, month, number, hour, minute, tzinfo=WIB)


def service(first, last):
    """Service minutes of August days, day by day."""
    with transaction() as store:
        odometer = store.calendars.world().calendar.as_known(None)
    return sum((odometer.service_minutes(date(2026, 8, n)) for n in range(first, last + 1)), Fraction(0))


def living(office, code="2026-08", **more):
    return report_living.living(Wanted(Period.read(code), **more), office.people["kabid"], office.at).told


def declared_of(told):
    return {one.code: one for one in told.disruptions.declared}


@pytest.fixture
def stopped(office):
    """Two files that stood still on Tuesday and Wednesday; one of them on Thursday as well, by a second declaration."""
    midwife, researcher = office.registered("SIPB"), office.registered("PEN")
    office.at = day(7, 9)
    declare(office, proposal(day(4), day(6)), "001/KEP")
    declare(office, proposal(day(5), day(7), scope={"permit_types": ["SIPB"]}, event_kind="kebakaran"), "002/KEP")
    return midwife, researcher


def test_each_declaration_of_the_month_is_told_with_its_decree_people_files_and_days(office, stopped):
    told = living(office)
    first, second = told.disruptions.declared
    assert (first.paper.number, first.paper.day, first.event_kind) == ("001/KEP", date(2026, 8, 7), "bencana_alam")
    assert (first.since, first.until, first.state) == (day(4), day(6), "pulih")
    with transaction() as store:
        names = store.people.names({office.people["kabid"], office.people["kadis"]})
    assert (first.proposer, first.establisher) == (names[office.people["kabid"]], names[office.people["kadis"]])
    assert first.scope == ()
    assert [label for label, _names in second.scope] == ["Jenis izin"]
    counted = [(told.touched(one.code).cases, told.touched(one.code).hk) for one in (first, second)]
    assert counted == [(2, 4), (1, 2)]


def test_time_that_two_declarations_stopped_is_counted_once_in_what_all_of_them_stopped(office, stopped):
    told = living(office)
    assert told.touched() == Touched(2, Fraction(5))  # three days of one, two of the other
    assert told.disruptions.suspended == service(4, 6)


def test_the_share_is_that_of_all_service_minutes_of_the_month_exactly(office, stopped):
    found = living(office).disruptions
    first, second = found.declared
    assert found.service == service(1, 31)
    assert found.share(first.minutes) == service(4, 5) / service(1, 31)
    assert found.share(second.minutes) == service(5, 6) / service(1, 31)


def test_only_the_part_of_an_event_that_lies_in_the_month_is_counted_in_it(office):
    office.registered("PEN")
    office.at = day(3, 9, month=9)
    declare(office, proposal(day(31), day(2, month=9)))
    august, september = living(office), living(office, "2026-09")
    assert (august.touched().hk, september.touched().hk) == (1, 1)
    assert declared_of(august).keys() == declared_of(september).keys()
    assert august.disruptions.suspended == service(31, 31)


def test_what_was_declared_later_is_told_when_it_is_decided_without_figures_of_a_month_it_does_not_touch(office):
    office.registered("PEN")
    office.at = day(3, 9, month=9)
    declare(office, proposal(day(25), day(26)))
    late = living(office, "2026-09").disruptions.declared[0]
    assert (late.minutes, living(office, "2026-09").disruptions.share(late.minutes)) == (None, None)
    assert living(office).disruptions.declared[0].minutes == service(25, 25)


def test_corrections_the_recovery_and_the_undoing_are_told_with_their_papers(office):
    office.registered("PEN")
    office.at = day(7, 9)
    id = declare(office, proposal(day(4), None), "001/KEP")
    recover(office, id, day(6), "002/BA")
    correct(office, id, day(5), day(6), "003/KEP")
    found = living(office).disruptions.declared[0]
    assert [(one.act, one.number) for one in found.papers] == [
        ("DECLARE", "001/KEP"),
        ("RECOVER", "002/BA"),
        ("AMEND", "003/KEP"),
    ]
    assert (found.recovered.number, found.state, found.minutes) == ("002/BA", "pulih", service(5, 5))
    undo(office, id, "004/KEP")
    undone = living(office)
    assert (undone.disruptions.declared[0].state, undone.disruptions.declared[0].minutes) == ("dibatalkan", 0)
    assert undone.touched().cases == 0


def test_a_proposal_that_nobody_established_is_no_part_of_the_report(office):
    office.registered("PEN")
    office.at = day(7, 9)
    force_majeure.propose(proposal(day(4), day(6)), office.people["kabid"], office.at)
    assert living(office).disruptions.declared == ()


def failed(office, since, until, system="OSS"):
    wanted = Failed(system, since, until, "Masuk ke OSS gagal bagi semua pemohon", ("Pengumuman OSS 12/2026",))
    return disturbances.record(wanted, office.people["kasi"], office.at)


def test_a_failure_of_a_central_system_is_told_with_its_service_time_and_the_files_under_way(office):
    early = office.registered("PEN")
    office.at = day(6, 9)
    late = office.registered("SIPB")
    office.at = day(7, 9)
    failed(office, day(4, 12), day(5, 12))
    failed(office, day(6, 10), day(6, 10, 30), "SIMBG")
    told = living(office)
    first, second = told.disruptions.failures
    with transaction() as store:
        odometer = store.calendars.world().calendar.as_known(None)
    assert first.minutes == odometer.minutes_between(day(4, 12), day(5, 12))
    assert second.minutes == 30
    assert first.system.startswith("OSS")
    assert (told.met(first.code), told.met(second.code)) == (1, 2)
    assert {one.case for one in told.facts if second.code in one.met} == {early, late}
    assert told.touched().cases == 0


def test_a_failure_that_was_withdrawn_is_no_part_of_the_report(office):
    office.at = day(7, 9)
    id = failed(office, day(4, 12), day(5, 12))
    by = office.people["kasi"]
    disturbances.amend(id, "WITHDRAW", None, None, "Tercatat dua kali", by, office.at)
    assert living(office).disruptions.failures == ()


def frozen(office):
    office.at = max(office.at, day(7, 9))
    failed(office, day(4, 12), day(5, 12))
    until_next_month(office)
    return signed(office)


def content(office, report_id, kind):
    return report_pages.download(report_id, kind, office.people["kadis"], office.at).content


def test_paper_workbook_table_and_json_tell_the_same_of_them(office, stopped):
    report_id = frozen(office)
    share = f"{service(4, 5) / service(1, 31)}"
    book = load_workbook(io.BytesIO(content(office, report_id, "xlsx")))
    head, *rows = [[cell.value for cell in line] for line in book["Keadaan kahar"].iter_rows()]
    first = dict(zip(head, rows[0], strict=True))
    assert (first["Nomor SK"], first["Berkas dihentikan"], first["Hari kerja dihentikan"]) == ("001/KEP", 2, 4)
    assert share in first["Bagian waktu layanan periode, persis"]
    assert rows[-1][head.index("Hari kerja dihentikan")] == 5
    assert book["Gangguan sistem pusat"]["B2"].value.startswith("OSS")
    table = content(office, report_id, "csv").decode("utf-8-sig")
    assert "Keadaan kahar KAHAR-2026-001: Waktu dihentikan;4;hari kerja" in table
    assert "Gangguan sistem pusat GANGGUAN-2026-001: Berkas yang sedang dilayani;2;berkas" in table
    told = json.loads(content(office, report_id, "json"))
    assert told["sha256"] == row(report_id).sha256
    assert (told["disruptions"]["declared"][0]["share"], told["disruptions"]["together"]["hk"]) == (share, "5")
    assert told["disruptions"]["failures"][0]["cases"] == 2
    letter = report_pages.page(report_id, office.people["kadis"], office.at).letters[0]
    paper = documents.letter(letter.id, office.people["kadis"], office.at).content
    said = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(paper)).pages).split())
    for word in ("KAHAR-2026-001", "001/KEP", "Kebakaran", "4 hari kerja", share, "GANGGUAN-2026-001"):
        assert word in said


def test_what_was_frozen_stays_and_is_covered_by_the_hash_of_the_report(office, stopped, database_superuser):
    report_id = frozen(office)
    before = report_pages.page(report_id, office.people["kadis"], office.at).told
    office.later(hours=1)
    with transaction() as store:
        ids = {one.code: one.declaration_id for one in store.calendars.versions()}
    undo(office, ids["KAHAR-2026-001"])
    after = report_pages.page(report_id, office.people["kadis"], office.at)
    assert (after.told, after.sound) == (before, True)
    statement = "update reports set disruptions = replace(disruptions, '001/KEP', '009/KEP')"
    with pytest.raises(DatabaseFault, match=r"correct|permission denied"), transaction() as store:
        store.session.execute(text(statement))
    database_superuser("alter table reports disable trigger all")
    database_superuser(statement)
    assert not report_pages.page(report_id, office.people["kadis"], office.at).sound


def test_a_report_frozen_before_reports_told_of_them_stays_sound_and_says_so(office, database_superuser):
    office.registered("PEN")
    until_next_month(office)
    report_id = drafted(office)
    with transaction() as store:
        kept, facts = store.reports.row(report_id), sorted(store.reports.facts(report_id), key=lambda one: one["case"])
    old = {"kind": kept.kind, "since": kept.since, "until": kept.until, "note": kept.note}
    old |= {"figures": json.loads(kept.figures), "differences": json.loads(kept.differences)}
    old |= dict.fromkeys(("disruptions", "tables", "sums"))
    sha256 = digest(old, kept.known_at, facts, [])
    assert sha256 != kept.sha256
    database_superuser("alter table reports disable trigger all")
    database_superuser(f"update reports set disruptions = null, tables = null, sums = null, sha256 = '{sha256}'")
    found = report_pages.page(report_id, office.people["kabid"], office.at)
    assert (found.sound, found.told.disruptions, found.disturbed) == (True, None, False)
    assert json.loads(content(office, report_id, "json"))["disruptions"] is None
    assert "Keadaan kahar" not in load_workbook(io.BytesIO(content(office, report_id, "xlsx"))).sheetnames
    assert content(office, report_id, "pdf").startswith(b"%PDF")


def test_a_draft_says_when_a_declaration_or_a_failure_of_its_month_is_known_otherwise(office):
    office.registered("PEN")
    until_next_month(office)
    report_id = drafted(office)
    by = office.people["kabid"]
    assert not report_pages.page(report_id, by, office.at).disturbed
    failed(office, day(4, 12), day(5, 12))
    assert report_pages.page(report_id, by, office.at).disturbed


def test_a_declaration_found_out_after_its_month_was_signed_is_told_of_in_the_next_report(office):
    office.registered("PEN")
    until_next_month(office)
    signed(office)
    declare(office, proposal(day(20), day(21), approval_letter="Surat 9/WK/2026"))
    until_next_month(office, OCTOBER)
    second = drafted(office, "2026-09")
    told = report_pages.page(second, office.people["kabid"], office.at).told
    assert [one.minutes for one in told.disruptions.declared] == [None]
