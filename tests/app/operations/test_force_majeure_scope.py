"""What a declaration is limited to: steps and districts, corrected like its span, never twice the same."""

from datetime import timedelta
from functools import partial

import pytest

from app.operations import force_majeure as kahar
from app.operations import force_majeure_changes as changes
from app.operations.force_majeure_scope import dimensions
from app.store import transaction
from engine.errors import SubmissionInvalid
from tests.app.operations.test_force_majeure import TUESDAY, WEDNESDAY, declare, establish, promise, proposal
from tests.app.operations.test_force_majeure import running as running


def correct(office, id, because="Cakupannya ternyata lain", **more):
    return changes.correct(id, more.pop("since", None), None, because, office.people["kabid"], office.at, **more)


def where(case_id):
    with transaction() as store:
        case = store.cases.see(case_id).case
        return case.facts.area, [one.element for one in case.tasks if one.role != "PM"]


def test_a_district_covers_every_ward_below_it_and_no_other(office, running):
    before, (ward, _steps) = promise(running, office.at), where(running)
    district = ward.rpartition(".")[0]
    other = "18.72.02" if district != "18.72.02" else "18.72.03"
    declare(office, proposal(TUESDAY, WEDNESDAY, scope={"areas": [other]}), "001/KEP")
    assert promise(running, office.at) == before
    declare(office, proposal(TUESDAY, WEDNESDAY, scope={"areas": [district]}), "002/KEP")
    assert promise(running, office.at) > before


def test_a_step_that_stands_still_stops_only_the_files_that_wait_at_it(office, running):
    before, (_ward, (step, *_more)) = promise(running, office.at), where(running)
    offered = {one.name: dict(one.options) for one in dimensions(office.people["kabid"], office.at)}
    assert step in offered["steps"]
    other = next(one for one in offered["steps"] if one != step)
    declare(office, proposal(TUESDAY, WEDNESDAY, scope={"steps": [other]}), "001/KEP")
    assert promise(running, office.at) == before
    declare(office, proposal(TUESDAY, WEDNESDAY, scope={"steps": [step]}), "002/KEP")
    assert promise(running, office.at) > before


def test_the_work_of_applicants_is_no_step_that_can_stand_still(office):
    offered = {one.name: one.options for one in dimensions(office.people["kabid"], office.at)}
    assert not any("(Pemohon)" in name for _code, name in offered["steps"])
    assert any(name.startswith("Kecamatan ") for _code, name in offered["areas"])


def test_a_correction_of_the_scope_moves_the_promise_back_when_it_is_established(office, running):
    before = promise(running, office.at)
    id = declare(office, proposal(TUESDAY, WEDNESDAY))
    stopped = promise(running, office.at)
    assert stopped > before
    correct(office, id, scope={"permit_types": ["IMB"]})
    assert promise(running, office.at) == stopped, "proposed is not established"
    establish(office, id, "002/KEP")
    assert promise(running, office.at) == before
    correct(office, id, scope={}, because="Ternyata seluruh pelayanan")
    establish(office, id, "003/KEP")
    assert promise(running, office.at) == stopped


@pytest.mark.parametrize(
    ("wanted", "allowed"),
    [
        ({"scope": {}}, False),
        ({"scope": {"permit_types": ["IMB", "SIPB"]}}, False),
        ({"until": WEDNESDAY + timedelta(hours=3)}, False),
        ({"since": TUESDAY + timedelta(hours=1)}, True),
        ({"scope": {"permit_types": ["IMB"], "areas": ["18.72.01"]}}, True),
    ],
)
def test_long_after_a_correction_takes_no_further_time_out_without_the_mayors_letter(office, running, wanted, allowed):
    id = declare(office, proposal(TUESDAY, WEDNESDAY, scope={"permit_types": ["IMB"]}))
    later, by = WEDNESDAY + timedelta(days=30), office.people["kabid"]
    since, until = wanted.get("since"), wanted.get("until")
    act = partial(changes.correct, id, since, until, "Ternyata lebih dari itu", by, later, scope=wanted.get("scope"))
    if allowed:
        act()
        return
    with pytest.raises(SubmissionInvalid) as refused:
        act()
    assert set(refused.value.errors) == {"persetujuan"}


def test_a_correction_that_says_nothing_of_the_scope_leaves_it_as_it_stands(office, running):
    before = promise(running, office.at)
    id = declare(office, proposal(TUESDAY, WEDNESDAY, scope={"permit_types": ["IMB"]}))
    correct(office, id, since=TUESDAY + timedelta(hours=1))
    establish(office, id, "002/KEP")
    assert promise(running, office.at) == before


