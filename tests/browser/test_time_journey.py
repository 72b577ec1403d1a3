"""Time that can be proved, in a real browser: a year's calendar changed, a keadaan kahar from its proposal to its
withdrawal, and a date taken home and checked without the office."""

import subprocess
import sys

from playwright.sync_api import expect

from tests.browser.test_journeys import filed, promise_on
from tests.browser.test_kahar_journey import established, promised_of


def test_a_holiday_decreed_late_is_previewed_adopted_by_another_and_moves_the_promise(office, present):
    case_id, number = filed(office, present, "Surat Izin Praktik Bidan", "Slamet Riyadi")
    before = promised_of(office, case_id)
    assert before.split()[:3] == ["12", "Agu", "2026"]
    admin = office.person("admin")
    admin.go("/kelola/kalender?tahun=2026")
    admin.follow("Usulkan perubahan")
    admin.page.get_by_label("Baris perubahan").fill("libur;11/08/2026;;;Libur kota\nlibur;31/02/2026;;;Tidak ada")
    admin.page.get_by_label("Keputusan yang mendasari").fill("SK Walikota 9/2026")
    admin.press("Periksa dampaknya")
    assert admin.page.get_by_label("Baris perubahan").input_value().endswith("Tidak ada")
    admin.sees("Baris 2")
    admin.page.get_by_label("Baris perubahan").fill("libur;11/08/2026;;;Libur kota")
    admin.press("Periksa dampaknya")
    admin.sees("Langkah 2 dari 3", number, "12/08/2026", "13/08/2026")
    assert promised_of(office, case_id) == before
    admin.press("Ajukan ke Kepala Dinas")
    admin.sees("Penetap harus orang lain", "menunggu penetapan")
    change = admin.page.url

    present.later(minutes=10)
    head = office.person("kadis")
    head.go(change)
    head.sees(number, "13/08/2026")
    head.press("Tetapkan perubahan")
    head.sees("1 janji bergeser")
    office.work()
    assert promised_of(office, case_id).split()[:3] == ["13", "Agu", "2026"]
    applicant = office.person("pemohon")
    applicant.follow("Mengapa tanggal ini?")
    applicant.sees("Libur kota", "SK Walikota 9/2026")
    head.go("/kelola/kalender?tahun=2026")
    head.sees("Libur kota")


def test_the_counters_hours_are_changed_and_its_step_ticks_in_them_while_the_promise_stays(office, present):
    with office.prepared() as working:
        there = working.open("SIPB", by="loket", applicant="pemohon")
        working.do(there, "ajukan", "loket")
        file = working.registered("SIPB")
    before = promised_of(office, file)
    admin = office.person("admin")
    admin.go("/kelola/kalender/usul")
    admin.page.get_by_label("Baris perubahan").fill("loket;01/08/2026;;Sen-Jum 08.00-10.20;Jam loket")
    admin.page.get_by_label("Keputusan yang mendasari").fill("Keputusan Kepala Dinas 14/KEP/2026")
    admin.press("Periksa dampaknya")
    admin.sees("Langkah di loket yang bergeser", "Periksa kelengkapan", "Sen 03/08/2026 10.30", "Sel 04/08/2026 08.10")
    admin.press("Ajukan ke Kepala Dinas")
    change = admin.page.url
    present.later(minutes=5)
    head = office.person("kadis")
    head.go(change)
    head.press("Tetapkan perubahan")
    head.sees("1 jam langkah di loket bergeser.")
    assert promised_of(office, file) == before

    present.on("2026-08-03 10:10")
    clerk = office.person("loket")
    clerk.log_in()
    clerk.page.clock.install()
    clerk.go("/kotak-tugas?daftar=kelompok")
    left = clerk.page.locator("[data-buka]").first
    expect(left).to_have_text("sisa 20 menit")
    clerk.page.clock.run_for("05:00")
    expect(left).to_have_text("sisa 15 menit")
    clerk.page.clock.run_for("30:00")
    expect(left).to_have_text("sisa 10 menit")  # the counter closed at twenty past ten
    clerk.go(f"/berkas/{there}")
    clerk.follow("Mengapa tanggal ini?", exact=False)
    clerk.sees("menurut jam loket", "Keputusan Kepala Dinas 14/KEP/2026", "Sel 04/08/2026 08.10")


