"""A whole completion through the operation, against a bare transaction writing the same rows (see `floor`)."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

from app.operations import cases, tasks
from app.store import embedded
from benchmarks import office
from benchmarks.floor import Measured
from benchmarks.page import Section, at_most

ROUNDS, WARM = 120, 20


def _at_the_verifier(people: dict[str, UUID], rng: Random, number: int) -> UUID:
    """A registered case whose file waits for its verifier."""
    at = office.MONDAY + timedelta(minutes=number)
    case_id = cases.open_case("PEN", "baru", "perorangan", people["pemohon"], at).case_id
    office.complete(case_id, "ajukan", people["pemohon"], "", rng, at, {"berkas": None})
    office.complete(case_id, "periksa_kelengkapan", people["loket"], "lengkap", rng, at, {})
    return case_id


def measure(people: dict[str, UUID], rounds: int = ROUNDS, warm: int = WARM) -> Measured:
    rng, measured = Random(76), Measured()
    for number in range(rounds + warm):
        case_id = _at_the_verifier(people, rng, number)
        at = office.MONDAY + timedelta(minutes=number)
        id, typed, _ = office.typed(case_id, "verifikasi_keabsahan", rng, at, {})

        def verify(id: UUID = id, typed: dict[str, list[str]] = typed) -> None:
            tasks.complete_task(id, typed, "sah", people["verifikator"], at, uuid4())  # noqa: B023 -- called at once

        measured.once(verify, number >= warm, case_id)
    return measured


def run(server: embedded.Server) -> Section:
    """The section of the page: medians and their ratio."""
    with office.opened() as people:
        measured = measure(people)
    return Section(
        "## Completing a task\n\n"
        "“Verifikasi keabsahan” completed through `complete_task` (key, lock, authority, form, engine step, clocks, "
        "chained events, readings, promise, outbox), against a bare driver transaction that writes the very same "
        f"{measured.written} statements, BEGIN to COMMIT, into tables of the same columns and indexes. The operation "
        f"sends {measured.asked} statements in all. {ROUNDS} completions, interleaved.\n\n" + measured.table(),
        (at_most("(a) completing a task, against a bare transaction", measured.ratio, 2),),
    )
