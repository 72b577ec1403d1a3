"""An internal note that names a colleague is found in his inbox until he has read it."""

import json
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.operations import cases, mentions
from app.operations.case_page import case_page
from app.store import transaction
from engine.errors import NotFound, SubmissionInvalid
from tests.app.operations.test_flows import inbox_of

NOTE = "Mohon diperiksa luas bangunannya"


def named(office, case_id, *logins, body=NOTE, by="verifikator", key=None):
    people = [office.people[one] for one in logins]
    cases.add_note(case_id, body, office.people[by], office.at, key, people)


def awaited(office, login):
    return [one for one in inbox_of(office, login).awaited if one.kind == "mention"]


def test_whoever_is_named_finds_the_note_in_the_inbox_until_it_is_read(office):
    case_id = office.registered()
    named(office, case_id, "kasi", "kabid")
    waiting = awaited(office, "kasi")
    assert [(one.about, one.reason) for one in waiting] == [(case_id, NOTE)]
    with transaction() as store:
        assert waiting[0].title == store.cases.see(case_id).number
    office.later(minutes=5)
    assert mentions.read(case_id, office.people["kasi"], office.at) == 1
    assert mentions.read(case_id, office.people["kasi"], office.at) == 0
    assert awaited(office, "kasi") == []
    assert len(awaited(office, "kabid")) == 1
    page = case_page(case_id, office.people["pengawas"], office.at)
    [found] = page.mentions.values()
    assert {(one.person, one.read_at) for one in found} == {
        (office.people["kasi"], office.at),
        (office.people["kabid"], None),
    }


def test_whoever_is_named_is_told_by_message(office):
    case_id = office.registered()
    named(office, case_id, "kasi")
    with transaction() as store:
        told = [
            json.loads(one) for one in store.session.scalars(text("select payload from outbox where kind='message'"))
        ]
    [message] = [one for one in told if one.get("notice") == "sebutan"]
    assert (message["to"], message["body"]) == (str(office.people["kasi"]), NOTE)


def test_only_officials_who_may_read_the_file_are_offered_and_taken(office):
    case_id = office.registered()
    offered = {one.id for one in mentions.colleagues(case_id, office.people["verifikator"], office.at)}
    assert office.people["kasi"] in offered
    for login in ("verifikator", "pemohon", "tim-pupr"):
        assert office.people[login] not in offered, login
        with pytest.raises(SubmissionInvalid) as refused:
            named(office, case_id, login)
        assert set(refused.value.errors) == {"sebut"}
    with transaction() as store:
        assert store.cases.notes(case_id) == (), "a note that names a stranger is not kept either"


def test_nobody_is_named_by_somebody_who_may_not_write_notes(office):
    case_id = office.registered()
    assert mentions.colleagues(case_id, office.people["pengawas"], office.at) == ()
    with pytest.raises(NotFound):
        mentions.read(case_id, office.people["pemohon2"], office.at)


def test_the_same_note_sent_twice_names_once(office):
    case_id, key = office.registered(), uuid4()
    for _ in range(2):
        named(office, case_id, "kasi", key=key)
    assert len(awaited(office, "kasi")) == 1
