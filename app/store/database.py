"""The database handle.  `autobegin` is off: SQL outside a `transaction()` raises at once."""

from __future__ import annotations

from typing import Any

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData, event
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.pool import Pool

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

db = SQLAlchemy(metadata=MetaData(naming_convention=NAMING), session_options={"autobegin": False})
migrate = Migrate(directory="app/store/migrations")
metadata = db.metadata
LIFE = "life"  # in a connection's info: between which two crashes of the server it lives
# The server forgets its statistics in a crash and nowhere else: since when it counts names the life it leads.
WHICH_LIFE = "select stats_reset::text from pg_stat_bgwriter"
WROTE = "wrote"  # in a session's info while its transaction has done more than read


@event.listens_for(db.session, "do_orm_execute")
def _notice_writing(doing: ORMExecuteState) -> None:
    """Whatever is no plain SELECT counts as writing, also SQL given as text."""
    if not doing.is_select:
        doing.session.info[WROTE] = True


@event.listens_for(Pool, "connect")
def _learn_life(connection: Any, record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(WHICH_LIFE)
        record.info[LIFE] = cursor.fetchone()[0]
    connection.rollback()
