"""A worker: wakes, warns, carries messages; its own clock may be wrong."""

from __future__ import annotations

import random
import signal
from time import sleep
from uuid import UUID

from app.operations import background
from app.operations.retrying import Unavailable
from app.store.database import db
from tests.hammer.clerk import _jump
from tests.hammer.house import House, Journal
from tests.hammer.lines import bad_lines


class Worker:
    def __init__(self, house: House, number: int, seed: int) -> None:
        self.house, self.jump = house, _jump(random.Random(seed))
        self.sent = Journal(house.folder, f"sent-{number}")
        self.woken = Journal(house.folder, f"woken-{number}")
        self.closing = False

    def carry(self, id: UUID, *_: str) -> str:
        self.sent.write(id=str(id))
        return "dikirim"

    def beat(self, most: int = 20) -> bool:
        """One round as the scheduler makes it; whether there was anything to do."""
        at, busy = self.house.present() + self.jump, False
        for _ in range(most):
            found = background.wake_one(at)
            if found is None:
                break
            busy = True
            self.woken.write(case=str(found))
        busy = background.warn_due(at) > 0 or busy
        for _ in range(most):
            if not background.deliver_one(self.carry, at, ("message",)):
                break
            busy = True
        return busy


def run(house: House, number: int, seed: int) -> None:
    random.seed(seed)
    worker = Worker(house, number, seed)
    signal.signal(signal.SIGTERM, lambda *_: setattr(worker, "closing", True))
    with house.app.app_context(), bad_lines(db.engine, Journal(house.folder, f"lines-w{number}"), random.Random(seed)):
        while not worker.closing:
            try:
                if not worker.beat():
                    sleep(0.1)
            except Unavailable:
                sleep(0.2)
