"""A keadaan kahar or a failure that is known only after its month was signed reaches the next report, once."""

import io
import json
from datetime import datetime, timedelta
from fractions import Fraction

from openpyxl import load_workbook
from pypdf import PdfReader

from app.clock import WIB
from app.operations import disturbances, force_majeure_statistics, report_living, report_pages, reports
from app.operations.report_contents import digest
from app.operations.report_living import Wanted
from app.store import transaction
from app.store.encoding import parse
from engine.reporting import Period
from tests.app.operations.reported import OCTOBER, checked, drafted, late_in_august, row, signed, until_next_month
from tests.app.operations.test_force_majeure import correct, declare, proposal, recover, undo
from tests.app.operations.test_report_disruptions import content, day, failed, service

NOVEMBER = datetime(2026, 11, 2, 9, 0, tzinfo=WIB)
DECEMBER = datetime(2026, 12, 1, 9, 0, tzinfo=WIB)
CODE, OUTAGE = "KAHAR-2026-001", "GANGGUAN-2026-001"
LATE = {"approval_letter": "Surat 9/WK/2026"}


def told(office, report_id):
    return report_pages.page(report_id, office.people["kabid"], office.at).told


def corrected(office, report_id):
    """What a report tells anew: period -> code -> what happened to it."""
    found = told(office, report_id).corrected
    return {
        one.period.code: {each.code: each.how for each in one.disrupted.changes} for one in found if one.disrupted
    }  # fmt: skip


def anew(office, report_id, period="2026-08"):
    return next(one.disrupted for one in told(office, report_id).corrected if one.period.code == period)


def august_signed(office):
    """A file that was under way in August, and August's report."""
    office.registered("PEN")
    until_next_month(office)
    return signed(office)


def declared_late(office, since=20, until=21, **more):
    return declare(office, proposal(day(since), day(until), **LATE, **more), "001/KEP")


def of_september(office):
    until_next_month(office, OCTOBER)
    return drafted(office, "2026-09")


def sign(office, report_id):
    checked(office, report_id)
    office.later(minutes=10)
    reports.sign(report_id, office.people["kadis"], office.at)
    return report_id


def test_a_declaration_decided_after_its_month_was_signed_stands_with_its_figures_in_the_next_reports_correction(
    office,
):
    first = august_signed(office)
    declared_late(office)
    second = of_september(office)
    found = anew(office, second)
    assert corrected(office, second) == {"2026-08": {CODE: "baru"}}
    [change] = found.changes
    assert (change.before, change.after.cases, change.after.hk) == (None, 1, 1)
    assert (change.after.of.minutes, found.before.suspended) == (service(20, 20), 0)
    assert found.after.share(found.after.suspended) == service(20, 20) / service(1, 31)
    assert [one.number for one in told(office, second).corrected] == [row(first).number]
    sign(office, second)
    assert report_pages.page(second, office.people["kadis"], office.at).sound
    assert report_pages.page(first, office.people["kadis"], office.at).fixed_by == ((second, row(second).number),)


def test_the_report_of_the_month_of_the_decision_says_where_the_figures_stand(office):
    august_signed(office)
    declared_late(office)
    found = told(office, of_september(office))
    [declared] = found.disruptions.declared
    assert (declared.minutes, declared.elsewhere) == (None, ("2026-08",))
    assert [(str(period.label), here) for period, here in found.elsewhere(declared)] == [("Agustus 2026", True)]


def test_figures_that_stand_in_the_report_of_their_own_month_are_pointed_to_there(office):
    office.registered("PEN")
    until_next_month(office)
    declared_late(office)
    first = signed(office)
    assert told(office, first).disruptions.declared[0].minutes == service(20, 20)
    second = of_september(office)
    found = told(office, second)
    assert found.corrected == ()
    assert [here for _period, here in found.elsewhere(found.disruptions.declared[0])] == [False]


