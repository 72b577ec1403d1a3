"""What is typed into a task is kept by itself, by no window over another's, and no press is lost with the network."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.office import Person

LINE = ".judul-halaman [data-rancangan-kata]"
SAVED = re.compile(r"Rancangan tersimpan \d\d\.\d\d WIB")
BOX = "[data-dua-rancangan]"
TEXT = "[name=catatan]"
PAUSE = 3_100  # milliseconds of the page: longer than it waits after the last key, between two savings, to try again


@pytest.fixture
def verifier(office):
    """At the verification of a file, with the task in hand."""
    with office.prepared() as operations:
        operations.registered("SIPB")
    found = office.person("verifikator").open_task("Verifikasi keabsahan").take()
    found.page.clock.install()
    return found


def later(page):
    """What the page does by itself after a pause, without the pause."""
    page.clock.fast_forward(PAUSE)


def typed(page, text):
    """As somebody types: key by key, staying in the field."""
    page.locator(TEXT).press("End")
    page.keyboard.type(text)


def kept(page):
    """What another machine would show now."""
    other = page.context.new_page()
    other.goto(page.url)
    found = other.locator(TEXT).input_value()
    other.close()
    return found


def test_what_is_typed_is_kept_a_moment_after_the_last_key_and_again_though_the_field_is_never_left(verifier):
    page = verifier.page
    typed(page, "Pertama")
    later(page)
    expect(page.locator(LINE)).to_have_text(SAVED, timeout=15_000)
    assert kept(page) == "Pertama"
    with page.expect_response(lambda answer: answer.request.method == "POST", timeout=15_000):
        typed(page, " dan kedua")
        later(page)
    assert kept(page) == "Pertama dan kedua"


def test_who_leaves_the_page_at_once_loses_nothing_and_is_not_asked(verifier):
    page, asked = verifier.page, []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    address = page.url
    typed(page, "Langsung pergi")
    page.goto(verifier.office.address + "/kotak-tugas")
    assert reopened(page, address, "Langsung pergi")
    assert asked == []


def reopened(page, address, words):
    """Whether the task opened anew shows the words: what is saved on leaving may arrive a moment after the page."""
    for _ in range(20):
        page.goto(address)
        if page.locator(TEXT).input_value() == words:
            return True
        page.wait_for_timeout(250)
    return False


def test_a_draft_is_tried_again_by_itself_when_the_network_is_back_and_leaving_meanwhile_is_asked_about(verifier):
    page, asked = verifier.page, []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.context.set_offline(True)
    typed(page, "Tanpa jaringan")
    later(page)
    expect(page.locator(LINE)).to_contain_text("Belum tersimpan; dicoba lagi", timeout=15_000)
    page.evaluate("window.dispatchEvent(new Event('beforeunload', {cancelable: true})) ? 0 : window.warned = true")
    assert page.evaluate("window.warned") is True
    expect(page.locator("[data-kiriman]")).to_be_in_viewport()
    page.context.set_offline(False)
    expect(page.locator(LINE)).to_have_text(SAVED, timeout=15_000)
    expect(page.locator("[data-kiriman]")).to_be_hidden()
    assert kept(page) == "Tanpa jaringan"
    assert page.evaluate("window.dispatchEvent(new Event('beforeunload', {cancelable: true}))") is True


def test_a_window_whose_answer_got_lost_goes_on_from_its_own_draft(verifier):
    page, left = verifier.page, [1]

    def drop(route):
        if route.request.method == "POST" and left[0]:
            left[0] -= 1
            route.fetch()  # the office has it
            return route.abort()
        return route.continue_()

    page.route(re.compile(r"/tugas/[0-9a-f-]+$"), drop)
    typed(page, "Jawaban hilang")
    later(page)
    expect(page.locator(LINE)).to_contain_text("Belum tersimpan", timeout=15_000)
    typed(page, ", lalu lebih")
    later(page)
    expect(page.locator(LINE)).to_have_text(SAVED, timeout=15_000)
    expect(page.locator(BOX)).to_have_count(0)
    page.unroute_all()
    assert kept(page) == "Jawaban hilang, lalu lebih"


@pytest.fixture
def torn(verifier):
    """Two windows of one person at one task; the second typed later and was told so."""
    first = verifier.page
    second = first.context.new_page()
    second.on("dialog", lambda dialog: dialog.accept())
    second.goto(first.url)
    typed(first, "Dari jendela satu")
    later(first)
    expect(first.locator(LINE)).to_have_text(SAVED, timeout=15_000)
    typed(second, "Dari jendela dua")
    later(second)
    expect(second.locator(BOX)).to_contain_text("Tidak ada yang ditimpa", timeout=15_000)
    return first, second


def test_a_second_window_overwrites_nothing_until_somebody_chooses(torn, assert_accessible):
    first, second = torn
    second.get_by_role("button", name="Lihat keduanya").click()
    expect(second.locator(BOX)).to_be_focused()
    expect(second.locator(BOX)).to_contain_text("Dari jendela satu")
    expect(second.locator(BOX)).to_contain_text("Dari jendela dua")
    assert_accessible(second)
    typed(second, " dan lagi")
    second.get_by_role("button", name="Simpan rancangan", exact=True).last.click()
    expect(second.locator(BOX)).to_be_focused()
    assert kept(first) == "Dari jendela satu"
    second.get_by_role("button", name="Pakai isian di jendela ini").click()
    expect(second.locator(LINE)).to_have_text(SAVED)
    assert kept(first) == "Dari jendela dua dan lagi"


def test_a_decision_waits_for_the_choice_between_two_drafts(torn):
    first, second = torn
    second.get_by_role("button", name="Minta perbaikan", exact=True).click()
    expect(second.locator(BOX)).to_be_focused()
    with second.expect_navigation():
        second.get_by_role("link", name="Muat isian yang tersimpan").click()
    expect(second.locator(TEXT)).to_have_value("Dari jendela satu")
    with second.expect_response(lambda answer: answer.request.method == "POST", timeout=15_000):
        typed(second, "!")
        later(second)
    assert kept(first) == "Dari jendela satu!"


def test_without_scripts_the_second_window_is_shown_both_as_well(office):
    with office.prepared() as operations:
        operations.registered("SIPB")
    verifier = office.person("verifikator", java_script_enabled=False).open_task("Verifikasi keabsahan").take()
    first = verifier.page
    second = Person(office, "verifikator", first.context.new_page(), scripted=False)
    second.page.goto(first.url)
    for page, text in ((first, "Dari satu"), (second.page, "Dari dua")):
        page.locator(TEXT).fill(text)
        page.get_by_role("button", name="Simpan rancangan", exact=True).last.click()
    second.sees("Ada dua isian", "Dari satu")
    for _ in range(2):  # the warning is no licence: pressing again overwrites nothing
        second.page.get_by_role("button", name="Simpan rancangan", exact=True).last.click()
        second.sees("Ada dua isian")
    second.press("Pakai isian di jendela ini")
    expect(second.page.locator(TEXT)).to_have_value("Dari dua")


def test_a_decision_pressed_without_network_stays_on_the_page_and_is_pressed_again_by_its_person(verifier):
    page = verifier.page
    verifier.fill_in()
    page.locator(TEXT).fill("Yang sempat diketik")
    page.context.set_offline(True)
    decide = page.locator("#f-keputusan button").first
    word = decide.inner_text().strip()
    decide.click()
    notice = page.locator("[data-kiriman]")
    expect(notice).to_contain_text(f"“{word}” belum dikirim", timeout=15_000)
    expect(page.locator(TEXT)).to_have_value("Yang sempat diketik")
    key = page.locator("form[data-rancangan] [name=kunci]").input_value()
    page.context.set_offline(False)
    expect(notice).to_contain_text("Kantor menjawab lagi", timeout=15_000)
    assert page.locator("form[data-rancangan] [name=kunci]").input_value() == key
    assert kept(page) == "Yang sempat diketik"  # nothing was decided by itself
    verifier.press(word)
    verifier.sees("langkah ini sudah tercatat")
