"""Keadaan kahar through the pages: proposed with its effect shown, established by another, ended, corrected."""

import hashlib
import io
import re

import pytest

from app.operations import force_majeure_impact
from app.operations.demo.invented import paper
from tests.app.web.office import uuids

SOUND = {
    "dasar": ["a"],
    "peristiwa": "lainnya",
    "tak_terduga": "Kabel diputus alat berat proyek yang tidak diberitahukan",
    "sejak": "19/10/2026 13.00",
    "uraian": "Kabel serat optik ke pusat data putus sejak siang",
    "bukti": "Berita acara nomor 17/2026",
}


def proposed(office, login="kasi", **changed):
    browser = office.logged_in(login)
    answer = browser.post("/kahar/usul", {**SOUND, **changed, "aksi": "ajukan"})
    assert answer.status == 303, answer.text
    return answer.location


def checked(browser, **changed):
    """The page that shows the effect of a proposal."""
    answer = browser.post("/kahar/usul", {**SOUND, **changed, "aksi": "periksa"})
    assert answer.status == 303, answer.text
    return browser.follow(answer)


def changed(browser, address, sent):
    """A change whose effect was looked at and that was then proposed; the first answer that is no way to the effect."""
    answer = browser.post(f"{address}/ubah", sent)
    if answer.status != 303:
        return answer
    page = browser.get(answer.location)
    assert "Belum ada yang berubah" in page
    seen = re.search(r'name="draf_versi" value="(\d+)"', page.text)[1]
    return browser.post(answer.location.removesuffix("/dampak"), {"draf_versi": seen})


def revision(page):
    return re.search(r'name="revisi" value="(\d+)"', page.text)[1]


def established(office, address):
    browser = office.logged_in("kadis")
    sent = {"sk": "SK 012/KEP/2026", "revisi": revision(browser.get(address))}
    answer = browser.post(f"{address}/tetapkan", sent)
    assert answer.status == 303, answer.text
    return browser


def test_the_effect_is_shown_before_anything_changes(office):
    case_id = office.registered()
    page = checked(office.logged_in("kasi"))
    assert page.status == 200
    assert "Langkah 2 dari 3" in page
    assert office.case(case_id).held.number in page
    assert "Belum pernah ada pernyataan" in office.logged_in("kasi").get("/kahar")


def test_the_files_of_an_effect_come_in_pages_and_the_counts_are_of_all(office, monkeypatch):
    monkeypatch.setattr(force_majeure_impact, "SHOWN", 4)  # of each file its promise and its open step
    numbers = [office.case(office.registered()).held.number for _ in range(3)]
    kasi = office.logged_in("kasi")
    first = checked(kasi)
    second = kasi.get(re.search(r'href="([^"]+/dampak\?sesudah=[^"]+)"', first.text)[1])
    assert [one in first for one in numbers] == [True, True, False]
    assert [one in second for one in numbers] == [False, False, True]
    assert "Berkas berikutnya" not in second
    assert all("3 jam berkas" in one for one in (first, second))
    address, kadis = proposed(office), office.logged_in("kadis")
    following = re.search(r'href="([^"]+sesudah=[^"]+)"', kadis.get(address).text)[1]
    assert [one in kadis.get(following) for one in numbers] == [False, False, True]
    assert numbers[0] in kadis.get(f"{address}?sesudah=bukan-berkas")


def test_whoever_proposes_chooses_what_happens_to_time_and_every_page_says_it(office):
    browser = office.logged_in("kasi")
    form = browser.get("/kahar/usul")
    assert "Waktu tidak dihitung" in form
    assert re.search(r'value="SUSPEND"[^>]* checked', form.text), "the law's own effect unless another is chosen"
    assert re.search(r'value="ROLL_LAST_DAY"[^>]* checked', checked(browser, akibat="ROLL_LAST_DAY").text)
    address = proposed(office, akibat="ROLL_LAST_DAY")
    assert office.logged_in("kadis").get(address).text.count("Hanya hari terakhir yang bergeser") >= 3
    page = established(office, address).get("/kotak-tugas")
    assert "janji yang jatuh di dalamnya bergeser" in page
    assert "Jam layanan yang tercakup ditangguhkan." not in page
    assert "Hanya hari terakhir yang bergeser" in office.logged_in("kasi").get("/kahar")
    assert "Hanya hari terakhir yang bergeser" in office.logged_in("pemohon").get("/keadaan-kahar")


