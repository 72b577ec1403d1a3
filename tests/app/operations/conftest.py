"""The furnished office on a database of each test's own."""

import pytest

from tests.app.operations.office import Office
from tests.conftest import NAME, close_pool


@pytest.fixture
def office(cluster, furnished, application):
    """The furnished office on a database of this test's own."""
    name, people = furnished
    cluster.copy(name, NAME)
    with application.app_context():
        yield Office(dict(people))
    close_pool(application)


@pytest.fixture
def database_superuser(cluster):
    """Asks the test's database as one who may do anything."""
    return cluster.database(NAME).ask
