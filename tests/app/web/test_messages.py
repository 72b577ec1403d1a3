"""The mailbox of the office, and a person's own messages."""

import html
import re
from uuid import UUID, uuid4

import pytest

from app.operations import background, mailbox, people
from app.store import transaction
from tests.app.web.office import NOW, uuids


def delivered(office):
    """Everything that waits is written down and stays in the office's mailbox."""
    with office.app.app_context():
        while background.deliver_one(lambda *_letter: "disimpan di kotak surat kantor", NOW, ("message",)):
            pass


@pytest.fixture
def post(office):
    """An office whose applicants got a message each."""
    office.registered()
    with office.app.app_context():
        people.ask_reset("pemohon2@dpmptsp-contoh.id", "https://contoh.id/sandi-baru/{token}", "127.0.0.1", NOW)
    delivered(office)
    return office


def test_the_office_reads_every_message_and_its_fate(post):
    page = post.logged_in("admin").get("/kotak-surat")
    assert "Ganti kata sandi e-Perizinan" in page
    assert "Slamet Riyadi" in page
    assert "disimpan di kotak surat kantor" in page
    assert "Kantor peragaan" in page


def test_a_message_for_somebody_without_an_address_is_said_to_be_still_untold(office, database_rows):
    database_rows("update people set email = null where id = %s", (str(office.people["pemohon"]),))
    office.registered()
    with office.app.app_context():
        while background.deliver_one(lambda *_letter: "disimpan", NOW, ("message",)):
            pass
    page = office.logged_in("admin").get("/kotak-surat")
    assert "tanpa surel, masih harus disampaikan di loket" in page
    assert "tanpa surel, disampaikan di loket" not in page


def test_messages_of_one_instant_are_all_reached_page_by_page(office, monkeypatch):
    monkeypatch.setattr(mailbox, "PAGE", 3)
    with office.app.app_context(), transaction() as store:
        for number in range(8):
            payload = {
                "to": str(office.people["pemohon"]),
                "notice": "uji",
                "subject": f"Kabar {number}",
                "body": "Isi",
            }
            store.outbox.put(uuid4(), None, "message", payload, NOW)
    delivered(office)
    browser, found, address = office.logged_in("admin"), set(), "/kotak-surat"
    while address:
        page = browser.get(address).text
        found |= set(re.findall(r"Kabar \d", page))
        more = re.search(r'href="(/kotak-surat\?sebelum=[^"]+)"', page)
        address = html.unescape(more[1]) if more else ""
    assert len(found) == 8


def test_an_applicant_reads_the_own_messages_only(post, database_rows):
    page = post.logged_in("pemohon").get("/kotak-surat")
    assert "Ganti kata sandi" not in page
    (id,) = database_rows("select id::text from messages where notice = 'reset'")[0]
    assert post.logged_in("pemohon").get(f"/kotak-surat/{id}").status == 404
    assert "sandi-baru" in post.logged_in("pemohon2").get(f"/kotak-surat/{id}")


def test_an_official_without_the_right_sees_no_other_s_messages(post, database_rows):
    (id,) = database_rows("select id::text from messages where notice = 'reset'")[0]
    assert post.logged_in("verifikator").get(f"/kotak-surat/{id}").status == 404


def test_a_message_leads_to_its_file(post):
    browser = post.logged_in("pemohon")
    found = uuids(browser.get("/kotak-surat").text)
    page = browser.get(f"/kotak-surat/{found[0]}")
    assert "Buka berkasnya" in page


def test_a_key_to_an_account_is_withheld_once_letters_really_travel(post, database_rows, monkeypatch):
    (id,) = database_rows("select id::text from messages where notice = 'reset'")[0]
    monkeypatch.setattr(mailbox, "demonstration", lambda: False)
    with post.app.app_context():
        clerk = mailbox.message(UUID(id), post.people["loket"], NOW)
        owner = mailbox.message(UUID(id), post.people["pemohon2"], NOW)
    assert clerk.withheld
    assert "sandi-baru" not in clerk.body
    assert "sandi-baru" in owner.body


@pytest.mark.parametrize("login", ["loket", "informasi", "pengawas"])
def test_a_key_to_an_account_is_withheld_from_the_desk_of_the_demonstration_too(post, database_rows, login):
    (id,) = database_rows("select id::text from messages where notice = 'reset'")[0]
    page = post.logged_in(login).get(f"/kotak-surat/{id}")
    assert (page.status, "kunci akun penerimanya" in page, "sandi-baru" in page) == (200, True, False)


def test_the_administrator_of_a_demonstration_reads_the_keys_that_end_in_its_mailbox(post, database_rows, monkeypatch):
    (id,) = database_rows("select id::text from messages where notice = 'reset'")[0]
    admin = post.logged_in("admin")
    assert "sandi-baru" in admin.get(f"/kotak-surat/{id}")
    monkeypatch.setattr(mailbox, "demonstration", lambda: False)
    assert "sandi-baru" not in admin.get(f"/kotak-surat/{id}")


def test_an_empty_mailbox_says_so_and_a_strange_place_is_the_beginning(office):
    assert "Belum ada pesan." in office.logged_in("pemohon").get("/kotak-surat?sebelum=bukan-tanggal")


def test_a_visitor_has_no_mailbox(office):
    assert office.browser().get("/kotak-surat").status == 303
