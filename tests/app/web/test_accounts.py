"""Logging in and out, signing up, and what a person changes about the own account."""

import re

import pytest

from app.operations.demo.staff import DOMAIN, PASSWORD
from tests.app.web.office import Browser


def test_an_official_begins_the_day_at_the_inbox(office):
    browser = office.browser()
    answer = browser.post("/masuk", {"email": f"kasi@{DOMAIN}", "sandi": PASSWORD})
    assert (answer.status, answer.location) == (303, "/kotak-tugas")
    assert "Hendra Gunawan" in browser.follow(answer)


def test_a_wrong_password_keeps_the_address_and_tells_one_sentence(office):
    answer = office.browser().post("/masuk", {"email": f"kasi@{DOMAIN}", "sandi": "bukan ini sandinya"})
    assert answer.status == 422
    assert "Surel atau kata sandi tidak cocok." in answer
    assert f'value="kasi@{DOMAIN}"' in answer
    assert "bukan ini sandinya" not in answer


def test_an_unknown_address_gets_the_same_sentence(office):
    answer = office.browser().post("/masuk", {"email": "tidak-ada@contoh.id", "sandi": "bukan ini sandinya"})
    assert answer.status == 422
    assert "Surel atau kata sandi tidak cocok." in answer


def test_the_sixth_wrong_password_is_refused_without_looking(office):
    browser = office.browser()
    typed = {"email": f"kasi@{DOMAIN}", "sandi": "bukan ini sandinya"}
    found = [browser.post("/masuk", typed).status for _ in range(6)]
    assert found == [422] * 5 + [429]
    assert browser.post("/masuk", {**typed, "sandi": PASSWORD}).status == 429


def test_a_visitor_is_sent_to_log_in_and_back(office):
    browser = office.browser()
    away = browser.get("/kotak-tugas?daftar=kelompok")
    assert away.status == 303
    page = browser.follow(away)
    assert 'name="lanjut" value="/kotak-tugas?daftar=kelompok"' in page
    back = browser.post(
        "/masuk", {"email": f"kasi@{DOMAIN}", "sandi": PASSWORD, "lanjut": "/kotak-tugas?daftar=kelompok"}
    )
    assert back.location == "/kotak-tugas?daftar=kelompok"


def test_nobody_is_sent_to_another_site_after_logging_in(office):
    for target in ("https://contoh.id/", "//contoh.id/", "/\\contoh.id", "javascript:alert(1)"):
        answer = office.browser().post("/masuk", {"email": f"kasi@{DOMAIN}", "sandi": PASSWORD, "lanjut": target})
        assert answer.location == "/kotak-tugas"


def test_a_copied_cookie_is_worth_nothing_after_logging_out(office):
    browser = office.logged_in("kasi")
    cookie = browser.client.get_cookie("sid").value
    browser.post("/keluar")
    thief = office.browser()
    thief.client.set_cookie("sid", cookie)
    assert thief.get("/kotak-tugas").status == 303


def test_the_session_gets_a_new_name_at_login(office):
    browser = office.browser()
    browser.token()
    before = browser.client.get_cookie("sid").value
    browser.log_in("kasi")
    assert browser.client.get_cookie("sid").value != before


def test_an_applicant_signs_up_and_activates_by_the_link(office, database_rows):
    browser = office.browser()
    typed = {"nama": "Bunga Lestari", "email": "bunga@contoh-surel.id", "sandi": "empat kuda putih berlari", "nik": ""}
    assert browser.post("/daftar", typed).location == "/daftar/terkirim"
    link = re.search(r"/aktivasi/[\w-]+", sent(database_rows))[0]
    refused = browser.post("/masuk", {"email": typed["email"], "sandi": typed["sandi"]})
    assert "Akun belum aktif" in refused
    assert browser.get(link).status == 200  # looking does not use the link up
    assert browser.post(link).status == 303
    assert "Bunga Lestari" in browser.get("/akun")
    assert browser.post(link).status == 409


def sent(database_rows):
    """What the last message that waits to be sent would say."""
    statement = "select payload from outbox where kind = 'message' order by created_at desc, id desc limit 1"
    return database_rows(statement)[0][0]


def test_signing_up_keeps_what_was_typed_except_the_password(office):
    typed = {"nama": "Bu", "email": "bukan surel", "sandi": "pendek", "nik": "123", "telepon": "0812000"}
    answer = office.browser().post("/daftar", typed)
    assert answer.status == 422
    for sentence in (
        "Nama lengkap wajib diisi",
        "Surel tidak sah",
        "NIK harus 16 angka, Anda menulis 3",
        "Kata sandi harus 12",
    ):
        assert sentence in answer
    assert 'value="bukan surel"' in answer
    assert 'value="0812000"' in answer
    assert 'value="pendek"' not in answer


