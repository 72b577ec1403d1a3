"""The applicant's way from choosing a permit to the own page of a case, and the counter going it for him."""

import io
import re
from pathlib import Path
from uuid import uuid4

import pytest

from app.operations import cases, uploading
from app.operations.clock_views import NAMES
from app.operations.demo.invented import paper
from app.web import parts
from tests.app.web.office import BEFORE, NOW, picture, uuids

START = {"izin": "PEN", "jenis": "baru", "kategori": "perorangan"}


def started(browser, **other):
    return browser.post("/permohonan/baru", {**START, "kunci": str(uuid4()), **other})


def test_a_visitor_logs_in_first_and_comes_back_to_the_permit(office):
    away = office.browser().get("/permohonan/baru?izin=PEN")
    assert away.status == 303
    assert "/masuk" in away.location
    assert "izin%3DPEN" in away.location


def test_an_applicant_chooses_a_permit_and_lands_on_its_form(office):
    browser = office.logged_in("pemohon")
    assert "Surat Keterangan Penelitian" in browser.get("/permohonan/baru")
    page = browser.get("/permohonan/baru?izin=PEN")
    for sentence in ("2 hari kerja", "Tidak dipungut biaya", "Siapkan dokumen ini"):
        assert sentence in page
    answer = started(browser)
    assert answer.status == 303
    assert browser.follow(answer).status == 200


def test_the_same_press_twice_opens_one_application(office, database_rows):
    browser, key = office.logged_in("pemohon"), str(uuid4())
    first, second = started(browser, kunci=key), started(browser, kunci=key)
    assert first.location == second.location
    assert database_rows("select count(*) from cases") == [(1,)]


def test_a_licence_to_practise_is_not_offered_to_a_company(office, database_rows):
    browser = office.logged_in("pemohon")
    assert 'value="badan"' not in browser.get("/permohonan/baru?izin=SIPB")
    answer = started(browser, izin="SIPB", kategori="badan")
    assert answer.status == 422
    assert "tidak diberikan kepada kategori pemohon tersebut" in answer
    assert database_rows("select count(*) from cases") == [(0,)]


@pytest.mark.parametrize("wrong", [{"jenis": "balik_nama"}, {"kategori": ""}])
def test_a_wrong_choice_comes_back_with_a_sentence(office, wrong):
    answer = started(office.logged_in("pemohon"), **wrong)
    assert answer.status == 422
    assert "isian yang perlu diperbaiki" in answer


def test_an_inactive_permit_is_not_started(office):
    browser = office.logged_in("pemohon")
    assert browser.get("/permohonan/baru?izin=HO").status == 404
    assert started(browser, izin="HO").status == 404


def test_my_cases_tell_what_to_do_next(office):
    made = office.open()
    page = office.logged_in("pemohon").get("/permohonan")
    assert f"/tugas/{made.task_id}" in page
    assert "Ajukan permohonan" in page
    assert "belum dikirim" in page


def test_an_applicant_without_cases_is_shown_the_way(office):
    assert "Anda belum punya permohonan" in office.logged_in("pemohon2").get("/permohonan")


def test_an_official_has_no_applications_page(office):
    refused = office.logged_in("verifikator").get("/permohonan")
    assert refused.status == 403
    assert "Halaman ini bagi pemohon." in refused


def test_the_own_case_tells_state_promise_and_why(office):
    case_id = office.registered()
    page = office.logged_in("pemohon").get(f"/permohonan/{case_id}")
    for sentence in ("Verifikasi", "Mengapa tanggal ini?", "Kode lacak", "Tanda Terima", "Isian Anda"):
        assert sentence in page


def test_after_sending_the_applicant_lands_on_the_plain_page(office):
    made = office.open()
    typed, files = office.typed(made.task_id, "pemohon")
    with office.app.app_context():
        for name in files:
            uploading.upload(made.task_id, name, "pindaian.pdf", paper(), office.people["pemohon"], NOW)
    browser = office.logged_in("pemohon")
    answer = browser.post(f"/tugas/{made.task_id}", {**typed, "aksi": "putuskan:diajukan", "kunci": str(uuid4())})
    assert (answer.status, answer.location) == (303, f"/permohonan/{made.case_id}")
    assert "menunggu pemeriksaan kelengkapan" in browser.follow(answer)


