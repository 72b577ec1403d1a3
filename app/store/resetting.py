"""Emptying a database for a new demonstration: the owner drops what is there and the revisions make it anew.

History is append-only for the application's role; only the owner of the tables can do this, and production never may.
"""

from __future__ import annotations

from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import create_engine, text

from app.store.database import db


def empty() -> None:
    """Drop every table of the office and make them again, without rows."""
    drop()
    bring_up()


# Whatever guards a table or is asked by what does, by whichever revision it was made.
_FUNCTIONS = text(
    "select oid::regprocedure::text from pg_proc where pronamespace = 'public'::regnamespace "
    "and proowner = to_regrole(current_user::text)"
)


def drop() -> None:
    """Drop every table of the office and what guards it."""
    for engine in db.engines.values():
        engine.dispose()
    owner = create_engine(current_app.config["OWNER_URL"])
    with owner.begin() as connection:
        connection.execute(text("set local lock_timeout = '10s'"))
        names = connection.scalars(text("select tablename from pg_tables where schemaname = 'public'")).all()
        for name in names:
            connection.execute(text(f'drop table public."{name}" cascade'))
        for function in connection.scalars(_FUNCTIONS).all():
            connection.execute(text(f"drop function {function} cascade"))
    owner.dispose()


def bring_up() -> None:
    """Carry out the revisions that the tables still lack."""
    upgrade()
