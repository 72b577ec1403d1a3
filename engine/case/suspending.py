"""Suspending a case and resuming it: no task is taken or completed, nothing fires.

The clocks that bind the office (L, T, H, V) run on: an office that stops a
file to look at its diagram has not stopped the time it owes.  The terms that
bind the applicant (P) stand still, since he may not act meanwhile.
"""

from __future__ import annotations

from dataclasses import replace

from engine.case import clockwork
from engine.case.clockwork import Doing
from engine.case.values import Case, Step
from engine.clocks import SUSPENDED
from engine.effects import PauseClock, ResumeClock
from engine.errors import CaseClosed, Refused

CASE, PROCESS = "case", "process"


def suspend(case: Case, by: str, doing: Doing) -> Step:
    """`by`: CASE, or PROCESS when its whole process is suspended.

    Raises CaseClosed, and Refused when it is suspended already; a file of a
    suspended process may be suspended by itself, so that it stays so.
    """
    if case.closed:
        raise CaseClosed(about=case.id)
    if case.suspended in (by, CASE):
        raise Refused("Berkas ini sudah ditangguhkan.", about=case.id)
    event = doing.event("case_suspended", "", None, whole=by == PROCESS)
    case, paused = clockwork.apply(case, PauseClock(SUSPENDED), doing) or (case, ())
    return Step(replace(case, suspended=by, last_at=doing.recorded_at), (event, *paused))


def resume(case: Case, doing: Doing) -> Step:
    """The case goes on; what was due meanwhile comes at the next look.  Raises Refused when it is not suspended."""
    if not case.suspended:
        raise Refused("Berkas ini tidak sedang ditangguhkan.", about=case.id)
    event = doing.event("case_resumed", "", None, whole=case.suspended == PROCESS)
    case, resumed = clockwork.apply(case, ResumeClock(SUSPENDED), doing) or (case, ())
    return Step(replace(case, suspended="", last_at=doing.recorded_at), (event, *resumed))