def test_another_applicant_s_case_does_not_exist(office, database_rows):
    case_id = office.registered()
    stranger = office.logged_in("pemohon2")
    assert stranger.get(f"/permohonan/{case_id}").status == 404
    assert stranger.post(f"/permohonan/{case_id}/cabut", {"yakin": "ya", "kunci": str(uuid4())}).status == 404
    assert stranger.post(f"/permohonan/{case_id}/tunda", {"alasan": "keluar kota sebentar"}).status == 404
    assert database_rows("select closed from cases") == [(False,)]


def test_a_verifier_does_not_read_the_applicant_s_page(office):
    assert office.logged_in("verifikator").get(f"/permohonan/{office.registered()}").status == 404


def test_what_must_be_repaired_is_listed_item_by_item(office):
    case_id = office.submitted()
    office.complete(office.task(case_id), "tidak_lengkap", "loket", reason="Surat belum ada", status="tidak_terbaca")
    page = office.logged_in("pemohon").get(f"/permohonan/{case_id}")
    assert "Yang perlu Anda perbaiki" in page
    assert "tidak terbaca" in page
    assert "Jawab satu per satu" in page


def test_an_optional_paper_that_was_not_sent_waits_for_nobody_s_check(office):
    case_id = office.open("TRY").case_id
    page = " ".join(office.logged_in("pemohon").get(f"/permohonan/{case_id}").text.split())
    assert re.search(r"<span>NPWP</span><span class=\"[a-z]+\">tidak wajib, tidak dikirim</span>", page)
    assert "belum diperiksa" in page, "what must be sent still is"


def test_withdrawing_asks_first_and_then_closes_the_file(office, database_rows):
    case_id = office.registered()
    browser = office.logged_in("pemohon")
    asked = browser.post(f"/permohonan/{case_id}/cabut", {"kunci": str(uuid4())})
    assert asked.status == 422
    assert "Centang dahulu" in asked
    assert database_rows("select closed from cases") == [(False,)]
    answer = browser.post(f"/permohonan/{case_id}/cabut", {"yakin": "ya", "kunci": str(uuid4())})
    assert answer.status == 303
    assert "Dicabut Pemohon" in browser.follow(answer)


def test_a_hold_is_asked_with_a_reason_and_seen_by_the_applicant(office):
    case_id = office.registered()
    browser = office.logged_in("pemohon")
    today = browser.post(f"/permohonan/{case_id}/tunda", {"alasan": "Sedang di luar kota", "sampai": "20/10/2026"})
    assert today.status == 422
    assert "Tanggal harus sesudah hari ini" in today
    wrong = browser.post(f"/permohonan/{case_id}/tunda", {"alasan": "x", "sampai": "kapan-kapan"})
    assert wrong.status == 422
    assert "kapan-kapan" in wrong
    answer = browser.post(
        f"/permohonan/{case_id}/tunda", {"alasan": "Menunggu surat dari kampus", "sampai": "30/10/2026"}
    )
    assert answer.status == 303
    page = browser.follow(answer)
    assert "Menunggu surat dari kampus" in page
    assert "menunggu jawaban" in page


def test_a_second_request_for_a_hold_is_refused_while_the_first_waits(office):
    case_id = office.registered()
    browser = office.logged_in("pemohon")
    typed = {"alasan": "Menunggu surat dari kampus"}
    assert browser.post(f"/permohonan/{case_id}/tunda", typed).status == 303
    again = browser.post(f"/permohonan/{case_id}/tunda", {**typed, "alasan": "Sakit sampai akhir bulan"})
    assert (again.status, "belum dijawab" in again, "Sakit sampai akhir bulan" in again) == (422, True, True)
    assert "Kirim permintaan" not in browser.get(f"/permohonan/{case_id}"), "one wish at a time"