def test_figures_that_stand_in_two_months_are_pointed_to_in_both(office):
    august_signed(office)
    declare(office, proposal(day(30, month=7), day(3, 12), **LATE), "001/KEP")
    found = told(office, of_september(office))
    where = [(str(period.label), here) for period, here in found.elsewhere(found.disruptions.declared[0])]
    assert where == [("Juli 2026", False), ("Agustus 2026", True)], "July was never reported"


def test_what_one_report_told_anew_of_a_declaration_the_next_one_does_not_tell_again(office):
    august_signed(office)
    declared_late(office)
    sign(office, of_september(office))
    until_next_month(office, NOVEMBER)
    third = drafted(office, "2026-10")
    assert told(office, third).corrected == ()
    assert told(office, third).disruptions.declared == ()


def test_a_declaration_that_is_undone_after_it_was_told_is_told_back(office):
    august_signed(office)
    id = declared_late(office)
    sign(office, of_september(office))
    undo(office, id, "002/KEP")
    until_next_month(office, NOVEMBER)
    third = sign(office, drafted(office, "2026-10"))
    assert corrected(office, third) == {"2026-08": {CODE: "dibatalkan"}}
    found = anew(office, third)
    [change] = found.changes
    assert (change.before.of.minutes, change.before.cases, change.before.hk) == (service(20, 20), 1, 1)
    assert (change.after.of.minutes, change.after.cases, change.after.hk) == (0, 0, 0)
    assert (found.before.suspended, found.after.suspended) == (service(20, 20), 0)
    until_next_month(office, DECEMBER)
    assert told(office, drafted(office, "2026-11")).corrected == ()


def test_a_declaration_whose_end_or_span_became_known_later_is_told_anew(office):
    office.registered("PEN")
    office.at = day(21, 9)
    id = declare(office, proposal(day(20), None), "001/KEP")
    until_next_month(office)
    signed(office)
    recover(office, id, day(25), "002/BA")
    second = sign(office, of_september(office))
    assert corrected(office, second) == {"2026-08": {CODE: "berakhir"}}
    [change] = anew(office, second).changes
    assert (change.before.of.until, change.after.of.until) == (None, day(25))
    assert change.after.of.minutes == service(20, 24)
    correct(office, id, day(21), day(25), "003/KEP")
    until_next_month(office, NOVEMBER)
    third = drafted(office, "2026-10")
    # September knew it without an end, so it told of it too, with the span that stood then.
    assert corrected(office, third) == {"2026-08": {CODE: "dikoreksi"}, "2026-09": {CODE: "dikoreksi"}}
    assert anew(office, third).changes[0].before == change.after


def test_a_failure_recorded_or_withdrawn_after_its_month_was_signed_is_told_anew(office):
    august_signed(office)
    id = failed(office, day(4, 12), day(5, 12))
    second = sign(office, of_september(office))
    assert corrected(office, second) == {"2026-08": {OUTAGE: "baru"}}
    assert anew(office, second).changes[0].after.cases == 1
    disturbances.amend(id, "WITHDRAW", None, None, "Tercatat dua kali", office.people["kasi"], office.at)
    until_next_month(office, NOVEMBER)
    third = drafted(office, "2026-10")
    assert corrected(office, third) == {"2026-08": {OUTAGE: "ditarik"}}
    assert anew(office, third).changes[0].after is None


def test_a_report_from_before_reports_told_of_disruptions_is_told_what_is_known_of_them(office, database_superuser):
    first = august_signed(office)
    with transaction() as store:
        kept, facts = store.reports.row(first), sorted(store.reports.facts(first), key=lambda one: one["case"])
    old = {"kind": kept.kind, "since": kept.since, "until": kept.until, "note": kept.note}
    old |= {"figures": json.loads(kept.figures), "differences": json.loads(kept.differences)}
    old |= dict.fromkeys(("disruptions", "tables", "sums"))
    sha256 = digest(old, kept.known_at, facts, [])
    database_superuser("alter table reports disable trigger all")
    database_superuser(f"update reports set disruptions = null, tables = null, sums = null, sha256 = '{sha256}'")
    declared_late(office)
    second = of_september(office)
    found = anew(office, second)
    assert (found.before, [one.how for one in found.changes]) == (None, ["baru"])
    assert report_pages.page(first, office.people["kabid"], office.at).sound
    for kind in ("xlsx", "csv", "json", "pdf"):
        assert content(office, second, kind)


