"""A disaster declared days after it began, over running files, through the pages of two officials and an applicant."""

from datetime import timedelta

from app.operations import background
from tests.app.operations.course import COURSE, along
from tests.app.operations.test_force_majeure import declare, promise, proposal, undo
from tests.browser.conftest import PHONE
from tests.browser.stocked import declared
from tests.browser.test_journeys import filed, promise_on

DECREE, RECOVERY = "001/KEP/DPMPTSP/2026", "001/BA-PULIH/DPMPTSP/2026"


def proposed(office, present):
    """The Kabid proposes on Friday what began on Tuesday; the effect is shown before anything is saved."""
    kabid = office.person("kabid")
    kabid.go("/kahar/usul")
    kabid.page.locator("input[name=dasar][value=a]").check()
    kabid.page.get_by_label("Jenis peristiwa").select_option("bencana_alam")
    kabid.page.get_by_label("Sejak (WIB)").fill("04/08/2026 09.00")
    kabid.page.get_by_label("Uraian peristiwa").fill("Petir merusak perangkat pusat data kota.")
    kabid.page.get_by_label("Bukti").fill("Berita acara 17/BA/2026")
    kabid.press("Periksa dampaknya")
    return kabid


def established(office, declaration):
    """The head of the office, another person than the proposer, establishes it; its number comes from the register."""
    head = office.person("kadis")
    head.go(declaration)
    head.press("Tetapkan sekarang")
    head.sees("Ditetapkan.")
    return head


def promised_of(office, case_id):
    applicant = office.person("pemohon")
    applicant.go(f"/permohonan/{case_id}")
    return promise_on(applicant)


def test_a_disaster_declared_days_later_moves_the_promises_of_running_files(office, present):
    case_id, number = filed(office, present, "Surat Izin Praktik Bidan", "Slamet Riyadi")
    before = promised_of(office, case_id)
    present.on("2026-08-07 09:00")
    kabid = proposed(office, present)
    kabid.sees("Langkah 2 dari 3", "Belum ada yang berubah", number, "menunggu kondisi stabil")
    assert promised_of(office, case_id) == before
    kabid.press("Ajukan ke Kepala Dinas")
    kabid.sees("menunggu penetapan", "orang lain dari pengusul")
    declaration = kabid.page.url

    present.later(minutes=30)
    established(office, declaration)
    office.work()
    applicant = office.person("pemohon")
    applicant.go(f"/permohonan/{case_id}")
    applicant.sees("Keadaan kahar berlaku", "Jam layanan yang tercakup ditangguhkan.")
    assert promise_on(applicant) != before
    applicant.follow("Mengapa tanggal ini?")
    applicant.sees(f"KAHAR-2026-001 v1 {DECREE}", "Belum ada tanggal yang dapat dijanjikan.")

    present.later(hours=1)
    kabid.go(declaration)
    kabid.page.get_by_label("Kondisi stabil sejak (WIB)").fill("06/08/2026 14.00")
    kabid.page.get_by_label("Uraian pemulihan").fill("Perangkat pengganti bekerja penuh.")
    kabid.press("Periksa dampak pemulihan")
    kabid.press("Ajukan ke Kepala Dinas")
    established(office, declaration)
    office.work()
    moved = promised_of(office, case_id)
    assert (before.split()[:3], moved.split()[:3]) == (["12", "Agu", "2026"], ["14", "Agu", "2026"])
    applicant.misses("Keadaan kahar berlaku")
    applicant.follow("Mengapa tanggal ini?")
    applicant.sees("Hitungan baris demi baris", f"KAHAR-2026-001 v2 {RECOVERY}", "keadaan kahar KAHAR-2026-001")
    head = office.person("pengawas")
    head.go(f"/berkas/{case_id}")
    head.sees("14 Agu 2026", "Kahar")
    applicant.follow("Pesan", within=applicant.page.locator("header"))
    applicant.sees("Keadaan kahar: janji layanan berkas")


