"""Agencies and the survey in a period, and what everybody may know of it."""

import io
import json
from datetime import datetime, timedelta

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.clock import WIB
from app.operations import (
    counted_facts,
    documents,
    public_figures,
    report_listing,
    report_pages,
    service_reports,
    services_told,
)
from app.store import transaction
from engine import agencies
from engine.errors import NotAllowed, NotFound
from engine.reporting import Period
from tests.app.operations.flowing import handed_over
from tests.app.operations.reported import OCTOBER, issued, row, signed, until_next_month
from tests.app.operations.test_counted_facts import work

AUGUST = Period.read("2026-08")
ELEMENTS = "persyaratan prosedur waktu biaya produk kompetensi perilaku pengaduan sarana".split()


def answered(office, value="4", **more):
    case_id = issued(office)
    handed_over(office, case_id)
    given = {f"skm_{one}": value for one in ELEMENTS} | more
    office.do(case_id, "skm", "pemohon", "dikirim", bersedia=True, **given)
    return case_id


def survey(office):
    return service_reports.survey_page(AUGUST, office.people["kabid"], office.at)


def asked_of_agency(office):
    case_id = office.registered("SIPB")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    flags = {"butuh_tinjauan": False, "butuh_kajian": False, "butuh_rekomendasi": True}
    office.do(case_id, "tentukan_jalur", "kasi", **flags)
    return case_id, office.task(case_id, "rekomendasi_opd").unit


# --- the survey


def test_the_index_is_counted_from_what_applicants_answered_in_the_period(office):
    first = answered(office)
    second = answered(office, "3", skm_waktu="1")
    declined = issued(office)
    handed_over(office, declined)
    office.do(declined, "skm", "pemohon", "dikirim", bersedia=False)
    page = survey(office)
    assert (page.index.asked, page.index.answered) == (3, 2)
    means = {one.code: one.mean for one in page.index.elements}
    assert means["skm_waktu"] * 2 == 5
    assert means["skm_biaya"] * 2 == 7
    assert not page.index.enough
    assert page.labels["skm_waktu"] == "Kecepatan waktu pelayanan"
    files = service_reports.survey_files(AUGUST, 1, office.people["kabid"], office.at)
    assert {line[0] for line in files.lines} == {first, second}
    assert files.total == 2


def test_erased_answers_are_in_no_index(office, database_superuser):
    answered(office)
    database_superuser("update submissions set values = null where element = 'skm' returning 1")
    assert survey(office).index.answered == 0
    assert survey(office).index.value is None


# --- agencies


def test_an_agency_is_told_with_what_it_was_asked_and_how_it_answered(office):
    case_id, unit = asked_of_agency(office)
    waiting, _unit = asked_of_agency(office)
    office.later(hours=4)
    office.do(case_id, "rekomendasi_opd", f"ketua-{unit.lower()}")
    page = service_reports.agencies_page(AUGUST, office.people["kabid"], office.at)
    [line] = [one for one in page.lines if one.unit == unit]
    counts = [line.count(one) for one in ("diminta", "dijawab", "tepat", "terlambat", "terbuka")]
    assert counts == [2, 1, 1, 0, 1]
    assert line.oldest.case == waiting
    assert line.median is not None
    assert line.waited > 0
    files = service_reports.agency_files(AUGUST, unit, "terbuka", 1, office.people["kabid"], office.at)
    assert [one[0] for one in files.lines] == [waiting]
    everything = service_reports.agency_files(AUGUST, "", "diminta", 1, office.people["kabid"], office.at)
    assert {one[0] for one in everything.lines} == {case_id, waiting}
    with pytest.raises(NotFound):
        service_reports.agency_files(AUGUST, unit, "laba", 1, office.people["kabid"], office.at)


def test_an_answer_after_the_term_of_its_step_is_late(office):
    case_id, unit = asked_of_agency(office)
    office.later(hours=24 * 9)
    office.do(case_id, "rekomendasi_opd", f"ketua-{unit.lower()}")
    page = service_reports.agencies_page(Period.around("bulanan", office.at.date()), office.people["kabid"], office.at)
    [line] = [one for one in page.lines if one.unit == unit]
    assert (line.count("tepat"), line.count("terlambat")) == (0, 1)


