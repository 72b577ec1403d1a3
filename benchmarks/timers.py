"""Cases whose time has come, woken by 1, 2 and 4 worker processes through the worker's own `wake_one`.

The due cases are drafts that nobody handed in: the term of the draft has
lapsed, the diagram's boundary event fires, the case is closed, its task and
clock end, a notice goes out.  A few are opened by `open_case`; the others are copies
of their rows in SQL with identities of their own (case, task, clock, tracking
code; also inside the snapshot).  What a copy lacks is a chain whose hashes
speak of itself; waking reads the chain's end only, so it costs the same.

Every number of workers finds a full queue and works for a share of it, in
processes of its own that are ready before the clock starts.
EPERIZINAN_BENCH_WAKES says how many each number of workers has to wake.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg2
from sqlalchemy import make_url

from app.operations import background, cases
from app.store import embedded, transaction
from benchmarks import office
from benchmarks.page import Section

DUE = 10_000
WAKES = int(os.environ.get("EPERIZINAN_BENCH_WAKES", "1000"))
WORKERS = (1, 2, 4)
MODELS = 5
READY = "ready\n"
OPENED = office.MONDAY - timedelta(days=60)  # before what other benchmarks opened: none of that is due
LAPSED = OPENED + timedelta(days=40)

# `jsonb_populate_record(row, changes)` is the row with some columns exchanged: no list of columns to keep in step.
COPY = """
create temp table copy on commit drop as
select c.id as model, gen_random_uuid() as id, substr(md5(random()::text), 1, 10) as code, n
from cases c, generate_series(1, %(copies)s) n where c.id = any(%(models)s::uuid[]);
create temp table task_copy on commit drop as
select k.id as case_id, t.id as model, gen_random_uuid() as id from copy k join tasks t on t.case_id = k.model;
create temp table clock_copy on commit drop as
select k.id as case_id, c.id as model, gen_random_uuid() as id from copy k join clocks c on c.case_id = k.model;
insert into cases select (jsonb_populate_record(c, jsonb_build_object(
  'id', k.id, 'tracking_code', k.code, 'snapshot', replace(c.snapshot, t.model::text, t.id::text)))).*
from copy k join cases c on c.id = k.model join task_copy t on t.case_id = k.id;
insert into events select (jsonb_populate_record(e, jsonb_build_object('case_id', k.id))).*
from copy k join events e on e.case_id = k.model;
insert into tasks select (jsonb_populate_record(t, jsonb_build_object('id', k.id, 'case_id', k.case_id))).*
from task_copy k join tasks t on t.id = k.model;
insert into clocks select (jsonb_populate_record(c, jsonb_build_object(
  'id', k.id, 'case_id', k.case_id, 'task_id', t.id))).*
from clock_copy k join clocks c on c.id = k.model
left join task_copy t on t.case_id = k.case_id and t.model = c.task_id;
insert into clock_events select (jsonb_populate_record(e, jsonb_build_object('clock_id', k.id))).*
from clock_copy k join clock_events e on e.clock_id = k.model;
insert into clock_readings select (jsonb_populate_record(r, jsonb_build_object(
  'clock_id', k.id, 'case_id', k.case_id))).*
from clock_copy k join clock_readings r on r.clock_id = k.model;
"""
LEFT = "select count(*) from cases where wake_at <= %s"


def _connect(server: embedded.Server) -> Any:
    return psycopg2.connect(make_url(server.superuser_url).set(drivername="postgresql").render_as_string(False))


def _fill(server: embedded.Server, people: dict[str, UUID]) -> None:
    """Fill the queue up to DUE: some real drafts and their copies; what an earlier number of workers left stays."""
    with closing(_connect(server)) as raw:
        with raw, raw.cursor() as cursor:
            cursor.execute(LEFT, (LAPSED,))
            missing = DUE - cursor.fetchone()[0]
        models = [
            str(cases.open_case("SIPB", "baru", "perorangan", people["pemohon"], OPENED).case_id) for _ in range(MODELS)
        ]
        with raw, raw.cursor() as cursor:
            cursor.execute(COPY, {"models": models, "copies": max(0, missing // MODELS - 1)})
        raw.autocommit = True
        with raw.cursor() as cursor:
            cursor.execute("vacuum analyze")
            cursor.execute("checkpoint")


def _rate(workers: int) -> float:
    """Wakes a second of so many processes together, from the word until the last of them has done its share."""
    command = [sys.executable, "-m", "benchmarks.timers", str(WAKES // workers)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = [subprocess.Popen(command, **pipes) for _ in range(workers)]
    for one in running:
        if one.stdout.readline() != READY:
            raise RuntimeError("a worker did not start")
    began = time.perf_counter()
    for one in running:
        one.stdin.write("go\n")
        one.stdin.flush()
    woken = sum(int(one.stdout.readline()) for one in running)
    took = time.perf_counter() - began
    for one in running:
        one.communicate()
    if woken != WAKES // workers * workers:
        raise RuntimeError(f"{woken} woken")
    return woken / took


def work(share: int) -> None:
    """A worker: says that it is ready, waits for the word, wakes its share, says how many it was."""
    with office.opened(furnished=False):
        with transaction() as store:  # what a worker that runs for days has read long ago
            store.deployments.active()
            store.calendars.world()
        sys.stdout.write(READY)
        sys.stdout.flush()
        sys.stdin.readline()
        woken = sum(background.wake_one(LAPSED) is not None for _ in range(share))
        sys.stdout.write(f"{woken}\n")


def run(server: embedded.Server) -> Section:
    """The section of the page: wakes a second by the number of workers."""
    rates = {}
    for workers in WORKERS:
        with office.opened() as people:
            _fill(server, people)
        rates[workers] = _rate(workers)
    rows = "".join(f"| {workers} | {rate:.0f} | {rate / rates[1]:.2f} |\n" for workers, rate in rates.items())
    return Section(
        "## Waking cases whose time has come\n\n"
        f"A queue of {DUE} drafts whose term has lapsed ({MODELS} opened by `open_case`, the others copies of their "
        f"rows with identities of their own), filled up before each line; of these {WAKES} are woken by worker "
        "processes through `background.wake_one`, one transaction each: the case closes, its task and clock end, a "
        "notice goes out. `EPERIZINAN_BENCH_WAKES=10000 make bench` wakes them all in each line.\n\n"
        "| workers | wakes a second | × one worker |\n|---|---|---|\n" + rows
    )


if __name__ == "__main__":
    work(int(sys.argv[1]))
