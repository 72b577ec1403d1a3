"""What became of a transaction whose COMMIT was never answered: the database is asked, nobody guesses.

Without this a repeat would do a second time what was done, wherever no idempotency key stands in its way.
"""

from __future__ import annotations

import time

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from app.store.database import db

# A server that restarts after a crash is back within seconds; whoever waits longer is told that it is away.
PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
UNDECIDED = "in progress"
_STATUS = text("select pg_xact_status(cast(:name as xid8))")


class Unknown(Exception):
    """The database could not be asked, or has forgotten: neither done nor not done may be said."""


NAMING = func.pg_current_xact_id_if_assigned()  # also what a statement that writes may return along
_NAME = select(NAMING)
NAMED = "named"  # in a session's info once its transaction has been told its name


def name_of(session: Session) -> str | None:
    """The name under which the database will remember this transaction; None when it has written nothing."""
    return session.info.get(NAMED) or session.scalar(_NAME)


def committed(name: str) -> bool:
    """Whether the transaction of that name is in the database; raises Unknown."""
    for pause in PAUSES:
        found = _status(name)
        if found not in ("", UNDECIDED):
            return found == "committed"
        time.sleep(pause)
    raise Unknown(name)


def _status(name: str) -> str:
    """The database's word, "" when it gives none."""
    try:
        with db.engine.connect() as connection:
            return str(connection.scalar(_STATUS, {"name": name}) or "")
    except (DBAPIError, PoolTimeout):
        return ""
