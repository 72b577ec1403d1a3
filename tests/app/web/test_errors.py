"""Refusals in words: no traceback, no hint whether something exists, nothing left half done."""

import html
import io
import logging
import re
from contextlib import contextmanager
from uuid import uuid4

import psycopg2
import pytest
from sqlalchemy import event

from app.operations import board, inbox, retrying
from app.operations.retrying import Unavailable
from app.store.database import db
from engine.errors import Incident
from tests.app.web.office import answered


@pytest.mark.parametrize(
    "address", ["/tidak-ada", "/berkas/bukan-uuid", "/static/../app/config.py", "/static/tidak-ada.css"]
)
def test_what_is_not_there_is_not_found_in_words(office, address):
    answer = office.browser().get(address)
    assert answer.status == 404
    assert "Tidak ditemukan" in answer


def test_an_address_asked_in_the_wrong_way_says_so(office):
    answer = office.browser().get("/keluar")
    assert answer.status == 405
    assert "Cara ini tidak dilayani" in answer


def test_posting_without_being_logged_in_is_refused_not_done(office):
    answer = office.browser().post("/kotak-tugas/berikutnya")
    assert answer.status == 401
    assert "Anda perlu masuk dahulu" in answer


def test_another_site_cannot_post_here(office):
    answer = office.browser().post("/masuk", {"email": "a@b.id"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status == 403


def test_a_form_with_thousands_of_fields_is_too_large(office):
    typed = {f"isian{place}": "x" for place in range(3001)}
    answer = office.browser().post("/masuk", typed, headers={"Referer": "http://localhost/masuk?lanjut=/"})
    assert answer.status == 413
    assert "paling banyak 3000 isian" in answer
    assert 'href="/masuk?lanjut=/"' in answer


def test_what_is_too_large_says_by_how_much_and_leads_back_to_the_page(office, monkeypatch):
    monkeypatch.setitem(office.app.config, "MAX_CONTENT_LENGTH", 100 * 1024)
    sent = {"berkas": (io.BytesIO(bytes(200 * 1024)), "denah.pdf")}
    came = {"Referer": "http://localhost/tugas/1"}
    answer = office.browser().post("/masuk", sent, content_type="multipart/form-data", headers=came)
    assert answer.status == 413
    assert "Kiriman ini 0,2 MB; satu kiriman paling besar 0,1 MB." in answer
    assert "tetap ada di halaman tadi" in answer
    assert 'href="/tugas/1"' in answer


def test_the_way_back_never_leads_to_another_site(office):
    came = {"Referer": "http://jahat.example/masuk"}
    answer = office.browser().post("/masuk", {"email": "x" * (2 * 1024 * 1024 + 1)}, headers=came)
    assert answer.status == 413
    assert "paling banyak 2 MB" in answer
    assert "jahat.example" not in answer
    assert "Kembali ke halaman tadi" not in answer


def test_a_database_that_is_away_is_told_without_a_menu(office, monkeypatch):
    browser = office.logged_in("kasi")

    def away(*_values):
        raise Unavailable

    monkeypatch.setattr(inbox, "inbox", away)
    answer = browser.get("/kotak-tugas")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert "Basis data sedang tidak dapat dihubungi" in answer


def test_a_fault_of_ours_shows_no_traceback(office, monkeypatch, caplog):
    browser = office.logged_in("kasi")
    office.app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken(*_values):
        raise KeyError("rahasia dalam")

    monkeypatch.setattr(board, "board", broken)
    with caplog.at_level(logging.CRITICAL, "eperizinan"):
        answer = browser.get("/jam-layanan")
    office.app.config["PROPAGATE_EXCEPTIONS"] = None
    assert answer.status == 500
    assert "Traceback" not in answer
    assert "rahasia dalam" not in answer
    assert "tidak terduga dan sudah dicatat" in answer


def test_an_incident_of_a_definition_is_recorded_and_told_plainly(office, monkeypatch):
    task = office.task(office.submitted())
    from app.operations import tasks

    def stuck(*_values):
        raise Incident("periksa", "ungkapan gagal dihitung")

    monkeypatch.setattr(tasks, "complete_task", stuck)
    answer = office.logged_in("loket").post(f"/tugas/{task}", {"aksi": "putuskan:lengkap"})
    assert answer.status == 500
    assert "definisi prosesnya" in answer
    assert "ungkapan gagal" not in answer


def test_every_page_carries_the_security_headers(office):
    headers = office.browser().get("/masuk").headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


@contextmanager
def database_away(app, monkeypatch):
    """Nobody gets a line to the database; nobody waits long for one."""

    def refused(*_values):
        raise psycopg2.OperationalError("connection refused")

    with app.app_context():
        engine = db.engine
    engine.dispose()
    event.listen(engine, "do_connect", refused)
    try:
        with monkeypatch.context() as hurried:
            hurried.setattr(retrying, "MOST_TRIES", 1)
            yield
    finally:
        event.remove(engine, "do_connect", refused)


@pytest.mark.parametrize("address", ["/kotak-tugas", "/izin", "/masuk", "/berkas?cari=a"])
def test_whoever_is_logged_in_is_told_that_the_database_is_away(office, monkeypatch, address):
    browser = office.logged_in("kasi")
    with database_away(office.app, monkeypatch):
        answer = browser.get(address)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert "Basis data sedang tidak dapat dihubungi" in answer


def test_what_is_sent_while_the_database_is_away_is_sent_again_by_the_page_that_says_so(office, monkeypatch):
    case_id = office.registered()
    browser = office.logged_in("kasi")
    sent = {"csrf_token": browser.token(), "catatan": "Jangan <b>hilang</b>", "kunci": str(uuid4()), "sandi": "rahasia"}
    with database_away(office.app, monkeypatch):
        answer = answered(browser.client.post(f"/berkas/{case_id}/catatan", data=sent))
    assert answer.status == 503
    assert "rahasia" not in answer
    held = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.text))
    held = {name: html.unescape(value) for name, value in held.items()}
    assert held == {name: value for name, value in sent.items() if name != "sandi"}
    assert browser.post(f"/berkas/{case_id}/catatan", held).status == 303
    assert "Jangan &lt;b&gt;hilang&lt;/b&gt;" in browser.get(f"/berkas/{case_id}?bagian=catatan").text


