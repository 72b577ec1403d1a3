"""The hammer itself: processes are killed and born again, back ends terminated, the server shot."""

from __future__ import annotations

import os
import random
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from time import monotonic, sleep

import psycopg2
from sqlalchemy import make_url

from app.store import embedded
from tests.hammer import clerk, worker
from tests.hammer.house import House

CLERKS, WORKERS = 4, 2
PAUSE = 0.25  # seconds between two blows
FULL = 1.5  # seconds for which the disk has no room
WEIGHTS = {
    "process kill -9": 62,
    "pg_terminate_backend": 34,
    "back end kill -9": 2,
    "postmaster kill -9": 1,
    "disk full": 1,
}


def fork(act: Callable[[], None]) -> int:
    """A process of its own; it never returns into whoever forked it."""
    child = os.fork()
    if child:
        return child
    try:
        act()
    except BaseException:  # noqa: BLE001 - the end of a process: told, and ended at once
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


@dataclass
class Hammer:
    house: House
    rng: random.Random
    blows: Counter[str] = field(default_factory=Counter)
    processes: dict[int, tuple[str, int]] = field(default_factory=dict)  # pid -> kind, number
    broken: int = 0  # processes that ended by a fault of their own

    def start(self, kind: str, number: int) -> None:
        seed = self.rng.getrandbits(60)
        run = clerk.run if kind == "clerk" else worker.run
        self.processes[fork(lambda: run(self.house, number, seed))] = (kind, number)

    def fill(self) -> None:
        for number in range(CLERKS):
            self.start("clerk", number)
        for number in range(WORKERS):
            self.start("worker", number)

    def swing(self) -> None:
        """One blow after another for as long as was asked."""
        end = self.house.began + self.house.seconds
        while monotonic() < end:
            sleep(PAUSE * self.rng.uniform(0.5, 1.5))
            (kind,) = self.rng.choices(list(WEIGHTS), WEIGHTS.values())
            self.blows[kind] += BLOWS[kind](self)
            self.raise_the_dead()

    def raise_the_dead(self) -> None:
        for pid in list(self.processes):
            gone, status = os.waitpid(pid, os.WNOHANG)
            if gone:
                self.broken += not os.WIFSIGNALED(status)
                sys.stderr.write(f"{self.processes[pid]} ended by itself, status {status}\n")
                self.start(*self.processes.pop(pid))

    def kill_process(self) -> bool:
        pid = self.rng.choice(list(self.processes))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        self.start(*self.processes.pop(pid))
        return True

    def terminate(self) -> bool:
        return bool(self.ask("select pg_terminate_backend(pid) from (select * from pg_stat_activity " + OURS))

    def kill_backend(self) -> bool:
        """PostgreSQL cannot trust its memory after that: it restarts itself with everybody's connections gone."""
        found = self.ask("select pid from (select * from pg_stat_activity " + OURS)
        try:
            os.kill(found[0][0], signal.SIGKILL)
        except (IndexError, ProcessLookupError):  # nobody there, or gone by himself meanwhile
            return False
        return True

    def kill_postmaster(self) -> bool:
        server = embedded.status(self.house.folder / "db")
        if server is None or not server.pid:
            return False
        os.kill(server.pid, signal.SIGKILL)
        embedded.start(self.house.folder / "db")  # also while the killed one is still to be seen
        return True

    def fill_disk(self) -> bool:
        """Nothing can be written for a while; PostgreSQL may give up meanwhile and is started again with room."""
        full = self.house.disk.fill()
        sleep(FULL if full else 0)
        self.house.disk.empty()
        embedded.start(self.house.folder / "db")
        return full

    def ask(self, statement: str) -> list[tuple[int]]:
        try:
            with superuser(self.house) as connection, connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall()
        except psycopg2.OperationalError:
            return []  # it is just coming back from the blow before

    def end(self) -> None:
        """Everybody finishes what is in hand; who was killed just now sends his last page again."""
        for pid in self.processes:
            os.kill(pid, signal.SIGTERM)
        for pid in self.processes:  # one that is just born may be ended by the signal itself: that is no fault
            self.broken += os.WEXITSTATUS(os.waitpid(pid, 0)[1]) != 0
        for number in range(CLERKS):
            pid = fork(lambda number=number: clerk.run(self.house, number, number, only_finish=True))
            self.broken += os.waitpid(pid, 0)[1] != 0
        sys.stdout.flush()


OURS = "where application_name = 'e-perizinan' order by random() limit 1) t"
BLOWS: dict[str, Callable[[Hammer], bool]] = {
    "process kill -9": Hammer.kill_process,
    "pg_terminate_backend": Hammer.terminate,
    "back end kill -9": Hammer.kill_backend,
    "postmaster kill -9": Hammer.kill_postmaster,
    "disk full": Hammer.fill_disk,
}


@contextmanager
def superuser(house: House) -> Iterator[psycopg2.extensions.connection]:
    server = embedded.status(house.folder / "db")
    if server is None:
        raise psycopg2.OperationalError("the server is away")
    url = make_url(server.superuser_url).set(drivername="postgresql")
    with closing(psycopg2.connect(url.render_as_string(False))) as connection:
        connection.autocommit = True
        yield connection
