"""Tables, forms, letters and the law's data are changed in a real browser: seen, checked, saved, undone."""

import json

import pytest

from app.cli import release_files
from app.operations import draft_files
from app.operations.demo.staff import DOMAIN, PASSWORD
from tests.browser.conftest import PHONE
from tests.conftest import NAME

TABLE, FORM = "processes/bersama/usul_jalur.dmn", "forms/verifikasi_keabsahan.json"
LETTER, LAW = "processes/letters/skrd.typ", "processes/catalogue/permits.json"
SAVED, CHECKED = '[data-keadaan="tersimpan"]', 'html[data-diperiksa="sudah"]'


def save(page):
    """At once, by the key people know for it, not after the pause in which the page saves by itself."""
    page.keyboard.press("Control+s")
    page.wait_for_selector(SAVED)


def test_a_form_is_changed_beside_what_people_will_see_and_undone(at, kept):
    page = at("formulir", FORM)
    page.locator(".ep-susunan").get_by_role("button", name="Bukti verifikasi").first.click()
    page.get_by_label("Sebutan", exact=True).fill("Tangkapan layar sumbernya")
    page.keyboard.press("Tab")
    page.locator("[data-pratinjau]").get_by_text("Tangkapan layar sumbernya").first.wait_for()
    page.get_by_role("button", name="Tambah isian").first.click()
    page.get_by_label("Nama dalam data").fill("nomor_agenda")
    page.keyboard.press("Tab")
    page.wait_for_selector(SAVED)
    fields = [one for section in json.loads(kept(FORM))["sections"] for one in section["fields"]]
    assert "Tangkapan layar sumbernya" in {one["label"] for one in fields}
    assert '"nomor_agenda"' in kept(FORM)
    for _ in range(3):
        page.get_by_role("button", name="Urungkan").click()
    page.wait_for_selector('[data-keadaan="diubah"]')
    page.wait_for_selector(SAVED)
    assert "Tangkapan layar sumbernya" not in kept(FORM)
    assert "nomor_agenda" not in kept(FORM)


def test_who_takes_an_outcome_out_of_a_form_sees_the_diagrams_that_ask_for_it(at):
    page = at("formulir", "forms/cek_retribusi.json")
    beyond = page.locator("[data-di-luar]")
    assert not beyond.is_visible()
    outcomes = page.locator('[data-kata="outcomes"]')
    outcomes.get_by_role("button", name="Hapus 1").click()
    beyond.get_by_text("Di berkas lain karena ubahan ini").wait_for()
    link = beyond.get_by_role("link", name="Perhitungan dan penetapan retribusi")
    assert "diagram?nama=processes/retribusi/penetapan_retribusi.bpmn" in link.first.get_attribute("href")
    page.get_by_role("button", name="Urungkan").click()
    beyond.wait_for(state="hidden")


def test_parts_of_a_form_keep_their_words_whole_beside_their_tools(at):
    page = at("formulir", FORM)
    page.locator(".ep-susunan").get_by_role("button", name="Bukti verifikasi").first.click()
    chosen = page.locator(".ep-susunan .ep-baris").filter(has=page.locator("[aria-pressed=true]"))
    assert chosen.locator("[aria-pressed=true]").bounding_box()["width"] > 120
    picture = chosen.get_by_role("button", name="Gandakan").locator("svg use")
    drawn = "async (use) => (await (await fetch(use.href.baseVal.split('#')[0])).text()).includes(`id=\"ganda\"`)"
    assert picture.evaluate("(use) => use.href.baseVal").endswith("#ganda")
    assert picture.evaluate(drawn)


def test_a_save_that_changes_nothing_of_a_table_gives_back_the_file_letter_by_letter(at):
    assert at("tabel", TABLE).evaluate("ePerizinan.text()") == release_files()[TABLE].decode()


def test_a_mark_stands_outside_the_element_it_is_about(office, at, plan):
    path = "processes/bersama/verifikasi.bpmn"
    with office.prepared() as operations:
        content = release_files()[path].replace(b'value="verifikasi_keabsahan"', b'value=""')
        draft_files.save(plan, path, content, 0, operations.people["proses"], operations.at)
    page = at("diagram", path)
    mark = page.locator(".ep-tanda").first
    mark.wait_for()
    shape = page.locator('[data-element-id="verifikasi_keabsahan"] .djs-visual > rect').first.bounding_box()
    assert mark.bounding_box()["y"] + mark.bounding_box()["height"] <= shape["y"] + 1