def test_paper_workbook_table_and_json_tell_anew_what_was_told_and_what_is_known(office):
    august_signed(office)
    declared_late(office)
    second = of_september(office)
    share = f"{service(20, 20) / service(1, 31)}"
    paper = said(office, second)
    for word in (f"Keadaan kahar {CODE} (baru)", "tidak dilaporkan", "1 hari kerja", share, "lihat koreksi"):
        assert word in paper
    book = load_workbook(io.BytesIO(content(office, second, "xlsx")))
    lines = [[cell.value for cell in line] for line in book["Koreksi kahar dan gangguan"].iter_rows(min_row=2)]
    assert ["Waktu dihentikan", "tidak dilaporkan", 1, "hari kerja"] in [line[4:] for line in lines]
    head, first = ([cell.value for cell in line] for line in book["Keadaan kahar"].iter_rows(max_row=2))
    told_of = dict(zip(head, first, strict=True))
    assert told_of["Berkas dihentikan"] is None
    assert told_of["Angka dihitung pada"] == "dihitung pada Agustus 2026, lihat koreksi"
    table = content(office, second, "csv").decode("utf-8-sig")
    assert f"Koreksi Agustus 2026: Keadaan kahar {CODE} (baru): Waktu dihentikan, semula;tidak dilaporkan" in table
    assert f"Koreksi Agustus 2026: Keadaan kahar {CODE} (baru): Waktu dihentikan, menjadi;1;hari kerja" in table
    found = json.loads(content(office, second, "json"))
    [change] = found["corrections"][0]["disruptions"]["changes"]
    assert (change["how"], change["before"], change["after"]["share"]) == ("baru", None, share)
    [declared] = found["disruptions"]["declared"]
    assert declared["elsewhere"] == [{"period": "2026-08", "corrected_here": True}]


def said(office, report_id):
    paper = PdfReader(io.BytesIO(content(office, report_id, "pdf")))
    return " ".join(" ".join(one.extract_text() for one in paper.pages).split())


def test_a_draft_that_nobody_has_checked_says_so_on_paper(office):
    until_next_month(office)
    report_id = drafted(office)
    assert "belum diperiksa" in said(office, report_id)
    checked(office, report_id)
    with transaction() as store:
        name = store.people.names({office.people["kabid"]})[office.people["kabid"]]
    assert f"diperiksa oleh {name}" in said(office, report_id)


# --- late files that became timely


def rescuing(office, decree="001/KEP"):
    """A file that was late in August, told so; in September a declaration makes it timely."""
    case_id, promised = late_in_august(office)
    until_next_month(office)
    signed(office)
    struck = promised.replace(hour=7, minute=0) - timedelta(days=3)
    return case_id, declare(office, proposal(struck, promised + timedelta(days=2), **LATE), decree)