def test_an_effect_that_there_is_not_is_told_at_its_field(office):
    answer = office.logged_in("kasi").post("/kahar/usul", {**SOUND, "akibat": "HAPUS", "aksi": "periksa"})
    assert answer.status == 422
    assert 'href="#f-akibat"' in answer
    assert 'id="s-akibat"' in answer


def test_a_faulty_proposal_keeps_everything_typed(office):
    sent = {**SOUND, "dasar": [], "uraian": "pendek", "sejak": "19-10-2026", "aksi": "ajukan"}
    answer = office.logged_in("kasi").post("/kahar/usul", sent)
    assert answer.status == 422
    assert 'value="19-10-2026"' in answer
    assert "Berita acara nomor 17/2026" in answer
    again = office.logged_in("kasi").post(
        "/kahar/usul", {**SOUND, "dasar": [], "uraian": "pendek", "bukti": "", "aksi": "ajukan"}
    )
    for field in ("dasar", "uraian", "bukti"):
        assert f'<a href="#f-{field}">' in again


def test_a_description_that_is_too_long_is_refused_and_kept_to_its_last_word(office):
    long = "Kabel serat optik putus. " * 170 + "Selesai."
    answer = office.logged_in("kasi").post("/kahar/usul", {**SOUND, "uraian": long, "aksi": "ajukan"})
    assert answer.status == 422
    assert '<a href="#f-uraian">' in answer
    assert "Selesai.</textarea>" in answer


def test_a_limited_scope_without_a_choice_is_refused(office):
    answer = office.logged_in("kasi").post("/kahar/usul", {**SOUND, "batas_permit_types": "pilih", "aksi": "periksa"})
    assert answer.status == 422
    assert "Cakupan kosong" in answer


def test_a_scope_that_nobody_knows_is_named_and_not_called_empty(office):
    sent = {**SOUND, "batas_units": "pilih", "units": ["TIDAK-ADA"], "aksi": "ajukan"}
    answer = office.logged_in("kasi").post("/kahar/usul", sent)
    assert answer.status == 422
    assert "Cakupan tidak dikenal: TIDAK-ADA" in answer
    assert "Cakupan kosong" not in answer


def test_a_correction_of_the_scope_begins_from_what_stands_and_is_shown_to_whoever_establishes_it(office):
    address = proposed(office, batas_areas="pilih", areas=["18.72.01"])
    established(office, address)
    kasi = office.logged_in("kasi")
    assert re.search(r'name="areas" value="18.72.01" checked', kasi.get(address).text)
    sent = {"aksi": "koreksi", "uraian_koreksi": "Terputus hanya di satu kelurahan"}
    limits = {f"batas_{name}": "semua" for name in ("permit_types", "units", "systems", "steps")}
    sent |= {**limits, "batas_areas": "pilih"}
    same = kasi.post(f"{address}/ubah", {**sent, "areas": ["18.72.01"]})
    assert same.status == 422
    assert "tidak mengubah apa pun" in same
    empty = kasi.post(f"{address}/ubah", sent)
    assert empty.status == 422
    assert "Cakupan kosong" in empty
    assert changed(kasi, address, {**sent, "areas": ["18.72.01.1001"]}).status == 303
    page = office.logged_in("kadis").get(address)
    assert re.search(r"Cakupan yang diusulkan</dt><dd[^>]*>Wilayah: Metro<", page.text)
    established(office, address)
    assert re.search(r"<dt>Cakupan</dt><dd>Wilayah: Metro<", kasi.get(address).text)


