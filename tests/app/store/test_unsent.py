"""Writes that wait for the next statement: nothing is read past them, none is lost, none is half done."""

import gc
from datetime import datetime

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, bindparam, event, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from app.clock import WIB
from app.store import transaction, unsent
from app.store.database import db, line
from app.store.ids import uuid7
from app.store.tables.office import outbox

AT = datetime(2026, 8, 3, 10, 0, tzinfo=WIB)
COUNT = text("select count(*) from outbox")
KINDS = select(outbox.c.kind).order_by(outbox.c.kind)
ODD = "100% 'pasti' \\ %(kind)s ; -- “é”"
RENAME = unsent.Write(update(outbox).where(outbox.c.kind == bindparam("old")))


@pytest.fixture
def open_office(app):
    with app.app_context():
        yield


def put(store, kind="notice"):
    store.outbox.put(uuid7(), None, kind, {"apa": kind}, AT)


def fail(store):
    put(store)
    raise ZeroDivisionError


def put_badly(store):
    put(store)
    unsent.add(store.session, RENAME, {"old": "notice", "kind": None})
    store.session.scalar(COUNT)


def kinds():
    with transaction() as store:
        return list(store.session.scalars(KINDS))


def sent():
    told = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: told.append(statement))
    return told


@pytest.mark.usefixtures("open_office")
def test_what_was_written_is_there_for_the_next_question_of_any_kind():
    with transaction() as store:
        put(store, "a")
        assert store.session.scalar(COUNT) == 1
        put(store, "b")
        assert line(store.session).scalar(COUNT) == 2, "asked on the connection itself"
        put(store, "c")
        piecemeal = store.session.execute(KINDS, execution_options={"yield_per": 1})
        assert list(piecemeal.scalars()) == ["a", "b", "c"]
        put(store, "d")
        with line(store.session).begin_nested():
            put(store, "e")
        many = [{"id": uuid7(), "kind": one, "payload": "{}", "created_at": AT, "not_before": AT} for one in "fg"]
        put(store, "h")
        store.session.execute(insert(outbox), many)
        put(store, "i")
        store.session.execute(update(outbox).where(outbox.c.kind == bindparam("old")), [{"old": "i", "kind": "j"}] * 2)
    assert kinds() == ["a", "b", "c", "d", "e", "f", "g", "h", "j"]


@pytest.mark.usefixtures("open_office")
def test_what_nobody_asks_after_is_sent_before_the_commit_in_one_round_trip():
    told = sent()
    with transaction() as store:
        for one in range(5):
            put(store, f"{one}")
        unsent.add(store.session, RENAME, {"old": "3", "kind": "drei"})
    assert len(told) == 1, "the transaction's name is asked along"
    assert kinds() == ["0", "1", "2", "4", "drei"]


@pytest.mark.usefixtures("open_office")
def test_whatever_is_typed_arrives_as_it_was_typed():
    with transaction() as store:
        put(store, ODD)
        assert store.session.scalar(select(outbox.c.kind).where(outbox.c.kind == ODD)) == ODD
        put(store, ODD + "2")
    assert kinds() == [ODD, ODD + "2"]


@pytest.mark.usefixtures("open_office")
def test_a_transaction_that_fails_forgets_what_it_had_not_sent():
    with pytest.raises(ZeroDivisionError), transaction() as store:
        fail(store)
    assert kinds() == []
    with pytest.raises(IntegrityError), transaction() as store:
        put_badly(store)
    assert kinds() == []
    gc.collect()
    assert not unsent._WAITING


@pytest.mark.usefixtures("open_office")
def test_no_transaction_ends_without_what_it_wrote():
    session = db.session()
    with pytest.raises(RuntimeError, match="without what it wrote"), session.begin():
        unsent.add(session, RENAME, {"old": "a", "kind": "b"})
    session.info.clear()
    session.close()


@pytest.mark.usefixtures("open_office")
def test_what_is_sent_last_follows_all_that_was_written_after_it_and_comes_before_any_question():
    order = []
    with transaction() as store:
        unsent.send_last(store.session, lambda: order.append(store.session.scalar(COUNT)))
        put(store)
        put(store)
        assert order == []
        store.session.scalar(COUNT)
        assert order == [2]
        unsent.send_last(store.session, lambda: order.append(store.session.scalar(COUNT)))
    assert order == [2, 2]


def test_a_write_that_needs_more_than_it_is_given_is_refused():
    made = Table(
        "made", MetaData(), Column("id", Integer, primary_key=True), Column("born", Integer, default=lambda: 1)
    )
    with pytest.raises(TypeError, match="born"):
        unsent.Write(insert(made)).ready({"id": 1})
    with pytest.raises(TypeError, match="old"):
        RENAME.ready({"kind": "b"})
    with pytest.raises(TypeError, match="other columns"):
        RENAME.ready({"old": "a", "kind": "b"}).filled(None, {"old": "a"})
    many = update(made).where(made.c.id.in_(bindparam("ids", expanding=True)))
    with pytest.raises(TypeError, match="ids"):
        unsent.Write(many).ready({"ids": [1], "born": 2})
