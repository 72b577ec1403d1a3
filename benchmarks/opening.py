"""The start of a case through `open_case`, against a bare transaction writing the same rows (see `floor`)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from app.operations import cases
from app.store import embedded
from benchmarks import office
from benchmarks.floor import Measured
from benchmarks.page import Section

ROUNDS, WARM = 120, 20


def run(server: embedded.Server) -> Section:
    """The section of the page: medians and their ratio."""
    measured = Measured()
    with office.opened() as people:
        for number in range(ROUNDS + WARM):
            at = office.MONDAY + timedelta(minutes=number)

            def begin() -> None:
                cases.open_case("PEN", "baru", "perorangan", people["pemohon"], at, key=uuid4())  # noqa: B023

            measured.once(begin, number >= WARM)
    return Section(
        "## Starting a case\n\n"
        "An application opened by its applicant through `open_case` (key, authority, engine start into the first "
        "task, the draft's clock, chained events, readings), against a bare driver transaction with the same "
        f"{measured.written} writing statements of its {measured.asked}. {ROUNDS} cases, interleaved.\n\n"
        + measured.table()
    )
