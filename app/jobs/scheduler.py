"""APScheduler as a metronome: it only says "look now"; what is due stands in the database.

Safe to run twice: the database decides who takes what.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from app.clock import now
from app.jobs.delivery import carrier
from app.jobs.watching import web_answers
from app.operations import (
    anchoring,
    background,
    counted_facts,
    heartbeat,
    impact,
    migration_batches,
    publishing,
    recounting,
    sessions,
)
from app.operations.retrying import Unavailable

log = logging.getLogger("eperizinan")
MOST_AT_ONCE = 500


# Set when the office closes: a round of many letters ends after the one in hand, the rest waits in the database.
closing = threading.Event()


def _until_done(act: Callable[[], bool]) -> None:
    for _ in range(MOST_AT_ONCE):
        if closing.is_set() or not act():
            return


def look(app: Flask) -> None:
    """Wake due cases, and in service hours fire due warnings and look at legal limits."""
    with app.app_context():
        _until_done(lambda: background.wake_one(now()) is not None)
        background.warn_when_open(now())
        background.watch_limits(now())
        background.expire_extensions(now())


def deliver(app: Flask) -> None:
    with app.app_context():
        send = carrier(app.extensions["settings"])
        _until_done(lambda: background.deliver_one(send, now()))


def recount(app: Flask) -> None:
    """Bring the lists up to date after a change of the legal world."""
    with app.app_context():
        _until_done(lambda: recounting.recount_one(now()))


def count(app: Flask) -> None:
    """Count the files of periods that are too large for a page, slice by slice."""
    with app.app_context():
        _until_done(lambda: counted_facts.count_one(now()))


def release(app: Flask) -> None:
    """Put a release into effect whose instant has come, move cases together, count what releases mean for cases."""
    with app.app_context():
        publishing.take_effect(now())
        _until_done(lambda: migration_batches.work_one(now()))
        _until_done(lambda: impact.count_one(now()))


def tidy(app: Flask) -> None:
    with app.app_context():
        sessions.sweep(now())


def swear(app: Flask) -> None:
    """The first beat of a day (WIB) gives it its anchor; the others find it there."""
    with app.app_context():
        try:
            anchoring.anchor(now())
        except OSError as fault:
            log.warning("anchor not made, %s", fault)


def pulse(app: Flask) -> None:
    """Beat, and look whether the web answers; a gap between beats is written down."""
    with app.app_context():
        heartbeat.beat(web_answers(app.extensions["settings"].public_url), now())


def _patient(job: Callable[[Flask], None], app: Flask) -> Callable[[], None]:
    """A database that is away is waited for, in one line of the log; the next beat tries again."""

    def run() -> None:
        try:
            job(app)
        except Unavailable:
            log.warning("database unavailable, job=%s", job.__name__)

    return run


def work(app: Flask) -> None:
    """Beat until SIGTERM or SIGINT."""
    # A beat that comes while its predecessor still works is left out: that is how it should be, and no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler = BackgroundScheduler(timezone="UTC")
    options = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    scheduler.add_job(_patient(look, app), "interval", seconds=5, **options)
    scheduler.add_job(_patient(deliver, app), "interval", seconds=2, **options)
    scheduler.add_job(_patient(recount, app), "interval", seconds=2, **options)
    scheduler.add_job(_patient(count, app), "interval", seconds=5, **options)
    scheduler.add_job(_patient(release, app), "interval", seconds=2, **options)
    scheduler.add_job(_patient(tidy, app), "interval", minutes=10, **options)
    scheduler.add_job(_patient(swear, app), "interval", minutes=1, **options)
    scheduler.add_job(_patient(pulse, app), "interval", seconds=30, next_run_time=now(), **options)
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: closing.set())
    scheduler.start()
    closing.wait()
    scheduler.shutdown(wait=True)
