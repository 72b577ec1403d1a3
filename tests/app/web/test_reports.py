"""Reports through the pages: figures that open their files, a report's course, and what is refused with a sentence."""

import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from app.operations import force_majeure, reports
from app.store import transaction
from tests.app.operations.test_force_majeure import proposal
from tests.app.web.office import NOW

SEPTEMBER = NOW.replace(month=9, day=7)
DRAFT = "/laporan"


@pytest.fixture
def registered(office):
    """A file that was registered in September."""
    return office.registered(at=SEPTEMBER)


def drafted(office, by="kasi", period="2026-09", **typed):
    return office.logged_in(by).post(DRAFT, {"periode": period, **typed})


def act(office, by, report, what, **typed):
    return office.logged_in(by).post(f"{report}/{what}", typed)


def signed(office):
    report = drafted(office).location
    act(office, "kabid", report, "periksa")
    act(office, "kadis", report, "tandatangani")
    return report


def test_the_living_figures_open_the_files_behind_them(office, registered):
    browser = office.logged_in("pengawas")
    page = browser.get("/laporan/angka?periode=2026-09")
    assert page.status == 200
    assert "September 2026" in page
    address = (
        re.search(r'href="(/laporan/angka/berkas\?angka=terdaftar[^"]*)"', page.text).group(1).replace("&amp;", "&")
    )
    assert f"/berkas/{registered}" in browser.get(address)
    assert "Tidak ada berkas pada periode ini." in browser.get("/laporan/angka?periode=2026-09&izin=TRY")


def test_numbers_by_kelurahan_by_duration_and_of_permits_that_end_open_their_lists(office):
    office.registered(at=SEPTEMBER)
    browser = office.logged_in("kabid")
    page = browser.get("/laporan/angka?periode=2026-09").text
    assert "Menurut kelurahan" in page
    (link,) = re.findall(r'href="(/laporan/angka/berkas[^"]*angka=terdaftar[^"]*kelurahan=[-\d][^"]*)"', page)
    assert "data-baris" in browser.get(link.replace("&amp;", "&"))
    assert browser.get("/laporan/angka/berkas?angka=selesai&lama=3&periode=2026-09").status == 200
    listed = browser.get("/laporan/berlaku/berkas?angka=h30&periode=2026-09")
    assert listed.status == 200
    assert "Berakhir dalam 30 hari sesudahnya" in listed
    assert browser.get("/laporan/berlaku/berkas?angka=ngawur").status == 404


@pytest.mark.parametrize("query", ["periode=kapan", "izin=%27--", "wilayah=%25", "periode=2026-99&halaman=x"])
def test_unknown_filters_break_nothing(office, registered, query):
    assert office.logged_in("pengawas").get(f"/laporan/angka?{query}").status == 200
    assert office.logged_in("pengawas").get(f"/laporan/angka/berkas?angka=terdaftar&{query}").status == 200


def test_a_figure_that_is_none_is_not_found(office, registered):
    assert office.logged_in("pengawas").get("/laporan/angka/berkas?angka=laba").status == 404


def test_a_report_is_drafted_checked_signed_and_sent_by_different_people(office, registered):
    answer = drafted(office, catatan="Loket pindah")
    assert answer.status == 303
    report = answer.location
    page = office.logged_in("kasi").get(report)
    assert "menunggu pemeriksaan" in page
    assert "Loket pindah" in page
    assert "Nyatakan sudah diperiksa" not in page
    assert act(office, "kabid", report, "periksa").status == 303
    assert act(office, "kadis", report, "tandatangani").status == 303
    page = office.logged_in("penomoran").get(report)
    assert "700/001/LAP/DPMPTSP/2026" in page
    assert "045/001/PENG/DPMPTSP/2026" in page
    assert act(office, "penomoran", report, "kirim", cara="diantar", tanda_terima="Agenda 41").status == 303
    assert "Agenda 41" in office.logged_in("pengawas").get(report)
    assert "dikirim" in office.logged_in("pengawas").get("/laporan")


def test_a_period_that_cannot_be_reported_is_refused_at_its_field_and_what_was_typed_stays(office):
    page = drafted(office, period="2026-10", catatan="Catatan saya")
    assert page.status == 422
    assert "Oktober 2026 belum berakhir" in page
    assert 'id="s-periode"' in page
    assert "Catatan saya" in page


def test_a_draft_is_returned_with_a_reason_only(office, registered):
    report = drafted(office).location
    page = act(office, "sekretaris", report, "kembalikan", alasan="")
    assert page.status == 422
    assert "Alasan wajib diisi" in page
    assert act(office, "sekretaris", report, "kembalikan", alasan="Angka diperiksa lagi").status == 303
    assert "Angka diperiksa lagi" in office.logged_in("kasi").get(report)
    assert act(office, "kabid", report, "periksa").status == 409
    assert drafted(office).status == 303


