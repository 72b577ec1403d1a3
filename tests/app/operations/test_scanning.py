"""Signed scans of letters that are signed by hand: stored by who signs them, told on the page of verification."""

import json

import pytest

from app.operations import auditing, background, documents, scanning
from app.operations.demo import invented
from app.store import transaction
from engine.case.recalling import lasting
from engine.errors import NotAllowed, NotFound, SubmissionInvalid
from tests.app.operations.flowing import billed
from tests.app.operations.test_declaring import letters
from tests.app.operations.test_force_majeure import TUESDAY, WEDNESDAY, correct, declare, proposal, recover, running
from tests.app.operations.test_issued_letters import determined

__all__ = ["running"]
PAPER = invented.paper()


@pytest.fixture
def decreed(office, running):
    """A declaration established by the Kepala Dinas, and its decree."""
    id = declare(office, proposal(TUESDAY, None), "003/KEP")
    return id, letters(id)[0]


@pytest.fixture
def warned(office):
    """A file whose levy was not paid in time, and the reminder that was issued for it."""
    case_id = billed(office)
    office.later(days=32)
    while background.wake_one(office.at):
        pass
    office.do(case_id, "teguran", "bendahara")
    return case_id, letter(case_id, "surat_teguran")


def letter(case_id, kind):
    with transaction() as store:
        return store.documents.letters_of(case_id, kind)[-1]


def verified(row):
    found = documents.verify_letter(row.verification_code)
    return found.signing_way, found.scanned, found.signed


def test_a_decree_waits_for_its_signed_scan_and_is_called_signed_once_it_came(office, decreed):
    id, decree = decreed
    assert verified(decree) == ("basah", False, False)
    scanning.keep(id, decree.id, PAPER, office.people["kadis"], office.at, checked=True)
    assert verified(decree) == ("basah", True, True)
    assert documents.letter(decree.id, office.people["arsip"], office.at, signed=True).content == PAPER


def test_the_storing_of_a_decree_stands_in_the_history_of_the_office_once(office, decreed, database_superuser):
    id, decree = decreed
    for _ in range(2):
        scanning.keep(id, decree.id, PAPER, office.people["kadis"], office.at, checked=True)
    told = database_superuser("select body from office_events where kind = 'letter_scanned'")
    assert [json.loads(body)["id"] for (body,) in told] == [str(decree.id)]


def test_a_recovery_record_takes_its_signed_scan_too(office, decreed):
    id, _decree = decreed
    recover(office, id, WEDNESDAY, "001/BA")
    record = letters(id)[-1]
    scanning.keep(id, record.id, PAPER, office.people["kadis"], office.at, checked=True)
    assert (record.kind, verified(record)) == ("ba_pemulihan", ("basah", True, True))


def test_who_only_proposed_a_decree_does_not_store_its_scan(office, decreed):
    id, decree = decreed
    for login in ("kabid", "loket", "bendahara"):
        with pytest.raises(NotAllowed):
            scanning.keep(id, decree.id, PAPER, office.people[login], office.at, checked=True)
    with pytest.raises(NotFound):
        scanning.keep(id, decree.id, PAPER, office.people["pemohon"], office.at, checked=True)
    assert verified(decree) == ("basah", False, False)


def test_a_scan_that_is_no_paper_is_refused_at_its_own_field(office, decreed):
    id, decree = decreed
    for content in (b"", b"MZ program"):
        with pytest.raises(SubmissionInvalid) as refused:
            scanning.keep(id, decree.id, content, office.people["kadis"], office.at, checked=True)
        assert set(refused.value.errors) == {f"pindaian-{decree.id}"}


def test_nobody_stores_a_scan_without_saying_that_it_is_of_this_letter(office, decreed):
    id, decree = decreed
    with pytest.raises(SubmissionInvalid) as refused:
        scanning.keep(id, decree.id, PAPER, office.people["kadis"], office.at, checked=False)
    assert set(refused.value.errors) == {f"diperiksa-{decree.id}"}
    assert verified(decree) == ("basah", False, False)


