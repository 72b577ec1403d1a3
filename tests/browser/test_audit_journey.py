"""A supervisor's audit through the pages: from the board to a late file, a finding and its answer, and the file taken
away and verified where nothing of the office is."""

import hashlib
import re
import subprocess
import sys
import zipfile

from playwright.sync_api import expect

TABS = 150  # of a keyboard, until something on a page must have been reached
FOCUSED = "one => one === document.activeElement"


def reach(page, control):
    """Go to a control by the keyboard alone."""
    for _ in range(TABS):
        if control.evaluate(FOCUSED):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never reached {control}")


def press(page, control, key="Enter"):
    """Reach a link or button and press it; wait for the page behind it."""
    reach(page, control)
    with page.expect_navigation():
        page.keyboard.press(key)


def written(page, label, text):
    reach(page, page.get_by_label(label, exact=False).first)
    page.keyboard.type(text)


def chosen(page, label, text):
    """Choose in a list as its letters are typed."""
    box = page.get_by_label(label, exact=True)
    reach(page, box)
    page.keyboard.type(text)
    expect(box.locator("option:checked")).to_contain_text(text)


def late_file(office):
    """A file whose promise passed two weeks ago."""
    with office.prepared() as operations:
        case_id = operations.registered("SIPB")
        number = operations.case(case_id).number
        office.present.at = operations.at
    office.present.later(days=35)
    office.work()
    return str(case_id), number


def test_a_supervisor_goes_from_the_board_to_a_late_file_a_finding_its_answer_and_a_verified_export(
    office, present, assert_accessible, tmp_path
):
    case_id, number = late_file(office)
    supervisor = office.person("pengawas")
    page = supervisor.go("/jam-layanan")
    assert_accessible(page)
    press(page, page.locator(f'#daftar a[href*="/berkas/{case_id}"], a[data-tuju][href*="/berkas/{case_id}"]').first)
    supervisor.sees(number, "lewat")
    assert_accessible(page)

    found = raised(supervisor, assert_accessible, number)
    answered(office, found, assert_accessible)
    present.later(hours=1)
    closed(supervisor, found, assert_accessible)

    whole = taken(supervisor, case_id, tmp_path, assert_accessible)
    assert sound(whole, tmp_path / "sound")
    assert refused(whole, tmp_path / "tampered")


def raised(supervisor, assert_accessible, number):
    """The finding is written with the keyboard alone; its address."""
    page = supervisor.page
    press(page, page.locator('main a[href*="bagian=catatan"]').first)
    press(page, page.get_by_role("link", name="Catat temuan", exact=True))
    assert_accessible(page)
    expect(page.get_by_label("Berkas", exact=True)).to_have_value(number)
    chosen(page, "Golongan", "Waktu layanan")
    chosen(page, "Bobot", "tinggi")
    written(page, "Uraian", "Janji lewat dua pekan tanpa sebab yang tercatat (contoh)")
    chosen(page, "Kepada", "Hendra Gunawan")
    press(page, page.get_by_role("button", name="Catat temuan", exact=True))
    supervisor.sees("Temuan T-2026-001", "terbuka")
    assert_accessible(page)
    return page.url


def answered(office, found, assert_accessible):
    """Whom it is put to finds it in his inbox and answers."""
    person = office.person("kasi")
    page = person.go("/kotak-tugas")
    press(page, page.get_by_role("link", name="Temuan T-2026-001", exact=True))
    assert page.url == found
    assert_accessible(page)
    written(page, "Jawaban", "Verifikator sakit; berkasnya dialihkan hari ini (contoh)")
    press(page, page.get_by_role("button", name="Kirim jawaban", exact=True))
    person.sees("dijawab", "Verifikator sakit")
    assert_accessible(page)


def closed(supervisor, found, assert_accessible):
    page = supervisor.go(found)
    supervisor.sees("Verifikator sakit")
    written(page, "Putusan", "Dapat diterima; pengalihan dicatat (contoh)")
    press(page, page.get_by_role("button", name="Tutup temuan", exact=True))
    supervisor.sees("ditutup", "Dapat diterima")
    assert_accessible(page)


def taken(supervisor, case_id, folder, assert_accessible):
    """The file as one ZIP, with a reason; who took it stands on the file's page."""
    page = supervisor.go(f"/berkas/{case_id}?bagian=tindakan")
    assert_accessible(page)
    reach(page, page.get_by_label(re.compile("Alasan mengekspor")))
    page.keyboard.type("Pemeriksaan berkas terlambat (contoh)")
    reach(page, page.get_by_role("button", name="Unduh ZIP"))
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    path = folder / "berkas.zip"
    coming.value.save_as(path)
    supervisor.go("/audit?jenis=case_exported")
    supervisor.sees("Pemeriksaan berkas terlambat (contoh)")
    return path


# --- away from the office: nothing but a Python with `cryptography`, which the ledger's signatures need


def plain(*arguments, folder):
    """What a Python without anything of ours says: isolated from the environment and from this folder's sources."""
    command = [sys.executable, "-I", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, check=False)


def unpacked(whole, folder):
    folder.mkdir()
    with zipfile.ZipFile(whole) as zipped:
        zipped.extractall(folder)
    with zipfile.ZipFile(folder / "buku-jejak.zip") as ledger:
        ledger.extract("verify_ledger.py", folder)
    return folder


def hashes_hold(folder):
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    pairs = [line.split("  ", 1) for line in lines]
    return len(pairs) > 5 and all(
        hashlib.sha256((folder / name).read_bytes()).hexdigest() == told for told, name in pairs
    )


def sound(whole, folder):
    unpacked(whole, folder)
    heard = plain("verify_ledger.py", "buku-jejak.zip", folder=folder)
    assert heard.returncode == 0, heard.stdout + heard.stderr
    clocks = sorted((folder / "jam").glob("*.json"))
    proofs = [plain("periksa-jam.pyz", "verify", one.relative_to(folder), folder=folder) for one in clocks]
    assert [one.stdout for one in proofs if one.returncode] == []
    return hashes_hold(folder) and bool(proofs)


def refused(whole, folder):
    """One word of one event is changed, and the ledger packed again: the verifier inside says so."""
    unpacked(whole, folder)
    ledger = folder / "buku-jejak.zip"
    with zipfile.ZipFile(ledger) as zipped:
        contents = {name: zipped.read(name) for name in zipped.namelist()}
    changed = {name: content.replace(b"lengkap", b"lengkup") for name, content in contents.items()}
    changed["verify_ledger.py"] = contents["verify_ledger.py"]
    assert changed != contents
    with zipfile.ZipFile(ledger, "w") as zipped:
        for name, content in changed.items():
            zipped.writestr(name, content)
    heard = plain("verify_ledger.py", "buku-jejak.zip", folder=folder)
    return heard.returncode != 0 and not hashes_hold(folder)