def test_whoever_reads_a_form_that_another_holds_is_offered_nothing_to_add_or_drop(office, at, plan):
    at("formulir", FORM)
    reader = office.person("proses2")
    reader.go(f"/studio/{plan}/formulir?nama={FORM}")
    reader.page.wait_for_selector("html[data-ready]")
    tree, sheet = reader.page.locator(".ep-susunan"), reader.page.locator("[data-sifat]")
    assert tree.locator(".ep-baris").count() > 2
    assert "null" not in tree.inner_text()
    assert sheet.locator("input").count() > 2
    for place in (tree, sheet):
        assert place.get_by_role("button", name="Hapus").count() == 0
        assert place.get_by_role("button", name="Tambah").count() == 0


def test_a_form_that_contradicts_itself_is_told_and_leads_to_its_field(at):
    page = at("formulir", FORM)
    page.locator(".ep-susunan").get_by_role("button", name="Bukti verifikasi").first.click()
    page.get_by_label("Nama dalam data").fill("keabsahan")
    page.keyboard.press("Tab")
    told = page.locator("[data-masalah] li").filter(has_text="dipakai dua kali")
    told.wait_for()
    told.get_by_role("button").click()
    page.locator(".ep-susunan [aria-pressed=true]").filter(has_text="Persyaratan").wait_for()


def test_a_row_of_a_table_that_hides_those_after_it_is_marked(at, kept):
    page = at("tabel", TABLE)
    page.locator("td.input-cell").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("-")
    last = page.locator("tbody tr").first.locator("td.input-cell").last
    last.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("-")
    page.locator("td.output-cell").first.click()
    page.locator('[data-masalah] li[data-kode="table-overlap"]').first.wait_for()
    page.wait_for_selector(SAVED)
    row = page.locator('[data-masalah] li[data-kode="table-overlap"]').first.get_attribute("data-elemen")
    colour = 'getComputedStyle(document.querySelector(`[data-row-id="${id}"]`)).backgroundColor'
    assert page.evaluate(f"(id) => {colour}", row) == "rgb(251, 230, 230)"
    word = 'getComputedStyle(document.querySelector(`td.rule-index[data-row-id="${id}"]`), "::after").content'
    assert page.evaluate(f"(id) => {word}", row) == '"tumpang tindih"'
    assert '"perpanjangan"' not in kept(TABLE).partition("</rule>")[0]


def cell(page, row, column):
    return page.locator("tbody tr").nth(row).locator("td.input-cell, td.output-cell").nth(column)


def write(page, place, words):
    place.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def test_what_no_row_answers_is_named_below_the_table_and_gets_a_row(at, kept):
    page = at("tabel", TABLE)
    write(page, cell(page, 4, 0), "true")
    write(page, cell(page, 4, 1), "true")
    page.locator("td.output-cell").first.click()
    gap = page.locator(".ep-celah-baris")
    gap.get_by_text("tidak menjawab untuk").wait_for()
    assert gap.locator(".lencana").inner_text() == "celah"
    page.wait_for_selector(CHECKED)
    rows = page.locator("td.rule-index").count()
    assert "Izin ini perlu tinjauan lapangan = tidak, Izin ini perlu kajian teknis = tidak" in gap.inner_text()
    gap.get_by_role("button", name="Tambah baris untuk ini").click()
    page.locator("td.rule-index").nth(rows).wait_for()
    told = page.locator('[data-masalah] li[data-kode="table-row"]').get_by_text(
        "jawaban ‹Jalur yang diusulkan› belum diisi"
    )
    told.wait_for()
    assert "baris lain menjawab" in told.inner_text()
    assert page.evaluate("document.activeElement.closest('td.output-cell') !== null"), "the answer is written next"
    page.get_by_role("button", name="Urungkan").click()
    page.locator("td.rule-index").nth(rows).wait_for(state="detached")
    page.get_by_role("button", name="Ulangi").click()
    page.locator("td.rule-index").nth(rows).wait_for()
    write(page, cell(page, rows, 4), '"langsung"')
    page.locator("td.output-cell").first.click()
    page.wait_for_selector(SAVED)
    assert "false" in kept(TABLE).rpartition("<rule")[2]


