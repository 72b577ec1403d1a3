"""The report to the Walikota: frozen when drafted, checked and signed by others, corrected by the next one."""

import io
import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql

from app.clock import WIB
from app.operations import (
    calendar_changes,
    cases,
    disturbances,
    documents,
    force_majeure,
    force_majeure_changes,
    force_majeure_page,
    report_listing,
    report_living,
    report_pages,
    reports,
    service_reports,
)
from app.operations import report_words as words
from app.operations.calendar_changes import Change
from app.operations.clock_views import decimal
from app.operations.report_corrections import corrections, told
from app.operations.report_living import Wanted
from app.operations.reporting import facts_of
from app.store import DatabaseFault, files, transaction
from app.store.encoding import parse
from app.store.expiry import LAST_DAY, PERMIT
from app.store.reports import ReportStore
from app.store.tables.documents import letters
from engine.errors import NotAllowed, NotFound, Refused, SubmissionInvalid
from engine.reporting import FIGURES, CaseFacts, Period, changes, figures
from engine.reporting.tables import SOON
from tests.app.operations import flowing
from tests.app.operations.reported import (
    OCTOBER,
    SEPTEMBER,
    checked,
    drafted,
    issued,
    late_in_august,
    row,
    signed,
    until_next_month,
    whole,
)
from tests.app.operations.test_force_majeure import declare, establish, proposal

KTP = "KTP pemohon atau penanggung jawab"
AUGUST, THEN_SEPTEMBER = Period.read("2026-08"), Period.read("2026-09")


def all_of(office, code="2026-08", **more):
    wanted = Wanted(Period.read(code), **more)
    return report_living.living(wanted, office.people["kabid"], office.at).told


def behind(office, figure, **more):
    found = report_living.living_files(Wanted(AUGUST, **more), figure, 1, office.people["kabid"], office.at)
    return {one.case_id for one in found.lines}


def page(office, report_id, by="kabid"):
    return report_pages.page(report_id, office.people[by], office.at)


# --- the figures


def test_a_month_counts_what_happened_to_its_files_and_each_figure_opens_them(office):
    done, running = issued(office), office.registered("SIPB")
    returned = office.open("SIPB")
    office.do(returned, "ajukan", "pemohon")
    wanting = {"kelengkapan__ktp__status": "tidak_terbaca"}
    office.do(returned, "periksa_kelengkapan", "loket", "tidak_lengkap", **wanting)
    mended = office.registered("SIPB")
    office.do(mended, "verifikasi_keabsahan", "verifikator", "perbaikan", keabsahan__ktp__hasil="perbaikan")
    line = all_of(office).figures[""]
    assert [line[one] for one in ("terdaftar", "terbit", "dikembalikan", "perbaikan", "selesai")] == [3, 1, 1, 1, 1]
    assert behind(office, "terdaftar") == {done, running, mended}
    assert behind(office, "terbit") == behind(office, "selesai") == behind(office, "belum_diambil") == {done}
    assert behind(office, "dikembalikan") == {returned}
    assert behind(office, "perbaikan") == {mended}
    assert {str(why) for why, _n in all_of(office).reasons()} == {f"{KTP}: tidak terbaca", f"{KTP}: perbaikan"}
    flowing.handed_over(office, done)
    assert behind(office, "belum_diambil") == set()


def test_figures_are_filtered_by_permit_and_by_place(office):
    bus, midwife = office.registered("TRY"), office.registered("SIPB")
    assert behind(office, "terdaftar", permit="TRY") == {bus}
    with transaction() as store:
        areas = {one.id: one.area for one in store.case_lists.case_rows((bus, midwife))}
    district = areas[midwife][:8]
    assert behind(office, "terdaftar", area=district) == {id for id, area in areas.items() if area.startswith(district)}
    assert behind(office, "terdaftar", area="99") == set()


