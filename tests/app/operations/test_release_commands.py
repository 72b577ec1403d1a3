"""Releases by command: written out as a ZIP or a folder, and taken in again under the same checksum."""

import pytest

from app.cli import release_files
from app.operations import draft_drawing, processes, publishing, release_drafts, release_imports
from engine.deployment import checksum
from tests.app.operations.test_impact import proposed
from tests.app.operations.test_migrating import renamed
from tests.app.operations.test_publishing import approve, row


@pytest.fixture
def say(application):
    def said(*args):
        return application.test_cli_runner().invoke(args=[str(one) for one in args])

    return said


@pytest.fixture
def changed_once(office):
    """The first release, superseded by another."""
    first, second = processes.active().id, proposed(office, renamed)
    approve(office, second)
    return first, second


def test_a_release_written_by_command_is_byte_for_byte_what_its_page_hands_out(office, say, changed_once, tmp_path):
    first, second = changed_once
    for id, number in ((second, ()), (first, ("--number", row(first).number))):
        path = tmp_path / f"{id}.zip"
        told = say("export-release", path, *number)
        assert told.exit_code == 0, told.output
        assert f"SHA-256 {row(id).checksum}" in told.output
        assert path.read_bytes() == publishing.bundle(id, office.people["pengawas"], office.at).content


def test_the_file_of_a_release_taken_in_by_command_or_by_page_is_the_same_release(office, say, changed_once, tmp_path):
    first, _ = changed_once
    path = tmp_path / "terbitan.zip"
    say("export-release", path, "--number", row(first).number)
    told = say("deploy", "--from", path)
    assert told.exit_code == 0, told.output
    assert f"Terbitan {row(first).number} {row(first).checksum[:12]} menunggu persetujuan orang kedua" in told.output
    draft = release_drafts.begin("Terbitan lama", office.people["proses"], office.at)
    release_imports.take_in_all(draft, path.read_bytes(), office.people["proses"], office.at)
    _, files = draft_drawing.files_of(draft, office.people["proses"], office.at)
    assert checksum(files) == row(first).checksum


def test_a_release_unpacked_to_a_folder_is_deployed_from_there_under_the_same_checksum(say, changed_once, tmp_path):
    first, second = changed_once
    folder = tmp_path / "proses"
    assert say("export-release", folder).exit_code == 0
    assert checksum(release_files(folder)) == row(second).checksum
    (folder / "processes" / "README.md").write_text("Catatan kami")
    (folder / "forms" / "sisa.json").write_text("{}")
    refused = say("export-release", folder, "--number", row(first).number)
    assert (refused.exit_code, "memuat terbitan lain" in refused.output) == (2, True)
    assert (folder / "forms" / "sisa.json").exists()
    assert say("export-release", folder, "--number", row(first).number, "--replace").exit_code == 0
    assert checksum(release_files(folder)) == row(first).checksum
    assert (folder / "processes" / "README.md").read_text() == "Catatan kami"
    told = say("deploy", "--from", folder)
    assert f"Terbitan {row(first).number} {row(first).checksum[:12]}" in told.output


def test_what_stands_at_the_path_is_not_overwritten_unasked(say, changed_once, tmp_path):
    path = tmp_path / "terbitan.zip"
    path.write_bytes(b"milik orang lain")
    refused = say("export-release", path)
    assert (refused.exit_code, "sudah ada" in refused.output) == (2, True)
    assert path.read_bytes() == b"milik orang lain"
    assert say("export-release", path, "--replace").exit_code == 0
    assert path.read_bytes() == publishing.taken_out(None).archive
    assert [one.name for one in tmp_path.iterdir()] == ["terbitan.zip"]


def test_a_release_that_is_not_there_and_a_zip_that_is_none_are_told(office, say, tmp_path):
    missing = say("export-release", tmp_path / "tiada.zip", "--number", "99")
    assert (missing.exit_code, "Terbitan tidak ditemukan." in missing.output) == (2, True)
    assert not (tmp_path / "tiada.zip").exists()
    (tmp_path / "bukan.zip").write_bytes(b"bukan zip")
    refused = say("deploy", "--from", tmp_path / "bukan.zip")
    assert (refused.exit_code, "Berkas ini bukan ZIP yang dapat dibaca." in refused.output) == (1, True)
    (tmp_path / "kosong").mkdir()
    assert "tidak memuat processes/ dan forms/" in say("deploy", "--from", tmp_path / "kosong").output