def test_who_sends_must_say_how_and_by_what_receipt(office, registered):
    report = signed(office)
    page = act(office, "sekretaris", report, "kirim", cara="", tanda_terima="")
    assert page.status == 422
    assert "Pilih cara mengirim" in page
    assert "3 sampai 200 huruf" in page


def test_a_signed_report_is_kept_as_workbook_table_and_paper(office, registered):
    report = signed(office)
    browser = office.logged_in("pengawas")
    workbook = browser.get(f"{report}/unduh.xlsx")
    assert workbook.headers["Content-Disposition"].endswith("filename=laporan-2026-09.xlsx")
    assert load_workbook(io.BytesIO(workbook.data)).sheetnames[0] == "Angka"
    assert "Terdaftar;1;berkas" in browser.get(f"{report}/unduh.csv").data.decode("utf-8-sig")
    letter = re.search(r'href="(/surat/[0-9a-f-]+)"', browser.get(report).text).group(1)
    assert browser.get(letter).data.startswith(b"%PDF")
    assert office.logged_in("verifikator").get(letter).status == 404


def test_a_draft_can_be_printed_as_a_draft(office, registered):
    report = drafted(office).location
    assert office.logged_in("kadis").get(f"{report}/unduh.pdf").data.startswith(b"%PDF")


def test_the_files_behind_a_frozen_figure_stay_those_of_the_freezing(office, registered):
    report = drafted(office).location
    page = office.logged_in("kabid").get(f"{report}/berkas?angka=terdaftar")
    assert f"/berkas/{registered}" in page
    assert office.logged_in("loket").get(report).status == 403


def test_the_report_speaks_english_to_who_reads_english(office, registered):
    report = drafted(office).location
    browser = office.logged_in("kabid")
    browser.post("/bahasa", {"bahasa": "en"})
    page = browser.get(report)
    for word in ("Registered", "Report September 2026", "awaiting its check", "Paused: waiting for payment"):
        assert word in page
    assert "Tepat waktu" not in page


def test_the_preview_of_a_change_names_the_reports_it_would_correct(office):
    case_id = office.registered(at=SEPTEMBER)
    with office.app.app_context():
        made = reports.draft("2026-09", "", office.people["kasi"], NOW)
        reports.check(made, office.people["kabid"], NOW)
        number = reports.sign(made, office.people["kadis"], NOW)
    browser = office.logged_in("admin")
    typed = {"baris": f"libur;{SEPTEMBER + timedelta(days=1):%d/%m/%Y};;;Keputusan", "keputusan": "SK 9/2026"}
    page = browser.follow(browser.post("/kelola/kalender/usul", {**typed, "aksi": "periksa"}))
    assert "Mengubah yang sudah dilaporkan kepada Walikota" in page
    assert number in page
    assert page.text.count(f"/berkas/{case_id}") >= 2


def test_a_report_shows_what_is_told_anew_of_a_keadaan_kahar_where_its_figures_stand_and_whom_it_rescued(office):
    august = NOW.replace(month=8, day=4)
    case_id = office.registered(at=august)
    with office.app.app_context():
        first = NOW.replace(month=9, day=1)
        decided = first + timedelta(hours=1)
        made = reports.draft("2026-08", "", office.people["kasi"], first)
        reports.check(made, office.people["kabid"], first)
        reports.sign(made, office.people["kadis"], first)
        wanted = proposal(august.replace(hour=12), first.replace(hour=0, minute=0), approval_letter="Surat 9/WK/2026")
        id = force_majeure.propose(wanted, office.people["kabid"], decided)
        with transaction() as store:
            revision, number = store.calendars.revision(), store.case_lists.case_row(case_id).number
        force_majeure.establish(id, "001/KEP", revision, office.people["kadis"], decided)
    report = drafted(office).location
    browser = office.logged_in("pengawas")
    page = browser.get(report)
    for words in (
        "Koreksi atas periode Agustus 2026",
        "tidak dilaporkan",
        "dihitung pada Agustus 2026, lihat koreksi",
        "1 berkas diselamatkan",
    ):
        assert words in page
    rescued = page.text.split('id="judul-diselamatkan"')[1].split("</section>")[0]
    assert number in rescued
    assert f"/berkas/{case_id}" in rescued
    browser.post("/bahasa", {"bahasa": "en"})
    page = browser.get(report)
    for words in ("not reported", "counted in August 2026, see the correction", "1 file rescued"):
        assert words in page
