"""Faults on order: an operation dies at its n-th statement, loses its connection there, or never hears its COMMIT."""

import os
import re
import socket
from contextlib import contextmanager
from functools import cache

import psycopg2
from sqlalchemy import event


class Crashed(BaseException):
    """The process died here: nothing catches that."""


WRITES = re.compile(r"\b(insert into|update \w+ set|delete from)\b", re.IGNORECASE)


class Statements:
    """Counts the statements of an operation, and does `fault` to the one it was told to, once.

    `writes`: the places of those that write.
    """

    def __init__(self, engine, place=None, fault=None):
        self.engine, self.count, self.place, self.fault, self.writes = engine, 0, place, fault, []

    def __enter__(self):
        event.listen(self.engine, "before_cursor_execute", self._before)
        return self

    def __exit__(self, *_):
        event.remove(self.engine, "before_cursor_execute", self._before)

    def _before(self, connection, _cursor, statement, *_):
        self.count += 1
        if WRITES.search(statement):
            self.writes.append(self.count)
        if self.count == self.place:
            self.fault(connection)


def die(_connection):
    raise Crashed


def hang_up(connection):
    """The line to the database is cut: whatever is said next is not heard."""
    descriptor = os.dup(connection.connection.dbapi_connection.fileno())
    with socket.socket(fileno=descriptor) as line:
        line.shutdown(socket.SHUT_RDWR)


@contextmanager
def at_commit(engine, before=None, after=None):
    """Raise `before` instead of the next COMMIT of a transaction that wrote, or `after` once it was carried out."""
    sound, waiting = engine.dialect.do_commit, [True]

    def commit(connection):
        if not waiting or not _wrote(connection):
            return sound(connection)
        waiting.clear()
        if before is not None:
            raise before
        sound(connection)
        if isinstance(after, psycopg2.OperationalError):
            connection.close()
        raise after

    engine.dialect.do_commit = commit
    try:
        yield waiting
    finally:
        engine.dialect.do_commit = sound


def _wrote(connection):
    with connection.cursor() as cursor:
        cursor.execute("select pg_current_xact_id_if_assigned()")
        return cursor.fetchone()[0] is not None


def unheard():
    """What a client is told when the server went away before it answered."""
    return psycopg2.OperationalError("server closed the connection unexpectedly")


# What differs between two runs of one act: names made by chance, what is computed from them, the database's clock and
# counters; a try that was counted twice; `files` is only big.
VOLATILE = set(
    "snapshot inserted_at salts hash head genesis tracking_code password_hash token secret files revision "
    "revisions.number calendar_entries.position files.size throttle.count outbox.attempts outbox.not_before".split()
)
NAMES = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # ids
    r"|\b[0-9a-f]{64}\b|\\\\x[0-9a-f]{40,}"  # digests
    r"|\b[2-9A-Z]{10}(?:[2-9A-Z]{2})?\b|contoh\.id/[\w-]+|\"+revision\"+:\d+"  # tracking codes, links, counters
)


@cache
def _nameless(row):
    """A row without names made by chance; nearly all rows of the office are the same in every test."""
    return NAMES.sub("#", row)


class Everything:
    """All rows of the database, read behind the office's back."""

    known = {}  # table -> the columns that two runs have in common; asked once, every test has the same tables

    def __init__(self, connection):
        self.connection, self.columns, self.prepared = connection, self.known, False
        if not self.columns:
            self._learn()

    def _learn(self):
        for table, column in self._ask(
            "select table_name, column_name from information_schema.columns where table_schema = 'public' "
            "order by table_name, ordinal_position"
        ):
            if not {column, f"{table}.{column}"} & VOLATILE:
                self.columns.setdefault(table, []).append(column)

    def _ask(self, statement):
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    def _tell(self, statement):
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute(statement)

    def exactly(self):
        """Which transactions wrote the rows that are there: a single row written, changed or deleted shows."""
        if not self.prepared:  # asked again and again, and planned slower than answered
            each = "select '{0}', count(*), sum(xmin::text::bigint), max(xmin::text::bigint) from {0}"
            self._tell(f"prepare exactly as {' union all '.join(map(each.format, self.columns))}")
            self.prepared = True
        return {row[0]: row[1:] for row in self._ask("execute exactly")}

    def alike(self):
        """Every row of every table without what chance put into it: what two runs have in common."""
        each = (f"select '{one}', row({self._quoted(one)})::text from {one}" for one in self.columns)
        return sorted(f"{table} {_nameless(row)}" for table, row in self._ask(" union all ".join(each)))

    def _quoted(self, table):
        return ", ".join(f'"{one}"' for one in self.columns[table])
