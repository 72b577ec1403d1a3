"""The palette behind Ctrl+K: by keyboard alone from any page, accessible while it is open, and without scripts too."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_page_a_task_and_a_file_are_reached_by_a_few_letters(size, office, assert_accessible):
    with office.prepared() as operations:
        operations.registered("SIPB")
    page = office.person("verifikator", viewport=size).go("/kotak-tugas?daftar=kelompok")
    with page.expect_navigation():
        page.keyboard.press("n")
    page.keyboard.press("Control+k")
    field = page.locator("#cari-palet")
    expect(field).to_be_focused()
    options = page.locator("#palet [role=option]")
    expect(options.first).to_contain_text("Verifikasi keabsahan")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert_accessible(page)
    page.keyboard.type("temuan")
    expect(options).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#palet")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("SIPB")
    expect(page.locator(".palet-kelompok").last).to_have_text("Berkas")
    page.keyboard.press("ArrowUp")
    last = options.last
    expect(last).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", last.get_attribute("id"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/berkas/" in page.url


def test_when_the_network_is_gone_the_palette_says_so_and_without_scripts_the_page_answers(office):
    verifier = office.person("verifikator")
    # Before the page is opened: a page that stands may still send its next request by the way it knew.
    verifier.page.route("**/cari/saran*", lambda route: route.abort())
    page = verifier.go("/kotak-tugas")
    page.keyboard.press("Control+k")
    expect(page.locator("[data-palet-kata]")).to_contain_text("Sambungan terputus")
    page.keyboard.type("temuan")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/cari?cari=temuan")
    plain = office.person("loket", java_script_enabled=False)
    plain.go("/cari?cari=temuan")
    plain.follow("Temuan")
    plain.sees("Temuan")
