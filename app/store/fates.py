"""What became of a transaction whose COMMIT was never answered: the database is asked, nobody guesses.

Without this a repeat would do a second time what was done, wherever no idempotency key stands in its way.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from app.store import unsent
from app.store.database import LIFE, db, line

# A server that restarts after a crash is back within seconds; whoever waits longer is told that it is away.
PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
UNDECIDED = "in progress"
_STATUS = text("select pg_xact_status(cast(:name as xid8))")


class Unknown(Exception):
    """The database could not be asked, or has forgotten: neither done nor not done may be said."""


NAMING = func.pg_current_xact_id_if_assigned()  # also what a statement that writes may return along
_NAME = select(NAMING)
NAMED = "named"  # in a session's info once its transaction has been told its name


@dataclass(frozen=True)
class Name:
    """A transaction's number, and the life of the server in which it was given."""

    number: str
    life: str


def name_of(session: Session) -> Name | None:
    """The name under which the database will remember this transaction; None when it has written nothing.

    What it has not sent yet goes along with the question.
    """
    waits = unsent.waits(session)
    number = session.scalar(_NAME) if waits or NAMED not in session.info else session.info[NAMED]
    return None if number is None else Name(str(number), str(line(session).info.get(LIFE)))


def committed(name: Name) -> bool:
    """Whether the transaction of that name is in the database; raises Unknown.

    A crash loses the number of a transaction that never reached the disk, and
    the server gives it away again: what it then says of that number may be
    said of another.  Only "not committed" is certain after a crash.
    """
    for pause in PAUSES:
        found, life = _status(name.number)
        if found not in ("", UNDECIDED):
            if found == "committed" and life != name.life:
                raise Unknown(name.number)
            return found == "committed"
        time.sleep(pause)
    raise Unknown(name.number)


def _status(number: str) -> tuple[str, str]:
    """The database's word, "" when it gives none, and in which of its lives it said so."""
    try:
        with db.engine.connect() as connection:
            told = str(connection.scalar(_STATUS, {"name": number}) or "")
            return told, str(connection.info.get(LIFE))
    except (DBAPIError, PoolTimeout):
        return "", ""