# --- the counter


def test_the_counter_finds_a_person_by_name_and_by_nik(office):
    clerk = office.logged_in("loket")
    by_name = clerk.get("/loket?cari=slamet riy")
    assert "Slamet Riyadi" in by_name
    assert "••••" in by_name
    assert "Slamet Riyadi" not in clerk.get("/loket?cari=sl")
    assert "Tidak ada pemohon yang cocok" in clerk.get("/loket?cari=%25%25%25")


def test_the_counter_registers_a_person_without_mail_once(office, database_rows):
    clerk = office.logged_in("loket")
    typed = {"nama": "Sumiati", "nik": "1872014504700009", "telepon": "081234567890", "alamat": "Jl. Kenanga 3"}
    first, second = clerk.post("/loket/pemohon", typed), clerk.post("/loket/pemohon", typed)
    assert first.status == 303
    assert first.location == second.location
    assert database_rows("select count(*) from people where name = 'Sumiati'") == [(1,)]
    assert "tanpa surel" in clerk.follow(first)


def test_a_wrong_nik_at_the_counter_keeps_what_was_typed(office):
    answer = office.logged_in("loket").post("/loket/pemohon", {"nama": "Sumiati", "nik": "123"})
    assert answer.status == 422
    assert "NIK harus 16 angka, Anda menulis 3" in answer
    assert 'value="Sumiati"' in answer


def test_the_counter_files_on_behalf_of_a_person(office, database_rows):
    clerk, person = office.logged_in("loket"), office.people["pemohon"]
    assert "Atas nama Slamet Riyadi" in clerk.get(f"/permohonan/baru?izin=PEN&pemohon={person}")
    answer = started(clerk, pemohon=str(person))
    assert answer.status == 303
    assert clerk.follow(answer).status == 200
    assert database_rows("select channel, applicant_id::text from cases") == [("loket", str(person))]
    assert "Surat Keterangan Penelitian" in clerk.get(f"/loket/{person}")


def test_an_official_without_a_person_is_sent_to_choose_one(office):
    assert office.logged_in("loket").get("/permohonan/baru?izin=PEN").location == "/loket"


def test_the_counter_is_the_front_office_s_alone(office, database_rows):
    person = office.people["pemohon"]
    for login in ("verifikator", "kadis"):
        browser = office.logged_in(login)
        assert browser.get("/loket").status == 403
        assert browser.get(f"/loket/{person}").status == 403
        assert browser.post("/loket/pemohon", {"nama": "Sumiati", "nik": "1872014504700009"}).status == 403
        assert started(browser, pemohon=str(person)).status == 403
    assert office.logged_in("pemohon").get("/loket").status == 403
    assert database_rows("select count(*) from cases") == [(0,)]
    assert database_rows("select count(*) from people where name = 'Sumiati'") == [(0,)]


def test_an_applicant_cannot_file_in_another_s_name(office, database_rows):
    answer = started(office.logged_in("pemohon2"), pemohon=str(office.people["pemohon"]))
    assert answer.status == 403
    assert database_rows("select count(*) from cases") == [(0,)]


def test_the_path_proposed_to_the_kasi_follows_the_permit(office):
    case_id = office.registered("SIPB", BEFORE)
    office.complete(office.task(case_id), "sah", "verifikator", cara="lihat_asli")
    typed = office.page(office.task(case_id), "kasi", NOW).typed
    assert typed["butuh_rekomendasi"] == ["ya"]
    assert typed["butuh_tinjauan"] == ["tidak"]


def test_the_page_s_token_is_no_part_of_what_was_typed(office):
    """Sent once more after a fault, a form carries another token and is still the same request."""
    with office.app.test_request_context("/", method="POST", data={"csrf_token": "a", "nama": "Sumiati", "kunci": "k"}):
        assert parts.typed() == {"nama": ["Sumiati"], "kunci": ["k"]}