def test_the_report_names_the_files_a_declaration_made_timely_and_whose_decision_it_was(office):
    case_id, _id = rescuing(office)
    second = of_september(office)
    [(code, one)] = told(office, second).disruptions.rescued
    with transaction() as store:
        number = store.case_lists.case_row(case_id).number
        names = store.people.names({office.people["kabid"], office.people["kadis"]})
    assert (code, one.case, one.number, one.decree) == (CODE, case_id, number, "001/KEP")
    assert (one.proposer, one.establisher) == (names[office.people["kabid"]], names[office.people["kadis"]])
    assert one.late_at < one.timely_at
    [listed] = force_majeure_statistics.statistics(office.people["pengawas"], office.at).rescued
    assert (listed.row.case_id, listed.decree, listed.handled) == (one.case, one.decree, one.handled)
    paper = said(office, second)
    for word in ("Berkas diselamatkan 1 berkas", "Lampiran", number, one.proposer, one.establisher):
        assert word in paper
    sheet = load_workbook(io.BytesIO(content(office, second, "xlsx")))["Berkas diselamatkan"]
    assert [cell.value for cell in sheet[2]][:3] == [CODE, "001/KEP", number]
    table = content(office, second, "csv").decode("utf-8-sig")
    assert f"Keadaan kahar {CODE}: Berkas diselamatkan;1;berkas" in table
    assert f"diselamatkan dengan 001/KEP, pengusul {one.proposer}, penetap {one.establisher}" in table
    [declared] = json.loads(content(office, second, "json"))["disruptions"]["declared"]
    assert [each["number"] for each in declared["rescued"]] == [number]


def test_a_decree_whose_number_ends_in_brackets_names_its_declaration_too(office):
    rescuing(office, "001/KEP (contoh)")
    found = told(office, of_september(office)).disruptions.rescued
    assert [(code, one.decree) for code, one in found] == [(CODE, "001/KEP (contoh)")]


def test_a_rescued_file_is_told_in_the_month_of_the_decision_and_in_no_other(office):
    rescuing(office)
    until_next_month(office, OCTOBER)
    by_month = {
        code: [one.number for _code, one in living(office, code).disruptions.rescued]
        for code in ("2026-08", "2026-09", "2026-10")
    }
    assert [len(some) for some in by_month.values()] == [0, 1, 0]


def living(office, code, **more):
    return report_living.living(Wanted(Period.read(code), **more), office.people["kabid"], office.at).told


def test_figures_of_one_permit_name_the_rescued_files_of_that_permit(office):
    rescuing(office)
    counts = [len(living(office, "2026-09", permit=permit).disruptions.rescued) for permit in ("PEN", "SIPB")]
    assert counts == [1, 0]


def test_a_rescue_that_was_told_and_undone_is_told_back_with_its_number(office):
    case_id, id = rescuing(office)
    second = sign(office, of_september(office))
    [(_code, one)] = told(office, second).disruptions.rescued
    undo(office, id, "002/KEP")
    until_next_month(office, NOVEMBER)
    third = drafted(office, "2026-10")
    assert corrected(office, third)["2026-09"] == {CODE: "dibatalkan"}
    [change] = anew(office, third, "2026-09").changes
    assert [each.case for each in change.before.of.rescued] == [case_id] == [one.case]
    assert change.after.of.rescued == ()
    assert told(office, second).disruptions.rescued == ((CODE, one),), "what was signed stays"


def test_what_is_told_of_rescued_files_is_covered_by_the_hash(office, database_superuser):
    rescuing(office)
    second = of_september(office)
    kept = parse(row(second).disruptions)["declared"][0]["rescued"][0]["number"]
    database_superuser("alter table reports disable trigger all")
    database_superuser(f"update reports set disruptions = replace(disruptions, '{kept}', '99999')")
    assert not report_pages.page(second, office.people["kabid"], office.at).sound


def test_the_correction_of_a_declaration_is_covered_by_the_hash(office, database_superuser):
    august_signed(office)
    declared_late(office)
    second = of_september(office)
    database_superuser("alter table reports disable trigger all")
    database_superuser("update reports set differences = replace(differences, '001/KEP', '009/KEP')")
    assert not report_pages.page(second, office.people["kabid"], office.at).sound


def test_shares_of_a_correction_are_exact(office):
    august_signed(office)
    declared_late(office)
    found = anew(office, of_september(office))
    part = found.after.share(found.changes[0].after.of.minutes)
    assert isinstance(part, Fraction)
    assert part == service(20, 20) / service(1, 31)
