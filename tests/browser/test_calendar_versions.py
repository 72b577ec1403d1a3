"""Versions of the calendar side by side, wide and narrow, with the files that each difference touches."""

from datetime import timedelta

import pytest

from app.operations import calendar_changes
from app.operations.calendar_changes import Change
from app.store import transaction
from tests.browser.conftest import DESK, PHONE


def adopted(working, text, decree):
    """A change of the calendar, proposed by the administrator and adopted by the head of the office."""
    change = calendar_changes.propose(Change(text, decree), working.people["admin"], working.at)
    with transaction() as store:
        revision = store.calendars.revision()
    calendar_changes.adopt(change, revision, working.people["kadis"], working.at)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_versions_side_by_side_fit_the_screen_and_their_files_are_large_enough_to_hit(
    size, office, present, assert_accessible
):
    with office.prepared() as working:
        for _ in range(3):
            working.registered("SIPB")
        first = working.at + timedelta(days=1)
        span = f"{first:%d/%m/%Y};{first + timedelta(days=9):%d/%m/%Y}"
        adopted(working, f"libur;{span};;Cuti bersama", "Surat Edaran Walikota Metro Nomor 100.3.4/1234/2026")
        present.at = working.at + timedelta(minutes=5)
    head = office.person("kadis", viewport=size)
    page = head.go("/kelola/kalender/banding?dari=1")
    assert page.locator("tr", has_text="Cuti bersama").count() >= 1
    files = page.locator("td a[href^='/berkas/']")
    assert files.count() >= 3
    assert all(one.bounding_box()["height"] >= 24 for one in files.all())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
