"""Drafts and closing reports of keadaan kahar, through their pages."""

import re

from tests.app.web.test_kahar import SOUND, established, proposed

UNFINISHED = {"dasar": ["a"], "uraian": "Listrik padam", "sejak": "besok", "batas_units": "pilih", "units": ["PUPR"]}


def draft_of(page):
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page.text)[1] for name in ("draf", "draf_versi")}


def test_an_unfinished_proposal_is_saved_and_found_again_as_it_was_typed(office):
    browser = office.logged_in("kasi")
    answer = browser.post("/kahar/usul", {**UNFINISHED, "aksi": "simpan"})
    assert answer.status == 303, answer.text
    page = browser.follow(answer)
    assert "Hanya Anda yang melihatnya" in page
    assert re.search(r'name="sejak"[^>]*value="besok"', page.text)
    assert re.search(r'name="units" value="PUPR"[^>]* checked', page.text)
    listed = browser.get("/kahar")
    assert "Draf Anda" in listed
    assert "Listrik padam" in listed
    for login in ("kabid", "kadis", "verifikator"):
        assert "Listrik padam" not in office.logged_in(login).get("/kahar")
    assert office.logged_in("kabid").get(answer.location).status == 404


def test_a_draft_becomes_the_proposal_and_is_gone_from_the_list(office):
    browser = office.logged_in("kasi")
    page = browser.follow(browser.post("/kahar/usul", {**UNFINISHED, "aksi": "simpan"}))
    answer = browser.post("/kahar/usul", {**SOUND, **draft_of(page), "aksi": "ajukan"})
    assert answer.status == 303
    assert "Draf Anda" not in browser.get("/kahar")


def test_a_draft_saved_in_another_window_is_not_overwritten_and_nothing_typed_is_lost(office):
    browser = office.logged_in("kasi")
    page = browser.follow(browser.post("/kahar/usul", {**UNFINISHED, "aksi": "simpan"}))
    first = {**UNFINISHED, **draft_of(page), "uraian": "Listrik padam sejak pagi"}
    assert browser.post("/kahar/usul", {**first, "aksi": "simpan"}).status == 303
    late = browser.post("/kahar/usul", {**first, "uraian": "Listrik padam sejak siang", "aksi": "simpan"})
    assert late.status == 409
    assert "jendela lain" in late
    assert "Listrik padam sejak siang" in late


def test_a_draft_is_thrown_away_by_its_button(office):
    browser = office.logged_in("kasi")
    browser.post("/kahar/usul", {**UNFINISHED, "aksi": "simpan"})
    [address] = re.findall(r'action="(/kahar/draf/[^"]+/buang)"', browser.get("/kahar").text)
    assert browser.post(address, {}).status == 303
    assert "Draf Anda" not in browser.get("/kahar")


def test_a_declaration_that_is_over_is_closed_by_its_report_and_says_so_everywhere(office):
    address = proposed(office, sampai="19/10/2026 14.00")
    kadis = established(office, address)
    page = kadis.get(address)
    assert "Catat laporan dan tutup" in page
    wrong = kadis.post(f"{address}/tutup", {"nomor_laporan": "700/9/2026", "tanggal_laporan": "31/02/2026"})
    assert wrong.status == 422
    assert 'value="700/9/2026"' in wrong
    assert 'href="#f-tanggal_laporan"' in wrong
    sent = {"nomor_laporan": "700/9/2026", "tanggal_laporan": "20/10/2026"}
    assert kadis.post(f"{address}/tutup", sent).status == 303
    assert kadis.post(f"{address}/tutup", sent).status == 409
    for where in (address, "/kahar", "/kahar/statistik"):
        assert "ditutup" in kadis.get(where)
    assert "Catat laporan dan tutup" not in kadis.get(address)
    assert "700/9/2026" in kadis.get("/kahar/unduh.csv")


def test_every_row_of_the_register_has_a_cell_for_every_heading(office):
    established(office, proposed(office, sampai="19/10/2026 14.00"))
    head, *rows = office.logged_in("kadis").get("/kahar/unduh.csv").text.strip().splitlines()
    assert rows
    assert {row.count(";") for row in rows} == {head.count(";")}


def test_every_instant_that_cannot_be_read_is_told_at_its_field_at_once(office):
    wrong = {**SOUND, "waktu_peristiwa": "kemarin", "sejak": "32/10/2026 08.00", "sampai": "19/10/2026 25.00"}
    answer = office.logged_in("kasi").post("/kahar/usul", {**wrong, "aksi": "periksa"})
    assert answer.status == 422
    for name in ("waktu_peristiwa", "sejak", "sampai"):
        assert f'href="#f-{name}"' in answer


def test_more_evidence_than_a_decree_prints_is_refused_and_not_cut_off(office):
    lines = "\n".join(f"Bukti nomor {n}" for n in range(21))
    for bukti in (lines, "x" * 201):
        answer = office.logged_in("kasi").post("/kahar/usul", {**SOUND, "bukti": bukti, "aksi": "ajukan"})
        assert answer.status == 422
        assert 'href="#f-bukti"' in answer
    assert "Belum pernah ada pernyataan" in office.logged_in("kasi").get("/kahar")


def test_a_beginning_that_cannot_be_read_is_the_only_fault_of_an_end_that_can(office):
    wrong = {**SOUND, "sejak": "2026-10-19T13:00", "sampai": "19/10/2026 14.00"}
    answer = office.logged_in("kasi").post("/kahar/usul", {**wrong, "aksi": "periksa"})
    assert 'href="#f-sejak"' in answer
    assert 'href="#f-sampai"' not in answer


def test_everybody_reads_what_share_of_a_month_was_suspended(office):
    visitor = office.browser()
    assert "Bagian jam layanan yang ditangguhkan" not in visitor.get("/keadaan-kahar")
    established(office, proposed(office, sampai="19/10/2026 14.00"))
    page = visitor.get("/keadaan-kahar")
    assert "Bagian jam layanan yang ditangguhkan" in page
    assert re.search(r"Oktober 2026</td><td[^>]*>0,[1-9]%</td>", page.text)


def test_a_proposer_takes_a_waiting_version_back_on_its_page_and_others_are_not_offered_it(office):
    address = proposed(office)
    for login in ("kabid", "kadis"):
        assert "Tarik kembali usulan" not in office.logged_in(login).get(address)
    kasi = office.logged_in("kasi")
    assert "Tarik kembali usulan" in kasi.get(address)
    unsaid = kasi.post(f"{address}/tarik", {"versi": "1", "alasan_tarik": ""})
    assert unsaid.status == 422
    assert '<a href="#f-alasan_tarik">' in unsaid
    answer = kasi.post(f"{address}/tarik", {"versi": "1", "alasan_tarik": "Salah ketik waktunya"})
    assert answer.status == 303
    page = kasi.follow(answer)
    assert "ditarik pengusul" in page
    assert "Salah ketik waktunya" in page
    assert "Tarik kembali usulan" not in page
    assert "ditarik pengusul" in kasi.get("/kahar")
    assert kasi.post(f"{address}/tarik", {"versi": "1", "alasan_tarik": "Salah ketik waktunya"}).status == 409
