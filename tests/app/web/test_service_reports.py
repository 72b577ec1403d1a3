"""Years, agencies, the survey and what everybody may know, through the pages."""

import pytest

from app.operations import counted_facts, public_figures
from app.web import charts
from tests.app.web.office import NOW

SEPTEMBER = NOW.replace(month=9, day=7)


@pytest.fixture
def registered(office):
    """A file that was registered in September."""
    return office.registered(at=SEPTEMBER)


def worked(office):
    with office.app.app_context():
        while counted_facts.count_one(NOW):
            pass


def test_a_year_is_a_period_of_the_figures(office, registered):
    page = office.logged_in("pengawas").get("/laporan/angka?periode=2026")
    assert page.status == 200
    assert "Tahun 2026" in page
    assert "menurut yang tercatat sampai" in page


def test_a_large_year_says_how_far_it_is_counted_and_then_as_of_when_it_is(office, registered, monkeypatch):
    office.registered(at=SEPTEMBER)
    monkeypatch.setattr(counted_facts, "FRESH", 0)
    monkeypatch.setattr(counted_facts, "A_GLANCE", 1)
    browser = office.logged_in("pengawas")
    page = browser.get("/laporan/angka?periode=2026")
    assert "1 dari 2 berkas periode ini sudah dihitung" in page
    assert "Seluruh izin" not in page
    for path in ("/laporan/angka/berkas?angka=terdaftar&periode=2026", "/laporan/angka/unduh.csv?periode=2026"):
        refused = browser.get(path)
        assert refused.status == 409
        assert "sedang dihitung" in refused
    worked(office)
    page = browser.get("/laporan/angka?periode=2026")
    assert "Seluruh izin" in page
    assert f"/berkas/{registered}" in browser.get("/laporan/angka/berkas?angka=terdaftar&periode=2026")


def test_a_large_report_is_announced_and_shown_under_way(office, registered, monkeypatch):
    monkeypatch.setattr(counted_facts, "FRESH", 0)
    browser = office.logged_in("kasi")
    made = browser.post("/laporan", {"periode": "2026-09", "catatan": ""})
    assert made.status == 303
    page = browser.get("/laporan")
    assert "sedang disusun di latar belakang" in page
    again = browser.post("/laporan", {"periode": "2026-09", "catatan": ""})
    assert again.status == 422
    assert "Laporan September 2026 sedang disusun" in again


def test_agencies_and_the_survey_have_pages_and_lists(office, registered):
    browser = office.logged_in("pengawas")
    for path in ("opd", "opd/berkas", "skm", "skm/berkas"):
        page = browser.get(f"/laporan/{path}?periode=2026-09")
        assert page.status == 200, path
        assert "September 2026" in page
    assert browser.get("/laporan/opd/berkas?angka=laba").status == 404
    assert "belum dapat dijadikan ukuran" in browser.get("/laporan/skm?periode=2026-09")


def test_everybody_sees_how_promises_are_kept_once_it_is_counted_and_nobody_s_file(office, registered):
    visitor = office.browser()
    first = visitor.get("/kinerja?periode=2026-09")
    assert first.status == 200
    assert "sedang dihitung" in first
    worked(office)
    page = visitor.get("/kinerja?periode=2026-09")
    assert "kurang dari 5 berkas, tidak diumumkan" in page
    assert str(registered) not in page
    assert "Tidak ada pembayaran yang menunggu validasi." in page
    assert visitor.get("/kinerja?periode=%00x").status == 200


def test_how_long_a_payment_has_waited_is_told_to_everybody_in_his_language(office, registered, monkeypatch):
    worked(office)
    monkeypatch.setattr(public_figures, "_queue", lambda *_any: (7, "sudah menunggu 8 hari kerja"))
    visitor = office.browser()
    assert "yang terlama sudah menunggu 8 hari kerja" in visitor.get("/kinerja?periode=2026-09")
    visitor.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    page = visitor.get("/kinerja?periode=2026-09")
    assert "waiting for 8 working days" in page
    assert "sudah menunggu" not in page


@pytest.mark.parametrize(
    ("part", "whole", "told"), [(0, 0, "0.0"), (1, 3, "33.3"), (3, 3, "100.0"), (999, 1000, "99.9")]
)
def test_a_bar_is_as_long_as_its_part_of_the_whole(part, whole, told):
    assert charts.length(part, whole) == told
