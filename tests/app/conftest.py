"""A furnished office: the shipped release deployed, its people hired; made once, copied for every test."""

from datetime import date

import pytest

from app.cli import release_files
from app.operations import processes
from app.operations.demo import staff
from tests.app.operations.office import LONG_AGO
from tests.conftest import NAME, PROCESS, close_pool

FURNISHED = f"eperizinan_furnished_{PROCESS}"
HIRED = {}  # by login, once they were made in this process


@pytest.fixture(scope="session")
def furnished(cluster, migrated, application):
    """The name of a database with the release deployed and everybody hired, and who they are.

    Two folders of tests take this fixture, and pytest would make it for each of them: the second making would hire
    other people than those the first folder still knows.
    """
    if HIRED:
        return FURNISHED, HIRED
    cluster.copy(migrated, NAME)
    with application.app_context():
        processes.deploy(release_files(), "uji", LONG_AGO, development=True)
        people = staff.make(LONG_AGO, date(2025, 1, 1))
    close_pool(application)
    cluster.copy(NAME, FURNISHED)
    HIRED.update(people)
    return FURNISHED, HIRED
