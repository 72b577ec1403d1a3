"""A ZIP is believed nothing: what it unpacks to counts, not what it claims."""

import io
import tracemalloc
import zipfile

from engine import bundles, drafting

FORM = '{"sections": []}'
DIAGRAM = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'


def packed(*entries, compression=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as bundle:
        for name, content in entries:
            bundle.writestr(name, content)
    return target.getvalue()


def test_files_come_out_by_their_path_and_a_folder_around_all_is_left_away():
    inside = (("forms/a.json", FORM), ("processes/b.bpmn", DIAGRAM))
    plain = bundles.read(packed(*inside))
    wrapped = bundles.read(packed(("kantor-1.0/", ""), *((f"kantor-1.0/{name}", one) for name, one in inside)))
    assert plain.problems == wrapped.problems == ()
    assert plain.files == wrapped.files == {"forms/a.json": FORM.encode(), "processes/b.bpmn": DIAGRAM.encode()}


def test_only_a_folder_that_is_around_everything_is_left_away():
    found = bundles.read(packed(("satu/forms/a.json", "{}"), ("dua/forms/b.json", "{}")))
    assert [one.code for one in found.problems] == ["name"]


def test_a_name_the_office_knows_already_is_taken():
    archive = packed(("forms/a.json", FORM), ("processes/README.md", "x"))
    assert [one.file for one in bundles.read(archive).problems] == ["processes/README.md"]
    assert bundles.read(archive, {"processes/README.md"}).problems == ()


def test_every_file_that_cannot_be_read_is_told_and_the_others_are_read():
    found = bundles.read(packed(("forms/a.json", FORM), ("forms/b.json", "{"), ("processes/c.bpmn", "<")))
    assert [one.file for one in found.problems] == ["forms/b.json", "processes/c.bpmn"]
    assert found.files == {"forms/a.json": FORM.encode()}


def test_a_bomb_is_unpacked_no_further_than_one_file_may_be_large():
    """Its directory says that it is small."""
    archive = bytearray(packed(("forms/a.json", b"0" * (drafting.LARGEST * 4))))
    size = (drafting.LARGEST * 4).to_bytes(4, "little")
    small = bytes(archive).replace(size, (10).to_bytes(4, "little"))
    for one in (bytes(archive), small):
        found = bundles.read(one)
        assert found.files == {}
        assert found.problems[0].code in ("too-large", "zip", "json")


def test_a_bomb_takes_no_more_memory_than_a_file_may_be_large():
    archive = packed(("forms/a.json", b"0" * (drafting.LARGEST * 8)))
    tracemalloc.start()
    try:
        assert bundles.read(archive).problems[0].code == "too-large"
        assert tracemalloc.get_traced_memory()[1] < 3 * drafting.LARGEST
    finally:
        tracemalloc.stop()


def test_many_files_together_are_bounded_too(monkeypatch):
    monkeypatch.setattr(bundles, "LARGEST_WHOLE", 100)
    found = bundles.read(packed(*((f"forms/a{n}.json", '"' + "x" * 40 + '"') for n in range(3))))
    assert [one.code for one in found.problems] == ["too-large"]


def test_what_is_locked_with_a_password_is_refused():
    archive = bytearray(packed(("forms/a.json", FORM)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = archive.find(mark) + offset
        archive[at] |= 1
    assert [one.code for one in bundles.read(bytes(archive)).problems] == ["encrypted"]


def test_content_that_does_not_match_its_sum_is_no_archive():
    archive = packed(("forms/a.json", '{"isi": "aaaaaaaa"}'), compression=zipfile.ZIP_STORED)
    assert [one.code for one in bundles.read(archive.replace(b"aaaaaaaa", b"bbbbbbbb")).problems] == ["zip"]


def test_every_file_that_cannot_be_read_is_told():
    found = bundles.read(packed(("forms/a.json", "{"), ("forms/b.json", FORM), ("processes/c.bpmn", "<")))
    assert [one.file for one in found.problems] == ["forms/a.json", "processes/c.bpmn"]
