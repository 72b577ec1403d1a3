"""The supervisor's board: running clocks, nearest promise first, with filters and breaches."""

import re
from datetime import datetime, timedelta

import pytest

from app.clock import WIB
from app.operations import background, forecast
from app.operations import board as operations
from app.operations.board import CLOCKS
from tests.app.web.office import BEFORE, NOW


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


def test_running_files_are_counted_by_what_they_stand_at_and_each_figure_opens_its_list(office):
    late, fresh = office.registered(at=NOW - timedelta(days=60)), office.registered()
    browser = office.logged_in("pengawas")
    for group, key in {
        "keadaan": office.case(late).held.case.state,
        "izin": "PEN",
        "langkah": "verifikasi_keabsahan",
        "peran": "VB",
        "instansi": "-",
    }.items():
        page = browser.get(f"/jam-layanan?kelompok={group}")
        assert f"pilih={key}&amp;umur=lewat_lama#daftar" in page.text, group
        opened = browser.get(f"/jam-layanan?kelompok={group}&pilih={key}")
        assert listed(opened, late)
        assert listed(opened, fresh)
        sifted = browser.get(f"/jam-layanan?kelompok={group}&pilih={key}&umur=lewat_lama")
        assert listed_running(sifted, late)
        assert not listed_running(sifted, fresh)
        assert not listed_running(browser.get(f"/jam-layanan?kelompok={group}&pilih=lain"), late)


def listed_running(page, case_id):
    return f"/berkas/{case_id}" in page.text.partition('id="daftar"')[2].partition("Pelanggaran janji")[0]


def test_a_person_s_files_are_those_he_has_taken(office):
    taken, free = office.registered(), office.registered()
    office.claimed(taken, "verifikator")
    page = office.logged_in("kabid").get(f"/jam-layanan?kelompok=orang&pilih={office.people['verifikator']}")
    assert "Ratna Sari" in page
    assert listed_running(page, taken)
    assert not listed_running(page, free)
    page = office.logged_in("kabid").get("/jam-layanan?kelompok=orang&pilih=-")
    assert listed_running(page, free)
    assert not listed_running(page, taken)


def test_the_list_of_running_files_goes_on_page_by_page_without_loss(office, monkeypatch):
    monkeypatch.setattr(operations, "PAGE", 2)
    wanted = {office.registered(at=at) for at in (BEFORE, NOW - timedelta(days=60), NOW - timedelta(days=50))}
    browser, page, seen = office.logged_in("pengawas"), None, []
    address = "/jam-layanan"
    while address:
        page = browser.get(address)
        part = page.text.partition('id="daftar"')[2].partition("Pelanggaran janji")[0]
        seen += re.findall(r'data-kartu href="/berkas/([0-9a-f-]+)"', part)
        more = re.search(r'href="([^"]+)">Berkas berikutnya', part)
        address = more.group(1).replace("&amp;", "&") if more else ""
    assert sorted(seen) == sorted(map(str, wanted))


def test_the_board_s_counts_are_asked_again_without_being_sent_again(office):
    office.registered()
    browser = office.logged_in("pengawas")
    first = browser.get("/jam-layanan/denyut")
    assert '"berjalan":1' in first.text.replace(" ", "")
    again = browser.get("/jam-layanan/denyut", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    office.registered()
    assert browser.get("/jam-layanan/denyut", headers={"If-None-Match": first.headers["ETag"]}).status == 200


def test_a_file_overtaken_at_a_step_is_listed_with_who_overtook_it(office):
    first, second = office.registered(at=BEFORE - timedelta(days=1)), office.registered()
    office.complete(office.task(second), "sah", "verifikator", cara="lihat_asli")
    page = office.logged_in("pengawas").get("/jam-layanan/antrean")
    assert f"/berkas/{first}" in page
    assert f"/berkas/{second}" in page
    assert "tanpa sebab tercatat: 1" in page
    assert "masih menunggu" in page
    none = office.logged_in("pengawas").get("/jam-layanan/antrean?izin=IMB")
    assert "Tidak ada berkas yang disalip." in none


def test_a_forecast_without_history_says_so_and_names_no_chance(office):
    office.registered()
    page = office.logged_in("pengawas").get("/jam-layanan/perkiraan?hari=10")
    assert "Riwayat terlalu sedikit" in page
    assert "Belum dapat diukur" in page
    assert "peluang" in page.text


def test_a_forecast_that_reaches_a_year_without_a_calendar_says_so(office, monkeypatch):
    office.registered()
    browser = office.logged_in("pengawas")
    assert "yang daftar hari liburnya belum ditetapkan" not in browser.get("/jam-layanan/perkiraan?hari=3")
    far = datetime(2031, 1, 6, 9, 0, tzinfo=WIB)
    monkeypatch.setattr(forecast, "working_days_from", lambda _odometer, at, days: far if days > 0 else at)
    page = browser.get("/jam-layanan/perkiraan?hari=10")
    assert "Sebagian perkiraan jatuh pada tahun 2031, yang daftar hari liburnya belum ditetapkan" in page


def test_the_bottleneck_map_tells_each_step_s_time_in_a_table_too(office):
    case_id = office.registered()
    office.complete(office.task(case_id), "sah", "verifikator", cara="lihat_asli")
    browser = office.logged_in("pengawas")
    page = browser.get("/jam-layanan/kemacetan")
    assert "Verifikasi keabsahan" in page
    assert "P90 (hk)" in page
    assert '"heat"' in page.text
    assert browser.get("/jam-layanan/kemacetan?alur=ngawur").status == 404