def changed(office, present, declaration, act, told, **typed):
    """The Kabid proposes a change of the declaration; the head of the office establishes it."""
    present.later(minutes=20)
    kabid = office.person("kabid")
    kabid.go(declaration)
    if kabid.page.locator("details.buka:has(button[name=aksi])").count():
        kabid.page.locator("details.buka:has(button[name=aksi]) summary").first.click()
    for label, text in typed.items():
        kabid.page.locator(f"[name={label}]").fill(text)
    kabid.press(act)
    kabid.sees("Belum ada yang berubah")
    kabid.press("Ajukan ke Kepala Dinas")
    kabid.sees("menunggu penetapan")
    present.later(minutes=10)
    head = established(office, declaration)
    head.sees(*told)
    office.work()
    return head


def test_a_narrow_disaster_is_declared_late_extended_recovered_corrected_and_withdrawn(office, present):
    midwife, number = filed(office, present, "Surat Izin Praktik Bidan", "Slamet Riyadi")
    before = promised_of(office, midwife)
    present.on("2026-08-07 09:00")
    kabid = office.person("kabid")
    kabid.go("/kahar/usul")
    kabid.page.locator("input[name=dasar][value=a]").check()
    kabid.page.get_by_label("Jenis peristiwa").select_option("bencana_alam")
    kabid.page.get_by_label("Sejak (WIB)").fill("04/08/2026 09.00")
    kabid.page.get_by_label("Uraian peristiwa").fill("Banjir di ruang arsip.")
    kabid.page.get_by_label("Bukti").fill("Berita acara 18/BA/2026")
    kabid.page.locator("input[name=batas_permit_types][value=pilih]").check()
    kabid.page.locator("input[name=permit_types][value=IMB]").check()
    kabid.press("Periksa dampaknya")
    kabid.sees("Langkah 2 dari 3")
    kabid.misses(number)
    kabid.page.locator("input[name=permit_types][value=SIPB]").check()
    kabid.press("Hitung ulang dampak")
    kabid.sees(number)
    kabid.press("Ajukan ke Kepala Dinas")
    declaration = kabid.page.url
    present.later(minutes=30)
    established(office, declaration)
    office.work()
    assert promised_of(office, midwife) != before

    lasting = {"uraian_panjang": "Air di ruang arsip belum surut."}
    head = changed(
        office, present, declaration, "Periksa dampak perpanjangan", ("Perpanjangan", "paling lambat"), **lasting
    )
    recovered = {"sampai_pulih": "06/08/2026 14.00", "uraian_pulih": "Arsip kering dan lengkap."}
    changed(office, present, declaration, "Periksa dampak pemulihan", ("sudah pulih",), **recovered)
    assert promised_of(office, midwife).split()[:3] == ["14", "Agu", "2026"]
    shorter = {"sampai_koreksi": "05/08/2026 09.00", "uraian_koreksi": "Ruang arsip dapat dimasuki sejak 5 Agustus."}
    changed(office, present, declaration, "Periksa dampak koreksi", ("v3",), **shorter)
    assert promised_of(office, midwife).split()[:3] == ["13", "Agu", "2026"]
    head = changed(
        office,
        present,
        declaration,
        "Periksa dampak pembatalan",
        ("dibatalkan",),
        uraian_cabut="Berkas tidak terhalang.",
    )
    assert promised_of(office, midwife) == before
    head.go(f"/berkas/{midwife}")
    head.follow("Mengapa tanggal ini?")
    head.sees("12/08/2026", "13/08/2026", "14/08/2026")


def test_a_date_is_taken_home_as_paper_and_as_proof_that_one_downloaded_program_checks(office, present, tmp_path):
    case_id, _ = filed(office, present, "Surat Izin Praktik Bidan", "Slamet Riyadi")
    applicant = office.person("pemohon")
    applicant.go(f"/permohonan/{case_id}")
    applicant.follow("Mengapa tanggal ini?")
    kept = {}
    for words, name in (
        ("PDF", "mengapa.pdf"),
        ("Unduh bukti", "bukti.json"),
        ("Unduh pemeriksa jam", "periksa-jam.pyz"),
    ):
        with applicant.page.expect_download() as coming:
            applicant.page.get_by_role("link", name=words).first.click()
        kept[name] = tmp_path / name
        coming.value.save_as(kept[name])
    assert kept["mengapa.pdf"].read_bytes().startswith(b"%PDF-")
    command = [sys.executable, "-I", str(kept["periksa-jam.pyz"]), "verify"]
    done = subprocess.run([*command, str(kept["bukti.json"])], capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, "cocok" in done.stdout) == (0, True), done.stdout + done.stderr
    other = kept["bukti.json"].read_text().replace("2026-08-12T", "2026-08-11T")
    (tmp_path / "diubah.json").write_text(other)
    done = subprocess.run([*command, str(tmp_path / "diubah.json")], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 1
    assert promise_on(applicant.go(f"/permohonan/{case_id}") and applicant).split()[:3] == ["12", "Agu", "2026"]
