"""The hammered office: a PostgreSQL of its own, the shipped release, its people; the journals of who was told what."""

from __future__ import annotations

import json
import os
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

import psycopg2
from flask import Flask

from app.clock import WIB
from app.store import embedded, transaction
from tests.conftest import close_pool
from tests.hammer.disk import Disk

OPENED = datetime(2026, 8, 3, 10, 0, tzinfo=WIB)
LONG_AGO = datetime(2025, 1, 2, 8, 0, tzinfo=WIB)
SPAN = timedelta(days=75)  # of the office's time, however long the hammering takes


@dataclass
class House:
    """What every process of the hammered office was forked with."""

    folder: Path
    app: Flask
    people: dict[str, UUID]
    papers: dict[str, bytes]  # once inspected, known for good
    seconds: float
    disk: Disk
    began: float = 0.0

    def present(self) -> datetime:
        """The office's own time: it runs so that terms lapse while the hammer falls."""
        share = min(1.0, (monotonic() - self.began) / self.seconds)
        return OPENED + timedelta(seconds=round(SPAN.total_seconds() * share))

    def login_of(self, person: UUID) -> str:
        return next(login for login, id in self.people.items() if id == person)


class Journal:
    """Lines that survive the death of whoever wrote them: each is one write to a file opened for appending."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / f"{name}.jsonl"
        self.file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def write(self, **line: Any) -> None:
        os.write(self.file, (json.dumps(line) + "\n").encode())

    def lines(self) -> list[dict[str, Any]]:
        return read_journal(self.path)


def read_journal(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def journals(folder: Path, kind: str) -> list[dict[str, Any]]:
    return [line for path in sorted(folder.glob(f"{kind}-*.jsonl")) for line in read_journal(path)]


def build(folder: Path, seconds: float) -> House:
    """A migrated, furnished office without a case; the pool is let go of, for what follows is forked."""
    folder.chmod(0o755)
    disk = Disk(folder / "db")
    disk.mount()
    server = embedded.start(folder / "db")
    _keep_little_wal(server.superuser_url)
    os.environ |= {"DATABASE_URL": server.app_url, "DATABASE_OWNER_URL": server.owner_url}
    os.environ |= {"EPERIZINAN_VAR": str(folder / "var"), "EPERIZINAN_ENV": "testing"}
    from app import create_app

    made = create_app()
    ran = made.test_cli_runner().invoke(args=["db", "upgrade"])
    if ran.exit_code:
        raise RuntimeError(ran.output)
    with made.app_context():
        people = _furnish()
        papers = _papers(people)
    close_pool(made)
    return House(folder, made, people, papers, seconds, disk)


def _keep_little_wal(url: str) -> None:
    """So that the disk, which is memory, holds the office and not its past."""
    with closing(psycopg2.connect(url.replace("+psycopg2", ""))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("alter system set max_wal_size = '192MB'")
            cursor.execute("select pg_reload_conf()")


def _papers(people: dict[str, UUID]) -> dict[str, bytes]:
    """A paper and a photo as the office keeps them: whoever sends them again waits for no inspection."""
    from app.operations import cases
    from tests.app.operations.office import Office

    office = Office(people, at=OPENED)
    made = cases.open_case("SIPB", "baru", "perorangan", people["pemohon"], OPENED, None, uuid4())
    office.typed(made.case_id, "ajukan", "pemohon")
    return office.papers


def _furnish() -> dict[str, UUID]:
    from app.cli import release_files
    from app.operations import processes
    from app.operations.demo import staff

    processes.deploy(release_files(), "palu", LONG_AGO, development=True)
    people = staff.make(LONG_AGO, date(2025, 1, 1))
    with transaction() as store:
        store.deployments.active()  # read once here, known to every process that is forked
        store.calendars.world()
    return people
