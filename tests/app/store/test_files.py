"""Files by the checksum of their content: kept once, never changed unnoticed, orphans swept."""

import hashlib

import pytest

from app.store import files


@pytest.fixture
def folder(application):
    with application.app_context():
        files.sweep(frozenset())
        yield files.folder()
        files.sweep(frozenset())


def test_a_file_is_found_by_the_checksum_of_its_content_and_kept_once(folder):
    name = files.put(b"surat")
    assert name == hashlib.sha256(b"surat").hexdigest()
    assert files.put(b"surat") == name
    assert files.get(name) == b"surat"
    assert [one.name for one in folder.glob("??/??/*")] == [name]


def test_a_file_that_was_changed_or_lost_is_never_handed_out(folder):
    name = files.put(b"surat asli")
    files.path(name).chmod(0o640)
    files.path(name).write_bytes(b"surat palsu")
    with pytest.raises(LookupError):
        files.get(name)
    files.path(name).unlink()
    with pytest.raises(LookupError):
        files.get(name)


def test_sweeping_takes_what_no_row_names_and_leaves_the_rest(folder):
    kept, orphan = files.put(b"dipakai"), files.put(b"yatim")
    assert files.sweep(frozenset({kept})) == 1
    assert files.get(kept) == b"dipakai"
    with pytest.raises(LookupError):
        files.get(orphan)