def test_rows_that_answer_together_are_named_with_their_columns_and_mended_in_the_table(at, kept):
    page = at("tabel", TABLE)
    page.locator(".hit-policy .dms-input").click()
    page.get_by_text("Satu baris saja", exact=True).click()
    told = page.locator('[data-masalah] li[data-kode="table-overlap"]')
    told.first.wait_for()
    assert "cocok bersamaan dengan baris 1" in told.first.inner_text()
    assert "Izin ini perlu tinjauan lapangan = ya" in told.first.inner_text()
    assert "Baris pertama" in told.first.inner_text()
    page.locator(".hit-policy .dms-input").click()
    page.get_by_text("Baris pertama", exact=True).last.click()
    told.first.wait_for(state="detached")
    page.wait_for_selector(SAVED)
    assert 'hitPolicy="FIRST"' in kept(TABLE)


def test_what_no_row_answers_is_told_in_english_to_whoever_reads_english(at, cluster):
    cluster.database(NAME).ask("update people set language = 'en'")
    page = at("tabel", TABLE)
    write(page, cell(page, 4, 0), "true")
    write(page, cell(page, 4, 1), "true")
    page.locator("td.output-cell").first.click()
    told = page.locator(".ep-celah-baris").get_by_text("Table Usul jalur pemeriksaan has no answer for")
    told.wait_for()
    assert told.get_attribute("lang") == "en"
    listed = page.locator('[data-masalah] li[data-kode="table-gap"] [lang]')
    assert "Add rows, or a last row with '-' in all columns" in listed.inner_text()
    assert listed.get_attribute("lang") == "en"


def test_a_word_that_nobody_offers_is_marked_at_its_cell_and_led_to(at):
    page = at("tabel", TABLE)
    write(page, cell(page, 0, 3), '"perpanjangn"')
    page.locator("td.output-cell").first.click()
    told = page.locator('[data-masalah] li[data-kode="unknown-word"]')
    told.wait_for()
    assert "perpanjangan" in told.inner_text()
    outlined = 'getComputedStyle(document.querySelector(`td[data-element-id="m_1_4"]`)).outlineStyle'
    assert page.evaluate(outlined) == "solid"
    told.get_by_role("button").first.click()
    assert page.evaluate('document.activeElement.closest("td")?.dataset.elementId') == "m_1_4"


def test_undoing_takes_back_what_was_typed_into_a_cell_at_once(at):
    page = at("tabel", TABLE)
    write(page, cell(page, 0, 3), '"baru"')
    page.wait_for_timeout(400)  # longer than a pause between two letters counts as typing on
    page.keyboard.type(', "perpanjangan"')
    write(page, cell(page, 0, 4), '"tinjauan"')
    text = "(id) => document.querySelector(`td[data-element-id='${id}'] [contenteditable]`).innerText.trim()"
    page.get_by_role("button", name="Urungkan").click()
    assert page.evaluate(text, "k_1") == '"kajian"'
    assert page.evaluate(text, "m_1_4") == '"baru", "perpanjangan"'
    page.get_by_role("button", name="Urungkan").click()
    assert page.evaluate(text, "m_1_4") == '"perpanjangan"'
    page.get_by_role("button", name="Ulangi").click()
    assert page.evaluate(text, "m_1_4") == '"baru", "perpanjangan"'


def test_no_word_of_the_table_and_its_menus_is_english(at):
    page = at("tabel", TABLE)
    for place in ("td.input-cell", "td.output-cell", "th.input-cell", "th.output-cell", "td.rule-index"):
        page.locator(place).first.click(button="right")
        page.wait_for_timeout(200)
        page.keyboard.press("Escape")
    for place in ("th.input-cell", "th.output-cell", ".hit-policy"):
        page.locator(place).first.dblclick()
        page.wait_for_timeout(200)
        page.keyboard.press("Escape")
    assert page.evaluate("[...ePerizinan.missing]") == []
    assert "Baris pertama" in page.locator(".hit-policy").inner_text()


