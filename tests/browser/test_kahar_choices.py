"""One event or another, a premature end, another effect: chosen on a desk, read on a phone, gone back to."""

from datetime import timedelta

from tests.app.operations.test_force_majeure import declare, proposal
from tests.browser.conftest import PHONE
from tests.browser.test_kahar_journey import established, proposed

UNFOLD = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
FITS = "document.documentElement.scrollWidth <= innerWidth"


def first_event(office, present):
    """A disaster of the whole office that ended on Wednesday, established on Friday; its address."""
    with office.prepared() as operations:
        operations.registered("SIPB")
        operations.at = operations.at.replace(day=7, hour=8)
        since = operations.at - timedelta(days=3)
        id = declare(operations, proposal(since, since + timedelta(days=1)), "001/KEP")
        present.at = operations.at
    return f"/kahar/{id}"


def test_going_back_from_a_proposal_to_its_effect_asks_for_nothing_to_be_sent_again(office, present):
    present.on("2026-08-07 09:00")
    kabid = proposed(office, present)
    kabid.sees("Langkah 2 dari 3")
    kabid.page.reload()
    kabid.sees("Langkah 2 dari 3", "Belum ada yang berubah")
    kabid.press("Ajukan ke Kepala Dinas")
    kabid.sees("menunggu penetapan")
    kabid.page.go_back()
    kabid.sees("sudah diajukan atau dibuang")


def test_whoever_declares_what_meets_another_declaration_says_whether_it_is_the_same_event(
    office, present, assert_accessible
):
    first = first_event(office, present)
    present.on("2026-08-07 09:00")
    same = proposed(office, present)
    same.page.get_by_label("Peristiwa yang sama dengan KAHAR-2026-001").check()
    same.press("Ajukan ke Kepala Dinas")
    assert same.page.url.endswith("#koreksi")
    assert f"{first}?draf=" in same.page.url
    same.sees("Anda di sini karena yang Anda tulis adalah peristiwa yang sama dengan KAHAR-2026-001")
    assert same.page.locator("[name=sejak_koreksi]").is_visible()
    assert_accessible(same.page)
    same.page.set_viewport_size(PHONE)
    assert same.page.evaluate(FITS)
    kabid = proposed(office, present)
    kabid.sees("peristiwa yang sama atau lain?")
    kabid.press("Ajukan ke Kepala Dinas")
    kabid.sees("katakan apakah ini peristiwa lain")
    assert_accessible(kabid.page)
    assert not kabid.page.get_by_label("Mengapa ini peristiwa lain").is_visible()
    kabid.page.get_by_label("Peristiwa lain; waktu yang sama").check()
    kabid.page.get_by_label("Mengapa ini peristiwa lain").fill("Gangguan kedua di gardu yang lain")
    kabid.page.set_viewport_size(PHONE)
    assert kabid.page.evaluate(FITS)
    kabid.press("Ajukan ke Kepala Dinas")
    kabid.sees("menunggu penetapan", "Gangguan kedua di gardu yang lain", "KAHAR-2026-001")


def test_a_premature_end_and_another_effect_are_corrected_and_the_history_says_old_and_new(
    office, present, assert_accessible
):
    address = first_event(office, present)
    kabid = office.person("kabid")
    page = kabid.go(address)
    page.evaluate(UNFOLD)
    assert_accessible(page)
    kabid.page.get_by_label("Ternyata masih berlangsung").check()
    kabid.page.get_by_label("Hanya hari terakhir yang bergeser").check()
    kabid.page.get_by_label("Jenis peristiwa").select_option("kebakaran")
    kabid.page.get_by_label("Dasar koreksi").fill("Berita acara kedua menyebut hal lain")
    kabid.press("Periksa dampak koreksi")
    kabid.sees("Belum ada yang berubah", "Bencana alam", "Kebakaran")
    assert_accessible(kabid.page)
    kabid.page.reload()
    kabid.press("Ajukan ke Kepala Dinas")
    kabid.sees("Perubahan menunggu penetapan", "Bencana alam", "Kebakaran", "belum pulih")
    present.later(minutes=10)
    head = established(office, kabid.page.url)
    page = office.person("pengawas", viewport=PHONE, has_touch=True).go(address)
    assert page.evaluate(FITS)
    assert_accessible(page)
    head.sees("Hanya hari terakhir yang bergeser", "001/KEP/DPMPTSP/2026")


def test_the_account_of_an_event_is_corrected_and_the_second_person_reads_old_and_new(
    office, present, assert_accessible
):
    first = first_event(office, present)
    present.on("2026-08-07 09:00")
    kabid = office.person("kabid")
    kabid.go(first)
    kabid.page.evaluate(UNFOLD)
    account = kabid.page.get_by_label("Uraian peristiwa")
    assert "Petir merusak" in account.input_value()
    account.fill("Angin kencang merobohkan tiang listrik di depan kantor.")
    kabid.page.get_by_label("Bukti", exact=False).last.fill("Berita acara PLN nomor 12\nFoto tiang")
    kabid.page.get_by_label("Dasar koreksi").fill("Berita acara PLN menyebut sebab yang lain")
    kabid.press("Periksa dampak koreksi")
    kabid.sees("Tidak ada jam yang berubah", "Berita acara PLN nomor 12; Foto tiang", "belum ada yang diusulkan")
    assert_accessible(kabid.page)
    kabid.page.set_viewport_size(PHONE)
    assert kabid.page.evaluate(FITS)
    kabid.press("Ajukan ke Kepala Dinas")
    kadis = office.person("kadis")
    kadis.go(first)
    kadis.sees("Petir merusak", "Angin kencang merobohkan", "Tidak ada jam yang berubah")
    assert_accessible(kadis.page)
    kadis.press("Tetapkan sekarang")
    kadis.sees("Angin kencang merobohkan", "SK Perubahan Keadaan Kahar")
