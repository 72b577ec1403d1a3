"""The effect of a release on ten thousand running cases, as the worker counts it: slice by slice, each case tried."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from random import Random
from uuid import UUID

from sqlalchemy import Connection, create_engine, text

from app.cli import release_files
from app.operations import cases, impact, impact_page, processes
from app.operations.impact import Subject
from app.store import embedded, transaction
from app.store.impact import Wanted
from benchmarks import office
from benchmarks.page import Goal, Section

CASES = int(os.environ.get("EPERIZINAN_BENCH_IMPACT", "10000"))
SCENARIOS = "processes/scenarios/"
PATTERNS = 40  # cases walked by the office itself; the others are copies of them under names of their own
AT = office.MONDAY + timedelta(days=1)
LONGEST = timedelta(minutes=10)
COURSE = (
    ("ajukan", "pemohon", ""),
    ("periksa_kelengkapan", "loket", "lengkap"),
    ("verifikasi_keabsahan", "verifikator", "sah"),
)
# Rows of a case and what hangs on it, copied by the server; ids that must differ are made anew.
COLUMNS = (
    "select column_name from information_schema.columns where table_name = :table and table_schema = 'public' "
    "and is_generated = 'NEVER' order by ordinal_position"
)


def run(server: embedded.Server) -> Section:
    """The section of the page."""
    with office.opened() as people:
        _stock(server, people)
        by = people["proses"]
        release = processes.deploy(_redrawn(), "ukur dampak", AT, development=True, by=by).id
        running = _running(release)
        impact.ask(Subject(release), by, AT)
        slices = _count()
        shown = _timed(lambda: impact_page.page(Subject(release), Wanted(), None, by, AT))
        polled = _timed(lambda: impact_page.progress(Subject(release), by, AT))
        found = impact_page.page(Subject(release), Wanted(), None, by, AT)
    return _section(running, slices, shown, polled, found.totals)


def _section(running: int, slices: list[float], shown: float, polled: float, totals: object) -> Section:
    whole, longest = sum(slices), max(slices)
    verdicts = ", ".join(f"{name} {getattr(totals, name)}" for name in ("same", "moves", "chosen", "choice", "stays"))
    return Section(
        "## The effect of a release on running cases\n\n"
        f"{running} running cases of another release, each restored, tried on the new diagrams and its clocks read "
        f"before and after, by one worker in slices of {impact.A_SLICE} that are committed one by one: {whole:.0f} s, "
        f"{whole / max(running, 1) * 1000:.1f} ms a case; the longest slice {longest:.2f} s. Verdicts: {verdicts}. "
        f"The page of counts, groups and the first cases: {shown * 1000:.0f} ms; the answer that a page in waiting "
        f"asks for: {polled * 1000:.0f} ms.\n",
        (
            Goal(
                f"the effect of a release on {running} running cases",
                f"≤ {LONGEST.total_seconds():.0f} s",
                f"{whole:.0f} s",
                whole <= LONGEST.total_seconds(),
            ),
        ),
    )


def _redrawn() -> dict[str, bytes]:
    """The office's release with the verifier's step under another id: whoever stands there needs a choice.

    Without the scenarios, which know the step by its old name and would hold the release back.
    """
    files = {name: text for name, text in release_files().items() if not name.startswith(SCENARIOS)}
    return {name: _other_step(text) if name.endswith(".bpmn") else text for name, text in files.items()}


def _other_step(diagram: bytes) -> bytes:
    kept = diagram.replace(b'value="verifikasi_keabsahan"', b'value="@"')
    moved = kept.replace(b"verifikasi_keabsahan", b"verifikasi_ulang")
    return moved.replace(b'value="@"', b'value="verifikasi_keabsahan"')


def _count() -> list[float]:
    took = []
    while True:
        began = time.perf_counter()
        if not impact.count_one(AT):
            return took
        took.append(time.perf_counter() - began)


def _timed(act: Callable[[], object]) -> float:
    took = []
    for _ in range(7):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def _running(release: UUID) -> int:
    count = text("select count(*) from cases where not closed and deployment_id <> :id")
    with transaction() as store:
        return int(store.session.scalar(count, {"id": release}) or 0)


# --- the cases


def _stock(server: embedded.Server, people: dict[str, UUID]) -> None:
    """Applications and files on their course, walked by the office, and as many copies as are wanted."""
    rng, walked = Random(76), []
    for number in range(min(PATTERNS, CASES)):
        permit = ("PEN", "PEN", "SIPB", "TRY")[number % 4]
        case_id = cases.open_case(permit, "baru", "perorangan", people["pemohon"], office.MONDAY).case_id
        for element, login, outcome in COURSE[: number % 8 // 2 if permit == "PEN" else 0]:
            office.complete(case_id, element, people[login], outcome, rng, office.MONDAY, {})
        walked.append(case_id)
    owner = create_engine(server.owner_url)
    with owner.begin() as connection:
        for place, case_id in enumerate(walked):
            copy(connection, case_id, (CASES - 1 - place) // len(walked))
    owner.dispose()


def copy(connection: Connection, case_id: UUID, copies: int) -> None:
    """`copies` more cases like this one: its row, its tasks, its clocks with their entries and readings."""
    other = f"md5('{case_id}' || g)::uuid"
    made = {
        "cases": {
            "id": other,
            "number": "null",
            "tracking_code": f"upper(substr(md5('{case_id}' || g), 1, 10))",
            "snapshot": _snapshot(connection, case_id),
        },
        "tasks": {"id": f"{_other('t.id')}::uuid", "case_id": other},
        "clocks": {"id": f"{_other('t.id')}::uuid", "case_id": other, "task_id": f"{_other('t.task_id')}::uuid"},
        "clock_readings": {"clock_id": f"{_other('t.clock_id')}::uuid", "case_id": other},
    }
    for table, columns in made.items():
        where = "t.id = :case" if table == "cases" else "t.case_id = :case"
        _insert(connection, table, columns, where, case_id, copies)
    entries = "t.clock_id in (select id from clocks where case_id = :case)"
    _insert(connection, "clock_events", {"clock_id": f"{_other('t.clock_id')}::uuid"}, entries, case_id, copies)


def _other(id: str) -> str:
    """The name of a copy's row: as many hexadecimal digits as an id has."""
    return f"md5({id}::text || g)"


def _snapshot(connection: Connection, case_id: UUID) -> str:
    """The snapshot with its open tasks under the names they have in a copy, written with and without dashes."""
    tasks = connection.scalars(text("select id from tasks where case_id = :case"), {"case": case_id}).all()
    found = "t.snapshot"
    for id in tasks:
        found = f"replace({found}, '{id.hex}', md5('{id}' || g))"
        found = f"replace({found}, '{id}', md5('{id}' || g)::uuid::text)"
    return found


def _insert(connection: Connection, table: str, columns: dict[str, str], where: str, case: UUID, copies: int) -> None:
    names = connection.scalars(text(COLUMNS), {"table": table}).all()
    chosen = ", ".join(columns.get(name, f't."{name}"') for name in names)
    into = ", ".join(f'"{name}"' for name in names)
    statement = f"insert into {table} ({into}) select {chosen} from {table} t, generate_series(1, :n) g where {where}"
    connection.execute(text(statement), {"case": case, "n": copies})