def test_a_letter_is_set_while_it_is_written_and_its_fault_is_told_with_its_line(at, kept):
    page = at("surat", LETTER)
    assert "skrd.typ" not in page.locator("h1").inner_text()
    pages = page.locator("[data-halaman]")
    assert pages.locator("img").count() >= 1
    seen = pages.get_attribute("data-terlihat")
    area = page.get_by_label("Templat surat")
    whole = area.input_value()
    area.fill(whole.replace("Surat Ketetapan Retribusi Daerah (SKRD)", "Ketetapan Retribusi"))
    page.wait_for_selector(f'[data-halaman]:not([data-terlihat="{seen}"])')
    save(page)
    assert "Ketetapan Retribusi" in kept(LETTER)
    area.fill(whole + "\nNama: #pemhon.nama\n")
    told = page.locator('[data-masalah] li[data-kode="letter"]')
    told.wait_for()
    line = len(whole.split("\n")) + 1
    assert "Surat tidak dapat dibuat: tidak ada isian pemhon; mungkin pemohon" in told.inner_text()
    assert f"(baris {line})" in told.inner_text()
    told.get_by_role("button").click()
    chosen = "((one) => one.value.slice(one.selectionStart, one.selectionEnd))(document.activeElement)"
    assert page.evaluate(chosen) == "Nama: #pemhon.nama"
    assert pages.locator("img").count() >= 1


def test_a_new_version_of_a_standard_is_written_in_a_page(at, kept):
    page = at("hukum", LAW)
    page.get_by_label("Saring").fill("bidan")
    page.locator('[data-kunci="SIPB"]').click()
    standards = page.locator('[data-jalur="SIPB/standards"]')
    before = len(json.loads(kept(LAW))["SIPB"]["standards"])
    standards.get_by_role("button", name="Tambah, seperti yang terakhir").click()
    page.locator(f'[data-jalur="SIPB/standards/{before}/valid_from"]').fill("2027-01-01")
    page.keyboard.press("Tab")
    page.locator(f'[data-jalur="SIPB/standards/{before}/budget"]').fill("5 hk")
    page.keyboard.press("Tab")
    save(page)
    found = json.loads(kept(LAW))["SIPB"]["standards"]
    assert len(found) == before + 1
    assert (found[-1]["budget"], found[-1]["valid_from"]) == ("5 hk", "2027-01-01")
    page.locator(f'[data-jalur="SIPB/standards/{before}/budget"]').fill("lima")
    page.keyboard.press("Tab")
    page.locator("[data-masalah] li").filter(has_text="lima").wait_for()


def test_whoever_adds_a_version_by_the_keyboard_stays_on_the_button_and_removes_nothing(at, kept):
    page = at("hukum", LAW)
    page.get_by_label("Saring").fill("bangunan")
    page.locator('[data-kunci="IMB"]').click()
    limits = page.locator('[data-jalur="IMB/legal_limits"]')
    assert len(json.loads(kept(LAW))["IMB"]["legal_limits"]) == 1
    limits.get_by_role("button", name="Tambah, seperti yang terakhir").focus()
    for number in (2, 3):
        page.keyboard.press("Enter")
        page.locator(f'[data-jalur="IMB/legal_limits/{number - 1}/budget"]').wait_for()
        assert page.evaluate("document.activeElement.textContent") == "Tambah, seperti yang terakhir"
    save(page)
    assert len(json.loads(kept(LAW))["IMB"]["legal_limits"]) == 3


def test_one_problem_is_counted_otherwise_than_several_in_the_editor(office, at, plan):
    path = "processes/bersama/verifikasi.bpmn"
    with office.prepared() as operations:
        content = release_files()[path].replace(b'value="verifikasi_keabsahan"', b'value=""')
        draft_files.save(plan, path, content, 0, operations.people["proses"], operations.at)
    person = office.person("proses")
    person.go("/akun")
    person.page.locator('form[action$="/bahasa"] button[value="en"]').first.evaluate("(button) => button.click()")
    person.page.wait_for_selector("html[lang=en]")
    page = at("diagram", path)
    head = page.locator("[data-masalah-jumlah]")
    page.locator(".ep-tanda").first.wait_for()
    counted = page.locator("[data-masalah] li").count()
    wrong = page.locator("[data-masalah] li .lencana.lewat").count()
    plural = "" if counted - wrong == 1 else "s"
    assert head.inner_text() == f"Problems: {wrong} in the way, {counted - wrong} warning{plural}"
    said = page.evaluate("JSON.parse(document.querySelector('#bekal').textContent).said")
    assert said["peringatan"] == ["%n warning", "%n warnings"]


def test_without_a_network_what_is_written_stays_and_is_saved_later(at, kept):
    page = at("surat", LETTER)
    page.context.set_offline(True)
    area = page.get_by_label("Templat surat")
    area.fill(area.input_value().replace("SKRD", "SKRD baru", 1))
    page.wait_for_selector('[data-keadaan="terputus"]')
    assert "SKRD baru" in area.input_value()
    assert "SKRD baru" not in kept(LETTER)
    page.context.set_offline(False)
    page.wait_for_selector(SAVED)
    assert "SKRD baru" in kept(LETTER)


