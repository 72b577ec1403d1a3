"""Versions of the calendar side by side, wide and narrow, with the files that each difference touches."""

from datetime import timedelta

import pytest

from app.operations import calendar_changes
from app.operations.calendar_changes import Change
from app.store import transaction
from tests.browser.conftest import DESK, PHONE


def adopted(working, text, decree):
    """A change of the calendar, proposed by the administrator and adopted by the head of the office."""
    change = calendar_changes.propose(Change(text, decree), working.people["admin"], working.at)
    with transaction() as store:
        revision = store.calendars.revision()
    calendar_changes.adopt(change, revision, working.people["kadis"], working.at)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_versions_side_by_side_fit_the_screen_and_their_files_are_large_enough_to_hit(
    size, office, present, assert_accessible
):
    with office.prepared() as working:
        for _ in range(3):
            working.registered("SIPB")
        first = working.at + timedelta(days=1)
        span = f"{first:%d/%m/%Y};{first + timedelta(days=9):%d/%m/%Y}"
        adopted(working, f"libur;{span};;Cuti bersama", "Surat Edaran Walikota Metro Nomor 100.3.4/1234/2026")
        present.at = working.at + timedelta(minutes=5)
    head = office.person("kadis", viewport=size)
    page = head.go("/kelola/kalender/banding?dari=1")
    assert page.locator("tr", has_text="Cuti bersama").count() >= 1
    files = page.locator("td a[href^='/berkas/']")
    assert files.count() >= 3
    assert all(one.bounding_box()["height"] >= 24 for one in files.all())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_effect_of_a_change_survives_reload_and_back_and_keeps_what_was_typed(
    size, office, present, assert_accessible
):
    with office.prepared() as working:
        there = working.open("SIPB", by="loket", applicant="pemohon")
        working.do(there, "ajukan", "loket")
        working.registered("SIPB")
        present.at = working.at
        day = f"{working.at:%d/%m/%Y}"
        next_day = f"{working.at + timedelta(days=1):%d/%m/%Y}"
    text = f"libur;{day};{next_day};;Keputusan kota\nloket;{day};;Sen-Jum 08.00-10.20;Jam loket"
    admin = office.person("admin", viewport=size)
    admin.go("/kelola/kalender/usul")
    admin.page.get_by_label("Baris perubahan").fill(text)
    admin.page.get_by_label("Keputusan yang mendasari").fill("SK Walikota 9/2026")
    admin.press("Periksa dampaknya")
    groups = ("Langkah di loket yang bergeser", "Langkah di kantor yang bergeser", "Batas hukum yang bergeser")
    admin.sees("Langkah 2 dari 3", "Jam loket yang berbeda", *groups)
    assert_accessible(admin.page)
    assert admin.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    admin.page.reload()
    admin.sees("Langkah 2 dari 3", *groups)
    admin.page.go_back()
    admin.sees("Langkah 1 dari 3", "Draf Anda")
    assert admin.page.get_by_label("Baris perubahan").input_value() == text
    assert admin.page.get_by_label("Keputusan yang mendasari").input_value() == "SK Walikota 9/2026"
    assert_accessible(admin.page)
    admin.page.go_forward()
    admin.press("Ajukan ke Kepala Dinas")
    admin.sees("menunggu penetapan")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_tester_and_a_comparison_with_the_counters_hours_fit_the_screen(size, office, present, assert_accessible):
    with office.prepared() as working:
        adopted(working, "loket;01/08/2026;;Sen-Jum 08.00-10.20;Jam loket", "Keputusan Kepala Dinas 14/KEP/2026")
        present.at = working.at + timedelta(minutes=5)
    head = office.person("kadis", viewport=size)
    for address, sentence in (
        ("/kelola/kalender/penguji?izin=SIPB", "Langkah di loket"),
        ("/kelola/kalender/banding", "Jam loket yang berbeda"),
        ("/kelola/kalender", "Jam loket: Senin–Jumat 08.00–10.20"),
    ):
        head.go(address)
        head.sees(sentence)
        assert head.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert_accessible(head.page)
