"""By which keadaan kahar a clock was moved between two instants, also one of whose promises no register is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.operations.case_page import CasePage
from engine.case import Case, CaseClock, read_clock
from engine.clocks import Declaration, World
from engine.clocks.instants import instant, micros


@dataclass(frozen=True)
class Declared:
    """`code`: of the declaration; `at`: when it, its change or its end began to count."""

    code: str
    at: datetime


def declared(page: CasePage, clock_id: UUID, since: datetime | None) -> tuple[Declared, ...]:
    """What moved a clock of the page after `since`, oldest first; `page`: as it was known at the later instant."""
    clock = next((one for one in page.held.case.clocks if one.id == clock_id), None)
    if clock is None or since is None:
        return ()
    known = _counted(page.world, since, page.known_at)
    return tuple(one for one in known if _moves(page.held.case, clock, page.world, one.at))


def _counted(world: World, since: datetime, until: datetime | None) -> list[Declared]:
    found = [Declared(one.id, instant(known)) for one in world.declarations for known in _instants(one)]
    return sorted((one for one in found if since < one.at and (until is None or one.at <= until)), key=_at)


def _instants(declaration: Declaration) -> Iterator[int]:
    return (known for one in declaration.versions if (known := one.counts_from) is not None)


def _at(one: Declared) -> datetime:
    return one.at


def _moves(case: Case, clock: CaseClock, world: World, at: datetime) -> bool:
    """Whether the clock says something else as soon as that was known."""
    before, after = (read_clock(case, clock, world, at, known) for known in (instant(micros(at) - 1), at))
    return (before.state, before.promised_at) != (after.state, after.promised_at)
