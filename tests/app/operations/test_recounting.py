"""Counting set by set in SQL says of every clock what the one rule says of it, in every column that is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from app.store import counting, transaction
from app.store.recounting import Hull
from engine.clocks.cases_input import case as parsed
from tests.app.operations.many_clocks import COLUMNS, PRIMES, ZONE, Made, Maker, put
from tests.engine.clocks.generated import COUNTER, NORMAL
from tests.engine.clocks.generated import LONG_AGO as LONG_BEFORE

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NOON = datetime(2026, 2, 20, 12, 0, tzinfo=ZONE)
BEGAN = datetime(2026, 2, 18, 7, 30, tzinfo=ZONE)
START = (1, "START", BEGAN, BEGAN, None, None, None)
YEAR = {"kind": "YEAR", "year": 2026, "recorded_at": LONG_BEFORE}
OFFICIAL = [{"kind": "WEEK", "from": "2024-01-01", "to": None, "hours": NORMAL, "recorded_at": LONG_BEFORE}, YEAR]


def roll(name, since, until):
    span = {"from": f"{since}:00+07:00", "to": until and f"{until}:00+07:00", "effect": "ROLL_LAST_DAY", "scope": {}}
    known = {"version": 1, "kind": "DECLARE", "recorded_at": LONG_BEFORE, "approved_at": LONG_BEFORE}
    return {"id": name, "versions": [known | span]}


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
    return store.readings.refresh(found, made.world, REVISION, made.at, "kahar:X")


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


def alone(office, act, *, calendar=None, budget="3 hk", ledger=(), unit="", **more):
    """What an act answers in an office with one clock, and what is kept of it afterwards."""
    maker, found = Maker(1), {}
    document = {"clock": {"budget": {"hk": "1"}}, "calendar": calendar or OFFICIAL, "declarations": []}
    try:
        with transaction() as store:
            rows = {name: [] for name in COLUMNS}
            made = Made(parsed(document | more).world, NOON, rows)
            owner, deployment = office.people["pemohon"], store.deployments.active().id
            maker.one(rows, budget, ledger or (START,), owner, deployment, NOON, unit)
            put(store.session.connection().connection, made)
            found["answer"] = act(store, made)
            found["readings"] = [tuple(row) for row in store.session.execute(text(KEPT["readings"]))]
            raise Undone
    except Undone:
        return found


def left_out(store, made):
    """How many clocks the statement leaves to the rule in Python, and in what it counts the others."""
    store.session.execute(text("create temp table touched on commit drop as select id, case_id from clocks"))
    (unit,) = counting.units(store.session, made.world)
    left = counting.count(store.session, made.world, made.at, store.deployments.get, unit)
    kind = (
        "select format_type(atttypid, null) from pg_attribute where attrelid = 'odometer'::regclass and attname = 'hk'"
    )
    return len(left), store.session.scalar(text(kind))


def both(office, **made):
    ruled = alone(office, lambda store, one: by_rule(store, one, LONG_AGO), **made)
    counted = alone(office, lambda store, one: by_sets(10)(store, one, LONG_AGO), **made)
    assert counted == ruled
    return counted["readings"][0]


@pytest.mark.parametrize("budget", ["10 hari", "1 bulan", "3 hk", "17/7 hk", "90 menit", "2 jam"])
def test_terms_in_calendar_days_and_months_are_left_to_the_rule_and_no_others(office, budget):
    expected = 1 if budget.endswith(("hari", "bulan")) else 0
    assert alone(office, left_out, budget=budget)["answer"][0] == expected
    assert both(office, budget=budget)[3] is not None


def test_a_correction_of_a_correction_is_left_to_the_rule_and_a_plain_one_is_not(office):
    plain = (START, (2, "CORRECT", NOON - timedelta(days=2), NOON, None, 1, None))
    chained = (*plain, (3, "CORRECT", NOON - timedelta(days=3), NOON, None, 2, None))
    assert alone(office, left_out, ledger=plain)["answer"][0] == 0
    assert alone(office, left_out, ledger=chained)["answer"][0] == 1
    assert both(office, ledger=chained)[2] == NOON - timedelta(days=3), "it speaks of the event behind it"


def test_an_agreed_date_and_a_clock_begun_under_another_reading_of_the_law_are_left_to_the_rule(office):
    agreed = (START, (2, "EXTEND", NOON, NOON, None, None, NOON.date() + timedelta(days=9)))
    assert alone(office, left_out, ledger=agreed)["answer"][0] == 1
    assert both(office, ledger=agreed)[3] > both(office)[3]
    whole = {"recorded_at": LONG_BEFORE, "rungs": [50, 75, 90], "limit_days": [2, 1], "near": 80, "whole_day": True}
    for since, left in (("2026-02-18", 1), ("2026-02-19", 0)):
        assert alone(office, left_out, policies=[whole | {"valid_from": since}])["answer"][0] == left
        both(office, policies=[whole | {"valid_from": since}])
    near = whole | {"valid_from": "2026-02-18", "whole_day": False}
    assert alone(office, left_out, policies=[near])["answer"][0] == 0


def test_ticks_are_eight_bytes_while_they_hold_and_numeric_when_the_days_have_no_common_measure(office):
    odd = [{"kind": "WEEK", "from": "2024-01-01", "to": None, "hours": PRIMES, "recorded_at": LONG_BEFORE}, YEAR]
    assert alone(office, left_out)["answer"][1] == "bigint"
    assert alone(office, left_out, calendar=odd)["answer"][1] == "numeric"
    assert alone(office, left_out, budget="999999999 hk")["answer"][1] == "numeric"
    both(office, calendar=odd, budget="17/7 hk")
    assert both(office, budget="999999999 hk")[4] == "YEAR_NOT_OFFICIAL"


def test_a_promise_rolled_twice_lands_where_the_rule_puts_it_and_one_without_an_end_is_none(office):
    rolls = [roll("K2", "2026-02-18T08:00", "2026-02-19T10:00"), roll("K1", "2026-02-19T11:00", "2026-02-20T09:00")]
    rolled = both(office, budget="1 hk", declarations=rolls)
    assert rolled[3].astimezone(ZONE).isoformat() == "2026-02-20T16:30:00+07:00"
    endless = [roll("K1", "2026-02-18T08:00", None)]
    assert both(office, budget="1 hk", declarations=endless)[3:5] == (None, "OPEN_ROLL")


COUNTER_HOURS = {"kind": "WEEK", "unit": "LOKET", "from": "2024-01-01", "to": None, "hours": COUNTER}


def test_a_clock_of_the_counter_is_counted_in_its_hours_and_in_the_offices_where_it_has_none(office):
    own = [COUNTER_HOURS | {"recorded_at": LONG_BEFORE}]
    usual, there = both(office, budget="8 jam"), both(office, budget="8 jam", unit="LOKET", hours=own)
    assert usual[3].astimezone(ZONE).isoformat() == "2026-02-19T08:00:00+07:00"
    assert there[3].astimezone(ZONE).isoformat() == "2026-02-19T11:00:00+07:00"
    assert both(office, budget="8 jam", unit="LOKET") == usual, "a unit without hours of its own keeps the office's"
    assert both(office, budget="8 jam", hours=own) == usual, "the office's clocks know nothing of the counter's hours"
    assert alone(office, left_out, budget="8 jam", unit="LOKET", hours=own)["answer"][0] == 0
