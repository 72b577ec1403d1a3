"""The tests' own PostgreSQL, and the application standing on it.

One cluster for the session, thrown away afterwards; migrated once into a template; every test that asks for
`database` gets a fresh copy of it (about 30 ms) unless nobody wrote to the last one, so nothing append-only has to be
deleted. TEST_DATABASE_URL names an external server instead: a role that may create databases.
"""

import gc
import hashlib
import json
import os
import shutil
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg2
import pytest
from argon2 import PasswordHasher
from hypothesis import settings
from sqlalchemy import make_url

from app.letters import pages
from app.store import embedded
from engine import deployment, scenarios

ROOT = Path(__file__).resolve().parent.parent
# Tests in several processes (pytest -n 2) each have databases of their own, also on one external server.
PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "alone")
NAME = f"eperizinan_test_{PROCESS}"
MIGRATED = f"eperizinan_migrated_{PROCESS}"
# What is thrown away need not survive a power cut, follow anybody, or be guarded by dear passwords.
THROW_AWAY = {
    "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off",
    "wal_level": "minimal", "max_wal_senders": "0", "scram_iterations": "1",
}  # fmt: skip
# Hundreds of tests log in; what a hash really costs is held by tests/app/operations/test_people.py.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
MEMORY = Path("/dev/shm")
ROOM = 1024**3
# How long an example takes tells of the machine, not of the office.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
# A release takes a hundred thousand objects that stay: as often as Python looks for circles among them by itself, it
# finds next to nothing for a tenth of the time. What hides in a circle and was not closed is found at the next look.
gc.set_threshold(20_000, 20, 20)


def once(build):
    """Builds the same files once: most tests deploy the release that was shipped, which takes a second each time."""
    kept = {}

    def built(id, number, files):
        key = deployment.checksum(files)
        if key not in kept:
            kept[key] = build(id, number, files)
        return replace(kept[key], id=id, number=number)

    return built


def played_once(problems):
    """Plays the scenarios of the same files once: they come out the same, and most releases of tests hold them all."""
    kept = {}

    def told(files, built, gone=None):
        key = (deployment.checksum(files), *sorted((gone or {}).items()))
        if key not in kept:
            kept[key] = problems(files, built, gone)
        return kept[key]

    return told


def pytest_collection_modifyitems(items):
    """The long tests of the browser come first, or two processes would not end at one time."""
    browser = ROOT / "tests/browser"
    items.sort(key=lambda one: not one.path.is_relative_to(browser))


class Remembering:
    """An examiner of papers that tells again what it told of the same bytes: a fresh child for each takes time."""

    def __init__(self, examiner):
        self.examiner, self.told = examiner, {}

    def ask(self, words, parts=()):
        key = json.dumps(words, sort_keys=True), *(hashlib.sha256(one).digest() for one in parts)
        if key not in self.told:
            self.told[key] = self.examiner.ask(words, parts)
        words, parts = self.told[key]
        return dict(words), list(parts)


def at_database(url, name):
    return make_url(url).set(database=name).render_as_string(hide_password=False)


@dataclass(frozen=True)
class Database:
    """A database by its three addresses: the application's, the owner's, and that of one who may do anything."""

    app_url: str
    owner_url: str
    superuser_url: str

    def named(self, name):
        return Database(*(at_database(url, name) for url in (self.app_url, self.owner_url, self.superuser_url)))

    @property
    def environment(self):
        return {"DATABASE_URL": self.app_url, "DATABASE_OWNER_URL": self.owner_url}

    def connect(self):
        """A plain connection that may do anything, for looking at rows behind the application's back."""
        return psycopg2.connect(make_url(self.superuser_url).set(drivername="postgresql").render_as_string(False))

    def ask(self, statement, values=()):
        """The rows of one statement, committed; an empty list if it returns none."""
        with closing(self.connect()) as connection, connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []


@dataclass(frozen=True)
class Cluster:
    """Makes, copies and drops databases; `server` is where nobody works."""

    server: Database
    lines: list = field(default_factory=list)  # the one connection over which databases come and go
    copied: dict = field(default_factory=dict)  # the last copy: (source, name) -> the last transaction before its use

    def database(self, name):
        return self.server.named(name)

    def create(self, name):
        """An empty database with the rights that an office's database has."""
        self.drop(name)
        owner, app = (make_url(url).username for url in (self.server.owner_url, self.server.app_url))
        self._tell(f'create database {name} owner "{owner}"')
        if owner != app:
            rights = f'alter default privileges for role "{owner}" in schema public grant'
            self.database(name).ask(f'{rights} select, insert, update, delete on tables to "{app}"')
            self.database(name).ask(f'{rights} usage, select on sequences to "{app}"')
        return self.database(name)

    def copy(self, source, name):
        """Make `name` a copy of `source`, throwing away what was there; nobody may be connected to `source`.

        A copy that nobody wrote to since is one still.
        """
        known = self.copied.get((source, name))
        if known is not None and known == self._last_writer(name):
            return self.database(name)
        self.drop(name)
        self._empty(source)  # the server's own helpers look in, too
        owner = make_url(self.server.owner_url).username
        self._tell(f'create database {name} template {source} owner "{owner}" strategy file_copy')
        self.copied.clear()
        self.copied[source, name] = self._last_writer(name)
        return self.database(name)

    def untouched(self, name):
        """What a database is a copy of that nobody wrote to since; None where somebody did, or it is none."""
        [(last,)] = self._tell("select pg_snapshot_xmax(pg_current_snapshot())::text")
        return next((source for (source, copy), known in self.copied.items() if copy == name and known == last), None)

    def drop(self, name):
        self._empty(name)
        self._tell(f"drop database if exists {name} with (force)")

    def _empty(self, name):
        """Everybody out, and wait until they went: the server itself would look again after a tenth of a second."""
        deadline = time.monotonic() + 1
        out = f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
        while self._tell(out) and time.monotonic() < deadline:
            time.sleep(0.001)

    def _last_writer(self, name):
        """The server's last transaction that wrote anything; None while somebody is in the database."""
        within = f"exists (select from pg_stat_activity where datname = '{name}')"
        [(busy, last)] = self._tell(f"select {within}, pg_snapshot_xmax(pg_current_snapshot())::text")
        return None if busy else last

    def _tell(self, statement):
        if not self.lines:
            self.lines.append(self.server.connect())
            self.lines[0].autocommit = True
        with self.lines[0].cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def hang_up(self):
        while self.lines:
            self.lines.pop().close()


