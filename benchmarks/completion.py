"""A whole completion through the operation, against a bare transaction writing the same rows."""

from __future__ import annotations

import os
import statistics
import time
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from flask_migrate import upgrade
from sqlalchemy import create_engine, event, text

from app import create_app
from app.cli import release_files
from app.clock import WIB
from app.operations import cases, processes, tasks, uploading
from app.operations.demo import invented, staff
from app.operations.demo.answers import fill
from app.operations.issuing import LATER
from app.operations.lists_for_forms import form_of, lists
from app.store import transaction
from app.store.database import db

MONDAY = datetime(2026, 8, 3, 9, 0, tzinfo=WIB)
ROUNDS, WARM = 120, 20


class Recorder:
    """Keeps the writing statements of one operation, to be written again without the operation."""

    def __init__(self) -> None:
        self.written: list[tuple[str, object, bool]] = []

    def __call__(self, connection: object, cursor: object, statement: str, parameters: object, *rest: object) -> None:
        if statement.lstrip().lower().startswith(("insert", "update", "delete")):
            self.written.append((statement, parameters, bool(rest[-1])))


def _case(people: dict[str, UUID], rng: Random, at: datetime) -> UUID:
    """A registered case whose file waits for its verifier."""
    made = cases.open_case("PEN", "baru", "perorangan", people["pemohon"], at)
    _complete(made.case_id, "ajukan", people["pemohon"], "", rng, at, {"berkas": None})
    return made.case_id


def _open(case_id: UUID, element: str) -> UUID:
    with transaction() as store:
        held = store.cases.see(case_id)
    assert held is not None
    return UUID(next(one.id for one in held.case.tasks if one.element == element))


def _typed(
    case_id: UUID, element: str, rng: Random, at: datetime, fixed: dict[str, object]
) -> tuple[UUID, dict[str, list[str]], str]:
    id = _open(case_id, element)
    with transaction() as store:
        held = store.cases.see(case_id)
        assert held is not None
        task = held.case.task(str(id))
        assert task is not None
        form, known = form_of(held, task), lists(store, held, at.date())
        owner = held.case.facts.applicant
    filling = fill(form, known, rng, at, {"status": "ada", "hasil": "sah", **fixed})
    for name in filling.files:
        uploading.upload(id, name, "surat.pdf", invented.paper(), owner, at)
    return (
        id,
        {**filling.typed, "alasan_keputusan": ["Alasan yang cukup"]},
        form.outcomes[0][0] if form.outcomes else "",
    )


def _complete(
    case_id: UUID, element: str, by: UUID, outcome: str, rng: Random, at: datetime, fixed: dict[str, object]
) -> None:
    id, typed, first = _typed(case_id, element, rng, at, fixed)
    tasks.complete_task(id, typed, outcome or first, by, at, uuid4())


def measure() -> tuple[list[float], list[float], int]:
    """Seconds of completions, seconds of the bare transactions with the same statements, statements of one."""
    upgrade()
    processes.deploy(release_files(), "ukur", MONDAY - timedelta(days=400), development=True)
    people = staff.make(MONDAY - timedelta(days=300), date(2025, 1, 1))
    rng, whole, bare, count = Random(76), [], [], 0
    for number in range(ROUNDS + WARM):
        at = MONDAY + timedelta(minutes=number)
        case_id = _case(people, rng, at)
        _complete(case_id, "periksa_kelengkapan", people["loket"], "lengkap", rng, at, {})
        id, typed, _ = _typed(case_id, "verifikasi_keabsahan", rng, at, {})
        recorder = Recorder()
        event.listen(db.engine, "before_cursor_execute", recorder)
        began = time.perf_counter()
        tasks.complete_task(id, typed, "sah", people["verifikator"], at, uuid4())
        took = time.perf_counter() - began
        event.remove(db.engine, "before_cursor_execute", recorder)
        floor = _bare(recorder)
        if number >= WARM:
            whole.append(took)
            bare.append(floor)
            count = len(recorder.written)
    return whole, bare, count


def _bare(recorder: Recorder) -> float:
    """The same rows once more, in tables without keys beside the real ones: a plain transaction of the driver."""
    raw = db.engine.raw_connection()
    try:
        with raw.cursor() as cursor:
            cursor.execute("set local search_path = mirror, public")
            began = time.perf_counter()
            for statement, parameters, many in recorder.written:
                if many and isinstance(parameters, list):
                    cursor.executemany(statement, parameters)
                else:
                    cursor.execute(statement, parameters)
            raw.commit()
            return time.perf_counter() - began
    finally:
        raw.rollback()
        raw.close()


def _mirror() -> None:
    """Unlogged copies would flatter the floor: plain tables with the same columns, their keys left out."""
    owner = create_engine(os.environ["DATABASE_OWNER_URL"])
    with owner.begin() as connection:
        names = connection.scalars(text("select tablename from pg_tables where schemaname = 'public'")).all()
        connection.execute(text("create schema mirror"))
        for name in names:
            connection.execute(
                text(f"create table mirror.{name} (like public.{name} including defaults including indexes)")
            )
        user = db.engine.url.username
        connection.execute(text(f'grant usage on schema mirror to "{user}"'))
        connection.execute(text(f'grant all on all tables in schema mirror to "{user}"'))
    owner.dispose()


def run() -> str:
    """The section of the page: medians and their ratio."""
    app = create_app()
    token = LATER.set(True)
    try:
        with app.app_context():
            upgrade()
            _mirror()
            whole, bare, count = measure()
    finally:
        LATER.reset(token)
    middle, floor = statistics.median(whole), statistics.median(bare)
    return (
        "## Completing a task\n\n"
        "“Verifikasi keabsahan” completed through `complete_task` (key, lock, form, engine step, clocks, events, "
        f"readings, outbox), against a bare driver transaction that writes the very same {count} statements into "
        f"tables of the same columns and indexes. {ROUNDS} completions, interleaved.\n\n"
        "| way | median ms | 90th percentile ms | × bare |\n|---|---|---|---|\n"
        f"| bare transaction | {floor * 1000:.2f} | {_ninety(bare) * 1000:.2f} | 1 |\n"
        f"| whole operation | {middle * 1000:.2f} | {_ninety(whole) * 1000:.2f} | {middle / floor:.1f} |\n"
    )


def _ninety(values: list[float]) -> float:
    return statistics.quantiles(values, n=10)[-1]
