"""What anybody may see: the office, its permits, both flows, tracking, verification and the simulation."""

import json
import re

import pytest

from app.operations import processes
from app.store import signing_key
from app.web.flow_words import outline
from tests.app.web.office import BEFORE, NOW

BUILDING = {
    "kegiatan": "baru", "luas": "100", "fungsi": "hunian", "kompleksitas": "sederhana", "permanensi": "permanen",
    "risiko_kebakaran": "rendah", "zonasi_gempa": "zona_4", "lokasi_bangunan": "sedang", "ketinggian": "rendah",
    "kepemilikan": "perorangan", "waktu": "tetap",
}  # fmt: skip


def names(steps):
    return [name for one in steps for name in (one.name, *names(one.inside))]


def test_the_first_page_tells_hours_complaint_channels_time_and_cost(office):
    page = office.browser().get("/")
    assert page.status == 200
    for sentence in (
        "07.30–12.00",
        "SP4N-LAPOR!",
        "14 hari kerja",
        "Retribusi, hitung perkiraan",
        "Tidak dipungut biaya",
    ):
        assert sentence in page


def test_before_the_first_release_the_office_says_so(client):
    answer = client.get("/")
    assert answer.status_code == 404
    assert "belum menerbitkan prosesnya" in answer.get_data(as_text=True)


def test_permits_are_found_by_any_of_their_words(office):
    page = office.browser().get("/izin?cari=praktik bidan")
    assert "Surat Izin Praktik Bidan" in page
    assert "Izin Trayek" not in page
    assert "Tidak dilayani di sini" not in page


def test_a_search_that_finds_nothing_says_where_to_ask(office):
    page = office.browser().get("/izin?cari=kapal selam%00")
    assert page.status == 200
    assert "tanyakan ke Loket Informasi" in page


def test_a_permit_s_optional_papers_are_not_said_to_be_needed_always(office):
    page = office.browser().get("/izin/TRY").text
    rows = [one for one in page.split("<tr>") if ">NPWP<" in one]
    assert len(rows) == 1
    assert "tidak wajib" in rows[0]
    assert "selalu" not in rows[0]


def test_a_permit_tells_requirements_standard_cost_and_its_flow_before_starting(office):
    page = office.browser().get("/izin/IMB")
    for sentence in (
        "Sertifikat tanah atau SKPT",
        "Perkiraan, bukan ketetapan.",
        "contoh",
        "data-diagram",
        "Alur ini dalam kata-kata",
    ):
        assert sentence in page
    assert office.browser().get("/izin/imb").status == 200


def test_an_inactive_permit_says_why_and_offers_no_application(office):
    page = office.browser().get("/izin/HO")
    assert "Izin ini tidak dilayani di sini." in page
    assert "Ajukan izin ini" not in page


@pytest.mark.parametrize("address", ["/izin/TIDAKADA", "/alur/tidak_ada", "/simulasi/SIPB", "/simulasi/HO"])
def test_what_the_office_does_not_have_is_not_found(office, address):
    assert office.browser().get(address).status == 404


def test_both_flows_are_drawn_and_told_in_words(office):
    page = office.browser().get("/alur")
    assert page.text.count("data-diagram role") == 2
    drawings = re.findall(r'<script type="application/json">(.*?)</script>', page.text)
    assert all("<bpmn" in json.loads(one)["xml"] or "<definitions" in json.loads(one)["xml"] for one in drawings)
    for step in ("Periksa kelengkapan", "Validasi pembayaran", "Tanda tangan"):
        assert step in page


def test_the_words_name_every_step_that_a_person_does(office):
    with office.app.app_context():
        definition = processes.active().definition
    for process in ("izin_retribusi", "izin_non_retribusi"):
        told = set(names(outline(definition, process)))
        wanted = {one.name for one in definition.scope(process).values() if one.kind == "userTask"}
        assert wanted <= told
        assert len(wanted) > 10


def test_each_called_part_has_a_page_of_its_own(office):
    page = office.browser().get("/alur/pendaftaran")
    assert page.status == 200
    assert "Pendaftaran permohonan" in page


# --- tracking


def test_tracking_tells_state_promise_and_steps_without_the_name(office):
    case_id = office.registered()
    code = office.case(case_id).held.tracking_code
    page = office.browser().post("/lacak", {"kode": f"{code[:5]}-{code[5:]}".lower(), "angka": "0001"})
    assert page.status == 200
    for sentence in ("Verifikasi", "Janji layanan", "Periksa kelengkapan"):
        assert sentence in page
    assert "Slamet" not in page