@dataclass
class Begun:
    """Files walked once in a process: a test that begins with one, in an office that nobody touched, finds it there."""

    cluster: Cluster
    application: object
    kept: dict = field(default_factory=dict)  # what it began on, and how -> (database after it, its papers, the answer)

    def with_(self, how, walk):
        """What `walk()` answers, its database and papers: a copy where the same was walked on the same before."""
        source, folder = self.cluster.untouched(NAME), Path(self.application.extensions["settings"].var)
        if source is None:
            return walk()
        begin = source, folder, how
        if begin not in self.kept:
            before = stamps(folder)
            made, after = walk(), f"eperizinan_begun_{len(self.kept)}_{PROCESS}"
            papers = {one: one.read_bytes() for one, stamp in stamps(folder).items() if before.get(one) != stamp}
            close_pool(self.application)
            self.cluster.copy(NAME, after)
            self.kept[begin] = after, papers, made
            return made
        after, papers, made = self.kept[begin]
        close_pool(self.application)
        self.cluster.copy(after, NAME)
        for one, content in papers.items():  # other tests tamper with them
            if not one.is_file() or one.read_bytes() != content:
                one.parent.mkdir(parents=True, exist_ok=True)
                one.unlink(missing_ok=True)
                one.write_bytes(content)
        return made


def stamps(folder):
    """When each file under a folder was last written."""
    return {one: one.stat().st_mtime_ns for one in folder.rglob("*") if one.is_file()}


@pytest.fixture(scope="session")
def beginnings(cluster, application):
    return Begun(cluster, application)


@pytest.fixture(scope="session")
def open_folder():
    """`open_folder()` makes a folder that the server's account may enter, unlike pytest's own; all are removed."""
    made = []

    def make():
        made.append(Path(tempfile.mkdtemp(prefix="eperizinan-tests-", dir=fastest_folder())))
        made[-1].chmod(0o755)
        return made[-1]

    yield make
    for folder in made:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def cluster(open_folder):
    """The server of this session's tests."""
    external = os.environ.get("TEST_DATABASE_URL")
    if external:
        made = Cluster(Database(external, external, external))
        yield made
        made.hang_up()
        return
    folder = open_folder() / "db"
    try:
        server = embedded.start(folder, THROW_AWAY)
        made = Cluster(Database(server.app_url, server.owner_url, server.superuser_url).named("postgres"))
        # As cheap a password as the other roles have: this one was made before there were settings.
        made.server.ask("alter role current_user password %s", (make_url(server.superuser_url).password,))
        yield made
        made.hang_up()
    finally:
        embedded.stop(folder)


@pytest.fixture(scope="session")
def application(cluster, tmp_path_factory):
    """The application, put together once; tests ask for `app`, which stands on a fresh database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EPERIZINAN_VAR", str(tmp_path_factory.mktemp("var")))
        patch.setenv("EPERIZINAN_ENV", "testing")
        for name, value in cluster.database(NAME).environment.items():
            patch.setenv(name, value)
        from app import create_app

        patch.setattr("app.operations.people.HASHER", CHEAP)
        patch.setattr("app.operations.people._NOBODY", CHEAP.hash("tidak ada"))
        patch.setattr("app.operations.processes.build", once(deployment.build))
        patch.setattr("app.store.deployments.restored", once(deployment.restored))
        patch.setattr("app.operations.processes.scenarios.problems", played_once(scenarios.problems))
        patch.setattr("app.letters.pages.examiner", Remembering(pages.examiner))
        made = create_app()
        made.config["TESTING"] = True
        yield made


@pytest.fixture(scope="session")
def migrated(cluster, application):
    """The name of a database with all tables and no rows, from which others are copied."""
    cluster.create(NAME)
    ran = application.test_cli_runner().invoke(args=["db", "upgrade"])
    assert ran.exit_code == 0, ran.output
    close_pool(application)
    cluster.copy(NAME, MIGRATED)
    return MIGRATED


@pytest.fixture
def database(cluster, migrated):
    """A database of this test's own: all tables, no rows."""
    return cluster.copy(migrated, NAME)


@pytest.fixture
def app(application, database):
    """The application on this test's own database."""
    yield application
    close_pool(application)


@pytest.fixture
def client(app):
    """A browser without JavaScript, not logged in."""
    return app.test_client()


def fastest_folder():
    """Memory where there is enough of it: copying a database makes 300 files, which a disk takes up to 0.5 s for."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if roomy else None


def close_pool(application):
    """Let go of all connections, so that the database can be copied or dropped."""
    with application.app_context():
        for engine in application.extensions["sqlalchemy"].engines.values():
            engine.dispose()
