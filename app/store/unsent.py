"""Writes whose answer nobody needs wait here and travel with the next statement: a step's writes are one round trip.

Nothing is ever read past them: they are put before whatever is sent next on
their connection, in the same text, and before COMMIT at the latest
(`transactions.transaction`).  A transaction that is rolled back forgets them.
A fault in one of them is told by the statement they travelled with.

They are put together once and then only filled in, by the driver; SQLAlchemy's
work on a statement costs more than the server's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Insert, Uuid, event
from sqlalchemy.dialects.postgresql import psycopg2
from sqlalchemy.orm import Session
from sqlalchemy.sql import ClauseElement

from app.store.database import LAST, WROTE, line

_WAITING: WeakKeyDictionary[Connection, list[bytes]] = WeakKeyDictionary()  # a connection lives for one transaction
_DIALECT = psycopg2.dialect()  # type: ignore[no-untyped-call]
_VALUES, _PLAIN = " VALUES ", re.compile(r"\((?:%\(\w+\)s[^()]*)+\)")


class Write:
    """An INSERT, UPDATE or DELETE of this module's kind; made once, as a constant of a store.

    All it writes is given with each row: raises TypeError when a column would be filled in by Python, when something
    it asks for is not given, or for lists of any length (`in`), for then its text is not always the same.
    """

    def __init__(self, statement: ClauseElement) -> None:
        self.statement = statement
        self._ready: dict[tuple[str, ...], _Ready] = {}

    def ready(self, row: Mapping[str, Any]) -> _Ready:
        """Its text for rows with these columns."""
        names = tuple(row)
        found = self._ready.get(names)
        if found is None:
            found = self._ready[names] = _Ready(self.statement, names)
        return found


class _Ready:
    """A text with the places that the driver fills in."""

    def __init__(self, statement: ClauseElement, names: tuple[str, ...]) -> None:
        made: Any = statement.compile(dialect=_DIALECT, column_keys=list(names), for_executemany=True)
        missing = [key for key, bind in made.binds.items() if bind.required and key not in names]
        if missing or made.insert_prefetch or made.update_prefetch or made.post_compile_params:
            raise TypeError(f"not to be sent unasked: {made} {missing}")
        given = dict.fromkeys(names)
        self._fixed = {name: value for name, value in made.construct_params(given).items() if name not in given}
        self._count = len(self._fixed) + len(names)
        self._shaped = _shaping(made)
        # Rows of a plain INSERT share one head.
        head, found, row = str(made).partition(_VALUES)
        alike = isinstance(statement, Insert) and found and _PLAIN.fullmatch(row)
        self.head, self._row = (head + _VALUES, row) if alike else ("", str(made))

    def filled(self, cursor: Any, row: Mapping[str, Any]) -> bytes:
        values = {**self._fixed, **row}
        if len(values) != self._count:
            raise TypeError(f"other columns than the row before: {sorted(row)}")
        for name, shape in self._shaped:
            values[name] = shape(values[name])
        return bytes(cursor.mogrify(self._row, values))


def _shaping(made: Any) -> list[tuple[str, Callable[[Any], Any]]]:
    """How values become what the driver takes, for those that are not taken as they are."""
    found = ((name, _shape(bind.type)) for name, bind in made.binds.items())
    return [(name, shape) for name, shape in found if shape is not None]


def _shape(type_: Any) -> Callable[[Any], Any] | None:
    if isinstance(type_, Uuid):  # its place is marked ::UUID, and text is quoted in a quarter of the time
        return lambda value: None if value is None else str(value)
    shape: Callable[[Any], Any] | None = type_.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    return shape


def add(session: Session, write: Write, *rows: Mapping[str, Any]) -> None:
    """Write these rows, all with the same columns, with the next statement or before COMMIT."""
    if not rows:
        return
    connection = line(session)
    session.info[WROTE] = True
    ready = write.ready(rows[0])
    cursor = connection.connection.cursor()
    filled = [ready.filled(cursor, row) for row in rows]
    waiting = _WAITING.setdefault(connection, [])
    waiting.extend([ready.head.encode() + b", ".join(filled)] if ready.head else filled)


def send_last(session: Session, sending: Callable[[], None]) -> None:
    """Call `sending`, which sends a statement and judges its answer, when whatever is written until then is sent.

    At the next statement that is not one of `add`, or before COMMIT.  What is
    added meanwhile goes before it, so it must not touch the same rows.
    """
    settle(session)
    session.info[LAST] = sending


def settle(session: Session) -> None:
    """Send what was to be sent last, and with it all that waits."""
    sending = session.info.pop(LAST, None)
    if sending is not None:
        sending()


def waits(session: Session) -> bool:
    """Whether something is still to be sent."""
    return line(session) in _WAITING


@event.listens_for(Engine, "rollback")
def _forget(connection: Connection) -> None:
    _WAITING.pop(connection, None)


@event.listens_for(Engine, "commit")
def _refuse_loss(connection: Connection) -> None:
    if connection in _WAITING:
        raise RuntimeError("a transaction was about to end without what it wrote")


def _taken(context: Any) -> bytes:
    waiting = _WAITING.pop(context.root_connection, None) if context is not None else None
    return together(waiting) if waiting else b""


def together(waiting: list[bytes]) -> bytes:
    """Statements as one text, to be put before another."""
    return b"; ".join(waiting) + b"; "


@event.listens_for(Engine, "do_execute")
def _before_one(cursor: Any, statement: str, parameters: Any, context: Any) -> bool | None:
    waiting = _taken(context)
    if not waiting:
        return None
    if cursor.name:  # it reads piece by piece, and its text is wrapped
        _by_themselves(cursor, waiting)
        return None
    cursor.execute(waiting.replace(b"%", b"%%").decode() + statement, parameters)
    return True


@event.listens_for(Engine, "do_executemany")
@event.listens_for(Engine, "do_execute_no_params")
def _before_others(cursor: Any, *told: Any) -> None:
    waiting = _taken(told[-1])
    if waiting:
        _by_themselves(cursor, waiting)


def _by_themselves(cursor: Any, waiting: bytes) -> None:
    with cursor.connection.cursor() as another:
        another.execute(waiting)