def test_the_files_behind_each_figure_of_an_agency_are_as_many_as_it_tells(office, monkeypatch):
    """Lists are read page by page where the rows lie, figures are counted from all of them: both by one definition."""
    monkeypatch.setattr(report_listing, "PAGE", 1)
    early, unit = asked_of_agency(office)
    office.later(hours=4)
    office.do(early, "rekomendasi_opd", f"ketua-{unit.lower()}")
    late, _unit = asked_of_agency(office)
    asked_of_agency(office)
    office.later(hours=24 * 35)  # in September
    office.do(late, "rekomendasi_opd", f"ketua-{unit.lower()}")
    told = set()
    for period in (AUGUST, Period.read("2026-09"), Period.read("2026")):
        with transaction(snapshot=True) as store:
            requests = list(services_told.requests(store, period, office.at))
        for figure in agencies.FIGURES:
            wanted = sorted((one.number, one.case) for one in agencies.behind(requests, figure, *period.span))
            first = service_reports.agency_files(period, unit, figure, 1, office.people["kabid"], office.at)
            pages = [
                service_reports.agency_files(period, unit, figure, n + 1, office.people["kabid"], office.at)
                for n in range(first.pages)
            ]
            assert sorted((line[1], line[0]) for one in pages for line in one.lines) == wanted, (period.code, figure)
            assert first.total == len(wanted)
            told |= {figure} if wanted else set()
    assert told == set(agencies.FIGURES), "each figure has a file behind it somewhere"


def test_only_who_may_see_reports_sees_them(office):
    who = office.people["penghitung"]
    for act in (
        lambda: service_reports.survey_page(AUGUST, who, office.at),
        lambda: service_reports.survey_files(AUGUST, 1, who, office.at),
        lambda: service_reports.agencies_page(AUGUST, who, office.at),
        lambda: service_reports.agency_files(AUGUST, "", "diminta", 1, who, office.at),
    ):
        with pytest.raises(NotAllowed):
            act()


# --- for everybody


def test_what_is_published_is_counted_behind_the_page_and_told_as_of_when(office):
    for _ in range(5):
        issued(office)
    until_next_month(office)
    first = public_figures.published("2026-08", office.at)
    assert first.told_at is None
    assert first.lines == ()
    assert work(office.at)
    found = public_figures.published("2026-08", office.at)
    assert found.told_at == office.at
    assert (found.lines[0].permit, found.lines[0].done, found.lines[0].share) == ("", 5, 1)
    assert [one.permit for one in found.lines] == ["", "PEN"]
    assert (found.kahar, found.only_kahar) == (0, 0)
    assert not work(office.at), "a page that stands asks for nothing"


def test_nothing_is_published_of_fewer_than_five_files(office):
    for _ in range(4):
        issued(office)
    until_next_month(office)
    public_figures.published("2026-08", office.at)
    work(office.at)
    found = public_figures.published("2026-08", office.at)
    assert found.told_at == office.at
    [line] = found.lines
    assert (line.done, line.share, line.share_gross, line.median, line.ninetieth) == (None,) * 5
    assert (found.kahar, found.only_kahar, found.index) == (None, None, None)


def test_of_one_to_four_payments_that_wait_neither_number_nor_age_is_told(office, monkeypatch):
    since = office.at - timedelta(days=1)
    for number, told in ((0, 0), (1, None), (4, None), (5, 5)):
        with transaction() as store:
            monkeypatch.setattr(type(store.stuck_tasks), "queue", lambda *_, n=number: (n, since if n else None))
        found = public_figures.published("2026-07", office.at)
        assert found.queue == told
        assert bool(found.oldest) == (number >= 5)


def test_a_period_that_lasts_is_not_published(office):
    found = public_figures.published("2026-08", office.at)
    assert found.period == Period.read("2026-07")
    assert all(one.over(office.at) for one in found.periods)
    assert public_figures.published("zzz", office.at).period == Period.read("2026-07")
    assert counted_facts.count_one(office.at)


# --- of a period with very many files


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(counted_facts, "FRESH", 0)


def test_agencies_and_the_survey_of_a_large_period_are_told_by_the_worker(office, large, monkeypatch):
    asked_of_agency(office)
    answered(office)
    office.later(hours=2)
    told = service_reports.agencies_page(AUGUST, office.people["kabid"], office.at)
    page = survey(office)
    assert (told.lines, page.index) == ((), None)
    assert told.counting.files == page.counting.files == 2
    work(office.at)
    told_at = office.at
    office.later(minutes=1)
    told, page = service_reports.agencies_page(AUGUST, office.people["kabid"], office.at), survey(office)
    assert (told.told_at, page.told_at, told.counting, page.counting) == (told_at, told_at, None, None)
    monkeypatch.undo()
    office.at = told_at
    again = service_reports.agencies_page(AUGUST, office.people["kabid"], office.at)
    assert (again.lines, survey(office).index) == (told.lines, page.index)
    assert again.lines[0].waited is not None


