"""The embedded server belongs to whoever started it."""

import os

import pytest

from app.launch_checks import Refusal
from app.launch_database import database
from app.store import embedded


@pytest.fixture
def var(open_folder):
    folder = open_folder()
    yield folder
    embedded.stop(folder / "db")


def test_the_server_runs_while_the_office_is_open_and_stops_with_it(var):
    with database({"EPERIZINAN_VAR": str(var)}, alone=True) as environment:
        server = embedded.status(var / "db")
        assert environment["DATABASE_URL"] == server.app_url
        assert environment["DATABASE_OWNER_URL"] == server.owner_url
    assert embedded.status(var / "db") is None


def test_a_server_that_somebody_else_runs_is_used_and_left_running(var):
    server = embedded.start(var / "db")
    with database({"EPERIZINAN_VAR": str(var)}) as environment:
        assert environment["DATABASE_URL"] == server.app_url
    assert embedded.status(var / "db") == server


def test_a_server_left_by_a_killed_office_is_stopped_by_the_next(var):
    embedded.start(var / "db")
    (var / "launch.lock").write_text("server")
    with database({"EPERIZINAN_VAR": str(var)}, alone=True):
        assert embedded.status(var / "db") is not None
    assert embedded.status(var / "db") is None
    assert (var / "launch.lock").read_text() == ""


def test_an_office_opens_once_but_other_commands_may_use_its_server(var):
    with database({"EPERIZINAN_VAR": str(var)}, alone=True) as first:
        with pytest.raises(Refusal, match="already open"), database({"EPERIZINAN_VAR": str(var)}, alone=True):
            pass
        with database({"EPERIZINAN_VAR": str(var)}) as second:
            assert second == first
        assert embedded.status(var / "db") is not None


def test_an_external_database_is_left_to_its_owner(cluster):
    environment = {"DATABASE_URL": cluster.server.app_url, "LAIN": os.sep}
    with database(environment) as reached:
        assert reached == environment
