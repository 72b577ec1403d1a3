"""No page of any role breaks a rule of accessibility: light and dark, folded out, wide and narrow."""

import pytest
from lxml import html

from tests.browser.conftest import PHONE
from tests.browser.rooms import ROOMS, logins, looked_up

UNFOLD = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
NARROW = {
    "pemohon": ("permohonan", "berkas", "tugas"),
    "verifikator": ("kotak", "tugas", "kartu"),
    "sekretaris": ("laporan", "angka-laporan", "satu-laporan"),
    "": ("beranda",),
}


@pytest.fixture
def somebody(lively):
    """`somebody(login, **options)` at the demonstration office; and what the addresses stand for."""
    known, units = looked_up(lively)
    names = logins(units)
    lively.known = known
    return lambda login, **options: (
        lively.person(names.get(login, login), reduced_motion="reduce", **options)
        if login
        else lively.visitor(reduced_motion="reduce", **options)
    )


def looks(text):
    """What kinds of elements stand in the main part: two pages that agree in it can break the same rules only."""
    main = html.fromstring(text).find(".//main")
    return {
        (one.tag, one.get("class"), one.get("role"), one.get("type"), one.getparent().tag)
        for one in main.iter()
        if isinstance(one.tag, str)
    }


def colours(text):
    """What the colours of a page come from: each element's words for the style sheet, and of what it stands in."""
    words = ("class", "role", "type", "disabled", "aria-current", "aria-selected", "aria-invalid", "aria-busy")
    near = {None: ()}
    for one in html.fromstring(text).iter():
        if isinstance(one.tag, str):
            near[one] = ((one.tag, *map(one.get, words)), *near[one.getparent()][:2])
    return {*near.values()} - {()}


DARKENED = set()  # what was seen in the dark


def look(page, assert_accessible):
    """Folded out, in the light, and as a system in the dark shows it: that only if something was not seen in it yet."""
    if page.locator("[data-diagram]").count():
        page.wait_for_selector("[data-diagram][data-ready]")
    if page.locator("[data-studio]").count():
        page.wait_for_selector("html[data-ready]")
    page.evaluate(UNFOLD)
    assert_accessible(page)
    shown = colours(page.content())
    if not shown <= DARKENED:
        page.emulate_media(color_scheme="dark")
        assert_accessible(page, recoloured=True)
        page.emulate_media(color_scheme="light")
        DARKENED.update(shown)


@pytest.mark.parametrize("login", ROOMS, ids=lambda login: login or "pengunjung")
def test_every_page_of_a_role_is_accessible_in_light_and_dark(login, lively, somebody, assert_accessible):
    person = somebody(login)
    for address in ROOMS[login].values():
        page = person.go(address.format(**lively.known))
        assert page.locator("section.galat").count() == 0, address
        look(page, assert_accessible)


@pytest.mark.parametrize("login", NARROW, ids=lambda login: login or "pengunjung")
def test_pages_are_accessible_on_a_phone_and_fit_its_width(login, lively, somebody, assert_accessible):
    person = somebody(login, viewport=PHONE, has_touch=True)
    for name, address in ROOMS[login].items():
        page = person.go(address.format(**lively.known))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        if name in NARROW[login]:
            look(page, assert_accessible)


def test_the_help_over_the_inbox_and_the_menu_of_the_account_are_accessible(somebody, assert_accessible):
    page = somebody("verifikator").go("/kotak-tugas?daftar=kelompok")
    page.locator("details.orang summary").click()
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.locator("main h1").click()
    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()
    look(page, assert_accessible)


@pytest.mark.parametrize("login", ["pengolahan", "kasi"])
def test_the_open_menu_of_the_account_leaves_no_room_half_covered_on_a_phone(login, somebody, assert_accessible):
    page = somebody(login, viewport=PHONE, has_touch=True).go("/kotak-tugas")
    page.locator("details.orang summary").click()
    assert_accessible(page)


def test_pages_that_are_not_there_are_accessible(somebody, assert_accessible):
    for login in ("", "pemohon", "verifikator"):
        look(somebody(login).go("/tidak-ada"), assert_accessible)
