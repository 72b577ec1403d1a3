"""A file is handed out whole: what is in it, that strangers can check it, who may take it and that this is kept."""

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile

import pytest

from app.clock import WIB
from app.operations import case_export, personal
from app.store import transaction
from engine.errors import NotAllowed, NotFound, SubmissionInvalid

WHY = "Permintaan Ombudsman 12/2026"


def exported(office, case_id, who="pengawas"):
    found = case_export.export(case_id, WHY, office.people[who], office.at)
    with found.file as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def test_everything_in_the_zip_is_named_with_its_hash_and_nothing_else(office):
    pack = exported(office, office.registered())
    told = dict(reversed(line.split("  ", 1)) for line in pack.read("SHA256SUMS").decode().splitlines())
    assert {
        name: hashlib.sha256(pack.read(name)).hexdigest() for name in pack.namelist() if name != "SHA256SUMS"
    } == told
    assert pack.read("kartu-kendali.pdf").startswith(b"%PDF")
    assert [name for name in told if name.startswith("dokumen/")]
    read_me = pack.read("BACA-SAYA.txt").decode()
    assert WHY in read_me
    assert f"diekspor {office.at.astimezone(WIB):%d/%m/%Y %H.%M} WIB oleh" in read_me
    assert re.search(r"KUNCI_UMUM_KANTOR diumumkan pada halaman \S*/periksa ", read_me)


def test_the_record_tells_the_file_and_masks_numbers_of_identity(office):
    case_id = office.registered()
    text = exported(office, case_id).read("berkas.json").decode()
    told = json.loads(text)
    with transaction() as store:
        row, documents = store.case_lists.case_row(case_id), store.documents.of_case(case_id)
    assert (told["nomor"], told["izin"]["kode"]) == (row.number, row.permit)
    assert [one["sha256"] for one in told["dokumen"]] == [one.sha256 for one in documents]
    assert {one["element"] for one in told["tugas"] if one["status"] == "open"} == {"verifikasi_keabsahan"}
    assert told["peristiwa"][0]["kind"] == "case_opened"
    assert "••••••••" in told["pemohon"]["nik"]
    assert not re.search(r'"\d{16}"', text)


def test_strangers_hear_its_clocks_and_its_ledger_without_the_office(office, tmp_path):
    pack = exported(office, office.registered())
    pack.extractall(tmp_path)
    proofs = sorted((tmp_path / "jam").glob("*.json"))
    assert [one for one in proofs if one.name.endswith("-L.json")]
    for one in proofs:
        heard = subprocess.run(
            [sys.executable, "-I", str(tmp_path / "periksa-jam.pyz"), "verify", str(one)],
            capture_output=True,
            check=False,
        )
        assert heard.returncode == 0, heard.stdout
    with zipfile.ZipFile(tmp_path / "buku-jejak.zip") as ledger:
        ledger.extract("verify_ledger.py", tmp_path)
    heard = subprocess.run(
        [sys.executable, str(tmp_path / "verify_ledger.py"), str(tmp_path / "buku-jejak.zip")],
        capture_output=True,
        check=False,
    )
    assert heard.returncode == 0, heard.stdout


def test_who_took_a_file_away_and_why_is_kept(office):
    case_id = office.registered()
    exported(office, case_id)
    with transaction() as store:
        [line] = store.people.access_to(case_id, personal.EXPORTED)
    assert (line.person_id, line.subject_id, line.why) == (office.people["pengawas"], office.people["pemohon"], WHY)


def test_a_file_is_not_taken_away_without_a_reason_or_by_others(office):
    case_id = office.registered()
    with pytest.raises(SubmissionInvalid) as refused:
        case_export.export(case_id, "  x ", office.people["pengawas"], office.at)
    assert list(refused.value.errors) == ["alasan_ekspor"]
    for who in ("verifikator", "pemohon", "pemohon2", "admin"):
        with pytest.raises((NotAllowed, NotFound)):
            case_export.export(case_id, WHY, office.people[who], office.at)
    with transaction() as store:
        assert store.people.access_to(case_id, personal.EXPORTED) == ()