def test_what_the_counter_does_for_him_brings_the_clerk_to_his_page(office):
    clerk = office.logged_in("loket")
    task = uuids(started(clerk, pemohon=str(office.people["pemohon"])).location)[0]
    typed, files = office.typed(task, "loket")
    with office.app.app_context():
        for name in files:
            uploading.upload(task, name, "pindaian.pdf", paper(), office.people["loket"], NOW)
    sent = clerk.post(f"/tugas/{task}", {**typed, "aksi": "putuskan:diajukan", "kunci": str(uuid4())})
    assert sent.location.startswith("/permohonan/")
    assert "menunggu pemeriksaan kelengkapan" in clerk.follow(sent)


def test_an_applicant_reads_his_own_answers_not_the_clerk_s(office):
    """The clerk who filed for him also checks the file; the form of the check stays inside the office."""
    with office.app.app_context():
        made = cases.open_case("PEN", "baru", "perorangan", office.people["loket"], BEFORE, office.people["pemohon"])
    office.complete(made.task_id, "diajukan", "loket", BEFORE)
    office.complete(office.task(made.case_id), "lengkap", "loket", BEFORE)
    page = office.logged_in("pemohon").get(f"/permohonan/{made.case_id}")
    answers = page.text.partition('id="judul-isian"')[2].partition('id="judul-pesan"')[0]
    assert "Permohonan izin" in answers
    assert "Periksa kelengkapan" not in answers


def test_each_deadline_of_the_applicant_has_a_name_of_its_own():
    catalogue = Path(__file__).resolve().parents[3] / "processes"
    drawn = "".join(one.read_text() for one in catalogue.rglob("*.bpmn"))
    names = set(re.findall(r"&quot;(P_[A-Z_]+)&quot;", drawn))
    assert names
    assert names <= NAMES.keys()
    assert len({NAMES[one] for one in names}) == len(names)


def test_the_page_says_why_a_hold_cannot_be_asked_while_no_clock_runs(office):
    page = office.logged_in("pemohon").get(f"/permohonan/{office.submitted()}")
    assert "Penundaan dapat diminta setelah jam layanan mulai berjalan." in page
    assert "Kirim permintaan" not in page


def test_a_paper_of_a_plain_field_is_headed_by_the_field(office):
    case_id = office.registered()
    task = office.task(case_id)
    with office.app.app_context():
        uploading.upload(task, "bukti_verifikasi", "IMG_2041.png", picture(), office.people["verifikator"], NOW)
    page = office.logged_in("verifikator").get(f"/tugas/{task}")
    assert re.search(r"<summary>Bukti verifikasi <span[^>]*>IMG_2041.png", page.text)
    assert re.search(
        r"<summary>Bukti verifikasi", office.logged_in("verifikator").get(f"/berkas/{case_id}?bagian=dokumen").text
    )


def test_a_nik_of_another_birthday_warns_the_applicant_and_the_verifier_and_stops_nobody(office):
    made = office.open()
    odd = {"nik": "1872010101900001", "tanggal_lahir": "02/02/1985", "jenis_kelamin": "laki_laki"}
    office.complete(made.task_id, "diajukan", "pemohon", **odd)
    sentence = "Tanggal lahir dalam NIK berbeda dari tanggal lahir yang diisi."
    assert sentence in office.logged_in("pemohon").get(f"/permohonan/{made.case_id}")
    assert sentence in office.logged_in("loket").get(f"/tugas/{office.task(made.case_id)}")
    office.complete(office.task(made.case_id), "lengkap", "loket")
    assert sentence in office.logged_in("verifikator").get(f"/tugas/{office.task(made.case_id)}")


@pytest.mark.parametrize("act", ["unggah:berkas.ktp.unggahan", "putuskan:diajukan"])
def test_an_empty_file_is_told_to_be_empty(office, act):
    made = office.open()
    sent = {"aksi": act, "berkas.ktp.unggahan": (io.BytesIO(b""), "ktp.pdf"), "kunci": str(uuid4())}
    page = office.logged_in("pemohon").post(f"/tugas/{made.task_id}", sent, content_type="multipart/form-data")
    assert page.status == 422
    assert "Berkas ini kosong" in page