def test_a_report_tells_its_figures_by_kelurahan_and_its_durations_and_each_number_opens_its_files(office):
    done, bus = issued(office), office.registered("TRY")
    until_next_month(office)
    with transaction() as store:
        place, other = (store.case_lists.case_row(one).area for one in (done, bus))
    assert place != other
    told = all_of(office)
    assert (told.tables["wilayah"][place]["terbit"], told.tables["wilayah"][other]["terdaftar"]) == (1, 1)
    term = str(next(number for number, n in enumerate(told.sums.lasted) if n))
    wanted = {
        ("terdaftar", report_listing.cut(area=place)): {done},
        ("terdaftar", report_listing.cut(area=other)): {bus},
        ("terdaftar", report_listing.cut(area=report_listing.NOWHERE)): set(),
        ("selesai", report_listing.cut(term)): {done},
        ("selesai", report_listing.cut("7")): set(),
    }
    assert {(code, cuts): behind(office, code, cuts=cuts) for code, cuts in wanted} == wanted
    report_id, by = drafted(office), office.people["kabid"]
    for (code, cuts), expected in wanted.items():
        lines = report_pages.frozen_files(report_id, code, "", 1, by, office.at, cuts).lines
        assert {one.case_id for one in lines} == expected
    assert page(office, report_id).told.tables["wilayah"] == told.tables["wilayah"]
    table = report_living.living_table(Wanted(AUGUST), by, office.at).content.decode("utf-8-sig")
    assert f"Menurut kelurahan: {told.catalogue.areas[other].name}: Terdaftar;1;berkas" in table


def test_permits_are_listed_in_the_period_in_which_they_end_and_ahead_of_it(office):
    case_id = issued(office)
    with transaction() as store:
        (letter,) = store.documents.letters_of(case_id, "sk_izin")
        last = date.fromisoformat(parse(letter.values)["berkas"]["berlaku_sampai"])
    ends = Period.around("bulanan", last)
    office.at = datetime.combine(ends.since - timedelta(days=20), time(9), WIB)
    told = all_of(office, ends.before().code).tables["berlaku"]
    soon = {column: int((last - ends.before().until).days < days) for column, days in SOON.items()}
    assert told["PEN"] == told[""]
    office.at = datetime.combine(ends.until + timedelta(days=5), time(9), WIB)
    assert all_of(office, ends.before().code).tables["berlaku"]["PEN"] == {"berakhir": 0, **soon}
    assert all_of(office, ends.code).tables["berlaku"]["PEN"] == {"berakhir": 1, "h30": 0, "h60": 0, "h90": 0}
    asked = (office.people["kabid"], office.at)
    table = report_living.living_table(Wanted(ends), *asked).content.decode("utf-8-sig")
    assert "Izin yang berakhir masa berlakunya: Semua izin: Berakhir dalam periode;1;izin" in table
    (line,) = service_reports.expiry_files(ends, "PEN", "", "berakhir", 1, *asked).lines
    assert (line[0], line[3]) == (case_id, last)
    assert service_reports.expiry_files(ends, "MB", "", "berakhir", 1, *asked).lines == ()
    with pytest.raises(NotFound):
        service_reports.expiry_files(ends, "", "", "kapan", 1, *asked)


def test_permits_that_end_are_found_by_index(office):
    with transaction() as store:
        store.session.execute(text("set local enable_seqscan = off"))
        found = select(letters.c.id).where(letters.c.kind == PERMIT, LAST_DAY.between("2026-08-01", "2026-08-31"))
        sql = found.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
        plan = "\n".join(store.session.scalars(text(f"explain {sql}")))
    assert "ix_letters_valid_until" in plan


def test_a_report_frozen_before_it_told_which_permits_end_is_not_corrected_for_it(office, database_superuser):
    issued(office)
    until_next_month(office)
    report_id = signed(office)
    assert row(report_id).tables
    for statement in (
        "alter table reports disable trigger all",
        "update reports set tables = (tables::jsonb - 'berlaku')::text",
    ):
        database_superuser(statement)
    until_next_month(office, OCTOBER)
    with transaction(snapshot=True) as store:
        assert corrections(store, THEN_SEPTEMBER, office.at) == ()


def test_money_is_counted_when_assessed_and_by_the_day_it_was_paid(office):
    case_id = flowing.billed(office)
    owed = flowing.owed(case_id)
    line = all_of(office).figures[""]
    assert (line["ditetapkan"], line["dibayar"]) == (owed, 0)
    flowing.pay(office, case_id, owed)
    assert all_of(office).figures[""]["dibayar"] == 0  # claimed is not yet found
    office.do(case_id, "validasi_bayar", "bendahara", "sah")
    assert all_of(office).figures[""]["dibayar"] == owed
    assert behind(office, "dibayar") == {case_id}


