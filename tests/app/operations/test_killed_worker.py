"""A worker that is killed while it moves cases together: a real process, `kill -9`, and another that goes on."""

import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest

from app.operations import auditing, batch_page, heartbeat, migration_batches, processes
from app.operations.impact import Subject
from app.store import transaction
from tests.app.operations.test_impact import counted
from tests.app.operations.test_migrating import REASON, release, renamed
from tests.conftest import ROOT

FILES = 20
PATIENCE = 60  # seconds


@pytest.fixture
def running(office):
    """Files at their verifiers and applications that were opened."""
    return [office.registered("SIPB"), office.registered("PEN"), *(office.open("SIPB") for _ in range(FILES - 2))]


@pytest.fixture
def ask(database_superuser):
    return database_superuser


@contextmanager
def worker(office):
    command = [sys.executable, "-m", "tests.hammer.lone_worker", office.at.isoformat()]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(process, true):
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert process.poll() is None, "the worker ended by itself"
        assert time.monotonic() < deadline
        time.sleep(0.001)


def signs(ask, state, kind):
    """How many cases are through, by the batch or by their own events: the first sign is where a killing hurts most."""
    by_batch = "(select count(*) from migration_items where state = %s)"
    by_event = "(select count(*) from events where kind = %s)"
    return ask(f"select greatest({by_batch}, {by_event})", (state, kind))[0][0]


def killed(process, ask):
    """`kill -9`, and the server has noticed: what was begun is rolled back, what was committed stands."""
    process.send_signal(signal.SIGKILL)
    process.wait()
    busy = "select count(*) from pg_stat_activity where datname = current_database() and state <> 'idle'"
    deadline = time.monotonic() + PATIENCE
    while ask(busy)[0][0] > 1:  # the one who asks
        assert time.monotonic() < deadline
        time.sleep(0.01)


def page(office, batch):
    return batch_page.page(batch, "", None, office.people["pengawas"], office.at)


def standing(office, cases):
    """The release that each case stands on."""
    return [office.case(one).case.deployment.id for one in cases]


def happened(cases, kind):
    with transaction() as store:
        return [sum(one.kind == kind for one in store.cases.events(case)) for case in cases]


def test_a_worker_killed_in_the_midst_of_a_batch_loses_no_file_and_moves_none_twice(office, running, ask):
    before, target = processes.active().id, release(office, renamed)
    counted(office, Subject(target))
    batch = migration_batches.start(target, REASON, office.people["proses"], office.at)

    with worker(office) as process:
        until(process, lambda: signs(ask, "moved", "case_migrated") >= 5)
        killed(process, ask)
    found = page(office, batch)
    assert (found.row.status, found.silent) == ("running", None)
    later = office.at + heartbeat.SILENCE + timedelta(seconds=1)
    assert batch_page.page(batch, "", None, office.people["pengawas"], later).silent == office.at
    assert 5 <= found.counts["moved"] < FILES
    assert found.counts["moved"] + found.counts["waiting"] == FILES
    there = standing(office, running).count(target)
    assert found.counts["moved"] == there == sum(happened(running, "case_migrated"))

    with worker(office) as process:
        until(process, lambda: page(office, batch).row.status == "done")
        assert page(office, batch).counts["moved"] == FILES
        assert happened(running, "case_migrated") == [1] * FILES
        migration_batches.undo(batch, "Langkahnya keliru", office.people["proses"], office.at)
        until(process, lambda: signs(ask, "put_back", "migration_undone") >= 5)
        killed(process, ask)
    found = page(office, batch)
    assert (found.row.status, found.row.task) == ("running", "undo")
    assert 5 <= found.counts["put_back"] == standing(office, running).count(before) < FILES

    with worker(office) as process:
        until(process, lambda: page(office, batch).row.status == "done")
    assert page(office, batch).counts["put_back"] == FILES
    assert standing(office, running) == [before] * FILES
    assert happened(running, "migration_undone") == [1] * FILES
    assert all(auditing.verify(one).faults == () for one in running)
    with transaction() as store:
        told = [one.kind for one in store.calendars.office_chain() if one.kind.startswith("migration_")]
    assert told == ["migration_started", "migration_ended", "migration_undone", "migration_ended"]
    office.do(running[0], "verifikasi_keabsahan", "verifikator")
    assert office.task(running[0], "tentukan_jalur")
