"""The office the benchmarks work in: migrated and furnished once, its forms filled in as the demonstration does it."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random
from uuid import UUID, uuid4

from flask_migrate import upgrade

from app import create_app
from app.cli import release_files
from app.clock import WIB
from app.operations import processes, tasks, uploading
from app.operations.demo import invented, staff
from app.operations.demo.answers import fill
from app.operations.issuing import LATER
from app.operations.lists_for_forms import form_of, lists
from app.store import transaction

MONDAY = datetime(2026, 8, 3, 9, 0, tzinfo=WIB)


@lru_cache(maxsize=1)
def _furnished() -> dict[str, UUID]:
    """Migrated, released, staffed."""
    upgrade()
    processes.deploy(release_files(), "ukur", MONDAY - timedelta(days=400), development=True)
    return staff.make(MONDAY - timedelta(days=300), date(2025, 1, 1))


def release(permit: str, process: str, diagram: bytes) -> dict[str, bytes]:
    """The office's release with one permit more, whose course is `process` as drawn in `diagram`."""
    files = release_files()
    permits = json.loads(files["processes/catalogue/permits.json"])
    permits[permit] = permits["PEN"] | {"name": permit, "process": process}
    files["processes/catalogue/permits.json"] = json.dumps(permits).encode()
    return files | {f"processes/{process}.bpmn": diagram}


@contextmanager
def opened(furnished: bool = True) -> Iterator[dict[str, UUID]]:
    """The people by login, within the application; letters are rendered by the worker, as behind a page.

    Not `furnished`: a second process in an office that is furnished already.
    """
    token = LATER.set(True)
    try:
        with create_app().app_context():
            yield _furnished() if furnished else {}
    finally:
        LATER.reset(token)


def open_task(case_id: UUID, element: str) -> UUID:
    with transaction() as store:
        held = store.cases.see(case_id)
    assert held is not None
    return UUID(next(one.id for one in held.case.tasks if one.element == element))


def typed(
    case_id: UUID, element: str, rng: Random, at: datetime, fixed: dict[str, object]
) -> tuple[UUID, dict[str, list[str]], str]:
    """The open task of a step, what somebody types into its form (papers uploaded), and its first outcome."""
    id = open_task(case_id, element)
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


def complete(
    case_id: UUID, element: str, by: UUID, outcome: str, rng: Random, at: datetime, fixed: dict[str, object]
) -> None:
    id, raw, first = typed(case_id, element, rng, at, fixed)
    tasks.complete_task(id, raw, outcome or first, by, at, uuid4())


def milliseconds(values: list[float]) -> str:
    """Median and 90th percentile, as two cells of a table."""
    return f"{statistics.median(values) * 1000:.2f} | {statistics.quantiles(values, n=10)[-1] * 1000:.2f}"