def test_an_old_event_needs_the_walikotas_letter(office):
    answer = office.logged_in("kasi").post("/kahar/usul", {**SOUND, "sejak": "01/09/2026 08.00", "aksi": "periksa"})
    assert answer.status == 422
    assert 'href="#f-persetujuan"' in answer


def test_who_may_not_propose_is_told_so(office):
    browser = office.logged_in("loket")
    assert browser.get("/kahar/usul").status == 403
    assert browser.post("/kahar/usul", {**SOUND, "aksi": "ajukan"}).status == 403


def test_the_banner_says_what_the_declaration_covers(office):
    limited = {"batas_permit_types": "pilih", "permit_types": ["PEN"], "batas_systems": "pilih", "systems": ["daring"]}
    address = proposed(office, **limited)
    page = established(office, address).get("/kotak-tugas")
    assert "Berlaku hanya untuk Jenis izin: Surat Keterangan Penelitian; Saluran: Daring." in page
    assert "seluruh kota" not in page


def test_the_banner_of_the_whole_city_says_so(office):
    page = established(office, proposed(office)).get("/kotak-tugas")
    assert "Berlaku untuk seluruh layanan di seluruh kota." in page


def test_the_second_person_establishes_and_the_clock_stands_still(office):
    case_id = office.registered()
    address = proposed(office)
    browser = established(office, address)
    assert "Keadaan kahar berlaku" in browser.get("/kotak-tugas")
    assert "Keadaan kahar berlaku" in office.logged_in("pemohon").get("/akun")
    page = office.logged_in("kasi").get(f"/berkas/{case_id}")
    assert "keadaan kahar" in page
    assert "ditangguhkan, " in page
    assert "ditangguhkan: </span><span>ditangguhkan" not in page, "one word, said once"


def test_the_proposer_sees_no_button_and_is_refused(office):
    address = proposed(office, "kabid")
    page = office.logged_in("kabid").get(address)
    assert "orang lain dari pengusul" in page
    assert "Tetapkan sekarang" not in page
    assert office.logged_in("kabid").post(f"{address}/tetapkan", {"sk": "SK 1/2026", "revisi": "1"}).status == 403


def test_an_effect_that_is_out_of_date_must_be_looked_at_again(office):
    address = proposed(office)
    answer = office.logged_in("kadis").post(f"{address}/tetapkan", {"sk": "SK 1/2026", "revisi": "999999"})
    assert answer.status == 409
    assert "periksa dampaknya sekali lagi" in answer


@pytest.mark.parametrize("text", ["", "bukan angka", "-1", "9" * 40])
def test_a_broken_revision_is_out_of_date(office, text):
    address = proposed(office)
    assert office.logged_in("kadis").post(f"{address}/tetapkan", {"sk": "SK 1/2026", "revisi": text}).status == 409


def test_establishing_twice_is_refused(office):
    address = proposed(office)
    browser = established(office, address)
    again = browser.post(f"{address}/tetapkan", {"sk": "SK 012/KEP/2026", "revisi": "1"})
    assert again.status == 409
    assert "sudah diputuskan" in again


def test_a_decree_takes_the_next_number_of_the_register_whatever_was_sent(office):
    first = proposed(office)
    assert "001/KEP/DPMPTSP/2026" in established(office, first).get(first)
    second = proposed(
        office, peristiwa="kebakaran", tumpang="lain", alasan_lain="Kebakaran gardu, bukan kabel yang putus"
    )
    page = established(office, second).get(second)
    assert "002/KEP/DPMPTSP/2026" in page
    assert "SK 012/KEP/2026" not in page


def test_a_rejection_has_a_reason(office):
    address = proposed(office)
    browser = office.logged_in("kadis")
    assert browser.post(f"{address}/tolak", {"alasan": ""}).status == 422
    assert browser.post(f"{address}/tolak", {"alasan": "Jaringan ternyata tidak putus"}).status == 303
    assert "Jaringan ternyata tidak putus" in browser.get(address)


