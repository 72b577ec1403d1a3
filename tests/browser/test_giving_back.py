"""Putting a task back by its key, with a reason; what pages say while the office is closed or somebody stands in."""

import re

import pytest
from playwright.sync_api import expect

from app.operations import dispositions, granting
from tests.browser.conftest import PHONE


@pytest.fixture
def verifier(office):
    with office.prepared() as operations:
        operations.registered("SIPB")
    return office.person("verifikator").open_task("Verifikasi keabsahan").take()


def test_the_key_that_puts_a_task_back_asks_why_in_the_inbox_and_on_the_task(verifier, assert_accessible):
    page = verifier.page
    page.keyboard.press("l")
    expect(page.locator("#f-alasan_lepas")).to_be_focused()
    assert_accessible(page)
    verifier.press("Lepas tugas ini")
    expect(page.locator(".ringkasan-salah")).to_be_focused()
    expect(page.locator("#f-alasan_lepas")).to_be_visible()
    verifier.go("/kotak-tugas")
    page.keyboard.press("l")
    expect(page.locator("#satu-alasan_lepas")).to_be_focused()
    page.keyboard.press("B")
    page.keyboard.press("Tab")
    page.keyboard.type("lima berkas hari ini")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    verifier.sees("dikembalikan ke kelompok")
    case = verifier.go("/kotak-tugas?daftar=kelompok").locator("a[data-kartu]").first.get_attribute("href")
    verifier.go(f"{case}?bagian=riwayat")
    expect(page.locator("main")).to_contain_text(re.compile(r"(Berhalangan|Beban)[^:]*.*: lima berkas hari ini"))


def test_on_a_closed_day_and_in_the_evening_inbox_task_and_case_page_say_when_clocks_go_on(verifier):
    office, page = verifier.office, verifier.page
    task = page.url
    card = page.locator("a[data-kartu]").first.get_attribute("href")
    for closed, until in (
        ("2026-08-03 19:00", "Selasa, 4 Agustus 2026 07.30 WIB"),
        ("2026-08-08 09:00", "Senin, 10 Agustus 2026 07.30 WIB"),
    ):
        office.present.on(closed)
        for address in ("/kotak-tugas", task, card):
            verifier.go(address)
            verifier.sees(f"berhenti sampai {until}")
    office.present.on("2026-08-10 09:00")
    for address in ("/kotak-tugas", task, card):
        verifier.go(address)
        verifier.misses("berhenti sampai")


def test_who_is_stood_in_for_reads_it_in_the_inbox(verifier, assert_accessible):
    office, page = verifier.office, verifier.page
    with office.application.app_context():
        day = office.present.at.date()
        granting.grant_role(
            office.ids["informasi"], "VB", "", "plh", day, day, "SK 9/2026", office.ids["admin"], office.present.at,
            stands_for=office.ids["verifikator"],
        )  # fmt: skip
    for size in (None, PHONE):
        if size:
            page.set_viewport_size(size)
        verifier.go("/kotak-tugas")
        expect(page.locator("[data-digantikan]")).to_contain_text(re.compile(r"Plh\. .*3 Agustus 2026"))
        assert_accessible(page)


def test_what_waits_for_a_decision_keeps_its_distance_from_the_list_below(office):
    with office.prepared() as operations:
        case_id = operations.registered("SIPB")
        given = dispositions.Given("DISPOSISI", "Dahulukan berkas ini", office.ids["kasi"])
        dispositions.give(case_id, given, office.ids["kabid"], operations.at)
    page = office.person("kasi").go("/kotak-tugas")
    places = ("[aria-labelledby=judul-putusan]", "[aria-labelledby=judul-daftar]")
    awaited, below = (page.locator(one).bounding_box() for one in places)
    assert below["y"] - (awaited["y"] + awaited["height"]) >= 8
