"""Working at a desk: without scripts, without a mouse, in two tabs, and with faults in what was typed."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.office import Person

MOST_TABS = 120


def tab_to(page, control):
    """Press Tab until the control has the focus, as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        if control.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never reached {control}")


def test_without_scripts_an_application_is_filed_up_to_its_receipt(office, present):
    applicant = office.person("pemohon", java_script_enabled=False)
    applicant.go("/permohonan/baru")
    applicant.follow("Pilih Surat Izin Praktik Bidan")
    applicant.press("Isi formulir")
    applicant.finish("Ajukan permohonan")
    applicant.sees("Diajukan", "Kode lacak")
    present.later(minutes=10)
    office.person("loket", java_script_enabled=False).do("Periksa kelengkapan", "Lengkap, daftarkan")
    applicant.go("/permohonan")
    applicant.follow("Surat Izin Praktik Bidan", exact=False)
    applicant.sees("Terdaftar", "Tanda Terima Permohonan")
    receipt = applicant.page.locator("a[href*='/surat/']").first.get_attribute("href")
    assert applicant.page.request.get(office.address + receipt).body().startswith(b"%PDF")


def test_the_inbox_and_a_task_are_worked_with_the_keyboard_alone(office):
    with office.prepared() as operations:
        for _ in range(2):
            operations.do(operations.open("PEN"), "ajukan", "pemohon")
    counter = office.person("loket")
    page = counter.go("/kotak-tugas?daftar=kelompok")
    rows = page.locator("tr[data-baris]")
    expect(rows).to_have_count(2)
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_class("terpilih")
    page.keyboard.press("k")
    expect(rows.nth(0)).to_have_class("terpilih")
    with page.expect_navigation():
        page.keyboard.press("e")
    take = page.get_by_role("button", name="Ambil tugas", exact=True)
    tab_to(page, take)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    judged = "one => [...document.getElementsByName(one.name)].some(other => other.checked)"
    for status in page.locator(".formulir input[type=radio][value=ada]").all():
        if status.evaluate(judged):
            continue  # a paper that was not sent is judged already
        tab_to(page, status)
        page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Lengkap, daftarkan", exact=True))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    counter.sees("langkah ini sudah tercatat")
    expect(page.locator("tr[data-baris]")).to_have_count(0)


def test_a_second_tab_is_told_who_finished_the_task(office):
    with office.prepared() as operations:
        operations.do(operations.open("PEN"), "ajukan", "pemohon")
    counter = office.person("loket")
    counter.open_task("Periksa kelengkapan").take()
    other = Person(office, "loket", counter.page.context.new_page())
    other.go(counter.page.url)
    counter.finish("Lengkap, daftarkan")
    with other.page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        other.page.get_by_role("button", name="Lengkap, daftarkan", exact=True).click()
    assert posted.value.status == 409
    other.sees("Dewi Anggraini")


def test_what_was_typed_stays_when_something_is_wrong(office):
    with office.prepared() as operations:
        operations.registered("SIPB")
    verifier = office.person("verifikator")
    page = verifier.open_task("Verifikasi keabsahan").take().page
    verifier.fill_in(catatan="Catatan yang tidak boleh hilang")
    with page.expect_navigation() as posted:  # what was typed is kept first, by a post of its own
        page.get_by_role("button", name="Minta perbaikan", exact=True).click()
    assert posted.value.status == 422
    expect(page.locator(".ringkasan-salah")).to_be_focused()
    expect(page.locator("[name=catatan]")).to_have_value("Catatan yang tidak boleh hilang")
    expect(page.locator("[name='keabsahan.ktp.hasil'][value=sah]")).to_be_checked()
    page.locator(".ringkasan-salah a").first.click()
    expect(page.locator("[aria-invalid=true]").first).to_be_focused()


def test_a_file_that_is_too_large_is_not_sent_and_what_was_typed_stays(office, tmp_path):
    applicant = office.person("pemohon")
    applicant.go("/permohonan/baru")
    applicant.follow("Pilih Surat Keterangan Penelitian")
    applicant.press("Isi formulir")
    page = applicant.page
    page.locator("[name=perihal]").fill("Belum tersimpan")
    sent = []
    page.on("request", lambda one: sent.append(one) if "unggah" in (one.post_data or "") else None)
    chosen = page.locator("input[type=file]").first
    large = tmp_path / "denah.pdf"
    large.write_bytes(bytes(26 * 1024 * 1024))
    chosen.set_input_files(large)
    expect(page.locator("[role=alert]").first).to_contain_text("belum dikirim")
    expect(page.locator("[name=perihal]")).to_have_value("Belum tersimpan")
    assert chosen.evaluate("one => one.files.length") == 0
    assert sent == []


def test_on_a_phone_tasks_are_chosen_and_taken_together(office, assert_accessible):
    with office.prepared() as operations:
        for _ in range(3):
            operations.do(operations.open("PEN"), "ajukan", "pemohon")
    counter = office.person("loket", viewport=PHONE)
    page = counter.go("/kotak-tugas?daftar=kelompok")
    boxes = page.locator("[data-pilih]")
    expect(boxes).to_have_count(3)
    for box in boxes.all():
        expect(box).to_be_visible()
        size = box.bounding_box()
        assert min(size["width"], size["height"]) >= 24, "a finger hits it"
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("label", has_text="Pilih semua").click()
    boxes.nth(2).uncheck()
    with page.expect_navigation():
        page.get_by_role("button", name="Ambil yang dipilih").click()
    counter.sees("2 tugas diproses.")
    expect(counter.go("/kotak-tugas?daftar=kelompok").locator("[data-pilih]")).to_have_count(1)


def test_a_card_on_paper_holds_what_the_screen_folds_without_scripts_too(office):
    with office.prepared() as operations:
        case_id = operations.registered("SIPB")
    for login, scripts in (("kasi", True), ("kabid", False)):
        page = office.person(login, java_script_enabled=scripts).go(f"/berkas/{case_id}")
        folded = page.locator("details[data-buka-cetak]")
        assert folded.count() > 1
        seen = "all => all.map(one => one.querySelector(':scope > :not(summary)').checkVisibility())"
        assert set(folded.evaluate_all(seen)) == {False}
        page.emulate_media(media="print")
        assert set(folded.evaluate_all(seen)) == {True}