def test_a_withdrawn_file_is_counted_as_withdrawn_and_judged_neither_way(office):
    case_id = office.registered("SIPB")
    cases.withdraw(case_id, office.people["pemohon"], office.at)
    line = all_of(office).figures[""]
    assert (line["dicabut"], line["selesai"], line["terlambat_berjalan"]) == (1, 0, 0)


def test_a_promise_that_was_broken_is_listed_with_the_step_where_the_file_lay(office):
    case_id = office.registered("SIPB")
    until_next_month(office)
    late = all_of(office).late()
    assert [(one.case, one.overdue.running) for one in late] == [(case_id, True)]
    assert late[0].overdue.steps == ("Verifikasi keabsahan",)
    assert all_of(office).figures[""]["terlambat_berjalan"] == 1


def test_a_file_that_was_decided_late_is_listed_with_where_its_time_went_on_page_paper_workbook_and_table(office):
    case_id, _promised = late_in_august(office)
    until_next_month(office)
    facts = next(one for one in all_of(office).late() if one.case == case_id)
    assert (facts.overdue.running, facts.overdue.steps) == (False, ())
    (stay,) = (one for one in facts.overdue.stays if one.step == "Verifikasi keabsahan")
    assert stay.standard == "4 jam"
    assert stay.hk > facts.overdue.over
    said = words.why(facts)
    assert f"Verifikasi keabsahan {decimal(stay.hk)} hari kerja (standar 4 jam)" in said
    report_id, by = signed(office), office.people["kadis"]
    book = load_workbook(io.BytesIO(report_pages.download(report_id, "xlsx", by, office.at).content))
    assert [line[4].value for line in book["Keterlambatan"].iter_rows(min_row=2)] == ["; ".join(said)]
    table = report_pages.download(report_id, "csv", by, office.at).content.decode("utf-8-sig")
    assert f"Janji terlampaui {facts.number} (selesai terlambat): {said[0]}" in table
    paper = documents.letter(page(office, report_id).letters[0].id, by, office.at).content
    printed = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(paper)).pages).split())
    assert "(standar 4 jam)" in printed
    assert words.why(whole(report_id).late()[0]) == said


def test_a_table_tells_its_figures_in_the_order_of_the_page(office):
    issued(office)
    until_next_month(office)
    table = report_pages.download(signed(office), "csv", office.people["kadis"], office.at).content.decode("utf-8-sig")
    told = [line.split(";")[2] for line in table.splitlines() if line.startswith("Agustus 2026;Semua izin;")]
    assert told[: len(FIGURES)] == [words.NAMES[code] for code in FIGURES]


def test_what_happened_later_is_no_part_of_an_earlier_month(office):
    case_id = office.registered("PEN")
    until_next_month(office)
    with transaction() as store:
        before = facts_of(store, AUGUST, office.at)
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    flowing.path_decided_by_kasi(office, case_id)
    flowing.to_signature(office, case_id)
    with transaction() as store:
        after = facts_of(store, AUGUST, office.at)
    assert [replace(one, overdue=None) for one in after] == [replace(one, overdue=None) for one in before]
    assert figures(after)[""] == figures(before)[""]
    assert all_of(office, "2026-09").figures[""]["terbit"] == 1


# --- the course of a report


def test_a_report_goes_from_its_draft_over_its_check_to_signature_and_sending(office):
    issued(office)
    until_next_month(office)
    report_id = drafted(office, note="Bulan yang tenang")
    assert page(office, report_id).may == {"check", "give_back"}
    checked(office, report_id)
    assert page(office, report_id, "kadis").may == {"sign", "give_back"}
    number = reports.sign(report_id, office.people["kadis"], office.at)
    found = page(office, report_id, "sekretaris")
    assert (found.row.number, found.may, found.sound) == (number, {"send"}, True)
    assert number == "700/001/LAP/DPMPTSP/2026"
    assert [one.kind for one in found.letters] == ["laporan_berkala", "pengantar_laporan"]
    reports.send(report_id, "diantar", "Agenda 41/IX", office.people["sekretaris"], office.at)
    kept = row(report_id)
    assert (kept.sent_how, kept.receipt, kept.letter_number) == ("diantar", "Agenda 41/IX", "045/001/PENG/DPMPTSP/2026")
    with transaction() as store:
        kinds = [one.kind for one in reversed(store.calendars.told(20)) if one.kind.startswith("report_")]
    assert kinds == ["report_drafted", "report_checked", "report_signed", "report_sent"]


