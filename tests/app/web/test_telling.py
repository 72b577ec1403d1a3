"""The counter's pages of what people without e-mail are still to be told."""

import html
import re
from uuid import uuid4

import pytest

from app.operations import background, people, telling
from app.store import transaction
from tests.app.web.office import NOW


@pytest.fixture
def paijo(office):
    """Somebody without e-mail."""
    with office.app.app_context():
        return people.register_at_counter("Paijo", "1872010101900077", "081277700770", "", office.people["loket"], NOW)


def send(office, person, subject="Berkas Anda lengkap", case_id=None):
    with office.app.app_context():
        with transaction() as store:
            payload = {"to": str(person), "notice": "uji", "subject": subject, "body": f"Isi: {subject}"}
            store.outbox.put(uuid4(), case_id, "message", payload, NOW)
        while background.deliver_one(lambda *_: "dikirim", NOW, ("message",)):
            pass


def boxes(page):
    return re.findall(r'<input type="checkbox" name="pesan" value="([^"]+)"', page.text)


def test_the_page_of_a_person_shows_what_waits_with_its_text_and_marks_it_as_told(office, paijo):
    send(office, paijo)
    browser = office.logged_in("loket")
    page = browser.get(f"/loket/{paijo}")
    assert "1 pesan belum disampaikan" in page
    assert "Isi: Berkas Anda lengkap" in page
    answer = browser.post(f"/loket/{paijo}/pesan", {"pesan": boxes(page), "cara": "telepon"})
    assert answer.status == 303
    after = browser.follow(answer)
    assert "1 pesan ditandai sudah disampaikan." in after
    assert "belum disampaikan" not in after
    again = browser.post(f"/loket/{paijo}/pesan", {"pesan": boxes(page), "cara": "telepon"})
    assert "sudah ditandai sebelumnya" in browser.follow(again)


def test_what_was_typed_stays_when_the_way_is_missing(office, paijo):
    send(office, paijo, "Satu")
    send(office, paijo, "Dua")
    browser = office.logged_in("loket")
    chosen = boxes(browser.get(f"/loket/{paijo}"))[1:]
    answer = browser.post(f"/loket/{paijo}/pesan", {"pesan": chosen, "catatan_penyampaian": "Lewat istrinya"})
    assert answer.status == 422
    assert 'href="#f-cara"' in answer
    assert 'value="Lewat istrinya"' in answer
    assert re.findall(r'value="([^"]+)" checked', answer.text) == chosen
    empty = browser.post(f"/loket/{paijo}/pesan", {"pesan": "bukan-pesan", "cara": "surat"})
    assert empty.status == 422
    assert 'href="#f-pesan"' in empty
    assert 'value="surat" checked' in empty


def test_a_message_of_another_person_is_not_found(office, paijo):
    send(office, paijo)
    browser = office.logged_in("loket")
    chosen = boxes(browser.get(f"/loket/{paijo}"))
    sent = {"pesan": chosen, "cara": "loket"}
    assert browser.post(f"/loket/{office.people['pemohon']}/pesan", sent).status == 404


def test_the_case_and_the_mailbox_say_who_told_a_message(office, paijo, database_rows):
    case_id = office.registered()
    send(office, paijo, "Kabar berkas", case_id)
    (id,) = database_rows("select id::text from messages where subject = 'Kabar berkas'")[0]
    browser = office.logged_in("loket")
    sent = {"pesan": id, "cara": "loket", "catatan_penyampaian": "Datang sendiri"}
    assert browser.post(f"/loket/{paijo}/pesan", sent).status == 303
    told = "disampaikan di loket oleh Dewi Anggraini, A.Md. pada Sel 20/10/2026 09.30"
    for address in (f"/berkas/{case_id}?bagian=pesan", "/kotak-surat", f"/kotak-surat/{id}"):
        assert told in browser.get(address)
    assert "Datang sendiri" in browser.get(f"/kotak-surat/{id}")
    assert "menunggu disampaikan di loket" not in browser.get("/kotak-surat")


def test_the_list_of_those_who_wait_is_reached_from_the_counter_and_goes_on(office, monkeypatch):
    monkeypatch.setattr(telling, "PAGE", 2)
    with office.app.app_context():
        register, clerk = people.register_at_counter, office.people["loket"]
        waiting = [register(f"Warga {n}", f"187201010190010{n}", "", "", clerk, NOW) for n in range(3)]
    for person in waiting:
        send(office, person)
    browser = office.logged_in("loket")
    counter = browser.get("/loket")
    assert "3 orang menunggu disampaikan pesannya" in counter
    found, address = set(), re.search(r'href="(/loket/pesan)"', counter.text)[1]
    while address:
        page = browser.get(address).text
        found |= set(re.findall(r"Warga \d", page))
        more = re.search(r'href="(/loket/pesan\?sesudah=[^"]+)"', page)
        address = html.unescape(more[1]) if more else ""
    assert found == {"Warga 0", "Warga 1", "Warga 2"}


def test_when_everybody_was_told_the_list_says_so(office):
    page = office.logged_in("loket").get("/loket/pesan")
    assert page.status == 200
    assert "Semua pesan sudah disampaikan." in page


@pytest.mark.parametrize("login", ["verifikator", "informasi", "kadis"])
def test_an_official_who_is_not_at_the_counter_is_refused(office, paijo, login):
    browser = office.logged_in(login)
    assert browser.get("/loket/pesan").status == 403
    assert browser.post(f"/loket/{paijo}/pesan", {"cara": "loket"}).status == 403


def test_the_telling_speaks_english(office, paijo):
    send(office, paijo)
    browser = office.logged_in("loket")
    browser.post("/bahasa", {"bahasa": "en", "lanjut": "/akun"})
    page = browser.get(f"/loket/{paijo}")
    assert "1 message not told yet" in page
    sent = {"pesan": boxes(page), "cara": "surat"}
    assert "1 message marked as told." in browser.follow(browser.post(f"/loket/{paijo}/pesan", sent))
    assert "told by letter by Dewi Anggraini, A.Md. on" in browser.get("/kotak-surat")
