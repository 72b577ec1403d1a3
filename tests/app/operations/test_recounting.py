"""Counting set by set in SQL says of every clock what the one rule says of it, in every column that is kept."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from app.store import transaction
from app.store.recounting import Hull
from tests.app.operations.many_clocks import Maker, put

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
REVISION = 7
KEPT = {
    "readings": "select clock_id, running, started_at, promised_at, no_promise_because, next_rung, next_rung_at, late "
    "from clock_readings order by clock_id",
    "tasks": "select id, due_at from tasks order by id",
    "cases": "select id, promised_at, wake_at from cases order by id",
    "promises": "select clock_id, promised_at, because, made_at, revision from promises order by clock_id, made_at",
}


class Undone(Exception):
    """Ends a transaction without a trace."""


def outcome(office, seed, clocks, since, act):
    """What stands in the tables after an act on an office made of a seed, by table; nothing of it stays."""
    found = {}
    try:
        with transaction() as store:
            owner, deployment = office.people["pemohon"], store.deployments.active().id
            made = Maker(seed).office(clocks, owner, deployment)
            put(store.session.connection().connection, made)
            found["moved"] = act(store, made, since or LONG_AGO)
            for name, statement in KEPT.items():
                found[name] = [tuple(row) for row in store.session.execute(text(statement))]
            raise Undone
    except Undone:
        return found


def by_rule(store, made, since):
    ids = {}
    for row in store.session.execute(text("select case_id, id from clocks")):
        ids.setdefault(row.case_id, set()).add(row.id)
    cases = store.readings.clocked(ids, store.deployments.get)
    found = ((case, frozenset(ids[case.id])) for case in cases.values())
    return store.readings.refresh(found, made.world, REVISION, made.at, "kahar:X", since)


def by_sets(most):
    def act(store, made, since):
        hull, after, moved = Hull(since, None, "kahar:X", made.at, REVISION), None, 0
        while True:
            part = store.readings.recount(hull, after, most, made.world, made.at, store.deployments.get)
            after, moved = part.last, moved + part.moved
            if after is None:
                return moved

    return act


@pytest.mark.parametrize("seed", range(24))
def test_every_clock_reads_the_same_counted_by_sets_and_by_the_one_rule(office, seed):
    since = LONG_AGO if seed % 3 else Maker(seed).moment()
    ruled, counted = (outcome(office, seed, 60, since, act) for act in (by_rule, by_sets(1000)))
    for name in ruled:
        assert counted[name] == ruled[name], name