def test_a_password_sent_while_the_database_is_away_is_asked_for_again_and_not_said_to_be_kept(office, monkeypatch):
    browser = office.browser()
    sent = {"csrf_token": browser.token(), "email": "kasi@contoh.id", "sandi": "rahasia sekali"}
    with database_away(office.app, monkeypatch):
        answer = answered(browser.client.post("/masuk", data=sent))
    assert answer.status == 503
    assert "rahasia sekali" not in answer
    assert re.search(r'<input id="f-sandi" name="sandi" type="password" value=""', answer.text)


def test_a_draft_saved_by_itself_while_the_database_is_away_is_told_in_the_form_it_was_asked_for(office, monkeypatch):
    task = office.task(office.submitted())
    browser = office.logged_in("loket")
    sent = {"csrf_token": browser.token(), "aksi": "simpan", "versi_rancangan": "0"}
    with database_away(office.app, monkeypatch):
        answer = browser.client.post(f"/tugas/{task}", data=sent, headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert "tidak dapat dihubungi" in answer.get_json()["kata"]


def test_a_task_sent_while_the_database_is_away_is_completed_once_when_it_is_back(office, monkeypatch):
    case_id = office.submitted()
    task, browser = office.task(case_id), office.logged_in("loket")
    typed, _files = office.typed(task, "loket")
    sent = {**typed, "csrf_token": browser.token(), "kunci": str(uuid4()), "aksi": "putuskan:lengkap"}
    with database_away(office.app, monkeypatch):
        assert browser.client.post(f"/tugas/{task}", data=sent).status_code == 503
    assert [browser.post(f"/tugas/{task}", sent).status for _ in range(2)] == [303, 303]
    assert office.task(case_id) != task


def test_an_address_that_is_too_long_gets_a_page_with_a_way_back(office):
    browser = office.logged_in("kasi")
    answer = browser.get("/berkas?cari=" + "x" * 7000, headers={"Referer": "http://localhost/berkas?cari=tanah"})
    assert answer.status == 414
    assert "Alamat terlalu panjang" in answer
    assert 'href="/berkas?cari=tanah"' in answer
    assert 'href="/"' in answer
    assert browser.get("/berkas?cari=" + "x" * 5900).status == 200


OURS = {"Origin": "http://localhost"}
KEPT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def kept(answer):
    """What a page that keeps an entry would send again: the last form of the page, name -> values."""
    held: dict[str, list[str]] = {}
    for name, value in KEPT.findall(answer.text.split('<section class="lembar galat">')[1]):
        held.setdefault(name, []).append(html.unescape(value))
    return held


def a_draft_after_logging_out(office, **typed):
    """An applicant's task, his browser after a second tab logged out, and what the first tab still sends."""
    task, browser = office.open().task_id, office.logged_in("pemohon")
    answers, _files = office.typed(task, "pemohon")
    sent = {**answers, **typed, "csrf_token": browser.token(), "kunci": str(uuid4()), "aksi": "simpan"}
    sent["versi_rancangan"] = "0"
    assert browser.post("/keluar").status == 303
    return task, browser, sent


def test_what_was_typed_after_the_session_ended_is_sent_by_the_kept_page_after_logging_in(office):
    task, browser, sent = a_draft_after_logging_out(office)
    first = answered(browser.client.post(f"/tugas/{task}", data=sent, headers=OURS))
    assert (first.status, "Sesi Anda sudah berakhir" in first) == (400, True)
    assert re.search(r'<a class="tombol" href="/masuk" target="_blank" rel="noopener">', first.text)
    still_out = answered(browser.client.post(f"/tugas/{task}", data=kept(first), headers=OURS))
    assert (still_out.status, "Sesi Anda sudah berakhir" in still_out) == (401, True)
    browser.log_in("pemohon")
    second = answered(browser.client.post(f"/tugas/{task}", data=kept(still_out), headers=OURS))
    assert (second.status, "Anda sudah masuk lagi" in second) == (400, True)
    assert {name: texts for name, texts in kept(second).items() if name != "csrf_token"} == {
        name: value if isinstance(value, list) else [value] for name, value in sent.items() if name != "csrf_token"
    }
    assert browser.client.post(f"/tugas/{task}", data=kept(second), headers=OURS).status_code == 303
    stored = {name: list(texts) for name, texts in office.page(task, "pemohon").typed.items()}
    assert all(stored[name] == kept(second)[name] for name in office.typed(task, "pemohon")[0] if name in stored)
    assert stored


def test_an_outcome_pressed_after_the_session_ended_is_done_once_by_the_kept_page(office):
    case_id = office.submitted()
    task, browser = office.task(case_id), office.logged_in("loket")
    typed, _files = office.typed(task, "loket")
    sent = {**typed, "csrf_token": browser.token(), "kunci": str(uuid4()), "aksi": "putuskan:lengkap"}
    browser.post("/keluar")
    browser.log_in("loket")
    held = kept(answered(browser.client.post(f"/tugas/{task}", data=sent, headers=OURS)))
    assert office.task(case_id) == task
    assert [browser.client.post(f"/tugas/{task}", data=held, headers=OURS).status_code for _ in range(2)] == [303] * 2
    assert office.task(case_id) != task


def test_another_person_logging_in_meanwhile_writes_nothing_of_the_first_ones_entry(office):
    task, browser, sent = a_draft_after_logging_out(office)
    before = office.page(task, "pemohon").typed
    browser.log_in("pemohon2")
    held = answered(browser.client.post(f"/tugas/{task}", data=sent, headers=OURS))
    assert held.status == 400
    assert answered(browser.client.post(f"/tugas/{task}", data=kept(held), headers=OURS)).status in (403, 404)
    assert office.page(task, "pemohon").typed == before


@pytest.mark.parametrize(
    "came",
    [
        {},
        {"Origin": "http://jahat.example"},
        {"Origin": "null", "Referer": "http://localhost/masuk"},
        {"Referer": "http://jahat.example/localhost"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_what_another_site_sends_never_comes_back_as_if_it_had_been_typed_here(office, came):
    task, browser, sent = a_draft_after_logging_out(office, alasan_keputusan="titipan situs lain")
    answer = answered(browser.client.post(f"/tugas/{task}", data=sent, headers=came))
    assert answer.status in (400, 403)
    assert "titipan situs lain" not in answer


def test_passwords_of_a_page_that_was_open_too_long_are_asked_for_again(office):
    browser = office.logged_in("kasi")
    sent = {"csrf_token": "basi", "lama": "rahasia lama", "sandi": "rahasia baru", "ulang": "rahasia baru"}
    answer = answered(browser.client.post("/akun/sandi", data=sent, headers=OURS))
    assert (answer.status, "rahasia" in answer) == (400, False)
    assert re.findall(r'name="(\w+)" type="password" value=""', answer.text) == ["lama", "sandi", "ulang"]


def test_a_visitor_whose_page_was_open_too_long_sends_it_again_without_logging_in(office):
    browser = office.browser()
    answer = answered(browser.client.post("/bahasa", data={"csrf_token": "basi", "bahasa": "en"}, headers=OURS))
    assert (answer.status, "Belum terkirim" in answer, "Masuk di tab baru" in answer) == (400, True, False)
    assert browser.client.post("/bahasa", data=kept(answer), headers=OURS).status_code == 303


def test_a_draft_saved_by_itself_after_the_session_ended_says_so_in_the_form_it_was_asked_for(office):
    task, browser, sent = a_draft_after_logging_out(office)
    asked = {**OURS, "Accept": "application/json"}
    old = browser.client.post(f"/tugas/{task}", data=sent, headers=asked)
    assert (old.status_code, "sesi Anda sudah berakhir" in old.get_json()["kata"]) == (400, True)
    out = browser.client.post(f"/tugas/{task}", data={**sent, "csrf_token": browser.token()}, headers=asked)
    assert (out.status_code, "sesi Anda sudah berakhir" in out.get_json()["kata"]) == (401, True)
    browser.log_in("pemohon")
    back = browser.client.post(f"/tugas/{task}", data=sent, headers=asked)
    assert (back.status_code, "sudah masuk lagi" in back.get_json()["kata"]) == (400, True)


@pytest.mark.parametrize("address", ["/studio", "/laporan", "/kelola/proses", "/kotak-tugas"])
def test_an_applicant_in_a_room_of_the_officials_is_told_whom_it_is_for_and_where_his_own_pages_are(office, address):
    answer = office.logged_in("pemohon").get(address)
    assert answer.status == 403
    assert "Halaman ini bagi pegawai dinas" in answer
    assert "Anda masuk sebagai Pemohon." in answer
    assert 'href="/permohonan">Ke Permohonan Saya' in answer
    assert "Ke Kotak Tugas" not in answer


def test_of_what_may_be_another_s_an_applicant_learns_neither_that_it_is_there_nor_that_it_is_not(office):
    known, plan = office.registered("SIPB"), uuid4()
    browser = office.logged_in("pemohon2")
    for address in (f"/berkas/{known}", f"/berkas/{uuid4()}", f"/studio/{plan}", f"/permohonan/{known}"):
        answer = browser.get(address)
        assert answer.status == 404, address
        assert "Mungkin tidak ada, atau bukan untuk Anda. Anda masuk sebagai Pemohon." in answer


def test_an_official_without_the_right_is_told_in_which_role_he_came_and_finds_back(office):
    browser = office.logged_in("verifikator")
    answer = browser.get("/kelola/pegawai")
    assert answer.status == 403
    assert "Anda masuk sebagai Verifikator" in answer
    assert 'href="/kotak-tugas">Ke Kotak Tugas' in answer
    site = "http://localhost"
    for before, back in (("/berkas?cari=a", True), ("/masuk?lanjut=/x", False), ("/kelola/pegawai", False)):
        came = browser.get("/kelola/pegawai", headers={"Referer": f"{site}{before}"})
        assert ("Kembali ke halaman tadi" in came) is back, before


def test_a_visitor_is_told_nothing_of_roles(office):
    answer = office.browser().get("/tidak-ada")
    assert "Anda masuk sebagai" not in answer
    assert "Ke Permohonan Saya" not in answer