def test_a_later_scan_takes_the_place_of_a_wrong_one_and_the_history_keeps_both(office, decreed, database_superuser):
    id, decree = decreed
    for content in (PAPER, invented.photo()):
        scanning.keep(id, decree.id, content, office.people["kadis"], office.at, checked=True)
    (first,), (second,) = database_superuser(
        "select body from office_events where kind = 'letter_scanned' order by seq"
    )
    assert json.loads(second)["before"] == json.loads(first)["sha256"]
    assert letters(id)[0].signed_sha256 == json.loads(second)["sha256"]


def test_a_changed_decree_says_by_which_it_was_changed_and_the_change_stands(office, decreed):
    id, _decree = decreed
    correct(office, id, None, WEDNESDAY, "004/KEP")
    recover(office, id, WEDNESDAY, "001/BA")
    first, change, record = (documents.verify_letter(one.verification_code) for one in letters(id))
    assert [(one.kind, one.decree) for one in first.later] == [("AMEND", "004/KEP"), ("RECOVER", "001/BA")]
    assert [one.changed for one in (first, change, record)] == [True, False, False]
    assert first.withdrawn_at is None


def test_a_reminder_takes_its_signed_scan_from_the_treasurer_who_sent_it(office, warned):
    case_id, reminder = warned
    assert verified(reminder) == ("basah", False, False)
    with pytest.raises(NotAllowed):
        scanning.keep(case_id, reminder.id, PAPER, office.people["kabid"], office.at, checked=True)
    scanning.keep(case_id, reminder.id, PAPER, office.people["bendahara"], office.at, checked=True)
    kept = letter(case_id, "surat_teguran")
    assert (kept.signed, kept.signing_way, kept.signed_by) == (True, "basah", office.people["bendahara"])
    assert verified(reminder) == ("basah", True, True)


def test_the_storing_of_a_reminder_stands_in_the_history_of_its_file(office, warned):
    case_id, reminder = warned
    scanning.keep(case_id, reminder.id, PAPER, office.people["bendahara"], office.at, checked=True)
    with transaction() as store:
        last = store.cases.events(case_id)[-1]
    assert (last.kind, last.by, json.loads(last.body)["letter"]) == (
        "letter_scanned",
        office.people["bendahara"],
        "surat_teguran",
    )
    assert auditing.verify(case_id).faults == ()


def test_a_bill_with_interest_takes_its_signed_scan(office, warned):
    case_id, _reminder = warned
    office.later(days=9)
    while background.wake_one(office.at):
        pass
    office.do(case_id, "strd", "bendahara")
    bill = letter(case_id, "strd")
    assert verified(bill) == ("basah", False, False)
    scanning.keep(case_id, bill.id, PAPER, office.people["bendahara"], office.at, checked=True)
    assert verified(bill) == ("basah", True, True)


def test_a_letter_that_nobody_signs_by_hand_takes_no_scan(office, warned):
    case_id, reminder = warned
    receipt = letter(case_id, "tanda_terima")
    with pytest.raises(NotFound):
        scanning.keep(case_id, receipt.id, PAPER, office.people["loket"], office.at, checked=True)
    with pytest.raises(NotFound):  # the address of another file
        scanning.keep(receipt.id, reminder.id, PAPER, office.people["bendahara"], office.at, checked=True)


def test_a_scan_does_not_keep_anybody_from_taking_the_step_before_it_back():
    assert lasting(["task_completed"], ["letter_scanned"]) == ""


def test_an_skrd_signed_by_hand_is_not_called_signed_before_its_scan_came(office):
    case_id = determined(office, "basah")
    assert verified(letter(case_id, "skrd")) == ("basah", False, False)
    office.do(case_id, "sampaikan_skrd", "bendahara", pindaian_skrd=True)
    assert verified(letter(case_id, "skrd")) == ("basah", True, True)
