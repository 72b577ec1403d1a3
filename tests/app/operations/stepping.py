"""Two acts stepped statement by statement: one waits at its n-th statement while the other goes as far as it can."""

import threading

from sqlalchemy import event

from app.store.database import db
from engine.errors import EngineError

BLOCKED = 0.25  # seconds without another statement: it waits for the other's lock
LONG = 60


class Walker:
    """One act in a thread of its own, let go a number of statements at a time."""

    def __init__(self, application, act):
        self.application, self.act, self.answer = application, act, None
        self.permits, self.arrived, self.over = threading.Semaphore(0), threading.Semaphore(0), threading.Event()
        self.free = False
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        with self.application.app_context():
            try:
                self.answer = self.act()
            except (EngineError, Exception) as refusal:  # noqa: BLE001 - looked at by the test
                self.answer = refusal
        self.over.set()
        self.arrived.release()

    def wait_at_statement(self):
        if not self.free:
            self.arrived.release()
            self.permits.acquire(timeout=LONG)

    def step(self, statements):
        """Carry out so many statements; fewer when it ends or is blocked before."""
        for _ in range(statements):
            if self.over.is_set():
                return
            self.permits.release()
            if not self.arrived.acquire(timeout=BLOCKED):
                return

    def finish(self):
        self.free = True
        for _ in range(1000):
            self.permits.release()
        self.thread.join(LONG)
        assert self.over.is_set(), "it never ended"


def interleaved(application, first, second, place):
    """`first` waits before statement `place + 1`, `second` runs to its end or into a lock; both answers."""
    walkers = {}

    def gate(*_):
        walker = walkers.get(threading.get_ident())
        if walker:
            walker.wait_at_statement()

    event.listen(db.engine, "before_cursor_execute", gate)
    try:
        one, two = Walker(application, first), Walker(application, second)
        for walker in (one, two):
            walker.thread.start()
            walkers[walker.thread.ident] = walker
            walker.arrived.acquire(timeout=LONG)
        one.step(place)
        two.step(1000)
        one.finish()
        two.finish()
    finally:
        event.remove(db.engine, "before_cursor_execute", gate)
    return one.answer, two.answer
