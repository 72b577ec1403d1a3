"""Somebody types fast into the editors that draw themselves anew: every letter stays where it fell."""

import json
import re
from html import unescape

from tests.browser.test_editors import FORM, LAW, save

BUILDING, PAYING = "forms/teknis_bangunan.json", "processes/retribusi/pembayaran.bpmn"
LEVY = "processes/retribusi/penetapan_retribusi.bpmn"
PLACE = "(all, value) => all.findIndex((one) => one.value === value)"


def test_dates_and_words_typed_with_tab_between_them_take_the_place_of_what_stood_in_the_law(at, kept):
    page = at("hukum", LAW)
    page.locator('[data-jalur="IMB/standards/0/budget"]').focus()
    page.keyboard.press("Control+a")
    for words in ("15 hk", "2026-09-01"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Control+a")  # a field of several lines is entered at its beginning
    page.keyboard.type("Keputusan Wali Kota")
    page.keyboard.press("Tab")
    save(page)
    standard = json.loads(kept(LAW))["IMB"]["standards"][0]
    assert (standard["budget"], standard["valid_from"], standard["basis"]) == (
        "15 hk",
        "2026-09-01",
        "Keputusan Wali Kota",
    )


def test_what_is_deleted_in_the_next_field_of_the_law_leaves_nothing_of_itself(at, kept):
    page = at("hukum", LAW)
    page.locator('[data-jalur="IMB/standards/0/budget"]').fill("15 hk")
    page.locator('[data-jalur="IMB/standards/0/valid_from"]').click()
    for key in ("Control+a", "Delete"):
        page.keyboard.press(key)
    page.keyboard.type("2026-09-01")
    page.keyboard.press("Enter")
    page.keyboard.type("0")  # typed on after the field gave its value away: it counts at the next occasion
    page.keyboard.press("Backspace")
    page.keyboard.press("Tab")
    save(page)
    standard = json.loads(kept(LAW))["IMB"]["standards"][0]
    assert (standard["budget"], standard["valid_from"]) == ("15 hk", "2026-09-01")


def test_several_redraws_while_somebody_types_move_neither_text_nor_caret(at):
    page = at("hukum", LAW)
    name = page.locator('[data-jalur="IMB/name_en"]')
    name.focus()
    page.evaluate("document.activeElement.setSelectionRange(3, 3)")
    for letter in "abcdef":
        page.keyboard.type(letter)
        page.evaluate("ePerizinan.kept.set(['IMB', 'group'], ePerizinan.kept.data().IMB.group + 1)")
        page.wait_for_timeout(20)
    assert name.input_value() == "Buiabcdeflding permit"
    assert page.evaluate("[document.activeElement.dataset.jalur, document.activeElement.selectionStart]") == [
        "IMB/name_en",
        9,
    ]
    assert page.locator('[data-jalur="IMB/group"]').input_value() == "10"


def test_a_tick_that_kept_the_focus_counts_every_time_it_is_turned(at, kept):
    page = at("hukum", LAW)
    first, second = (
        page.locator('[data-jalur="IMB/agencies"] input').nth(0),
        page.locator('[data-jalur="IMB/agencies"] input').nth(1),
    )
    first.focus()
    for _ in range(3):
        page.keyboard.press("Space")
        page.wait_for_timeout(20)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_timeout(20)
    save(page)
    assert not first.is_checked()
    assert not second.is_checked()
    assert json.loads(kept(LAW))["IMB"]["agencies"] == []


def test_undoing_shows_the_old_words_in_the_field_that_has_the_focus(at):
    page = at("hukum", LAW)
    name = page.locator('[data-jalur="IMB/name"]')
    name.fill("Izin Bangunan")
    page.keyboard.press("Enter")
    page.wait_for_timeout(20)
    page.evaluate("ePerizinan.kept.undo()")
    page.wait_for_timeout(20)
    assert name.input_value() == "Izin Mendirikan Bangunan"
    page.keyboard.press("Control+a")
    page.keyboard.type("Izin")
    page.keyboard.press("Control+z")
    assert name.input_value() == "Izin Mendirikan Bangunan"


def parts_of(text):
    """Every object of the form's file, fields within rows among them."""
    found = []
    json.loads(text, object_hook=lambda one: found.append(one) or one)
    return found


def test_a_new_field_of_a_form_gets_exactly_the_names_that_are_typed_one_after_the_other(at, kept):
    page = at("formulir", FORM)
    page.get_by_role("button", name="Tambah isian").first.click()
    page.get_by_label("Sebutan", exact=True).focus()
    page.keyboard.press("Control+a")
    for words in ("Bukti diperiksa", "bukti_diperiksa"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.wait_for_selector('[data-kata="type"] select:focus')
    save(page)
    assert {"name": "bukti_diperiksa", "label": "Bukti diperiksa", "type": "text"} in parts_of(kept(FORM))


def test_options_of_a_choice_are_typed_in_one_go(at, kept):
    page = at("formulir", FORM)
    page.get_by_role("button", name="Tambah isian").first.click()
    page.locator('[data-kata="type"] select').select_option("choice")
    page.get_by_role("button", name="Tambah pilihan").click()
    page.locator('[data-kata="options"] input').first.focus()
    page.keyboard.press("Control+a")
    for words in ("ya", "Diterima"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    save(page)
    assert [["ya", "Diterima"]] in [one.get("options") for one in parts_of(kept(FORM))]


# Keys come before a drawing: all of these reach the page before it can draw itself anew once.
AT_ONCE = """(place, given) => {
  const controls = [...place.querySelectorAll('input,select')];
  for (const [at, value] of given) {
    if (typeof value === 'boolean') controls[at].checked = value;
    else controls[at].value = value;
    controls[at].dispatchEvent(new Event('change', { bubbles: true }));
  }
}"""


def test_decisions_changed_before_the_form_is_drawn_anew_are_all_kept(at, kept):
    page = at("formulir", FORM)
    page.locator('[data-kata="outcomes"]').evaluate(AT_ONCE, [[0, "cocok"], [1, "Cocok semua"], [2, True]])
    save(page)
    first, *_ = json.loads(kept(FORM))["outcomes"]
    assert first == {"value": "cocok", "label": "Cocok semua", "reason": True}


def test_a_condition_of_a_field_changed_before_it_is_drawn_anew_is_kept_whole(at, kept):
    page = at("formulir", BUILDING)
    page.get_by_role("button", name="Tambah isian").last.click()
    shown = page.locator('[data-kata="visible_if"]')
    shown.locator("select").first.select_option("kegiatan_bangunan")
    shown.locator("select").nth(1).wait_for()
    shown.evaluate(AT_ONCE, [[0, "fungsi_bangunan"], [1, "in"]])
    shown.locator("input[type=checkbox]").nth(2).wait_for()
    shown.evaluate(AT_ONCE, [[2, False], [3, True], [4, True]])
    save(page)
    (made,) = [one for one in parts_of(kept(BUILDING)) if one.get("name") == "isian_baru"]
    (asked,) = [one["options"] for one in parts_of(kept(BUILDING)) if one.get("name") == "fungsi_bangunan"]
    assert made["visible_if"] == {"field": "fungsi_bangunan", "in": [asked[1][0], asked[2][0]]}


def test_an_option_that_is_added_is_named_like_none_that_is_there(at, kept):
    page = at("formulir", FORM)
    page.get_by_role("button", name="Tambah isian").first.click()
    page.locator('[data-kata="type"] select').select_option("choice")
    options = page.locator('[data-kata="options"]')
    for count in (2, 4):
        options.get_by_role("button", name="Tambah pilihan").click()
        options.locator("input").nth(count - 1).wait_for()
    options.get_by_role("button", name="Hapus 1").click()
    options.locator("input").nth(2).wait_for(state="detached")
    options.get_by_role("button", name="Tambah pilihan").click()
    options.locator("input").nth(3).wait_for()
    values = options.get_by_label("Nilai").evaluate_all("(all) => all.map((one) => one.value)")
    assert values == ["pilihan_2", "pilihan_3"]


def test_two_ticks_before_the_law_is_drawn_anew_both_count(at, kept):
    page = at("hukum", LAW)
    agencies = page.locator('div[data-jalur="IMB/agencies"]')
    free = agencies.locator("input:not(:checked)")
    codes = [free.nth(one).input_value() for one in range(2)]
    agencies.evaluate(AT_ONCE, [[agencies.locator("input").evaluate_all(PLACE, code), True] for code in codes])
    save(page)
    assert json.loads(kept(LAW))["IMB"]["agencies"] == ["PUPR", "PERKIM", *codes]


def test_two_changes_of_a_condition_before_the_panel_is_drawn_anew_both_count(at, kept):
    page = at("diagram", f"{PAYING}#ke_henti_validasi_dari_pembayaran_sah")
    rows = page.locator(".ep-syarat")
    rows.wait_for(state="attached")
    chosen = "(place) => place.querySelector('select').selectedOptions[0].text"
    assert rows.evaluate(chosen) == "keputusan (Validasi pembayaran)"  # the list is closed: its group is not seen
    rows.evaluate(AT_ONCE, [[1, "!="], [2, "kurang_bayar"]])
    save(page)
    assert 'validasi_bayar.keputusan != "kurang_bayar"' in unescape(kept(PAYING))


def test_two_tasks_ticked_for_separation_before_the_panel_is_drawn_anew_both_count(at, kept):
    page = at("diagram", f"{LEVY}#cek_retribusi")
    tasks = page.locator('[data-entry-id="ep-notSameAs"]')
    tasks.wait_for(state="attached")
    places = tasks.locator("input").evaluate_all("(all) => all.flatMap((one, at) => (one.checked ? [] : [at]))")[:2]
    tasks.evaluate(AT_ONCE, [[place, True] for place in places])
    save(page)
    (named,) = re.findall(r'name="notSameAs" value="([^"]*)"', kept(LEVY))
    assert len(named.split(",")) == 4
