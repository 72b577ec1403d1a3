"""A file's questions about a later date as pages show them, and what their reader may do with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.store import Store
from engine import access
from engine.access import Actor
from engine.case import Case, present, read_clock


@dataclass(frozen=True)
class ExtensionLine:
    """`open`: it may still be answered; `who`: who asked."""

    row: Any
    who: str
    open: bool


@dataclass(frozen=True)
class Extensions:
    """Newest first; what the reader may do: ask for another, answer as the applicant, record a written answer."""

    lines: tuple[ExtensionLine, ...] = ()
    may_propose: bool = False
    may_answer: bool = False
    may_record: bool = False

    @property
    def waiting(self) -> ExtensionLine | None:
        """The question that may still be answered."""
        return next((one for one in self.lines if one.open), None)


def shown(store: Store, case: Case, who: Actor, at: datetime) -> Extensions:
    """What stands in a file about extensions of its promise."""
    lines = told(store, store.extensions.of_case(case.id), case, at)
    waits = any(one.open for one in lines)
    return Extensions(
        lines,
        not waits and access.may(who, "propose_extension") and _may_be_extended(store, case, at),
        waits and who.id == case.facts.applicant,
        waits and access.may(who, "file_for_applicant"),
    )


def told(store: Store, rows: tuple[Any, ...], case: Case, at: datetime) -> tuple[ExtensionLine, ...]:
    """Those questions with who asked each, newest first."""
    names = store.people.names({row.proposed_by for row in rows})
    return tuple(ExtensionLine(row, names.get(row.proposed_by, ""), _open(row, case, at)) for row in rows)


def _open(row: Any, case: Case, at: datetime) -> bool:
    return row.status == "asked" and at <= row.answer_by and not case.closed


def _may_be_extended(store: Store, case: Case, at: datetime) -> bool:
    clock = case.clock("L")
    if case.closed or clock is None or not clock.running:
        return False
    reading = read_clock(case, clock, store.calendars.world(), present(case, at))
    return reading.promised_at is not None and not reading.late
