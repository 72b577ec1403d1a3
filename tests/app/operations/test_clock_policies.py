"""Open points of the law: proposed with a source, adopted by another person, and no given promise moves."""

from datetime import timedelta

import pytest

from app.clock import WIB
from app.operations import clock_policies
from app.store import transaction
from engine.case import read_clock
from engine.errors import NotAllowed, NotFound, Refused, SubmissionInvalid

TYPED = {
    "whole_day": "ya", "rungs": "40, 80", "limit_days": "3; 1", "near": "60", "berlaku": "03/08/2026",
    "keputusan": "SK Kepala Dinas 3/2026", "sebab": "Saran Bagian Hukum",
}  # fmt: skip


def reading(case_id, at):
    with transaction() as store:
        held, world = store.cases.see(case_id), store.calendars.world()
        return read_clock(held.case, held.case.clock("L"), world, at)


def proposed(office, **typed):
    return clock_policies.propose({**TYPED, **typed}, office.people["admin"], office.at)


def test_an_adopted_reading_holds_for_files_that_begin_after_it_and_for_no_other(office):
    older = office.registered("SIPB")
    given = reading(older, office.at).promised_at
    made = proposed(office)
    assert not clock_policies.page(office.people["kabid"], office.at).present.whole_day
    clock_policies.adopt(made, office.people["kadis"], office.later(hours=1))
    present = clock_policies.page(office.people["kabid"], office.at).present
    assert (present.whole_day, present.rungs, present.limit_days, present.near) == (True, (40, 80), (3, 1), 60)
    assert reading(older, office.at).promised_at == given
    office.later(minutes=1)
    newer = office.registered("SIPB")
    found = reading(newer, office.at)
    assert found.promised_at.astimezone(WIB).strftime("%H.%M") == "23.59"
    assert set(found.rungs) == {40, 80, 100}


def test_the_proposer_does_not_adopt_and_nobody_decides_twice(office, database_superuser):
    made = proposed(office)
    for login in ("admin", "kabid", "pengawas"):
        with pytest.raises(NotAllowed):
            clock_policies.adopt(made, office.people[login], office.at)
    clock_policies.adopt(made, office.people["kadis"], office.at)
    with pytest.raises(Refused):
        clock_policies.reject(made, "Belum perlu diubah", office.people["kadis"], office.at)
    rows = database_superuser("select kind from office_events where kind like 'clock_policy%%' order by seq")
    assert [one for (one,) in rows] == ["clock_policy_proposed", "clock_policy_adopted"]


def test_a_refusal_needs_its_reason_and_changes_nothing(office):
    made = proposed(office)
    with pytest.raises(SubmissionInvalid):
        clock_policies.reject(made, " ", office.people["kadis"], office.at)
    clock_policies.reject(made, "Belum perlu diubah", office.people["kadis"], office.at)
    assert not clock_policies.page(office.people["kadis"], office.at).present.whole_day
    with pytest.raises(NotFound):
        clock_policies.adopt(office.people["kadis"], office.people["kadis"], office.at)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("rungs", "lima puluh"), ("rungs", "120"), ("limit_days", "0"), ("near", "70, 80"), ("near", ""),
        ("berlaku", "32/08/2026"), ("berlaku", "02/08/2026"), ("berlaku", "31/12/9999"), ("keputusan", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_at_its_field(office, field, typed):
    with pytest.raises(SubmissionInvalid) as invalid:
        proposed(office, **{field: typed})
    assert set(invalid.value.errors) == {field}


def test_one_decree_carries_one_reading_and_a_rejected_proposal_gives_it_back(office):
    made = proposed(office)
    with pytest.raises(SubmissionInvalid) as invalid:
        proposed(office, near="65", keputusan="sk kepala dinas  3/2026")
    assert "sudah dipakai usulan aturan jam yang diajukan" in invalid.value.errors["keputusan"]
    clock_policies.reject(made, "Belum perlu diubah", office.people["kadis"], office.at)
    clock_policies.adopt(proposed(office, near="65"), office.people["kadis"], office.later(hours=1))
    with pytest.raises(SubmissionInvalid) as invalid:
        proposed(office, near="60", berlaku="04/08/2026")
    assert set(invalid.value.errors) == {"keputusan"}


def test_a_proposal_that_changes_nothing_is_no_proposal(office):
    same = {"whole_day": "tidak", "rungs": "50, 75, 90", "limit_days": "2, 1", "near": "70"}
    with pytest.raises(SubmissionInvalid):
        proposed(office, **same)


def test_every_choice_shows_what_the_clocks_make_of_it_and_the_two_never_agree(office):
    page = clock_policies.page(office.people["pengawas"], office.at)
    flags = [one for one in page.points if len(one.choices) == 2]
    assert len(flags) == 5
    for one in flags:
        assert all(choice.results for choice in one.choices), one.name
        assert one.choices[0].results != one.choices[1].results, one.name
        assert [choice.held for choice in one.choices] == [True, False]
    numbers = {one.name: one.choices[0] for one in page.points if len(one.choices) == 1}
    assert [word for word, _ in numbers["rungs"].results] == ["50%", "75%", "90%", "100%"]
    assert [word for word, _ in numbers["limit_days"].results] == ["H-2", "H-1", "batas hukum"]
    days = [when for _, when in numbers["limit_days"].results]
    assert days == sorted(days)


def test_a_proposal_shows_only_what_it_would_change(office):
    made = proposed(office, near="70")
    page = clock_policies.proposal(made, office.people["kadis"], office.at + timedelta(days=1))
    assert page.changed == ("whole_day", "rungs", "limit_days")
    assert page.may_decide
    assert not clock_policies.proposal(made, office.people["admin"], office.at).may_decide
