"""Temporary tables that go with the transaction, each made once in it and filled anew as often as need be.

Every table made keeps its locks to the end of the transaction, also when it was dropped: a comparison in some hundred
slices that made its tables in each of them would use up the server's room for locks (`max_locks_per_transaction`).
"""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from typing import Any

import psycopg2
from psycopg2.extras import execute_values
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.store.database import line

_AT_ONCE = 5_000  # rows of one statement
MADE = "scratch"  # in the session's notes: name -> how the table was made


def select_into(session: Session, name: str, select: str, params: Any = None, shape: str = "") -> None:
    """Fill a table with what a query finds; `shape`: what its columns' types depend on beside the query's text."""
    head = f"insert into {name}" if _emptied(session, name, shape) else f"create temp table {name} on commit drop as"
    session.execute(text(f"{head}\n{select}"), params)


def add_into(session: Session, name: str, select: str, params: Any = None) -> None:
    """Put what a query finds to what a table of this transaction holds already."""
    session.execute(text(f"insert into {name}\n{select}"), params)


def shape_of(session: Session, name: str) -> str:
    """How a table of this transaction was made; for one that takes its columns over."""
    return str(session.info[MADE][name])


def lay(session: Session, table: str, rows: list[Any], indexed: Sequence[str] = ()) -> None:
    """Fill a table, "name (columns with types)", with these rows, and let the planner know it."""
    name = table.split(" ", 1)[0]
    if not _emptied(session, name, table):
        session.execute(text(f"create temp table {table} on commit drop"))
        for column in indexed:
            session.execute(text(f"create index on {name} ({column})"))
    if rows:
        _insert(session, name, rows)
    session.execute(text(f"analyze {name}"))


def _insert(session: Session, name: str, rows: list[Any]) -> None:
    """Rows as one statement; its faults are told as those of all others, since some of them a repeat may cure."""
    cursor: Any = line(session).connection.cursor()
    try:
        with cursor:
            if all(value is None or type(value) is int for row in rows for value in row):
                cursor.copy_expert(f"copy {name} from stdin", _numbers(rows))
            else:
                execute_values(cursor, f"insert into {name} values %s", rows, page_size=_AT_ONCE)
    except psycopg2.Error as fault:
        raise DBAPIError.instance(None, None, fault, psycopg2.Error) from fault


def _numbers(rows: list[Any]) -> StringIO:
    """Whole numbers as COPY reads them: a calendar's ten thousand cost a third of what a statement of them does."""
    return StringIO("".join("\t".join(r"\N" if one is None else str(one) for one in row) + "\n" for row in rows))


def _emptied(session: Session, name: str, shape: str) -> bool:
    """Whether the table stands in this transaction and was emptied; one of another shape is taken away."""
    made: dict[str, str] = session.info.setdefault(MADE, {})
    stands = session.scalar(text("select to_regclass(:name) is not null"), {"name": f"pg_temp.{name}"})
    if stands and made.get(name) == shape:
        session.execute(text(f"truncate pg_temp.{name}"))
        return True
    if stands:
        session.execute(text(f"drop table pg_temp.{name}"))
    made[name] = shape
    return False
