"""A portal that was down, proposed on a desk and read on a phone: whose terms move, and what happens to time."""

from datetime import datetime

from app.clock import WIB
from tests.app.operations.course import COURSE, along
from tests.app.operations.office import Office as Operations
from tests.browser.conftest import PHONE


def typed(person):
    page = person.go("/kahar/usul")
    page.locator("input[name=dasar][value=a]").check()
    page.get_by_label("Jenis peristiwa").select_option("bencana_alam")
    page.get_by_label("Sejak (WIB)").fill("04/08/2026 09.00")
    page.get_by_label("Sampai (WIB)").fill("06/08/2026 09.00")
    page.get_by_label("Uraian peristiwa").fill("Petir merusak perangkat pusat data kota.")
    page.get_by_label("Bukti").fill("Berita acara 17/BA/2026")
    page.locator("input[name=batas_systems][value=pilih]").check()
    page.locator("input[name=systems][value=daring]").check()
    return page


def test_terms_that_move_stand_under_the_counts_and_fit_a_phone(
    office, furnished, application, present, assert_accessible
):
    with application.app_context():
        Operations(dict(furnished[1]), present.at).open("SIPB")
    present.at = datetime(2026, 8, 7, 9, 0, tzinfo=WIB)
    for login, options in (("kabid", {}), ("kasi", {"viewport": PHONE, "has_touch": True})):
        somebody = office.person(login, reduced_motion="reduce", **options)
        page = typed(somebody)
        somebody.press("Periksa dampaknya")
        somebody.sees("Tenggat pemohon yang bergeser", "Tenggat mengirim rancangan", "Waktu tidak dihitung.")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert_accessible(page)


def test_files_that_are_through_and_clocks_of_steps_stand_in_the_effect_and_fit_a_phone(
    office, furnished, application, present, assert_accessible
):
    with application.app_context():
        working = Operations(dict(furnished[1]), present.at)
        along(working, working.registered("SIPB"), COURSE)
        working.registered("SIPB")
    present.at = datetime(2026, 8, 7, 9, 0, tzinfo=WIB)
    for login, options in (("kabid", {}), ("kasi", {"viewport": PHONE, "has_touch": True})):
        somebody = office.person(login, reduced_motion="reduce", **options)
        page = typed(somebody)
        page.get_by_label("Sejak (WIB)").fill("03/08/2026 09.00")
        page.locator("input[name=batas_systems][value=semua]").check()
        somebody.press("Periksa dampaknya")
        somebody.sees("1 berjalan dari 1, 1 sudah selesai", "Langkah di kantor yang bergeser", "Paraf Kepala Seksi")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert_accessible(page)


def test_the_effect_is_chosen_with_the_keyboard(office, present):
    present.at = datetime(2026, 8, 7, 9, 0, tzinfo=WIB)
    kabid = office.person("kabid")
    page = typed(kabid)
    page.locator("input[name=akibat][value=SUSPEND]").focus()
    page.keyboard.press("ArrowDown")
    kabid.press("Periksa dampaknya")
    kabid.sees("Hanya hari terakhir yang bergeser.")
    assert page.locator("input[name=akibat][value=ROLL_LAST_DAY]").is_checked()
