"""A clerk's morning: twenty applications registered from the keyboard alone, and the focus never lost."""

from playwright.sync_api import expect

TASKS = 20
NOWHERE = "document.activeElement === document.body || document.activeElement === null"
UNJUDGED = """() => [...document.querySelectorAll('form[data-formulir] input[type=radio]')].filter(
  (one) => one.checkVisibility() && ![...document.getElementsByName(one.name)].some((other) => other.checked)).length"""
MOST_TABS = 40
PAUSE = 3  # axe looks at the first tasks of the morning; the pages of the others are the same


class Keyboard:
    """Hands that never leave the keys; after every page the focus must stand somewhere."""

    def __init__(self, page):
        self.page = page

    def press(self, key):
        self.page.keyboard.press(key)

    def turn(self, key):
        """A key that opens the next page."""
        with self.page.expect_navigation():
            self.press(key)
        self.page.wait_for_function(f"!({NOWHERE})", timeout=2_000)

    def on(self, control):
        expect(control).to_be_focused()

    def judge(self):
        """From the title into the form, every paper judged by Space, and out to the decision."""
        self.press("i")
        for _ in range(MOST_TABS):
            if not self.page.evaluate(UNJUDGED):
                break
            self.press("Space")
            self.press("Tab")
        assert not self.page.evaluate(UNJUDGED), "a paper is never reached"
        self.press("Control+Enter")
        self.on(self.page.get_by_role("button", name="Lengkap, daftarkan", exact=True))


def filed(office, number):
    with office.prepared() as operations:
        for _ in range(number):
            operations.do(operations.open("PEN"), "ajukan", "pemohon")


def test_twenty_tasks_are_opened_decided_and_completed_without_a_mouse(office, assert_accessible):
    filed(office, TASKS)
    clerk = office.person("loket")
    page = clerk.go("/kotak-tugas?daftar=kelompok")
    keys = Keyboard(page)
    assert_accessible(page)
    for done in range(TASKS):
        keys.turn("n")
        keys.on(page.get_by_role("heading", level=1))
        if done < PAUSE:
            assert_accessible(page)
        keys.judge()
        keys.turn("Enter")
        expect(page.locator("#kabar")).to_contain_text("langkah ini sudah tercatat")
        if done < PAUSE:
            assert_accessible(page)
    page.goto(f"{office.address}/kotak-tugas?daftar=selesai")
    expect(page.locator("tr[data-baris]")).to_have_count(TASKS)


def test_after_a_completed_task_the_focus_stands_on_the_next_of_ones_own(office):
    filed(office, 3)
    clerk = office.person("loket")
    page = clerk.go("/kotak-tugas?daftar=kelompok")
    keys = Keyboard(page)
    page.locator("th [data-semua]").focus()
    keys.press("Space")
    page.get_by_role("button", name="Ambil yang dipilih").focus()
    keys.turn("Enter")
    page.goto(f"{office.address}/kotak-tugas")
    keys.press("j")
    keys.press("k")
    keys.on(page.locator("tr[data-baris] [data-tuju]").first)
    keys.turn("Enter")
    keys.on(page.locator("#pratinjau a.utama"))
    keys.turn("Enter")
    keys.judge()
    keys.turn("Enter")
    first = page.locator("tr[data-baris] [data-tuju]").first
    keys.on(first)
    assert "langkah ini sudah tercatat" in page.locator(f"#{first.get_attribute('aria-describedby')}").inner_text()
    keys.turn("e")
    keys.judge()
    keys.turn("Enter")
    keys.turn("e")
    keys.judge()
    keys.turn("Enter")
    keys.on(page.locator("#kabar"))


def test_a_press_that_draws_the_page_again_comes_back_to_where_the_hands_were(office):
    filed(office, 1)
    page = office.person("loket").go("/kotak-tugas?daftar=kelompok")
    keys = Keyboard(page)
    permit = page.locator("select[name=izin]")
    permit.focus()
    keys.turn("ArrowDown")
    keys.on(page.locator("select[name=izin]"))
    page.goto(f"{office.address}/kotak-tugas?daftar=kelompok")
    keys.press("j")
    keys.turn("e")
    keys.turn("a")
    keys.on(page.get_by_role("heading", level=1))
    save = page.get_by_role("button", name="Simpan rancangan", exact=True).last
    save.focus()
    keys.turn("Enter")
    keys.on(page.get_by_role("button", name="Simpan rancangan", exact=True).last)
