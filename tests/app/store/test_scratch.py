"""Temporary tables of a transaction: made once, filled again and again, and their faults are those of any statement."""

import psycopg2
import pytest
from sqlalchemy import text

from app.store import scratch, transaction
from app.store.transactions import Interrupted

LOCKS = text("select count(*) from pg_locks where pid = pg_backend_pid()")


def test_a_table_that_is_filled_again_holds_no_more_locks_and_only_what_came_last(app):
    with app.app_context(), transaction() as store:
        session, held = store.session, []
        for number in range(4):
            scratch.lay(session, "satu (n int, kata text)", [(number, "a"), (number, "b")], indexed=("n",))
            scratch.select_into(session, "dua", "select n * :times as n from satu", {"times": 2})
            assert list(session.scalars(text("select n from dua"))) == [number * 2] * 2
            held.append(session.scalar(LOCKS))
        assert held[1] == held[-1], held


def test_a_table_of_another_shape_takes_the_place_of_the_one_before(app):
    with app.app_context(), transaction() as store:
        scratch.lay(store.session, "satu (n int)", [(1,)])
        scratch.lay(store.session, "satu (n numeric, o int)", [(1.5, 2)])
        assert store.session.scalar(text("select n from satu")) == 1.5
        scratch.select_into(store.session, "dua", "select 1 as n", shape="bigint")
        scratch.select_into(store.session, "dua", "select 1.5 as n", shape="numeric")
        assert store.session.scalar(text("select n from dua")) == 1.5


def test_the_next_transaction_makes_its_tables_anew(app):
    for _ in range(2):
        with app.app_context(), transaction() as store:
            scratch.lay(store.session, "satu (n int)", [(1,)])
            assert store.session.scalar(text("select count(*) from satu")) == 1


def test_numbers_are_laid_down_as_they_are_and_what_is_none_stays_none(app):
    rows = [(1, None, -(10**30)), (None, 2**62, 0), (3, -7, None)]
    with app.app_context(), transaction() as store:
        scratch.lay(store.session, "satu (n int, o bigint, p numeric)", rows, indexed=("n",))
        found = store.session.execute(text("select n, o, p from satu")).all()
        assert [tuple(row) for row in found] == rows


# Numbers go another way than words.
@pytest.mark.parametrize(("way", "row"), [("execute_values", ("a",)), ("_numbers", (1,))])
def test_a_full_disk_while_rows_are_laid_down_may_be_tried_again(way, row, app, monkeypatch):
    def full(*_told, **_more):
        raise psycopg2.errors.lookup("53100")("could not extend file: No space left on device")

    monkeypatch.setattr(scratch, way, full)
    with app.app_context(), pytest.raises(Interrupted), transaction() as store:
        scratch.lay(store.session, "satu (n text)", [row])
