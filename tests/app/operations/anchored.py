"""An office whose anchors, key and files stand in a folder of the test's own."""

from contextlib import closing, contextmanager
from dataclasses import replace

from app.store import transaction
from tests.conftest import NAME


@contextmanager
def standing_in(application, folder):
    """The application with its ground under `folder` instead of the session's."""
    kept = application.extensions["settings"]
    own = {"var": folder, "anchors": folder / "anchors", "anchor_key": folder / "anchor-key"}
    application.extensions["settings"] = replace(kept, **own)
    try:
        yield
    finally:
        application.extensions["settings"] = kept


def secretly(cluster, *statements):
    """Carry out statements as one who can switch the triggers off."""
    with closing(cluster.database(NAME).connect()) as connection, connection, connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)


def number(case_id):
    with transaction() as store:
        return store.case_lists.case_row(case_id).number