def test_recovery_is_proposed_and_established_and_the_banner_goes(office):
    office.registered()
    address = proposed(office)
    established(office, address)
    kasi = office.logged_in("kasi")
    faulty = kasi.post(f"{address}/ubah", {"aksi": "pulih", "uraian_pulih": "Jaringan pulih kembali"})
    assert faulty.status == 422
    assert 'href="#f-sampai_pulih"' in faulty
    assert "Jaringan pulih kembali" in faulty
    sent = {"aksi": "pulih", "sampai_pulih": "20/10/2026 09.00", "uraian_pulih": "Jaringan pulih kembali"}
    assert changed(kasi, address, sent).status == 303
    browser = established(office, address)
    assert "Keadaan kahar berlaku" not in browser.get("/kotak-tugas")
    assert "sudah pulih" in browser.get(address)


def test_a_declaration_is_undone_with_its_trace_kept(office):
    address = proposed(office)
    established(office, address)
    sent = {"aksi": "cabut", "uraian_cabut": "Pernyataan keliru menurut inspektorat"}
    assert changed(office.logged_in("kasi"), address, sent).status == 303
    browser = established(office, address)
    page = browser.get(address)
    assert "Pembatalan" in page
    assert "v1" in page
    assert "Keadaan kahar berlaku" not in browser.get("/kotak-tugas")


def undone(office, address):
    sent = {"aksi": "cabut", "uraian_cabut": "Pernyataan keliru menurut inspektorat"}
    assert changed(office.logged_in("kasi"), address, sent).status == 303
    return established(office, address)


def test_an_undone_declaration_shows_no_open_end(office):
    address = proposed(office)
    established(office, address)
    page = undone(office, address).get(address)
    assert "Sampai</dt>" not in page
    assert "seluruhnya dibatalkan" in page
    assert "002/KEP/DPMPTSP/2026</dd>" in page
    assert "belum pulih" not in office.logged_in("kasi").get("/kahar")


def test_whoever_scans_a_revoked_decree_reads_that_it_was_withdrawn(office, database_rows):
    address = proposed(office)
    established(office, address)
    undone(office, address)
    codes = database_rows("select verification_code from letters where declaration_id is not null order by issued_at")
    gone, stands = (office.browser().get(f"/periksa/{code}") for (code,) in codes)
    assert "ditarik, tidak berlaku" in gone
    assert "dicabut dengan keputusan nomor 002/KEP/DPMPTSP/2026" in gone
    assert "Keputusan tentang Pencabutan Keadaan Kahar" in stands
    assert "ditarik" not in stands


def test_the_register_and_the_banner_keep_the_event_after_a_correction(office):
    address = proposed(office)
    established(office, address)
    sent = {
        "aksi": "koreksi",
        "sejak_koreksi": "19/10/2026 14.00",
        "uraian_koreksi": "Gangguan ternyata mulai pukul dua",
    }
    assert changed(office.logged_in("kasi"), address, sent).status == 303
    browser = established(office, address)
    for page in (browser.get("/kahar"), browser.get("/kotak-tugas")):
        assert "Kabel serat optik ke pusat data putus" in page
        assert "Gangguan ternyata mulai pukul dua" not in page
    assert "SK Perubahan Keadaan Kahar" in browser.get(address)


def test_a_correction_that_begins_later_than_now_is_refused_at_its_field(office):
    address = proposed(office)
    established(office, address)
    sent = {"aksi": "koreksi", "sejak_koreksi": "01/01/2027 08.00", "uraian_koreksi": "Salah ketik tanggal mulai"}
    answer = office.logged_in("kasi").post(f"{address}/ubah", sent)
    assert answer.status == 422
    assert 'href="#f-sejak_koreksi"' in answer
    assert 'value="01/01/2027 08.00"' in answer


