"""Whatever statement the crash falls on, the same request again ends as if nothing had happened."""

from contextlib import closing
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from app.operations import auditing, tasks
from app.store.database import db
from tests.app.operations.crashing import Everything
from tests.conftest import NAME, PROCESS, close_pool

BEFORE = f"eperizinan_before_{PROCESS}"


class Crashed(Exception):
    """The process died here."""


class Statements:
    """Counts the statements of an operation, and dies before or after the one it was told to."""

    def __init__(self, engine):
        self.engine, self.count, self.fatal, self.when = engine, 0, None, "before"

    def __enter__(self):
        event.listen(self.engine, "before_cursor_execute", self._before)
        event.listen(self.engine, "after_cursor_execute", self._after)
        event.listen(self.engine, "commit", self._commit)
        return self

    def __exit__(self, *_):
        event.remove(self.engine, "before_cursor_execute", self._before)
        event.remove(self.engine, "after_cursor_execute", self._after)
        event.remove(self.engine, "commit", self._commit)

    def _before(self, *_):
        self.count += 1
        self._die_if("before", self.count)

    def _after(self, *_):
        self._die_if("after", self.count)

    def _commit(self, _):
        self._die_if("commit", self.count)

    def _die_if(self, when, count):
        if self.when == when and self.fatal == count:
            self.fatal = None
            raise Crashed


def what_is_there(office, case_id):
    """Everything the completion leaves, without ids: what two runs must have in common."""
    held = office.case(case_id)
    rows = {}
    with db.engine.connect() as connection:
        for name, sql in {
            "events": "select seq, kind, element from events where case_id = %(id)s order by seq",
            "tasks": "select element, status, outcome from tasks where case_id = %(id)s order by opened_at, element",
            "submissions": "select element, outcome from submissions where case_id = %(id)s order by at, element",
            "clocks": "select name, kind from clocks where case_id = %(id)s order by position",
            "letters": "select kind, number from letters where case_id = %(id)s order by issued_at, kind",
            "outbox": "select kind from outbox where case_id = %(id)s order by kind",
            "numbers": "select register, seq from numbers where case_id = %(id)s order by register, seq",
        }.items():
            rows[name] = [tuple(row) for row in connection.exec_driver_sql(sql, {"id": case_id})]
    return held.case.state, held.seq, held.number, rows


def complete(office, case_id, typed, key):
    task = UUID(office.task(case_id, "periksa_kelengkapan").id)
    return tasks.complete_task(task, typed, "lengkap", office.people["loket"], office.at, key)


@pytest.fixture
def submitted(office):
    case_id = office.open()
    office.do(case_id, "ajukan", "pemohon")
    return case_id, office.typed(case_id, "periksa_kelengkapan", "loket")


def test_a_crash_at_any_statement_of_a_completion_leaves_all_or_nothing(office, submitted, cluster, application):
    """Not a row of the office is touched by any of the crashes; so one repeat behind them all shows what each would."""
    case_id, typed = submitted
    close_pool(application)
    cluster.copy(NAME, BEFORE)
    with Statements(db.engine) as statements:
        complete(office, case_id, typed, uuid4())
        length = statements.count
    wanted = what_is_there(office, case_id)
    assert length > 15
    close_pool(application)
    cluster.copy(BEFORE, NAME)
    key = uuid4()
    with closing(cluster.database(NAME).connect()) as connection:
        everything = Everything(connection)
        before = everything.exactly()
        for when, places in (("before", range(1, length + 1)), ("after", range(1, length + 1)), ("commit", [length])):
            for place in places:
                with Statements(db.engine) as statements:
                    statements.fatal, statements.when = place, when
                    with pytest.raises(Crashed):
                        complete(office, case_id, typed, key)
                assert everything.exactly() == before, f"half a step stays: {when} statement {place}"
    complete(office, case_id, typed, key)
    assert what_is_there(office, case_id) == wanted
    assert auditing.verify(case_id).faults == ()


def test_a_connection_lost_in_the_middle_is_tried_again_unnoticed(office, submitted, database_superuser):
    case_id, typed = submitted
    killed = []

    def kill(connection, cursor, statement, *_):
        if statement.lower().startswith("update cases") and not killed:
            pid = connection.connection.dbapi_connection.info.backend_pid
            killed.append(pid)
            database_superuser("select pg_terminate_backend(%s)", (pid,))

    event.listen(db.engine, "before_cursor_execute", kill)
    try:
        answer = complete(office, case_id, typed, uuid4())
    finally:
        event.remove(db.engine, "before_cursor_execute", kill)
    assert killed
    assert answer.state == "TERDAFTAR"
    assert [one.times for one in office.case(case_id).case.done if one.element == "periksa_kelengkapan"] == [1]
    assert auditing.verify(case_id).faults == ()
