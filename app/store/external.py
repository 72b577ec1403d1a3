"""A PostgreSQL server that the office does not run itself."""

from contextlib import closing

import psycopg2

from app.store.embedded_place import OLDEST_VERSION, ServerRefused

PATIENCE_SECONDS = 5


def check(url: str) -> None:
    """Raise ServerRefused, without the address's password, unless the database at `url` answers and is recent."""
    try:
        with closing(psycopg2.connect(_plain(url), connect_timeout=PATIENCE_SECONDS)) as connection:
            version = connection.server_version // 10000
    except (psycopg2.OperationalError, psycopg2.ProgrammingError) as error:
        reason = str(error).strip().splitlines()[0] if isinstance(error, psycopg2.OperationalError) else "DATABASE_URL"
        raise ServerRefused(
            f"basis data pada DATABASE_URL tidak dapat dihubungi: {reason}",
            f"the database at DATABASE_URL cannot be reached: {reason}",
        ) from error
    if version < OLDEST_VERSION:
        raise ServerRefused(
            f"diperlukan PostgreSQL {OLDEST_VERSION} atau lebih baru, basis data ini {version}.",
            f"PostgreSQL {OLDEST_VERSION} or later is needed, this database is {version}.",
        )


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg2://", "postgresql://", 1).replace("postgres://", "postgresql://", 1)
