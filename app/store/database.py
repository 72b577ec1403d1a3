"""The database handle.  `autobegin` is off: SQL outside a `transaction()` raises at once."""

from __future__ import annotations

import math
import time
from typing import Any

import psycopg2
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, MetaData, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

LAST = "last"  # in a session's info: what must be sent before any other statement (app.store.unsent)
LINE = "line"  # in a session's info: its connection, while its transaction lasts
WROTE = "wrote"  # in a session's info while its transaction has done more than read


def line(session: Session) -> Connection:
    """The connection of a session's transaction; raises InvalidRequestError outside one."""
    found: Connection | None = session.info.get(LINE)
    if found is None:
        found = session.info[LINE] = session.connection()
    return found


class TableSession(FlaskSession):
    """A session that speaks of tables only: its statements go straight to the connection, nothing is looked up first.

    Whatever is no plain SELECT counts as writing, also SQL given as text.
    """

    def _line_for(self, statement: Any) -> Connection:
        settle = self.info.pop(LAST, None)
        if settle is not None:
            settle()
        if not statement.is_select:
            self.info[WROTE] = True
        return line(self)

    def execute(self, statement: Any, params: Any = None, **options: Any) -> Any:
        return self._line_for(statement).execute(statement, params, **options)

    def scalar(self, statement: Any, params: Any = None, **options: Any) -> Any:
        return self._line_for(statement).scalar(statement, params, **options)

    def scalars(self, statement: Any, params: Any = None, **options: Any) -> Any:
        return self._line_for(statement).scalars(statement, params, **options)


db = SQLAlchemy(
    metadata=MetaData(naming_convention=NAMING), session_options={"autobegin": False, "class_": TableSession}
)
migrate = Migrate(directory="app/store/migrations")
metadata = db.metadata
LIFE = "life"  # in a connection's info: between which two crashes of the server it lives
# The server forgets its statistics in a crash and nowhere else: since when it counts names the life it leads.
WHICH_LIFE = "select stats_reset::text from pg_stat_bgwriter"


RESTED = 1.0  # seconds
_SINCE = "since"  # in a connection's info: when it was put back into the pool, on the process's own clock


@event.listens_for(Pool, "checkin")
def _lay_by(_connection: Any, record: Any) -> None:
    record.info[_SINCE] = time.monotonic()


@event.listens_for(Pool, "checkout")
def _wake(connection: Any, record: Any, _proxy: Any) -> None:
    """A line that rested is asked whether it is still one; in a busy office a dead one is met and mended by `retried`.

    Asked each time, it would be one round trip more for every transaction.
    """
    rested = time.monotonic() - record.info.get(_SINCE, math.inf)
    if rested >= RESTED and not _answers(connection):
        raise InvalidatePoolError  # a server that went away took all of them along


def _answers(connection: Any) -> bool:
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        connection.autocommit = False
    except psycopg2.Error:
        return False
    return True


@event.listens_for(Pool, "connect")
def _learn_life(connection: Any, record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(WHICH_LIFE)
        record.info[LIFE] = cursor.fetchone()[0]
    connection.rollback()