def test_a_known_address_is_not_told_apart(office):
    typed = {"nama": "Slamet Riyadi", "email": f"pemohon@{DOMAIN}", "sandi": "empat kuda putih berlari", "nik": ""}
    assert office.browser().post("/daftar", typed).location == "/daftar/terkirim"


def test_a_forgotten_password_is_replaced_once(office, database_rows):
    browser = office.browser()
    assert "Periksa surel Anda" in browser.post("/lupa-sandi", {"email": f"pemohon@{DOMAIN}"})
    link = re.search(r"/sandi-baru/[\w-]+", sent(database_rows))[0]
    new = {"sandi": "empat kuda putih berlari", "ulang": "empat kuda putih berlari"}
    assert browser.post(link, {**new, "ulang": "lain"}).status == 422
    assert browser.post(link, new).location == "/masuk"
    assert browser.post(link, new).status == 409
    assert browser.post("/masuk", {"email": f"pemohon@{DOMAIN}", "sandi": new["sandi"]}).status == 303


def test_an_unknown_address_gets_the_same_page_for_a_forgotten_password(office):
    assert "Periksa surel Anda" in office.browser().post("/lupa-sandi", {"email": "tidak-ada@contoh.id"})


def test_changing_the_password_ends_sessions_elsewhere(office):
    here, elsewhere = office.logged_in("kasi"), office.logged_in("kasi")
    typed = {"lama": PASSWORD, "sandi": "empat kuda putih berlari", "ulang": "empat kuda putih berlari"}
    assert here.post("/akun/sandi", typed).status == 303
    assert here.get("/akun").status == 200
    assert elsewhere.get("/akun").status == 303


def test_the_old_password_must_be_known_to_change_it(office):
    typed = {"lama": "salah sama sekali", "sandi": "empat kuda putih berlari", "ulang": "empat kuda putih berlari"}
    answer = office.logged_in("kasi").post("/akun/sandi", typed)
    assert answer.status == 422
    assert "Kata sandi lama tidak cocok" in answer


def test_other_sessions_can_be_ended(office):
    here, elsewhere = office.logged_in("kasi"), office.logged_in("kasi")
    assert "Akhiri sesi di perangkat lain" in here.get("/akun")
    here.post("/akun/sesi")
    assert elsewhere.get("/akun").status == 303
    assert here.get("/akun").status == 200


def test_the_dark_look_stays_with_the_person(office):
    browser = office.logged_in("kasi")
    assert 'data-tema="sistem"' in browser.get("/akun"), "as the computer is set until somebody chooses"
    browser.post("/tema", {"tema": "gelap", "lanjut": "/akun"})
    assert 'data-tema="gelap"' in office.logged_in("kasi").get("/akun")
    browser.post("/tema", {"tema": "", "lanjut": "/akun"})
    assert 'data-tema="sistem"' in office.logged_in("kasi").get("/akun")


def test_a_visitor_may_choose_english_and_return_to_the_page(office):
    browser = office.browser()
    answer = browser.post("/bahasa", {"bahasa": "en", "lanjut": "/masuk"})
    assert answer.location == "/masuk"
    assert '<html lang="en"' in browser.get("/masuk")


def test_a_language_that_does_not_exist_is_indonesian(office):
    browser = office.browser()
    browser.post("/bahasa", {"bahasa": "klingon", "lanjut": "/masuk"})
    assert '<html lang="id"' in browser.get("/masuk")


def test_a_post_without_the_token_is_refused_in_words(office):
    answer = Browser(office.app.test_client()).client.post("/masuk", data={"email": "a@b.id", "sandi": "x"})
    assert answer.status_code == 400
    assert "muat ulang" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "typed", "told"), [("telepon", "x", "bukan nomor telepon"), ("nama", "A" * 201, "200")]
)
def test_an_account_with_a_phone_or_name_that_cannot_be_is_refused_at_its_field(office, field, typed, told):
    sent = {"nama": "Bu Rina", "email": "rina@contoh.id", "sandi": "kuda baterai staples", "nik": "", "telepon": ""}
    answer = office.browser().post("/daftar", {**sent, field: typed})
    assert answer.status == 422
    assert f'<a href="#f-{field}">' in answer
    assert told in answer
