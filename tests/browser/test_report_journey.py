"""The monthly report from its draft to what was sent, and the correction in the next one, through the pages."""

from datetime import timedelta

from app.store import transaction
from tests.app.operations.reported import late_in_august
from tests.app.operations.test_force_majeure import declare, proposal
from tests.browser.conftest import PHONE

NUMBER = "700/001/LAP/DPMPTSP/2026"


def drafted(office, period):
    """The Kasi freezes a month; the address of its report."""
    author = office.person("kasi")
    author.go("/laporan")
    author.page.get_by_label("Periode yang sudah berakhir").select_option(label=period)
    author.press("Bekukan dan ajukan")
    author.sees("Rancangan laporan dibekukan", "menunggu pemeriksaan", within="body")
    author.misses("Nyatakan sudah diperiksa", "Tandatangani laporan")
    return author.page.url


def checked_and_signed(office, report, number):
    """The Kabid opens a figure's files before he says it is right; the Kepala Dinas signs."""
    checker = office.person("kabid")
    checker.go(report)
    checker.press("Nyatakan sudah diperiksa")
    checker.sees("menunggu tanda tangan")
    head = office.person("kadis")
    head.go(report)
    head.press("Tandatangani laporan")
    head.sees(number, "Surat Pengantar Laporan Berkala")
    return head


def excused(office, promised):
    """In September a keadaan kahar is declared that the late file of August lay in."""
    with office.prepared() as operations:
        struck = promised.replace(hour=7, minute=0) - timedelta(days=3)
        wanted = proposal(struck, promised + timedelta(days=2), approval_letter="Surat 9/WK/2026")
        declare(operations, wanted)
        return operations.at


def test_a_month_is_reported_signed_and_sent_and_its_correction_stands_in_the_next_report(office, present):
    with office.prepared() as operations:
        case_id, promised = late_in_august(operations)
        with transaction() as store:
            number = store.case_lists.case_row(case_id).number
    present.on("2026-09-01 09:00")
    report = drafted(office, "Agustus 2026")
    checker = office.person("kabid")
    checker.go(report)
    checker.follow("1 Selesai terlambat")
    checker.sees(number, "1 berkas")
    present.later(hours=1)
    checked_and_signed(office, report, NUMBER)
    clerk = office.person("penomoran")
    clerk.go(report)
    clerk.page.get_by_label("Cara mengirim").select_option("diantar")
    clerk.page.get_by_label("Tanda terima").fill("Agenda 41/IX, diterima Ibu Sari")
    clerk.press("Catat pengiriman")
    clerk.sees("Dikirim kepada Walikota", "Agenda 41/IX")

    present.later(days=2)
    present.at = excused(office, promised)
    present.on("2026-10-01 09:00")
    following = drafted(office, "September 2026")
    author = office.person("kasi")
    author.sees(
        "Koreksi atas periode Agustus 2026", f"laporan nomor {NUMBER}", number, "Tepat waktu hanya karena kahar"
    )
    author.sees("tidak dilaporkan", "dihitung pada Agustus 2026, lihat koreksi", "1 berkas diselamatkan")
    checked_and_signed(office, following, "700/002/LAP/DPMPTSP/2026")
    clerk.go(report)
    clerk.sees("Dikoreksi oleh laporan", "700/002/LAP/DPMPTSP/2026")
    clerk.misses("Koreksi atas periode")
    on_a_phone(office, report, following)


def on_a_phone(office, *reports):
    """The supervisor reads both on a phone; nothing runs out of its width."""
    reader = office.person("pengawas", viewport=PHONE, has_touch=True)
    for one in ("/laporan", "/laporan/angka?periode=2026-08", *reports):
        page = reader.go(one)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), one
