"""The chain of a file: whatever is changed, taken away or moved behind the office's back is found."""

from contextlib import closing

import pytest

from app.operations import auditing, officials
from tests.app.operations.office import LONG_AGO, Office
from tests.conftest import NAME, close_pool

HASHED = ("kind", "at", "recorded_at", "by", "role", "element", "deployment_id", "body", "hash", "seq")
OTHER_TEXT = "case when {0} = '' then 'x' else overlay({0} placing chr(ascii({0}) # 1) from 1 for 1) end"


@pytest.fixture
def kept(cluster, furnished, application):
    """Two files with their histories, and the superuser's way past every protection."""
    name, people = furnished
    cluster.copy(name, NAME)
    with application.app_context():
        office = Office(dict(people))
        ids = office.registered(), office.open(by="pemohon2")
        yield ids, cluster.database(NAME), people
    close_pool(application)


def secretly(database, *statements):
    """Carry out statements as one who can switch the triggers off."""
    with closing(database.connect()) as connection, connection, connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)


def falsified(column, people):
    """An SQL expression that is never what stood there."""
    return {
        "at": "at + interval '1 microsecond'",
        "recorded_at": "recorded_at - interval '1 microsecond'",
        "by": f"case when by = '{people['arsip']}' then null else '{people['arsip']}'::uuid end",
        "deployment_id": "gen_random_uuid()",
        "seq": "seq + 1000",
        "body": "overlay(body placing chr(ascii(substr(body, length(body) - 1, 1)) # 1) from length(body) - 1 for 1)",
    }.get(column, OTHER_TEXT.format(column))


def test_an_untouched_ledger_verifies(kept):
    found = auditing.verify()
    assert found.cases == 2
    assert found.events >= 6
    assert found.faults == ()


@pytest.mark.parametrize("column", HASHED)
def test_a_change_in_any_column_of_any_event_is_found(column, kept):
    (case_id, _other), database, people = kept
    places = [row[0] for row in database.ask("select seq from events where case_id = %s order by seq", (str(case_id),))]
    for seq in {places[0], places[len(places) // 2], places[-1]} if column != "body" else places:
        rows = database.ask("select * from events where case_id = %s and seq = %s", (str(case_id), seq))
        where = f"where case_id = '{case_id}' and seq = {seq}"
        secretly(database, "create table aside as select * from events " + where,
                 f"update events set {column} = {falsified(column, people)} {where}")  # fmt: skip
        assert {one.case_id for one in auditing.verify().faults} == {case_id}, f"{column} of {seq}"
        moved = f"where case_id = '{case_id}' and seq in ({seq}, {seq + 1000})"
        secretly(database, f"delete from events {moved}", "insert into events select * from aside", "drop table aside")
        assert rows == database.ask("select * from events where case_id = %s and seq = %s", (str(case_id), seq))
    assert auditing.verify().faults == ()


def test_a_flipped_byte_anywhere_in_a_body_is_found(kept):
    (case_id, _other), database, _people = kept
    [(seq, body)] = database.ask(
        "select seq, body from events where case_id = %s order by length(body) limit 1", (str(case_id),)
    )
    for place in range(1, len(body) + 1, 3):
        flipped = f"overlay(body placing chr(ascii(substr(body, {place}, 1)) # 1) from {place} for 1)"
        where = f"where case_id = '{case_id}' and seq = {seq}"
        secretly(database, f"update events set body = {flipped} {where}")
        assert auditing.verify(case_id).faults, f"byte {place} of {body}"
        secretly(database, f"update events set body = {flipped} {where}")
    assert auditing.verify(case_id).faults == ()


def test_a_body_written_another_way_is_found_though_it_says_the_same(kept):
    (case_id, _other), database, _people = kept
    secretly(database, f"update events set body = ' ' || body where case_id = '{case_id}' and seq = 1")
    assert [(one.case_id, one.seq) for one in auditing.verify().faults] == [(case_id, 1)]


def test_an_event_taken_from_the_beginning_the_middle_or_the_end_is_missed(kept):
    (case_id, other), database, _people = kept
    last = database.ask("select max(seq) from events where case_id = %s", (str(case_id),))[0][0]
    for seq in (1, 2, last):
        where = f"where case_id = '{case_id}' and seq = {seq}"
        secretly(database, "create table aside as select * from events " + where, "delete from events " + where)
        assert {one.case_id for one in auditing.verify().faults} == {case_id}
        secretly(database, "insert into events select * from aside", "drop table aside")
    assert auditing.verify(other).faults == ()


OFFICE_HASHED = {
    "kind": "'role_granted_'",
    "at": "at + interval '1 microsecond'",
    "by": "gen_random_uuid()",
    "body": "' ' || body",
    "prev": "repeat('1', 64)",
    "hash": "repeat('1', 64)",
    "seq": "seq + 1000",
}


@pytest.mark.parametrize("column", OFFICE_HASHED)
def test_a_change_in_the_offices_own_history_is_found(column, kept):
    _ids, database, people = kept
    officials.enable(people["arsip"], people["admin"], LONG_AGO)
    officials.enable(people["arsip"], people["admin"], LONG_AGO)
    assert auditing.verify().faults == ()
    secretly(database, f"update office_events set {column} = {OFFICE_HASHED[column]} where seq = 1")
    assert {one.case_id for one in auditing.verify().faults} == {"kantor"}


def test_a_history_moved_to_another_file_is_found(kept):
    (case_id, other), database, _people = kept
    secretly(
        database,
        f"delete from events where case_id = '{other}'",
        f"update events set case_id = '{other}' where case_id = '{case_id}'",
        f"update cases set (seq, head) = (select seq, head from cases where id = '{case_id}') where id = '{other}'",
    )
    assert {one.case_id for one in auditing.verify().faults} == {case_id, other}
