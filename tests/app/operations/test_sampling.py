"""Samples for the audit: the same seed, period and filters draw the same files for ever."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from app.operations import sampling
from app.store import transaction
from engine.errors import NotAllowed, NotFound, SubmissionInvalid

LATER = timedelta(days=3)


@pytest.fixture
def week(office):
    """Six files opened on one day, three of them registered; and the lot over that day."""
    office.ids = [office.open("SIPB") for _ in range(3)] + [office.registered("PEN") for _ in range(3)]
    day = office.at.date()
    return sampling.Lot("undian 4471", False, day, day, "", "", 4)


def drawn(office, lot, at=None):
    id = sampling.draw(lot, office.people["pengawas"], at or office.at + LATER)
    return [one.id for one in sampling.sample(id, office.people["pengawas"], office.at + LATER).cases]


def test_the_lot_is_the_hash_of_seed_and_file_so_that_anybody_can_repeat_it(office, week):
    order = sorted(office.ids, key=lambda id: hashlib.sha256(f"undian 4471:{id}".encode()).digest())
    assert drawn(office, week) == order[:4]
    assert drawn(office, replace(week, seed="undian 4472", wanted=6)) != order


def test_the_same_lot_draws_the_same_files_whatever_happens_to_them_later(office, week):
    lot = replace(week, state="TERDAFTAR", wanted=3)
    with transaction() as store:
        states = {one.state for one in store.case_lists.case_rows(office.ids[3:])}
    assert len(states) == 1
    lot = replace(lot, state=states.pop())
    before = drawn(office, lot)
    assert sorted(before) == sorted(office.ids[3:])
    office.at += timedelta(days=1)
    office.registered("PEN")
    office.do(office.ids[3], "verifikasi_keabsahan", "verifikator")
    with transaction() as store:
        assert store.case_lists.case_row(office.ids[3]).state != lot.state
    assert drawn(office, lot) == before


def test_a_sample_among_closed_files_holds_no_open_one(office, week):
    from app.operations import cases

    cases.withdraw(office.ids[3], office.people["pemohon"], office.at)
    assert drawn(office, replace(week, closed=True)) == [office.ids[3]]


def test_a_sample_of_a_permit_is_told_among_how_many_it_was_drawn(office, week):
    id = sampling.draw(replace(week, permit="PEN", wanted=2), office.people["pengawas"], office.at + LATER)
    found = sampling.sample(id, office.people["kadis"], office.at + LATER)
    assert (found.row.population, len(found.cases)) == (3, 2)
    assert {one.permit for one in found.cases} == {"PEN"}
    assert not found.may_answer


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"seed": "  "}, "benih"),
        ({"seed": "x" * 61}, "benih"),
        ({"wanted": 0}, "jumlah"),
        ({"wanted": 201}, "jumlah"),
        ({"permit": "XYZ"}, "izin"),
        ({"state": "XYZ"}, "keadaan"),
        ({"permit": "IMB"}, ""),
    ],
)
def test_a_lot_that_cannot_be_drawn_says_why_at_its_field(office, week, change, field):
    with pytest.raises(SubmissionInvalid) as refused:
        drawn(office, replace(week, **change))
    assert set(refused.value.errors) == {field}


def test_a_period_that_is_not_over_is_not_drawn_from(office, week):
    with pytest.raises(SubmissionInvalid) as refused:
        drawn(office, week, office.at)
    assert set(refused.value.errors) == {"sampai"}
    with pytest.raises(SubmissionInvalid):
        drawn(office, replace(week, since=week.since + timedelta(days=1)))


def test_an_answer_is_changed_by_a_newer_one_and_the_older_stays(office, week):
    id = sampling.draw(week, office.people["pengawas"], office.at + LATER)
    case = sampling.sample(id, office.people["pengawas"], office.at + LATER).cases[0].id
    for given, new in (
        ({"waktu": ("tidak_sesuai", "Lewat dua hari"), "jeda": ("", "")}, 1),
        ({"waktu": ("tidak_sesuai", "Lewat dua hari")}, 0),
        ({"waktu": ("sesuai", "")}, 1),
    ):
        assert sampling.answer(id, case, given, office.people["pengawas"], office.at + LATER) == new
    found = sampling.sample(id, office.people["pengawas"], office.at + LATER)
    assert found.latest[case]["waktu"].verdict == "sesuai"
    assert [one.verdict for one in found.answers] == ["tidak_sesuai", "sesuai"]


def test_what_does_not_conform_needs_a_note(office, week):
    id = sampling.draw(week, office.people["pengawas"], office.at + LATER)
    case = sampling.sample(id, office.people["pengawas"], office.at + LATER).cases[0].id
    given = {"waktu": ("tidak_sesuai", ""), "jeda": ("entah", "")}
    with pytest.raises(SubmissionInvalid) as refused:
        sampling.answer(id, case, given, office.people["pengawas"], office.at + LATER)
    assert set(refused.value.errors) == {"catatan-waktu", "putusan-jeda"}


def test_only_the_supervisor_draws_and_answers_and_only_about_what_was_drawn(office, week):
    id = sampling.draw(replace(week, permit="PEN"), office.people["pengawas"], office.at + LATER)
    for login in ("kadis", "kabid"):
        with pytest.raises(NotAllowed):
            sampling.draw(week, office.people[login], office.at + LATER)
        with pytest.raises(NotAllowed):
            sampling.answer(id, office.ids[3], {"waktu": ("sesuai", "")}, office.people[login], office.at + LATER)
    with pytest.raises(NotFound):
        sampling.answer(id, office.ids[0], {"waktu": ("sesuai", "")}, office.people["pengawas"], office.at + LATER)