def test_the_paper_the_workbook_and_the_table_say_what_was_frozen(office):
    case_id = issued(office)
    until_next_month(office)
    report_id = signed(office)
    found = page(office, report_id)
    by = office.people["kadis"]
    paper, cover = (documents.letter(one.id, by, office.at).content for one in found.letters)
    said = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(paper)).pages).split())
    assert found.row.number in said
    assert "Agustus 2026" in said
    assert found.row.sha256 in said.replace(" ", "")
    assert "Walikota" in PdfReader(io.BytesIO(cover)).pages[0].extract_text()
    kept = report_pages.download(report_id, "xlsx", by, office.at).content
    assert files.get(found.row.workbook_sha256) == kept
    book = load_workbook(io.BytesIO(kept))
    figures_page = {line[0].value: line[2].value for line in book["Angka"].iter_rows(min_row=2)}
    assert figures_page["Izin terbit"] == 1
    with transaction() as store:
        number = store.case_lists.case_row(case_id).number
    assert [line[0].value for line in book["Berkas"].iter_rows(min_row=2)] == [number]
    table = report_pages.download(report_id, "csv", by, office.at).content.decode("utf-8-sig")
    assert "Agustus 2026;Semua izin;Izin terbit;1;berkas" in table
    assert "Agustus 2026;Semua izin;Persentase tepat waktu (bersih);100;%" in table
    assert figures_page["Persentase tepat waktu (bersih)"] == 100
    with pytest.raises(NotFound):
        report_pages.download(report_id, "pdf", by, office.at)


def test_the_same_report_makes_the_same_workbook_byte_for_byte(office):
    issued(office)
    until_next_month(office)
    report_id = drafted(office)
    by = office.people["kabid"]
    one, other = (report_pages.download(report_id, "xlsx", by, office.at + timedelta(hours=n)).content for n in (0, 5))
    assert one == other


def test_nobody_checks_or_signs_his_own_report_and_only_the_head_of_office_signs(office):
    until_next_month(office)
    report_id = drafted(office, by="kabid")
    with pytest.raises(NotAllowed):
        reports.check(report_id, office.people["kabid"], office.at)
    with pytest.raises(NotAllowed):
        reports.check(report_id, office.people["kasi"], office.at)
    with pytest.raises(Refused):
        reports.sign(report_id, office.people["kadis"], office.at)
    checked(office, report_id, "sekretaris")
    for login in ("kabid", "sekretaris", "kasi", "pengawas"):
        with pytest.raises(NotAllowed):
            reports.sign(report_id, office.people[login], office.at)
    with pytest.raises(NotAllowed):
        reports.draft("2026-07", "", office.people["kadis"], office.at)


def test_a_report_is_drafted_once_of_a_period_that_is_over_and_in_order(office):
    office.registered("SIPB")
    with pytest.raises(SubmissionInvalid) as unfinished:
        drafted(office)
    assert "belum berakhir" in unfinished.value.errors["periode"]
    until_next_month(office, OCTOBER)
    report_id = drafted(office)
    for code, word in (("2026-08", "sudah ada"), ("2026-09", "belum ditandatangani"), ("kemarin", "Pilih")):
        with pytest.raises(SubmissionInvalid) as refused:
            drafted(office, code)
        assert word in refused.value.errors["periode"]
    with pytest.raises(SubmissionInvalid):
        reports.give_back(report_id, "", office.people["sekretaris"], office.at)
    reports.give_back(report_id, "Angka retribusi diperiksa lagi", office.people["sekretaris"], office.at)
    again = drafted(office)
    assert again != report_id
    with pytest.raises(Refused):
        reports.check(report_id, office.people["kabid"], office.at)
    with pytest.raises(NotFound):
        reports.check(uuid4(), office.people["kabid"], office.at)


def test_the_same_page_sent_twice_drafts_one_report(office):
    until_next_month(office)
    key = uuid4()
    first, second = (reports.draft("2026-08", "", office.people["kasi"], office.at, key) for _ in range(2))
    assert first == second


def meanwhile(monkeypatch, happens):
    """Something happens after a month was read and before its report is written, once."""
    read, waiting = reports._known, [happens]

    def reading(*asked):
        found = read(*asked)
        while waiting:
            waiting.pop()()
        return found

    monkeypatch.setattr(reports, "_known", reading)