def test_tracking_takes_the_phone_that_the_application_itself_states(office):
    """The counter files for people whose account is another's, or whose number changed since."""
    made = office.open()
    office.complete(made.task_id, "diajukan", "pemohon", BEFORE, telepon="081299887766")
    code = office.case(made.case_id).held.tracking_code
    assert office.browser().post("/lacak", {"kode": code, "angka": "7766"}).status == 200
    assert office.browser().post("/lacak", {"kode": code, "angka": "7767"}).status == 404


def test_a_wrong_code_and_a_wrong_second_fact_get_the_same_answer(office):
    code = office.case(office.submitted()).held.tracking_code
    wrong = [{"kode": code, "angka": "9999"}, {"kode": "AAAAAAAAAA", "angka": "0001"}, {"kode": "\x00'--", "angka": ""}]
    found = [office.browser().post("/lacak", one) for one in wrong]
    assert [one.status for one in found] == [404] * 3
    assert all("tidak cocok dengan berkas mana pun" in one for one in found)


def test_guessing_codes_is_stopped(office):
    browser = office.browser()
    found = [browser.post("/lacak", {"kode": "AAAAAAAAAA", "angka": "0001"}).status for _ in range(21)]
    assert found == [404] * 20 + [429]


# --- verification


def test_a_letter_is_recognised_by_its_code(office, database_rows):
    office.registered()
    (code,) = database_rows("select verification_code from letters where kind = 'tanda_terima'")[0]
    page = office.browser().get(f"/periksa/{code}")
    assert page.status == 200
    assert "asli" in page
    assert "•" in page
    assert "Slamet" not in page


def test_an_unknown_letter_is_called_unknown(office):
    page = office.browser().get("/periksa/AAAA-BBBB-CCCC")
    assert page.status == 404
    assert "tidak kami kenal" in page


def test_the_key_by_which_ledgers_are_verified_is_published_once_there_is_one(office):
    with office.app.app_context():
        key = signing_key.public()
    page = office.browser().get("/periksa")
    assert "Kunci umum kantor" in page
    assert f"<code>{key}</code>" in page


def test_a_code_typed_by_hand_leads_to_the_letter(office):
    assert office.browser().get("/periksa?kode=ab-cd ef").location == "/periksa/abcdef"


# --- simulation


def test_the_simulation_is_an_estimate_and_says_so(office):
    page = office.browser().post("/simulasi/IMB", {**BUILDING, "aksi": "hitung"})
    assert page.status == 200
    assert "Perkiraan, bukan ketetapan" in page
    assert re.search(r"Rp[1-9][0-9.]+", page.text)


def test_a_floor_area_of_sixty_digits_is_called_too_large_and_kept(office):
    page = office.browser().post("/simulasi/IMB", {**BUILDING, "luas": "9" * 60, "aksi": "hitung"})
    assert (page.status, "Luas lantai terlalu besar" in page, "harus angka" in page) == (422, True, False)
    assert f'value="{"9" * 60}"' in page


def test_a_wrong_figure_in_the_simulation_keeps_what_was_typed(office):
    page = office.browser().post("/simulasi/IMB", {**BUILDING, "luas": "seratus", "aksi": "hitung"})
    assert page.status == 422
    assert 'value="seratus"' in page
    assert "isian yang perlu diperbaiki" in page


def test_rows_are_added_and_taken_away_without_javascript(office):
    browser = office.browser()
    added = browser.post("/simulasi/IMB", {**BUILDING, "aksi": "tambah:prasarana"})
    assert 'name="prasarana.n" value="1"' in added
    gone = browser.post("/simulasi/IMB", {**BUILDING, "prasarana.n": "1", "aksi": "kurang:prasarana:0"})
    assert 'name="prasarana.n" value="0"' in gone
    assert 'value="100"' in gone


def test_a_page_of_today_is_drawn_at_the_office_s_instant(office):
    assert NOW.strftime("%Y") in office.browser().get("/").text


def test_the_simulation_tells_the_public_nothing_about_an_application_that_is_not_there(office):
    page = office.browser().get("/simulasi/IMB")
    assert page.status == 200
    assert "Dari permohonan" not in page
