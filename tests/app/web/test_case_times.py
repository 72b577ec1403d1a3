"""Keadaan per tanggal and Bandingkan dua saat: a file's past on its page, and what changed between two instants."""

import re
from datetime import timedelta

import pytest

from app.operations import cases
from tests.app.web.office import BEFORE, NOW
from tests.app.web.test_kahar import established, proposed

SECTIONS = ("ringkasan", "riwayat", "isian", "dokumen", "surat", "pesan", "catatan", "waktu")
THEN = BEFORE + timedelta(minutes=5)


@pytest.fixture
def case_id(office):
    """A file opened yesterday and handed in and registered this morning."""
    made, morning = office.open(), NOW - timedelta(minutes=60)
    office.complete(made.task_id, "diajukan", "pemohon", morning)
    office.complete(office.task(made.case_id, at=morning), "lengkap", "loket", NOW - timedelta(minutes=30))
    return made.case_id


def browsed(browser, case_id, at=THEN, **more):
    return browser.get(f"/berkas/{case_id}", query_string={"per": at.isoformat(), **more})


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_of_a_past_page_opens_and_says_whose_knowledge_it_is(office, case_id, section):
    page = browsed(office.logged_in("kasi"), case_id, bagian=section)
    assert page.status == 200
    assert "Keadaan lampau: sebagaimana diketahui pada" in page
    assert "Hanya dapat dibaca." in page


def test_a_past_page_shows_what_was_known_then_and_offers_no_act(office, case_id):
    browser = office.logged_in("kasi")
    now, then = browser.get(f"/berkas/{case_id}"), browsed(browser, case_id)
    assert "Menunggu: Verifikasi keabsahan" in now
    assert "Menunggu: Verifikasi keabsahan" not in then
    assert "belum bernomor" in then
    acts = re.findall(r'<form[^>]*method="post"[^>]*action="(/berkas/[^"]+)"', then.text)
    assert acts == []
    assert "data-sisa" not in then
    assert 'id="jendela"' not in then


def test_what_was_handed_in_later_stands_on_no_past_page(office, case_id):
    browser = office.logged_in("kasi")
    assert "Belum ada isian yang dikirim." in browsed(browser, case_id, bagian="isian")
    assert "Belum ada dokumen." in browsed(browser, case_id, bagian="dokumen")
    assert "Belum ada surat yang terbit." in browsed(browser, case_id, bagian="surat")


def test_an_instant_is_typed_or_chosen_from_the_history(office, case_id):
    browser = office.logged_in("kasi")
    typed = browser.get(f"/berkas/{case_id}", query_string={"per": f"{NOW:%d/%m/%Y} 09.29"})
    assert "Keadaan lampau" in typed
    link = re.search(r'href="(/berkas/[^"]+\?per=[^"]+)"', browser.get(f"/berkas/{case_id}?bagian=riwayat").text)
    assert "Keadaan lampau" in browser.get(link.group(1).replace("&amp;", "&"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("besok", "tulis tanggal dan jam"),
        ("01/01/2027 08.00", "Waktu itu belum tiba"),
        ("01/01/2020 08.00", "Pada waktu itu berkas ini belum dibuka"),
        ("31/02/2026 08.00", "bukan tanggal yang ada"),
        ("9999-12-31T23:59:59+00:00", "Waktu itu belum tiba"),
        ("\x00", ""),
    ],
)
def test_an_instant_that_cannot_be_shown_is_told_at_its_field_with_what_was_typed(office, case_id, typed, sentence):
    page = office.logged_in("kasi").get(f"/berkas/{case_id}", query_string={"per": typed})
    assert page.status == (422 if sentence else 200)
    assert sentence in page
    if sentence and "T" not in typed:
        assert f'value="{typed}"' in page


def test_a_past_page_is_not_there_for_who_may_not_see_the_file(office, case_id):
    assert browsed(office.logged_in("pemohon2"), case_id).status == 404
    assert office.logged_in("pemohon2").get(f"/berkas/{case_id}/banding?dari=01/01/2026+08.00").status == 404


def test_an_applicant_sees_no_notes_of_the_past_either(office, case_id):
    office.logged_in("kasi").post(f"/berkas/{case_id}/catatan", {"catatan": "Hati-hati, berkas sengketa"})
    page = browsed(office.logged_in("pemohon"), case_id, NOW, bagian="catatan")
    assert page.status == 200
    assert "berkas sengketa" not in page


def test_who_looked_back_stands_in_the_audit(office, case_id):
    browsed(office.logged_in("kasi"), case_id)
    trail = office.logged_in("pengawas").get("/audit?jenis=case_seen_then")
    assert "Keadaan berkas per tanggal dilihat" in trail
    assert f"per {THEN:%d/%m/%Y %H.%M}" in trail


def test_two_instants_are_compared_in_words_and_as_a_table(office, case_id):
    page = office.logged_in("kasi").get(f"/berkas/{case_id}/banding", query_string={"dari": THEN.isoformat()})
    assert page.status == 200
    assert "dibandingkan dengan sekarang" in page
    for words in (
        "Nomor pendaftaran",
        "Langkah",
        "Isian",
        "Dokumen",
        "Surat",
        "Jam Layanan",
        "Perubahan sebagai tabel",
    ):
        assert words in page, words
    assert re.search(r"Verifikasi keabsahan: <span class=\"kuat\">menunggu ", page.text)


