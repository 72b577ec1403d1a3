"""Suspending a case and resuming it: no task is taken or completed, nothing fires; the law's clocks run on.

Only the causes that the clocks know make one stand still.  An office that
stops a file to look at its diagram has not stopped the applicant's time.
"""

from __future__ import annotations

from dataclasses import replace

from engine.case.clockwork import Doing
from engine.case.values import Case, Step
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
    return Step(replace(case, suspended=by, last_at=doing.recorded_at), (event,))


def resume(case: Case, doing: Doing) -> Step:
    """The case goes on; what was due meanwhile comes at the next look.  Raises Refused when it is not suspended."""
    if not case.suspended:
        raise Refused("Berkas ini tidak sedang ditangguhkan.", about=case.id)
    event = doing.event("case_resumed", "", None, whole=case.suspended == PROCESS)
    return Step(replace(case, suspended="", last_at=doing.recorded_at), (event,))
