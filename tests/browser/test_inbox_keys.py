"""The keys of the inbox mean the task that is marked; the focus stays; what is not known any more is said."""

from playwright.sync_api import expect

from app.operations import processes, release_drafts
from tests.app.operations.test_migrating import changed, renamed
from tests.browser.test_clerks_morning import Keyboard, filed

MARKED = "tr[data-baris].terpilih"


def own(office, number):
    """A clerk at a list of so many tasks of her own."""
    filed(office, number)
    page = office.person("loket").go("/kotak-tugas?daftar=kelompok")
    page.locator("th [data-semua]").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Ambil yang dipilih").click()
    page.goto(f"{office.address}/kotak-tugas")
    expect(page.locator("tr[data-baris]")).to_have_count(number)
    return page, Keyboard(page)


def marked(page):
    return page.locator(MARKED).get_attribute("data-tugas")


def test_what_stands_beside_the_list_is_the_task_that_is_marked(office, assert_accessible):
    page, keys = own(office, 3)
    for key in "jjk":
        keys.press(key)
        expect(page.locator("#pratinjau")).to_have_attribute("data-tugas", marked(page))
        expect(page.locator(f"{MARKED} [data-kerjakan]")).to_have_class("tombol kecil utama")
    expect(page.locator("tr [data-kerjakan].utama")).to_have_count(1)
    assert_accessible(page)


def test_the_task_that_is_marked_is_put_back_even_by_hands_faster_than_the_page(office):
    page, keys = own(office, 3)
    for key in "jjl":
        keys.press(key)
    meant = marked(page)
    page.locator("#pratinjau details.lepas[open]").wait_for()
    page.locator("#pratinjau select[name=alasan_lepas]").select_option(index=1)
    with page.expect_navigation():
        page.get_by_role("button", name="Lepas tugas ini").click()
    left = [one.get_attribute("data-tugas") for one in page.locator("tr[data-baris]").all()]
    assert (len(left), meant in left) == (2, False)
    page.goto(f"{office.address}/kotak-tugas?daftar=kelompok")
    assert marked(page) == meant


def test_rather_nothing_stands_beside_the_list_than_another_task(office):
    page, keys = own(office, 2)
    page.context.set_offline(True)
    keys.press("j")
    expect(page.locator("#pratinjau")).to_be_hidden()
    keys.press("l")
    expect(page.locator("details.lepas[open]")).to_have_count(0)
    page.context.set_offline(False)
    keys.press("k")
    keys.press("j")
    expect(page.locator("#pratinjau")).to_have_attribute("data-tugas", marked(page))


def test_a_task_of_the_group_is_taken_from_the_list_by_its_key(office):
    filed(office, 2)
    page = office.person("loket").go("/kotak-tugas?daftar=kelompok")
    keys = Keyboard(page)
    keys.press("j")
    meant = marked(page)
    keys.turn("a")
    assert meant in page.url
    page.goto(f"{office.address}/kotak-tugas")
    assert [one.get_attribute("data-tugas") for one in page.locator("tr[data-baris]").all()] == [meant]


def test_help_is_closed_by_the_key_that_is_pressed_first_and_the_keys_go_on(office):
    page, keys = own(office, 2)
    keys.press("?")
    keys.on(page.locator("#pintasan [data-tutup]"))
    keys.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    before = marked(page)
    keys.press("j")
    assert marked(page) != before


def test_a_key_that_comes_before_the_page_took_the_focus_out_of_the_closed_help_is_not_lost(office):
    page, _keys = own(office, 2)
    before = marked(page)
    page.evaluate(
        "document.querySelector('#pintasan [data-tutup]')"
        ".dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true}))"
    )
    assert marked(page) != before


def test_a_search_and_a_choice_in_a_folded_part_leave_the_focus_where_the_hands_were(office):
    page, keys = own(office, 2)
    page.locator("summary", has_text="Saringan lain").press("Enter")
    page.locator("#f-cari").fill("a")
    keys.turn("Enter")
    keys.on(page.locator("#f-cari"))
    page.locator("summary", has_text="Susunan daftar").press("Enter")
    page.get_by_role("button", name="Simpan susunan").focus()
    keys.turn("Enter")
    keys.on(page.locator("summary", has_text="Susunan daftar"))


def test_a_list_that_may_be_old_says_so_until_the_office_answers_again(office):
    page, _keys = own(office, 2)
    old = page.locator("[data-denyut-putus]")
    expect(old).to_be_hidden()
    page.context.set_offline(True)
    expect(old).to_contain_text("mungkin sudah berubah")
    page.context.set_offline(False)
    expect(old).to_be_hidden()


def test_where_no_row_is_marked_the_first_press_marks_the_first_row(office):
    with office.prepared() as operations:
        for title in ("Label tombol diperjelas", "Syarat diperjelas"):
            release_drafts.begin(title, operations.people["proses"], operations.at)
        processes.deploy(changed(renamed), "Nama langkah baru", operations.at, True, operations.people["proses"])
    person = office.person("proses")
    for address in ("/studio", "/kelola/proses"):
        page = person.go(address)
        keys, rows = Keyboard(page), page.locator("[data-baris]")
        expect(page.locator("[data-baris].terpilih")).to_have_count(0)
        for key, row in (("j", 0), ("j", 1), ("k", 0), ("k", 0)):
            keys.press(key)
            expect(rows.nth(row)).to_have_class("terpilih")
            expect(page.locator("[data-baris].terpilih")).to_have_count(1)


def test_the_inbox_begins_with_a_marked_row_and_the_first_press_goes_to_the_second(office):
    page, keys = own(office, 2)
    rows = page.locator("tr[data-baris]")
    expect(rows.nth(0)).to_have_class("terpilih")
    keys.press("j")
    expect(rows.nth(1)).to_have_class("terpilih")
