"""In which order the inbox offers work: by the legal time of the files, own tasks before the group's."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from app.operations import inbox, tasks
from app.operations.inbox import InboxFilter
from app.store import transaction
from tests.app.operations.course import COURSE, along
from tests.app.operations.flowing import owed, pay, skrd, to_payment
from tests.app.operations.test_force_majeure import declare, proposal


def listed(office, by, view="kelompok"):
    return inbox.inbox(office.people[by], InboxFilter(view=view), office.at).lines


def order(office, by="verifikator", view="kelompok"):
    return [one.row.case_id for one in listed(office, by, view)]


def placed(office, case_id, **words):
    """Give the file's open task, or the file itself, another date."""
    (name, value), *_ = words.items()
    table, key = ("tasks", "case_id") if name == "due_at" else ("cases", "id")
    with transaction() as store:
        store.session.execute(text(f"update {table} set {name} = :at where {key} = :id"), {"at": value, "id": case_id})


@pytest.fixture
def two(office):
    """A file promised soon whose step has time, and one promised late whose step is due at once."""
    soon, late = office.registered(), office.registered()
    placed(office, late, due_at=office.at)
    placed(office, late, promised_at=office.at + timedelta(days=60))
    placed(office, soon, due_at=office.at + timedelta(days=5))
    return soon, late


def test_the_file_promised_first_stands_on_top_whatever_the_term_of_its_step(office, two):
    assert order(office) == list(two)
    assert [one.row.promised_at for one in listed(office, "verifikator")] == sorted(
        one.row.promised_at for one in listed(office, "verifikator")
    )


def test_a_promise_that_moves_takes_its_tasks_along(office, two):
    soon, late = two
    placed(office, soon, promised_at=office.at + timedelta(days=90))
    assert order(office) == [late, soon]


def test_a_file_without_a_running_promise_stands_behind_the_others_by_its_steps_term_or_age(office, two):
    older, term = office.registered(), office.registered()
    for one in (older, term):
        placed(office, one, promised_at=None)
    placed(office, older, due_at=None)
    placed(office, term, due_at=office.at + timedelta(days=300))
    assert order(office) == [*two, term, older]


def test_next_gives_the_own_task_while_it_is_the_most_urgent_and_none_beside_it(office, two):
    soon, late = two
    verifier = office.people["verifikator"]
    first = tasks.next_task(verifier, office.at)
    assert first == UUID(office.task(soon, "verifikasi_keabsahan").id)
    assert tasks.next_task(verifier, office.at) == first
    assert order(office) == [late]
    placed(office, late, promised_at=office.at)
    assert tasks.next_task(verifier, office.at) == UUID(office.task(late, "verifikasi_keabsahan").id)
    assert tasks.next_task(office.people["verifikator2"], office.at) is None


def test_next_passes_an_own_task_whose_clock_stands_still(office, two):
    soon, late = two
    verifier = office.people["verifikator"]
    tasks.next_task(verifier, office.at)
    with transaction() as store:
        still = text("update clock_readings set paused = true where case_id = :id")
        store.session.execute(still, {"id": soon})
    assert tasks.next_task(verifier, office.at) == UUID(office.task(late, "verifikasi_keabsahan").id)


def waits(office, by):
    return [(one.row.case_id, one.asked, one.clock.state) for one in listed(office, by, "ditangguhkan")]


def test_who_asked_for_a_repair_finds_the_file_among_what_waits_until_it_comes_back(office):
    case_id = office.registered()
    assert waits(office, "verifikator") == []
    office.do(case_id, "verifikasi_keabsahan", "verifikator", "perbaikan", keabsahan__ktp__hasil="perbaikan")
    assert waits(office, "verifikator") == [(case_id, True, "PAUSED")]
    assert inbox.inbox(office.people["verifikator"], InboxFilter(), office.at).counts["ditangguhkan"] == 1
    assert waits(office, "verifikator2") == []
    office.do(case_id, "perbaikan", "pemohon")
    assert waits(office, "verifikator") == []


def test_whoever_worked_on_a_file_finds_it_among_what_waits_for_its_payment(office):
    case_id = along(office, office.registered("TRY"), COURSE[:2])
    skrd(office, case_id)
    to_payment(office, case_id)
    for one in ("kasi", "penghitung"):
        assert waits(office, one) == [(case_id, True, "PAUSED")]
    assert waits(office, "arsip") == []


def test_what_waits_for_the_applicant_stays_listed_while_a_declaration_stands(office):
    case_id = office.registered()
    office.do(case_id, "verifikasi_keabsahan", "verifikator", "perbaikan", keabsahan__ktp__hasil="perbaikan")
    declare(office, proposal(office.at, None))
    assert (case_id, True, "PAUSED") in waits(office, "verifikator")


def test_a_validation_without_a_clock_of_its_own_stands_with_its_files_clock_whatever_others_have(office):
    """As releases had it before validations got their clock; another file's clock says nothing about this one."""
    older, other = (along(office, office.registered("TRY"), COURSE[:2]) for _ in range(2))
    for one in (older, other):
        skrd(office, one)
        to_payment(office, one)
        pay(office, one, owed(one), str(one)[-12:])
    with transaction() as store:
        still = "update clock_readings r set paused = true from clocks c where c.id = r.clock_id and c.case_id = :id"
        store.session.execute(text(f"{still} and c.name = 'L'"), {"id": older})
        store.session.execute(
            text("update clocks set name = 'LAIN' where case_id = :id and name = 'VALIDASI'"), {"id": older}
        )
    assert inbox.inbox(office.people["bendahara"], InboxFilter(), office.at).counts["ditangguhkan"] == 1
