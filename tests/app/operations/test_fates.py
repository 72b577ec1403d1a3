"""A COMMIT that was never answered: done is done once, not done is done again, and nobody guesses."""

from contextlib import closing
from dataclasses import replace
from uuid import uuid4

import pytest

from app.operations import cases, treasury
from app.store import Unavailable, fates, transaction
from app.store.database import LIFE, db
from app.store.fates import Name
from tests.app.operations.crashing import at_commit, unheard


def notes(case_id):
    with transaction() as store:
        return [one.body for one in store.cases.notes(case_id)]


def test_a_note_whose_commit_was_not_answered_stands_once(office):
    case_id = office.registered()
    with at_commit(db.engine, after=unheard()) as waiting:
        cases.add_note(case_id, "Pemohon menelepon", office.people["verifikator"], office.at)
    assert not waiting
    assert notes(case_id) == ["Pemohon menelepon"]


def test_a_note_whose_button_is_pressed_twice_stands_once(office):
    case_id, key = office.registered(), uuid4()
    for _ in range(2):
        cases.add_note(case_id, "Pemohon menelepon", office.people["verifikator"], office.at, key)
    assert notes(case_id) == ["Pemohon menelepon"]


def test_a_hold_whose_commit_was_not_answered_is_not_told_that_it_was_asked_before(office):
    case_id = office.registered()
    with at_commit(db.engine, after=unheard()):
        asked = cases.ask_hold(case_id, "Sedang di luar kota", None, office.people["pemohon"], office.at)
    with transaction() as store:
        assert [one.id for one in store.cases.holds(case_id)] == [asked]


def test_a_hold_whose_page_is_sent_again_after_its_answer_is_the_same_request(office):
    case_id, key, by = office.registered(), uuid4(), office.people["pemohon"]
    asked = cases.ask_hold(case_id, "Sedang di luar kota", None, by, office.at, key)
    cases.decide_hold(asked, False, None, "Tidak perlu", office.people["kasi"], office.at)
    assert cases.ask_hold(case_id, "Sedang di luar kota", None, by, office.at, key) == asked
    with transaction() as store:
        assert len(store.cases.holds(case_id)) == 1


def test_a_commit_that_never_arrived_is_carried_out_by_the_repeat(office, database_superuser):
    with at_commit(db.engine, before=unheard()):
        treasury.enter_bank_line("BLM9", "150000", "03/08/2026", "", office.people["bendahara"], office.at)
    assert database_superuser("select count(*) from bank_lines") == [(1,)]


def test_while_the_database_does_not_tell_nothing_is_repeated(office, monkeypatch):
    case_id = office.registered()
    monkeypatch.setattr(fates, "PAUSES", (0, 0))
    monkeypatch.setattr(fates, "_status", lambda name: ("", ""))
    with at_commit(db.engine, after=unheard()), pytest.raises(Unavailable):
        cases.add_note(case_id, "Pemohon menelepon", office.people["verifikator"], office.at)
    assert notes(case_id) == ["Pemohon menelepon"]


def test_the_database_remembers_what_became_of_a_transaction_by_its_name(office):
    names = {}
    for end in ("commit", "rollback"):
        with closing(db.engine.raw_connection()) as connection, connection.cursor() as cursor:
            cursor.execute("select pg_current_xact_id()::text")
            names[end] = Name(cursor.fetchone()[0], connection.info[LIFE])
            getattr(connection, end)()
    assert [fates.committed(one) for one in names.values()] == [True, False]
    before_a_crash = {end: replace(one, life="another life") for end, one in names.items()}
    with pytest.raises(fates.Unknown):  # the number may have been given to another since
        fates.committed(before_a_crash["commit"])
    assert fates.committed(before_a_crash["rollback"]) is False


def test_a_transaction_that_only_read_has_no_name(office):
    with transaction() as store:
        assert fates.name_of(store.session) is None