@pytest.mark.parametrize("scope", [None, {"permit_types": ["SIPB", "IMB"]}])
def test_a_correction_that_changes_nothing_is_no_correction(office, running, scope):
    id = declare(office, proposal(TUESDAY, WEDNESDAY, scope={"permit_types": ["IMB", "SIPB"]}))
    with pytest.raises(SubmissionInvalid) as refused:
        correct(office, id, since=TUESDAY, scope=scope)
    assert refused.value.errors == {"sejak": "Koreksi ini tidak mengubah apa pun yang berlaku"}


def test_what_the_office_does_not_know_is_named_at_its_dimension(office, running):
    with pytest.raises(SubmissionInvalid) as refused:
        kahar.preview(proposal(TUESDAY, WEDNESDAY, scope={"areas": ["99.99"]}), office.people["kabid"], office.at)
    assert refused.value.errors == {"areas": "Cakupan tidak dikenal: 99.99"}
    id = declare(office, proposal(TUESDAY, WEDNESDAY))
    with pytest.raises(SubmissionInvalid) as refused:
        correct(office, id, scope={"steps": ["menari"], "units": []})
    assert refused.value.errors["steps"] == "Cakupan tidak dikenal: menari"
    assert "Cakupan kosong" in refused.value.errors["units"]


def test_the_very_same_event_is_declared_once_while_it_waits_or_stands(office, running):
    wanted, kabid = proposal(TUESDAY, WEDNESDAY), office.people["kabid"]
    first = kahar.propose(wanted, kabid, office.at)
    with pytest.raises(SubmissionInvalid) as refused:
        kahar.propose(wanted, office.people["kasi"], office.at)
    assert "KAHAR-2026-001" in refused.value.errors["sejak"]
    kahar.reject(first, "Tidak terbukti", office.people["kadis"], office.at)
    second = kahar.propose(wanted, kabid, office.at)
    establish(office, second, "002/KEP")
    with pytest.raises(SubmissionInvalid) as refused:
        kahar.preview(wanted, kabid, office.at)
    assert "KAHAR-2026-002" in refused.value.errors["sejak"]
    kahar.propose(proposal(TUESDAY, WEDNESDAY, scope={"permit_types": ["IMB"]}), kabid, office.at)


def test_a_preview_names_the_declaration_that_covers_the_same_time_and_as_much_or_more(office, running):
    declare(office, proposal(TUESDAY, WEDNESDAY, scope={"areas": ["18.72.01"]}))

    def warned(scope, since=TUESDAY + timedelta(hours=1), until=WEDNESDAY):
        seen = kahar.preview(proposal(since, until, scope=scope), office.people["kabid"], office.at)
        return [one for one in seen.warnings if "KAHAR-2026-001" in one]

    assert len(warned({"areas": ["18.72.01"]})) == 1
    assert len(warned({"areas": ["18.72.01.1001"], "permit_types": ["IMB"]})) == 1
    assert warned({}) == []
    assert warned({"areas": ["18.72.02"]}) == []
    assert warned({"areas": ["18.72.01"]}, WEDNESDAY, WEDNESDAY + timedelta(hours=1)) == []


def test_a_file_that_waits_for_its_applicant_stood_still_already_and_nothing_more_is_removed(office):
    waiting, counted = office.registered("SIPB"), office.registered("SIPB")
    office.do(waiting, "verifikasi_keabsahan", "verifikator", "perbaikan", keabsahan__ktp__hasil="perbaikan")
    office.at = TUESDAY + timedelta(days=3)
    seen = kahar.preview(proposal(TUESDAY, WEDNESDAY), office.people["kabid"], office.at)
    moves = {one.case_id: one for one in seen.moves}
    assert moves[counted].removed_hk > 0
    assert not moves[counted].already_stopped
    assert (moves[waiting].removed_hk, moves[waiting].already_stopped) == (0, True)
    assert (seen.touched, seen.clocks, seen.moved, seen.unmoved, seen.standing) == (2, 2, 1, 1, 1)
    assert seen.counts()["tidak_bergeser"] == 1


def test_what_a_second_declaration_removes_is_only_what_the_first_left(office, running):
    declare(office, proposal(TUESDAY, TUESDAY + timedelta(hours=3)))
    (whole,) = kahar.preview(proposal(TUESDAY + timedelta(days=1), WEDNESDAY), office.people["kabid"], office.at).moves
    (rest,) = kahar.preview(proposal(TUESDAY, WEDNESDAY), office.people["kabid"], office.at).moves
    assert 0 < whole.removed_hk < rest.removed_hk
    with_first = rest.after.split_hk.kahar - rest.before.split_hk.kahar
    assert rest.removed_hk == with_first == rest.before.split_hk.office - rest.after.split_hk.office
