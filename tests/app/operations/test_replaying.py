"""The replay lab: files that were served decide once more on a draft, and where it leads elsewhere is told."""

from uuid import UUID

import pytest

from app.cli import release_files
from app.operations import cases, draft_files, draft_replaying, release_drafts
from app.store import transaction

PATH = "processes/bersama/verifikasi.bpmn"


@pytest.fixture
def served(office):
    """A file that was verified, given up by its applicant, and closed."""
    case_id = office.registered("SIPB")
    office.later(hours=2)
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.later(hours=1)
    cases.withdraw(case_id, office.people["pemohon"], office.at)
    return case_id


def replays(office, draft):
    found = draft_replaying.lab(draft, office.people["proses"], office.at)
    return [(one.number, one.difference) for one in found.replays]


def begun(office):
    return release_drafts.begin("Verifikasi berubah", office.people["proses"], office.at)


def test_on_an_unchanged_draft_every_file_goes_as_it_went(office, served):
    [(number, difference)] = replays(office, begun(office))
    with transaction() as store:
        held = store.cases.see(served)
    assert number == held.number
    assert difference.before.departures == ()
    assert difference.before.state == held.case.state
    assert difference.same
    assert not difference.lacking
    assert difference.before.net is not None


def test_a_step_that_is_gone_is_told_with_when_it_was_decided(office, served):
    draft = begun(office)
    text = release_files()[PATH].decode()
    renamed = text.replace('"verifikasi_keabsahan"', '"verifikasi_baru"').replace(
        ">verifikasi_keabsahan<", ">verifikasi_baru<"
    )
    renamed = renamed.replace('name="formKey" value="verifikasi_baru"', 'name="formKey" value="verifikasi_keabsahan"')
    renamed = renamed.replace("verifikasi_keabsahan.keputusan", "verifikasi_baru.keputusan")
    draft_files.save(draft, PATH, renamed.encode(), 0, office.people["proses"], office.at)
    [(_, difference)] = replays(office, draft)
    assert not difference.same
    assert "verifikasi_keabsahan" in {one.element for one in difference.new_departures}
    assert "verifikasi_keabsahan" in difference.lost


def test_a_file_whose_process_has_an_error_in_the_draft_is_neither_the_same_nor_different(office, served):
    draft = begun(office)
    draft_files.remove(draft, "forms/bap.json", 0, office.people["proses"], office.at)
    [(_, difference)] = replays(office, draft)
    assert difference.lacking
    assert (difference.lost, difference.gained) == ((), ())
    assert [one.why for one in difference.new_departures] == [
        "Proses izin ini tidak ada dalam rancangan, atau masih mempunyai galat."
    ]
    assert difference.before.played is not None


def test_files_still_open_are_not_replayed(office):
    office.registered("SIPB")
    assert replays(office, begun(office)) == []
    assert draft_replaying.lab(begun(office), office.people["proses"], office.at, UUID(int=1)).replays == ()