def test_whoever_logs_out_and_in_in_another_tab_goes_on_where_he_was(at, kept, office):
    page = at("surat", LETTER)
    other = page.context.new_page()
    other.goto(office.address + "/akun")
    other.locator("details.orang summary").click()
    other.get_by_role("button", name="Keluar").click()
    area = page.get_by_label("Templat surat")
    area.fill(area.input_value().replace("SKRD", "SKRD lama", 1))
    page.get_by_role("alert").get_by_text("Anda sudah keluar").wait_for()
    assert "SKRD lama" not in kept(LETTER)
    other.goto(office.address + "/masuk")
    other.get_by_label("Surel", exact=False).fill(f"proses@{DOMAIN}")
    other.get_by_label("Kata sandi", exact=False).first.fill(PASSWORD)
    other.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_selector(SAVED, timeout=30_000)
    assert "SKRD lama" in kept(LETTER)


def test_a_click_and_the_tab_key_count_right_after_something_was_typed(at):
    page = at("hukum", LAW)
    page.locator('[data-jalur="IMB/name"]').fill("Izin Mendirikan Bangunan Gedung")
    box = page.locator('[data-jalur="IMB/active"]').bounding_box()
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    page.wait_for_selector('[data-jalur="IMB/active"]:not(:checked)')
    page.wait_for_selector(SAVED)  # drawn anew by then; nobody types within the same thousandth of a second
    page.locator('[data-jalur="IMB/name"]').fill("Izin Bangunan")
    page.keyboard.press("Tab")
    page.wait_for_selector(SAVED)
    page.wait_for_selector('[data-jalur="IMB/name_en"]:focus')
    page.locator('[data-jalur="IMB/group"]').fill("4x")
    page.keyboard.press("Tab")
    page.locator("[data-masalah] li").filter(has_text="group").wait_for()
    page.locator('[data-jalur="IMB/group"]').fill("4")
    page.keyboard.press("Tab")
    page.locator("[data-masalah] li").filter(has_text="group").wait_for(state="detached")


LINES = """() => [...document.querySelectorAll("[data-pratinjau] .isian-satuan > .redup")].map((one) => {
  const words = document.createRange();
  words.selectNodeContents(one);
  return [one.textContent, words.getClientRects().length];
})"""


@pytest.mark.parametrize("path", ["forms/bayar.json", "forms/cek_retribusi.json"])
def test_a_unit_of_one_word_is_never_broken_in_the_preview(at, path):
    page = at("formulir", path)
    page.locator("[data-pratinjau] .isian-satuan").first.wait_for()
    found = page.evaluate(LINES)
    assert "rupiah" in [unit for unit, _lines in found]
    assert {lines for unit, lines in found if " " not in unit} == {1}


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["meja", "ponsel"])
def test_the_row_for_a_new_code_stands_whole_at_the_foot_of_its_card(office, plan, viewport):
    person = office.person("proses", viewport=viewport) if viewport else office.person("proses")
    person.go(f"/studio/{plan}/hukum?nama={LAW}")
    person.page.wait_for_selector("html[data-ready]")
    row, card = person.page.locator(".ep-baru"), person.page.locator("[data-kanvas]").bounding_box()
    for part in (row.locator("input"), row.locator("button")):
        box = part.bounding_box()
        assert box["y"] + box["height"] + 8 <= card["y"] + card["height"]
        assert box["x"] + box["width"] <= card["x"] + card["width"] - 8
    assert row.locator("input").bounding_box()["width"] > (270 if viewport else 150)


def test_the_lists_of_the_form_builder_are_in_words_of_the_office(at):
    page = at("formulir", FORM)
    page.locator(".ep-susunan").get_by_role("button", name="Catatan teks *").first.click()
    page.locator('[data-kata="pattern"]').wait_for()
    shown = {
        word: page.locator(f'[data-kata="{word}"] option').all_inner_texts()
        for word in ("pattern", "prefill", "control", "width")
    }
    assert {"nomor kendaraan", "nomor bukti bayar bank"} <= set(shown["pattern"])
    assert "nama pemohon" in shown["prefill"]
    assert not [one for some in shown.values() for one in some if "_" in one or "." in one]
    page.locator(".ep-susunan").get_by_role("button", name="Persyaratan").first.click()
    assert not [one for one in page.locator('[data-kata="rows_from"] option').all_inner_texts() if "_" in one]
