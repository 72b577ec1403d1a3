"""The floor under an operation: its very own writing statements, sent once more by the bare driver.

While an operation runs its inserts, updates and deletes are written down with
their parameters; then they are sent again in one transaction, BEGIN to COMMIT,
into a second schema with the same columns, defaults and indexes.  Fair, for the
same bytes reach the same kind of tables on the same disk.  In the floor's favour: it
reads nothing, locks nothing, checks no foreign key, fires no trigger, and its
statements are ready-made.  Against it: it sends each by itself, the operation most of them together.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from functools import lru_cache
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import create_engine, event, text

from app.store import unsent
from app.store.database import db
from benchmarks.office import milliseconds

WRITING = ("insert", "update", "delete")
_together = unsent.together
OF_A_CASE = {"cases": "id", "tasks": "case_id", "clocks": "case_id", "clock_readings": "case_id"}


class Recorder:
    """Keeps the writing statements of one operation, to be written again without the operation; counts them all."""

    def __init__(self) -> None:
        self.written: list[tuple[str | bytes, object, bool]] = []
        self.asked = 0

    def __call__(self, connection: object, cursor: object, statement: str, parameters: object, *rest: object) -> None:
        self.asked += 1
        if statement.lstrip().lower().startswith(WRITING):
            self.written.append((statement, parameters, bool(rest[-1])))

    def together(self, waiting: list[bytes]) -> bytes:
        """Those that travel with another statement; the floor sends each by itself, as anybody would."""
        self.written += [(one, None, False) for one in waiting]
        return _together(waiting)


class Measured:
    """An operation and its floor, interleaved."""

    def __init__(self) -> None:
        self.whole: list[float] = []
        self.bare: list[float] = []
        self.written = self.asked = 0

    def once(self, operation: Callable[[], object], count: bool, case_id: UUID | None = None) -> None:
        """Carry the operation out, then its floor; `count` is false while everything is still warming up.

        `case_id`: the case the operation changes; the floor finds its rows too, as they were before.
        """
        mirror()
        if case_id is not None:
            _keep_rows(case_id)
        recorder = Recorder()
        event.listen(db.engine, "before_cursor_execute", recorder)
        with patch.object(unsent, "together", recorder.together):
            began = time.perf_counter()
            operation()
            took = time.perf_counter() - began
        event.remove(db.engine, "before_cursor_execute", recorder)
        floor = _bare(recorder)
        if count:
            self.whole.append(took)
            self.bare.append(floor)
            self.written, self.asked = len(recorder.written), recorder.asked

    @property
    def ratio(self) -> float:
        return statistics.median(self.whole) / statistics.median(self.bare)

    def table(self) -> str:
        return (
            "| way | median ms | 90th percentile ms | × bare |\n|---|---|---|---|\n"
            f"| bare transaction | {milliseconds(self.bare)} | 1 |\n"
            f"| whole operation | {milliseconds(self.whole)} | {self.ratio:.1f} |\n"
        )


def _keep_rows(case_id: UUID) -> None:
    """What the operation will update stands in the mirror as well, or the floor's updates would find nothing."""
    raw = db.engine.raw_connection()
    with closing(raw), raw.cursor() as cursor:
        for name, column in OF_A_CASE.items():
            cursor.execute(
                f"insert into mirror.{name} select * from public.{name} where {column} = %s", (str(case_id),)
            )
        raw.commit()


def _bare(recorder: Recorder) -> float:
    raw = db.engine.raw_connection()
    try:
        with raw.cursor() as cursor:
            cursor.execute("set search_path = mirror, public")
            raw.commit()
            began = time.perf_counter()
            for statement, parameters, many in recorder.written:
                if many and isinstance(parameters, list):
                    cursor.executemany(statement, parameters)
                else:
                    cursor.execute(statement, parameters)
            raw.commit()
            took = time.perf_counter() - began
            cursor.execute("reset search_path")
            raw.commit()
            return took
    finally:
        raw.rollback()
        raw.close()


@lru_cache(maxsize=1)
def mirror() -> None:
    """Unlogged copies would flatter the floor: plain tables with the same columns, their foreign keys left out."""
    owner = create_engine(os.environ["DATABASE_OWNER_URL"])
    with owner.begin() as connection:
        names = connection.scalars(text("select tablename from pg_tables where schemaname = 'public'")).all()
        connection.execute(text("create schema mirror"))
        for name in names:
            connection.execute(
                text(f"create table mirror.{name} (like public.{name} including defaults including indexes)")
            )
        user = db.engine.url.username
        connection.execute(text(f'grant usage on schema mirror to "{user}"'))
        connection.execute(text(f'grant all on all tables in schema mirror to "{user}"'))
    owner.dispose()
