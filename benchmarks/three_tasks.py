"""The same three tasks in a row, completed by the office, by SpiffWorkflow as it comes, and by two peers.

`three.bpmn` is walked by everybody but viewflow, whose flow is code
(`tiga/flows.py`).  What is typed is the same note and decision.  All write to the
same PostgreSQL through its socket, each case in turn, so that whatever
else the machine does falls on all of them; a completion runs from the lock to the
answer of COMMIT, and none keeps a case in memory between two completions, for an
office answers from many processes.  HTTP, sessions and templates are nobody's.

What each of them does in that time differs, and always to the office's
disadvantage: see the table that `run` writes.  The peers live in processes and
environments of their own, made by `scripts/peers.sh` under `var/bench`.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from uuid import UUID, uuid4

import psycopg2
from sqlalchemy import make_url

from app.operations import cases, processes, tasks
from app.store import embedded
from benchmarks import engines, office
from benchmarks.office import milliseconds
from benchmarks.page import Section, ahead

ROOT = Path(__file__).resolve().parent.parent
HERE, PLACE = ROOT / "benchmarks" / "peers", ROOT / "var" / "bench"
DIAGRAM = (HERE / "three.bpmn").read_bytes()
PROCESS = "tiga_langkah"
STEPS = (("minta", "pemohon"), ("periksa", "loket"), ("putuskan", "loket"))
TYPED = {"catatan": "Sudah diperiksa; seluruh berkas lengkap dan sesuai dengan aslinya.", "keputusan": "selesai"}
CASES, WARM = 60, 15
Walk = Callable[[], list[float]]  # one case from its start to its end; the seconds of its completions
PEERS = {
    "viewflow": (PLACE / "viewflow/bin/python", HERE / "viewflow_bench.py"),
    "bpmn_engine": ("node", PLACE / "bpmn-engine/bpmn_engine.mjs", HERE / "three.bpmn"),
}
DOES = {
    "office": ("the office, `complete_task`", "key, lock, authority, form, events in a chain, digests, task list"),
    "ours": ("the office's engine room alone", "lock, one row"),
    "standard": ("(b) SpiffWorkflow, standard serializer", "lock, one row"),
    "viewflow": ("(c) django-viewflow", "lock, owner, form, task list, its own task history"),
    "bpmn_engine": ("(d) npm bpmn-engine", "lock, one row"),
}


def _release() -> dict[str, bytes]:
    """With the three tasks, and the general form as everybody has it here: a note and a button, no files."""
    files = office.release("UKUR", PROCESS, DIAGRAM)
    form = json.loads(files["forms/tindakan.json"])
    for section in form["sections"]:
        section["fields"] = [one for one in section["fields"] if one["type"] != "file"]
    return files | {"forms/tindakan.json": json.dumps(form).encode()}


def _office(people: dict[str, UUID]) -> Walk:
    processes.deploy(_release(), "tiga", office.MONDAY - timedelta(days=1), development=True)
    raw = {"catatan": [TYPED["catatan"]]}

    def walk() -> list[float]:
        case_id = cases.open_case("UKUR", "baru", "perorangan", people["pemohon"], office.MONDAY).case_id
        took = []
        for element, who in STEPS:
            id = office.open_task(case_id, element)
            began = perf_counter()
            tasks.complete_task(id, raw, TYPED["keputusan"], people[who], office.MONDAY, uuid4())
            took.append(perf_counter() - began)
        return took

    return walk


def _alone(way: engines.Way) -> Walk:
    first, advance = way(DIAGRAM, PROCESS, TYPED)

    def walk() -> list[float]:
        engines.keep(first)
        return [engines.completion(advance) for _ in STEPS]

    return walk


@contextmanager
def _peer(server: embedded.Server, name: str) -> Iterator[Walk]:
    """A peer in a process of its own, on a database of its own in the same server."""
    url = make_url(server.superuser_url)
    with closing(psycopg2.connect(url.set(drivername="postgresql").render_as_string(False))) as raw:
        raw.autocommit = True
        raw.cursor().execute(f"create database {name}")
    names = {"PGHOST": url.query["host"], "PGUSER": url.username, "PGPASSWORD": url.password, "PGDATABASE": name}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = subprocess.Popen([str(part) for part in PEERS[name]], env={**os.environ, **names}, **pipes)

    def walk() -> list[float]:
        running.stdin.write(json.dumps(TYPED) + "\n")
        running.stdin.flush()
        line = running.stdout.readline()
        if not line:
            raise RuntimeError(f"{name} gave up; what it said stands above")
        return json.loads(line)["seconds"]

    try:
        yield walk
    finally:
        running.communicate()


def measure(server: embedded.Server) -> dict[str, list[float]]:
    """Seconds of the completions of each way, every case of one followed by one of the next."""
    with office.opened() as people, ExitStack() as running:
        engines.table(server)
        walks = {"office": _office(people), "ours": _alone(engines.ours), "standard": _alone(engines.standard)}
        walks |= {name: running.enter_context(_peer(server, name)) for name in PEERS}
        took: dict[str, list[float]] = {name: [] for name in walks}
        for number in range(CASES + WARM):
            for name, walk in walks.items():
                found = walk()
                took[name] += found if number >= WARM else []
    return took


def _row(name: str, values: list[float], office: float) -> str:
    title, does = DOES[name]
    middle = statistics.median(values)
    return f"| {title} | {does} | {milliseconds(values)} | {1 / middle:.0f} | {middle / office:.1f} |\n"


def run(server: embedded.Server) -> Section:
    """The section of the page: every way beside the others."""
    took = measure(server)
    middle = {name: statistics.median(values) for name, values in took.items()}
    whole = middle["office"]
    rows = "".join(_row(name, values, whole) for name, values in took.items())
    return Section(
        "## Three tasks in a row, beside others\n\n"
        "The same flow (`benchmarks/peers/three.bpmn`), the same text typed, the same PostgreSQL; one transaction a "
        "completion, from the lock to the answer of COMMIT; nothing kept in memory between two completions but what "
        "never changes. HTTP, sessions and templates are left out for all. The work is not the same: the office and "
        "viewflow do a person's completion, the others only move the engine's state in one row. Versions are those "
        "of the lock files beside the diagram; the two peers are fetched by this benchmark alone. "
        f"{CASES} cases of three completions, each way in turn.\n\n"
        "| way | does, besides the engine's step | median ms | 90th percentile ms | a second | × the office |\n"
        "|---|---|---|---|---|---|\n" + rows,
        (
            ahead(
                "(b) SpiffWorkflow's standard serializer, the engine's step alone", middle["ours"], middle["standard"]
            ),
            ahead("(b) the same step, against our whole completion", whole, middle["standard"]),
            ahead("(c) django-viewflow, against our whole completion", whole, middle["viewflow"]),
            ahead("(d) npm bpmn-engine, against our whole completion", whole, middle["bpmn_engine"]),
            ahead("(d) the same, the step alone", middle["ours"], middle["bpmn_engine"]),
        ),
    )
