"""A proposal that is taken back, turned down or overtaken: its draft is worked on again; nobody decides it twice."""

import json

import pytest

from app.cli import release_files
from app.operations import processes, publishing, release_drafts, releases_shown
from app.store import transaction
from engine import rewriting
from engine.errors import DefinitionInvalid, NotFound, Refused, SubmissionInvalid
from tests.app.operations.test_concurrency import at_once
from tests.app.operations.test_impact import proposed
from tests.app.operations.test_migrating import renamed as step_renamed
from tests.app.operations.test_release_drafts import FORM, draft, other_in_effect, page, renamed, save  # noqa: F401

WHY = "Judulnya belum jelas"


@pytest.fixture
def waiting(office, draft):  # noqa: F811
    """The draft with one form renamed, proposed by whoever opened it: release and draft."""
    save(office, draft, renamed("A"))
    made = release_drafts.propose(draft, "Judul baru", office.people["proses"], office.at)
    return made.id, draft


def told(office, id):
    return releases_shown.release(id, office.people["proses"], office.at)


def test_whoever_proposed_a_release_takes_it_back_and_goes_on_with_its_draft(office, waiting):
    id, plan = waiting
    assert (told(office, id).may_withdraw, told(office, id).draft) == (True, plan)
    with pytest.raises(SubmissionInvalid) as invalid:
        publishing.withdraw(id, " ", office.people["proses"], office.at)
    assert list(invalid.value.errors) == ["alasan_tarik"]
    assert publishing.withdraw(id, WHY, office.people["proses"], office.at) == plan
    assert (told(office, id).withdrawn, told(office, id).row.rejected_because) == (True, WHY)
    assert releases_shown.releases(office.people["proses"], office.at).withdrawn == {told(office, id).row.number}
    assert page(office, plan).row.status == "open"
    save(office, plan, renamed("B"), 1)
    again = release_drafts.propose(plan, "Lebih jelas", office.people["proses"], office.at)
    assert (again.fresh, again.id != id, again.status) == (True, True, "draft")


def test_only_its_proposer_takes_a_proposal_back_and_only_while_it_waits(office, waiting):
    id, _plan = waiting
    with pytest.raises(Refused, match="Hanya pengusulnya"):
        publishing.withdraw(id, WHY, office.people["proses2"], office.at)
    processes.approve(id, office.people["proses2"], office.at, aware=True)
    with pytest.raises(Refused, match="sudah diputuskan"):
        publishing.withdraw(id, WHY, office.people["proses"], office.at)


def test_the_draft_of_a_proposal_that_was_turned_down_is_mended_and_proposed_again(office, waiting):
    id, plan = waiting
    with pytest.raises(Refused, match="Hanya rancangan yang usulnya"):
        publishing.reopen(plan, office.people["proses"], office.at)
    processes.reject(id, WHY, office.people["proses2"], office.at)
    assert page(office, plan).outcome == ("rejected", WHY)
    assert told(office, id).may_reopen
    publishing.reopen(plan, office.people["proses"], office.at)
    assert [one.path for one in page(office, plan).changes] == [FORM]
    with transaction() as store:
        assert store.calendars.office_chain()[-1].kind == "release_draft_reopened"
    with pytest.raises(Refused, match="Hanya rancangan yang usulnya"):
        publishing.reopen(plan, office.people["proses"], office.at)
    same = release_drafts.propose(plan, "Sudah dibahas", office.people["proses2"], office.at)
    assert (same.id, same.status) == (id, "draft")  # the very files: the same release, with its whole history


def test_an_overtaken_proposal_is_turned_down_merged_and_proposed_again(office, waiting):
    id, plan = waiting
    office.later(minutes=5)
    other_in_effect(office, "Milik mereka", "forms/kelengkapan.json")
    with pytest.raises(Refused, match="buka kembali"):
        processes.approve(id, office.people["proses2"], office.at)
    processes.reject(id, WHY, office.people["proses2"], office.at)
    publishing.reopen(plan, office.people["proses"], office.at)
    assert page(office, plan).behind


def test_a_draft_that_is_not_there_is_not_opened_again(office):
    with pytest.raises(NotFound):
        publishing.reopen(proposed(office, step_renamed), office.people["proses"], office.at)


@pytest.mark.parametrize("other", ["reject", "withdraw"])
def test_of_two_who_decide_at_once_one_decides(office, application, other):
    id, before = proposed(office, step_renamed), processes.active().id
    acts = {
        "approve": lambda: processes.approve(id, office.people["proses2"], office.at, aware=True),
        "reject": lambda: processes.reject(id, WHY, office.people["proses2"], office.at),
        "withdraw": lambda: publishing.withdraw(id, WHY, office.people["proses"], office.at),
    }
    answers = at_once(application, acts["approve"], acts[other])
    assert sum(isinstance(one, Refused) for one in answers) == 1
    assert processes.active().id in (before, id)
    assert (told(office, id).row.status == "active") == (processes.active().id == id)


def test_whoever_decides_reads_the_warnings_that_the_draft_gave(office):
    def longer(name, text):
        if name != "processes/catalogue/permits.json":
            return text
        raw = json.loads(text)
        raw["SIPB"]["standards"][0]["budget"] = "8 hk"
        return json.dumps(raw)

    id = proposed(office, longer)
    assert [one.message for one in told(office, id).problems if "SIPB" in one.message or "8 hari kerja" in one.message]
    processes.approve(id, office.people["proses2"], office.at, decree="SK 9/2026", aware=True)
    assert not [one for one in told(office, id).problems if "8 hari kerja" in one.message]


def test_a_permit_left_without_a_standard_in_force_keeps_a_draft_from_being_proposed(office, draft):  # noqa: F811
    permits = json.loads(release_files()[rewriting.PERMITS])
    permits["SIPP"]["standards"][0]["valid_from"] = f"{office.at.year + 1}-06-01"
    save(office, draft, json.dumps(permits).encode(), path=rewriting.PERMITS)
    told_ = release_drafts.check(draft, office.people["proses"], office.at)
    assert ("none-in-force", "SIPP") in [(one.code, one.element) for one in told_ if one.severity == "error"]
    with pytest.raises(DefinitionInvalid):
        release_drafts.propose(draft, "Standar tahun depan", office.people["proses"], office.at)
