"""The studio on a desk and on a phone: the list, a draft, a file as text can be read, reached and fit the width."""

import json

import pytest

from app.cli import release_files
from app.operations import draft_files, release_drafts
from tests.browser.conftest import PHONE

FORM = "forms/tindakan.json"
FITS = "document.documentElement.scrollWidth <= innerWidth"
LONG = "Standar waktu surat izin praktik bidan menjadi lima hari kerja sesuai keputusan kepala dinas yang baru"


@pytest.fixture
def plan(office):
    """The address of a draft with a change, a mistake and somebody who asks for the file."""
    with office.prepared() as operations:
        by, at = operations.people["proses"], operations.at
        id = release_drafts.begin(LONG, by, at)
        field = {"name": "apa", "label": "Apa", "type": "tiada"}
        wrong = {"title": "Catat apa yang dilakukan", "sections": [{"title": "Bagian", "fields": [field]}]}
        form = json.loads(release_files()[FORM]) | wrong
        draft_files.save(id, FORM, json.dumps(form, indent=1).encode(), 0, by, at)
        draft_files.ask(id, FORM, operations.people["proses2"], at)
        return f"/studio/{id}"


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["meja", "ponsel"])
def test_drafts_are_accessible_and_fit(office, plan, assert_accessible, viewport):
    person = office.person("proses", viewport=viewport) if viewport else office.person("proses")
    for path, words in (("/studio", LONG), (plan, "menghalangi"), (f"{plan}/berkas?nama={FORM}", "meminta giliran")):
        person.go(path)
        person.sees(words)
        assert person.page.evaluate(FITS), path
        assert_accessible(person.page)


def test_drafts_are_gone_through_by_keyboard(office, plan):
    person = office.person("proses")
    person.go("/studio")
    person.page.keyboard.press("j")
    assert LONG in person.page.locator(":focus").inner_text()
    person.page.keyboard.press("Enter")
    person.page.wait_for_url(f"**{plan}")


def test_a_file_is_changed_and_saved_by_keyboard(office, plan):
    person = office.person("proses")
    person.go(f"{plan}/berkas?nama={FORM}")
    person.page.get_by_label("Isi berkas").focus()
    person.page.keyboard.press("Control+Home")
    person.page.keyboard.type(" ")
    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Enter")
    person.sees("versi 2 dalam rancangan ini")


def test_a_tick_on_the_page_of_a_play_stands_apart_from_its_words(office):
    with office.prepared() as operations:
        plan = release_drafts.begin("Dimainkan saja", operations.people["proses"], operations.at)
    person = office.person("proses")
    person.go(f"/studio/{plan}/main")
    person.page.get_by_label("Izin", exact=True).select_option("SIPB")
    person.press("Mulai bermain")
    person.press("Ajukan permohonan")
    tick = person.page.locator('label.centang:has([name="ganti"])')
    box, words = (tick.locator(one).bounding_box() for one in ("input", "span"))
    assert words["x"] - (box["x"] + box["width"]) >= 6