def test_what_the_office_records_while_a_month_is_read_does_not_hinder_its_report(office, monkeypatch):
    until_next_month(office)
    failure = disturbances.Wanted("OSS", office.at - timedelta(hours=1), None, "Masuk ke OSS gagal", ("Pengumuman",))
    meanwhile(monkeypatch, lambda: disturbances.record(failure, office.people["kasi"], office.at))
    drafted(office)
    with transaction() as store:
        kinds = [one.kind for one in store.calendars.told(2)]
    assert kinds == ["report_drafted", "disturbance_recorded"]


def test_two_people_who_draft_a_month_in_the_same_moment_make_one_report(office, monkeypatch):
    until_next_month(office)
    drafted(office)
    monkeypatch.setattr(ReportStore, "standing", lambda *_: None)
    with pytest.raises(SubmissionInvalid) as refused:
        drafted(office, by="kabid")
    assert "sudah ada" in refused.value.errors["periode"]


def test_a_report_that_was_signed_while_the_next_month_is_read_is_read_again(office, monkeypatch):
    until_next_month(office, OCTOBER)
    first = drafted(office)
    checked(office, first)
    meanwhile(monkeypatch, lambda: reports.sign(first, office.people["kadis"], office.at))
    with pytest.raises(Refused, match="baru saja ditandatangani"):
        drafted(office, "2026-09")
    drafted(office, "2026-09")