def test_every_fault_of_a_correction_that_can_be_read_is_told_at_once_and_nothing_is_cut_off(office):
    address = proposed(office)
    established(office, address)
    sent = {
        "aksi": "koreksi",
        "sejak_koreksi": "kemarin",
        "sampai_koreksi": "besok",
        "uraian_koreksi": "Salah ketik waktu",
    }
    answer = office.logged_in("kasi").post(f"{address}/ubah", {**sent, "persetujuan_koreksi": "S" * 201})
    assert answer.status == 422
    for name in ("sejak_koreksi", "sampai_koreksi", "persetujuan_koreksi"):
        assert f'href="#f-{name}"' in answer
    assert "Paling banyak 200 huruf" in answer
    assert "S" * 201 in answer


def test_an_end_that_is_not_reached_yet_is_refused_and_kept_as_typed(office):
    answer = office.logged_in("kasi").post("/kahar/usul", {**SOUND, "sampai": "01/01/2027 08.00", "aksi": "ajukan"})
    assert answer.status == 422
    assert 'href="#f-sampai"' in answer
    assert "setelah tercapai, bukan sebelumnya" in answer
    assert 'value="01/01/2027 08.00"' in answer


def test_establishing_what_moves_no_date_says_that_nobody_needs_to_be_told(office):
    address = proposed(office)
    page = established(office, address).get(address)
    assert "Tidak ada tanggal janji yang bergeser, jadi tidak ada yang perlu diberi tahu." in page


def test_establishing_what_moves_a_date_says_how_many(office):
    office.registered()
    address = proposed(office)
    assert "1 janji bergeser; pemohon diberi tahu." in established(office, address).get(address)


def test_a_correction_waits_for_the_second_person(office):
    address = proposed(office)
    established(office, address)
    sent = {
        "aksi": "koreksi",
        "sejak_koreksi": "19/10/2026 14.00",
        "uraian_koreksi": "Gangguan ternyata mulai pukul dua",
    }
    kasi = office.logged_in("kasi")
    assert changed(kasi, address, sent).status == 303
    again = kasi.post(f"{address}/ubah", sent)
    assert again.status == 409
    assert "menunggu penetapan" in again


def test_a_declaration_that_does_not_exist_is_not_found(office):
    browser = office.logged_in("kasi")
    assert browser.get("/kahar/00000000-0000-0000-0000-000000000001").status == 404
    assert browser.get("/kahar/bukan-nomor").status == 404
    assert office.logged_in("pemohon").get(proposed(office)).status == 404


def decree(page):
    """The field of the first letter on the page whose signed scan may be stored."""
    return re.search(r'name="(pindaian-[0-9a-f-]{36})"', page.text)[1]


def test_the_head_who_established_stores_the_signed_scan_on_the_page_of_the_declaration(office, database_rows):
    address = proposed(office)
    browser = established(office, address)
    (code,) = database_rows("select verification_code from letters where declaration_id is not null")[0]
    page = browser.get(address)
    assert "menunggu pindaian bertanda tangan" in page
    assert "pindaian surat yang sudah ditandatangani belum disimpan" in office.browser().get(f"/periksa/{code}")
    field = decree(page)
    sent = {field: (io.BytesIO(paper()), "sk.pdf"), field.replace("pindaian", "diperiksa"): "ya"}
    answer = browser.post(f"{address}/pindaian/{uuids(field)[0]}", sent)
    assert answer.status == 303
    page = browser.follow(answer)
    assert "menunggu pindaian" not in page
    assert "Ganti pindaian" in page
    told = office.browser().get(f"/periksa/{code}")
    assert "tanda tangan basah, pindaian tersimpan" in told
    assert "asli dan ditandatangani" in told


def test_a_scan_that_was_not_chosen_is_asked_for_at_its_letter(office):
    address = proposed(office)
    browser = established(office, address)
    field = decree(browser.get(address))
    ticked = {field.replace("pindaian", "diperiksa"): "ya"}
    for sent in ({}, {field: (io.BytesIO(b"bukan surat"), "sk.pdf")}):
        answer = browser.post(f"{address}/pindaian/{uuids(field)[0]}", ticked | sent)
        assert answer.status == 422
        assert f'href="#f-{field}"' in answer


