"""Who looked at whose data: added up, listed, and found by index; a look stands once a day."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event

from app.operations import looks, personal, tasks
from app.operations.looks import Sieve
from app.operations.patterns import Span
from app.store import transaction
from app.store.database import db
from engine.errors import NotAllowed
from tests.conftest import NAME

AUGUST = Span(date(2026, 8, 1), date(2026, 8, 31))


def sums(office, by="pelihat"):
    found = looks.page(AUGUST, by, None, office.people["pengawas"], office.at).sums
    return {one[0]: one for one in found}


def test_a_look_stands_once_a_day_for_each_file_and_person(office):
    case_id = office.registered("SIPB")
    for days in (0, 0, 0, 1):
        office.later(days=days, minutes=1)
        looks.opened("case_id", case_id, office.people["kabid"], office.at, "10.0.0.7")
    assert sums(office)[office.people["kabid"]].looks == 2
    looks.opened("case_id", case_id, office.people["kasi"], office.at)
    assert sums(office, "berkas")[case_id].lookers == 2


def test_a_file_in_which_one_holds_or_did_a_task_is_no_file_apart(office):
    own, other = office.registered("SIPB"), office.registered("SIPB")
    verifier = office.people["verifikator"]
    tasks.claim_task(UUID(office.task(own, "verifikasi_keabsahan").id), verifier, office.at)
    for case_id in (own, other):
        looks.opened("case_id", case_id, verifier, office.at)
        looks.opened("case_id", case_id, office.people["loket"], office.at)  # who checked both for completeness
    assert (sums(office)[verifier].files, sums(office)[verifier].apart) == (2, 1)
    assert sums(office)[office.people["loket"]].apart == 0
    listed = looks.page(AUGUST, "pelihat", Sieve(person=verifier, apart=True), office.people["kadis"], office.at)
    assert [one.case_id for one in listed.lines] == [other]


def test_the_look_at_the_record_is_itself_recorded_and_only_supervisors_take_it(office):
    sums(office)
    assert sums(office)[office.people["pengawas"]].audits == 1
    with pytest.raises(NotAllowed):
        looks.page(AUGUST, "pelihat", None, office.people["kabid"], office.at)
    listed = looks.page(AUGUST, "pelihat", Sieve(person=office.people["pengawas"]), office.people["kadis"], office.at)
    assert {one.what for one in listed.lines} == {personal.LOOKS}


LOOKED = """
insert into access_log (id, person_id, what, case_id, why, address, at)
select gen_random_uuid(), p.id, 'case_viewed', c.id, '', '', timestamptz '2020-01-01' + n * interval '7 min'
from (select id from people where email like 'loket@%') p, (select id from cases limit 1) c, generate_series(1, 60000) n
"""


def test_no_question_about_a_month_reads_the_looks_of_other_years(office, cluster):
    case_id = office.registered("SIPB")
    server = cluster.database(NAME)
    server.ask(LOOKED, None)
    server.ask("analyze access_log")
    heard, month = [], Span(date(2020, 3, 1), date(2020, 3, 31))

    def hear(connection, cursor, statement, parameters, context, many):
        if "from access_log" in statement:
            heard.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        for by in ("pelihat", "pemilik", "berkas"):
            looks.page(month, by, None, office.people["pengawas"], office.at)
        looks.page(month, "berkas", Sieve(case_id=case_id), office.people["pengawas"], office.at)
        looks.opened("case_id", case_id, office.people["kabid"], office.at + timedelta(days=1))
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
    assert len(heard) == 5
    with transaction() as store, store.session.connection().connection.cursor() as cursor:
        for statement, parameters in heard:
            cursor.execute(f"explain {statement}", parameters)
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Seq Scan on access_log" not in plan, plan
