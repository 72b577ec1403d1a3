"""The embedded server's roles, their secrets, and the addresses made of them.

The owner's role migrates and owns the tables; the application's role may read and write rows and nothing else, so
that append-only tables can be protected from the application itself.
"""

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor

from app.store.embedded_place import Place, ServerRefused

DATABASE = "eperizinan"
SUPERUSER = "postgres"
OWNER = "eperizinan_owner"
APP = "eperizinan_app"

_GRANTS = """
    revoke all on database {database} from public;
    grant connect, temporary on database {database} to {app};
    grant usage on schema public to {app};
    alter default privileges for role {owner} in schema public
        grant select, insert, update, delete on tables to {app};
    alter default privileges for role {owner} in schema public grant usage, select on sequences to {app};
"""


def keep_secrets(place: Place) -> Mapping[str, str]:
    """The password of each role, made at the first start and kept in a file that only its owner can read.

    Raises ServerRefused if the file is gone although there is data.
    """
    if not place.secret.exists():
        _refuse_lost_secret(place)
        made = {role: secrets.token_urlsafe(32) for role in (SUPERUSER, OWNER, APP)}
        write_private(place.secret, json.dumps(made))
    kept = json.loads(place.secret.read_text())
    return {role: str(kept[role]) for role in (SUPERUSER, OWNER, APP)}


def address(socket: Path, role: str, password: str, database: str = DATABASE) -> str:
    """An SQLAlchemy address; the driver is named, since plain `postgresql://` means another one to SQLAlchemy 2.1."""
    return f"postgresql+psycopg2://{role}:{quote(password)}@/{database}?host={quote(str(socket), safe='/')}"


def answers(socket: Path, passwords: Mapping[str, str]) -> bool:
    """Whether the server behind the socket lets its superuser in."""
    try:
        with _superuser(socket, passwords, "postgres"):
            return True
    except psycopg2.OperationalError:
        return False


def furnish(socket: Path, passwords: Mapping[str, str]) -> None:
    """Make sure that roles, database and rights exist; completes what a killed first start left undone."""
    with _superuser(socket, passwords, "postgres") as cursor:
        for role in (OWNER, APP):
            _create_role(cursor, role, passwords[role])
        _create_database(cursor)
    with _superuser(socket, passwords, DATABASE) as cursor:
        names = {"database": DATABASE, "app": APP, "owner": OWNER}
        cursor.execute(sql.SQL(_GRANTS).format(**{key: sql.Identifier(name) for key, name in names.items()}))


def write_private(path: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its owner alone."""
    fresh = path.with_name(f"{path.name}.new-{os.getpid()}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)


def _refuse_lost_secret(place: Place) -> None:
    if (place.data / "PG_VERSION").exists():
        raise ServerRefused(
            f"Berkas rahasia {place.secret} hilang, padahal datanya ada; pulihkan dari cadangan.",
            f"The secret file {place.secret} is missing although there is data; restore it from a backup.",
        )


@contextmanager
def _superuser(socket: Path, passwords: Mapping[str, str], database: str) -> Iterator[Cursor]:
    with closing(
        psycopg2.connect(host=str(socket), user=SUPERUSER, password=passwords[SUPERUSER], dbname=database)
    ) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor


def _create_role(cursor: Cursor, role: str, password: str) -> None:
    cursor.execute("select 1 from pg_roles where rolname = %s", (role,))
    if cursor.fetchone() is None:
        statement = sql.SQL("create role {} login password {}")
        cursor.execute(statement.format(sql.Identifier(role), sql.Literal(password)))


def _create_database(cursor: Cursor) -> None:
    cursor.execute("select 1 from pg_database where datname = %s", (DATABASE,))
    if cursor.fetchone() is None:
        statement = sql.SQL("create database {} owner {}")
        cursor.execute(statement.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
