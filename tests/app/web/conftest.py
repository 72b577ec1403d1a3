"""An office that is released and staffed once, and copied for every test that asks for `office`."""

import pytest

from app.cli import release_files
from app.operations import processes
from app.operations.demo import staff
from tests.app.web.office import BEFORE, NOW, Office
from tests.conftest import NAME, PROCESS, close_pool

STAFFED = f"eperizinan_staffed_{PROCESS}"


@pytest.fixture(scope="session")
def staffed(cluster, application, migrated):
    """The name of a database with a release and the demonstration office's people, and who they are."""
    cluster.copy(migrated, NAME)
    with application.app_context():
        processes.deploy(release_files(), "peragaan", BEFORE, development=True)
        people = staff.make(BEFORE, BEFORE.date().replace(year=2025))
    close_pool(application)
    cluster.copy(NAME, STAFFED)
    return STAFFED, people


@pytest.fixture
def office(cluster, application, staffed, beginnings, monkeypatch):
    """The office on a Tuesday morning, on a database of this test's own."""
    source, people = staffed
    cluster.copy(source, NAME)
    monkeypatch.setattr("app.web.session.now", lambda: NOW)
    yield Office(application, people, beginnings)
    close_pool(application)


@pytest.fixture
def database_rows(cluster, office):
    """`database_rows(statement)`: rows behind the application's back."""
    return cluster.database(NAME).ask
