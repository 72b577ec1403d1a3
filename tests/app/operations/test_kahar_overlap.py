"""One event is declared once: whoever declares another that meets it says that it is another, and why."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.operations import force_majeure as kahar
from app.operations import force_majeure_changes as changes
from app.operations import force_majeure_page
from app.operations.force_majeure_changes import Change
from app.store import transaction
from app.store.encoding import parse
from engine.errors import SubmissionInvalid
from tests.app.operations.test_force_majeure import (
    TUESDAY,
    WEDNESDAY,
    declare,
    promise,
    proposal,
    running,
    undo,
)

__all__ = ["running"]
LATER = WEDNESDAY + timedelta(hours=1)
OTHER = "Kebakaran gardu tidak ada hubungannya dengan petir hari Selasa"


def another(**more):
    wanted = {"since": TUESDAY + timedelta(hours=2), "until": LATER, "event_kind": "kebakaran", "apart": ""}
    return proposal(**{**wanted, **more})


def refused(office, wanted):
    with pytest.raises(SubmissionInvalid) as error:
        kahar.propose(wanted, office.people["kabid"], office.at)
    return error.value.errors


def test_a_declaration_that_meets_another_is_not_proposed_until_its_author_says_that_it_is_another_event(
    office, running
):
    first = declare(office, proposal(TUESDAY, WEDNESDAY))
    [met] = kahar.preview(another(), office.people["kabid"], office.at).met
    assert (met.id, met.code, met.decree) == (first, "KAHAR-2026-001", "001/KEP")
    errors = refused(office, another())
    assert errors.keys() == {"tumpang"}
    assert "KAHAR-2026-001" in errors["tumpang"]
    assert refused(office, another(apart="lain")).keys() == {"alasan_lain"}
    assert refused(office, another(apart="x" * 5000)).keys() == {"alasan_lain"}
    id = kahar.propose(another(apart=f" {OTHER} "), office.people["kabid"], office.at)
    with transaction() as store:
        row = store.calendars.versions(id)[0]
    assert (parse(row.apart_from), row.apart_because) == (["KAHAR-2026-001"], OTHER)
    assert force_majeure_page.page(id, office.people["kadis"], office.at).apart[1] == ("KAHAR-2026-001",)


def test_time_that_two_declared_events_cover_is_counted_once(office, running):
    before = promise(running, office.at)
    declare(office, proposal(TUESDAY, LATER))
    one = promise(running, office.at)
    declare(office, another(apart=OTHER, until=WEDNESDAY), "002/KEP")
    assert promise(running, office.at) == one > before


def test_one_that_waits_for_the_second_person_is_met_as_well(office, running):
    kahar.propose(proposal(TUESDAY, WEDNESDAY), office.people["kabid"], office.at)
    [met] = kahar.preview(another(), office.people["kasi"], office.at).met
    assert met.decree == ""


@pytest.mark.parametrize(
    ("scope", "other", "meet"),
    [
        ({}, {"permit_types": ["SIPB"]}, True),
        ({"permit_types": ["SIPB", "PEN"]}, {"permit_types": ["PEN"]}, True),
        ({"permit_types": ["SIPB"]}, {"permit_types": ["PEN"]}, False),
        ({"permit_types": ["SIPB"]}, {"units": ["PUPR"]}, True),
        ({"areas": ["18.72.01"]}, {"areas": ["18.72.01.1002"]}, True),
        ({"areas": ["18.72.01"]}, {"areas": ["18.72.02"]}, False),
    ],
)
def test_only_what_has_time_and_scope_in_common_meets(office, running, scope, other, meet):
    declare(office, proposal(TUESDAY, WEDNESDAY, scope=scope))
    found = kahar.preview(another(scope=other), office.people["kabid"], office.at).met
    assert bool(found) is meet
    after = replace(another(scope=scope), since=WEDNESDAY)
    assert kahar.preview(after, office.people["kabid"], office.at).met == (), "it begins as the other ends"


def test_what_was_undone_or_rejected_meets_nothing_and_a_reason_for_nothing_is_not_kept(office, running):
    undo(office, declare(office, proposal(TUESDAY, WEDNESDAY)), "002/KEP")
    waiting = kahar.propose(proposal(TUESDAY, LATER), office.people["kabid"], office.at)
    kahar.reject(waiting, "Bukti tidak cukup", office.people["kadis"], office.at)
    id = kahar.propose(another(apart=OTHER), office.people["kabid"], office.at)
    with transaction() as store:
        row = store.calendars.versions(id)[0]
    assert (parse(row.apart_from), row.apart_because) == ([], "")


def test_a_correction_that_newly_meets_another_declaration_says_that_it_is_another_event(office, running):
    declare(office, proposal(TUESDAY, WEDNESDAY))
    id, by = declare(office, another(since=WEDNESDAY, until=LATER), "002/KEP"), office.people["kabid"]
    wider = Change("AMEND", "Gardu terbakar sejak Selasa siang", since=TUESDAY + timedelta(hours=4))
    [met] = changes.preview(id, wider, by, office.at).impact.met
    assert met.code == "KAHAR-2026-001"
    for apart, field in (("", "tumpang"), ("lain", "alasan_lain")):
        with pytest.raises(SubmissionInvalid) as error:
            changes.propose(id, replace(wider, apart=apart), by, office.at)
        assert error.value.errors.keys() == {field}
    version = changes.propose(id, replace(wider, apart=OTHER), by, office.at)
    with transaction() as store:
        row = store.calendars.versions(id)[0]
    assert (row.version, parse(row.apart_from), row.apart_because) == (version, ["KAHAR-2026-001"], OTHER)


def test_a_correction_is_not_asked_again_of_what_the_declaration_met_before(office, running):
    declare(office, proposal(TUESDAY, WEDNESDAY))
    id, by = declare(office, another(apart=OTHER), "002/KEP"), office.people["kabid"]
    narrower = Change("AMEND", "Gardu terbakar satu jam kemudian", since=TUESDAY + timedelta(hours=3))
    assert changes.preview(id, narrower, by, office.at).impact.met == ()
    changes.propose(id, narrower, by, office.at)
    with transaction() as store:
        assert store.calendars.versions(id)[0].apart_because == ""
