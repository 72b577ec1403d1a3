"""Runs the revisions as the owner of the tables, who is not the role the office works with (ruling 18)."""

from alembic import context
from flask import current_app
from sqlalchemy import create_engine, pool

import app.store.tables  # noqa: F401  (the tables register themselves with the metadata)
from app.store.database import metadata


def run() -> None:
    engine = create_engine(current_app.config["OWNER_URL"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        # A migration never waits long for a lock: one ALTER would stop the office.
        connection.exec_driver_sql("set lock_timeout = '5s'")
        connection.commit()
        context.configure(connection=connection, target_metadata=metadata, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