# --- in the report


def test_a_report_freezes_agencies_survey_and_charts_on_all_its_papers(office):
    _case, unit = asked_of_agency(office)
    answered(office, "3")
    until_next_month(office)
    report_id, by = signed(office), office.people["kadis"]
    page = report_pages.page(report_id, by, office.at)
    assert page.sound
    assert page.told.tables["opd"][unit]["diminta"] == 1
    assert (page.told.tables["skm"][""]["indeks"], page.told.tables["skm"]["skm_waktu"]["n3"]) == (75, 1)
    assert page.told.tables["bulan"] == {"2026-08": {"selesai": 1, "tepat": 1}}
    paper = documents.letter(page.letters[0].id, by, office.at).content
    said = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(paper)).pages).split())
    for words in (
        "Perangkat daerah teknis",
        "Survei kepuasan masyarakat",
        "Indeks kepuasan masyarakat: 75",
        "Tepat waktu menurut bulan keputusan",
    ):
        assert words in said
    book = load_workbook(io.BytesIO(report_pages.download(report_id, "xlsx", by, office.at).content))
    sheet = [[cell.value for cell in line] for line in book["Survei kepuasan masyarakat"].iter_rows()]
    assert sheet[0] == ["Unsur", "Nilai 1", "Nilai 2", "Nilai 3", "Nilai 4", "Rata-rata"]
    assert sheet[3] == ["Kecepatan waktu pelayanan", 0, 0, 1, 0, 3], "in the order of the survey"
    assert (sheet[-1][0], sheet[-1][-1]) == ("Indeks kepuasan masyarakat", 75)
    assert [line[1].value for line in book["Perangkat daerah teknis"].iter_rows(min_row=2)] == [1]
    [head] = book["Perangkat daerah teknis"].iter_rows(max_row=1, values_only=True)
    assert head[1:4] == ("Diminta", "Dijawab", "Tepat waktu")
    lasted = [line[0].value for line in book["Lama layanan"].iter_rows(min_row=2)]
    assert (lasted[0], lasted[-1]) == ("paling lama 1 hari kerja", "lebih dari 14 hari kerja")
    table = report_pages.download(report_id, "csv", by, office.at).content.decode("utf-8-sig")
    assert "Survei kepuasan masyarakat: Seluruh survei: Indeks kepuasan masyarakat;75;dari 100" in table
    assert "Tepat waktu menurut bulan keputusan: Agustus 2026: Selesai dilayani;1;berkas" in table
    told = json.loads(report_pages.download(report_id, "json", by, office.at).content)
    assert told["tables"]["skm"][""]["indeks"] == "75"


def test_what_later_becomes_known_of_them_is_corrected_by_the_next_report_once(office, database_superuser):
    answered(office, "3")
    until_next_month(office)
    first = signed(office)
    database_superuser("update submissions set values = null where element = 'skm' returning 1")
    until_next_month(office, OCTOBER)
    second, by = signed(office, "2026-09"), office.people["kadis"]
    page = report_pages.page(second, by, office.at)
    [fixed] = page.told.corrected
    assert (fixed.number, fixed.differences, page.sound) == (row(first).number, (), True)
    changed = {(one.row, one.column): (one.old, one.new) for one in fixed.retabled}
    assert changed["", "indeks"] == (75, None)
    assert changed["", "bersedia"] == (1, 0)
    assert changed["skm_waktu", "n3"] == (1, 0)
    paper = documents.letter(page.letters[0].id, by, office.at).content
    said = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(paper)).pages).split())
    assert "Seluruh survei: Indeks kepuasan masyarakat" in said
    book = load_workbook(io.BytesIO(report_pages.download(second, "xlsx", by, office.at).content))
    lines = [[cell.value for cell in line] for line in book["Koreksi tabel"].iter_rows(min_row=2)]
    assert ["Survei kepuasan masyarakat", "Seluruh survei", "Bersedia menilai", 1, 0] in [line[2:7] for line in lines]
    table = report_pages.download(second, "csv", by, office.at).content.decode("utf-8-sig")
    assert "Koreksi Agustus 2026: Survei kepuasan masyarakat: Seluruh survei: Bersedia menilai, menjadi;0;" in table
    until_next_month(office, datetime(2026, 11, 2, 9, 0, tzinfo=WIB))
    third = signed(office, "2026-10")
    assert report_pages.page(third, by, office.at).told.corrected == ()