def test_a_signed_report_is_neither_returned_nor_signed_again_nor_sent_twice(office):
    until_next_month(office)
    report_id = signed(office)
    for act in (
        lambda: reports.check(report_id, office.people["sekretaris"], office.at),
        lambda: reports.give_back(report_id, "Terlambat tahu", office.people["kadis"], office.at),
        lambda: reports.sign(report_id, office.people["kadis"], office.at),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(SubmissionInvalid) as refused:
        reports.send(report_id, "merpati", "", office.people["penomoran"], office.at)
    assert refused.value.errors.keys() == {"cara", "tanda_terima"}
    reports.send(report_id, "surel", "Resi 12", office.people["penomoran"], office.at)
    with pytest.raises(Refused):
        reports.send(report_id, "surel", "Resi 13", office.people["penomoran"], office.at)


@pytest.mark.parametrize(
    "statement",
    [
        "update reports set figures = '{}'",
        "update reports set number = '700/999/LAP'",
        "update reports set signed_at = now()",
        "delete from reports",
        "update reports set tables = '{}'",
        "update reports set sums = null",
        "update report_cases set facts = '{}'",
        "update report_cases set behind = null",
        "delete from report_cases",
    ],
)
def test_not_even_the_database_lets_a_signed_report_be_rewritten(office, statement):
    issued(office)
    until_next_month(office)
    report_id = signed(office)
    with pytest.raises(DatabaseFault, match=r"correct|append-only|permission denied"), transaction() as store:
        store.session.execute(text(statement))
    assert page(office, report_id).sound


def test_a_report_that_no_longer_fits_its_hash_is_not_signed(office, database_superuser):
    issued(office)
    until_next_month(office)
    report_id = drafted(office)
    checked(office, report_id)
    database_superuser("alter table report_cases disable trigger all")
    database_superuser("update report_cases set facts = replace(facts, '\"terbit\":1', '\"terbit\":2')")
    assert not page(office, report_id).sound
    with pytest.raises(Refused, match="sidik"):
        reports.sign(report_id, office.people["kadis"], office.at)


def test_who_may_see_no_reports_sees_neither_figures_nor_papers(office):
    until_next_month(office)
    report_id = signed(office)
    letter = page(office, report_id).letters[0].id
    for login in ("verifikator", "loket", "admin", "pemohon"):
        by = office.people[login]
        for look in (
            lambda by=by: report_pages.register(by, office.at),
            lambda by=by: report_pages.page(report_id, by, office.at),
            lambda by=by: report_living.living(Wanted(AUGUST), by, office.at),
        ):
            with pytest.raises(NotAllowed):
                look()
        with pytest.raises(NotFound):
            documents.letter(letter, by, office.at)


# --- corrections


def test_a_keadaan_kahar_declared_later_corrects_the_signed_month_in_the_next_report(office):
    case_id, promised = late_in_august(office)
    until_next_month(office)
    report_id = signed(office)
    frozen = page(office, report_id).told
    assert (frozen.figures[""]["tepat"], frozen.figures[""]["terlambat_selesai"]) == (0, 1)
    sent = files.get(row(report_id).workbook_sha256)
    struck = promised.replace(hour=7, minute=0) - timedelta(days=3)
    wanted = proposal(struck, promised + timedelta(days=2), approval_letter="Surat 9/WK/2026")
    seen = force_majeure.preview(wanted, office.people["kabid"], office.at)
    assert [(one.number, [id for id, _n in one.cases]) for one in seen.reported] == [(row(report_id).number, [case_id])]
    declaration = declare(office, wanted)
    assert_kept(declaration, seen)
    until_next_month(office, OCTOBER)
    second = drafted(office, "2026-09")
    fixed = page(office, second).told.corrected
    assert [(one.number, [id for id, _n in one.cases]) for one in fixed] == [(row(report_id).number, [case_id])]
    changed = {one.code: (one.old, one.new) for one in fixed[0].differences if not one.permit}
    assert changed["tepat"] == (0, 1)
    assert changed["persen_tepat"] == (0, 1)
    assert changed["terlambat_selesai"] == (1, 0)
    assert changed["kahar_tepat"] == (0, 1)
    assert page(office, report_id).told == frozen
    assert files.get(row(report_id).workbook_sha256) == sent


def assert_kept(declaration, seen):
    with transaction() as store:
        version = store.calendars.versions(declaration)[0]
        told_of = json.loads(version.preview)
        established = next(one for one in store.calendars.told(5) if one.kind == "declaration_established")
    wanted = {"sudah_dilaporkan": 1, "laporan": [[one.number, len(one.cases)] for one in seen.reported]}
    assert {name: told_of[name] for name in wanted} == wanted
    assert {name: json.loads(established.body)[name] for name in wanted} == wanted


def test_what_one_report_corrected_the_next_one_does_not_correct_again(office):
    case_id, promised = late_in_august(office)
    until_next_month(office)
    first = signed(office)
    struck = promised.replace(hour=7, minute=0) - timedelta(days=3)
    wanted = proposal(struck, promised + timedelta(days=2), approval_letter="Surat 9/WK/2026")
    declaration = declare(office, wanted)
    until_next_month(office, OCTOBER)
    second = signed(office, "2026-09")
    assert [one.number for _id, one in [(0, row(first))]] == [page(office, second).told.corrected[0].number]
    assert page(office, first).fixed_by == ((second, row(second).number),)
    with transaction() as store:
        assert {one.case for one in told(store, first) if one.finished and not one.finished.late} == {case_id}
    force_majeure_changes.revoke(declaration, "Jaringan ternyata tidak putus", office.people["kabid"], office.at)
    undone = establish(office, declaration)
    assert [(one.number, len(one.cases)) for one in undone.reported] == [(row(first).number, 1)]
    until_next_month(office, datetime(2026, 11, 2, 9, 0, tzinfo=WIB))
    third = drafted(office, "2026-10")
    fixed = page(office, third).told.corrected
    assert [one.period.code for one in fixed] == ["2026-08", "2026-09"], "the rescue that September told is told back"
    assert {one.code: (one.old, one.new) for one in fixed[0].differences if not one.permit}["tepat"] == (1, 0)


@pytest.mark.parametrize("effect", ["SUSPEND", "ROLL_LAST_DAY"])
def test_every_step_of_a_declaration_names_the_very_files_of_a_signed_month_that_it_changes(office, effect):
    """Declared, corrected, and undone: what the preview names is what is then known otherwise, no more and no less."""
    case_id, promised = late_in_august(office)
    office.registered("SIPB")
    until_next_month(office)
    first = signed(office)
    struck = promised.replace(hour=7, minute=0) - timedelta(days=3)
    wanted = proposal(struck, promised + timedelta(days=2), approval_letter="Surat 9/WK/2026", effect=effect)
    by, made = office.people["kabid"], []

    def declared():
        seen = force_majeure.preview(wanted, by, office.at)
        made.append(force_majeure.propose(wanted, by, office.at))
        return seen, establish(office, made[0])

    def corrected():
        until = promised - timedelta(days=1)
        force_majeure_changes.correct(made[0], None, until, "Catatan PLN berbeda", by, office.at)
        return page_of(office, made[0]), establish(office, made[0])

    def undone():
        force_majeure_changes.revoke(made[0], "Jaringan ternyata tidak putus", by, office.at)
        return page_of(office, made[0]), establish(office, made[0])

    told_of = []
    for act in (declared, corrected, undone):
        before = known(office)
        seen, done = act()
        assert named(seen) == named(done) == {one.case for one in changes(before, known(office))}
        told_of.append(named(done))
    assert told_of[0] == {case_id}
    assert to_correct(office, first) == set()


def known(office):
    with transaction() as store:
        return facts_of(store, AUGUST, office.at)


def page_of(office, declaration):
    """The effect as the establisher sees it on the declaration's page."""
    return force_majeure_page.page(declaration, office.people["kadis"], office.at).impact


def named(impact):
    return {id for one in impact.reported for id, _number in one.cases}


def to_correct(office, report_id):
    with transaction() as store:
        fixed = corrections(store, THEN_SEPTEMBER, office.at)
    return {change.case for one in fixed if one.about.id == report_id for change in one.changes}


def test_a_holiday_found_out_later_names_the_reports_it_changes(office):
    case_id, promised = late_in_august(office)
    until_next_month(office)
    first = signed(office)
    change = Change(f"libur;{promised:%d/%m/%Y};;;Berkabung daerah", "SK Walikota 9/2026")
    seen = calendar_changes.preview(change, office.people["admin"], office.at).impact
    assert named(seen) == {case_id}
    made = calendar_changes.propose(change, office.people["admin"], office.at)
    number = row(first).number
    with transaction() as store:
        revision = store.calendars.revision()
        assert json.loads(store.calendar_changes.row(made).preview)["laporan"] == [[number, 1]]
    done = calendar_changes.adopt(made, revision, office.people["kadis"], office.at)
    assert named(done) == named(seen) == to_correct(office, first)


def test_a_change_that_touches_no_reported_month_names_no_report(office):
    late_in_august(office)
    until_next_month(office)
    signed(office)
    office.registered("SIPB")
    holiday = f"libur;{office.at + timedelta(days=2):%d/%m/%Y};;;Keputusan kota"
    seen = calendar_changes.preview(Change(holiday, "SK Walikota 9/2026"), office.people["admin"], office.at).impact
    assert seen.moves
    assert seen.reported == ()
    assert seen.counts()["sudah_dilaporkan"] == 0


def test_a_quarter_is_reported_beside_its_months_and_corrects_quarters_only(office):
    issued(office)
    until_next_month(office, OCTOBER)
    monthly, quarterly = signed(office, "2026-08"), signed(office, "2026-T3")
    assert page(office, quarterly).told.figures[""]["terbit"] == 1
    assert page(office, quarterly).told.corrected == ()
    assert {row(one).kind for one in (monthly, quarterly)} == {"bulanan", "triwulan"}


def test_a_draft_says_how_many_files_are_known_otherwise_since_it_was_frozen(office):
    _case, promised = late_in_august(office)
    until_next_month(office)
    report_id = drafted(office)
    assert page(office, report_id).moved == 0
    struck = promised.replace(hour=7, minute=0) - timedelta(days=3)
    declare(office, proposal(struck, promised + timedelta(days=2), approval_letter="Surat 9/WK/2026"))
    assert page(office, report_id).moved == 1
    assert page(office, report_id).told.figures[""]["tepat"] == 0


def test_a_list_behind_a_figure_comes_in_pages(office, monkeypatch):
    monkeypatch.setattr(report_listing, "PAGE", 2)
    made = {office.registered("SIPB") for _ in range(3)}
    wanted = Wanted(AUGUST)
    pages = [report_living.living_files(wanted, "terdaftar", n, office.people["kabid"], office.at) for n in (1, 2, 9)]
    assert [len(one.lines) for one in pages] == [2, 1, 1]
    assert [one.number for one in pages] == [1, 2, 2]
    assert {line.case_id for one in pages[:2] for line in one.lines} == made
    with pytest.raises(NotFound):
        report_living.living_files(wanted, "laba", 1, office.people["kabid"], office.at)


def test_exact_time_is_frozen_as_fractions(office):
    issued(office)
    until_next_month(office)
    report_id = drafted(office)
    with transaction() as store:
        known = facts_of(store, AUGUST, office.at)
    facts: tuple[CaseFacts, ...] = whole(report_id).facts
    assert [one.finished.net for one in facts] == [one.finished.net for one in known]
    assert isinstance(facts[0].finished.net, Fraction)
    assert row(report_id).known_at == SEPTEMBER