def test_a_disaster_after_a_clock_stopped_is_not_written_into_its_ledger(office, present):
    with office.prepared() as operations:
        case_id = along(operations, operations.registered("PEN"), COURSE[:-1])
        operations.later(days=1)
        declared(operations, operations.at - timedelta(hours=1))
        present.at = operations.later(hours=1)
    head = office.person("pengawas")
    head.go(f"/berkas/{case_id}")
    head.sees("Keadaan kahar berlaku", "Siap Diambil")
    ledger = head.page.locator("section").filter(has_text="Buku jam: Jam Layanan").last
    assert ledger.locator("tbody tr td:first-child").all_inner_texts() == ["Mulai", "Berhenti"]


def broken_and_excused(operations):
    """A file whose broken promise a declaration excused; the declaration."""
    case_id = operations.registered("SIPB")
    operations.at = promise(case_id, operations.at) + timedelta(hours=2)
    background.warn_due(operations.at)
    since, until = operations.at - timedelta(days=6), operations.at - timedelta(hours=1)
    return declare(operations, proposal(since, until), "")


def test_a_breach_whose_excuse_was_revoked_stands_again_on_a_board_that_fits_a_phone(office, present):
    with office.prepared() as operations:
        declaration = broken_and_excused(operations)
        present.at = operations.later(minutes=1)
    supervisor = office.person("pengawas", viewport=PHONE)
    page = supervisor.go("/jam-layanan")
    supervisor.sees("tepat waktu setelah koreksi kahar (001/KEP/DPMPTSP/2026)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with office.prepared() as operations:
        operations.at = present.at
        undo(operations, declaration)
        present.at = operations.later(minutes=1)
    page = supervisor.go("/jam-layanan")
    supervisor.sees("kembali terlambat: 001/KEP/DPMPTSP/2026 dicabut oleh 002/KEP/DPMPTSP/2026")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page = supervisor.go(f"/kahar/{declaration}")
    supervisor.sees("dibatalkan", "SK Pencabutan Keadaan Kahar", "ditarik")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_draft_is_gone_on_with_proposed_established_and_closed_by_its_report(office, present):
    present.on("2026-08-07 09:00")
    kabid = office.person("kabid")
    kabid.go("/kahar/usul")
    kabid.page.get_by_label("Uraian peristiwa").fill("Petir merusak perangkat pusat data kota.")
    kabid.page.get_by_label("Sejak (WIB)").fill("selasa pagi")
    kabid.press("Simpan draf")
    kabid.sees("Hanya Anda yang melihatnya")
    kabid.go("/kahar")
    kabid.page.get_by_role("link", name="Petir merusak perangkat").click()
    assert kabid.page.get_by_label("Sejak (WIB)").input_value() == "selasa pagi"
    kabid.page.locator("input[name=dasar][value=a]").check()
    kabid.page.get_by_label("Jenis peristiwa").select_option("lainnya")
    kabid.page.get_by_label("Mengapa tidak dapat diduga").fill("Penangkal petir baru diperiksa bulan lalu")
    kabid.page.get_by_label("Waktu peristiwa (WIB)").fill("04/08/2026 06.30")
    kabid.page.get_by_label("Sejak (WIB)").fill("04/08/2026 09.00")
    kabid.page.get_by_label("Sampai (WIB)").fill("05/08/2026 14.00")
    kabid.page.get_by_label("Bukti").fill("Berita acara 17/BA/2026")
    kabid.press("Periksa dampaknya")
    kabid.press("Ajukan ke Kepala Dinas")
    declaration = kabid.page.url
    kabid.go("/kahar")
    assert kabid.page.get_by_text("Draf Anda").count() == 0
    present.later(minutes=30)
    head = established(office, declaration)
    head.sees("Penangkal petir baru diperiksa", "terjadi", "06.30")
    head.page.get_by_label("Nomor surat laporan").fill("700/12/DPMPTSP/2026")
    head.page.get_by_label("Tanggal laporan").fill("07/08/2026")
    head.press("Catat laporan dan tutup")
    head.sees("pernyataan ini ditutup", "700/12/DPMPTSP/2026")
    kabid.go("/kahar")
    kabid.sees("ditutup")
