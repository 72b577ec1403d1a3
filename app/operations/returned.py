"""A file that came back to the applicant: what is wanting, in the official's words, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.operations import issuing
from app.operations.clock_views import ClockView, view
from app.operations.work import Work
from app.store import Store
from app.store.cases import Held
from engine import access
from engine.case import Step, Task

WANTING = ("tidak_ada", "tidak_terbaca", "kedaluwarsa", "perbaikan", "tidak_sah")
APPLICANTS = ("ajukan", "lengkapi", "perbaikan", "bayar", "skm")
MENDING = ("lengkapi", "perbaikan")


@dataclass(frozen=True)
class Returned:
    """`wanting`: requirement and note; `because`: the reason of whoever sent it back; `deadlines`: running terms."""

    wanting: tuple[tuple[str, str], ...] = ()
    because: str = ""
    deadlines: tuple[ClockView, ...] = ()


NOTHING = Returned()


def to_applicant(store: Store, held: Held, task: Task, before: Sequence[Any], at: datetime) -> Returned:
    """What the applicant's task page tells him before he begins; nothing for tasks of officials."""
    if task.role != access.APPLICANT:
        return NOTHING
    world = store.calendars.world()
    running = [one for one in held.case.clocks if one.kind == "P" and one.running and one.events]
    return Returned(
        _wanting(store, held, at) if task.element in MENDING else (),
        _because(before) if task.element != "ajukan" else "",
        tuple(view(held.case, one, world, at) for one in running),
    )


def _wanting(store: Store, held: Held, at: datetime) -> tuple[tuple[str, str], ...]:
    rows = issuing.requirements(Work(store, held, Step(held.case, ()), at), issuing.latest(store, held))
    return tuple((one["nama"], one["catatan"]) for one in rows if (one["keabsahan"] or one["status"]) in WANTING)


def _because(before: Sequence[Any]) -> str:
    """The reason of the last official who wrote one, since the applicant's own last step."""
    for one in reversed(before):
        if one.element in APPLICANTS:
            return ""
        if one.reason:
            return str(one.reason)
    return ""
