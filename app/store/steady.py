"""The legal world (calendar and declarations) stands still while a case moves, and no case moves while it changes.

A case is read with the world of one revision.  Without this a declaration could refresh every reading while a step is
under way that still counts by the old world, and the step would overwrite what the declaration wrote.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.store.tables.calendar import revisions

WORLD = 76_2020  # among the names of advisory locks: 76_2018 the office chain, 76_2019 anchoring
HOLDING = func.pg_advisory_xact_lock_shared(WORLD)  # also as a column of what is read just before a case is locked
_SHARED = select(HOLDING)
_ALONE = select(func.pg_advisory_xact_lock(WORLD))

# Number and token of the newest revision.  While the world is held it stays the newest: whoever locks a case learns it
# along, and leaves it in the session's info under KNOWN for the calendar's store.
KNOWN = "revision"
_NEWEST = select(revisions.c.number, revisions.c.token).order_by(revisions.c.number.desc()).limit(1).subquery()
COLUMNS = (
    select(_NEWEST.c.number).scalar_subquery().label("revision_number"),
    select(_NEWEST.c.token).scalar_subquery().label("revision_token"),
)


def learn(session: Session, row: Any) -> None:
    """Keep what a statement with COLUMNS answered, for this transaction."""
    if row.revision_number is not None:
        session.info[KNOWN] = (row.revision_number, row.revision_token)


def hold(session: Session) -> None:
    """Until this transaction ends the world does not change; taken before any case is, or two would wait in a ring."""
    session.execute(_SHARED)


def move(session: Session) -> None:
    """Wait until every step under way is over; the next ones wait for us."""
    session.execute(_ALONE)