def test_nothing_changed_between_two_instants_is_said(office, case_id):
    sent = {"dari": (NOW + timedelta(0)).isoformat(), "sampai": NOW.isoformat()}
    refused = office.logged_in("kasi").get(f"/berkas/{case_id}/banding", query_string=sent)
    assert refused.status == 422
    assert "Waktu kedua harus sesudah waktu pertama" in refused
    sent = {"dari": THEN.isoformat(), "sampai": (THEN + timedelta(minutes=1)).isoformat()}
    assert "Tidak ada yang berubah" in office.logged_in("kasi").get(f"/berkas/{case_id}/banding", query_string=sent)


def test_a_comparison_without_its_first_instant_is_asked_for_again(office, case_id):
    browser = office.logged_in("kasi")
    assert browser.get(f"/berkas/{case_id}/banding").status == 200
    refused = browser.get(f"/berkas/{case_id}/banding?dari=&sampai=01/10/2026+08.00")
    assert refused.status == 422
    assert "Dari saat wajib diisi" in refused
    assert 'value="01/10/2026 08.00"' in refused


def test_an_applicant_compares_his_file_without_what_is_internal(office, case_id):
    with office.app.app_context():
        cases.add_note(case_id, "Hati-hati, berkas sengketa", office.people["kasi"], NOW)
    sent = {"dari": THEN.isoformat()}
    kasi, owner = (
        office.logged_in(one).get(f"/berkas/{case_id}/banding", query_string=sent) for one in ("kasi", "pemohon")
    )
    assert "berkas sengketa" in kasi
    assert "berkas sengketa" not in owner
    assert not re.search(r"\b\d{16}\b", kasi.text)


def test_the_history_is_turned_over_page_by_page_by_the_number_of_its_events(office, case_id, monkeypatch):
    monkeypatch.setattr("app.web.history.PAGE", 7)
    browser, seen = office.logged_in("kasi"), []
    address = f"/berkas/{case_id}?bagian=riwayat"
    while address:
        page = browser.get(address)
        numbers = [int(one) for one in re.findall(r'id="peristiwa-(\d+)"', page.text)]
        assert 0 < len(numbers) <= 7
        seen += numbers
        older = re.search(r'href="([^"]+)">Lebih lama<', page.text)
        address = older and older.group(1).replace("&amp;", "&")
    assert seen == list(range(max(seen), 0, -1))
    newer = re.search(r'href="([^"]+)">Lebih baru<', page.text).group(1).replace("&amp;", "&")
    assert f'id="peristiwa-{numbers[0] + 1}"' in browser.get(newer)


def test_a_trace_opens_the_page_of_the_history_where_its_event_stands(office, case_id, monkeypatch):
    monkeypatch.setattr("app.web.history.PAGE", 3)
    trail = office.logged_in("pengawas").get("/audit?jenis=case_opened")
    link = re.search(rf'href="(/berkas/{case_id}\?[^"]+)#(peristiwa-\d+)"', trail.text)
    assert f'id="{link.group(2)}"' in office.logged_in("pengawas").get(link.group(1).replace("&amp;", "&"))


def test_why_a_date_of_the_past_is_what_it_was_is_asked_from_the_past_page(office, case_id):
    page = browsed(office.logged_in("kasi"), case_id, NOW)
    link = re.search(r'href="(/berkas/[^"]+/jam/[^"]+per=[^"]+)"', page.text).group(1)
    why = office.logged_in("kasi").get(link.replace("&amp;", "&"))
    assert why.status == 200
    assert "Sebagaimana diketahui pada" in why


def test_a_day_without_an_hour_is_its_end_and_today_is_now(office, case_id):
    browser = office.logged_in("kasi")
    yesterday = browser.get(f"/berkas/{case_id}", query_string={"per": f"{BEFORE:%d/%m/%Y}"})
    assert f"sebagaimana diketahui pada Sen {BEFORE:%d/%m/%Y} 23.59" in yesterday
    today = browser.get(f"/berkas/{case_id}", query_string={"per": f"{NOW:%d/%m/%Y}"})
    assert f"sebagaimana diketahui pada Sel {NOW:%d/%m/%Y} {NOW:%H.%M}" in today
    compared = browser.get(f"/berkas/{case_id}/banding", query_string={"dari": f"{BEFORE:%d/%m/%Y}"})
    assert (compared.status, "Nomor pendaftaran" in compared) == (200, True)
    tomorrow = browser.get(f"/berkas/{case_id}", query_string={"per": f"{NOW + timedelta(days=1):%d/%m/%Y}"})
    assert "Waktu itu belum tiba" in tomorrow


def test_the_time_of_a_task_that_a_kahar_moved_tells_the_cause_and_since_when(office, case_id):
    browser = office.logged_in("kasi")
    established(office, proposed(office))
    sent = {"dari": (NOW - timedelta(minutes=1)).isoformat()}
    page = browser.get(f"/berkas/{case_id}/banding", query_string=sent).text
    rows = [one for one in re.findall(r"<tr><td.*?</tr>", page, re.S) if "Waktu tugas" in one]
    assert rows
    for row in rows:
        assert re.search(r'data-label="Sebab">keadaan kahar KAHAR-2026-001<', row), row
        assert re.search(r'data-label="Oleh dan kapan"><span class="angka">Sel 20/10/2026', row), row
