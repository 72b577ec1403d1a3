"""The supervisor's board: running clocks, nearest promise first, with filters and breaches."""

import re
from datetime import timedelta

import pytest

from app.operations import background
from app.operations import board as operations
from app.operations.board import CLOCKS
from tests.app.web.office import NOW


def test_the_board_counts_and_lists_running_clocks(office):
    case_id = office.registered()
    page = office.logged_in("pengawas").get("/jam-layanan")
    assert page.status == 200
    assert f"/berkas/{case_id}" in page
    assert "Verifikasi keabsahan" in page
    assert "Mengapa?" in page


def test_only_supervisors_see_the_board(office):
    assert office.logged_in("loket").get("/jam-layanan").status == 403


def test_a_late_case_is_found_by_its_state(office):
    case_id = office.registered(at=NOW - timedelta(days=60))
    browser = office.logged_in("pengawas")
    assert f"/berkas/{case_id}" in browser.get("/jam-layanan?keadaan_jam=lewat")
    assert "Tidak ada yang cocok dengan saringan." in browser.get("/jam-layanan?keadaan_jam=jeda")


@pytest.mark.parametrize("query", ["keadaan_jam=ngawur", "izin=ngawur", "keadaan=ngawur", "pemegang=%27%3B--"])
def test_unknown_filters_break_nothing(office, query):
    office.registered()
    assert office.logged_in("pengawas").get(f"/jam-layanan?{query}").status == 200


def test_an_empty_board_says_so(office):
    page = office.logged_in("pengawas").get("/jam-layanan")
    assert "Tidak ada jam layanan yang sedang berjalan." in page
    assert "Belum ada janji yang terlewati." in page


def test_the_list_can_be_kept_for_a_spreadsheet(office):
    case_id = office.registered()
    answer = office.logged_in("pengawas").get("/jam-layanan/unduh.csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=jam-layanan.csv"
    assert office.case(case_id).held.number in answer
    assert office.logged_in("loket").get("/jam-layanan/unduh.csv").status == 403


def test_a_name_that_looks_like_a_formula_stays_text(office):
    from app.web.spreadsheet import cell

    assert cell("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert cell("Slamet") == "Slamet"


def test_files_that_were_finished_late_are_listed_apart_from_those_in_time(office):
    late, timely = (office.registered(at=at) for at in (NOW - timedelta(days=60), NOW - timedelta(hours=2)))
    for case_id in (late, timely):
        office.complete(office.task(case_id), "sah", "verifikator", cara="lihat_asli")
        nothing = {"butuh_tinjauan": False, "butuh_kajian": False, "butuh_rekomendasi": False}
        office.complete(office.task(case_id), "lanjut", "kasi", **nothing)
        office.complete(office.task(case_id), "disusun", "pengolahan")
        for by in ("kasi", "kabid", "penomoran", "kadis"):
            office.complete(office.task(case_id), office.first_outcome(case_id), by, cara="peragaan")
    browser = office.logged_in("pengawas")
    page = browser.get("/jam-layanan?keadaan_jam=selesai_terlambat")
    assert f"/berkas/{late}" in page
    assert f"/berkas/{timely}" not in page.text.partition("Pelanggaran janji")[0]
    page = browser.get("/jam-layanan?keadaan_jam=selesai_tepat")
    assert f"/berkas/{timely}" in page.text.partition("Pelanggaran janji")[0]
    assert f"/berkas/{late}" not in page.text.partition("Pelanggaran janji")[0]


def listed(page, case_id):
    return f"/berkas/{case_id}" in page.text


def test_all_files_are_sifted_by_what_the_service_clock_shows(office):
    late, fresh, draft = (
        office.registered(at=NOW - timedelta(days=60)),
        office.registered(),
        office.open("SIPB").case_id,
    )
    browser = office.logged_in("pengawas")
    shown = {
        name: {one for one in (late, fresh, draft) if listed(browser.get(f"/berkas?jam={name}"), one)}
        for name in CLOCKS
    }
    assert shown["lewat"] == {late}
    assert shown["dekat"] == {fresh}
    assert shown["berjalan"] == {late, fresh}
    assert shown["belum_mulai"] == {draft}
    assert shown["tanpa_janji"] == shown["selesai_tepat"] == shown["selesai_terlambat"] == set()
    assert listed(browser.get("/berkas?jam=ngawur"), draft)


def test_a_sifted_list_without_files_says_so_and_offers_all_of_them(office):
    office.registered()
    page = office.logged_in("pengawas").get("/berkas?jam=selesai_terlambat")
    assert "Tidak ada berkas yang cocok" in page.text
    assert "Hapus saringan" in page.text


def test_every_breach_is_reached_page_by_page_with_its_promise(office, monkeypatch):
    monkeypatch.setattr(operations, "BREACHES", 2)
    late = [office.registered(at=NOW - timedelta(days=60)) for _ in range(3)]
    with office.app.app_context():
        background.warn_due(NOW)
    browser, seen = office.logged_in("pengawas"), []
    page = browser.get("/jam-layanan")
    while True:
        part = page.text.partition("Pelanggaran janji")[2]
        rows = re.findall(r'<tr><td><a class="sasaran kuat" href="/berkas/([0-9a-f-]+)"', part)
        assert 0 < len(rows) <= 2
        seen += rows
        more = re.search(r'href="([^"]+)">Pelanggaran sebelumnya', part)
        if more is None:
            break
        page = browser.get(more.group(1).replace("&amp;", "&"))
    assert set(seen) == {str(one) for one in late}
    assert len(seen) == browser_count(page)
    assert "Pelanggaran terbaru" in page


def browser_count(page):
    """How many breaches the page says there are."""
    return int(re.search(r'Pelanggaran janji <span class="angka">\((\d+)\)', page.text).group(1))
