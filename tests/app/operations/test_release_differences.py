"""Two versions compared by whoever sees releases; remarks stand, with their answers, for proposer and approver."""

from datetime import timedelta
from uuid import uuid4

import pytest

from app.cli import release_files
from app.operations import draft_files, draft_usage, processes, release_differences, release_drafts
from engine import differences
from engine.errors import NotAllowed, NotFound, Refused, SubmissionInvalid
from tests.app.operations.test_migrating import release, renamed

DIAGRAM, FORM = "processes/bersama/pemeriksaan_teknis.bpmn", "forms/tindakan.json"
SAID = "Apakah langkah ini masih perlu?"


@pytest.fixture
def draft(office):
    id = release_drafts.begin("Label tombol", office.people["proses"], office.at)
    text = release_files()[FORM].replace(b"Catat tindakan", b"Catat apa yang dilakukan")
    draft_files.save(id, FORM, text, 0, office.people["proses"], office.at)
    return id


def compare(office, before=None, after=None, login="pengawas"):
    return release_differences.compare(before, after, office.people[login], office.at)


def remark(office, version, path=FORM, element="", words=SAID, login="proses2", key=None):
    return release_differences.remark(version, path, element, words, office.people[login], office.at, key)


def elements_of(path=DIAGRAM):
    return differences.places(path, release_files()[path])


def test_any_two_versions_are_compared_releases_and_drafts(office, draft):
    first = processes.active().id
    second = release(office, renamed)
    found = compare(office, first, second)
    assert (found.before.number, found.after.number) == (1, 2)
    assert {one.sort for one in found.files if one.change == "berubah"} == {"diagram"}
    assert "Verifikasi dan keabsahan" in {change.after for one in found.files for change in one.changes}
    back = compare(office, second, first)
    assert {one.path for one in back.files} == {one.path for one in found.files}
    against = compare(office, first, draft)
    assert [one.path for one in against.files] == [FORM]
    assert against.after.title == "Label tombol"
    assert compare(office, first, first).files == ()
    assert {one.id for one in found.versions} == {first, second, draft}


def test_a_diagram_is_handed_out_as_it_is_in_both_versions(office):
    first, second = processes.active().id, release(office, renamed)
    path = next(one.path for one in compare(office, first, second).files)
    both = release_differences.drawn(first, second, path, office.people["pengawas"], office.at)
    assert "Verifikasi keabsahan" in both.before
    assert "Verifikasi dan keabsahan" in both.after
    for other in (FORM, "processes/tiada.bpmn"):
        with pytest.raises(NotFound):
            release_differences.drawn(first, second, other, office.people["pengawas"], office.at)


def test_a_diagram_with_a_renamed_step_bears_its_newer_id_in_both_versions(office, draft):
    path = "processes/bersama/verifikasi.bpmn"
    draft_usage.rename(draft, "step", "catat_absah", "catat_sah", office.people["proses"], office.at)
    first = processes.active().id
    both = release_differences.drawn(first, draft, path, office.people["pengawas"], office.at)
    assert both.renamed == ("catat_sah",)
    assert all('"catat_sah"' in one and '"catat_absah"' not in one for one in (both.before, both.after))
    [file] = [one for one in compare(office, first, draft).files if one.path == path]
    assert [(one.what, one.before, one.after) for one in file.changes] == [("id", "catat_absah", "catat_sah")]


def test_a_remark_is_open_until_it_is_answered_and_goes_along_with_the_draft(office, draft):
    id = remark(office, draft)
    found = compare(office, None, draft)
    assert [(one.row.body, one.row.name, one.answers) for one in found.remarks] == [
        (SAID, found.remarks[0].row.name, ())
    ]
    release_differences.answer(id, "Masih, menurut Pasal 9.", office.people["proses"], office.later(minutes=5))
    made = release_drafts.propose(draft, "Label lama disalahpahami", office.people["proses"], office.at)
    [known] = compare(office, None, made.id).remarks
    assert [one.body for one in known.answers] == ["Masih, menurut Pasal 9."]
    more = remark(office, made.id, words="Satu hal lagi tentang ini")
    assert [one.row.id for one in compare(office, None, made.id).remarks] == [id, more]
    assert [one.row.id for one in compare(office, None, draft).remarks] == [id, more]
    processes.approve(made.id, office.people["proses2"], office.at, "SK 7/2026")
    for late in (lambda: remark(office, made.id), lambda: remark(office, draft)):
        with pytest.raises(Refused):
            late()
    with pytest.raises(Refused):
        release_differences.answer(more, "Terlambat menjawab", office.people["proses"], office.at)
    assert len(compare(office, None, made.id).remarks) == 2


def test_a_remark_stands_at_an_element_that_is_there(office, draft):
    element = next(iter(elements_of()))
    remark(office, draft, DIAGRAM, element)
    assert compare(office, None, draft).remarks[0].row.element == element
    for path, wrong, field in (
        (DIAGRAM, "tiada", "unsur"),
        ("forms/tiada.json", "", "berkas"),
        (FORM, element, "unsur"),
    ):
        with pytest.raises(SubmissionInvalid) as invalid:
            remark(office, draft, path, wrong)
        assert set(invalid.value.errors) == {field}
    with pytest.raises(SubmissionInvalid) as invalid:
        remark(office, draft, words="  ")
    assert set(invalid.value.errors) == {"catatan"}


def test_a_remark_sent_twice_stands_once(office, draft):
    key = uuid4()
    assert remark(office, draft, key=key) == remark(office, draft, key=key)
    root = compare(office, None, draft).remarks[0].row.id
    key = uuid4()
    for _ in range(2):
        release_differences.answer(root, "Sudah diperbaiki", office.people["proses"], office.at, key)
    assert len(compare(office, None, draft).remarks[0].answers) == 1
    with pytest.raises(NotFound):
        release_differences.answer(
            compare(office, None, draft).remarks[0].answers[0].id, "Jawaban atas jawaban", office.people["proses"],
            office.at + timedelta(minutes=1),
        )  # fmt: skip


def test_who_sees_releases_compares_them_and_process_administrators_remark(office, draft):
    with pytest.raises(NotAllowed):
        compare(office, login="verifikator")
    assert not compare(office, None, draft).may_remark
    assert compare(office, None, draft, "proses2").may_remark
    with pytest.raises(NotAllowed):
        remark(office, draft, login="pengawas")
    with pytest.raises(NotFound):
        compare(office, uuid4(), None)
