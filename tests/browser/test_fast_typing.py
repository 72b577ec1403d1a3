"""Somebody types fast into the editors that draw themselves anew: every letter stays where it fell."""

import json

from tests.browser.test_editors import FORM, LAW, SAVED


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
    page.wait_for_selector(SAVED)
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
    page.wait_for_selector(SAVED)
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
    page.wait_for_selector(SAVED)
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
    page.wait_for_selector(SAVED)
    assert {"name": "bukti_diperiksa", "label": "Bukti diperiksa", "type": "text"} in parts_of(kept(FORM))


def comes(page, true):
    """Whether it becomes true within ten seconds."""
    for _ in range(100):
        if true():
            return True
        page.wait_for_timeout(100)
    return False


def test_options_of_a_choice_are_typed_in_one_go(at, kept):
    page = at("formulir", FORM)
    page.get_by_role("button", name="Tambah isian").first.click()
    page.locator('[data-kata="type"] select').select_option("choice")
    page.get_by_role("button", name="Tambah pilihan").click()
    page.wait_for_timeout(500)  # a hand that goes from the button to the field is slower than the drawing of that field
    page.locator('[data-kata="options"] input').first.focus()
    page.keyboard.press("Control+a")
    for words in ("ya", "Diterima"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.wait_for_selector(SAVED)
    # On a busy machine that may still be the saving of before the last letters.
    assert comes(page, lambda: [["ya", "Diterima"]] in [one.get("options") for one in parts_of(kept(FORM))])
