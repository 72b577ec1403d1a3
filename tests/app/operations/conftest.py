"""The furnished office on a database of each test's own."""

from contextlib import ExitStack
from copy import deepcopy
from datetime import UTC, datetime

import pytest

from app.store import transaction
from app.store.recounting import Hull
from benchmarks import many_clocks
from tests.app.operations.office import Office
from tests.conftest import NAME, PROCESS, close_pool

CROWDED = f"eperizinan_crowded_{PROCESS}"
MANY = 20_000  # tasks and clocks: reading them all is the dearer way
YEARS_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def office(cluster, furnished, application, beginnings):
    """The furnished office on a database of this test's own."""
    name, people = furnished
    cluster.copy(name, NAME)
    with application.app_context():
        yield Office(dict(people), begun=beginnings)
    close_pool(application)


@pytest.fixture(scope="session")
def filled(cluster, furnished, application):
    """`filled(stock)`: the name of a database with what `stock(office)` does, the office, and what `stock` answered.

    Filled once in a process and kept as a template: what takes seconds is copied in a moment.
    """
    kept = {}

    def once(stock):
        if stock not in kept:
            source, people = furnished
            cluster.copy(source, NAME)
            with application.app_context():
                office = Office(dict(people))
                made = stock(office)
            close_pool(application)
            name = f"eperizinan_filled_{len(kept)}_{PROCESS}"
            cluster.copy(NAME, name)
            kept[stock] = name, office, made
        return kept[stock]

    return once


@pytest.fixture
def office_after(cluster, filled, application):
    """`office_after(stock)`: the office as `stock` left it, on a database of this test's own."""
    with ExitStack() as stack:

        def opened(stock):
            name, office, _made = filled(stock)
            cluster.copy(name, NAME)
            stack.enter_context(application.app_context())
            return deepcopy(office)

        yield opened
    close_pool(application)


@pytest.fixture
def database_superuser(cluster):
    """Asks the test's database as one who may do anything."""
    return cluster.database(NAME).ask


@pytest.fixture(scope="session")
def crowded(cluster, furnished, application):
    """The name of a database with so many running clocks, their promises counted, and the people."""
    name, people = furnished
    server = cluster.copy(name, NAME)
    with application.app_context():
        many_clocks.stock(server, people["pemohon"], MANY)
        with transaction() as store:
            hull = Hull(YEARS_AGO, None, "ukur", many_clocks.TODAY, 1)
            world = store.calendars.world()
            store.readings.recount(hull, None, 2 * MANY, world, many_clocks.TODAY, store.deployments.get)
        many_clocks.tidy(server)
    close_pool(application)
    cluster.copy(NAME, CROWDED)
    return CROWDED, people


@pytest.fixture
def many(cluster, crowded, application):
    """The crowded office on a database of this test's own."""
    name, people = crowded
    cluster.copy(name, NAME)
    with application.app_context():
        yield Office(dict(people))
    close_pool(application)
