"""Bad lines: connections that drop before a statement, and COMMITs whose answer is never heard."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from sqlalchemy import Engine, event

from tests.hammer.house import Journal

DROPPED, UNHEARD = 0.0008, 0.012  # of statements, of commits


@contextmanager
def bad_lines(engine: Engine, journal: Journal, rng: random.Random) -> Iterator[None]:
    """Every fault is written down before it is done."""
    sound: Any = engine.dialect.do_commit

    def before(connection: Any, *_: Any) -> None:
        if rng.random() < DROPPED:
            journal.write(line="dropped")
            _hang_up(connection.connection.dbapi_connection)

    def commit(connection: Any) -> None:
        sound(connection)
        if rng.random() < UNHEARD:
            journal.write(line="unheard")
            connection.close()
            raise psycopg2.OperationalError("server closed the connection unexpectedly")

    event.listen(engine, "before_cursor_execute", before)
    engine.dialect.do_commit = commit  # type: ignore[assignment]
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", before)
        engine.dialect.do_commit = sound


def _hang_up(connection: Any) -> None:
    with socket.socket(fileno=os.dup(connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)