def test_whoever_may_not_store_a_scan_sees_no_place_for_it_and_is_refused(office):
    address = proposed(office)
    field = decree(established(office, address).get(address))
    kasi = office.logged_in("kasi")
    assert 'name="pindaian-' not in kasi.get(address)
    assert "menunggu pindaian bertanda tangan" in kasi.get(address)
    sent = {field: (io.BytesIO(paper()), "sk.pdf")}
    assert kasi.post(f"{address}/pindaian/{uuids(field)[0]}", sent).status == 403
    assert office.logged_in("kadis").post(f"{address}/pindaian/{uuids(address)[0]}", {}).status == 404


def test_whoever_scans_a_changed_decree_reads_by_which_decree(office, database_rows):
    address = proposed(office)
    established(office, address)
    sent = {"aksi": "koreksi", "sejak_koreksi": "19/10/2026 14.00", "uraian_koreksi": "Mulai pukul dua"}
    assert changed(office.logged_in("kasi"), address, sent).status == 303
    established(office, address)
    codes = database_rows("select verification_code from letters where declaration_id is not null order by issued_at")
    first, change = (office.browser().get(f"/periksa/{code}") for (code,) in codes)
    assert "asli, telah diubah" in first
    assert "dengan keputusan nomor 002/KEP/DPMPTSP/2026" in first
    assert "telah diubah" not in change


def test_everybody_reads_the_declared_times_and_nothing_that_was_only_proposed(office):
    assert "Belum pernah ada pernyataan" in office.browser().get("/keadaan-kahar")
    first = proposed(office)
    assert "Kabel serat optik" not in office.browser().get("/keadaan-kahar")
    established(office, first)
    page = office.browser().get("/keadaan-kahar")
    for words in ("Kabel serat optik", "001/KEP/DPMPTSP/2026", "belum pulih", "seluruh layanan di seluruh kota"):
        assert words in page
    for kept in ("Nurhayati", "Siti Rohmah", "Berita acara nomor 17/2026"):
        assert kept not in page


def test_a_file_of_evidence_stands_with_its_sum_and_typed_lines_alone_are_told_to_whoever_establishes(office):
    address = proposed(office)
    warning = "Bukti belum berupa berkas"
    assert warning in office.logged_in("kadis").get(address)
    browser, scan = office.logged_in("kasi"), paper()
    sent = {"berkas_bukti": (io.BytesIO(scan), "berita-acara.pdf")}
    answer = browser.post(f"{address}/bukti", sent, content_type="multipart/form-data")
    assert answer.status == 303, answer.text
    page = office.logged_in("kadis").get(address)
    assert warning not in page
    kept = browser.get(re.search(r'href="(/kahar/bukti/[^"]+)"', page.text)[1])
    whole = hashlib.sha256(kept.data).hexdigest()
    assert f'title="SHA-256 {whole}">SHA-256 <code>{whole[:12]}</code>' in page
    assert f'<code class="pecah">{whole}</code>' in page, "printed whole"


def test_evidence_that_cannot_be_kept_says_why_in_english(office):
    browser, address = office.logged_in("kasi"), proposed(office)
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/"})
    for content, why in ((b"", "This file is empty."), (b"bukan gambar", "Only PDF, JPG, and PNG can be uploaded")):
        sent = {"berkas_bukti": (io.BytesIO(content), "bukti.pdf")}
        page = browser.post(f"{address}/bukti", sent, content_type="multipart/form-data")
        assert page.status == 422
        assert why in page


def test_a_preview_counts_both_turns_of_judgement_the_clocks_and_the_rest_that_does_not_move(office):
    office.registered()
    page = checked(office.logged_in("kasi"))
    for told in ("Tepat waktu menjadi terlambat", "Terlambat menjadi tepat waktu", "Tidak bergeser"):
        assert told in page
    assert re.search(r'Janji bergeser</span><span class="nilai">1 <small>berkas · 1 jam berkas', page.text)
    assert re.search(r'Tidak bergeser</span><span class="nilai">0 ', page.text)
