"""A later promise that the applicant agreed to: an entry of the service clock's ledger and its events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.case import clockwork
from engine.case.clockwork import Doing
from engine.case.values import Case, Step
from engine.clocks import ClockEvent
from engine.errors import CaseClosed, Refused

NOT_RUNNING = "Jam layanan berkas ini tidak sedang berjalan."


def extend(case: Case, day: date, doing: Doing, how: str, **told: str) -> Step:
    """Extend the service promise to the end of service of `day`, by consent given at `doing.at`.

    `how`: how he agreed, the paper of the entry.  `told`: what the events say
    besides (the question's id, the notice that tells the applicant).  The old
    date stays in the register; no other clock moves.  Raises CaseClosed,
    Refused when the service clock does not run.
    """
    if case.closed:
        raise CaseClosed(about=case.id)
    clock = case.clock("L")
    if clock is None or not clock.running:
        raise Refused(NOT_RUNNING, about=case.id)
    entry = ClockEvent(
        seq=len(clock.events) + 1,
        kind="EXTEND",
        effective_at=doing.at,
        recorded_at=doing.recorded_at,
        source=how,
        until=day,
    )
    agreed = doing.event("extension_agreed", "", None, until=day.isoformat(), **told)
    moved = doing.event("clock_extended", "", None, clock="L", budget=clock.budget, until=day.isoformat(), **told)
    extended = clockwork.put(case, replace(clock, events=(*clock.events, entry)))
    return Step(replace(extended, last_at=doing.recorded_at), (agreed, moved))
