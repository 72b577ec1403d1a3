"""What only the owner of the tables does: hold a snapshot for a backup, empty a database, make one for a rehearsal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import Connection, create_engine, make_url, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from app.store import embedded
from app.store.ledger import ANCHORING, AT_ONCE, LedgerStore
from app.store.tables.documents import files

UPDATE, DELETE = 16, 8  # bits of pg_trigger.tgtype
FORBIDDEN = "42501"


class NoRoom(OSError):
    """A database for the rehearsal cannot be made; the text says what to give."""


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A connection of its own, each statement committed, without the limits that pages live by."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection


def owner_url() -> str:
    return str(current_app.config["OWNER_URL"])


@dataclass(frozen=True)
class Snapshot:
    """The office at one instant: `name` for pg_dump, `server` the major version, `revision` of the tables."""

    connection: Connection
    name: str
    server: int
    revision: str

    @property
    def ledger(self) -> LedgerStore:
        return LedgerStore(Session(self.connection))

    def files(self) -> Iterator[str]:
        """The SHA-256 (hex) of every stored file, streamed."""
        found = self.connection.execution_options(yield_per=AT_ONCE).execute(select(files.c.sha256))
        return iter(found.scalars())


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """Hold the office still for a backup; no anchor is made meanwhile, so that those in the folder fit the dump."""
    with connected(owner_url()) as connection:
        connection.execute(select(text(f"pg_advisory_lock({ANCHORING})")))
        connection.rollback()  # the lock is the session's and stays; what follows sees what was there when it was given
        connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            name = connection.scalar(text("select pg_export_snapshot()"))
            revision = connection.scalar(text("select version_num from alembic_version"))
            yield Snapshot(connection, str(name), server_version(connection), str(revision))


def server_version(connection: Connection) -> int:
    return int(connection.scalar(text("show server_version_num")) or 0) // 10000


def is_empty() -> bool:
    """Whether nobody works here yet: no tables, or neither people nor cases."""
    with connected(owner_url()) as connection:
        if connection.scalar(text("select to_regclass('public.cases')")) is None:
            return True
        return not connection.scalar(text("select exists (select from cases) or exists (select from people)"))


def give_rights() -> None:
    """The application's rights as the revisions give them: everything but changing what is only ever added to."""
    owner, app = (make_url(url).username for url in (owner_url(), current_app.config["SQLALCHEMY_DATABASE_URI"]))
    if not app or owner == app:
        return
    with connected(owner_url()) as connection:
        connection.execute(text(f'grant select, insert, update, delete on all tables in schema public to "{app}"'))
        connection.execute(text(f'grant usage, select on all sequences in schema public to "{app}"'))
        for table, kind in connection.execute(text(_GUARDS)).all():
            acts = [word for word, bit in (("update", UPDATE), ("delete", DELETE)) if kind & bit] + ["truncate"]
            connection.execute(text(f'revoke {", ".join(acts)} on {table} from "{app}"'))


# The tables that refuse changes by trigger refuse them by right, too.
_GUARDS = """
    select tgrelid::regclass::text, tgtype from pg_trigger join pg_proc on pg_proc.oid = tgfoid
    where proname = 'refuse_change' and not tgisinternal
"""


def _admin_url() -> str:
    """Who may make databases: DATABASE_ADMIN_URL, the embedded server's superuser, else the owner himself."""
    settings = current_app.extensions["settings"]
    if settings.admin_url:
        return str(settings.admin_url)
    server = embedded.status(settings.var / "db")
    ours = server is not None and make_url(server.owner_url).query == make_url(owner_url()).query
    return server.superuser_url if server and ours else owner_url()


@contextmanager
def scratch(name: str) -> Iterator[dict[str, str]]:
    """A database that is dropped afterwards; the settings under which a command works on it.  Raises NoRoom."""
    admin, own = _admin_url(), owner_url()
    app = str(current_app.config["SQLALCHEMY_DATABASE_URI"])
    with connected(admin) as connection:
        try:
            _create(connection, name, str(make_url(own).username))
        except DBAPIError as fault:
            if getattr(fault.orig, "pgcode", None) != FORBIDDEN:
                raise
            raise NoRoom("Peran pemilik tidak boleh membuat basis data; isi DATABASE_ADMIN_URL.") from fault
        try:
            yield {"DATABASE_URL": _at(app, name), "DATABASE_OWNER_URL": _at(own, name)}
        finally:
            connection.execute(text(f'drop database if exists "{name}" with (force)'))


def _create(connection: Connection, name: str, owner: str) -> None:
    connection.execute(text(f'drop database if exists "{name}" with (force)'))
    connection.execute(text(f'create database "{name}" owner "{owner}" template template0'))


def _at(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)
