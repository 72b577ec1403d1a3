"""A clock that stops late stays in the register of breaches, also when it stops before anybody was warned of it."""

from __future__ import annotations

from datetime import datetime

from app.store import Store
from app.store.cases import Held
from engine.case import Case, CaseClock, present, read_clock
from engine.clocks import World

OFFICE = ("L", "H", "T", "V")  # clocks that bind the office; an applicant's term that passes is no breach
BREACH = 100


def keep_late_stops(store: Store, held: Held, after: Case, world: World, at: datetime) -> None:
    """Register what a step of `held` that leads to `after` stopped too late, silently: the work is done.

    Warnings wait for service hours, so a promise that passes at the close of a
    day and is met in the evening would otherwise never have been broken.
    """
    for one in _stopped(held.case, after):
        if read_clock(after, one, world, present(after, at)).late:
            store.readings.fire_rung(one.id, held.id, BREACH, at, False)  # one that was known stays as it is


def _stopped(before: Case, after: Case) -> list[CaseClock]:
    ran = {one.id for one in before.clocks if one.running and one.events}
    return [one for one in after.clocks if one.id in ran and not one.running and one.kind in OFFICE]
