"""The trail of all files is searched by index: no search reads the whole ledger, however long it is."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from app.operations import personal, trail
from app.store import transaction
from engine.errors import NotAllowed
from tests.conftest import NAME

EVENTS = """
insert into events (case_id, seq, kind, at, recorded_at, by, role, element, deployment_id, body, hash, address)
select c.id, 1000 + n, (array['task_opened', 'task_claimed', 'element_passed', 'clock_started'])[1 + n %% 4],
    timestamptz '2020-01-01' + n * interval '7 min', timestamptz '2020-01-01' + n * interval '7 min',
    case n %% 50 when 0 then null else p.id end, case n %% 20 when 0 then 'KD' else 'FO' end, 'ajukan',
    c.deployment_id, '{}', '', case n %% 50 when 0 then '' else '10.0.' || n %% 250 || '.' || n %% 200 end
from (select id, deployment_id from cases limit 1) c, (select id from people where email like 'loket@%%') p,
    generate_series(1, %s) n
"""
LOOKS = """
insert into access_log (id, person_id, what, address, at)
select gen_random_uuid(), p.id, 'person_viewed', '10.0.' || n %% 250 || '.' || n %% 200,
    timestamptz '2020-01-01' + n * interval '7 min'
from (select id from people where email like 'loket@%%') p, generate_series(1, %s) n
"""


@pytest.fixture
def long_ledger(office, cluster):
    """An office whose ledger is so long that reading it whole is the dearer way."""
    office.registered("SIPB")
    server = cluster.database(NAME)
    for statement in (EVENTS, LOOKS):
        server.ask(statement, (40_000,))
    for table in ("events", "access_log"):
        server.ask(f"analyze {table}")
    return office


def plans(act):
    """The plans of an act's statements over the two long tables."""
    from sqlalchemy import event

    from app.store.database import db

    heard = []

    def hear(connection, cursor, statement, parameters, context, many):
        if "FROM events" in statement or "FROM access_log" in statement:
            heard.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
    with transaction() as store, store.session.connection().connection.cursor() as cursor:
        for statement, parameters in heard:
            cursor.execute(f"explain {statement}", parameters)
            yield "\n".join(row[0] for row in cursor.fetchall())


# A few rows that an index found may be sorted, many never: those come out of their index in the order of the page.
WHOLE = ("Seq Scan on events", "Seq Scan on access_log")
MOST_SORTED = 100
SORTED = re.compile(r"->  Sort  .*rows=(\d+)")
WANTED = {
    "everything": {},
    "a person": {"who": "loket"},
    "somebody who did nothing": {"who": "arsip"},
    "the machine": {"who": trail.MACHINE},
    "a role": {"role": "KD"},
    "a role nobody used": {"role": "AR"},
    "a kind": {"kind": "task_claimed"},
    "a kind that never was": {"kind": "case_suspended"},
    "a day": {
        "since": datetime(2020, 3, 1, tzinfo=UTC),
        "until": datetime(2020, 3, 2, tzinfo=UTC),
    },
    "an address": {"address": "10.0.7.7"},
    "whoever opened a number": {"kind": personal.VIEWED},
}


def _long(plan):
    return any(one in plan for one in WHOLE) or any(int(rows) > MOST_SORTED for rows in SORTED.findall(plan))


def test_no_search_of_the_trail_reads_all_of_it_or_sorts_it(long_ledger):
    read_whole = []
    kinds = ("task_claimed", "case_suspended", personal.VIEWED)
    for name, values in WANTED.items():
        who = values.get("who", "")
        wanted = trail.Wanted(**{**values, "who": str(long_ledger.people.get(who, who))})
        for before in (None, (datetime(2020, 4, 1, tzinfo=UTC), long_ledger.people["loket"], 3)):

            def search(wanted=wanted, before=before):
                trail.page(wanted, kinds, before, long_ledger.people["pengawas"], long_ledger.at)

            found = list(plans(search))
            assert found, name
            read_whole += [f"{name}:\n{plan}" for plan in found if _long(plan)]
    assert not read_whole, "\n\n".join(read_whole)


def test_a_search_is_recorded_with_what_was_looked_for_and_whence(office):
    office.registered("SIPB")
    wanted = trail.Wanted(who=str(office.people["loket"]), since=office.at - timedelta(days=3))
    trail.page(wanted, (), None, office.people["pengawas"], office.at, "10.0.0.7")
    with transaction() as store:
        (kept,) = store.trail.accesses(trail.Sought(kind=personal.SEARCHED), None, None, 9)
        name = store.people.names({office.people["loket"]})[office.people["loket"]]
    assert (kept.person_id, kept.subject_id, kept.address) == (
        office.people["pengawas"],
        office.people["loket"],
        "10.0.0.7",
    )
    assert kept.why.startswith(f"siapa {name}; dari ")


def test_who_may_not_search_the_trail_leaves_no_record_of_it(office):
    with pytest.raises(NotAllowed):
        trail.page(trail.Wanted(), (), None, office.people["kabid"], office.at)
    with transaction() as store:
        assert store.trail.accesses(trail.Sought(), None, None, 9) == ()
